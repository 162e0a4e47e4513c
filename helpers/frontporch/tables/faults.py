"""Faults of a table in words: where, what, and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..counting import repeat

LISTED = 20  # faults that the text of the error shows
KEPT = 1_000  # faults that the error carries
LONGEST = 60  # characters of a value that are shown
TRIES = 3  # times that a reader is asked what else it would say

Words = tuple[str | None, Any, str, str]  # column, value, problem, remedy
Explain = Callable[[int], Words]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a table.

    Parameters
    ----------
    row : hashable or None
        For a file the line that a spreadsheet shows, where the header is line 1; for a frame
        the label of its row; None where the whole table is meant.
    column : str or None
        The column, or several with commas between; None where the whole row is meant.
    value : object
        What stands there; None where nothing does.
    problem, remedy : str
        What is wrong with it, and what to do.

    Examples
    --------
    >>> print(Fault(7, "fans", "7M", "is not a whole number", "Write all digits: 7000000."))
    row 7, column 'fans', value '7M': is not a whole number. Write all digits: 7000000.
    """

    row: Hashable | None
    column: str | None
    value: Any
    problem: str
    remedy: str

    def words(self, place: str = "row") -> str:
        """Say the fault in one line; `place` is what a row is called: "line" in a file."""
        where = [] if self.row is None else [f"{place} {self.row}"]
        where += [] if self.column is None else [f"column {self.column!r}"]
        where += [] if self.value is None else [f"value {_short(self.value)}"]
        start = f"{', '.join(where)}: " if where else ""
        return f"{start}{self.problem}. {self.remedy}"

    def __str__(self) -> str:
        """Say the fault in one line."""
        return self.words()


