"""Aalen-Johansen beyond the reference: standard errors, reach and restricted means."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.deepening import Ladder, fit
from frontporch.deepening.spells import reach, read_spells
from frontporch.stats import kaplan_meier
from frontporch.stats.multistate import occupancy, restricted_mean
from frontporch.stats.product_integral import backward, forward

ladder = Ladder.online_and_offline()


@pytest.fixture(scope="module")
def spells():
    return ladder.simulate(pairs=600, weeks=(20, 80), seed=7)


def test_two_stages_are_kaplan_meier_with_greenwood(spells):
    waiting = spells[spells["stage"] == "stranger"].assign(
        next_stage=lambda t: t["next_stage"].astype(object).where(t["next_stage"].isna(), "gone"),
        stage="here",
    )
    data = read_spells(waiting, stages=("here", "gone"))["all"]
    found = occupancy(data)
    curve = kaplan_meier(data.left, data.following >= 0)
    np.testing.assert_allclose(found.shares[:, 0], curve.survival, atol=1e-12)
    # Where the last one leaves, Greenwood's formula has no value.
    np.testing.assert_allclose(
        found.standard_error[:-1, 0], curve.standard_error[:-1], rtol=1e-9, atol=1e-12
    )


def test_without_censoring_shares_are_head_counts():
    whole = ladder.simulate(pairs=400, weeks=2_000, seed=7)
    found = fit(whole)["all"].occupancy.at([5, 26, 60]).set_index(["weeks", "stage"])["share"]
    for week in (5, 26, 60):
        now = whole[(whole["entered"] <= week) & (whole["left"] > week)]
        counted = now["stage"].value_counts() / 400
        for stage in ("stranger", "acquaintance", "buyer", "friend"):
            assert found[week, stage] == pytest.approx(counted[stage], abs=1e-12)


def test_reach_is_the_share_that_ever_arrived(spells):
    # Against competing risks by hand: those who arrive, those lost before, those censored.
    found = reach(read_spells(spells)["all"], "buyer")
    whole = ladder.simulate(pairs=400, weeks=2_000, seed=9)
    ever = whole.loc[whole["next_stage"] == "buyer", "pair"].nunique() / 400
    assert reach(read_spells(whole)["all"], "buyer").share("buyer", 1_900)[0] == pytest.approx(
        ever, abs=1e-12
    )
    assert (np.diff(found.shares[:, found.stages.index("buyer")]) >= -1e-12).all()


def test_restricted_means_add_to_the_horizon_and_equal_the_area(spells):
    data = read_spells(spells)["all"]
    table = restricted_mean(data, 40)
    assert table["weeks"].sum() == pytest.approx(40, abs=1e-9)
    curve = occupancy(data)
    used = curve.times < 40
    gaps = np.diff(np.concatenate([[0.0], curve.times[used], [40.0]]))
    area = gaps @ np.concatenate([curve.start[None], curve.shares[used]])
    assert table["weeks"].to_numpy() == pytest.approx(area, abs=1e-9)
    with pytest.raises(ValueError, match="observed up to"):
        restricted_mean(data, 1_000)


def test_standard_error_of_the_restricted_mean_is_that_of_the_sample_mean():
    # Two stages and no censoring: the mean of min(T, horizon), with its plain standard error.
    rng = np.random.default_rng(7)
    left = rng.exponential(10, 3_000)
    table = pd.DataFrame(
        {"pair": range(3_000), "stage": "here", "entered": 0.0, "left": left, "next_stage": "gone"}
    )
    found = restricted_mean(read_spells(table, stages=("here", "gone"))["all"], 15)
    waited = np.minimum(left, 15)
    assert found["weeks"][0] == pytest.approx(waited.mean(), abs=1e-9)
    assert found["standard_error"][0] == pytest.approx(waited.std() / np.sqrt(3_000), rel=1e-6)


def test_ties_in_time_move_at_once():
    # By hand: at week 1 one of two strangers becomes buyer while the one buyer is lost.
    table = pd.DataFrame(
        {
            "pair": [1, 2, 3],
            "stage": ["stranger", "stranger", "buyer"],
            "entered": [0.0, 0.0, 0.0],
            "left": [1.0, 2.0, 1.0],
            "next_stage": ["buyer", None, "lost"],
        }
    )
    later = pd.DataFrame(
        {"pair": [1], "stage": ["buyer"], "entered": [1.0], "left": [3.0], "next_stage": [None]}
    )
    found = occupancy(read_spells(pd.concat([table, later], ignore_index=True))["all"])
    shares = dict(zip(found.stages, found.shares[0], strict=True))
    assert shares == pytest.approx(
        {"stranger": 1 / 3, "acquaintance": 0, "buyer": 1 / 3, "friend": 0, "lost": 1 / 3}
    )


def test_left_truncated_logs_are_refused():
    table = pd.DataFrame(
        {"pair": [1], "stage": ["buyer"], "entered": [2.0], "left": [3.0], "next_stage": [None]}
    )
    with pytest.raises(ValueError, match="left-truncated"):
        occupancy(read_spells(table)["all"])


def test_beyond_the_last_look_nothing_is_claimed(spells):
    row = fit(spells)["all"].occupancy.at(500).iloc[0]
    assert np.isnan(row["share"]) and row["note"] == "beyond the last observation"


@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_blocks_give_what_one_step_after_another_gives(times, seed):
    rng = np.random.default_rng(seed)
    at_risk = rng.integers(3, 9, (times, 3)).astype(float)
    jumps = rng.integers(0, 2, (times, 3, 3)).astype(float)
    jumps[:, [0, 1, 2], [0, 1, 2]] = 0
    start = np.array([0.5, 0.3, 0.2])
    covariance = (np.diag(start) - np.outer(start, start)) / 50
    gaps = rng.random(times)
    shares, variance = forward(start, covariance, at_risk, jumps)
    still = backward(at_risk, jumps, gaps)

    p, v = start, covariance
    steps = []
    for k in range(times):
        step = jumps[k] / at_risk[k][:, None]
        step += np.diag(1 - step.sum(axis=1))
        added = sum(
            p[h] ** 2 / at_risk[k, h] * (np.diag(step[h]) - np.outer(step[h], step[h]))
            for h in range(3)
        )
        p, v = p @ step, step.T @ v @ step + added
        steps.append(step)
        np.testing.assert_allclose(shares[k], p, atol=1e-12)
        np.testing.assert_allclose(variance[k], np.diag(v), atol=1e-12)
    ahead = gaps[-1] * np.eye(3)
    for k in reversed(range(times)):
        if k < times - 1:
            ahead = gaps[k] * np.eye(3) + steps[k + 1] @ ahead
        np.testing.assert_allclose(still[k], ahead, atol=1e-12)


def table(*rows):
    columns = ["pair", "stage", "entered", "left", "next_stage"]
    return pd.DataFrame(rows, columns=columns)


def test_pairs_that_start_in_the_goal_have_reached_it():
    starters = [(k, "buyer", 0.0, 5.0, None) for k in range(6)]
    others = [(k, "stranger", 0.0, 3.0, "lost") for k in range(10, 14)]
    found = reach(read_spells(table(*starters, *others))["all"], "buyer")
    assert found.share("buyer", 0)[0] == pytest.approx(0.6)
    assert found.share("buyer", 99)[0] == pytest.approx(0.6)


def test_what_a_starter_does_after_the_goal_is_left_out():
    back = table(
        (1, "buyer", 0.0, 2.0, "acquaintance"),
        (1, "acquaintance", 2.0, 4.0, "lost"),
        (2, "stranger", 0.0, 3.0, "lost"),
    )
    assert reach(read_spells(back)["all"], "buyer").share("buyer", 10)[0] == pytest.approx(0.5)


def test_shares_are_unknown_past_the_last_one_who_could_still_move():
    # The friend was watched to week 10 only: nobody knows whether the pair is friends later.
    once = table((1, "stranger", 0.0, 2.0, "friend"), (1, "friend", 2.0, 10.0, None))
    assert np.isnan(fit(once)["all"].occupancy.share("friend", 1_000)[0])
    # One of two reached the goal; the other was watched to week 20 only.
    two = table(
        (1, "stranger", 0.0, 2.0, "friend"),
        (1, "friend", 2.0, 104.0, None),
        (2, "stranger", 0.0, 20.0, None),
    )
    found = reach(read_spells(two)["all"], "friend")
    assert found.share("friend", 20)[0] == 0.5 and np.isnan(found.share("friend", 99)[0])


def test_nobody_or_everybody_has_no_interval_and_says_so():
    whole = ladder.simulate(pairs=400, weeks=2_000, seed=7)
    row = fit(whole)["all"].occupancy.at(1_500).set_index("stage").loc["stranger"]
    assert row["share"] == 0 and np.isnan(row["lower"]) and "no interval" in row["note"]


def test_late_entry_is_said():
    late = table((1, "stranger", 2.0, 5.0, "lost"), (2, "stranger", 0.0, 6.0, "lost"))
    assert any("1 of 2 pairs" in text for text in fit(late).notes)
