"""From a contract to a pandera schema, and from what pandera finds to faults in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import rules
from .contract import Contract, Field
from .faults import Explain, Findings, Words

if TYPE_CHECKING:
    from pandera.pandas import Check, DataFrameSchema

KEY = "key"

Test = Callable[[pd.Series], pd.Series]


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
    from pandera.errors import SchemaErrors

    try:
        schema(contract).validate(frame, lazy=True)
    except SchemaErrors as error:
        failed = error.schema_errors
    else:
        return
    fields = {field.name: field for field in contract.fields}
    for one in failed:
        if one.check_output is None or one.check is None:
            raise one
        output = one.check_output
        at = output.index[~output.to_numpy(dtype=bool)].to_numpy()
        name = one.check.name
        if one.schema.name in fields:
            column = one.schema.name
            at = np.setdiff1d(at, bad.get(column, []))
            explain = _explained(frame[column], fields[column], name, at)
        elif name == KEY:
            explain = _explained_key(frame, contract, rows, at, findings)
        else:
            explain = rules.explained(frame, contract.rules[int(name)], at)
        findings.many(rows[at], explain)


def _checks(field: Field) -> list[Check]:
    import pandera.pandas as pandera

    checks = []
    for name, limit in field.constraints:
        if name == "required":
            if limit:
                checks.append(
                    pandera.Check(pd.Series.notna, name=name, ignore_na=False, n_failure_cases=1)
                )
        elif name != "unique" or limit:
            checks.append(
                pandera.Check(_test(name, _value(field, limit)), name=name, n_failure_cases=1)
            )
    return checks


def _table_checks(contract: Contract) -> list[Check]:
    import pandera.pandas as pandera

    def check(
        name: str, columns: tuple[str, ...], test: Callable[[pd.DataFrame], pd.Series]
    ) -> Any:
        def holds(frame: pd.DataFrame) -> pd.Series:
            if set(columns) <= set(frame.columns):
                return test(frame)
            return pd.Series(True, index=frame.index)  # the missing column is a fault already

        return pandera.Check(holds, name=name, ignore_na=False, n_failure_cases=1)

    checks = [
        check(str(number), rule.columns, lambda frame, rule=rule: rules.holds(frame, rule))
        for number, rule in enumerate(contract.rules)
    ]
    key = contract.key
    if key:
        checks.append(check(KEY, key, lambda frame: rules.unrepeated(frame, key)))
    return checks


def _test(name: str, limit: Any) -> Test:
    tests: dict[str, Test] = {
        "minimum": lambda column: column >= limit,
        "maximum": lambda column: column <= limit,
        "enum": lambda column: column.isin(limit),
        "unique": lambda column: ~column.duplicated(),
        "minLength": lambda column: column.astype(str).str.len() >= limit,
        "maxLength": lambda column: column.astype(str).str.len() <= limit,
        "pattern": lambda column: column.astype(str).str.fullmatch(limit),
    }
    return tests[name]


def _value(field: Field, limit: Any) -> Any:
    if field.type not in ("date", "datetime"):
        return limit
    return pd.to_datetime(list(limit)) if isinstance(limit, tuple) else pd.Timestamp(limit)


def _explained(column: pd.Series, field: Field, name: str, at: np.ndarray) -> Explain:
    limit = dict(field.constraints)[name]
    listed = ", ".join(map(str, limit)) if name == "enum" else ""
    what = field.description or field.title or field.name
    words = {
        "required": ("is missing", f"Fill it in: {what}"),
        "minimum": (f"is below {limit}, the least that can be", "Check the number."),
        "maximum": (f"is above {limit}, the most that can be", "Check the number."),
        "enum": ("is not one of the values that are known", f"Write one of: {listed}."),
        "unique": ("stands in an earlier row already", "Take one of the rows out, or rename it."),
        "minLength": (f"is shorter than {limit} characters", "Check the text."),
        "maxLength": (f"is longer than {limit} characters", "Check the text."),
        "pattern": (f"has not the form {limit}", "Check the text."),
    }
    return lambda k: (
        field.name,
        None if name == "required" else column.iloc[at[k]],
        *words[name],
    )


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
