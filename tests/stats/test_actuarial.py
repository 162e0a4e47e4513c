"""Life tables from binned counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.stats import kaplan_meier, life_table

bins = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=20).filter(
    lambda found: sum(a for a, _ in found) > 0
)


def table(found):
    reached, censored = zip(*found, strict=True)
    return pd.DataFrame(
        {"hours_up_to": np.arange(1, len(found) + 1), "reached": reached, "censored": censored}
    )


@given(bins)
def test_at_the_end_equals_kaplan_meier_on_the_edges(found):
    counts = table(found)
    curve = life_table(counts, censored_leave="at the end")
    time = np.repeat(np.tile(counts["hours_up_to"], 2), [*counts["reached"], *counts["censored"]])
    seen = np.arange(len(time)) < counts["reached"].sum()
    single = kaplan_meier(time, seen)
    at = curve.events > 0
    np.testing.assert_allclose(curve.survival[at], single.survival, atol=1e-12)
    np.testing.assert_allclose(curve.standard_error[at], single.standard_error, atol=1e-12)


@given(bins)
def test_shares_fall_and_stay_shares(found):
    survival = life_table(table(found)).survival
    assert ((survival >= -1e-12) & (survival <= 1)).all()
    assert (np.diff(survival) <= 1e-12).all()


def test_actuarial_estimate_by_hand():
    # Cutler & Ederer (1958): those lost in a bin count half. 10/(100-10), then 5/(70-32.5).
    curve = life_table(
        pd.DataFrame({"hours_up_to": [1, 2], "reached": [10, 5], "censored": [20, 65]})
    )
    assert curve.survival == pytest.approx([1 - 10 / 90, (1 - 10 / 90) * (1 - 5 / 37.5)])
    assert curve.estimator == "actuarial life table"


def test_between_edges_the_curve_is_a_straight_line():
    curve = life_table(pd.DataFrame({"hours_up_to": [2], "reached": [10], "censored": [0]}))
    assert curve.at(1)["reached"].iloc[0] == pytest.approx(0.5)
    assert curve.quantile(0.25)[0] == pytest.approx(0.5)


def test_order_of_rows_does_not_matter():
    counts = table([(3, 1), (2, 2), (1, 5)])
    forward, back = life_table(counts), life_table(counts.iloc[::-1])
    np.testing.assert_array_equal(forward.survival, back.survival)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hours_up_to": [1, 1]}, "occurs twice"),
        ({"reached": [-1, 2]}, "counts must be"),
        ({"hours_up_to": [0, 1]}, "edges above 0"),
    ],
)
def test_bad_tables_are_named(change, message):
    good = {"hours_up_to": [1, 2], "reached": [1, 1], "censored": [0, 4]}
    with pytest.raises(ValueError, match=message):
        life_table(pd.DataFrame(good | change))


def test_few_arrivals_are_said():
    curve = life_table(table([(3, 4)]))
    assert "only 3 arrivals" in curve.notes[0]
    assert "fewer than 10" in curve.at(1)["note"].iloc[0]


def test_error_within_a_bin_is_that_of_the_straight_line():
    # Against 2,000 simulated tables: the standard deviation of the share read at 168 h.
    rng = np.random.default_rng(7)
    edges = np.concatenate([np.geomspace(1, 400, 25), [1e9]])
    found = []
    for _ in range(2_000):
        when = np.searchsorted(edges, rng.exponential(50, 200))
        bins = pd.DataFrame(
            {"hours_up_to": edges, "reached": np.bincount(when, minlength=26), "censored": 0}
        )
        found.append(life_table(bins))
    shares = np.array([curve.at(168)["reached"].iloc[0] for curve in found])
    errors = np.array([curve._error(np.array([168.0]))[0] for curve in found])
    assert errors.mean() == pytest.approx(shares.std(), rel=0.05)


def test_limits_of_a_quantile_do_not_lie_before_the_first_arrival():
    counts = pd.DataFrame(
        {"hours_up_to": [0.1, 1, 2, 3, 4], "reached": [0, 0, 30, 40, 30], "censored": 0}
    )
    time, lower, upper = life_table(counts).quantile(0.2)
    assert 1 < lower < time < upper


def test_a_curve_from_bins_has_no_mean():
    with pytest.raises(ValueError, match="counts in bins"):
        life_table(table([(3, 1), (2, 2)])).restricted_mean(2)
