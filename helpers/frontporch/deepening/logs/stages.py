"""A stage rule: a plain function that says in which stage a pair is after each interaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...names import nearest, pick
from .meetings import HOUR
from .timeline import Timeline

Rule: TypeAlias = Callable[[pd.DataFrame], ArrayLike]
"""From the history of pairs, one row an interaction, to a stage a row.

The columns are `messages`, `exchanges`, `encounters` (how many so far, this one included: the
opening message is message 1, exchange 0, encounter 1) and `hours` since the pair's first
interaction. The stage is its name, or its number in the list of stages. A rule looks at one
row at a time: what came before is in the counts, and what comes later nobody knows yet.
"""

STAGES = ("stranger", "acquaintance", "friend")
HISTORY = ("messages", "exchanges", "encounters", "hours")


def by_count(column: str, thresholds: Mapping[str, float]) -> Rule:
    """Make a rule of one count: from how many on a pair is in which stage.

    Parameters
    ----------
    column : {"messages", "exchanges", "encounters", "hours"}
        What is counted.
    thresholds : mapping of str to float
        Stage and the count from which on it holds, rising; below the first a pair is in the
        first stage of the ladder, which is not named here.

    Returns
    -------
    callable
        The rule.

    Raises
    ------
    ValueError
        If the column is unknown, or the thresholds do not rise.

    Examples
    --------
    >>> rule = by_count("exchanges", {"acquaintance": 1, "friend": 6})
    >>> rule(pd.DataFrame({"exchanges": [0, 1, 5, 6]})).tolist()
    [0, 1, 1, 2]
    """
    pick(column, HISTORY, "count")
    limits = np.array(list(thresholds.values()), float)
    if not len(limits) or not (np.diff(limits) > 0).all():
        raise ValueError(f"thresholds must rise from stage to stage, but are {dict(thresholds)}.")

    def rule(history: pd.DataFrame) -> NDArray[np.int64]:
        return reached(history[column], limits)

    return rule


def reached(counts: Any, limits: ArrayLike) -> Any:
    """Count how many rising limits each count has reached, here or in a database."""
    if isinstance(counts, pd.Series):
        return np.searchsorted(np.asarray(limits), counts.to_numpy(), side="right")
    return sum((counts >= float(one)).ifelse(1, 0) for one in np.asarray(limits))


@cited
def by_exchanges(history: pd.DataFrame) -> NDArray[np.int64]:
    """Call a pair acquaintances once it has answered, and friends from six changes of speaker on.

    A convention to begin with, not a truth about friendship: name your own.

    Parameters
    ----------
    history : pandas.DataFrame
        As in `Rule`.

    Returns
    -------
    numpy.ndarray of int
        Numbers of `STAGES`.

    Examples
    --------
    >>> by_exchanges(pd.DataFrame({"exchanges": [0, 1, 6]})).tolist()
    [0, 1, 2]
    """
    return reached(history["exchanges"], (1, 6))


def history(timeline: Timeline, gap_hours: float) -> pd.DataFrame:
    """Give what a rule sees of a timeline, one row an interaction."""
    return pd.DataFrame(
        {
            "messages": timeline.messages,
            "exchanges": timeline.exchanges,
            "encounters": timeline.encounters(gap_hours),
            "hours": timeline.since / HOUR,
        },
        copy=False,
    )


def tried(rule: Rule, stages: Sequence[str]) -> Rule:
    """Try a rule on three rows, before a long log, and return it.

    Raises
    ------
    TypeError
        If it is no function.
    ValueError
        If it fails, gives another number of stages than rows, or a stage that is not listed.

    Examples
    --------
    >>> tried(lambda history: "frend", ["stranger", "friend"])
    Traceback (most recent call last):
    ...
    ValueError: the stage rule, tried on three rows, gave 1 stage instead of 3: return one a row.
    """
    if not callable(rule):
        raise TypeError(f"rule is {rule!r}, but must be a function such as logs.by_exchanges.")
    small = pd.DataFrame(
        {
            "messages": [1, 2, 40],
            "exchanges": [0, 1, 30],
            "encounters": [1, 1, 9],
            "hours": [0.0, 0.5, 400.0],
        }
    )
    try:
        given = rule(small)
    except Exception as error:
        raise ValueError(
            f"the stage rule, tried on three rows, failed: {type(error).__name__}: {error}. It "
            f"sees the columns {', '.join(HISTORY)}."
        ) from error
    if np.size(given) != 3:
        many = np.size(given)
        raise ValueError(
            f"the stage rule, tried on three rows, gave {many} stage{'' if many == 1 else 's'} "
            "instead of 3: return one a row."
        )
    numbers(given, stages)
    return rule


def numbers(given: ArrayLike, stages: Sequence[str]) -> NDArray[np.int64]:
    """Give stages as numbers of the list of stages.

    Raises
    ------
    ValueError
        If one is not listed.
    """
    values = given.to_numpy() if isinstance(given, pd.Series) else np.asarray(given)
    if values.dtype.kind in "iub":
        codes = values.astype(np.int64)
        outside = (codes < 0) | (codes >= len(stages))
    else:
        codes = pd.Index(stages, dtype=object).get_indexer(values.astype(object))
        codes = codes.astype(np.int64)
        outside = codes < 0
    if outside.any():
        value = values[outside].tolist()[0]
        raise ValueError(f"the stage rule gave {value!r}. {nearest(value, stages)}")
    return codes
