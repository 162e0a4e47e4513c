"""Every decision: one luck for all options, two worlds that ask for different ones, one size."""

import time

import numpy as np
import pytest

from frontporch.classroom.course_package import Course

SEEDS = range(200)
DECISIONS = [found for number in Course().numbers() if (found := Course().decision(number))]


@pytest.fixture(params=DECISIONS, ids=lambda one: one.id)
def decision(request):
    return request.param


def years(decision, amount=None):
    return {
        world: {one: decision.brought(world, one, amount, SEEDS) for one in decision.options}
        for world in decision.two_worlds
    }


def amounts(decision):
    if decision.amount is None:
        return [None]
    return sorted({decision.amount.low, decision.amount.value, decision.amount.high})


def test_a_seed_is_the_same_luck_alone_and_among_others(decision):
    for world in decision.two_worlds:
        for option in decision.options:
            several = decision.brought(world, option, None, [3, 1, 4])
            alone = [decision.brought(world, option, None, [seed])[0] for seed in (3, 1, 4)]
            np.testing.assert_allclose(several, alone, rtol=0, atol=1e-6)


def test_luck_is_seen_and_does_not_decide_alone(decision):
    for found in years(decision).values():
        ranges = [np.ptp(np.quantile(one, [0.05, 0.95])) for one in found.values()]
        assert max(ranges) > 500
        means = [one.mean() for one in found.values()]
        assert max(means) - min(means) > max(ranges) / 4


def test_the_best_option_hangs_on_the_world(decision):
    best = {max(found, key=lambda one: found[one].mean()) for found in years(decision).values()}
    assert len(best) == 2


def test_all_lessons_are_of_one_size(decision):
    for amount in amounts(decision):
        for found in years(decision, amount).values():
            assert all(abs(one.mean()) <= 15_000 for one in found.values())
    largest = max(abs(one.mean()) for found in years(decision).values() for one in found.values())
    assert 1_500 <= largest <= 12_500


def test_two_hundred_years_of_everything_take_a_second(decision):
    years(decision)
    begun = time.perf_counter()
    years(decision)
    assert time.perf_counter() - begun < 1.0
