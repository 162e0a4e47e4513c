"""One reader of events and of times, for every estimator."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontporch.stats import (
    aalen_johansen,
    cox,
    kaplan_meier,
    life_table,
    logrank,
    nelson_aalen,
    risk_ratio,
    weibull_regression,
)
from frontporch.stats.durations import as_numbers, same_times, yes_or_no
from frontporch.stats.two_groups import two_groups

WEEKS = [2.0, 3.0, 5.0, 5.0, 8.0, 9.0, 12.0, 12.0]
GROUP = ["a", "b"] * 4
X = pd.DataFrame({"x": [0.0, 1.0] * 4})

READERS = {
    "kaplan_meier": lambda seen: kaplan_meier(WEEKS, seen).survival,
    "nelson_aalen": lambda seen: nelson_aalen(WEEKS, seen).hazard,
    "logrank": lambda seen: np.array([logrank(WEEKS, seen, GROUP).statistic]),
    "cox": lambda seen: cox(WEEKS, seen, X).table["log_hazard_ratio"].to_numpy(),
    "weibull_regression": lambda seen: weibull_regression(WEEKS, seen, X).coefficients,
    "risk_ratio": lambda seen: np.array(risk_ratio(seen, [1, 0] * 4)),
}
SEEN = [True, True, False, True, True, False, True, True]


@pytest.mark.parametrize("reader", READERS)
@given(st.sampled_from([int, float, bool, object, "boolean", "Int64", "category"]))
def test_yes_and_no_are_read_alike_in_every_form(reader, form):
    same = pd.Series([int(one) for one in SEEN]).astype(form)
    assert READERS[reader](same) == pytest.approx(READERS[reader](SEEN))


@pytest.mark.parametrize("reader", READERS)
@given(
    st.sampled_from([2, -1, "yes", "1", None, np.nan, pd.NA, pd.NaT, "", 0.5]), st.integers(0, 7)
)
def test_codes_texts_and_gaps_are_refused_by_row(reader, wrong, row):
    seen = [*SEEN[:row], wrong, *SEEN[row + 1 :]]
    with pytest.raises(ValueError, match=rf"^row {row + 1}: \w+ is .*True or False"):
        READERS[reader](pd.Series(seen, dtype=object))


def test_one_and_two_of_r_are_refused_with_the_line_that_works():
    status = np.array([2, 1, 2])
    with pytest.raises(ValueError, match="give the values == 2"):
        yes_or_no(status, "status")
    assert yes_or_no(status == 2).tolist() == [True, False, True]


UNEVEN = st.lists(st.integers(1, 30), min_size=6, max_size=30)


@given(UNEVEN, st.floats(1e-9, 1e9), st.integers(0, 2**32 - 1))
def test_times_that_differ_by_rounding_are_one(whole, unit, seed):
    """Times are whole steps of any size, reached by additions that round."""
    rng = np.random.default_rng(seed)
    exact = np.array(whole, float)
    begun = rng.integers(0, 50, len(exact)) * 0.1
    rounded = ((begun + exact * 0.1) - begun) * unit
    seen = rng.random(len(exact)) < 0.7
    x = rng.integers(0, 2, len(exact))
    assume(seen.any() and 0 < x.sum() < len(x))
    one, two = kaplan_meier(exact, seen), kaplan_meier(rounded, seen)
    assert two.survival == pytest.approx(one.survival, abs=1e-12)
    assert nelson_aalen(rounded, seen).hazard == pytest.approx(nelson_aalen(exact, seen).hazard)
    tests = [logrank(time, seen, x).statistic for time in (exact, rounded)]
    assert tests[0] == pytest.approx(tests[1], abs=1e-9)
    both = [(len(set(x[seen])) == 2) and two_or_none(t, x, seen) for t in (exact, rounded)]
    assert both[0] == pytest.approx(both[1], abs=1e-7)
    stage, after = ["here"] * len(exact), np.where(seen, "there", None)
    shares = [
        aalen_johansen(stage, after, np.zeros(len(t)), t).shares for t in (exact, rounded / unit)
    ]
    assert len(shares[1]) == len(one.times)
    assert shares[1] == pytest.approx(shares[0], abs=1e-12)


def two_or_none(time, x, seen):
    try:
        return two_groups(time, x, seen)[0]
    except ValueError:
        return None


@given(st.lists(st.floats(0.001, 1e6), min_size=2, max_size=40, unique=True), st.floats(1e-6, 1e6))
def test_the_tolerance_has_no_unit_and_keeps_different_times(times, unit):
    given_times = np.array(times)
    apart = (np.diff(np.sort(given_times)) / np.sort(given_times)[1:]).min()
    assume(not 1e-8 < apart < 2e-8)
    (one,), (two,) = same_times(given_times), same_times(given_times * unit)
    assert len(np.unique(one)) == len(np.unique(two))
    if apart > 2e-8:
        assert (one == given_times).all()


def test_one_huge_time_swallows_nothing_and_a_rounded_zero_is_zero():
    curve = kaplan_meier([1.0, 2.0, 3.0, 1e12, 0.1 + 0.2 - 0.3, 0.3 - 0.2 - 0.1], [1] * 6)
    assert curve.times.tolist() == [0.0, 1.0, 2.0, 3.0, 1e12] and curve.events[0] == 2


def test_entries_and_ends_share_the_clock():
    # 0.1 + 0.2 is the end of one and the entry of the other, who is not at risk then.
    curve = kaplan_meier([0.1 + 0.2, 0.9], [1, 1], entry=[0.0, 0.3])
    assert curve.at_risk.tolist() == [1.0, 1.0]


def test_edges_of_a_life_table_that_are_one_are_told():
    bins = pd.DataFrame({"hours_up_to": [0.3, 0.1 + 0.2], "reached": [1, 2], "censored": [0, 0]})
    with pytest.raises(ValueError, match=r"hours_up_to 0\.3 occurs twice"):
        life_table(bins)


@pytest.mark.parametrize("wrong", ["soon", pd.Timestamp("2026-03-02"), [1]])
def test_what_is_no_number_is_named(wrong):
    with pytest.raises(ValueError, match=r"row 2: weeks is .* must be a number"):
        as_numbers(pd.Series([1.0, wrong], dtype=object), "weeks")
