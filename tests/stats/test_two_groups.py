"""The partial likelihood of two groups against its definition and statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize
from statsmodels.duration.hazard_regression import PHReg

from frontporch.stats.two_groups import two_groups


def drawn(rng, pairs, whole):
    """Pieces with delayed entry; in whole weeks with ties of all kinds."""
    entry = rng.integers(0, 6, pairs).astype(float) if whole else rng.uniform(0, 6, pairs)
    stay = rng.integers(1, 9, pairs) if whole else rng.exponential(6, pairs)
    group = rng.integers(0, 2, pairs)
    return entry + stay, group, rng.random(pairs) < 0.7, entry


def efron(log_ratio, left, group, moved, entry):
    """Efron's partial log-likelihood, a sum over pairs for every move, written as defined."""
    total = 0.0
    weight = np.exp(log_ratio * group)
    for t in np.unique(left[moved]):
        at_risk = (entry < t) & (t <= left)
        tied = moved & (left == t)
        total += log_ratio * group[tied].sum()
        for k in range(tied.sum()):
            total -= np.log(weight[at_risk].sum() - k / tied.sum() * weight[tied].sum())
    return total


@pytest.mark.parametrize("whole", [False, True], ids=["no ties", "ties"])
def test_the_estimate_is_that_of_the_definition(whole):
    rng = np.random.default_rng(5)
    for _ in range(5):
        data = drawn(rng, 60, whole)
        *known, entry = data
        log_ratio, error, likelihood, *_ = two_groups(*known, entry=entry)
        assert efron(log_ratio, *data) == pytest.approx(likelihood, abs=1e-10)
        best = optimize.minimize_scalar(lambda b, d=data: -efron(b, *d), bracket=(-1, 1), tol=1e-10)
        assert log_ratio == pytest.approx(best.x, abs=1e-5)
        curve = [efron(log_ratio + step, *data) for step in (-1e-3, 0, 1e-3)]
        assert error**-2 == pytest.approx(-np.diff(curve, 2)[0] / 1e-6, rel=1e-4)


@pytest.mark.parametrize("whole", [False, True], ids=["no ties", "ties"])
def test_the_estimate_is_statsmodels(whole):
    rng = np.random.default_rng(6)
    for _ in range(20):
        left, group, moved, entry = drawn(rng, 200, whole)
        # PHReg takes entry ≤ t as at risk; a shift after the fact makes it entry < t.
        peer = PHReg(
            left,
            group[:, None].astype(float),
            status=moved.astype(int),
            entry=entry + 1e-7,
            ties="efron",
        ).fit(disp=0)
        expected = (peer.params[0], peer.bse[0], peer.llf)
        assert two_groups(left, group, moved, entry=entry)[:3] == pytest.approx(expected, abs=1e-8)


def test_groups_that_never_stand_side_by_side_have_no_ratio():
    # Both groups move, but never while both are there: no maximum.
    entry, left = np.array([0, 0, 5, 5.0]), np.array([1, 2, 6, 7.0])
    found = two_groups(left, np.array([0, 0, 1, 1]), np.ones(4, bool), entry=entry)
    assert np.isnan([found.log_ratio, found.lower, found.upper]).all()
    assert found.note.startswith("nobody moved while both groups were at risk")


@given(st.integers(0, 2**32 - 1), st.booleans(), st.booleans(), st.booleans())
def test_where_only_one_group_moves_there_is_one_limit(seed, whole, second, late):
    """The limit is where the likelihood has fallen from what it tends to by half of 1.96²."""
    rng = np.random.default_rng(seed)
    left, group, moved, entry = drawn(rng, 40, whole)
    moved &= (group == 1) == second
    entry = entry if late else np.zeros(40)
    found = two_groups(left, group, moved, entry=entry)
    if np.isnan(found.log_ratio):
        return
    sign = 1 if second else -1
    assert found.log_ratio == sign * np.inf and "only one group moved" in found.note
    limit = found.lower if second else found.upper
    data = (left, group, moved, entry)
    tends_to = efron(sign * 40.0, *data)
    assert tends_to == pytest.approx(found.log_likelihood, abs=1e-6)
    assert tends_to - efron(limit, *data) == pytest.approx(1.959964**2 / 2, abs=1e-4)
