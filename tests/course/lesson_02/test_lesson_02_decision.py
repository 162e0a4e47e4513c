"""Amir's letters: dollars by the hazards of the two shops."""

import numpy as np
import pytest

from frontporch.course.lesson_02 import worlds
from frontporch.course.lesson_02.decision import (
    AT_ONCE,
    BEFORE,
    LATER,
    TRIAL,
    Writing,
    becomes,
    year,
)

SEEDS = range(1_000)
WAITING, PUSHING = worlds().values()


@pytest.mark.parametrize("shop", [WAITING, PUSHING], ids=["waiting", "pushing"])
@pytest.mark.parametrize(("option", "week"), [(AT_ONCE, 0.0), (LATER, 4.0)])
def test_letters_bring_the_regulars_that_they_win(shop, option, week):
    won = becomes(shop.model, week) - becomes(shop.model, None)
    expected = 400 * (won * Writing().friend - Writing().letter)
    assert year(shop, option, 400, SEEDS).mean() == pytest.approx(expected, abs=150)


def test_an_offer_as_before_is_the_lessons_surface_and_brings_nothing_new():
    assert becomes(WAITING.model, None) == pytest.approx(becomes(PUSHING.model, None), rel=1e-6)
    assert not year(WAITING, BEFORE, 400, SEEDS).any()


def test_a_trial_stops_where_pushing_loses_customers():
    stopped, lost = (year(PUSHING, one, 800, SEEDS) for one in (TRIAL, AT_ONCE))
    # A quarter of the addresses is written to at once, and the list is kept.
    assert stopped.mean() == pytest.approx(lost.mean() / 4 - Writing().keeping_the_list, abs=150)
    assert year(WAITING, TRIAL, 800, SEEDS).mean() > 0.6 * year(WAITING, AT_ONCE, 800, SEEDS).mean()


def test_a_letter_that_costs_nothing_and_wins_nobody_is_luck_alone():
    free = Writing(letter=0.0, friend=50.0)
    brought = year(WAITING, AT_ONCE, 0, SEEDS, free)
    np.testing.assert_allclose(brought, 0.0)
