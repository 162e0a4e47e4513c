"""Elif's year: fans are paid for in both worlds, and bring something in one."""

import numpy as np
import pytest

from frontporch.course.lesson_08.decision import (
    BUY,
    DECISION,
    NONE,
    TRIAL,
    ComingYear,
    _pays,
    year,
)

SEEDS = range(200)
WORKS, NOTHING = DECISION.two_worlds.values()


def test_the_year_without_luck_can_be_worked_out_by_hand():
    still = ComingYear(varies=1e-6, care_varies=1e-6)
    fans, stayed = 4_000 / 8, 0.85 * 4_000 / 8
    found = year(WORKS, BUY, 4_000, SEEDS, still).mean()
    assert found == pytest.approx(stayed * (0.4 * 0.35 * 140 - 1.5) - 8 * fans, abs=15)
    assert year(NOTHING, BUY, 4_000, SEEDS, still).mean() == pytest.approx(
        -4_000 - 1.5 * stayed, abs=5
    )


def test_a_trial_goes_on_more_often_where_the_page_works():
    luck = np.linspace(0.001, 0.999, 999)
    works, nothing = (_pays(world, ComingYear(), 125, luck).mean() for world in (WORKS, NOTHING))
    assert 0.7 < works < 0.95 and 0.05 < nothing < 0.3


def test_a_trial_that_stops_costs_its_quarter_and_the_list():
    stops = ComingYear(apart=1e-9, care_varies=1e-6)
    found = year(NOTHING, TRIAL, 4_000, SEEDS, stops)
    assert found == pytest.approx(np.full(200, -1_000 - 300 - 1.5 * 106), abs=20)


def test_who_buys_none_neither_wins_nor_loses():
    for world in (WORKS, NOTHING):
        assert not year(world, NONE, 8_000, SEEDS).any()


def test_luck_is_seen_and_seldom_turns_a_gain_into_a_loss():
    spread = year(WORKS, BUY, 4_000, SEEDS)
    assert np.ptp(spread) > 1_000 and (spread > 0).mean() > 0.95
