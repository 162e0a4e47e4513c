"""Who is in the class: the roster as a spreadsheet saves it; faults have row and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .safe_text import shown

LARGEST = 5_000_000
"""Bytes; a university of 30,000 takes half of it."""
COLUMNS = {
    "id": ("id", "student id", "student number", "id number", "number", "sis user id", "matric"),
    "name": ("name", "full name", "student", "student name"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail", "sis login id"),
    "section": ("section", "group", "groups", "class"),
    "team": ("team", "team name"),
}
_FIRST, _LAST = ("first name", "given name"), ("last name", "surname", "family name")
_SAMPLE = "id;name;email;section;team"


class RosterError(ValueError):
    """The roster cannot be used; the message names every row and column, and what to do."""


@dataclass(frozen=True)
class Student:
    """Somebody in the class.

    Parameters
    ----------
    id, name, email, section, team : str
        As in the roster; empty where it does not say.
    listed : bool
        Whether there is a roster that has them.
    """

    id: str = ""
    name: str = ""
    email: str = ""
    section: str = ""
    team: str = ""
    listed: bool = True

    @property
    def called(self) -> str:
        """What to call them in a sentence."""
        return self.name or self.email or self.id


def read(path: Path) -> list[Student]:
    """Read a roster: a first line with names of columns, then a line a student.

    Commas, semicolons and tabs are understood, and every encoding in which Excel saves CSV. The
    names of columns may be in capitals; those of Moodle and Canvas are known as well.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Raises
    ------
    RosterError
        If it cannot be used; each fault has its row, as a spreadsheet counts them.
    """
    where = f"The roster {path.name}"
    try:
        if path.stat().st_size > LARGEST:
            raise RosterError(f"{where} is larger than {LARGEST // 1_000_000} MB.")
        content = path.read_bytes()
    except OSError as error:
        raise RosterError(f"{where} cannot be read ({error.strerror}).") from None
    text = decoded(content)
    if text is None or "\0" in text:
        raise RosterError(
            f'{where} is not a text table. In your spreadsheet choose "Save as", then "CSV UTF-8".'
        )
    rows = table(text)
    if not rows:
        raise RosterError(f"{where} is empty. Write a first line such as {_SAMPLE}.")
    header, *lines = rows
    places = _places(header[1], where)
    students = [
        (row, _student(cells, places))
        for row, cells in lines
        if any(one.strip() for one in cells) and "points possible" not in cells[0].strip().lower()
    ]
    faults = [*_long_rows(lines, len(header[1])), *_faults(students)]
    if not students:
        faults.append("it has no student: write one line for each below the first.")
    if faults:
        listed = "".join(f"\n- {one}" for one in faults[:20])
        more = f"\n- and {len(faults) - 20} more" if len(faults) > 20 else ""
        raise RosterError(f"{where} cannot be used:{listed}{more}")
    return [one for _, one in students]


def decoded(content: bytes) -> str | None:
    """Give the text of a file in one of the encodings in which spreadsheets save; else None."""
    if content[:2] == b"PK":  # a workbook is a zip file
        return None
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tried = ["utf-16"]
    else:
        tried = ["utf-8-sig", "cp1252", "mac_roman"]
    for encoding in tried:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def table(text: str) -> list[tuple[int, list[str]]]:
    """Give the rows of a table that a spreadsheet saved, each with its number from 1.

    The separator is the one that the first line has most of. Rows without anything are left out.
    """
    first, separator = text.split("\n", 1)[0].strip("\r\ufeff"), ""
    begin = 1
    if re.fullmatch(r"sep=.", first):  # Excel's own way to say it
        separator, text, begin = first[-1], text.split("\n", 1)[1] if "\n" in text else "", 2
        first = text.split("\n", 1)[0]
    separator = separator or max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found: list[tuple[int, list[str]]] = []
    try:
        for number, row in enumerate(rows, begin):
            if any(one.strip() for one in row):
                found.append((number, row))
    except csv.Error:
        pass  # a cell of more than 100,000 characters: what follows is no table
    return found


def _places(header: Sequence[str], where: str) -> dict[str, list[int]]:
    """Find the column of each part; a name may stand in two."""
    names = [re.sub(r"[\s_]+", " ", one).strip().lower() for one in header]
    found = {
        part: [names.index(one) for one in known if one in names][:1]
        for part, known in COLUMNS.items()
    }
    if not found["name"]:
        found["name"] = [
            names.index(one) for both in (_FIRST, _LAST) for one in both if one in names
        ]
    if not found["id"] and not found["email"]:
        told = ", ".join(shown(one, 30) for one in header)
        raise RosterError(
            f"{where} has no column id and no column email. Its first line is: {told}. "
            f"Write a first line such as {_SAMPLE}."
        )
    return found


def _student(cells: Sequence[str], places: dict[str, list[int]]) -> Student:
    parts = {
        part: " ".join(cells[one].strip() for one in at if one < len(cells)).strip()
        for part, at in places.items()
    }
    # Moodle and Canvas write a dash where there is nothing.
    plain = {part: "" if one == "-" else one for part, one in parts.items()}
    return Student(plain["id"], plain["name"], plain["email"], plain["section"], plain["team"])


def _long_rows(lines: Sequence[tuple[int, list[str]]], width: int) -> Iterator[str]:
    for row, cells in lines:
        if len(cells) > width and any(one.strip() for one in cells[width:]):
            yield (
                f"row {row} has {len(cells)} cells, but the first line has {width}. Put a cell "
                "that contains the separator in double quotes."
            )


def _faults(students: Sequence[tuple[int, Student]]) -> Iterator[str]:
    seen: dict[tuple[str, str], int] = {}
    for row, one in students:
        if not one.id and not one.email:
            yield f"row {row}, columns id and email are empty. Fill in one of them."
        if re.fullmatch(r"\d([.,]\d+)?E\+\d+", one.id):
            yield (
                f"row {row}, column id is {one.id}: the spreadsheet has shortened a long number. "
                "Set the column's format to Text, and enter the number again."
            )
            continue
        if one.email and "@" not in one.email and not re.fullmatch(r"[\w.+-]+", one.email):
            yield f"row {row}, column email is {shown(one.email, 40)}, which is not an address."
        for column, value in (("id", one.id), ("email", one.email)):
            before = seen.setdefault((column, value.casefold()), row) if value else row
            if before != row:
                yield (
                    f"row {row}, column {column} is {shown(value, 40)}, as in row {before}. Each "
                    "student needs one of their own: take the second row out, or correct it."
                )
