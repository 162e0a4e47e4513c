"""From bytes to letters: what the bytes show is noted, and what they leave open is asked."""

from __future__ import annotations

import codecs
import re

from ..reading import Reading
from ..sheet import Desk

_WIDE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE = "Open it in the program that made it, and save it as CSV UTF-8."


def decoded(data: bytes, reading: Reading, desk: Desk) -> str:
    """Give the text of a file; bytes that are no letters stay as lone surrogates.

    Parameters
    ----------
    data : bytes
        The file.
    reading : Reading
        Its `encoding`, if one is named.
    desk : Desk
        Where faults and notes go.

    Returns
    -------
    str
        The text; a bad byte is found in its row later.

    Raises
    ------
    TableError
        If it is in another encoding, or no text.
    """
    named = reading.encoding
    encoding = named or _shown(data, desk)
    plain = codecs.lookup(encoding).name
    if plain == "utf-8" and data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = data.decode(encoding, "surrogateescape")
        except UnicodeDecodeError:
            desk.refuse(*undecodable(encoding))
    if "\x00" in text:
        desk.refuse("is not text: it has zero bytes", _SAVE)
    return text


def _shown(data: bytes, desk: Desk) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:4096]
    for encoding, half, other in (
        ("utf-16-le", start[1::2], start[0::2]),
        ("utf-16-be", start[0::2], start[1::2]),
    ):
        # Digits and separators have a zero byte, whatever the letters are.
        if len(start) >= 4 and half.count(0) > 0.4 * len(half) and not other.count(0):
            desk.notes.say(
                "letters in UTF-16 without a mark", 1, f'read with encoding="{encoding}"'
            )
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if _WIDE.search(data) is None and _is(data, "cp1252"):
            at = data[: _first_high(data) + 20].rsplit(b"\n", 1)[-1]
            example = at.decode("cp1252", "replace").strip()
            desk.notes.say(
                "letters that are not UTF-8",
                sum(one > 127 for one in data[:1_000_000]),
                'taken for those of old Windows; encoding="cp1252" says so, another encoding= '
                "reads others",
                example,
            )
            return "cp1252"
    return "utf-8"


def _first_high(data: bytes) -> int:
    found = re.search(rb"[\x80-\xff]", data)
    return found.start() if found else 0


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def undecodable(encoding: str) -> tuple[str, str]:
    """Say that bytes are no letters of an encoding, and what to do."""
    name = codecs.lookup(encoding).name.upper()
    other = "cp1252" if name != "CP1252" else "latin-1"
    return (
        f"has bytes that are not {name}",
        f'Save the file as "CSV UTF-8", or name its encoding, as encoding="{other}".',
    )
