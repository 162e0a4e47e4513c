"""Shares of people with their intervals, and small counts flagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from ...names import pick
from ...result import Result
from ...stats.intervals import FEWEST_EVENTS, difference, wilson


@dataclass(frozen=True, eq=False)
class Shares(Result):
    """How many of several groups did something, with the interval of each share.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a step or a group: `step`, `of` (people), `events` (those who did it), `share`,
        `lower`, `upper`, `note` (where there are too few to rely on).
    """

    table: pd.DataFrame

    PICTURES: ClassVar[dict[str, str]] = {"funnel": "frontporch.fans.returns.pictures:plot_funnel"}

    def summary(self) -> pd.DataFrame:
        """Show the shares, one a row."""
        return self.table.copy()

    def interval(self, step: str) -> tuple[float, float]:
        """Give the limits of the share of one step."""
        known = self.table.set_index("step")
        row = known.loc[pick(step, list(known.index), "step")]
        return float(row["lower"]), float(row["upper"])


def count_shares(rows: Sequence[tuple[str, int, int]], level: float = 0.95) -> Shares:
    """Make shares of counts.

    Parameters
    ----------
    rows : sequence of tuple
        Name of the step or group, people, and those of them who did it.
    level : float
        Confidence level.

    Returns
    -------
    Shares

    Examples
    --------
    >>> found = count_shares([("stranger to fan", 400, 100)])
    >>> [round(end, 3) for end in found.interval("stranger to fan")]
    [0.21, 0.295]
    """
    table = pd.DataFrame(list(rows), columns=["step", "of", "events"])
    shares = [wilson(events, of, level) for _, of, events in rows]
    table[["share", "lower", "upper"]] = pd.DataFrame(shares, index=table.index)
    few = np.minimum(table["events"], table["of"] - table["events"]) < FEWEST_EVENTS
    table["note"] = np.where(few, f"fewer than {FEWEST_EVENTS} did it, or did not", "")
    return Shares(table)


def share_difference(
    first: tuple[int, int], second: tuple[int, int], level: float = 0.95
) -> tuple[float, float, float]:
    """Give the difference of two shares with its interval.

    Parameters
    ----------
    first, second : tuple of int
        Events and people of each group.
    level : float
        Confidence level.

    Returns
    -------
    difference, lower, upper : float
        First less second.

    Notes
    -----
    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.

    Examples
    --------
    >>> [round(x, 4) for x in share_difference((56, 70), (48, 80))]
    [0.2, 0.0524, 0.3339]
    """
    return difference(wilson(*first, level), wilson(*second, level))
