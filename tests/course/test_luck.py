"""Luck: exact counts, monotone in the chance; amounts with their mean and spread."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.course.luck import about, count, draws


@given(st.integers(1, 400), st.floats(0.001, 0.999), st.floats(0.0005, 0.9995))
def test_a_count_is_the_binomial_quantile(of, chance, luck):
    from scipy.stats import binom

    found = count(luck, of, chance).item()
    assert found == int(found)
    assert binom.cdf(found, of, chance) >= luck - 1e-9
    assert found == 0 or binom.cdf(found - 1, of, chance) < luck + 1e-9


def test_more_chance_never_gives_fewer():
    luck = draws(range(50), 1)[0]
    counts = [count(luck, 300, chance) for chance in np.linspace(0, 1, 21)]
    assert all((later >= earlier).all() for earlier, later in itertools.pairwise(counts))
    assert counts[0].max() == 0
    assert counts[-1].min() == 300


def test_means_and_spreads_are_those_asked_for():
    first, second = draws(range(4_000), 2)
    assert count(first, 200, 0.3).mean() == pytest.approx(60, abs=0.4)
    found = about(second, 50.0, 0.2)
    assert found.mean() == pytest.approx(50, rel=0.02)
    assert found.std() == pytest.approx(10, rel=0.05)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.05
