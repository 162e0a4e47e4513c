"""How a file is read: one set of options that every reader takes."""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypedDict

import pandas as pd

TIMES = {
    "seconds": "numbers of seconds",
    "milliseconds": "numbers of milliseconds",
    "microseconds": "numbers of microseconds",
    "minutes": "numbers of minutes",
    "hours": "numbers of hours",
    "days": "numbers of days",
    "weeks": "numbers of weeks",
    "excel": "Excel's serial days",
    "yyyymmdd": "days such as 20240131",
    "dd/mm/yyyy": "days first",
    "mm/dd/yyyy": "months first",
}
SPELLINGS = ("tidy", "any case")
MARKS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar", " ": "a space"}


class Options(TypedDict, total=False):
    """The options as a call takes them; `Reading` says what each means."""

    columns: Mapping[str, str]
    names: Sequence[str]
    fill: Mapping[str, Any]
    sheet: str
    separator: str
    encoding: str
    decimal: str
    times: str
    since: Any
    zone: str
    between: tuple[Any, Any]
    spelling: str
    missing: Sequence[str]
    incomplete: str
    largest_mb: float


@dataclass(frozen=True)
class Reading:
    """How a file or a frame is read. Every reader of the kit takes these options by name.

    Parameters
    ----------
    columns : mapping of str to str
        What columns are called: ``{"CustomerID": "customer"}`` renames theirs to ours.
    names : sequence of str, optional
        Names of the columns of a file that has no line of names.
    fill : mapping of str to object
        Columns that the file lacks, each with the one value that holds in every row.
    sheet : str, optional
        Sheet of a workbook, or file of a zip archive. By default the only one that is filled.
    separator : str, optional
        What stands between cells; by default the one that the lines show.
    encoding : str, optional
        How letters are written as bytes; by default UTF-8, or what the bytes show.
    decimal : {".", ","}
        What stands before decimals.
    times : str, optional
        One form for all times: "seconds", "milliseconds", "minutes", "days", "weeks" (numbers
        since `since`), "excel", "yyyymmdd", "dd/mm/yyyy", "mm/dd/yyyy", or a pattern such as
        "%d.%m.%Y %H:%M". By default 2024-03-12T09:30:00 and what the rows show beyond doubt.
    since : datetime-like
        The moment that numbers count from.
    zone : str, optional
        Zone whose clock shows times that have no offset, such as "Europe/Berlin"; they come
        back in UTC.
    between : tuple of two datetime-like, optional
        First and last moment that can be; by default from 1900 to ten years from now.
    spelling : {"tidy", "any case"}, optional
        "tidy" makes names equal that differ in spaces, in how an accent is composed, or in a
        needless ".0"; "any case" also those that differ in capital letters.
    missing : sequence of str
        Words that mean that nothing is known, such as "NA", beside an empty cell.
    incomplete : {"refuse", "leave out"}
        What to do with rows that lack a value that every row needs.
    largest_mb : float
        Refuse a file that is larger, unpacked, than so many megabytes.

    Examples
    --------
    >>> Reading(separator=";", decimal=",").decimal
    ','
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    names: Sequence[str] | None = None
    fill: Mapping[str, Any] = field(default_factory=dict)
    sheet: str | None = None
    separator: str | None = None
    encoding: str | None = None
    decimal: str = "."
    times: str | None = None
    since: Any = "1970-01-01"
    zone: str | None = None
    between: tuple[Any, Any] | None = None
    spelling: str | None = None
    missing: Sequence[str] = ()
    incomplete: str = "refuse"
    largest_mb: float = 2_000

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Reading:
        """Make the options of a call.

        Raises
        ------
        TypeError
            If there is no option of a name; the text says the nearest.
        """
        known = [one.name for one in fields(cls)]
        for name in options:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                meant = f"Did you mean {near[0]!r}? " if near else ""
                raise TypeError(f"there is no option {name!r}. {meant}Known: {', '.join(known)}.")
        return cls(**options)

    def __post_init__(self) -> None:
        """Refuse what no option can be."""
        _form(self)
        _words(self)
        object.__setattr__(
            self,
            "missing",
            (self.missing,) if isinstance(self.missing, str) else tuple(self.missing),
        )

    @property
    def origin(self) -> pd.Timestamp:
        """The moment that numbers count from."""
        return pd.Timestamp(self.since)

    @property
    def bounds(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """First and last moment that can be, without a zone."""
        if self.between is None:
            return pd.Timestamp("1900-01-01"), pd.Timestamp.now() + pd.DateOffset(years=10)
        low, high = (pd.Timestamp(one) for one in self.between)
        return low, high


def _form(one: Reading) -> None:
    separator = one.separator
    if separator is not None and (
        not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n'
    ):
        raise ValueError(f"separator is {separator!r}: one character, as ',' or ';' or a tab.")
    if one.encoding is not None:
        try:
            good = codecs.lookup(one.encoding)._is_text_encoding
        except LookupError:
            good = False
        if not good:
            raise ValueError(
                f"There is no encoding {one.encoding!r}; 'utf-8' is usual, 'cp1252' comes from "
                "old Excel."
            )
    if one.decimal not in (".", ","):
        raise ValueError(f"decimal is {one.decimal!r}, but must be '.' or ','.")
    for name in ("columns", "fill"):
        if not isinstance(getattr(one, name), Mapping):
            raise TypeError(f"{name} is a dictionary, as {name}={{'this': 'that'}}.")


def _words(one: Reading) -> None:
    if one.times is not None and one.times not in TIMES and "%" not in one.times:
        near = difflib.get_close_matches(str(one.times), list(TIMES), n=1)
        meant = f"Did you mean {near[0]!r}? " if near else ""
        raise ValueError(
            f"times is {one.times!r}. {meant}Known: {', '.join(TIMES)}, or a pattern such as "
            "'%d.%m.%Y %H:%M'."
        )
    if one.spelling is not None and one.spelling not in SPELLINGS:
        raise ValueError(f"spelling is {one.spelling!r}, but must be 'tidy' or 'any case'.")
    if one.incomplete not in ("refuse", "leave out"):
        raise ValueError(f"incomplete is {one.incomplete!r}, but must be 'refuse' or 'leave out'.")
    if one.zone is not None:
        import zoneinfo

        try:
            zoneinfo.ZoneInfo(one.zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            raise ValueError(
                f"There is no zone {one.zone!r}: write one such as 'Europe/Berlin' or 'UTC'."
            ) from None
