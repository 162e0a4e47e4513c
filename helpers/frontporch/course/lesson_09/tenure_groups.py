"""Profit by tenure: those who left, from the shortest stay to the longest, and those who stayed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ....names import nearest
from ....rounding import as_given
from ....stats.intervals import FEWEST_EVENTS, normal_quantile
from ..tenure import COLUMNS


def profit_by_tenure(
    cohort: pd.DataFrame, *, groups: int = 5, level: float = 0.95
) -> pd.DataFrame:  # fmt: skip
    """Group customers by their tenure and give the profit of each group, in all and per week.

    Parameters
    ----------
    cohort : pandas.DataFrame
        One row a customer: `tenure` (weeks, above 0), `left` (true or false), `profit`.
    groups : int
        How many groups of those who left, of equal size; those who stayed are one more.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a group: `group` ("left" or "stayed"), `customers`, `weeks` (mean tenure),
        `profit`, `profit_lower`, `profit_upper` (mean per customer), `weekly`, `weekly_lower`,
        `weekly_upper` (profit of the group by its weeks).

    Raises
    ------
    ValueError
        If a column is missing, a tenure is not above 0, or a group would have fewer than ten.

    Notes
    -----
    The tenure of those who stayed is known only as at least so long. The interval of profit per
    week is that of a ratio of means, by the delta method.

    Examples
    --------
    >>> from frontporch.fans.returns import two_cohorts
    >>> for name, world in two_cohorts().items():
    ...     left = profit_by_tenure(world.simulate(4_000, seed=7)).query("group == 'left'")
    ...     print(name, left["weekly"].round(1).tolist())
    who stays longer is worth more [0.2, 0.3, 0.4, 0.6, 0.7]
    the best customers leave first [4.4, 3.3, 2.4, 2.4, 1.8]
    """
    for name in COLUMNS:
        if name not in cohort.columns:
            raise ValueError(f"the cohort has no column {name!r}. {nearest(name, cohort.columns)}")
    tenure, profit = cohort["tenure"].to_numpy(float), cohort["profit"].to_numpy(float)
    if not (tenure > 0).all():
        row = int(np.flatnonzero(~(tenure > 0))[0])
        raise ValueError(f"row {row + 1}: tenure is {as_given(tenure[row])}, but is above 0 weeks.")
    if groups < 1:
        raise ValueError(f"groups is {groups}, but at least 1 is needed.")
    left = np.flatnonzero(cohort["left"].to_numpy(bool))
    parts = np.array_split(left[np.argsort(tenure[left], kind="stable")], groups)
    stayed = np.flatnonzero(~cohort["left"].to_numpy(bool))
    fewest = min(map(len, [*parts, stayed]))
    if fewest < FEWEST_EVENTS:
        raise ValueError(
            f"a group would have {fewest} customers, but at least {FEWEST_EVENTS} are needed: make "
            "fewer groups, or draw a larger cohort."
        )
    z, rows = normal_quantile(level), []
    for k, of in enumerate([*parts, stayed]):
        weeks, mean = tenure[of].mean(), profit[of].mean()
        weekly = mean / weeks
        n = len(of)
        reach = z * profit[of].std(ddof=1) / np.sqrt(n)
        spread = z * (profit[of] - weekly * tenure[of]).std(ddof=1) / np.sqrt(n) / weeks
        rows.append((
            "left" if k < groups else "stayed", n, weeks, mean, mean - reach, mean + reach,
            weekly, weekly - spread, weekly + spread,
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=[
        "group", "customers", "weeks", "profit", "profit_lower", "profit_upper", "weekly",
        "weekly_lower", "weekly_upper",
    ])  # fmt: skip
