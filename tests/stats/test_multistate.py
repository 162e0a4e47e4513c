"""Shares of anybody's stages: what a caller gives, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.deepening import Ladder, fit
from frontporch.stats import aalen_johansen, difference, kaplan_meier, wilson

GOOD = {
    "stage": ["well", "ill", "well"],
    "next_stage": ["ill", None, "dead"],
    "entered": [0, 2, 0],
    "left": [2, 5, 3],
}


def test_it_is_what_the_ladder_uses():
    spells = Ladder.online_and_offline().simulate(pairs=200, weeks=52, seed=7)
    columns = (spells[name] for name in ("stage", "next_stage", "entered", "left"))
    found = aalen_johansen(*columns, stages=list(spells["stage"].cat.categories))
    np.testing.assert_array_equal(found.shares, fit(spells)["all"].occupancy.shares)


def test_two_stages_are_kaplan_meier():
    time, seen = np.array([1.0, 2, 2, 3, 4]), np.array([True, True, False, True, False])
    found = aalen_johansen(["on"] * 5, np.where(seen, "off", None), np.zeros(5), time)
    assert found.shares[:, 0] == pytest.approx(kaplan_meier(time, seen).survival)


def test_times_are_named_by_their_unit():
    found = aalen_johansen(**GOOD, unit="days")
    assert list(found.summary())[:2] == ["days", "stage"]
    assert found.share("dead", 4)[0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"left": [2, 5]}, "of one length"),
        ({"left": [2, 1, 3]}, "stay 1 goes from 2 to 1"),
        ({"entered": [1, 2, 1]}, "start"),
        ({"stages": ["well", "ill"]}, "stay 2: 'dead' is none of the stages well, ill"),
        ({"stage": ["well", None, "well"]}, "stay 1: stage is missing"),
    ],
)
def test_what_is_no_stay_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        aalen_johansen(**(GOOD | change))


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 20))
def test_nobody_and_everybody_have_wilsons_limits(people, moved, censored):
    """With nobody censored a share is one of people; those who left early say less."""
    moved = min(moved, people)
    after = ["friend"] * moved + [None] * (people - moved) + [None] * censored
    left = [1.0] * moved + [5.0] * (people - moved) + [0.5] * censored
    found = aalen_johansen(
        ["stranger"] * len(left), after, [0.0] * len(left), left, stages=["stranger", "friend"]
    ).share("friend", 1.0)
    if moved in (0, people):
        assert found == wilson(moved, people)
    else:
        assert 0 < found[1] < found[0] < found[2] < 1


@pytest.mark.slow
def test_an_arm_without_an_event_covers():
    """0 of 40 in one arm of a trial, 28 % in the other, one in five lost before the end."""
    rng, hits, sets = np.random.default_rng(5), 0, 300
    for _ in range(sets):
        arms = []
        for rate in (0.01, 0.33):
            when, lost = rng.exponential(1 / rate, 40), rng.exponential(4.0, 40)
            left = np.minimum(np.minimum(when, lost), 1.5)
            after = np.where(left == when, "friend", None)
            stays = aalen_johansen(
                ["stranger"] * 40, after, np.zeros(40), left, stages=["stranger", "friend"]
            )
            arms.append(stays.share("friend", 1.0))
        _, lower, upper = difference(*arms)
        hits += lower <= np.exp(-0.33) - np.exp(-0.01) <= upper
    # Of 300 at 95 % fewer than 272 come up once in a thousand times; more is no fault.
    assert hits >= 272
