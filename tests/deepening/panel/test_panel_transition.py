"""Probabilities of moves and their derivatives, by eigenvalues and without them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg

from frontporch.deepening.panel import transition
from frontporch.deepening.panel.transition import Moves, transition_matrix, weigh

rate = st.floats(0, 3)


def generator(rates):
    size = round((1 + np.sqrt(1 + 4 * len(rates))) / 2)
    found = np.zeros((size, size))
    found[~np.eye(size, dtype=bool)] = rates
    return found - np.diag(found.sum(axis=1))


@given(st.lists(rate, min_size=12, max_size=12), st.floats(0.01, 40))
def test_probabilities_are_those_of_the_series(rates, gap):
    q = generator(rates)
    found = transition_matrix(q, gap)
    np.testing.assert_allclose(found, linalg.expm(q * gap), atol=1e-9)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-9)


# All stages are left at one rate: a defective matrix, which has too few eigenvectors.
EQUAL = np.diag([-0.2, -0.2, -0.2, 0]) + np.diag([0.2, 0.2, 0.2], 1)
# Round and round: complex eigenvalues.
ROUND = generator([1.0, 0, 0, 1.0, 1.0, 0])


@pytest.mark.parametrize("q", [EQUAL, ROUND], ids=["defective", "complex"])
def test_matrices_that_have_no_simple_eigenvectors(q):
    for gap in (0.1, 5.0, 60.0):
        np.testing.assert_allclose(transition_matrix(q, gap), linalg.expm(q * gap), atol=1e-12)


def test_a_defective_ladder_takes_the_fallback():
    assert not transition.Parts.of(EQUAL[None]).sound.any()
    assert transition.Parts.of(ROUND[None]).sound.all()


@pytest.mark.parametrize("q", [EQUAL, ROUND, generator([0.3, 0.1, 0.2, 0.4, 0.0, 0.5])])
def test_derivatives_are_those_of_finite_differences(q):
    size = len(q)
    moves = Moves(np.zeros(3, np.int64), np.array([0, 0, 1]), np.array([0.5, 4.0, 9.0]))
    target = np.random.default_rng(7).random((3, size))
    weight = np.array([1.0, -2.0, 3.0])
    _, slope = weigh(q[None], moves, target, slope=True)
    found = slope.by_generator(weight)[0]
    for i in range(size):
        for j in range(size):
            step = np.zeros_like(q)
            step[i, j] = 1e-6
            sides = [
                [
                    linalg.expm((q + s * step) * t)[a] @ c
                    for a, t, c in zip(moves.start, moves.gap, target, strict=True)
                ]
                for s in (1, -1)
            ]
            expected = weight @ (np.array(sides[0]) - sides[1]) / 2e-6
            assert found[i, j] == pytest.approx(expected, abs=1e-7)


def test_both_ways_give_the_same_slope(monkeypatch):
    q = generator([0.3, 0.1, 0.2, 0.4, 0.0, 0.5])
    moves = Moves(np.zeros(2, np.int64), np.array([0, 2]), np.array([3.0, 7.0]))
    target = np.eye(3)[[1, 2]]
    value, slope = weigh(q[None], moves, target, slope=True)
    by_eigenvalues = slope.by_generator(np.ones(2))
    monkeypatch.setattr(transition, "WORST_CONDITION", 0.0)
    other, slope = weigh(q[None], moves, target, slope=True)
    np.testing.assert_allclose(value, other, atol=1e-13)
    np.testing.assert_allclose(by_eigenvalues, slope.by_generator(np.ones(2)), atol=1e-12)
