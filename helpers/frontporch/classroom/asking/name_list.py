"""Where the picture cannot be clicked: a list of names, and the picture redrawn."""

from __future__ import annotations

import html
from typing import Any

from ...groups import missing, needs
from ...rounding import decimal
from .clickable import Clickable

WHAT, INSTEAD = "A picture that is clicked", "choose names here, several with Ctrl"


class NameList:
    """A list of names in which people are chosen.

    Parameters
    ----------
    control : Clickable
        What is asked, and listened to.
    """

    def __init__(self, control: Clickable) -> None:
        with needs("A list of names"):
            import ipywidgets

        town = control.community
        self.control, self.shown = control, None
        options = [(str(name), k) for k, name in enumerate(town.names(range(town.size)))]
        self.names = ipywidgets.SelectMultiple(
            options=options,
            value=control.chosen,
            rows=10,
            description="ask first",
            layout={"width": "30em", "max_width": "100%"},
        )
        self.said = ipywidgets.HTML()
        why = missing(WHAT, "anywidget", instead=INSTEAD)
        self.box = ipywidgets.VBox([ipywidgets.HTML(html.escape(str(why))), self.names, self.said])
        self._say()
        self.names.observe(self._chosen, "value")
        control.listen(self._follow)

    def _chosen(self, change: Any) -> None:
        """Click what differs; more than the budget stays out of the list, and is said."""
        new = set(change["new"])
        for number in (one for one in self.control.chosen if one not in new):
            self.control.click(number)
        for number in sorted(new - set(self.control.chosen)):
            self.control.click(number)

    def _follow(self) -> None:
        self._say()
        if set(self.names.value) != set(self.control.chosen):
            self.names.unobserve(self._chosen, "value")
            self.names.value = tuple(sorted(self.control.chosen))
            self.names.observe(self._chosen, "value")
        if self.shown is not None:
            self.shown.update(self.control.drawn())

    def _say(self) -> None:
        told = self.control.told
        lines = [f"<b>{html.escape(told.headline)}</b>", html.escape(told.band)]
        lines += [html.escape(told.last)] if told.last else []
        head = "".join(f"<th>{html.escape(one)}</th>" for one in ("way", *told.columns))
        rows = "".join(
            f"<tr><td>{html.escape(way)}</td><td>{_number(now)}</td><td>{_number(whole)}</td></tr>"
            for way, now, whole in told.rows
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        typed = f"<code>{html.escape(self.control.typed)}</code>"
        self.said.value = f'<div role="status">{"<br>".join(lines)}</div>{table}{typed}'


def _number(value: float | None) -> str:
    return "–" if value is None else decimal(value, 1)
