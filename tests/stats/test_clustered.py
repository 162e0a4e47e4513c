"""Errors for rows that depend on each other, and hazard ratios that change with time."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import look
from frontporch.stats import cox
from frontporch.stats.clustered import meat
from frontporch.stats.risk_sets import RiskSets


def drawn(seed, rows=30, whole=True):
    rng = np.random.default_rng(seed)
    time = rng.integers(1, 9, rows).astype(float) if whole else rng.exponential(5, rows)
    entry = np.where(rng.random(rows) < 0.3, time / 2, -1.0)
    design = pd.DataFrame({"side": rng.integers(0, 2, rows), "age": rng.normal(size=rows)})
    return time, rng.random(rows) < 0.8, design, entry, rng.integers(0, 2, rows)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_scores_are_what_a_little_more_weight_adds_to_the_gradient(seed):
    """Without ties a row's score is the change of the gradient by its own weight."""
    time, seen, design, entry, stratum = drawn(seed, whole=False)
    x, beta = design.to_numpy(float), np.array([0.3, -0.2])

    def gradient(weight):
        total = np.zeros(2)
        for k in np.flatnonzero(seen):
            risk = (entry < time[k]) & (time >= time[k]) & (stratum == stratum[k])
            own = weight[risk] * np.exp(x[risk] @ beta)
            total += weight[k] * (x[k] - own @ x[risk] / own.sum())
        return total

    sets = RiskSets(time, seen, x, stratum, entry)
    scores, _ = sets.scores(beta, np.zeros(len(time)))
    for k in range(len(time)):
        step = 1e-6 * (np.arange(len(time)) == k)
        change = (gradient(1 + step) - gradient(1 - step)) / 2e-6
        assert scores[k] == pytest.approx(change, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_scores_sum_to_the_gradient_with_ties_too(seed):
    time, seen, design, entry, stratum = drawn(seed)
    sets = RiskSets(time, seen, design.to_numpy(float), stratum, entry)
    beta, nobody = np.array([0.3, -0.2]), np.zeros(len(time))
    _, gradient, information = sets.evaluate(beta, nobody)
    scores, spread = sets.scores(beta, nobody)
    assert scores.sum(axis=0) == pytest.approx(gradient, abs=1e-9)
    assert spread.sum(axis=0) == pytest.approx(information, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=20))
def test_all_pairs_of_rows_that_share_a_person_are_counted_once(pairs):
    whose = np.array([pair for pair in pairs if pair[0] != pair[1]] or [(0, 1)])
    scores = np.random.default_rng(1).normal(size=(len(whose), 2))
    wanted = sum(
        np.outer(one, other)
        for one, mine in zip(scores, whose, strict=True)
        for other, theirs in zip(scores, whose, strict=True)
        if set(mine) & set(theirs)
    )
    assert meat(scores, whose) == pytest.approx(wanted)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_rows_that_are_split_give_the_same(seed, cuts):
    """A row cut at any moments is the same row; its pieces belong to one person."""
    time, seen, design, *_ = drawn(seed, whole=False)
    whole = cox(time, seen, design, cluster=np.arange(len(time)))
    rng, rows = np.random.default_rng(seed), []
    for k, end in enumerate(time):
        edges = np.concatenate([[0.0], np.sort(rng.uniform(0, end, cuts)), [end]])
        for place, (start, stop) in enumerate(pairwise(edges)):
            rows.append((k, start, stop, seen[k] and place == cuts))
    split = pd.DataFrame(rows, columns=["row", "entry", "time", "seen"])
    pieces = cox(
        split["time"],
        split["seen"],
        design.iloc[split["row"]],
        entry=split["entry"],
        cluster=split["row"],
    )
    columns = ["log_hazard_ratio", "standard_error"]
    assert pieces.table[columns].to_numpy() == pytest.approx(
        whole.table[columns].to_numpy(), abs=1e-7
    )


def test_a_covariate_that_changes_is_found():
    """The hazard doubles from week 3 on; rows are split there. Standard error 0.05."""
    rng = np.random.default_rng(8)
    hazard = rng.exponential(1, 3_000)
    # 0.1 a week, and 0.2 from a moment of one's own on.
    switch = rng.uniform(0, 10, 3_000)
    time = np.where(hazard < 0.1 * switch, hazard / 0.1, switch + (hazard - 0.1 * switch) / 0.2)
    late = time > switch
    entry = np.concatenate([np.zeros(3_000), switch[late]])
    end = np.concatenate([np.minimum(time, switch), time[late]])
    seen = np.concatenate([~late, np.ones(late.sum(), bool)])
    after = pd.DataFrame({"after": np.concatenate([np.zeros(3_000), np.ones(late.sum())])})
    row = cox(end, seen, after, entry=entry).table.iloc[0]
    assert abs(row["log_hazard_ratio"] - np.log(2)) < 4 * row["standard_error"]


