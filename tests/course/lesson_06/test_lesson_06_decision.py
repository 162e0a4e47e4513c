"""Join in or push: the right one hangs on whether replies win customers."""

import numpy as np
import pytest

from frontporch.course.lesson_06 import worlds
from frontporch.course.lesson_06.decision import BOTH, JOIN, PUSH, TRIAL, ComingYear, year

SEEDS = range(400)
WORLDS = worlds()


def mean(name, option, says=None, dollars=100):
    return year(WORLDS[name], option, dollars, SEEDS, says).mean()


def test_joining_in_is_right_in_one_world_and_pushing_in_the_other():
    assert mean("joining in works", JOIN) > mean("joining in works", BOTH) > 3_000
    assert mean("joining in works", BOTH) > mean("joining in works", PUSH)
    assert mean("pushing works", PUSH) > 0 > mean("pushing works", BOTH)
    assert mean("pushing works", BOTH) > mean("pushing works", JOIN)


def test_replies_that_win_nobody_cost_their_money():
    """As many would have come anyway: only chance is left, and it has no side."""
    spent = 52 * 100
    assert mean("pushing works", JOIN) == pytest.approx(-spent, abs=150)


@pytest.mark.parametrize("option", [JOIN, PUSH, BOTH, TRIAL])
def test_customers_who_leave_nothing_bring_nothing(option):
    nothing = ComingYear(worth=1e-9)
    found = year(WORLDS["joining in works"], option, 100, SEEDS, nothing)
    np.testing.assert_allclose(found, -5_200, atol=1e-3)


def test_expected_dollars_are_those_of_the_expected_customers():
    world, says = WORLDS["joining in works"], ComingYear(weeks=26, worth_varies=1e-6)
    more = world.expected(100, 1.0)["adopted"] - world.expected(0, 1.0)["adopted"]
    found = year(world, JOIN, 100, SEEDS, says)
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert abs(found.mean() - (world.people * more * says.worth - 2_600)) < 4 * error


def test_a_trial_without_doubt_is_between_both_and_the_right_one():
    sure = ComingYear(doubt=1e-9)
    for name, right in {"joining in works": JOIN, "pushing works": PUSH}.items():
        assert mean(name, BOTH) < mean(name, TRIAL, sure) < mean(name, right)
