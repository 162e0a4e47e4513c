"""The experiment repeated: streams of their own, and the coverage that the interval promises."""

import numpy as np
import pytest

from frontporch.course import lesson_08
from frontporch.course.lesson_08 import FanWorld, repeat_experiment
from frontporch.fans import lift

EFFECT, NOTHING = lesson_08.worlds().values()


def test_a_draw_is_that_of_its_own_stream():
    found = repeat_experiment(NOTHING, 1_000, times=3, seed=11).summary()
    second = lift(NOTHING.simulate(1_000, np.random.SeedSequence(11, spawn_key=(1,))))
    row = found.iloc[1]
    assert row["draw"] == 2
    assert tuple(row[["lower", "upper"]]) == pytest.approx(second.interval("experiment"))
    assert row["lift"] == pytest.approx(second.lift())
    assert row["naive"] == pytest.approx(second.lift("naive"))
    assert found["lift"].nunique() == 3


def test_more_draws_leave_the_first_ones_as_they_are():
    few, many = (repeat_experiment(NOTHING, 500, times=times).summary() for times in (3, 5))
    assert few.equals(many.iloc[:3])


@pytest.mark.parametrize("world", [EFFECT, NOTHING])
def test_intervals_hold_the_truth_as_often_as_they_say(world):
    found = repeat_experiment(world, 2_000, times=300, seed=3).summary()
    assert found["truth"].unique() == pytest.approx([world.expected()["experiment"]])
    inside = (found["lower"] <= found["truth"]) & (found["truth"] <= found["upper"])
    assert (inside == found["holds"]).all()
    # Three standard errors of a share of 0.95 in 300 are 0.038.
    assert abs(found["holds"].mean() - 0.95) < 0.038
    assert found["lift"].mean() == pytest.approx(found["truth"].iloc[0], abs=0.03)


def test_a_lower_level_holds_less_often():
    wide, narrow = (
        repeat_experiment(NOTHING, 1_000, times=100, level=level).held for level in (0.95, 0.5)
    )
    assert narrow < wide


def test_no_draw_is_refused():
    with pytest.raises(ValueError, match="times is 0, but must be 1 or above"):
        repeat_experiment(FanWorld(), 1_000, times=0)


def test_how_often_the_coin_misleads_is_what_the_lesson_says():
    above = [
        int((repeat_experiment(world, 10_000, times=100, seed=7).summary()["lower"] > 0).sum())
        for world in (EFFECT, NOTHING)
    ]
    assert above[0] >= 98 and 1 <= above[1] <= 8
