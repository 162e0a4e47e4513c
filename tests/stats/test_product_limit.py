"""Kaplan-Meier and Nelson-Aalen against statsmodels and closed forms."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.stats import kaplan_meier, nelson_aalen

rows = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=2, max_size=60).filter(
    lambda found: any(seen for _, seen in found)
)


@given(rows)
@settings(max_examples=60)
def test_kaplan_meier_equals_statsmodels(found):
    import statsmodels.api as sm

    time, seen = map(np.array, zip(*found, strict=True))
    curve = kaplan_meier(time, seen)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        peer = sm.SurvfuncRight(time, seen.astype(int))
    kept = peer.n_events > 0
    np.testing.assert_allclose(curve.survival, peer.surv_prob[kept], atol=1e-12)
    np.testing.assert_allclose(curve.at_risk, peer.n_risk[kept])
    ahead = curve.survival > 0
    np.testing.assert_allclose(
        curve.standard_error[ahead], peer.surv_prob_se[kept][ahead], atol=1e-12
    )


@given(rows)
def test_without_censoring_the_curve_is_the_empirical_share(found):
    time = np.array([t for t, _ in found])
    curve = kaplan_meier(time, np.ones(len(time), bool))
    for t, left in zip(curve.times, curve.survival, strict=True):
        assert left == pytest.approx((time > t).mean(), abs=1e-12)


@given(rows, st.integers(1, 4))
def test_a_weight_is_a_repeated_row(found, weight):
    time, seen = map(np.array, zip(*found, strict=True))
    once = kaplan_meier(time, seen, weights=np.full(len(time), weight))
    often = kaplan_meier(np.repeat(time, weight), np.repeat(seen, weight))
    np.testing.assert_allclose(once.survival, often.survival, atol=1e-12)
    np.testing.assert_allclose(once.standard_error, often.standard_error, atol=1e-12)


def test_delayed_entry_counts_only_those_under_observation():
    # By hand: at 2 two are at risk (the third enters at 2, and is not yet), at 5 two.
    curve = kaplan_meier([2, 5, 6], [True, True, False], entry=[0, 1, 2])
    assert curve.at_risk.tolist() == [2, 2]
    assert curve.survival.tolist() == [0.5, 0.25]


def test_nelson_aalen_is_close_to_minus_log_of_survival():
    rng = np.random.default_rng(7)
    time = rng.exponential(10, 20_000)
    found = nelson_aalen(np.minimum(time, 20), time < 20)
    # A constant hazard of 0.1 sums up to 0.1 t; four standard errors.
    assert abs(found.hazard[-1] - 2.0) < 4 * found.standard_error[-1]
    assert (found.lower < found.hazard).all() and (found.hazard < found.upper).all()


def test_median_does_not_exist_where_fewer_than_half_arrive():
    curve = kaplan_meier([1, 2, 5, 5, 5], [True, True, False, False, False], unit="weeks")
    assert np.isnan(curve.quantile(0.5)[0])
    assert curve.quantile(0.4)[0] == 2


def test_restricted_mean_is_the_area_under_the_curve():
    # By hand: 1 for two weeks, then 0.5 for one week.
    curve = kaplan_meier([2, 4], [True, False])
    assert curve.restricted_mean(3)[0] == pytest.approx(2.5)
    with pytest.raises(ValueError, match="known from 0 to 4"):
        curve.restricted_mean(5)


def test_beyond_the_last_look_nothing_is_claimed():
    curve = kaplan_meier([1, 2, 3], [True, False, False])
    row = curve.at([10.0]).iloc[0]
    assert np.isnan(row["reached"]) and row["note"] == "beyond the last observation"


def test_a_mean_without_an_arrival_has_no_error():
    mean, error = kaplan_meier([1, 2, 3], [0, 0, 0]).restricted_mean(2)
    assert mean == 2 and np.isnan(error)


@pytest.mark.parametrize(
    ("durations", "arrived", "extra", "message"),
    [
        ([1, -2], [True, True], {}, "row 2: duration is -2"),
        ([1, np.nan], [True, True], {}, "row 2: duration is nan"),
        ([1, 2], [True], {}, "one length"),
        ([], [], {}, "no duration"),
        ([1, 2], [True, True], {"entry": [0, 3]}, "row 2: entry is 3"),
        ([1, 2], [True, True], {"weights": [1, -1]}, "weights"),
        ([1, 2], [1, np.nan], {}, "row 2: arrived is missing"),
        ([1, 2], ["True", "False"], {}, "row 1: arrived is 'True'"),
    ],
)
def test_bad_input_is_named(durations, arrived, extra, message):
    with pytest.raises(ValueError, match=message):
        kaplan_meier(durations, arrived, **extra)
