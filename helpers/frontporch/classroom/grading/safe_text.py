"""Texts of strangers, where they are shown: on a terminal, in a spreadsheet, in a file's name."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_RUNS = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_LOOKED_UP = re.compile(r"[+-]?[\w.@ '+-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.I)


def shown(text: str, most: int = 200) -> str:
    r"""Give a text on one line: what steers a terminal or cannot be seen is spelled out.

    Examples
    --------
    >>> print(shown("a\nb\x1b[31m"), shown("M\udc81ller"))
    a\nb\x1b[31m M\x81ller
    """
    spelled = "".join(_spelled(one) for one in text[: most + 1])
    return spelled if len(spelled) <= most else spelled[: most - 1] + "…"


def _spelled(one: str) -> str:
    if 0xDC80 <= ord(one) <= 0xDCFF:  # a byte of a name that is not UTF-8
        return f"\\x{ord(one) - 0xDC00:02x}"
    if unicodedata.category(one) in _HIDDEN:
        return one.encode("unicode_escape").decode("ascii")
    return one


def cell(text: str) -> str:
    """Give a text for a spreadsheet, which runs what begins with = + - @ or a tab.

    Examples
    --------
    >>> cell("=1+1"), cell("4 of 6")
    ("'=1+1", '4 of 6')
    """
    plain = " ".join(shown(one, 10_000) for one in text.splitlines())
    return f"'{plain}" if _RUNS.match(plain) else plain


def looked_up(text: str) -> str:
    """Give a name or a number by which other programs find a student: as it is, if it is harmless.

    Examples
    --------
    >>> looked_up("-Ana Sato"), looked_up("=SUM(A1)"), looked_up("-1+cmd|' /C x'!A0")
    ('-Ana Sato', "'=SUM(A1)", "'-1+cmd|' /C x'!A0")
    """
    if text[:1] not in "=@" and _LOOKED_UP.fullmatch(text):
        return text
    return cell(text)


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Give rows as CSV in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def file_name(text: str, taken: set[str]) -> str:
    """Give a name for a file that every system can keep, and that nothing else has.

    Parameters
    ----------
    text : str
        What it is to be called.
    taken : set of str
        Names that are in use, in small letters; the new one is added.

    Examples
    --------
    >>> taken = set()
    >>> file_name("../Ana Sato", taken), file_name("__ana sato", taken), file_name("con", taken)
    ('Ana Sato', 'ana sato 2', 'con_')
    """
    plain = unicodedata.normalize("NFC", shown(text))
    name = re.sub(r"[^\w .,()@&+-]+", "_", plain)[:60].strip(" ._-") or "student"
    if _RESERVED.fullmatch(name.split(".")[0]):
        name += "_"
    made, count = name, 1
    while made.casefold() in taken:
        count += 1
        made = f"{name} {count}"
    taken.add(made.casefold())
    return made
