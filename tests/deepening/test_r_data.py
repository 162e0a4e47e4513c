"""Beside the numbers that R prints for data sets of its own (`frontporch.published.r_data`).

Where a file is absent its tests are skipped, as docs/published_and_ours.md says.
"""

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening.frailty.em import SharedFrailty
from frontporch.published import r_data
from frontporch.stats.risk_sets import RiskSets


def table(name):
    """One of R's data sets as R's write.csv writes it."""
    file = r_data.file_of(name)
    if file is None:
        pytest.skip(f"{r_data.FOLDER} names no folder with R's {name}.csv")
    return pd.read_csv(file)


def test_the_likelihood_of_frailty_is_highest_a_little_below_rs_variance():
    # R's outer search ends when the likelihood hardly changes: its .4122 lies a few thousandths
    # above the top, where ours lies. So the coefficients at the top differ in the third digit.
    raw = table("kidney")
    sets = RiskSets(
        raw["time"].to_numpy(float),
        raw["status"].to_numpy() == 1,
        raw[["age", "sex"]].to_numpy(float),
        np.zeros(len(raw), int),
    )
    kidney = SharedFrailty(sets, pd.factorize(raw["id"])[0])
    assert kidney.fit().log_likelihood > kidney.fit_at(0.4122).log_likelihood
