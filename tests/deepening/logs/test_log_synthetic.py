"""The synthetic log against the counts of the real one that the kit carries.

students_online_bands.csv holds, of the real log, shares of pairs by hours since the first
encounter (and, as `ladder`, the probability of the next exchange) with the 95 % band of 400 draws
of people: aggregates, recounted by a test where the log is present.
"""

import pathlib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from frontporch import data, tables
from frontporch.deepening import encounter_curves, logs

SEEDS = range(1, 11)
HOURS = (6, 12, 24, 48, 96, 168, 336, 720)
RARE = 10
"""Fewer pairs of the real log than this make no band."""
BANDS = pd.read_csv(
    pathlib.Path(__file__).with_name("students_online_bands.csv"), encoding="utf-8"
).set_index(["counted", "encounter"])
CALIBRATION = logs.Calibration.students_online()


@pytest.fixture(scope="module")
def sent():
    return CALIBRATION.simulate(seed=1)


@pytest.fixture(scope="module")
def log(sent):
    return logs.read(sent)


def test_it_says_that_it_is_synthetic_and_is_an_interactions_table(sent, log):
    assert sent.attrs["synthetic"] and sent.attrs["observed_from_start"]
    assert set(sent["channel"]) == {"synthetic message"}
    tables.check(sent, "interactions")
    assert sent["start"].is_monotonic_increasing
    assert log.observed_from_start is True
    assert (log.pairs, len(log.people)) == (13_838, 1_899)


def going_on(table, weights):
    turn, answered = table["turn"].to_numpy(), table["answered"].to_numpy()
    return [weights[answered & (turn == k)].sum() / weights[turn == k].sum() for k in range(13)]


def counted_alike(log):
    """Give what BANDS holds, of another log."""
    found = []
    for counted, encounter in BANDS.index.drop("ladder").unique():
        waits = logs.waits(log, encounter, counted)
        found.extend(logs.share_within(*HOURS)(waits, np.ones(len(waits))))
    turns = logs.replies(log)
    return np.array([*found, *going_on(turns, np.ones(len(turns)))])


@pytest.fixture(scope="module")
def several(log):
    """What BANDS holds of logs with the seeds 1 to 10: a row a seed."""
    others = (logs.read(CALIBRATION.simulate(seed=seed)) for seed in SEEDS[1:])
    return np.array([counted_alike(log), *map(counted_alike, others)])


def rare():
    counts = (BANDS["share"] * 13_838).round()
    return (BANDS.index.get_level_values(0) != "ladder") & (counts < RARE)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ladder_and_the_life_tables_are_within_the_bands_of_the_real_log(several, seed):
    found = several[seed - SEEDS[0]]
    outside = ((found < BANDS["lower"]) | (found > BANDS["upper"])) & ~rare()
    # A band of 95 % may be left in one cell of twenty.
    assert outside.sum() <= 0.05 * (~rare()).sum(), BANDS.assign(found=found)[outside]


def test_the_logs_are_on_average_well_within_the_bands(several):
    found, width = several.mean(axis=0), (BANDS["upper"] - BANDS["lower"]) / 2
    off = ((found - BANDS["share"]) / width)[~rare()]
    assert off.abs().max() < 0.75, BANDS.assign(found=found)[~rare()].assign(off=off)


def test_what_is_rare_in_the_real_log_is_rare(several):
    real = (BANDS["share"] * 13_838).round()[rare()].astype(int)
    assert real.max() == 7
    for place, (index, count) in zip(np.flatnonzero(rare()), real.items(), strict=True):
        drawn = (several[:, place] * 13_838).round().astype(int)
        both = int(drawn.sum() + count)
        if both:
            fair = binomtest(int(count), both, 1 / (1 + len(SEEDS)))
            assert fair.pvalue > 0.001, (index, count, drawn)


@pytest.mark.parametrize("counted", ["any", "both spoken"])
@pytest.mark.parametrize("encounter", [2, 3, 5, 10])
def test_the_bands_are_of_the_life_tables_that_the_kit_carries(encounter, counted):
    curves = encounter_curves(data.load("deepening_life_tables"), encounter, counted)
    carried = curves["students online"].at(HOURS)["reached"].to_numpy()
    band = BANDS.loc[(counted, encounter)]
    # The kit counts in bins: a share there is up to a bin late.
    assert ((band["lower"] <= carried + 0.004) & (carried <= band["upper"] + 0.004)).all()


