"""The picture that is clicked: what the browser draws, and what it sends back."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ...groups import needs
from .clickable import Clickable
from .scene import scene

HERE = Path(__file__).parent


def live_picture(control: Clickable) -> Any:
    """Make the picture of a control; a click in it is a click of the control.

    Parameters
    ----------
    control : Clickable
        What is asked, and listened to.

    Returns
    -------
    anywidget.AnyWidget
        With `scene`, which stays, and `told`, which changes with each click.
    """
    picture = _kind()(
        scene=scene(control.community, control.places, control.names), told=_told(control)
    )

    def hear(_picture: Any, message: Any, _buffers: Any) -> None:
        # What a page sends is anybody's: only what fits is taken.
        number = message.get("click") if isinstance(message, dict) else None
        if number == "clear":
            control.clear()
        elif type(number) is int and 0 <= number < control.community.size:
            control.click(number)

    def follow() -> None:
        # The turn makes a change of every answer: the browser waits for one to each click.
        picture.told = _told(control) | {"turn": picture.told.get("turn", 0) + 1}

    picture.on_msg(hear)
    control.listen(follow)
    return picture


def _told(control: Clickable) -> dict[str, Any]:
    """What changes with a click."""
    told = control.told.for_browser()
    return told | {
        "chosen": list(control.chosen),
        "chances": np.round(control.chances, 4).tolist(),
        "gains": [round(one, 2) for one in control.gains],
        "typed": control.typed,
    }


@cache
def _kind() -> Any:
    """The widget's class; made when first needed, as anywidget is not in every installation."""
    with needs("A picture that is clicked"):
        import anywidget
        import traitlets

    class LivePicture(anywidget.AnyWidget):
        """A community in which people are clicked."""

        _esm = HERE / "live_picture.js"
        _css = HERE / "live_picture.css"
        scene = traitlets.Dict().tag(sync=True)
        told = traitlets.Dict().tag(sync=True)
        still = traitlets.Unicode("").tag(sync=True)

        def __repr__(self) -> str:
            """The same on every run: notebooks are compared."""
            return f"a picture of {len(self.scene['people'])} people that can be clicked"

    return LivePicture
