"""A button of several controls: what goes wrong is said below it, as nobody sees an error there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..groups import needs
from . import keys
from .shown import alert


def button(
    parts: dict[str, Any],
    label: str,
    tooltip: str,
    clicked: Callable[[], None],
    style: str = "",
    takes: Sequence[Any] = (),
) -> Any:
    """Make a button.

    Parameters
    ----------
    parts : dict
        The controls by name. What goes wrong is said in `said`, which has to be there when the
        button is pressed; `as seen` is added where the button takes controls.
    label, tooltip : str
        What stands on the button, and what a screen reader adds.
    clicked : callable
        Takes nothing; called after each press.
    style : str
        The button's style in ipywidgets, such as "primary".
    takes : sequence of ipywidgets.Widget
        Controls that a press takes as they stand on the page, in the order of the page.

    Returns
    -------
    ipywidgets.Button
        As wide as its words.
    """
    with needs("A button"):
        import ipywidgets

    def press(_button: Any = None) -> None:
        try:
            clicked()
        except (ValueError, KeyError, OSError) as error:
            parts["said"].value = alert(error)

    made = ipywidgets.Button(
        description=label, tooltip=tooltip, button_style=style, layout={"width": "auto"}
    )
    if takes:
        parts["as seen"] = keys.takes_all(made, takes, press)
    else:
        made.on_click(press)
    return made
