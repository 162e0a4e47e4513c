"""Who works here: a team's name, from which the numbers of its questions are drawn.

The team is the newest one in the record, so that a lesson knows it without asking again.
"""

from __future__ import annotations

import contextlib
import html
import unicodedata
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from ...groups import needs
from .. import keys, spoken_names
from ..record import kept
from ..record.entry import Entry, RecordError
from ..shown import Sentence, Shown, alert

LONGEST = 80
"""Characters of a name."""
_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›"


@dataclass(frozen=True)
class Team:
    """A team, or a student alone.

    Parameters
    ----------
    name : str or None
        None where no name was given: then the questions have the class's numbers.
    person : str
        Who sits here: name and student number or e-mail; empty where nobody said.
    """

    name: str | None
    person: str = ""

    def __repr__(self) -> str:
        """Say whose numbers are asked."""
        if self.name is None:
            return "No team yet: the questions have the class's numbers."
        who = f" ({self.person})" if self.person else ""
        return f"Team {self.name}{who}: the questions have your own numbers."

    def _repr_html_(self) -> str:
        return f'<p role="status">{html.escape(repr(self))}</p>'


_listening: list[Callable[[], Callable[[], None] | None]] = []
_unsaved: list[Team] = []
"""The team of this session where the record cannot be written."""


def current() -> Team:
    """Give the team that was named last, in this lesson or an earlier one."""
    with contextlib.suppress(RecordError, OSError):
        for one in reversed(kept.entries()):
            if one.kind == "team":
                return _of(one)
    return _unsaved[-1] if _unsaved else Team(None)


def on_change(callback: Callable[[], None]) -> None:
    """Have something called after each change of the team.

    Parameters
    ----------
    callback : callable
        Takes nothing. It is held weakly: a method is forgotten with its object.
    """
    kind = weakref.WeakMethod if hasattr(callback, "__self__") else weakref.ref
    _listening.append(kind(callback))


def team(name: str | EllipsisType | None = None, *, person: str | None = None) -> Any:
    """Say who you are; from then on every question has your own numbers.

    Parameters
    ----------
    name : str, optional
        The team's name, or your own; capitals and spaces at its ends make no difference.
        Without it there are two boxes to type into.
    person : str, optional
        Your name and student number or e-mail, as you are known to your instructor.

    Returns
    -------
    TeamBox, Team or Sentence
        Boxes where no name is given, and a sentence where it is none.

    Examples
    --------
    >>> team("...")
    Type your team's name, or your own: letters or digits, such as Blue Door.
    """
    if name is None or name is ...:
        return TeamBox()
    said, problem = read(name)
    if problem:
        return Sentence(problem)
    return named(said, person)


def named(name: str, person: str | None = None) -> Team:
    """Record a team, and tell everybody who shows its numbers.

    Raises
    ------
    RecordError
        If the record is damaged or is being written for too long.
    OSError
        If it cannot be written.
    """
    before = current()
    who = before.person if person is None else " ".join(person.split())[: 2 * LONGEST]
    made = Team(name, who)
    _unsaved[:] = [made]
    try:
        if made != before:
            kept.add("team", "team", name, team=name, details={"person": who} if who else {})
            _unsaved.clear()
    finally:
        _tell()
    return made


def read(name: Any) -> tuple[str, str]:
    """Give a name without what is not part of it, and a sentence where none is left.

    Examples
    --------
    >>> read(" “Blue Door” ")
    ('Blue Door', '')
    """
    such = "Type your team's name, or your own: letters or digits, such as Blue Door."
    if not isinstance(name, str):
        return "", such
    # The same letters however a keyboard composes them, as numbers are drawn from them.
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    plain = plain.strip(_QUOTES + " ")
    kinds = {unicodedata.category(sign) for sign in plain}
    if not any(kind[0] in "LN" or kind == "So" for kind in kinds):
        return "", such
    if kinds & {"Cs", "Cc", "Co", "Cn"}:
        return "", "This name holds signs that cannot be kept. Type it with letters and digits."
    if len(plain) > LONGEST:
        return "", f"This name has {len(plain)} characters. Type a shorter one, at most {LONGEST}."
    return plain, ""


class TeamBox:
    """Two boxes, for a team and a person, and the button that records them."""

    def __init__(self) -> None:
        with needs("A box"):
            import ipywidgets

        wide = {
            "style": {"description_width": "11em"},
            "layout": {"width": "32em", "max_width": "100%"},
            "continuous_update": False,  # letters that come late would miss the button
        }
        now = current()
        self.name = ipywidgets.Text(
            value=now.name or "", description="team", placeholder="such as Blue Door", **wide
        )
        self.person = ipywidgets.Text(
            value=now.person,
            description="your name",
            placeholder="and student number",
            tooltip="your name and student number or e-mail",
            **wide,
        )
        self.button = ipywidgets.Button(
            description="This is us", button_style="primary", tooltip="Record the team"
        )
        self.said = ipywidgets.HTML(value=now._repr_html_())
        keys.on_enter(self.button)
        self._as_seen = keys.takes_all(self.button, [self.name, self.person], self.record)
        on_change(self._follow)

    def record(self) -> Team | None:
        """Record what stands in the boxes; what is no name is answered below the button."""
        said, problem = read(self.name.value)
        made = None
        if not problem:
            try:
                made = named(said, self.person.value)
            except (RecordError, OSError) as error:
                problem = f"Not recorded: {error}"
        if made is None:
            self.said.value = alert(problem)
        return made

    def _follow(self) -> None:
        now = current()
        self.name.value, self.person.value = now.name or "", now.person
        self.said.value = now._repr_html_()

    def _ipython_display_(self) -> None:
        """Show what a page without a kernel can show, and the boxes."""
        with needs("A box"):
            import ipywidgets
            from IPython.display import display

        asked = "Who works here? Type a team's name, or your own, and press This is us."
        display(Shown(f"<p>{asked}</p>", asked))
        spoken_names.show(
            ipywidgets.VBox([self.name, self.person, self.button, self.said, self._as_seen])
        )


def _of(one: Entry) -> Team:
    person = one.details.get("person", "")
    return Team(str(one.value) if one.value else None, str(person or ""))


def _tell() -> None:
    for held in [*_listening]:
        callback = held()
        if callback is None:
            _listening.remove(held)
        else:
            callback()
