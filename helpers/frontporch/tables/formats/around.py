"""Lines of a text that are no rows: above the names of the columns, and where files were joined."""

from __future__ import annotations

import bisect
import re

from ..contract import Contract
from ..reading import MARKS, Reading
from ..sheet import Desk
from ..usual import plain

_SEPARATOR = re.compile(r"\"?sep=(.)\"?[;,\t]*\r?\n", re.IGNORECASE)
"""How Excel is told of a separator, in the first line."""
_REMARKS = re.compile(r"(?:[#%][^\n]*\n)+")


def without(text: str, contract: Contract, reading: Reading, desk: Desk) -> tuple[str, str | None]:
    """Leave out what stands around the rows, and say so; lines keep their numbers.

    Parameters
    ----------
    text : str
        The whole text.
    contract : Contract
        By its columns a line of names is known, even if it begins with a sign.
    reading : Reading
        How it is read.
    desk : Desk
        Where notes go.

    Returns
    -------
    text : str
        From the names of the columns on.
    separator : str or None
        The one that the file itself names, if it does.
    """
    above, separator = 0, None
    told = _SEPARATOR.match(text)
    if told is not None and (told[1] in MARKS or told[1] == reading.separator):
        separator = told[1]
        text, above = text[told.end() :], 1
        desk.notes.say("a line above the names that tells the separator", 1, "left out", told[0])
    remarks = _REMARKS.match(text)
    if remarks is not None and remarks.end() < len(text):
        lines = remarks[0].splitlines()
        known = {plain(n) for one in contract.fields for n in (one.name, *one.usual_names)}
        # Names that begin with a sign, and not a remark in which one of them is a word.
        if sum(plain(cell) in known for cell in re.split(r"[,;|\t]", lines[-1])) < 2:
            text, above = text[remarks.end() :], above + len(lines)
            desk.notes.say(
                "lines of remarks above the rows", len(lines), "left out", lines[0].strip()
            )
    text, gone = _once(text, reading, desk)
    if above or gone:
        desk.findings.label = lambda row: _line(row, gone) + above
    return text, separator


def _once(text: str, reading: Reading, desk: Desk) -> tuple[str, list[int]]:
    """Leave out the line of names where it stands again, as where files were joined."""
    end = text.find("\n")
    names = text[:end].rstrip("\r")
    if end < 0 or not names.strip() or reading.names is not None or '"' in text:
        return text, []
    if f"\n{names}\n" not in text and f"\n{names}\r\n" not in text:
        return text, []
    lines = text.splitlines(keepends=True)
    gone = [k + 1 for k, one in enumerate(lines) if k and one.rstrip("\r\n") == names]
    desk.notes.say(
        "lines that repeat the names of the columns", len(gone), "left out", f"line {gone[0]}"
    )
    return "".join(one for k, one in enumerate(lines) if k + 1 not in set(gone)), gone


def _line(row: int, gone: list[int]) -> int:
    """Give the line of a row of which lines before it were left out."""
    line = row
    while line != row + bisect.bisect_right(gone, line):
        line = row + bisect.bisect_right(gone, line)
    return line