def test_the_bands_are_of_the_real_log(real_logs):
    path = real_logs / "uci-online-community" / "messages.csv"
    names = {"sent_at": "start", "sender": "source", "recipient": "target"}
    real = logs.read(path, columns=names, channel="online message", observed_from_start=True)
    assert counted_alike(real) == pytest.approx(BANDS["share"].to_numpy(), abs=6e-6)
    waits = logs.waits(real, 5)
    found = logs.bootstrap(waits, logs.share_within(*HOURS), seed=7, runs=400, method="people")
    band = BANDS.loc[("any", 5)]
    assert found.lower == pytest.approx(band["lower"].to_numpy(), abs=6e-6)
    assert found.upper == pytest.approx(band["upper"].to_numpy(), abs=6e-6)


def test_people_matter_as_much_as_in_the_real_log(log):
    # Standard errors over people by those of independent pairs are 2.5 for the second encounter
    # within 24 h, 2.2 for the fifth within 7 days, in the real log.
    for encounter, hours, known in ((2, 24, 2.5), (5, 168, 2.2)):
        found = logs.bootstrap(
            logs.waits(log, encounter), logs.share_within(hours), seed=7, runs=200, method="people"
        )
        assert found.standard_errors[0] / found.independent[0] == pytest.approx(known, rel=0.25)


def test_hours_of_the_day_are_kept(log):
    (timeline,) = log.timelines()
    hours = timeline.moment // 3_600_000_000 % 24
    later = timeline.encounters() != np.roll(timeline.encounters(), 1)
    # Openings, and encounters after the first, of the real log by hour from midnight on; 24 is
    # once a day each. An hour of 1,000 of them is known to .1.
    openings = [2.39, 1.93, 1.64, 1.08, 0.80, 0.28, 0.09, 0.07, 0.19, 0.27, 0.53, 0.83,
                0.79, 0.75, 0.93, 1.01, 1.00, 0.91, 1.01, 1.19, 1.17, 1.44, 1.61, 2.09]  # fmt: skip
    returns = [1.81, 1.38, 1.00, 0.66, 0.35, 0.14, 0.12, 0.19, 0.36, 0.58, 0.86, 0.98,
               1.14, 1.06, 1.20, 1.22, 1.23, 1.29, 1.24, 1.17, 1.31, 1.38, 1.55, 1.78]  # fmt: skip
    for rows, real in ((timeline.opens, openings), (later & ~timeline.opens, returns)):
        found = np.bincount(hours[rows], minlength=24) / rows.sum() * 24
        assert found == pytest.approx(real, abs=0.2)


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
    found = logs.bootstrap(
        opened, lambda t, w: np.average(t["answered"], weights=w), seed=7, runs=200
    )
    assert found.standard_errors[0] > 2 * found.independent[0]
    loners = logs.read(replace(CALIBRATION, alike=(0.0, 0.0, 0.0)).simulate(seed=1))
    opened = logs.replies(loners).query("turn == 0")
    found = logs.bootstrap(
        opened, lambda t, w: np.average(t["answered"], weights=w), seed=7, runs=200
    )
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
        replace(CALIBRATION, style=1.5)
    with pytest.raises(ValueError, match="above 0 and below 1"):
        replace(CALIBRATION, continuing=(0.5, 1.0))
    with pytest.raises(ValueError, match="sum to 1"):
        replace(CALIBRATION, answers=((0.5, 0.2, 0.2),) * 3)
    with pytest.raises(ValueError, match="ratios of odds"):
        replace(CALIBRATION, insistent=0.0)
    with pytest.raises(ValueError, match="waits above an hour"):
        replace(CALIBRATION, visits=(tuple(range(13)),) * 4)
    with pytest.raises(ValueError, match="fresh"):
        replace(CALIBRATION, fresh=())
    with pytest.raises(ValueError, match="rising quantiles"):
        replace(CALIBRATION, visits=((1.0, 2.0),) * 4)
    with pytest.raises(TypeError, match="seed"):
        CALIBRATION.simulate(None)
