"""Intervals on transformed scales."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from frontporch.stats import intervals

share = st.floats(0.001, 0.999)
error = st.floats(1e-6, 0.3)


@given(share, error)
def test_interval_holds_the_estimate_and_stays_a_share(p, se):
    for scale in (intervals.log_log, intervals.logit):
        lower, upper = scale([p], [se])
        assert 0 <= lower[0] <= p <= upper[0] <= 1


@given(share, error)
def test_higher_level_gives_wider_interval(p, se):
    narrow, wide = intervals.logit([p], [se], 0.9), intervals.logit([p], [se], 0.99)
    assert wide[0][0] <= narrow[0][0] and narrow[1][0] <= wide[1][0]


def test_there_are_no_limits_where_the_scale_ends():
    for scale in (intervals.log_log, intervals.logit):
        lower, upper = scale([0.0, 1.0], [0.0, 0.0])
        assert np.isnan(lower).all() and np.isnan(upper).all()


def test_log_rate_needs_an_event():
    lower, upper = intervals.log_rate([0.0, 0.1], [0, 4])
    assert np.isnan(lower[0]) and np.isnan(upper[0])
    assert lower[1] == pytest.approx(0.1 * np.exp(-1.959963985 / 2))


def test_difference_of_symmetric_intervals_is_the_usual_one():
    # With symmetric limits the method gives the root of the sum of squares.
    found = intervals.difference((0.5, 0.4, 0.6), (0.3, 0.24, 0.36))
    half = np.hypot(0.1, 0.06)
    assert found == pytest.approx((0.2, 0.2 - half, 0.2 + half))


def scored(events, people):
    """Share with Wilson's score limits, which lie askew."""
    z, p = intervals.normal_quantile(0.95), events / people
    middle = (p + z**2 / (2 * people)) / (1 + z**2 / people)
    reach = z * np.sqrt(p * (1 - p) / people + (z / (2 * people)) ** 2) / (1 + z**2 / people)
    return p, middle - reach, middle + reach


@pytest.mark.parametrize(
    ("first", "second"), [((56, 70), (48, 80)), ((9, 10), (3, 10)), ((10, 10), (0, 20))]
)
def test_limits_askew_meet_those_of_the_other_side(first, second, printed):
    """Newcombe's method 10, as published.

    The lower limit of a difference takes the lower of the first and the upper of the second.
    """
    found = intervals.difference(scored(*first), scored(*second))
    name = f"{first[0]} of {first[1]} less {second[0]} of {second[1]}"
    for side, limit in zip(("lower", "upper"), found[1:], strict=True):
        assert limit == printed("difference_of_shares", f"{name}, {side}")
    swapped = intervals.difference(scored(*second), scored(*first))
    assert swapped == pytest.approx((-found[0], -found[2], -found[1]))


@pytest.mark.parametrize("level", [0, 1, 95, -0.1])
def test_level_must_be_a_share(level):
    with pytest.raises(ValueError, match=r"0\.95"):
        intervals.normal_quantile(level)


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_is_scipys(events, others, level):
    people = events + others
    if not people:
        assert np.isnan(intervals.wilson(0, 0)).all()
        return
    known = binomtest(events, people).proportion_ci(level, method="wilson")
    assert intervals.wilson(events, people, level) == pytest.approx(
        (events / people, *known), abs=1e-12
    )
