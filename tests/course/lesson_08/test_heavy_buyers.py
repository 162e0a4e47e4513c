"""Fans drawn by purchase rate are the size-biased buyers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from frontporch.course.lesson_08 import HeavyBuyers


@pytest.mark.parametrize("shape", [0.5, 1.0, 2.5])
def test_closed_form_and_draws_agree(shape):
    base = HeavyBuyers(shape=shape, fans=0.05)
    drawn = base.simulate(400_000, 7)
    fans, said = drawn[drawn["fan"]], base.summary()["value"]
    # The rates of fans are the size-biased gamma: shape k + 1, the same scale.
    law = stats.gamma(shape + 1, scale=base.purchases / shape)
    assert stats.kstest(fans["rate"], law.cdf).pvalue > 0.001
    assert stats.kstest(drawn["rate"], law.cdf).pvalue < 1e-6  # the same test can fail
    error = fans["purchases"].std() / np.sqrt(len(fans))
    assert abs(fans["purchases"].mean() - said["mean_fan"]) < 3.5 * error
    brought = fans["purchases"].sum() / drawn["purchases"].sum()
    assert brought == pytest.approx(said["sales_of_fans"], rel=0.03)
    light = drawn["rate"] < base.purchases
    assert light.mean() == pytest.approx(said["light"], abs=0.004)
    assert light[drawn["fan"]].mean() == pytest.approx(said["light_fans"], abs=0.012)
    sold = drawn.loc[light, "rate"].sum() / drawn["rate"].sum()
    assert sold == pytest.approx(said["sales_of_light"], abs=0.004)


def test_counts_of_buyers_and_fans_are_those_drawn():
    base = HeavyBuyers(fans=0.05)
    drawn = base.simulate(400_000, 8)
    bought = drawn[drawn["purchases"] > 0]
    table = base.counts(6)
    for name, group in (("buyers", bought), ("fans", bought[bought["fan"]])):
        counted = np.bincount(group["purchases"].clip(upper=6), minlength=7)[1:]
        assert stats.chisquare(counted, table[name] * counted.sum()).pvalue > 0.001, name
    sales = bought.groupby(bought["purchases"].clip(upper=6))["purchases"].sum()
    np.testing.assert_allclose(table["sales"], sales / sales.sum(), atol=0.006)


@given(st.floats(0.1, 8), st.floats(0.2, 30), st.integers(1, 15), st.booleans())
def test_shares_sum_to_one_and_fans_are_heavier(shape, purchases, most, buyers_only):
    base = HeavyBuyers(purchases=purchases, shape=shape, fans=0.001)
    table = base.counts(most, buyers_only=buyers_only)
    np.testing.assert_allclose(table[["buyers", "fans", "sales"]].sum(), 1, rtol=1e-9)
    ahead = table["buyers"].cumsum() - table["fans"].cumsum()
    assert (ahead > -1e-12).all()  # in every count fans come later
    said = base.summary()["value"]
    assert said["overstates"] == pytest.approx(1 / shape)
    assert base.fans_needed(said["sales_of_fans"]) == pytest.approx(base.fans)


def test_more_fans_than_proportion_allows_are_refused():
    with pytest.raises(ValueError, match="a chance in proportion to their rate would exceed 1"):
        HeavyBuyers(fans=0.5)
    with pytest.raises(ValueError, match="fans is 1\\.5, but a share above 0 to below 1"):
        HeavyBuyers(fans=1.5)


def test_density_integrates_to_its_mean():
    base, grid = HeavyBuyers(shape=1.5), np.linspace(1e-6, 60, 60_001)
    for fans, mean in ((False, 2.0), (True, base.summary()["value"]["mean_fan"])):
        assert np.trapezoid(grid * base.rates(grid, fans=fans), grid) == pytest.approx(
            mean, rel=1e-4
        )
