"""Shares of anybody's stages: what a caller gives, and what is refused."""

import numpy as np
import pytest

from frontporch.deepening import Ladder, fit
from frontporch.stats import aalen_johansen, kaplan_meier

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
