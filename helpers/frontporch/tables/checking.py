"""Check a frame against its contract: once, at the door."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Unpack

import numpy as np
import pandas as pd

from ..counting import bincount
from .cells import as_numbers
from .columns import Column, from_cells, from_series, settled
from .compact import Coded, Even
from .contract import Contract, Field
from .faults import Findings, Words, as_options
from .noticed import KEPT, Notes
from .reading import Options, Reading
from .remedies import NOTHING, remedy
from .schema import verify
from .sheet import Desk, Sheet, unescaped
from .spelling import spelled
from .usual import proposed

LOOKED_AT = 200
"""Cells of a further column by which it is first tried whether it holds numbers."""


def check(
    frame: pd.DataFrame,
    contract: Contract | str,
    source: str = "table",
    **reading: Unpack[Options],
) -> pd.DataFrame:
    """Check a frame against a contract, and return it with the contract's types.

    Text in a column of numbers or times is read as in a file. Whole numbers in a column of
    text become text, so that people may be numbered. Times that know their zone come back in
    UTC. Columns that the contract does not know, the order and the index stay as they are.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table; it is not changed.
    contract : Contract or str
        The contract or its name, as "spells".
    source : str
        What the table is called in the error.
    **reading
        Options as in `read`: `columns`, `fill`, `times`, `zone`, `spelling` and others.

    Returns
    -------
    pandas.DataFrame
        The typed table. `attrs["observed_from_start"]` is kept; None where it is not known.
        `noticed` lists what was noticed.

    Raises
    ------
    TableError
        If anything is wrong with it. Each fault has the label of its row in the index; the
        last line of the error gives the options that settle what options can settle.
    UnknownName
        If there is no contract of that name.

    Examples
    --------
    >>> ties = pd.DataFrame({"source": ["ann", "bob"], "target": ["bob", "bob"]})
    >>> check(ties, "ties")
    Traceback (most recent call last):
    ...
    frontporch.tables.faults.TableError: table: 1 fault.
    row 1, column 'target', value 'bob': is the same as source: nobody is paired with \
