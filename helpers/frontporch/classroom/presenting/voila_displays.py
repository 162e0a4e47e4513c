"""Pictures that change on a page without code; loaded into each viewer's kernel.

Voilà shows a picture that is displayed, but not what is put in its place afterwards
(voila-dashboards/voila, issue 498). A widget can change: so a display that can be updated is
shown as one.
"""

from __future__ import annotations

import os
from typing import Any

from ...groups import needs
from ..on_page import VARIABLE

_WIDGET = "application/vnd.jupyter.widget-view+json"


class Displays:
    """Shows updatable displays as widgets; a hook of the kernel's display publisher.

    Examples
    --------
    >>> shown = Displays()
    >>> shown({"msg_type": "display_data", "content": {"data": {"text/plain": "1"}}})["msg_type"]
    'display_data'
    """

    def __init__(self) -> None:
        self._widgets: dict[str, Any] = {}

    def __call__(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """Give the message to send in place of one; None where there is none to send."""
        content = message["content"]
        name = content.get("transient", {}).get("display_id")
        told = content.get("data", {}).get("text/html")
        if name is None or told is None:
            return message
        if name in self._widgets:
            self._widgets[name].value = told
            return None
        with needs("A page without code"):
            import ipywidgets

        self._widgets[name] = ipywidgets.HTML(told)
        content["data"] = self._widgets[name]._repr_mimebundle_()
        content["transient"] = {}
        return message


def load_ipython_extension(shell: Any) -> None:
    """Make displays of this kernel change on the page, and fit a phone; called by `%load_ext`."""
    from ...look.display import for_phones

    os.environ[VARIABLE] = "yes"
    for_phones()
    shell.display_pub.register_hook(Displays())
