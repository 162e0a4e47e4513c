"""Errors of shares for pairs that share people, beside the bootstrap over people."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.deepening.logs import bootstrap, share_within
from frontporch.stats import aalen_johansen, dependent_shares, kaplan_meier
from frontporch.stats.multistate import restricted_mean
from frontporch.stats.stays import Stays

STAGES = ["a", "b", "c"]


def stays(seed, people=12, pairs=25, grid=True):
    """Stays of pairs: from a to b or c, from b to a or c, cut off at some time; some seen late."""
    rng = np.random.default_rng(seed)
    rows = []
    for pair in range(pairs):
        one = int(rng.integers(people))
        other = int((one + rng.integers(1, people)) % people)
        now, stage, end = 0.0, "a", float(rng.uniform(2, 9))
        while stage != "c" and now < end:
            wait = float(rng.integers(1, 4)) if grid else float(rng.exponential(2)) + 1e-3
            ahead = str(rng.choice([one for one in STAGES if one != stage]))
            left = min(now + wait, end)
            rows.append((pair, one, other, stage, ahead if left < end else None, now, left))
            now, stage = left, ahead
    columns = ["pair", "source", "target", "stage", "next_stage", "entered", "left"]
    return pd.DataFrame(rows, columns=columns)


def shares(table, weight):
    """Aalen-Johansen with weights, by its definition: at each time of a move, by the last one."""
    stage, to = (
        np.array([STAGES.index(s) if s in STAGES else -1 for s in table[c]])
        for c in ("stage", "next_stage")
    )
    begun = (table["entered"] == 0).to_numpy()
    p = np.bincount(stage[begun], weight[begun], 3) / weight[begun].sum()
    found = []
    for t in np.unique(table["left"][to >= 0]):
        risk = (table["entered"] < t).to_numpy() & (table["left"] >= t).to_numpy()
        step = np.eye(3)
        for h in range(3):
            own = weight[risk & (stage == h)].sum()
            for j in range(3):
                at = (stage == h) & (to == j) & (table["left"] == t).to_numpy()
                moved = weight[at].sum() / own if own > 0 else 0.0
                step[h, j] += moved
                step[h, h] -= moved
        p = p @ step
        found.append(p)
    return np.array(found)


def estimated(table, cluster=None):
    return aalen_johansen(
        table["stage"],
        table["next_stage"],
        table["entered"],
        table["left"],
        stages=STAGES,
        cluster=cluster,
    )


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.booleans())
def test_the_error_is_what_a_little_more_weight_of_a_person_changes(seed, grid, dyads):
    table = stays(seed, grid=grid)
    sides = ["source", "target"] if dyads else ["source"]
    found = estimated(table, table[sides] if dyads else table["source"])
    plain = estimated(table)
    np.testing.assert_allclose(found.shares, shares(table, np.ones(len(table))), atol=1e-12)

    def squares(groups):
        total = 0.0
        for rows in groups:
            step = 1e-5 * rows
            change = (shares(table, 1 + step) - shares(table, 1 - step)) / 2e-5
            total = total + change**2 / (1 - min(rows.mean(), 0.8)) ** 2
        return total

    everyone = np.unique(table[sides])
    wanted = squares([(table[sides] == one).any(axis=1).to_numpy() for one in everyone])
    if dyads:
        two = np.sort(table[sides].to_numpy(), axis=1)
        alone = squares([(two == pair).all(axis=1) for pair in np.unique(two, axis=0)])
        wanted = np.maximum(wanted - alone, alone)
    # Steps of 1e-5 leave 1e-10 of each change, and the root of a variance near 0 more of it.
    assert found.standard_error == pytest.approx(np.sqrt(wanted), abs=1e-7)
    np.testing.assert_array_equal(found.shares, plain.shares)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_one_stay_a_person_is_greenwood(seed):
    """Source: R's survival, help of survfit.formula: the two are equal."""
    rng = np.random.default_rng(seed)
    time, seen = rng.integers(1, 12, 40).astype(float), rng.random(40) < 0.7
    if not seen.any():
        return
    on, off = ["on"] * 40, np.where(seen, "off", None)
    found = aalen_johansen(on, off, np.zeros(40), time, cluster=np.arange(40))
    plain = aalen_johansen(on, off, np.zeros(40), time)
    # As variances: where everybody is off it is 0, and a root makes 3e-9 of what 1e-17 rounds.
    variance = (plain.standard_error * 40 / 39) ** 2
    assert found.standard_error**2 == pytest.approx(variance, rel=1e-12, abs=1e-15)
    assert found.at(5)["lower"].isna().equals(plain.at(5)["lower"].isna())


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.floats(1, 8))
def test_the_error_of_a_mean_time_is_what_a_little_more_weight_changes(seed, dyads, horizon):
    table = stays(seed)
    sides = ["source", "target"] if dyads else ["source"]
    codes = [STAGES.index(one) for one in table["stage"]]
    to = [STAGES.index(one) if one in STAGES else -1 for one in table["next_stage"]]
    begun, left = table["entered"].to_numpy(), table["left"].to_numpy()
    whole = Stays(np.array(codes), np.array(to), begun, left, tuple(STAGES))
    horizon = min(horizon, left.max())  # nobody knows what comes after the last look
    found = restricted_mean(whole, horizon, cluster=table[sides])
    at = np.unique(left[np.array(to) >= 0])
    gaps = np.diff(np.minimum(np.concatenate([[0.0], at, [np.inf]]), horizon))

    def mean(weight):
        start = np.bincount(np.array(codes)[begun == 0], weight[begun == 0], 3)
        return gaps @ np.concatenate([[start / start.sum()], shares(table, weight)])

    np.testing.assert_allclose(found["weeks"], mean(np.ones(len(table))), atol=1e-12)

    def squares(groups):
        total = 0.0
        for rows in groups:
            step = 1e-5 * rows
            change = (mean(1 + step) - mean(1 - step)) / 2e-5
            total = total + change**2 / (1 - min(rows.mean(), 0.8)) ** 2
        return total

    everyone = np.unique(table[sides])
    wanted = squares([(table[sides] == one).any(axis=1).to_numpy() for one in everyone])
    if dyads:
        two = np.sort(table[sides].to_numpy(), axis=1)
        alone = squares([(two == pair).all(axis=1) for pair in np.unique(two, axis=0)])
        wanted = np.maximum(wanted - alone, alone)
    assert found["standard_error"].to_numpy() == pytest.approx(np.sqrt(wanted), abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_a_survival_curve_over_people_is_that_of_two_stages(seed, late):
    rng = np.random.default_rng(seed)
    time, seen = rng.integers(1, 12, 40).astype(float), rng.random(40) < 0.7
    seen[0] = True
    entry = np.where(rng.random(40) < 0.3, time / 2, 0.0) if late else None
    one = rng.integers(0, 15, 40)
    whose = pd.DataFrame({"one": one, "other": (one + rng.integers(1, 15, 40)) % 15})
    curve = kaplan_meier(time, seen, entry=entry, cluster=whose)
    plain = kaplan_meier(time, seen, entry=entry)
    np.testing.assert_array_equal(curve.survival, plain.survival)
    assert curve.over is not None and "that share people" in curve.notes[0]
    if entry is not None:
        return
    stages = (["on"] * 40, np.where(seen, "off", None), np.zeros(40), time)
    both = aalen_johansen(*stages, cluster=whose)
    assert curve.standard_error == pytest.approx(both.standard_error[:, 0], abs=1e-12)
    horizon = float(time.max())
    whole = Stays(np.zeros(40, int), np.where(seen, 1, -1), np.zeros(40), time, ("on", "off"))
    mean = restricted_mean(whole, horizon, cluster=whose)
    wanted = mean.loc[0, ["weeks", "standard_error"]].tolist()
    assert curve.restricted_mean(horizon) == pytest.approx(wanted, abs=1e-12)


def test_one_wait_a_person_is_greenwood_too():
    time, seen = [2, 3, 5, 5, 8, 9, 12, 12], [1, 1, 0, 1, 1, 0, 1, 0]
    curve, plain = kaplan_meier(time, seen, cluster=range(8)), kaplan_meier(time, seen)
    assert curve.standard_error == pytest.approx(plain.standard_error * 8 / 7)
    mean, error = plain.restricted_mean(12)
    assert curve.restricted_mean(12) == pytest.approx((mean, error * 8 / 7))
    # Student's t of few people is wider than the normal distribution.
    few, many = curve.at(6).loc[0], plain.at(6).loc[0]
    assert few["lower"] < many["lower"] and few["upper"] > many["upper"]
    with pytest.raises(ValueError, match="either weights or a cluster"):
        kaplan_meier(time, seen, cluster=range(8), weights=[1] * 8)


def test_who_a_person_is_makes_no_difference_to_their_names():
    table = stays(3)
    one = estimated(table, table[["source", "target"]])
    names = table[["target", "source"]].map("person {}".format)
    other = estimated(table.sample(frac=1, random_state=1), names.sample(frac=1, random_state=1))
    assert one.standard_error == pytest.approx(other.standard_error, abs=1e-12)
    assert one.degrees == pytest.approx(other.degrees)
    assert any("12 people" in note for note in one.notes)
    assert any("too narrow" in note for note in one.notes)


@pytest.mark.parametrize(
    ("cluster", "said"),
    [
        (["a"] * 4, "cluster has the shape"),
        (["a", None, "b"], "row 2: cluster is missing"),
        (["a", "a", "a"], "one person in all rows"),
        (pd.DataFrame({"x": ["a", "b", "c"], "y": ["b", "b", "a"]}), "row 2: both people"),
    ],
)
def test_what_is_no_cluster_is_told(cluster, said):
    with pytest.raises(ValueError, match=said):
        aalen_johansen(["a"] * 3, ["b", None, "b"], [0, 0, 0], [1, 2, 3], cluster=cluster)


def test_too_many_are_refused_before_they_take_hours(monkeypatch):
    monkeypatch.setattr(dependent_shares, "MOST_WORK", 100)
    table = stays(3)
    with pytest.raises(ValueError, match=r"too many for errors over people: round times"):
        estimated(table, table["source"])


def drawn(rng, people=120, pairs=300, spread=0.7):
    """Waits of pairs for a reply; each person hastens all their pairs."""
    lively = rng.normal(0, spread, people)
    one = rng.integers(0, people, pairs)
    other = (one + rng.integers(1, people, pairs)) % people
    wait = rng.exponential(1, pairs) / np.exp(lively[one] + lively[other])
    last = rng.uniform(0.5, 3, pairs)
    return pd.DataFrame(
        {
            "pair": np.arange(pairs),
            "source": one,
            "target": other,
            "hours": np.minimum(wait, last),
            "reached": wait < last,
        }
    )


def truth(hours, spread=0.7):
    """Share that replies within some hours, over all people there could be."""
    nodes, weight = np.polynomial.hermite_e.hermegauss(80)
    rate = np.exp(np.sqrt(2) * spread * nodes)
    return 1 - float(weight @ np.exp(-rate * hours)) / weight.sum()


def covered(sets, seed, runs=0):
    hits = {"people": 0, "independent": 0, "bootstrap": 0}
    width = {"people": 0.0, "bootstrap": 0.0}
    right = truth(1.0)
    for k in range(sets):
        table = drawn(np.random.default_rng([seed, k]))
        call = (["on"] * len(table), np.where(table["reached"], "off", None))
        when = (np.zeros(len(table)), table["hours"])
        for name, cluster in (("people", table[["source", "target"]]), ("independent", None)):
            found = aalen_johansen(*call, *when, stages=["on", "off"], cluster=cluster)
            _, low, high = found.share("off", 1.0)
            hits[name] += low <= right <= high
            if name == "people":
                width[name] += high - low
        if runs:
            drew = bootstrap(table, share_within(1), seed=k, runs=runs)
            hits["bootstrap"] += drew.lower[0] <= right <= drew.upper[0]
            width["bootstrap"] += drew.upper[0] - drew.lower[0]
    return {name: count / sets for name, count in hits.items()}, width


def test_pairs_that_share_people_are_less_sure_than_they_look():
    share, _ = covered(25, seed=1)
    assert share["people"] >= 0.8 and share["independent"] < share["people"]


@pytest.mark.slow
def test_intervals_of_shares_cover():
    # 400 sets of 300 pairs among 120 people: three standard errors are 3.3 points.
    share, _ = covered(400, seed=2)
    assert 0.93 <= share["people"] <= 0.97 and share["independent"] < 0.9


@pytest.mark.slow
def test_they_cover_as_the_bootstrap_over_people_does():
    share, width = covered(60, seed=30, runs=100)
    assert abs(share["people"] - share["bootstrap"]) <= 0.1
    assert width["people"] / width["bootstrap"] == pytest.approx(1, abs=0.1)


@pytest.mark.slow
def test_the_error_is_that_of_the_bootstrap_over_people():
    table = drawn(np.random.default_rng(5))
    drew = bootstrap(table, share_within(1), seed=5, runs=400)
    curve = kaplan_meier(table["hours"], table["reached"])
    found = aalen_johansen(
        ["on"] * len(table),
        np.where(table["reached"], "off", None),
        np.zeros(len(table)),
        table["hours"],
        cluster=table[["source", "target"]],
    ).at(1.0)
    assert found["share"][1] == pytest.approx(curve.at(1.0)["reached"].iloc[0])
    assert found["standard_error"][1] == pytest.approx(drew.standard_errors[0], rel=0.15)
