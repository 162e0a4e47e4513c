"""The memo: three sentences to the owner of the shop, recorded."""

from __future__ import annotations

import html
from typing import Any

from ...groups import needs
from ...names import UnknownName, nearest
from .. import keys, spoken_names
from ..checking import teams
from ..course_package import course
from ..record import kept
from ..record.entry import LONGEST, Entry
from ..shown import Shown, alert
from .decision import MEMO

_NUMBERS = ("first", "second", "third")


class Memo:
    """Three boxes for three sentences; made by `memo`.

    Parameters
    ----------
    id : str
        Which memo, such as "5.memo".
    beginnings : tuple of three str
        How the sentences begin.
    """

    def __init__(self, id: str, beginnings: tuple[str, str, str] = MEMO) -> None:
        self.id, self.beginnings = id, beginnings
        self._boxes: list[Any] = []
        self._said: Any = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was recorded last by this team; empty where nothing was."""
        return _sentences(self.id)

    def record(self, *sentences: str) -> Entry:
        """Record three sentences, as the button does.

        Raises
        ------
        ValueError
            If there are not three, all are empty, or one is longer than 4,000 characters.
        """
        if len(sentences) != 3:
            raise ValueError(
                f"A memo has three sentences, not {len(sentences)}. Type "
                f'classroom.memo("{self.id}", "first", "second", "third").'
            )
        written = tuple(str(one).strip() for one in sentences)
        if not any(written):
            raise ValueError("All three boxes are empty: nothing was recorded.")
        if max(map(len, written)) > LONGEST:
            raise ValueError(f"A sentence has at most {LONGEST:,} characters.")
        return kept.add("memo", self.id, written, team=_team())

    def __repr__(self) -> str:
        """Say what was recorded, or what to type."""
        if self.sentences:
            return "\n".join(one or "(empty)" for one in self.sentences)
        return f'Three sentences: classroom.memo("{self.id}", "…", "…", "…")\n' + "\n".join(
            self.beginnings
        )

    def _ipython_display_(self) -> None:
        """Show how the sentences begin, which needs no kernel, and the boxes below."""
        with needs("A memo"):
            from IPython.display import display

        listed = "".join(f"<li>{html.escape(one)}</li>" for one in self.beginnings)
        told = f"<p><b>Memo.</b> Write three sentences:</p><ol>{listed}</ol>"
        display(Shown(told, "Memo. Write three sentences."))
        spoken_names.show(self.controls())

    def controls(self) -> Any:
        """Make the boxes; they hold what is recorded."""
        with needs("A memo"):
            import ipywidgets

        wide = {"width": "38em", "max_width": "100%"}
        self._boxes = [
            ipywidgets.Textarea(
                description=f"{number} sentence",
                placeholder=one,
                tooltip=one,
                rows=3,
                continuous_update=False,  # letters that come late would miss the button
                style={"description_width": "9em"},
                layout=wide,
            )
            for number, one in zip(_NUMBERS, self.beginnings, strict=True)
        ]
        button = ipywidgets.Button(
            description="Record", button_style="primary", tooltip="Record the memo"
        )
        self._said = ipywidgets.HTML(layout={"max_width": "100%"})
        as_seen = keys.takes_all(button, self._boxes, self._click)
        self._restore()
        teams.on_change(self._restore)
        return ipywidgets.VBox([*self._boxes, button, self._said, as_seen])

    def _restore(self) -> None:
        try:
            recorded = self.sentences
        except (ValueError, OSError) as error:
            self._said.value = alert(error)
            return
        for box, one in zip(self._boxes, recorded, strict=False):
            box.value = one
        self._said.value = _told(recorded) if recorded else ""

    def _click(self) -> None:
        try:
            made = self.record(*(box.value for box in self._boxes))
        except (ValueError, OSError) as error:
            # An error that leaves a button's callback is seen by nobody.
            self._said.value = alert(error)
            return
        self._said.value = _told(made.value)


def memo(id: str, *sentences: str) -> Memo:
    """Ask for a memo of three sentences, or record it.

    Parameters
    ----------
    id : str
        Which memo, such as "5.memo".
    *sentences : str
        The three sentences: then they are recorded at once.

    Returns
    -------
    Memo
        Shown where it is the last line of a cell.

    Raises
    ------
    UnknownName
        If there is no such lesson.
    ValueError
        If there are not three sentences, or all are empty.

    Examples
    --------
    >>> memo("9.nemo")
    Traceback (most recent call last):
    frontporch.names.UnknownName: There is no memo '9.nemo'. Did you mean '9.memo'? ...
    """
    number = str(id).split(".")[0]
    known = [f"{one}.memo" for one in course().numbers()]
    if id not in known:
        raise UnknownName(f"There is no memo {id!r}. {nearest(id, known)}")
    decided = course().decision(number)
    made = Memo(id, MEMO if decided is None else decided.memo)
    if sentences:
        made.record(*sentences)
    return made


def _sentences(id: str) -> tuple[str, ...]:
    team = _team().strip().casefold()
    for one in reversed(kept.entries()):
        if one.kind == "memo" and one.about == id and one.team.strip().casefold() == team:
            value = one.value if isinstance(one.value, tuple) else (one.value or "", "", "")
            return (*(str(part) for part in value), "", "", "")[:3]
    return ()


def _told(written: Any) -> str:
    empty = [number for number, one in zip(_NUMBERS, written, strict=False) if not one]
    left = f" The {' and the '.join(empty)} sentence is still empty." if empty else ""
    if len(empty) == 2:
        left = f" The {' and the '.join(empty)} sentences are still empty."
    return f'<span role="status">Recorded.{left}</span>'


def _team() -> str:
    return teams.current().name or ""
