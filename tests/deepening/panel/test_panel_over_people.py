"""Errors of rates from snapshots for pairs that share people."""

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening import Ladder
from frontporch.deepening.panel import fit_panel, snapshots
from frontporch.stats.clustered import clusters, person_variances


@pytest.fixture(scope="module")
def looks():
    spells = Ladder.online_and_offline().simulate(pairs=160, weeks=60, seed=5)
    rng = np.random.default_rng(5)
    one = rng.integers(0, 70, 160)
    pair = spells["pair"].to_numpy()
    whole = spells.assign(
        source=one[pair],
        target=((one + rng.integers(1, 70, 160)) % 70)[pair],
        age=rng.choice([20.0, 40.0], 160)[pair],
    )
    return snapshots(whole, every=6)


@pytest.fixture(scope="module")
def estimate(looks):
    return fit_panel(looks, ["stranger to acquaintance ~ channel", "~ same(age)"])


def test_scores_of_single_moves_sum_to_the_gradient(estimate):
    likelihood, rng = estimate.likelihood, np.random.default_rng(1)
    at = estimate.parameters + 0.1 * likelihood.sizes * rng.normal(size=likelihood.size)
    scores = likelihood.scores(at)
    seen = likelihood.seen
    assert np.bincount(seen.kind, minlength=len(seen.count)) == pytest.approx(seen.count)
    wanted = likelihood.value_and_gradient(at)[1]
    assert scores[seen.kind].sum(axis=0) == pytest.approx(wanted, rel=1e-7, abs=1e-7)


def test_scores_are_the_derivatives_of_each_kind(estimate):
    likelihood = estimate.likelihood
    seen, at = likelihood.seen, estimate.parameters
    scores = likelihood.scores(at)
    for kind in range(0, len(seen.count), 37):
        alone = type(likelihood)(
            seen.of(np.arange(len(seen.count)) == kind),
            likelihood.steps,
            likelihood.effects,
            likelihood.shared,
        )
        slope = alone.value_and_gradient(at)[1] / seen.count[kind]
        assert scores[kind] == pytest.approx(slope, rel=1e-7, abs=1e-9)


def test_the_estimates_stay_and_the_errors_are_those_over_people(looks, estimate):
    both = looks[["source", "target"]]
    over = estimate.over_people(both)
    one, two = estimate.summary(), over.summary()
    pd.testing.assert_series_equal(one["estimate"], two["estimate"])
    assert (one["log_error"] != two["log_error"]).all()
    seen = estimate.likelihood.seen
    change = estimate.likelihood.scores(estimate.parameters)[seen.kind] @ estimate.covariance
    whose = clusters(both, len(looks))[seen.look]
    held = change**2 / (change**2).sum(axis=0)
    wanted = np.sqrt(person_variances(change, whose, held))
    assert two["log_error"].to_numpy() == pytest.approx(wanted)
    named = both.map("person {}".format)[["target", "source"]]
    same = estimate.over_people(named).summary()
    assert same["lower"].to_numpy() == pytest.approx(two["lower"].to_numpy())
    assert over.rates(channel="online", age=20)["lower"].notna().all()
    assert np.isfinite(over.covariance).all()
    assert "share people" in over.notes[-1] and "over people" in over.estimator


def test_pairs_of_people_of_their_own_have_errors_of_about_the_same_size(looks, estimate):
    """Where the model holds, the sums of a pair's scores vary as the information says."""
    found = estimate.over_people(looks["pair"]).summary()["log_error"]
    # Of 160 pairs; rates with 30 moves have errors that are themselves 15 % off.
    ratio = found / estimate.summary()["log_error"]
    assert ratio.between(0.6, 1.6).all() and abs(ratio.mean() - 1) < 0.15


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda looks: looks["source"][:-1], "cluster has the shape"),
        (lambda looks: ["ann"] * len(looks), "one person in all rows"),
        (lambda looks: [None, *looks["source"][1:]], "row 1: cluster is missing"),
    ],
)
def test_what_is_no_cluster_is_told(looks, estimate, wrong, said):
    with pytest.raises(ValueError, match=said):
        estimate.over_people(wrong(looks))
