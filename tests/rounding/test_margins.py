"""Statements have a margin: a last digit changes no order, no tie and no whole number."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from frontporch.rounding import highest, lowest, nought, same, whole

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
