"""Lesson 10: luck among equal shops, tests on halves, two towns, and the coming year."""

import numpy as np
import pytest

from frontporch.course.lesson_10 import MainStreet, worlds
from frontporch.course.lesson_10.decision import AT_ONCE, LATER, TEST, ComingYear, year
from frontporch.course.lesson_10.equal_shops import (
    A_ROUND,
    SPREAD,
    equal_shops,
    measured,
    spread,
)
from frontporch.course.lesson_10.experiments import knowing, luck, pair_of_tests
from frontporch.course.lesson_10.first_months import REACH, came
from frontporch.course.lesson_10.halves import HALVES
from frontporch.course.lesson_10.trial_of_offers import offer_test
from frontporch.course.pairs import PAIRS, SETS, truth

SEEDS = range(2_000)
HOLDS, FAILS = worlds().values()


def test_equal_shops_begin_alike_and_drift_apart():
    found = equal_shops()
    table = found.summary().pivot(index="week", columns="shop", values="cash")
    gap = np.ptp(table.to_numpy(), axis=1)
    assert gap[0] < 1_000 < 3_000 < gap[-1] == pytest.approx(found.gap)


def test_luck_grows_and_is_read_between_rounds():
    assert (np.diff(SPREAD) > 0).all()
    assert spread(A_ROUND) == SPREAD[1] and SPREAD[1] < spread(6) < SPREAD[2]


@pytest.mark.slow
def test_luck_is_what_drawn_towns_show():
    np.testing.assert_allclose(measured(range(1, 25)), SPREAD[1:], rtol=0.2)


def test_luck_of_a_gap_is_that_of_two_shops():
    found = luck(48, 5_600 * 2**0.5)
    assert found["one"] == 5_600
    assert found["smaller"] == pytest.approx(68.27, abs=0.01)  # within one standard deviation


def test_many_more_people_and_no_more_money_after_half_a_year():
    (few, earned), (many, left) = came("nothing"), came("join in, 10 hours a week")
    assert many > 1.4 * few and left < earned
    assert set(REACH) >= {"nothing"}


def test_the_halves_tell_the_towns_apart_and_waiting_does_not():
    holds, fails = (offer_test(world) for world in (HOLDS, FAILS))
    assert holds.ratio().upper < 1 < fails.ratio().estimate
    (people, lost), (others, gone) = holds.counts(HALVES[1]), fails.counts(HALVES[1])
    assert lost / people == pytest.approx(gone / others, abs=0.03)
    assert holds.more_lost == pytest.approx(100 * (holds.ratio().estimate - 1))


def test_a_test_counts_whom_it_could_watch_for_four_weeks():
    short, long = offer_test(weeks=8).table, offer_test(weeks=24).table
    assert (short["newcomers"] < long["newcomers"]).all()
    assert (long["lost"] < long["newcomers"]).all()
    with pytest.raises(ValueError, match="from 5 to 24"):
        offer_test(weeks=4)


def test_the_towns_differ_in_the_claim_alone():
    assert set(HOLDS.holds) ^ set(FAILS.holds) == {"2.4"}
    assert HOLDS.but(holds=FAILS.holds) == FAILS
    assert len(MainStreet().rules()) == 5


def _read(pairs):
    found = [pair_of_tests(pairs, pair) for pair in PAIRS]
    return tuple(min("AB", key=lambda name: one[name].more_lost) for one in found)


def test_the_first_set_of_pairs_is_read_as_it_is():
    assert _read(SETS[0]) == truth(SETS[0])


@pytest.mark.slow
def test_every_set_of_pairs_is_read_as_it_is():
    assert [one for one in SETS if _read(one) != truth(one)] == []


def test_knowing_is_worth_nothing_where_nothing_would_be_done_otherwise():
    sure = knowing(100, 1_000, 500)
    assert sure["know"] == sure["follow"] == 1_000
    assert knowing(50, 1_000, 500) == {"follow": 250.0, "leave": 0.0, "know": 500.0}


@pytest.mark.parametrize(("world", "mean"), [(HOLDS, 2_700), (FAILS, -900)])
def test_an_offer_at_once_brings_what_is_assumed(world, mean):
    found = year(world, AT_ONCE, 12, SEEDS)
    assert found.mean() == pytest.approx(mean, abs=4 * found.std() / len(SEEDS) ** 0.5)
    assert not year(world, LATER, 12, SEEDS).any()


def test_a_test_costs_its_price_and_follows_what_it_says():
    says = ComingYear(holds_varies=0.0, fails_varies=0.0)
    found = year(HOLDS, TEST, 24, SEEDS, says)
    right, wrong = 2_700 * (0.25 + 0.5) - 400, 2_700 * 0.25 - 400
    assert set(found.round(6)) == {right, wrong}
    assert (found == right).mean() == pytest.approx(says.right(24), abs=0.04)


@pytest.mark.slow
def test_the_dollars_of_an_early_offer_are_those_that_the_shop_plays():
    from frontporch import shop

    means = shop.claims("2.4", runs=24, weeks=48, seed=7).gains.groupby("holds")["gain"].mean()
    assert means[True] == pytest.approx(2_700, rel=0.3)
    assert means[False] == pytest.approx(-900, rel=0.6)
