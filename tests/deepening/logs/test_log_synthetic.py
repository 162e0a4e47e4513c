"""The synthetic log against the counts of the real one that the kit carries."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from frontporch import data, tables
from frontporch.deepening import encounters, logs

HOURS = (6, 12, 24, 48, 96, 168, 500, 1_500)
CALIBRATION = logs.Calibration.students_online()


@pytest.fixture(scope="module")
def sent():
    return CALIBRATION.simulate(seed=1)


@pytest.fixture(scope="module")
def log(sent):
    return logs.read(sent)


def test_it_says_that_it_is_synthetic_and_is_an_interactions_table(sent, log):
    assert sent.attrs == {"synthetic": True, "observed_from_start": True}
    assert set(sent["channel"]) == {"synthetic message"}
    tables.check(sent, "interactions")
    assert sent["start"].is_monotonic_increasing
    assert log.observed_from_start is True
    assert (log.pairs, len(log.people)) == (13_838, 1_899)


def test_the_ladder_of_exchanges_is_within_its_band(log):
    turns = logs.replies(log)
    turn, answered = turns["turn"].to_numpy(), turns["answered"].to_numpy()

    def going_on(table, weights):
        return [weights[answered & (turn == k)].sum() / weights[turn == k].sum() for k in range(13)]

    found = logs.bootstrap(turns, going_on, seed=7, runs=200)
    ladder = data.load("exchange_ladder").query("community == 'students online'")
    real = (ladder["dyads_reaching_next"] / ladder["dyads_reaching"]).to_numpy()
    inside = (found.lower <= real) & (real <= found.upper)
    assert inside.all(), found.summary().assign(real=real)


@pytest.mark.parametrize("counted", ["any", "both spoken"])
@pytest.mark.parametrize("encounter", [2, 3, 5, 10])
def test_the_life_tables_are_within_their_bands(log, encounter, counted):
    hours = HOURS if encounter < 5 else HOURS[4:]  # there are no nights in it: see simulate
    curves = encounters(data.load("deepening_life_tables"), encounter, counted)
    real = curves["students online"].at(hours)["reached"].to_numpy()
    waits = logs.waits(log, encounter, counted)
    found = logs.bootstrap(waits, logs.share_within(*hours), seed=7, runs=200, method="people")
    inside = (found.lower <= real) & (real <= found.upper)
    assert inside.all(), found.summary().assign(real=real)


def test_shares_are_within_the_intervals_of_the_real_log(log):
    known = data.load("deepening_life_tables", "person_intervals")
    known = known.query("community == 'students online' and pairs_chosen == 'all'")
    assert len(known) == 4
    for row in known.itertuples():
        waits = logs.waits(log, row.encounter, row.counted)
        found = logs.share_within(row.hours)(waits, np.ones(len(waits)))
        assert row.lower <= found <= row.upper, row


def test_waits_are_as_long_as_measured(log):
    # Mean and standard deviation of ln seconds to exchange 1, 2, 3 of the real log.
    turns = logs.replies(log).query("answered")
    for turn, (mean, spread) in enumerate([(9.22, 3.11), (8.37, 3.08), (8.30, 3.09)]):
        seconds = turns.loc[turns["turn"] == turn, "hours"] * 3_600
        ln = np.log(np.maximum(seconds, 1.0))
        assert ln.mean() == pytest.approx(mean, abs=0.25)
        assert ln.std() == pytest.approx(spread, abs=0.25)
    first = turns.loc[turns["turn"] == 0, "hours"]
    assert first.median() == pytest.approx(3.9, abs=0.8)


def test_people_and_pairs_are_as_unequal_as_measured(sent, log):
    ties = logs.waits(log)[["source", "target"]].astype(str).stack().value_counts()
    assert ties.mean() == pytest.approx(14.6, abs=0.1)
    assert 150 < ties.max() < 400  # 255 in the real log
    messages = logs.encounters(log).groupby("pair")["interactions"].sum()
    assert messages.quantile([0.5, 0.9]).tolist() == pytest.approx([2, 9], abs=1)
    assert messages.quantile(0.99) == pytest.approx(36, abs=6)
    assert len(sent) == pytest.approx(59_835, rel=0.1)
    weeks = (sent["start"] - sent["start"].min()).dt.days // 7
    assert weeks.value_counts().max() == pytest.approx(10_722, rel=0.35)
    # Under 1,000 a week from the fourth month, but for its busiest weeks.
    assert (weeks[weeks >= 13].value_counts() < 1_300).all()


def test_a_person_brings_keenness_along(log):
    opened = logs.replies(log).query("turn == 0")
    found = logs.bootstrap(opened, lambda t, w: np.average(t["answered"], weights=w), seed=7,
                           runs=200)  # fmt: skip
    assert found.standard_errors[0] > 2 * found.independent[0]
    loners = logs.read(replace(CALIBRATION, alike=0.0).simulate(seed=1))
    opened = logs.replies(loners).query("turn == 0")
    found = logs.bootstrap(opened, lambda t, w: np.average(t["answered"], weights=w), seed=7,
                           runs=200)  # fmt: skip
    assert found.standard_errors[0] < 1.5 * found.independent[0]


def test_a_seed_repeats_a_log_of_any_size():
    one, two = (CALIBRATION.simulate(seed=3, people=80, pairs=200) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    log = logs.read(one)
    assert (log.pairs, len(log.people)) == (200, 80)
    assert not one.equals(CALIBRATION.simulate(seed=4, people=80, pairs=200))


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(ValueError, match="for 80 people is from 80 to 1580"):
        CALIBRATION.simulate(seed=3, people=80, pairs=2_000)
    with pytest.raises(ValueError, match="lie between 0 and 1"):
        replace(CALIBRATION, alike=1.5)
    with pytest.raises(ValueError, match="fresh"):
        replace(CALIBRATION, fresh=())
    with pytest.raises(ValueError, match="rising quantiles"):
        replace(CALIBRATION, visits=((1.0, 2.0),) * 3)
    with pytest.raises(TypeError, match="seed"):
        CALIBRATION.simulate(None)
