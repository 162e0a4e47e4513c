"""Check a frame against its contract: once, at the door."""

from __future__ import annotations

import difflib

import numpy as np
import pandas as pd

from .columns import Column, from_series, settled
from .contract import Contract, Field
from .faults import Findings
from .schema import verify


def check(frame: pd.DataFrame, contract: Contract | str, source: str = "table") -> pd.DataFrame:
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

    Returns
    -------
    pandas.DataFrame
        The typed table. `attrs["observed_from_start"]` is kept; None where it is not known.

    Raises
    ------
    TableError
        If anything is wrong with it. Each fault has the label of its row in the index.
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
    contract = Contract.of(contract)
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"A table is a pandas DataFrame, but this is a {type(frame).__name__}.")
    findings = Findings(source, place="row", label=lambda row: frame.index[row])
    rows = np.arange(len(frame))
    if not len(frame):
        findings.one(None, None, None, "has no rows", "Check what should have filled it.")
    columns = {
        name: from_series(frame[name], field.type, contract.missing)
        for name, field in known(list(frame.columns), contract, findings, header=None).items()
    }
    typed = conform(columns, contract, rows, findings)
    result = frame.copy()
    for name in typed:
        result[name] = typed[name].set_axis(frame.index)
    result.attrs.setdefault("observed_from_start", None)
    return result


def known(
    columns: list, contract: Contract, findings: Findings, header: int | None
) -> dict[str, Field]:
    """Return the contract's fields that a table has, by name, and note what is amiss.

    Parameters
    ----------
    columns : list
        The names of the table's columns.
    contract : Contract
        What the table should have.
    findings : Findings
        Where missing and repeated columns are noted.
    header : int or None
        The line of the header; None for a frame.
    """
    twice = sorted({str(name) for name in columns if columns.count(name) > 1})
    for name in twice:
        findings.one(
            header, name, None, "this name stands above more than one column", "Rename one of them."
        )
    fields = {field.name: field for field in contract.fields}
    present = {name: fields[name] for name in columns if name in fields and name not in twice}
    spare = [str(name) for name in columns if name not in fields]
    for name, field in fields.items():
        if name in columns or field.optional:
            continue
        near = difflib.get_close_matches(name, [one.lower() for one in spare], n=1)
        meant = next((repr(one) for one in spare if [one.lower()] == near), "")
        findings.one(
            header,
            name,
            None,
            "this column is missing",
            f"Rename {meant} to {name!r}." if meant else f"Add it: {field.description}",
        )
    return present


def conform(
    columns: dict[str, Column], contract: Contract, rows: np.ndarray, findings: Findings
) -> dict[str, pd.Series]:
    """Type the columns of a contract, verify them, and raise every fault that was found."""
    series, bad = settled(columns, rows, findings)
    if len(rows) and series:
        verify(pd.DataFrame(series), contract, rows, bad, findings)
    findings.stop()
    return series
