"""How long until: remissions of leukemia, small enough to stand here whole."""

import pandas as pd

from frontporch.counting import repeat
from frontporch.stats import cox, kaplan_meier, logrank

MAINTAINED = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161]
RELAPSED = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]
NOT_MAINTAINED = [5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
RELAPSED_WITHOUT = [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
TREATED_RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def maintenance() -> dict[str, float]:
    """Compare remissions with and without maintenance (acute myelogenous leukemia)."""
    weeks, seen = MAINTAINED + NOT_MAINTAINED, RELAPSED + RELAPSED_WITHOUT
    group = ["maintained"] * len(MAINTAINED) + ["not"] * len(NOT_MAINTAINED)
    test = logrank(weeks, seen, group)
    without = pd.DataFrame({"not": [float(one == "not") for one in group]})
    row = cox(weeks, seen, without).summary().iloc[0]
    return {
        "relapses, maintained": test.table["arrived"].iloc[0],
        "relapses, not": test.table["arrived"].iloc[1],
        "expected, maintained": test.table["expected"].iloc[0],
        "expected, not": test.table["expected"].iloc[1],
        "log-rank": test.statistic,
        "p": test.p_value,
        "log hazard ratio": row["log_hazard_ratio"],
        "standard error": row["standard_error"],
    }


def mercaptopurine() -> dict[str, float]:
    """Compare remissions of 42 children with 6-mercaptopurine and with a placebo."""
    weeks, seen = TREATED + PLACEBO, TREATED_RELAPSED + [1] * len(PLACEBO)
    group = repeat(["6-MP", "placebo"], [len(TREATED), len(PLACEBO)])
    placebo = pd.DataFrame({"placebo": (group == "placebo").astype(float)})
    row = cox(weeks, seen, placebo).summary().iloc[0]
    return {
        "median, 6-MP": kaplan_meier(TREATED, TREATED_RELAPSED).quantile()[0],
        "median, placebo": kaplan_meier(PLACEBO, [1] * len(PLACEBO)).quantile()[0],
        "log-rank": logrank(weeks, seen, group).statistic,
        "hazard ratio": row["hazard_ratio"],
        "lower": row["lower"],
        "upper": row["upper"],
    }