def shared(seed, people=60, pairs=300, spread=0.5):
    """Waits of pairs; each person hastens all their pairs, and has a trait that does nothing."""
    rng = np.random.default_rng(seed)
    lively, trait = rng.normal(0, spread, people), rng.normal(size=people)
    one = rng.integers(0, people, pairs)
    other = (one + rng.integers(1, people, pairs)) % people
    wait = rng.exponential(1 / np.exp(lively[one] + lively[other]))
    last = rng.uniform(0.5, 3, pairs)
    frame = pd.DataFrame({"trait": trait[one] + trait[other]})
    both = pd.DataFrame({"source": one, "target": other})
    return np.minimum(wait, last), wait < last, frame, both


def covered(sets, **settings):
    hits = {"robust": 0, "independent": 0}
    for seed in range(sets):
        time, seen, frame, both = shared(seed, **settings)
        for name, cluster in (("robust", both), ("independent", None)):
            row = cox(time, seen, frame, cluster=cluster).table.iloc[0]
            hits[name] += row["lower"] <= 1 <= row["upper"]
    return {name: count / sets for name, count in hits.items()}


def test_pairs_that_share_people_are_less_sure_than_they_look():
    found = covered(60, people=120)
    assert found["robust"] >= 0.85 and found["independent"] < found["robust"]


@pytest.mark.slow
def test_robust_intervals_cover():
    # 1,000 sets of 300 pairs among 120 people: four standard errors are 2.8 points.
    found = covered(1_000, people=120)
    assert 0.93 <= found["robust"] <= 0.97 and found["independent"] < 0.9


@pytest.mark.parametrize(
    ("cluster", "said"),
    [
        (["a"] * 29, r"names one person, or the two of a pair, in each of 30 rows"),
        (["a", None] * 15, "row 2: cluster is missing"),
        (pd.DataFrame({"one": ["a"] * 30, "two": ["a"] * 30}), "row 1: both people of the pair"),
    ],
)
def test_what_is_no_cluster_is_named(cluster, said):
    time, seen, design, *_ = drawn(1)
    with pytest.raises(ValueError, match=said):
        cox(time, seen, design, cluster=cluster)


def test_few_people_are_told():
    time, seen, design, *_ = drawn(1)
    notes = cox(time, seen, design, cluster=np.arange(30) // 3).notes
    assert any("only 10 people" in note for note in notes)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_the_test_of_proportionality_is_the_score_test_of_its_definition(seed, whole):
    """Add side times g(t), with g one minus Kaplan-Meier, moment by moment, and differentiate."""
    time, seen, design, *_ = drawn(seed, rows=40, whole=whole)
    found = cox(time, seen, design)
    if any("maximum" in note or "says nothing" in note for note in found.notes):
        return
    beta = found.table["log_hazard_ratio"].to_numpy()
    at = np.unique(time[seen])
    left = np.cumprod([1 - (seen & (time == t)).sum() / (time >= t).sum() for t in at])
    g = 1 - np.append(1.0, left)[:-1]
    x = design.to_numpy(float)

    def value(theta):
        total = 0.0
        for t, change in zip(at, g, strict=True):
            risk, tied = time >= t, seen & (time == t)
            score = x @ theta[:2] + change * (x[:, 0] * theta[2])
            own = np.exp(score)
            for k in range(tied.sum()):
                total -= np.log(own[risk].sum() - k / tied.sum() * own[tied].sum())
            total += score[tied].sum()
        return total

    here, step = np.append(beta, 0.0), 1e-4
    unit = step * np.eye(3)
    slope = np.array([(value(here + d) - value(here - d)) / (2 * step) for d in unit])
    curve = np.array(
        [
            [
                (
                    value(here + a + b)
                    - value(here + a - b)
                    - value(here - a + b)
                    + value(here - a - b)
                )
                / (4 * step**2)
                for b in unit
            ]
            for a in unit
        ]
    )
    wanted = slope @ np.linalg.solve(-curve, slope)
    table = found.proportional().table.set_index("covariate")
    assert table.loc["side", "statistic"] == pytest.approx(wanted, rel=1e-2, abs=1e-3)
    assert table.loc["all of them", "degrees"] == 2


def test_a_ratio_that_fades_is_found_and_drawn():
    rng = np.random.default_rng(3)
    group = np.arange(600) % 2
    # Three times the hazard in the first week, and the same after.
    hazard = rng.exponential(1, 600)
    fast = np.where(hazard < 0.3, hazard / 0.3, 1 + (hazard - 0.3) / 0.1)
    time = np.where(group == 1, fast, hazard / 0.1)
    found = cox(time, np.ones(600, bool), pd.DataFrame({"group": group}))
    tested = found.proportional()
    assert tested.table["p_value"][0] < 0.01 and not tested.notes
    early = tested.ratios["group"][tested.time < 1].mean()
    assert early > 0.4 > 0.2 > tested.ratios["group"][tested.time > 1].mean()
    assert "running mean" in look.alt_text(tested.plot())
    same = cox(hazard, np.ones(600, bool), pd.DataFrame({"group": group})).proportional()
    assert same.table["p_value"][0] > 0.01