class TableError(ValueError):
    """A table does not fit its contract; the text lists the first twenty faults.

    Parameters
    ----------
    source : str
        The file's name, or what the table is called.
    faults : sequence of Fault
        The first thousand, in the order of their rows.
    total : int
        How many faults there are in all.
    place : str
        What a row is called: "line" in a file, "row" in a frame.
    options : mapping of str to object
        Options of reading that would settle what options can settle.
    """

    def __init__(
        self,
        source: str,
        faults: Sequence[Fault],
        total: int | None = None,
        place: str = "row",
        options: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep the faults, so that the error can also be sent between processes."""
        self.source = source
        self.faults = tuple(faults)
        self.total = len(self.faults) if total is None else total
        self.place = place
        self.options = dict(options or {})
        super().__init__(source, self.faults, self.total, place, self.options)

    def __str__(self) -> str:
        """List the first twenty faults, and how many there are."""
        count = "1 fault" if self.total == 1 else f"{self.total:,} faults"
        lines = [f"{self.source}: {count}."]
        lines += [fault.words(self.place) for fault in self.faults[:LISTED]]
        if self.total > LISTED:
            lines.append(f"… and {self.total - LISTED:,} more.")
        if self.options:
            lines.append(f"Read it with {as_options(self.options)}")
        return "\n".join(lines)


class Findings:
    """Faults as they are found; put in order, and into words, only at the end.

    A column may hold a million bad cells, so that a finding is an array of row numbers and a
    function that explains one of them; only the faults that the error carries are explained.

    Parameters
    ----------
    source : str
        The file's name, or what the table is called.
    place : str
        What a row is called.
    label : callable, optional
        From a row's number, by which faults are put in order, to what it is called.
    """

    def __init__(
        self, source: str, place: str = "line", label: Callable[[int], Hashable] | None = None
    ) -> None:
        """Begin with none."""
        self.source, self.place = source, place
        self.label = label or (lambda row: row)
        self._found: list[tuple[np.ndarray, Explain]] = []
        self.options: dict[str, Any] = {}
        self.called: dict[str, str] = {}  # what the table calls columns that were renamed

    def one(
        self, row: int | None, column: str | None, value: Any, problem: str, remedy: str
    ) -> None:
        """Note one fault; `row` None means the whole table."""
        at = -1 if row is None else row
        self.many(np.array([at]), lambda _: (column, value, problem, remedy))

    def many(self, rows: np.ndarray, explain: Explain) -> None:
        """Note a fault in each of these rows; `explain(k)` gives the words for the k-th."""
        if len(rows):
            self._found.append((np.asarray(rows), explain))

    def propose(self, **options: Any) -> None:
        """Keep options that would settle what was found; the error ends with all of them."""
        for name, value in options.items():
            kept = self.options.get(name)
            if isinstance(kept, dict) and isinstance(value, dict):
                value = {**kept, **value}
            self.options[name] = value

    def __len__(self) -> int:
        """Count the faults."""
        return sum(len(rows) for rows, _ in self._found)

    def stop(self) -> None:
        """Raise what was found, if anything was."""
        if self._found:
            raise TableError(self.source, self._first(), len(self), self.place, self.options)

    def _first(self) -> list[Fault]:
        counts = [len(rows) for rows, _ in self._found]
        rows = np.concatenate([rows for rows, _ in self._found])
        group = repeat(np.arange(len(self._found)), counts)
        within = np.concatenate([np.arange(count) for count in counts])
        faults = []
        for k in np.argsort(rows, kind="stable")[:KEPT]:
            _, explain = self._found[group[k]]
            label = None if rows[k] < 0 else self.label(int(rows[k]))
            column, *words = explain(int(within[k]))
            named = (
                ", ".join(self.called.get(one, one) for one in column.split(", "))
                if column
                else column
            )
            faults.append(Fault(label, named, *words))
        return faults


def completed(error: TableError, again: Callable[..., Any], given: Mapping[str, Any]) -> TableError:
    """Take what an error proposes, and add what would be said after that.

    A reader that looks at a table in several steps says everything at once this way.

    Parameters
    ----------
    error : TableError
        The error.
    again : callable
        Reads with options.
    given : mapping of str to object
        The options of the call that failed.

    Examples
    --------
    >>> def read(columns=None, directed=False):
    ...     name = "columns" if columns is None else "directed" if not directed else None
    ...     if name:
    ...         options = {"columns": {"from": "source"}, "directed": True}[name]
    ...         fault = Fault(None, None, None, f"{name} is missing", "Give it.")
    ...         raise TableError("ties", [fault], options={name: options})
    >>> try:
    ...     read()
    ... except TableError as error:
    ...     print(completed(error, read, {}))
    ties: 2 faults.
    columns is missing. Give it.
    directed is missing. Give it.
    Read it with columns={"from": "source"}, directed=True
    """
    for _ in range(TRIES):
        if not error.options:
            break
        try:
            again(**{**given, **error.options})
            break
        except TableError as later:
            new = [one for one in later.faults if one not in error.faults]
            if not new:
                break
            options, before = {**error.options, **later.options}, error.options
            faults, total = [*error.faults, *new], error.total + len(new)
            error = TableError(error.source, faults, total, error.place, options)
            if options == before:
                break
        except ValueError:
            break
    return error


@dataclass(frozen=True)
class Rows:
    """What the rows of a table are called in an error.

    Parameters
    ----------
    source : str
        The file's name, or what the table is called.
    labels : sequence
        What each row is called.
    place : str
        What a row is called: "line" in a file, "row" in a frame.

    Examples
    --------
    >>> Rows("ties.csv", [2, 3], "line").findings().place
    'line'
    """

    source: str
    labels: Sequence[Any]
    place: str = "row"

    def findings(self) -> Findings:
        """Begin to note faults of these rows."""
        return Findings(self.source, self.place, label=lambda row: self.labels[row])


def as_options(options: Mapping[str, Any]) -> str:
    """Write options as they stand in a call.

    Examples
    --------
    >>> as_options({"columns": {"Source": "source"}, "times": "seconds"})
    'columns={"Source": "source"}, times="seconds"'
    """
    return ", ".join(f"{name}={_literal(value)}" for name, value in options.items())


def _literal(value: Any) -> str:
    if isinstance(value, str):
        # JSON's text in double quotes is Python's too.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_literal(a)}: {_literal(b)}" for a, b in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        inside = ", ".join(map(_literal, value))
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    return repr(value.item() if isinstance(value, np.generic) else value)


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
