"""Message calls for message: closed forms, simulation, and events from and to a log."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from frontporch import tables
from frontporch.deepening import logs
from frontporch.deepening.reciprocity import Events, Hawkes
from frontporch.deepening.reciprocity.rhythm import block, hours_by_block, normal_levels, when
from frontporch.streams import spawn

PAIR = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)


def test_rates_by_hand():
    assert PAIR.mean_rates() == pytest.approx([23 / 51, 7 / 17], abs=1e-12)
    assert PAIR.stable


def test_simulated_rates_are_within_five_percent():
    counts = PAIR.events(20_000, seed=7).counts()[0]
    assert counts / 20_000 == pytest.approx(PAIR.mean_rates(), rel=0.05)


def test_counts_disperse_as_the_theory_says():
    # Variance by mean of a univariate process tends to 1 / (1 - g)²; here g = .5 gives 4.
    alone = Hawkes((0.5, 0.5), ((0.5, 0), (0, 0)), 2.0)
    assert alone.dispersion() == pytest.approx([4, 1], abs=1e-12)
    counts = alone.events(500, seed=7, pairs=2_000).counts()
    seen = counts.var(axis=0, ddof=1) / counts.mean(axis=0)
    # Standard error of a ratio of 2,000 counts is about √(2/2000) of it; the time is finite.
    assert seen == pytest.approx([4, 1], rel=0.12)
    together = np.cov(PAIR.events(400, seed=8, pairs=2_000).counts().T) / 400
    assert together == pytest.approx(PAIR.count_covariance(), rel=0.12)


def test_causes_add_up():
    causes = PAIR.causes()
    assert causes.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert causes.loc["B", "after A"] == pytest.approx(0.6 * PAIR.mean_rates()[0] * 17 / 7)


def test_talk_that_never_ends_is_refused():
    wild = Hawkes((0.1, 0.1), ((0.5, 0.6), (0.6, 0.5)), 1.0)
    assert not wild.stable
    for ask in (wild.mean_rates, lambda: wild.events(10, seed=7)):
        with pytest.raises(ValueError, match=r"spectral radius of excitation is 1\.1"):
            ask()


def test_bad_numbers_are_named():
    with pytest.raises(ValueError, match="base_rates is"):
        Hawkes((0.1, -1), ((0, 0), (0, 0)), 1.0)
    with pytest.raises(ValueError, match="two rows of two"):
        Hawkes((0.1, 0.1), (0, 0), 1.0)
    with pytest.raises(ValueError, match="decay is 0"):
        Hawkes((0.1, 0.1), ((0, 0), (0, 0)), 0)
    with pytest.raises(ValueError, match="rhythm is"):
        Hawkes((0.1, 0.1), ((0, 0), (0, 0)), 1.0, rhythm=(0, 0))
    with pytest.raises(ValueError, match="hours is 0"):
        PAIR.events(0, seed=7)


def test_a_rhythm_keeps_the_mean_and_moves_the_hours():
    levels = (0.0, 1.0, 3.0, 0.0)
    quiet = Hawkes((0.5, 0.5), ((0, 0), (0, 0)), 1.0, levels)
    assert quiet.rhythm == normal_levels(levels) and np.mean(quiet.rhythm) == pytest.approx(1)
    events = quiet.events(24 * 400, seed=7, begins=9.0)
    often = np.bincount(block(events.time, 4), minlength=4)
    assert often[[0, 3]].tolist() == [0, 0]
    assert stats.chisquare(often[1:3], often.sum() * np.array([0.25, 0.75])).pvalue > 0.001
    assert events.counts()[0] == pytest.approx([4_800, 4_800], rel=0.06)


def test_hours_by_block_and_their_inverse():
    levels = normal_levels((0.5, 0.0, 2.5))
    at = np.linspace(0, 100, 57)
    area = hours_by_block(at, 3) @ np.array(levels)
    assert (hours_by_block(when(area, levels), 3) @ np.array(levels)) == pytest.approx(area)
    assert hours_by_block(at, 5).sum(axis=1) == pytest.approx(at)


def test_the_rate_jumps_by_what_a_message_calls_for():
    two = Events.of_two([2.0], [], hours=10)
    rate = PAIR.intensity([1.0, 2.0 + 1e-9, 3.0], two)
    assert rate[0].tolist() == [0.2, 0.1]
    assert rate[1] == pytest.approx([0.3, 0.7], abs=1e-6)
    assert rate[2] == pytest.approx([0.2 + 0.1 / np.e, 0.1 + 0.6 / np.e])


def test_a_table_goes_through_the_contract_and_comes_back():
    sent = PAIR.simulate(120, seed=7, pairs=12)
    tables.check(sent, "interactions")
    back = Events.from_log(logs.read(sent))
    drawn = PAIR.events(120, seed=7, pairs=12)
    assert back.time == pytest.approx(drawn.time, abs=1e-9)
    assert (back.who == drawn.who).all() and (back.pair == drawn.pair).all()
    swapped = Events.from_log(logs.read(sent), first=[f"B {k:02d}" for k in range(1, 13)])
    assert (swapped.who == 1 - drawn.who).all()


def test_sides_must_be_told_apart():
    sent = pd.DataFrame({"start": ["2026-03-01T09:00:00"], "source": ["ann"], "target": ["bob"]})
    log = logs.read(sent, channel="message")
    with pytest.raises(ValueError, match="both or none of 1 pairs, such as ann and bob"):
        Events.from_log(log, first=["cat"])
    met = logs.read(sent, channel="badge", directed=False)
    with pytest.raises(ValueError, match="undirected"):
        Events.from_log(met)


def test_events_in_disorder_are_refused():
    with pytest.raises(ValueError, match="event 0 of pair 0 is at 30 hours"):
        Events.of_two([30.0], [], hours=24)
    with pytest.raises(ValueError, match="in order"):
        one = np.array([2.0, 1.0])
        Events(one, np.array([0, 1]), np.zeros(2, np.int64), np.zeros(1), np.full(1, 24.0))


def test_each_run_has_bits_of_its_own():
    first, second = (PAIR.events(100, rng).time for rng in spawn(7, 2))
    assert len(first) != len(second) or (first != second).any()
    assert (PAIR.events(100, seed=7).time == PAIR.events(100, seed=7).time).all()
