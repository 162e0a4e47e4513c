"""Rates, shares, mean times and comparisons of pairs that share people."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.deepening import compare, fit
from frontporch.deepening.logs import bootstrap
from frontporch.deepening.spells import read_spells
from frontporch.stats import cox
from frontporch.tables import TableError

STAGES = ("stranger", "acquaintance", "lost")
BOTH = ("source", "target")


def drawn(seed, people=40, pairs=120, spread=0.5):
    """Pairs of which each person hastens all; half of the pairs are online."""
    rng = np.random.default_rng(seed)
    lively = rng.normal(0, spread, people)
    one = rng.integers(0, people, pairs)
    other = (one + rng.integers(1, people, pairs)) % people
    wait = rng.exponential(5, pairs) / np.exp(lively[one] + lively[other])
    end = rng.uniform(2, 12, pairs)
    there = np.where(rng.random(pairs) < 0.7, "acquaintance", "lost")
    first = pd.DataFrame(
        {
            "pair": range(pairs),
            "source": [f"p{k}" for k in one],
            "target": [f"p{k}" for k in other],
            "channel": np.where(rng.random(pairs) < 0.5, "online", "offline"),
            "stage": "stranger",
            "entered": 0.0,
            "left": np.minimum(wait, end),
            "next_stage": np.where(wait < end, there, None),
        }
    )
    met = first["next_stage"] == "acquaintance"
    second = first[met].assign(stage="acquaintance", entered=first["left"], next_stage=None)
    return pd.concat([first, second.assign(left=end[met])], ignore_index=True)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([BOTH, "source"]))
def test_the_error_of_a_log_rate_is_what_a_little_more_weight_of_a_person_changes(seed, cluster):
    table = drawn(seed, people=12, pairs=30)
    sides = list(cluster) if isinstance(cluster, tuple) else [cluster]
    found = fit(table, stages=STAGES, cluster=cluster)["all"].rates
    time, stage = (table["left"] - table["entered"]).to_numpy(), table["stage"].to_numpy()

    def squares(groups, here, there):
        total = 0.0
        for rows in groups:
            at = stage == here

            def log_rate(weight, at=at, there=there):
                moved = at & (table["next_stage"] == there).to_numpy()
                return np.log(weight[moved].sum() / (weight[at] @ time[at]))

            step = 1e-5 * rows
            change = (log_rate(1 + step) - log_rate(1 - step)) / 2e-5
            share = time[at & rows].sum() / time[at].sum()
            total += change**2 / (1 - min(share, 0.8)) ** 2
        return total

    everyone = np.unique(table[sides])
    two = np.sort(table[sides].to_numpy(str), axis=1)
    for row in found.itertuples():
        step = (row.stage, row.next_stage)
        wanted = squares([(table[sides] == p).any(axis=1).to_numpy() for p in everyone], *step)
        if len(sides) == 2:
            alone = squares([(two == p).all(axis=1) for p in np.unique(two, axis=0)], *step)
            wanted = max(wanted - alone, alone)
        assert row.log_error == pytest.approx(np.sqrt(wanted), rel=1e-4)


def test_estimates_stay_and_errors_say_over_whom():
    table = drawn(1)
    plain = fit(table, by="channel", stages=STAGES)
    over = fit(table, by="channel", stages=STAGES, cluster=BOTH)
    pd.testing.assert_series_equal(plain.summary()["rate"], over.summary()["rate"])
    assert (over.summary()["log_error"] != plain.summary()["log_error"]).all()
    assert "over people" in over.estimator
    assert any(note.startswith("online: errors hold for pairs that share") for note in over.notes)
    group, other = over["online"], plain["online"]
    for name, one, two in (
        ("share", group.occupancy.at(5), other.occupancy.at(5)),
        ("share", group.reach("acquaintance").at(5), other.reach("acquaintance").at(5)),
        ("weeks", group.restricted_mean(8), other.restricted_mean(8)),
        ("waiting", group.sojourn("stranger").at(3), other.sojourn("stranger").at(3)),
    ):
        assert one[name].tolist() == pytest.approx(two[name].tolist())
        assert (one["lower"] != two["lower"]).any()
    (share, low, high), (same, *_) = (g.ever("acquaintance") for g in (group, other))
    assert share == pytest.approx(same) and low < share < high


def test_the_hazard_ratio_is_that_of_cox_over_people():
    table = drawn(2)
    over = fit(table, by="channel", stages=STAGES, cluster=BOTH)
    found = compare(over["online"], over["offline"], goal="acquaintance", weeks=2)
    first = table[table["stage"] == "stranger"]
    row = cox(
        first["left"],
        first["next_stage"] == "acquaintance",
        pd.DataFrame({"online": (first["channel"] == "online").astype(float)}),
        cluster=first[list(BOTH)],
    ).table.iloc[0]
    top = found.table.iloc[0]
    wanted = row[["hazard_ratio", "lower", "upper"]].tolist()
    assert top[["contrast", "lower", "upper"]].tolist() == pytest.approx(wanted)
    assert all("in both groups" in note for note in found.table["note"][1:])
    apart = table.assign(**{side: table["channel"] + table[side] for side in BOTH})
    two = fit(apart, by="channel", stages=STAGES, cluster=BOTH)
    found = compare(two["online"], two["offline"], goal="acquaintance", weeks=2)
    assert not found.table["note"].str.contains("in both groups").any()


def test_late_pairs_and_separation_have_their_limits_over_people_too():
    table = drawn(3)
    late = table.assign(entered=np.where(table["entered"] > 0, table["entered"], 0.1))
    late = late[late["left"] > late["entered"]].assign(since=0.0)
    found = fit(late, by="channel", stages=STAGES, cluster=BOTH)
    curve = found["online"].sojourn("stranger")
    assert np.isfinite(curve.at(3)["lower"]).all()
    done = table[table["stage"] == "stranger"].assign(
        next_stage=lambda t: np.where(t["channel"] == "online", "acquaintance", None)
    )
    two = fit(done, by="channel", stages=STAGES, cluster=BOTH)
    top = compare(two["online"], two["offline"], goal="acquaintance", weeks=1).table.iloc[0]
    assert np.isinf(top["contrast"]) and np.isfinite(top["lower"]) and top["note"]


@pytest.mark.parametrize(
    ("change", "cluster", "said"),
    [
        ({}, "surce", "Did you mean 'source'"),
        ({"source": None}, BOTH, "row 1: cluster is missing"),
        ({"target": "p1", "source": "p1"}, BOTH, "row 1: both people of the pair are 'p1'"),
    ],
)
def test_what_is_no_cluster_is_named(change, cluster, said):
    with pytest.raises((ValueError, TableError), match=said):
        fit(drawn(4).assign(**change), stages=STAGES, cluster=cluster)


def test_one_person_has_rates_without_an_interval():
    found = fit(drawn(5).assign(owner="ann"), stages=STAGES, cluster="owner")["all"]
    assert found.rates["rate"].notna().all() and found.rates["lower"].isna().all()
    assert found.rates["note"].str.contains("how people differ").any()
    with pytest.raises(ValueError, match="one person in all rows"):
        found.occupancy  # noqa: B018


def test_stays_keep_their_people_when_some_are_left_out():
    spells = read_spells(drawn(6), "channel", STAGES, cluster=BOTH)
    for group in spells.values():
        until = group.until("acquaintance")
        assert len(until.people) == len(until.stage) <= len(group.stage)


@pytest.mark.slow
def test_the_error_is_that_of_the_bootstrap_over_people():
    """Its draws are of people; 400 leave 3.5 % of an error, and three of these are 10 %."""
    table = drawn(7, people=120, pairs=300)

    def log_rate(table, weight):
        at = (table["stage"] == "stranger").to_numpy()
        moved = at & (table["next_stage"] == "acquaintance").to_numpy()
        time = (table["left"] - table["entered"]).to_numpy()
        return np.log(weight[moved].sum() / (weight[at] @ time[at]))

    drew = bootstrap(table, log_rate, seed=7, runs=400)
    row = fit(table, stages=STAGES, cluster=BOTH)["all"].rates.iloc[0]
    assert np.log(row["rate"]) == pytest.approx(drew.estimates[0])
    assert row["log_error"] == pytest.approx(drew.standard_errors[0], rel=0.12)
