"""Intervals by drawing people: they cover the truth when pairs share people."""

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening import logs
from frontporch.stats import kaplan_meier
from frontporch.streams import spawn

TRUTH_DRAWS = 400_000


def world(rng, people=150, ties=20, spread=0.6, popular=0.5):
    """Pairs that share people: each answers more or less readily, some hold many pairs."""
    readiness = rng.normal(0, spread, people)
    weight = rng.lognormal(0, popular, people)
    wanted = people * ties // 2
    one, other = rng.choice(people, (2, 2 * wanted), p=weight / weight.sum())
    low, high = np.minimum(one, other), np.maximum(one, other)
    key = rng.permutation(np.unique((low * people + high)[low != high]))[:wanted]
    one, other = np.divmod(key, people)
    chance = 1 / (1 + np.exp(1 - readiness[one] - readiness[other]))
    return pd.DataFrame(
        {"pair": key, "source": one, "target": other, "reached": rng.random(len(key)) < chance}
    )


def truth(spread):
    both = np.random.default_rng(5).normal(0, spread * np.sqrt(2), TRUTH_DRAWS)
    return (1 / (1 + np.exp(1 - both))).mean()


def share(table, weights):
    return weights[table["reached"].to_numpy()].sum() / weights.sum()


def coverage(sets, seed, method="corrected", **kind):
    known = truth(kind.get("spread", 0.6))
    hits = alone = 0
    for rng in spawn(seed, sets):
        table = world(rng, **kind)
        found = logs.bootstrap(table, share, seed=rng, runs=200, method=method)
        hits += found.lower[0] <= known <= found.upper[0]
        alone += abs(found.estimates[0] - known) <= 1.96 * found.independent[0]
    return hits / sets, alone / sets


def test_intervals_cover_where_pairs_share_people():
    # 95 % of 150 sets, give or take 1.8 points: 2.5 standard errors. Pairs taken as
    # independent cover far less often: that is what the drawing of people is for.
    covered, independent = coverage(150, seed=1)
    assert 0.905 <= covered <= 0.995
    assert independent < 0.85


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        {"spread": 0.6},
        {"spread": 0.3},
        {"spread": 0.6, "people": 300, "ties": 12},
        {"spread": 0.0},
    ],
    ids=str,
)
def test_coverage_is_nominal(kind):
    covered, _ = coverage(1_000, seed=2, **kind)
    assert 0.93 <= covered <= 0.97


def test_uncorrected_draws_are_wider_where_people_differ_little():
    table = world(np.random.default_rng(3), spread=0.0)
    wide, right = (
        logs.bootstrap(table, share, seed=7, runs=400, method=method)
        for method in ("people", "corrected")
    )
    # Of three parts of the variance two are surplus: √3 times as wide.
    assert wide.standard_errors[0] / wide.independent[0] == pytest.approx(3**0.5, rel=0.15)
    assert right.standard_errors[0] / right.independent[0] == pytest.approx(1.0, abs=0.25)
    assert right.estimates == wide.estimates == share(table, np.ones(len(table)))


def test_the_correction_agrees_with_the_dyadic_variance():
    # Aronow, Samii & Assenova (2015): sum over all pairs of pairs that share a person.
    table = world(np.random.default_rng(4))
    left = table["reached"].to_numpy(float) - table["reached"].mean()
    sums = sum(np.bincount(table[side], left, minlength=150) for side in ("source", "target"))
    exact = np.sqrt((sums**2).sum() - (left**2).sum()) / len(table)
    found = logs.bootstrap(table, share, seed=7, runs=2_000)
    # The bootstrap adds the leverage of people with many pairs: a few per cent.
    assert exact < found.standard_errors[0] < 1.15 * exact


def test_rows_of_one_pair_are_drawn_together():
    table = world(np.random.default_rng(5), people=60, ties=10)
    twice = pd.concat([table, table], ignore_index=True)
    one, two = (logs.bootstrap(t, share, seed=7, runs=200) for t in (table, twice))
    np.testing.assert_allclose(one.draws, two.draws)
    assert (one.people, one.pairs) == (two.people, two.pairs)


def test_several_numbers_keep_their_names_and_the_seed_repeats_them():
    table = world(np.random.default_rng(6), people=60, ties=10)
    both = lambda t, w: {"yes": share(t, w), "no": 1 - share(t, w)}  # noqa: E731
    one, two = (logs.bootstrap(table, both, seed=7, runs=200) for _ in range(2))
    assert one.summary().index.tolist() == ["yes", "no"]
    pd.testing.assert_frame_equal(one.summary(), two.summary())
    assert one.summary()["estimate"].sum() == pytest.approx(1)
    assert one.estimator.startswith("bootstrap over people, corrected")


def test_share_within_is_kaplan_meier():
    rng = np.random.default_rng(7)
    waits = pd.DataFrame({"hours": rng.exponential(30, 500), "reached": rng.random(500) < 0.7})
    weights = rng.integers(0, 4, 500).astype(float)
    whole = kaplan_meier(waits["hours"], waits["reached"], weights=weights)
    for hours in (1.0, 10.0, 24.0):
        found = logs.share_within(hours)(waits, weights)
        assert found == pytest.approx(whole.at(hours)["reached"].iloc[0], abs=1e-12)
    assert np.isnan(logs.share_within(10_000)(waits, weights))


def test_what_is_wrong_is_said():
    table = world(np.random.default_rng(8), people=20, ties=4)
    assert "A few people" in logs.bootstrap(table, share, seed=7, runs=100).notes[0]
    with pytest.raises(ValueError, match="no column 'target'"):
        logs.bootstrap(table.rename(columns={"target": "to"}), share, seed=7)
    with pytest.raises(ValueError, match="failed on the whole table: KeyError"):
        logs.bootstrap(table, lambda t, w: t["hours"].mean(), seed=7)
    with pytest.raises(ValueError, match="100 draws"):
        logs.bootstrap(table, share, seed=7, runs=10)
    with pytest.raises(ValueError, match="Did you mean 'corrected'"):
        logs.bootstrap(table, share, seed=7, method="correct")
    with pytest.raises(ValueError, match="missing on the whole table"):
        logs.bootstrap(table, lambda t, w: np.nan, seed=7, runs=100)
    with pytest.raises(ValueError, match="one or more numbers"):
        logs.share_within(-1)
    with pytest.raises(TypeError, match="seed"):
        logs.bootstrap(table, share, seed=None)
    with pytest.raises(ValueError, match="is missing in a row"):
        logs.bootstrap(table.assign(source=None), share, seed=7)
