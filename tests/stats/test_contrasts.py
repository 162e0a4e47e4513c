"""Contrasts of two groups, held against scipy, and at their edges."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import stats

from frontporch.stats import mean_difference, risk_ratio, wilson

VALUES = st.lists(st.integers(-99, 99), min_size=2, max_size=9, unique=True)


def people(a, n, b, m):
    """Who said yes, and who is in the group: a of n in it, b of m outside."""
    return np.repeat([True, False, True, False], [a, n - a, b, m - b]), np.repeat([1, 0], [n, m])


@given(VALUES, VALUES)
def test_a_difference_is_that_of_scipy(first, second):
    known = stats.ttest_ind(first, second, equal_var=False).confidence_interval(0.95)
    assert mean_difference(first, second)[1:] == pytest.approx(
        (known.low, known.high), abs=1e-9, rel=1e-9
    )


def test_a_ratio_is_that_of_scipy_and_pools_over_strata():
    yes, group = people(30, 100, 20, 200)
    known = stats.contingency.relative_risk(30, 100, 20, 200)
    found = risk_ratio(yes, group)
    assert found[0] == pytest.approx(known.relative_risk)
    interval = known.confidence_interval()
    assert found[1:] == pytest.approx((interval.low, interval.high))
    stratum = np.repeat([0, 1], [300, 300])
    both = risk_ratio(np.tile(yes, 2), np.tile(group, 2), stratum)
    assert both[0] == pytest.approx(known.relative_risk)
    with pytest.raises(ValueError, match="at least two each"):
        mean_difference([1.0], [1.0, 2.0])


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_no_limit_is_missing_or_zero_without_a_word(n, m, data):
    """Nobody in one arm leaves one limit; the other way round it is the inverse."""
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    found, turned = risk_ratio(*people(a, n, b, m)), risk_ratio(*people(b, m, a, n))
    assert found.note or (0 < found.lower <= found.estimate <= found.upper < np.inf)
    if not a and not b:
        assert np.isnan(found).all() and "nobody said yes" in found.note
        return
    assert found.lower <= found.estimate <= found.upper
    if a and b:
        return
    with np.errstate(divide="ignore"):
        again = 1 / np.array(turned)[[0, 2, 1]]
    assert np.array(found) == pytest.approx(again)
    one = found.upper if b else found.lower
    assert 0 < one < np.inf and "limit only" in found.note


def test_no_event_in_an_arm_covers():
    """A ratio of 0 of 40 against 28 %: the upper limit holds the truth in 97.5 % of sets."""
    rng = np.random.default_rng(7)
    missed, sets = 0, 0
    for a, b in rng.binomial(40, [0.03, 0.28], (2_000, 2)):
        if a == 0 and b:
            sets += 1
            missed += risk_ratio(*people(a, 40, b, 40)).upper < 0.03 / 0.28
    # The other sets have the usual limits; a set without an event is never the one that misses.
    assert sets > 400 and missed / sets < 0.01
    # An arm as large as one person says next to nothing.
    assert risk_ratio(*people(0, 1, 20, 40)).upper > 1


@example([30, 4])
@given(st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_strata_without_an_event_have_limits_too(sizes):
    made = [people(0, n, n, 2 * n) for n in sizes]
    yes, group = (np.concatenate(one) for one in zip(*made, strict=True))
    found = risk_ratio(yes, group, np.repeat(range(len(sizes)), [3 * n for n in sizes]))
    assert found.estimate == 0 == found.lower and 0 < found.upper < np.inf
    # Reaches are added as squares, so a small stratum may add to the limit of the largest:
    # 1.33 % at most for these sizes, at 30 and 4, as trying all of them shows.
    alone = risk_ratio(*people(0, max(sizes), max(sizes), 2 * max(sizes)))
    assert found.upper <= alone.upper * 1.0133


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: risk_ratio([1, np.nan, 0], [1, 0, 1]), "row 2: yes is missing"),
        (lambda: risk_ratio([1, 0, 0], [1, 0]), "yes has 3 values, but group has 2"),
        (lambda: risk_ratio([1, 0], [1, 1]), "nothing to compare"),
        (lambda: risk_ratio([1, 0], [1, 0], [0.0, np.nan]), "row 2: stratum is missing"),
        (lambda: risk_ratio([1, 0], [1, 0], [0]), "2 people, but 1 strata"),
        (lambda: mean_difference([1, np.nan], [1, 2]), "row 2: first is missing"),
        (lambda: mean_difference([1, 2], [1, np.inf]), "row 2: second is infinite"),
        (lambda: mean_difference([1, 2], [1, 3], 95), "level is 95"),
    ],
)
def test_what_cannot_be_read_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.integers(2, 9), st.integers(2, 9))
def test_no_spread_is_no_interval_of_no_width(one, other, n, m):
    found = mean_difference([one] * n, [other] * m)
    assert found.estimate == pytest.approx(one - other, abs=1e-3)
    assert np.isnan(found[1:]).all() and "no spread" in found.note


@given(VALUES, VALUES, st.integers(-200, 200))
def test_a_difference_has_the_unit_of_its_values(first, second, power):
    assume(min(len(first), len(second)) >= 2)
    unit = 10.0**power
    scaled = mean_difference(np.array(first) * unit, np.array(second) * unit)
    expected = np.array(mean_difference(first, second)) * unit
    assert np.array(scaled) == pytest.approx(expected, rel=1e-9, abs=1e-9 * unit * 99)


def test_no_event_in_one_group_is_wilson_in_each():
    """By hand: 0 of 40 and 10 of 40, MOVER-R (Newcombe 2016) on Wilson's limits."""
    (_, _, high), (share, low, _) = wilson(0, 40), wilson(10, 40)
    found = risk_ratio(*people(0, 40, 10, 40))
    assert found.upper == pytest.approx(high / np.sqrt(low * (2 * share - low)))
