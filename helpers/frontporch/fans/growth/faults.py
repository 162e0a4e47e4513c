"""Faults of counts in the words of the table that was given, each with its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from ...tables import Fault, TableError
from .spoken import spoken_count


@contextmanager
def in_words_of(columns: Mapping[str, str], text_counts: bool) -> Iterator[None]:
    """Name the columns as the given table does, and say where text can be read as counts.

    Parameters
    ----------
    columns : mapping of str to str
        From names of the contract to those of the table; "" for a column that repeats another,
        whose faults are said there.
    text_counts : bool
        Whether text was read already.

    Examples
    --------
    >>> with in_words_of({"fans": "users"}, text_counts=False):
    ...     raise TableError("counts", [Fault(3, "fans", "7M", "is not a number", "Write digits.")])
    Traceback (most recent call last):
        ...
    frontporch.tables.faults.TableError: counts: 1 fault.
    row 3, column 'users', value '7M': is not a number. Write digits. Or say text_counts=True: it \
is read as 7,000,000.
    """
    try:
        yield
    except TableError as error:
        named = [
            replace(one, column=columns.get(str(one.column), one.column)) for one in error.faults
        ]
        faults = [one if text_counts else _readable(one) for one in named if one.column != ""]
        left_out = len(error.faults) - len(faults)
        raise TableError(error.source, faults, error.total - left_out, error.place) from None


def _readable(fault: Fault) -> Fault:
    """Add to the remedy of a count that stands there as text what it can be read as."""
    counted = fault.column in ("fans", "users", "adopters")
    if not (counted and isinstance(fault.value, str) and fault.problem.startswith("is not a")):
        return fault
    try:
        count = spoken_count(fault.value)
    except ValueError:
        return fault
    bound = "at least " if count.at_least else ""
    words = f"{fault.remedy} Or say text_counts=True: it is read as {bound}{count.fans:,}."
    return replace(fault, remedy=words)
