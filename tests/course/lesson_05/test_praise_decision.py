"""Praise for flowers: what a letter adds is what the lesson's own town shows."""

import numpy as np
import pytest

from frontporch.course.lesson_05.decision import (
    DECISION,
    LETTERS,
    REGULARS,
    REVIEWS,
    Campaign,
    chances,
    year,
)
from frontporch.course.lesson_05.stranger_world import StrangerWorld, read_letters

SEEDS = range(2_000)
CONVINCE, TASTE = StrangerWorld(), StrangerWorld(convinced=0.0, claim_holds=False)


def test_what_a_letter_adds_is_near_what_the_coin_of_the_towns_finds():
    found = [read_letters(CONVINCE.simulate(seed))["estimate"].iloc[2] for seed in range(30)]
    # Half of the letters are shown; some contacts read two of them, and some have bought already.
    shown = CONVINCE.customers / 2
    adds = Campaign().read_by(CONVINCE, shown) / shown * chances(CONVINCE)[1]
    assert adds == pytest.approx(np.mean(found), rel=0.25)
    assert chances(TASTE)[1] == 0


@pytest.mark.parametrize("world", [CONVINCE, TASTE], ids=["convince", "taste"])
def test_reviews_bring_their_net_praise_less_their_price(world):
    says = Campaign()
    net = 0.9 - 2 * 0.1
    expected = says.read_by(world, 100) * net * chances(world)[1] * 120 - 2_000
    found = year(world, REVIEWS, 2_000, SEEDS)
    assert found.mean() == pytest.approx(expected, abs=4 * found.std() / np.sqrt(len(SEEDS)))


def test_many_disappointed_undo_all_praise():
    says = Campaign(disappointed=0.5)
    assert year(CONVINCE, REVIEWS, 2_000, SEEDS, says).mean() == pytest.approx(-2_000, abs=120)


def test_regulars_bring_the_same_in_both_towns_and_run_out():
    here, there = (year(world, REGULARS, 2_000, SEEDS) for world in (CONVINCE, TASTE))
    np.testing.assert_array_equal(here, there)
    assert here.mean() == pytest.approx(80 * 0.3 * 120 - 2_000, abs=60)
    np.testing.assert_array_equal(here, year(TASTE, REGULARS, 4_000, SEEDS))
    np.testing.assert_array_equal(
        year(TASTE, LETTERS, 600, SEEDS), year(TASTE, LETTERS, 4_000, SEEDS)
    )


def test_the_towns_are_those_of_the_lesson():
    convinced = [world.convinced for world in DECISION.two_worlds.values()]
    assert convinced == [0.02, 0.0]
