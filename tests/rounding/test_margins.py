"""Statements have a margin: a last digit changes no order, no tie and no whole number."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from frontporch.rounding import above, highest, lowest, nought, ranking, same, whole, within

few = st.lists(st.integers(-50, 50), min_size=1, max_size=8)


@given(values=few, seed=st.integers(0, 99), scale=st.floats(1e-6, 1e9))
def test_a_last_digit_changes_no_place(values, seed, scale):
    exact = np.array(values) * scale
    off = 1 + np.random.default_rng(seed).uniform(-1e-12, 1e-12, len(values))
    assert highest(exact * off) == int(np.argmax(values))
    assert lowest(exact * off) == int(np.argmin(values))


def test_a_real_difference_counts_and_missing_values_do_not():
    assert highest([1.0, 1.00001, np.nan]) == 1
    assert lowest([1.0, np.nan, 0.99999]) == 2
    assert highest([0.0, 1.0, 2.0, 2.0000001], slack=1e-6) == 2
    assert highest([1.0, np.inf]) == 1
    assert nought([1e-10, 1e-8], 1.0).tolist() == [True, False]
    assert same([1.0, 1.0], [1 + 1e-12, 1 + 1e-6]).tolist() == [True, False]


@given(st.integers(-1_000_000, 1_000_000), st.floats(-1e-12, 1e-12))
def test_whole_numbers_stay_whole(value, off):
    assert whole(value * (1 + off)) == value
    assert whole(value + 0.99) == value


@given(values=few, seed=st.integers(0, 99))
def test_a_last_digit_changes_no_ranking(values, seed):
    exact = np.array(values) * 0.1
    off = 1 + np.random.default_rng(seed).uniform(-1e-12, 1e-12, len(values))
    told = ranking(exact * off)
    assert told.tolist() == sorted(range(len(values)), key=lambda k: -values[k])


def test_limits_belong_to_what_lies_within_and_not_to_what_lies_above():
    for limit, off in [(1.0, 1 + 1e-13), (-0.3, 1 - 1e-13), (1e6, 1 + 1e-13)]:
        assert within(limit * off, limit, limit) and not above(limit * off, limit)
    assert above(1 + 1e-6, 1) and not above(1, 1 + 1e-6) and not above(1e-17, 0)
    assert not within(1 + 1e-6, 0, 1) and not within(np.nan, 0, 1)
    assert ranking([]).tolist() == [] and ranking([np.nan, 1.0]).tolist() == [1, 0]
