"""Two worlds in which friends come equally soon, told apart by what does not look ahead."""

import numpy as np
import pandas as pd
import pytest

from frontporch.course.lesson_01 import arrivals, worlds


def test_two_worlds_share_their_surface():
    true, false = worlds(strangers=20_000).values()
    means, counts = [], []
    for world in (true, false):
        spells = world.simulate(seed=7, weeks=1_000)
        online = spells[(spells["channel"] == "online") & (spells["next_stage"] == "friend")]
        first = online.groupby("pair")["left"].min()
        means.append((first.mean(), first.std() / np.sqrt(len(first))))
        counts.append(len(first))
    assert abs(means[0][0] - means[1][0]) < 4 * np.hypot(means[0][1], means[1][1])
    assert counts[0] == pytest.approx(counts[1], rel=0.04)


def test_hazard_and_reach_tell_the_worlds_apart_where_sojourns_do_not():
    both = worlds()
    true, false = (
        both.read(world.simulate(seed=7)).summary().set_index("measure") for world in both.values()
    )
    assert (true["says"] == "online looks faster").all()
    assert false.loc["hazard ratio", "says"] == "cannot tell"
    assert false.loc["ratio of median sojourns", "says"] == "online looks faster"
    assert false.loc["ever reached", "says"] == "offline looks faster"


def test_no_double_exists_for_a_slower_channel():
    with pytest.raises(ValueError, match="from 1 up"):
        worlds(hazard_ratio=(0.5, 0.5, 0.5))


def test_arrivals_do_not_depend_on_the_order_of_rows(golden_spells):
    shuffled = golden_spells.sample(frac=1, random_state=7)
    pd.testing.assert_frame_equal(arrivals(shuffled), arrivals(golden_spells))


def test_shuffled_worlds_hide_which_is_which():
    both = [worlds(shuffle=seed) for seed in range(12)]
    assert all(list(one) == ["A", "B"] for one in both)
    assert {one.truth for one in both} == {"A", "B"}
