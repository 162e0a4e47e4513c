"""Contrasts of two groups, held against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from frontporch.stats import mean_difference, risk_ratio

VALUES = st.lists(st.integers(-99, 99), min_size=2, max_size=9, unique=True)


@given(VALUES, VALUES)
def test_a_difference_is_that_of_scipy(first, second):
    known = stats.ttest_ind(first, second, equal_var=False).confidence_interval(0.95)
    assert mean_difference(first, second)[1:] == pytest.approx(
        (known.low, known.high), abs=1e-9, rel=1e-9
    )


def test_a_ratio_is_that_of_scipy_and_pools_over_strata():
    yes = np.repeat([True, False, True, False], [30, 70, 20, 180])
    group = np.repeat([True, False], [100, 200])
    known = stats.contingency.relative_risk(30, 100, 20, 200)
    found = risk_ratio(yes, group)
    assert found[0] == pytest.approx(known.relative_risk)
    interval = known.confidence_interval()
    assert found[1:] == pytest.approx((interval.low, interval.high))
    stratum = np.repeat([0, 1], [300, 300])
    both = risk_ratio(np.tile(yes, 2), np.tile(group, 2), stratum)
    assert both[0] == pytest.approx(known.relative_risk)
    assert np.isnan(risk_ratio([False, False], [True, False])[0])
    with pytest.raises(ValueError, match="at least two each"):
        mean_difference([1.0], [1.0, 2.0])
