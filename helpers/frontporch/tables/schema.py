"""From a contract to a pandera schema, and from what pandera finds to faults in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..groups import is_there
from . import rules
from .contract import Contract, Field
from .faults import Explain, Findings, Words

if TYPE_CHECKING:
    from pandera.pandas import Check, DataFrameSchema

KEY = "key"

Test = Callable[[Any], pd.Series]


@lru_cache
def schema(contract: Contract) -> DataFrameSchema:
    """Build the pandera schema of a contract, once.

    The types are settled before, when the cells are read, so that the schema holds what is
    left: cells that must be filled, limits, keys and rules.
    """
    import pandera.pandas as pandera

    return pandera.DataFrameSchema(
        columns={
            field.name: pandera.Column(nullable=True, required=False, checks=_checks(field))
            for field in contract.fields
        },
        checks=_table_checks(contract),
        name=contract.name,
    )


def verify(
    frame: pd.DataFrame,
    contract: Contract,
    rows: np.ndarray,
    bad: Mapping[str, np.ndarray],
    findings: Findings,
) -> None:
    """Note every row that breaks a limit, the key or a rule of the contract.

    Parameters
    ----------
    frame : pandas.DataFrame
        Typed columns of the contract; the index counts from 0.
    contract : Contract
        What must hold.
    rows : numpy.ndarray of int, shape (rows,)
        The number by which the faults of each row are put in order.
    bad : mapping of str to numpy.ndarray of int
        Positions, by column, of cells whose fault is noted already.
    findings : Findings
        Where the faults are noted.
    """
    fields = {field.name: field for field in contract.fields}
    # A browser has no pandera, because no build of what it compiles is there.
    failed = _by_pandera if is_there("pandera") else _unaided
    for column, name, output in failed(frame, contract):
        at = output.index[~output.to_numpy(dtype=bool)].to_numpy()
        if column in fields:
            at = np.setdiff1d(at, bad.get(column, []))
            explain = _explained(frame[column], fields[column], name, at)
        elif name == KEY:
            explain = _explained_key(frame, contract, rows, at, findings)
        else:
            explain = rules.explained(frame, contract.rules[int(name)], at)
        findings.many(rows[at], explain)


Failed = tuple[str, str, pd.Series]
"""A column, or the table's name; the check that failed; and where it holds."""


def _by_pandera(frame: pd.DataFrame, contract: Contract) -> Iterator[Failed]:
    from pandera.errors import SchemaErrors

    try:
        schema(contract).validate(frame, lazy=True)
    except SchemaErrors as error:
        for one in error.schema_errors:
            if one.check_output is None or one.check is None:
                raise one from None
            yield one.schema.name, one.check.name, one.check_output


def _unaided(frame: pd.DataFrame, contract: Contract) -> Iterator[Failed]:
    """Find what pandera finds, in its order; a missing cell passes all but `required`."""
    for field in contract.fields:
        if field.name not in frame:
            continue
        for name, test in _column_tests(field):
            column = frame[field.name]
            output = pd.Series(True, index=column.index)
            judged = output if name == "required" else column.notna()
            output[judged] = test(column[judged]).to_numpy(dtype=bool)
            if not output.all():
                yield field.name, name, output
    for name, test in _table_tests(contract):
        output = test(frame)
        if not output.all():
            yield contract.name, name, output


def _length(column: pd.Series) -> pd.Series:
    return column.astype(str).str.len()


# What each limit asks of a column, and what is said of a row that breaks it.
_LIMITS: dict[str, tuple[Callable[[pd.Series, Any], pd.Series], str, str]] = {
    "required": (lambda column, _: column.notna(), "is missing", "Fill it in: {what}"),
    "minimum": (pd.Series.ge, "is below {limit}, the least that can be", "Check the number."),
    "maximum": (pd.Series.le, "is above {limit}, the most that can be", "Check the number."),
    "enum": (
        pd.Series.isin,
        "is not one of the values that are known",
        "Write one of: {listed}.",
    ),
    "unique": (
        lambda column, _: ~column.duplicated(),
        "stands in an earlier row already",
        "Take one of the rows out, or rename it.",
    ),
    "minLength": (
        lambda column, limit: _length(column) >= limit,
        "is shorter than {limit} characters",
        "Check the text.",
    ),
    "maxLength": (
        lambda column, limit: _length(column) <= limit,
        "is longer than {limit} characters",
        "Check the text.",
    ),
    "pattern": (
        lambda column, limit: column.astype(str).str.fullmatch(limit),
        "has not the form {limit}",
        "Check the text.",
    ),
}


def _checks(field: Field) -> list[Check]:
    return [_check(name, test) for name, test in _column_tests(field)]


def _column_tests(field: Field) -> list[tuple[str, Test]]:
    def on(test: Callable[[pd.Series, Any], pd.Series], limit: Any) -> Test:
        return lambda column: test(column, limit)

    return [
        (name, on(_LIMITS[name][0], _value(field, limit)))
        for name, limit in field.constraints
        if name not in ("required", "unique") or limit
    ]


def _table_checks(contract: Contract) -> list[Check]:
    return [_check(name, test) for name, test in _table_tests(contract)]


def _table_tests(contract: Contract) -> list[tuple[str, Test]]:
    def holds(frame: pd.DataFrame, columns: tuple[str, ...], test: Test) -> pd.Series:
        if set(columns) <= set(frame.columns):
            return test(frame)
        return pd.Series(True, index=frame.index)  # the missing column is a fault already

    tests = {
        str(number): (rule.columns, partial(rules.holds, rule=rule))
        for number, rule in enumerate(contract.rules)
    }
    if contract.key:
        tests[KEY] = contract.key, partial(rules.unrepeated, key=contract.key)
    return [
        (name, partial(holds, columns=columns, test=test))
        for name, (columns, test) in tests.items()
    ]


def _check(name: str, test: Callable[..., pd.Series]) -> Check:
    import pandera.pandas as pandera

    missing_too = name not in _LIMITS or name == "required"
    return pandera.Check(test, name=name, ignore_na=not missing_too, n_failure_cases=1)


def _value(field: Field, limit: Any) -> Any:
    if field.type not in ("date", "datetime") or isinstance(limit, bool):
        return limit
    return pd.to_datetime(list(limit)) if isinstance(limit, tuple) else pd.Timestamp(limit)


def _explained(column: pd.Series, field: Field, name: str, at: np.ndarray) -> Explain:
    limit = dict(field.constraints)[name]
    told = {
        "limit": limit,
        "listed": ", ".join(map(str, limit)) if name == "enum" else "",
        "what": field.description or field.title or field.name,
    }
    problem, remedy = (words.format(**told) for words in _LIMITS[name][1:])
    value = (lambda k: None) if name == "required" else (lambda k: column.iloc[at[k]])
    return lambda k: (field.name, value(k), problem, remedy)


def _explained_key(
    frame: pd.DataFrame, contract: Contract, rows: np.ndarray, at: np.ndarray, findings: Findings
) -> Explain:
    first = rules.first_with_key(frame, contract.key)
    key = list(contract.key)

    def explain(k: int) -> Words:
        earlier = findings.label(int(rows[first[at[k]]]))
        return (
            ", ".join(key),
            ", ".join(str(frame[name].iloc[at[k]]) for name in key),
            f"stands in {findings.place} {earlier} already",
            "Take one of the two rows out, or tell them apart.",
        )

    return explain
