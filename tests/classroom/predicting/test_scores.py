"""Scores are proper: saying what one believes is expected to score best."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from frontporch.classroom.predicting.scores import brier, interval_score, share_interval

WEIGHTS = st.lists(st.integers(1, 50), min_size=2, max_size=6)


@given(WEIGHTS, st.floats(0, 1), st.data())
def test_no_other_choice_or_sureness_has_a_better_expected_brier_score(weights, part, data):
    belief = np.array(weights) / sum(weights)
    k = len(belief)
    mine = int(belief.argmax())
    other = data.draw(st.integers(0, k - 1))
    said = 100 / k + part * (100 - 100 / k)

    def expected(choice, sure):
        return sum(p * brier(sure, i == choice, k) for i, p in enumerate(belief))

    honest = expected(mine, 100 * belief[mine])
    assert honest <= expected(other, said) + 1e-12
    if abs(said - 100 * belief[mine]) > 1:
        assert honest < expected(mine, said)


@given(
    st.lists(st.integers(-50, 50), min_size=3, max_size=30),
    st.sampled_from([50, 80, 90]),
    st.floats(-60, 60),
    st.floats(0, 100),
)
def test_no_other_range_has_a_better_expected_interval_score(outcomes, sure, low, wide):
    """The best range ends at the quantiles that leave as much below as above."""
    tail = (1 - sure / 100) / 2
    ends = np.quantile(outcomes, [tail, 1 - tail], method="inverted_cdf")

    def expected(a, b):
        return np.mean([interval_score(a, b, truth, sure) for truth in outcomes])

    assert expected(*ends) <= expected(low, low + wide) + 1e-9


@pytest.mark.parametrize(
    ("sure", "right", "choices", "score"),
    [
        (100, True, 2, 0),
        (100, False, 2, 1),
        (50, True, 2, 0.25),
        (50, False, 2, 0.25),
        (100, True, 4, 0),
        (100, False, 4, 1),
        (25, True, 4, 0.375),
        (25, False, 4, 0.375),
        (70, False, 2, 0.49),
        (60, False, 3, (0.6**2 + 0.8**2 + 0.2**2) / 2),
    ],
)
def test_brier_scores_by_hand(sure, right, choices, score):
    assert brier(sure, right, choices) == pytest.approx(score)


@pytest.mark.parametrize(
    ("truth", "score"), [(10, 20), (30, 20), (20, 20), (9, 30), (31, 30), (50, 220)]
)
def test_interval_scores_by_hand(truth, score):
    assert interval_score(10, 30, truth, 80) == pytest.approx(score)


@given(st.integers(1, 60), st.data(), st.sampled_from([0.8, 0.95]))
def test_the_interval_of_whole_counts_is_that_of_scipy(n, data, level):
    count = data.draw(st.integers(0, n))
    theirs = binomtest(count, n).proportion_ci(confidence_level=level, method="exact")
    assert share_interval(count, n, level) == pytest.approx((theirs.low, theirs.high))


def test_with_parts_of_counts_it_still_holds_the_truth_as_often_as_it_says():
    """Curves of five dates whose ranges hold together or not: from one date's worth to five."""
    rng = np.random.default_rng(7)
    for shared in (0.0, 0.5, 1.0):
        together = rng.random((2_000, 12, 1)) < shared
        dates = np.where(together, rng.random((2_000, 12, 1)), rng.random((2_000, 12, 5))) < 0.8
        counts = dates.mean(axis=2).sum(axis=1)
        intervals = np.array([share_interval(count, 12) for count in counts])
        held = (intervals[:, 0] <= 0.8) & (intervals[:, 1] >= 0.8)
        assert held.mean() >= 0.95


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: brier(70, True, 1), "needs two or more"),
        (lambda: brier(40, True, 2), r"from 50\.0 \(a guess of 2\) to 100"),
        (lambda: brier(101, True, 2), "to 100"),
        (lambda: interval_score(2, 1, 0, 80), "low must not be above high"),
        (lambda: interval_score(1, 2, 0, 100), "below 100"),
        (lambda: share_interval(1, 0), "is no share"),
        (lambda: share_interval(3, 2), "is no share"),
        (lambda: share_interval(float("nan"), 2), "is no share"),
    ],
)
def test_what_has_no_score_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
