"""The page's coming year: expected dollars by closed form, and a trial that is the cautious way."""

import numpy as np
import pytest

from frontporch.course.lesson_09 import worlds
from frontporch.course.lesson_09.decision import CLOSE, RUN, TRIAL, ComingYear, year

SEEDS = range(2_000)
PAYS, ANYWAY = worlds().values()


@pytest.mark.parametrize("world", [PAYS, ANYWAY], ids=["pays", "anyway"])
def test_running_the_page_brings_what_its_customers_are_worth_less_the_wage(world):
    fans = 4_000 * 0.4
    expected = fans * (world.fans_buy - world.anyway) * 49 - 52 * 8 * 18
    found = year(world, RUN, 8, SEEDS)
    assert found.mean() == pytest.approx(expected, abs=4 * found.std() / np.sqrt(len(SEEDS)))


def test_more_hours_win_ever_fewer():
    says = ComingYear()
    joins = np.array([says.joins(PAYS, hours) for hours in (0, 4, 8, 12)])
    assert joins[0] == 0
    assert joins[2] == pytest.approx(PAYS.joins)
    assert (np.diff(np.diff(joins)) < 0).all()


def test_a_trial_goes_on_where_the_page_pays_and_mostly_stops_where_not():
    for world, least, most in ((PAYS, 0.75, 1.0), (ANYWAY, 0.0, 0.15)):
        whole, tried = year(world, RUN, 8, SEEDS), year(world, TRIAL, 8, SEEDS)
        goes_on = np.isclose(whole - tried, 600)
        assert least <= goes_on.mean() <= most
    assert year(PAYS, TRIAL, 8, SEEDS).mean() < year(PAYS, RUN, 8, SEEDS).mean()
    assert year(ANYWAY, TRIAL, 8, SEEDS).mean() > year(ANYWAY, RUN, 8, SEEDS).mean() + 2_000


def test_a_closed_page_and_no_hours_bring_nothing():
    assert not year(PAYS, CLOSE, 8, SEEDS).any()
    assert not year(PAYS, RUN, 0, SEEDS).any()
