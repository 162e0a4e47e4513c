"""Contact online or in the shop: dollars by the ladder itself."""

import numpy as np
import pytest

from frontporch.course.lesson_01 import worlds
from frontporch.course.lesson_01.decision import BOTH, EVENINGS, NOTHING, ONLINE, Spending, year

SEEDS = range(1_000)
FASTER, LOST = worlds().values()


@pytest.mark.parametrize("world", [FASTER, LOST], ids=["faster", "lost"])
@pytest.mark.parametrize(("option", "channel"), [(ONLINE, "online"), (EVENINGS, "offline")])
def test_a_stranger_is_worth_the_weeks_as_buyer_and_friend(world, option, channel):
    spells = world.ladder.simulate({channel: 20_000}, 52, seed=7)
    ends = np.minimum(spells["left"].fillna(52), 52)
    weeks = (ends - spells["entered"]).groupby(spells["stage"], observed=True).sum() / 20_000
    each = 2 * weeks["buyer"] + 4 * weeks["friend"]
    expected = Spending().strangers(4_000) * each - 4_000
    assert year(world, option, 4_000, SEEDS).mean() == pytest.approx(expected, abs=350)


def test_evenings_bring_the_same_in_both_towns_on_the_same_luck():
    here, there = (year(world, EVENINGS, 4_000, SEEDS) for world in (FASTER, LOST))
    np.testing.assert_allclose(here, there, rtol=1e-9)


def test_half_for_each_lies_between_and_nothing_costs_nothing():
    for world in (FASTER, LOST):
        online, evenings, both = (
            year(world, one, 4_000, SEEDS).mean() for one in (ONLINE, EVENINGS, BOTH)
        )
        assert min(online, evenings) < both < max(online, evenings)
        assert not year(world, NOTHING, 4_000, SEEDS).any()
