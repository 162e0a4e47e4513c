"""Porch or list: the right one hangs on whether an online tie costs a neighbour."""

import numpy as np
import pytest

from frontporch.course.lesson_04 import worlds
from frontporch.course.lesson_04.decision import (
    LIST,
    PORCH,
    TRIAL,
    ComingYear,
    year,
)

SEEDS = range(200)


def mean(name, option, says=None, dollars=3_000):
    return year(worlds()[name], option, dollars, SEEDS, says).mean()


def test_the_porch_is_right_where_online_replaces_and_the_list_where_it_comes_on_top():
    assert mean("online replaces", PORCH) > 3_000 > 0 > mean("online replaces", LIST)
    assert mean("online comes on top", LIST) > mean("online comes on top", PORCH) + 2_000


def test_dollars_help_ever_less():
    gained = [
        mean("online comes on top", LIST, dollars=dollars) + dollars
        for dollars in (1_000, 3_000, 5_000)
    ]
    assert gained[0] < gained[1] < gained[2]
    assert gained[2] - gained[1] < gained[1] - gained[0]
    assert ComingYear().works(3_000) == 1.0


@pytest.mark.parametrize("name", list(worlds()))
def test_guests_who_leave_nothing_bring_nothing(name):
    nobody = ComingYear(guest=1e-9)
    for option, cost in {PORCH: 3_000, LIST: 3_000}.items():
        np.testing.assert_allclose(
            year(worlds()[name], option, 3_000, SEEDS, nobody), -cost, atol=1e-3
        )


def test_a_trial_without_doubt_goes_on_with_what_is_right():
    """Half a year of the list on half of the streets, and then half a year of the right one."""
    sure, free = ComingYear(doubt=1e-9, counting=0), ComingYear()
    on_top = year(worlds()["online comes on top"], TRIAL, 3_000, SEEDS, sure).mean()
    of_list = mean("online comes on top", LIST, free) + 3_000
    assert on_top == pytest.approx(0.75 * of_list - 3_000 * 0.75, rel=0.03)
    replaced = year(worlds()["online replaces"], TRIAL, 3_000, SEEDS, sure).mean()
    porch = (mean("online replaces", PORCH) + 3_000) / 2 - 3_000
    list_lost = (mean("online replaces", LIST) + 3_000) / 4 - 750
    assert replaced == pytest.approx(porch + list_lost, rel=0.05)
