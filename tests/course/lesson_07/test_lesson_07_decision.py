"""The bakery's year: a promise is held to what came, and a lost page loses its fans."""

import numpy as np
import pytest

from frontporch.course.lesson_07.decision import (
    DECISION,
    PROMISE,
    RANGE,
    WAIT,
    ComingYear,
    fans_of_the_year,
    year,
)

SEEDS = range(200)
TALK, QUIET = "fans bring fans", "nobody talks"


def test_when_it_is_decided_nobody_can_see_which_world_it_is():
    at = [world.path()[12] for world in DECISION.two_worlds.values()]
    assert at[0] == pytest.approx(at[1], rel=1e-9) == pytest.approx(1_250, rel=0.01)


def test_without_luck_the_year_goes_on_along_the_path_of_its_world():
    for world in DECISION.two_worlds.values():
        still = fans_of_the_year(world, np.full((4, 1), 0.5), np.array([False]))
        assert still[:, 0] == pytest.approx(world.path()[13:17])


def test_a_kept_promise_is_cheaper_and_a_broken_one_costs_the_penalty():
    for name, world in DECISION.two_worlds.items():
        told = year(world, RANGE, 2_800, SEEDS)
        promised = year(world, PROMISE, 2_800, SEEDS)
        kept = promised > told
        share = kept.mean()
        assert share > 0.9 if name == TALK else share < 0.05
        says = ComingYear()
        assert (told - promised)[~kept] == pytest.approx(says.penalty + says.looked_after)


def test_a_low_promise_is_kept_in_both_worlds():
    for world in DECISION.two_worlds.values():
        low = year(world, PROMISE, 2_200, SEEDS) > year(world, RANGE, 2_200, SEEDS)
        assert low.mean() > 0.9


def test_a_page_that_vanishes_takes_its_orders_along():
    world = DECISION.two_worlds[TALK]
    always = year(world, WAIT, 0, SEEDS, ComingYear(vanishes=1.0))
    assert (always < 0).all() and (year(world, WAIT, 0, SEEDS) > 0).mean() > 0.9