themselves. Check who source and target are, or take the row out.
    """
    contract, options = Contract.of(contract), Reading.of(reading)
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"A table is a pandas DataFrame, but this is a {type(frame).__name__}.")
    sheet, desk = sheet_of(frame, source)
    series, kept = typed(sheet, contract, options, desk)
    result = (frame if kept.all() else frame[kept]).copy()
    if options.columns:
        result = result.rename(columns=dict(options.columns))
    for name, values in series.items():
        result[name] = values.set_axis(result.index)
    result.attrs.setdefault("observed_from_start", None)
    result.attrs[KEPT] = tuple(desk.notes)
    return result


def sheet_of(frame: pd.DataFrame, source: str) -> tuple[Sheet, Desk]:
    """Lay the columns of a frame on a sheet, whose rows are called as its index says."""
    findings = Findings(source, place="row", label=lambda row: frame.index[row])
    if not len(frame):
        findings.one(None, None, None, "has no rows", "Check what should have filled it.")
    given = [frame.iloc[:, k] for k in range(frame.shape[1])]
    sheet = Sheet(list(frame.columns), given, np.arange(len(frame)), text=False, header_line=None)
    return sheet, Desk(findings, Notes(frame.attrs.get(KEPT, ())))


def typed(
    sheet: Sheet, contract: Contract, reading: Reading, desk: Desk, *, verified: bool = True
) -> tuple[dict[str, pd.Series], np.ndarray]:
    """Give the contract's columns of a sheet in their types, and which rows were kept.

    Parameters
    ----------
    sheet : Sheet
        The cells.
    contract : Contract
        What they should be.
    reading : Reading
        How they are read.
    desk : Desk
        Where faults and notes go.
    verified : bool
        Whether limits, keys and rules are looked at; without it only types are.

    Raises
    ------
    TableError
        If anything is wrong.
    """
    findings = desk.findings
    header = _renamed(sheet, contract, reading, findings)
    fields = known(header, contract, findings, sheet.header_line, reading.fill)
    missing = (*contract.missing, *reading.missing)
    place = {name: k for k, name in enumerate(header)}
    columns: dict[str, Column] = {}
    for name, field in fields.items():
        if name in place:
            columns[name] = _column(sheet.columns[place[name]], field.type, missing, reading)
        elif name in reading.fill:
            value = pd.Series([reading.fill[name]] * len(sheet.lines))
            columns[name] = from_series(value, field.type, missing, reading)
    kept = np.ones(len(sheet.lines), dtype=bool)
    _spell(columns, reading, desk.notes)
    if reading.incomplete == "leave out":
        kept = _complete(columns, fields, desk.notes)
        columns = {name: _taken(one, kept) for name, one in columns.items()}
    elif verified:
        _propose_leaving_out(columns, fields, findings)
    lines = sheet.lines[kept]
    _note_unused(sheet, header, contract, desk.notes)
    _propose_missing(columns, fields, lines, reading, findings)
    series, bad = settled(columns, lines, findings, reading, desk.notes)
    if verified and len(lines) and series:
        verify(pd.DataFrame(series), contract, lines, bad, findings)
    findings.stop()
    return series, kept


def _column(given: Any, kind: str, missing: tuple[str, ...], reading: Reading) -> Column:
    if isinstance(given, pd.Series):
        return from_series(given, kind, missing, reading)
    return from_cells(unescaped(given) if kind == "string" else given, kind, missing, reading)


def _renamed(sheet: Sheet, contract: Contract, reading: Reading, findings: Findings) -> list[str]:
    """Give the columns the names that the caller says, and propose those that are usual."""
    named = dict(reading.columns)
    for theirs in [*named]:
        if theirs not in sheet.header:
            near = difflib.get_close_matches(str(theirs), [str(one) for one in sheet.header], n=1)
            meant = f"Did you mean {near[0]!r}? " if near else ""
            have = ", ".join(map(str, sheet.header[:20]))
            findings.one(
                sheet.header_line,
                None,
                str(theirs),
                "columns= names it, but there is no such column",
                f"{meant}There are: {have}.",
            )
            del named[theirs]  # the line that is proposed has to work
    findings.called = {ours: str(theirs) for theirs, ours in named.items()}
    header = [named.get(name, name) for name in sheet.header]
    taken = {*header, *reading.fill}
    lacking = [one for one in contract.fields if not one.optional and one.name not in taken]
    if not lacking:
        return header
    usual = {a: b for a, b in proposed(header, contract).items() if b not in taken}
    spare = {str(one).lower(): one for one in header if one not in usual}
    fields = {one.name for one in contract.fields}
    for field in lacking:
        if field.name in usual.values():
            continue
        near = difflib.get_close_matches(
            field.name, [a for a, b in spare.items() if b not in fields], n=1
        )
        if near:
            usual[spare.pop(near[0])] = field.name
    if any(field.name in usual.values() for field in lacking):
        back = {ours: theirs for theirs, ours in named.items()}
        whole = named | {back.get(theirs, theirs): ours for theirs, ours in usual.items()}
        findings.propose(columns=whole)
    filled = {
        field.name: field.usual_value
        for field in lacking
        if field.usual_value is not None and field.name not in usual.values()
    }
    if filled:
        findings.propose(fill={**reading.fill, **filled})
    # What follows is looked at as if the proposal were taken, so that one error says it all.
    counted = Counter(header)
    return [usual.get(name, name) if counted[name] == 1 else name for name in header]


def known(
    columns: list,
    contract: Contract,
    findings: Findings,
    header: int | None,
    fill: Mapping[str, Any] | None = None,
) -> dict[str, Field]:
    """Return the contract's fields that a table has, by name, and note what is amiss.

    Parameters
    ----------
    columns : list
        The names of the table's columns, with proposed names in their place.
    contract : Contract
        What the table should have.
    findings : Findings
        Where missing and repeated columns are noted.
    header : int or None
        The line of the header; None for a frame.
    fill : mapping of str to object, optional
        Columns that the caller gives.
    """
    counts = Counter(columns)
    twice = sorted(str(name) for name, count in counts.items() if count > 1)
    for name in twice:
        findings.one(
            header, name, None, "this name stands above more than one column", "Rename one of them."
        )
    fields = {field.name: field for field in contract.fields}
    given = dict(fill or {})
    present = {
        name: fields[name]
        for name in dict.fromkeys([*columns, *given])
        if name in fields and name not in twice
    }
    renamed = {ours: theirs for theirs, ours in findings.options.get("columns", {}).items()}
    filled = findings.options.get("fill", {})
    for name, field in fields.items():
        if field.optional or (name in counts and name not in renamed) or name in given:
            continue
        if name in renamed:
            findings.one(
                header,
                name,
                None,
                "this column is missing",
                f"Rename {renamed[name]!r} to {name!r}.",
            )
            continue
        one = (
            f" Or, if one value holds everywhere: {as_options({'fill': {name: filled[name]}})}."
            if name in filled
            else ""
        )
        findings.one(
            header, name, None, "this column is missing", f"Add it: {field.description}{one}"
        )
    return present


def _spell(columns: dict[str, Column], reading: Reading, notes: Notes) -> None:
    """Note names that look like one, and write them as the options say."""
    people = [name for name, one in columns.items() if one.kind == "string"]
    alike = [name for name in people if name in ("source", "target")]
    groups = [alike] if len(alike) == 2 else [[name] for name in alike]
    groups += [[name] for name in people if name not in alike]
    for group in groups:
        seen = [_seen(columns[name]) for name in group]
        new = spelled(dict.fromkeys(one for some in seen for one in some), reading, notes)
        if new:
            for name in group:
                column = columns[name]
                given = pd.Series(column.values).astype(object)
                columns[name] = replace(
                    column, values=given.map(lambda x, n=new: n.get(x, x)).to_numpy(object)
                )


def _seen(column: Column) -> list[str]:
    if isinstance(column.given, Coded):
        known = bincount(column.given.codes[column.there], minlength=len(column.given.words))
        return [one for one, count in zip(column.given.words, known, strict=True) if count]
    values = column.values
    if isinstance(values, pd.Series):
        return [str(one) for one in values.cat.categories]
    return [one for one in pd.unique(values[column.there]) if isinstance(one, str)]


def _complete(columns: dict[str, Column], fields: dict[str, Field], notes: Notes) -> np.ndarray:
    """Say which rows have all that every row needs, and note the others."""
    kept = np.ones(len(next(iter(columns.values())).there) if columns else 0, dtype=bool)
    for name, column in columns.items():
        if fields[name].required:
            empty = ~column.there
            empty[column.bad] = False  # something stands there: that is a fault, no gap
            if empty.any():
                notes.say(f"rows without {name!r}", int(empty.sum()), "left out")
            kept &= ~empty
    return kept


def _propose_leaving_out(
    columns: dict[str, Column], fields: dict[str, Field], findings: Findings
) -> None:
    for name, column in columns.items():
        if fields[name].required and len(column.there):
            empty = ~column.there
            empty[column.bad] = False
            if empty.any() and not empty.all():
                findings.propose(incomplete="leave out")


def _propose_missing(
    columns: dict[str, Column],
    fields: dict[str, Field],
    lines: np.ndarray,
    reading: Reading,
    findings: Findings,
) -> None:
    """Note cells with a word for nothing, such as "NA", and propose to take it so."""
    words: list[str] = []
    for name, column in columns.items():
        at, given = column.nothing, column.given
        if not len(at):
            continue
        told = {"incomplete": "leave out"} if fields[name].required else {}
        here = [str(given.iloc[k] if isinstance(given, pd.Series) else given[k]) for k in at]
        words += here

        def explain(k: int, name=name, here=here, kind=column.kind, told=told) -> Words:
            problem, _ = remedy(here[k], kind)
            option = as_options({"missing": [here[k]], **told})
            return name, here[k], problem, f"Where nothing is known, read it with {option}."

        findings.many(lines[at], explain)
        findings.propose(**told)
    if words:
        findings.propose(missing=list(dict.fromkeys((*reading.missing, *words))))


def _taken(column: Column, kept: np.ndarray) -> Column:
    """Keep some rows of a column."""
    if kept.all():
        return column
    place = np.cumsum(kept) - 1
    values = column.values[kept]
    values = values.reset_index(drop=True) if isinstance(values, pd.Series) else values
    given = column.given
    at = np.flatnonzero(kept)
    given = given.iloc[at] if isinstance(given, pd.Series) else _some(given, at)
    bad, nothing = column.bad[kept[column.bad]], column.nothing[kept[column.nothing]]
    offsets = None if column.offsets is None else column.offsets[kept]
    return replace(
        column,
        values=values,
        there=column.there[kept],
        bad=place[bad],
        nothing=place[nothing],
        given=given,
        offsets=offsets,
    )


def _some(cells: Any, at: np.ndarray) -> Any:
    """Give the cells at some places."""
    return cells.taken(at) if isinstance(cells, Coded | Even) else [cells[k] for k in at.tolist()]


def _note_unused(sheet: Sheet, header: list[str], contract: Contract, notes: Notes) -> None:
    """Say which column of numbers looks like one that the contract knows, and is not used."""
    missing = {one.name for one in contract.fields if one.optional and one.name not in header}
    if not missing:
        return
    for theirs, ours in proposed(header, contract).items():
        if ours in missing:
            done = f"kept, not used; {as_options({'columns': {str(theirs): ours}})} uses it"
            notes.say(f"a column that may be {ours!r}", len(sheet.lines), done, theirs)


def further(
    sheet: Sheet,
    header: list[str],
    names: set[str],
    kept: np.ndarray,
    reading: Reading,
    missing: tuple[str, ...],
    notes: Notes,
) -> dict[str, pd.Series]:
    """Give the columns that a contract does not know: numbers where every cell is one."""
    return {
        name: _spare(name, given, kept, reading, missing, notes)
        for name, given in zip(header, sheet.columns, strict=True)
        if name not in names
    }


def _spare(
    name: str,
    given: Any,
    kept: np.ndarray,
    reading: Reading,
    missing: tuple[str, ...],
    notes: Notes,
) -> pd.Series:
    at = np.flatnonzero(kept)
    if isinstance(given, pd.Series):
        some = given.iloc[at].reset_index(drop=True)
        return some.infer_objects() if some.dtype == object else some
    cells = given if kept.all() else _some(given, at)
    if isinstance(cells, Coded):
        every = np.ones(len(cells.words), dtype=bool)
        words = _spare(name, cells.words, every, reading, missing, notes)
        return words.take(cells.codes).reset_index(drop=True)
    cells = cells if isinstance(cells, list) else [*cells]
    filled = [cell for cell in cells if cell not in missing]
    known = [cell for cell in filled[:LOOKED_AT] if cell.strip().lower() not in NOTHING]
    if known and as_numbers(known, reading.decimal) is not None:
        numbers = as_numbers(filled, reading.decimal)
        if numbers is not None:
            kind = "integer" if numbers.dtype.kind == "i" else "number"
            return from_cells(cells, kind, missing, reading).series()
        words = {cell for cell in filled if cell.strip().lower() in NOTHING}
        if words and as_numbers([one for one in filled if one not in words]) is not None:
            options = as_options({"missing": [*reading.missing, *sorted(words)]})
            done = f"kept as text; {options} makes it numbers"
            notes.say("a column of numbers with words for nothing", len(words), done, name)
    return from_cells(unescaped(cells), "string", missing).series()
