"""What was noticed while a table was read: said, not decided in silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

KEPT = "noticed"
"""Where the notes of a table stand in its `attrs`."""


class Note(NamedTuple):
    """One thing that was noticed."""

    what: str
    count: int  # type: ignore[assignment]
    done: str
    example: str = ""


class Notes(list[Note]):
    """Notes as they come, each thing once."""

    def say(self, what: str, count: int, done: str, example: object = "") -> None:
        """Note one thing, in how many cells or rows it is, and what was done about it."""
        note = Note(what, int(count), done, str(example))
        if note not in self:
            self.append(note)


def noticed(frame: pd.DataFrame) -> pd.DataFrame:
    """List what was noticed when a table was read or checked, with what settles it.

    Parameters
    ----------
    frame : pandas.DataFrame
        A table from `read` or `check`.

    Returns
    -------
    pandas.DataFrame
        `what` was noticed, in how many cells or rows (`count`), what was `done`, an `example`.

    Examples
    --------
    >>> from frontporch.tables import check
    >>> ties = pd.DataFrame({"source": ["Cas", "Cas "], "target": ["Bob", "Ann"]})
    >>> noticed(check(ties, "ties"))["what"].tolist()
    ['names that differ only in spaces or accents']
    """
    return as_frame(frame.attrs.get(KEPT, ()))


def as_frame(notes: Iterable[Note]) -> pd.DataFrame:
    """Give notes as a table."""
    found = pd.DataFrame(list(notes), columns=list(Note._fields))
    return found.astype({"count": "int64"})
