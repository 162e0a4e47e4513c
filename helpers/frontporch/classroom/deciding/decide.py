"""The decision's controls: choose, record, and play the year."""

from __future__ import annotations

import html
from typing import Any

from ... import look
from ...groups import needs
from ...names import pick
from ...rounding import as_given
from .. import keys, spoken_names
from ..button import button
from ..checking import teams
from ..controls import WIDE
from ..on_page import on_page
from ..record import kept
from ..record.entry import Entry
from ..shown import READ, Shown, alert
from .decision import Decision
from .money import dollars, said
from .played import Year, play
from .recorded import counting, found

_LINK = "color:var(--jp-content-link-color,#0b57a4);text-decoration:underline"


class Decide:
    """A decision with its controls; made by `decide`.

    Parameters
    ----------
    decision : Decision
        What is to be decided.
    """

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.year: Year | None = None
        self._parts: dict[str, Any] = {}
        self._picture: bytes = b""

    def record(self, option: str, amount: float | None, expected: float | None) -> Entry:
        """Record a decision, as the button *Decide* does.

        Raises
        ------
        UnknownName
            If there is no such option.
        ValueError
            If the amount is not on the slider, or the year was played already.
        """
        team = _team()
        option = pick(option, self.decision.options, "choice")
        placed = self.decision.placed(amount)
        decided, played = counting(kept.entries(), self.decision.id, team)
        if decided is not None and played is not None:
            raise ValueError(
                f"The year was played already: your decision “{decided.value}” stands."
            )
        details: dict[str, Any] = {}
        if self.decision.amount is not None:
            details["amount"] = placed
        if expected is not None:
            details["expected"] = float(expected)
        return kept.add("decision", self.decision.id, option, team=team, details=details)

    def play(self) -> Year:
        """Play the year of the decision that counts, as the button *Play the year* does.

        Raises
        ------
        ValueError
            If nothing was decided yet.
        """
        team = _team()
        decided, played = counting(kept.entries(), self.decision.id, team)
        if decided is None:
            raise ValueError("Decide first: then the year can be played.")
        self.year = self._played(decided, team)
        if played is None:
            came = {"brought": self.year.brought, "best": self.year.came[self.year.best]}
            kept.add("reveal", self.decision.id, team=team, details=came)
        return self.year

    def _played(self, decided: Entry, team: str) -> Year:
        return play(
            self.decision,
            team,
            str(decided.value),
            decided.details.get("amount"),
            decided.details.get("expected"),
        )

    def __repr__(self) -> str:
        """Say what was decided and what it brought, or what to type."""
        if self.year is not None:
            return "\n".join(self.year.sentences)
        first = next(iter(self.decision.options))
        more = (
            ""
            if self.decision.amount is None
            else f", amount={as_given(self.decision.placed(None))}"
        )
        return (
            f"{self.decision.question}\n"
            + "\n".join(f"- {name}: {text}" for name, text in self.decision.options.items())
            + f'\nTyped: classroom.decide("{self.decision.id}", "{first}"{more}, expected=4000)'
        )

    def _ipython_display_(self) -> None:
        """Show the question, which needs no kernel, and the controls below it."""
        with needs("A decision"):
            from IPython.display import display

        display(Shown(_question(self.decision), self.decision.question))
        spoken_names.show(self.controls())

    def controls(self) -> Any:
        """Make the controls; they show what is recorded."""
        with needs("A decision"):
            import ipywidgets

        decision, parts = self.decision, self._parts
        parts["choice"] = ipywidgets.RadioButtons(
            options=list(decision.options), value=None, description="your choice", **WIDE
        )
        if decision.amount is not None:
            parts["amount"] = decision.amount.widget()
        parts["expected"] = ipywidgets.Text(
            description="you expect ($)",
            placeholder="such as 4000 or -1500",
            continuous_update=False,  # letters that come late would miss the button
            tooltip="dollars that you expect your choice to bring in the year, after costs",
            **WIDE,
        )
        inputs = [parts[one] for one in ("choice", "amount", "expected") if one in parts]
        parts["decide"] = button(
            parts, "Decide", "Record the decision", self._on_decide, "primary", inputs
        )
        keys.on_enter(parts["decide"])
        parts["play"] = button(parts, "Play the year", "See what the year brings", self._on_play)
        parts["said"] = ipywidgets.HTML(layout={"max_width": "100%"})
        parts["result"] = ipywidgets.HTML(layout={"width": "100%"})
        parts["keep"] = button(parts, "Save the picture", "Save it as a PNG file", self._on_keep)
        parts["kept"] = ipywidgets.HTML(layout={"max_width": "100%"})
        self._restore()
        teams.on_change(self._restore)
        buttons = ipywidgets.HBox([parts["decide"], parts["play"]], layout={"flex_flow": "wrap"})
        rest = [parts[one] for one in ("said", "result", "keep", "kept", "as seen")]
        return ipywidgets.VBox([*inputs, buttons, *rest])

    def _restore(self) -> None:
        """Let the controls show what the record holds for the team of this moment."""
        parts, self.year = self._parts, None
        if not parts:
            return
        try:
            decided, played = counting(kept.entries(), self.decision.id, _team())
            parts["said"].value = "" if decided is None else _recorded(decided, played is not None)
            if decided is not None:
                self._set(decided)
                if played is not None:
                    self.year = self._played(decided, _team())
        except (ValueError, KeyError, OSError) as error:
            parts["said"].value = alert(error)
            decided, played = None, None
        self._show(decided is not None, played is not None)

    def _set(self, decided: Entry) -> None:
        parts = self._parts
        parts["choice"].value = pick(decided.value, self.decision.options, "choice")
        if "amount" in parts:
            parts["amount"].value = self.decision.placed(decided.details.get("amount"))
        expected = decided.details.get("expected")
        parts["expected"].value = "" if expected is None else as_given(expected)

    def _show(self, decided: bool, played: bool) -> None:
        """Show what can be clicked now, and the year once it was played."""
        parts = self._parts
        parts["decide"].disabled = played
        for one in ("choice", "amount", "expected"):
            if one in parts:
                parts[one].disabled = played
        parts["play"].disabled = played or not decided
        shown = None if self.year is not None else "none"
        parts["keep"].layout.display = shown
        parts["kept"].value = ""
        parts["result"].value = "" if self.year is None else self._told(self.year)

    def _told(self, year: Year) -> str:
        from .pictures import plot_year

        drawn = look.drawn(plot_year(year))
        self._picture = drawn.png
        sentences = "".join(f"<p>{html.escape(one)}</p>" for one in year.sentences)
        image = drawn.html("max-width:100%;height:auto")
        return f'<div role="status" style="{READ}">{image}{sentences}{_table(year.table())}</div>'

    def _on_decide(self) -> None:
        parts = self._parts
        if parts["choice"].value is None:
            raise ValueError("Choose one first: nothing was recorded.")
        expected = dollars(parts["expected"].value)
        amount = parts["amount"].value if "amount" in parts else None
        parts["said"].value = _recorded(self.record(parts["choice"].value, amount, expected))
        self._show(decided=True, played=False)

    def _on_play(self) -> None:
        self._parts["said"].value = '<span role="status">Playing the year …</span>'
        self.play()
        decided, _ = counting(kept.entries(), self.decision.id, _team())
        if decided is not None:
            self._parts["said"].value = _recorded(decided, played=True)
        self._show(decided=True, played=True)

    def _on_keep(self) -> None:
        from ..record.kept import kept_in, replaced

        name = f"decision {self.decision.id.split('.')[0]}.png"
        replaced(kept_in().with_name(name), self._picture)
        where = f"Saved beside your answers as <b>{html.escape(name)}</b>. "
        link = _download(self._picture, name)
        self._parts["kept"].value = link if on_page() else where + link


