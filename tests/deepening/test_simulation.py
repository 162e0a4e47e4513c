"""Simulated spells: a valid table, the same bits, and the closed forms within four errors."""

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening import Ladder, exponential, gamma, weibull
from frontporch.deepening.hazards import hazard_ratio
from frontporch.deepening.ladder import STAGES
from frontporch.deepening.spells import read_spells

ladder = Ladder.online_and_offline()


@pytest.fixture(scope="module")
def many():
    return ladder.simulate(pairs=40_000, weeks=400, seed=7)


def test_same_seed_same_bits():
    pd.testing.assert_frame_equal(
        ladder.simulate(pairs=200, seed=7), ladder.simulate(pairs=200, seed=7)
    )
    other = ladder.simulate(pairs=200, seed=8)
    assert not ladder.simulate(pairs=200, seed=7)["left"].equals(other["left"])


def test_spells_follow_one_another(many):
    same = many["pair"].eq(many["pair"].shift())
    before = many.shift()[same]
    after = many[same]
    np.testing.assert_array_equal(after["entered"], before["left"])
    assert (after["stage"].astype(str) == before["next_stage"].astype(str)).all()
    assert (many["left"] >= many["entered"]).all()
    assert (many["left"] <= 400).all()


def test_every_pair_begins_as_a_stranger_at_zero(many):
    first = many.groupby("pair").first()
    assert (first["stage"] == "stranger").all() and (first["entered"] == 0).all()
    assert many["pair"].nunique() == 40_000
    assert not many["stage"].eq("lost").any()


def test_share_that_ever_became_friends(many):
    for channel, expected in ladder.reach("friend").items():
        one = many[many["channel"] == channel]
        pairs = one["pair"].nunique()
        share = one.loc[one["next_stage"] == "friend", "pair"].nunique() / pairs
        error = np.sqrt(expected * (1 - expected) / pairs)
        assert abs(share - expected) < 4 * error  # seed 7, 20,000 pairs a channel


def test_mean_weeks_to_loss(many):
    for channel, expected in ladder.expected_weeks("lost").items():
        lost = many[(many["channel"] == channel) & (many["next_stage"] == "lost")]["left"]
        assert abs(lost.mean() - expected) < 4 * lost.std() / np.sqrt(len(lost))


def test_occupancy_at_26_weeks(many):
    now = many[(many["entered"] <= 26) & (many["left"] > 26)]
    for channel, expected in ladder.occupancy(26).set_index("channel")[list(STAGES)].iterrows():
        share = (now["channel"] == channel) & (now["stage"] == "friend")
        error = np.sqrt(expected["friend"] * (1 - expected["friend"]) / 20_000)
        assert abs(share.sum() / 20_000 - expected["friend"]) < 4 * error


@pytest.mark.parametrize(
    "law", [exponential, weibull, gamma, lambda hazard, rate: hazard**3 / rate]
)
def test_hazards_stay_proportional_under_any_law(law):
    slow = Ladder({"a": {("in", "out"): 0.1}, "b": {("in", "out"): 0.2}}, ("in", "out"))
    spells = slow.simulate(pairs=40_000, weeks=1e9, seed=7, law=law, start="in")
    groups = read_spells(spells, by="channel")
    ratio, lower, upper, _ = hazard_ratio(groups["b"], groups["a"], "in", "out")
    error = np.log(upper / lower) / (2 * 1.96)
    assert abs(np.log(ratio / 2)) < 4 * error  # seed 7


def test_follow_up_can_differ_between_pairs():
    spells = ladder.simulate(pairs=2_000, weeks=(10, 20), seed=7)
    open_end = spells.loc[spells["next_stage"].isna(), "left"]
    assert 10 <= open_end.min() < 11 and 19 < open_end.max() <= 20


def test_pairs_by_channel():
    spells = ladder.simulate({"online": 30, "offline": 10}, seed=7)
    counted = spells.groupby("channel", observed=True)["pair"].nunique()
    assert counted.to_dict() == {"offline": 10, "online": 30}


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"pairs": 0}, ValueError, "at least one pair"),
        ({"pairs": {"onlin": 5}}, KeyError, "Did you mean 'online'"),
        ({"pairs": {"online": 2.5}}, ValueError, "whole number"),
        ({"weeks": 0}, ValueError, "above 0"),
        ({"weeks": (20, 10)}, ValueError, "above 0"),
        ({"seed": None}, TypeError, "seed=7"),
        ({"seed": -1}, ValueError, "from 0 up"),
        ({"start": "strangr"}, KeyError, "Did you mean 'stranger'"),
    ],
)
def test_a_setting_out_of_range_says_what_was_expected(settings, error, message):
    with pytest.raises(error, match=message):
        ladder.simulate(**({"pairs": 10, "seed": 7} | settings))
