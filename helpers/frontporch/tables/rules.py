"""What must hold between the columns of a row, and between rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from .contract import Rule
from .faults import Explain, Words

# Two stays meet where one number is both an end and a start; what is reckoned as start plus
# length differs from it in the last digits. A billionth of a week is under a millisecond.
SLACK = 1e-9
_TEXT = pd.Series(["text"]).dtype


def holds(frame: pd.DataFrame, rule: Rule) -> pd.Series:
    """Say for each row whether a rule holds; a row in which a value is missing is let pass.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows, with an index that counts from 0.
    rule : Rule
        The rule; its columns are in the frame.

    Returns
    -------
    pandas.Series of bool, shape (rows,)
        False in the rows that break it.

    Examples
    --------
    >>> frame = pd.DataFrame({"source": ["a", "b"], "target": ["b", "b"]})
    >>> holds(frame, Rule("not_itself", ("source", "target"))).tolist()
    [True, False]
    """
    return pd.Series(~_BROKEN[rule.rule](frame, rule), index=frame.index)


def explained(frame: pd.DataFrame, rule: Rule, at: np.ndarray) -> Explain:
    """Return what puts a broken rule in words, for each of the rows at these positions."""
    one, other = (*rule.fields, "")[:2]
    until = _busy_until(frame, rule) if rule.rule == "no_overlap" else None

    def explain(k: int) -> Words:
        row = {name: frame[name].iloc[at[k]] for name in rule.columns}
        if rule.rule == "not_itself":
            same = f"is the same as {one}: nobody is paired with themselves"
            return other, row[other], same, f"Check who {one} and {other} are, or take the row out."
        if rule.rule == "in_order":
            before = f"is before {one}, which is {row[one]}"
            return other, row[other], before, "Check both; they may have changed places."
        if rule.rule == "positive":
            return one, row[one], "is not above 0", "Check the number."
        return (
            one,
            row[one],
            f"is before {until[at[k]]}, when an earlier stay of {rule.group} {row[rule.group]!r} "
            "has its end",
            f"Check {one} and {other} of this {rule.group}: it is in one stage at a time.",
        )

    return explain


def unrepeated(frame: pd.DataFrame, key: Sequence[str]) -> pd.Series:
    """Say for each row whether its key is new; a key with a missing part is let pass."""
    new = np.ones(len(frame), dtype=bool)
    # Numbers are compared faster than text: only rows that repeat these can repeat the key.
    plain = [name for name in key if frame[name].dtype.kind in "iufM"]
    at = np.flatnonzero(frame.duplicated(plain, keep=False)) if plain else np.arange(len(frame))
    doubtful = frame[list(key)].iloc[at]
    repeated = doubtful.duplicated()
    if repeated.any():
        repeated &= doubtful.notna().all(axis="columns")
    new[at] = ~repeated
    return pd.Series(new, index=frame.index)


def first_with_key(frame: pd.DataFrame, key: Sequence[str]) -> np.ndarray:
    """Return for each row the position of the first row with the same key."""
    group = frame.groupby(list(key), sort=False, observed=True, dropna=False).ngroup()
    first = np.zeros(len(frame), dtype=int)
    first[group.to_numpy()[::-1]] = np.arange(len(frame))[::-1]
    return first[group.to_numpy()]


def _itself(frame: pd.DataFrame, rule: Rule) -> np.ndarray:
    a, b = (frame[name] for name in rule.fields)
    if a.dtype == b.dtype == _TEXT:
        return (a == b).to_numpy(dtype=bool)  # what is missing equals nothing
    one, other = (column.to_numpy(dtype=object) for column in (a, b))
    return (one == other) & frame[list(rule.fields)].notna().all(axis="columns").to_numpy()


def _backwards(frame: pd.DataFrame, rule: Rule) -> np.ndarray:
    before, after = (frame[name] for name in rule.fields)
    return (before > after).fillna(False).to_numpy(dtype=bool)


def _overlapping(frame: pd.DataFrame, rule: Rule) -> np.ndarray:
    group, entered, left, at = _stays(frame, rule)
    slack = _slack(left)
    follows = group[1:] == group[:-1]
    # Where any two stays of a group overlap, two neighbours in order of their start do.
    if not (follows & (entered[1:] < left[:-1] - slack)).any():
        return np.zeros(len(frame), dtype=bool)
    until = _busy_until(frame, rule)
    broken = np.zeros(len(frame), dtype=bool)
    broken[at] = entered < until[at] - slack
    return broken


def _not_positive(frame: pd.DataFrame, rule: Rule) -> np.ndarray:
    return (frame[rule.fields[0]] <= 0).fillna(False).to_numpy(dtype=bool)


def _stays(frame: pd.DataFrame, rule: Rule) -> tuple[np.ndarray, ...]:
    """Return group, start, end and position of each stay, in order of group and start."""
    known = frame[[rule.group, *rule.fields]].dropna()
    entered, left = (_plain(known[name]) for name in rule.fields)
    group, at = pd.factorize(known[rule.group])[0], known.index.to_numpy()
    same = group[1:] == group[:-1]
    if (group[1:] < group[:-1]).any() or (same & (entered[1:] <= entered[:-1])).any():
        order = np.lexsort((left, entered, group))
        return group[order], entered[order], left[order], at[order]
    return group, entered, left, at


def _busy_until(frame: pd.DataFrame, rule: Rule) -> np.ndarray:
    """Return for each stay the latest end of the stays of its group that began before it."""
    group, _, left, at = _stays(frame, rule)
    latest = pd.Series(left).groupby(group).cummax()
    before = latest.groupby(group).shift().to_numpy()
    until = np.full(len(frame), np.nan if before.dtype.kind == "f" else np.datetime64("NaT", "us"))
    until[at] = before
    return until


def _slack(left: np.ndarray) -> float | np.timedelta64:
    return SLACK if left.dtype.kind == "f" else np.timedelta64(0, "us")


def _plain(series: pd.Series) -> np.ndarray:
    times = series.dtype.kind == "M"
    return series.to_numpy(dtype="datetime64[us]" if times else float)


_BROKEN: dict[str, Callable[[pd.DataFrame, Rule], np.ndarray]] = {
    "not_itself": _itself,
    "in_order": _backwards,
    "no_overlap": _overlapping,
    "positive": _not_positive,
}