def decide(
    id: str, option: str | None = None, *, amount: float | None = None, expected: Any = None
) -> Decide:
    """Ask for a decision, record it, and play its year in the team's own world.

    Parameters
    ----------
    id : str
        Which decision, such as "5.decision".
    option : str, optional
        What is chosen: then it is recorded and played at once, without a click.
    amount : float, optional
        The budget, or what else is asked beside the choice.
    expected : float or str, optional
        Dollars that you expect it to bring.

    Returns
    -------
    Decide
        Shown where it is the last line of a cell; its `year` holds what came.

    Raises
    ------
    UnknownName
        If there is no such decision or option; the message names the nearest.
    ValueError
        If the amount or the dollars cannot be read.

    Examples
    --------
    >>> decide("9.decisoin")
    Traceback (most recent call last):
    frontporch.names.UnknownName: There is no decision '9.decisoin'. Did you mean '9.decision'? ...
    """
    made = Decide(found(id))
    if option is not None:
        told = None if expected is None else dollars(expected)
        _, played = counting(kept.entries(), id, _team())
        if played is None:
            made.record(option, amount, told)
        made.play()
    return made


def _team() -> str:
    return teams.current().name or ""


def _question(decision: Decision) -> str:
    """Give the question and the choices as they stand where nothing runs."""
    listed = "".join(
        f"<li><b>{html.escape(name)}</b>: {html.escape(text)}</li>"
        for name, text in decision.options.items()
    )
    amount = decision.amount
    asked = (
        ""
        if amount is None
        else f"<p>Also set: {html.escape(amount.label)}, {as_given(amount.low, thousands=True)} to "
        f"{as_given(amount.high, thousands=True)} {html.escape(amount.unit)}.</p>"
    )
    return (
        f"<p><b>{html.escape(decision.shop)}.</b> {html.escape(decision.question)}</p>"
        f"<ul>{listed}</ul>{asked}"
        "<p>How many dollars do you expect your choice to bring in the coming year, after its "
        "cost? Decide first, then play the year.</p>"
    )


def _recorded(decided: Entry, played: bool = False) -> str:
    expected = decided.details.get("expected")
    told = "" if expected is None else f" You expect {said(expected)} dollars."
    more = " The year was played: this decision counts." if played else " Now play the year."
    return f'<span role="status">Recorded: {html.escape(str(decided.value))}.{told}{more}</span>'


def _table(rows: list[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in rows[0])
    body = "".join(
        f'<tr><th scope="row">{html.escape(first)}</th>'
        + "".join(f"<td>{html.escape(one)}</td>" for one in rest)
        + "</tr>"
        for first, *rest in rows[1:]
    )
    return (
        f'<div style="overflow-x:auto" tabindex="0"><table><caption>Each choice in dollars, '
        f"after costs</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _download(png: bytes, name: str) -> str:
    import base64

    data = base64.b64encode(png).decode("ascii")
    return (
        f'<a download="{html.escape(name)}" style="{_LINK}" href="data:image/png;base64,{data}">'
        "Download the picture</a>"
    )
