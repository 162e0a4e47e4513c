"""Encounters, exchanges and replies against a slow count, pair by pair."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.deepening import encounter_curves, logs
from frontporch.deepening.logs.tabulation import EDGES
from frontporch.stats import kaplan_meier

START = pd.Timestamp("2026-03-01T00:00:00")
people = st.sampled_from(["a", "b", "c", "d"])
messages = st.lists(
    st.tuples(st.integers(0, 600), st.integers(0, 90), people, people), min_size=1, max_size=30
).filter(lambda rows: any(row[2] != row[3] for row in rows))


def table(rows):
    return pd.DataFrame(
        {
            "start": [START + pd.Timedelta(minutes=row[0]) for row in rows],
            "end": [START + pd.Timedelta(minutes=row[0] + row[1]) for row in rows],
            "source": [row[2] for row in rows],
            "target": [row[3] for row in rows],
            "channel": "message",
        }
    )


def by_pair(rows):
    """The rows of each pair, in order of time and file."""
    pairs = {}
    for row in sorted(rows, key=lambda row: row[0]):
        if row[2] != row[3]:
            pairs.setdefault(tuple(sorted(row[2:])), []).append(row)
    return [pairs[key] for key in sorted(pairs)]


@given(messages, st.sampled_from([0.0, 0.5, 1.0, 3.0]))
def test_encounters_are_those_of_a_slow_count(rows, gap):
    expected = []
    for number, own in enumerate(by_pair(rows)):
        busy, found = None, []
        for at, lasted, source, _ in own:
            if busy is None or at - busy > gap * 60:
                found.append([at, at + lasted, 0, set(found[-1][3]) if found else set()])
            busy = at + lasted if busy is None else max(busy, at + lasted)
            found[-1][1] = max(found[-1][1], at + lasted)
            found[-1][2] += 1
            found[-1][3].add(source)
        first = own[0][0]
        expected += [
            (number, k + 1, (low - first) / 60, (high - first) / 60, many, len(spoke) == 2)
            for k, (low, high, many, spoke) in enumerate(found)
        ]
    shown = ["pair", "encounter", "begins", "ends", "interactions", "both_spoken"]
    found = logs.encounters(logs.read(table(rows)), gap_hours=gap)[shown]
    expected = pd.DataFrame(expected, columns=shown)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


@given(messages)
def test_the_ladder_and_the_replies_are_those_of_a_slow_count(rows):
    waited, changes = [], []
    end = max(row[0] + row[1] for row in rows)
    for own in by_pair(rows):
        turns = [own[0]]
        for row in own:
            if row[2] != turns[-1][2]:
                turns.append(row)
        changes.append(len(turns) - 1)
        until = [*(turn[0] for turn in turns[1:]), end]
        waited += [
            (turn[2], k, (u - turn[0]) / 60, k < len(turns) - 1)
            for k, (turn, u) in enumerate(zip(turns, until, strict=True))
        ]
    log = logs.read(table(rows))
    ladder = logs.exchange_ladder(log, last=3)
    assert ladder["dyads_reaching"].tolist() == [sum(c >= k for c in changes) for k in range(4)]
    assert ladder["dyads_reaching_next"].tolist() == [sum(c > k for c in changes) for k in range(4)]
    found = logs.replies(log)[["source", "turn", "hours", "answered"]]
    assert list(found.itertuples(index=False, name=None)) == waited


@given(messages)
def test_life_tables_count_every_pair_once_and_agree_with_the_waits(rows):
    log = logs.read(table(rows), observed_from_start=True)
    counts = logs.life_tables(log, encounters=(2, 3))
    for (way, k), one in counts.groupby(["counted", "encounter"]):
        waits = logs.waits(log, k, way)
        assert one["reached"].sum() == waits["reached"].sum()
        assert one["reached"].sum() + one["censored"].sum() == log.pairs
        early = waits["reached"] & (waits["hours"] <= EDGES[20])
        assert one[one["hours_up_to"] <= EDGES[20].round(4)]["reached"].sum() == early.sum()


def test_a_pause_as_long_as_the_gap_does_not_end_an_encounter():
    rows = [(0, 0, "a", "b"), (60, 0, "b", "a"), (121, 0, "a", "b")]
    assert logs.encounters(logs.read(table(rows)))["interactions"].tolist() == [2, 1]


def test_a_pause_counts_from_the_latest_end():
    rows = [(0, 90, "a", "b"), (10, 1, "a", "b"), (140, 0, "a", "b")]
    assert len(logs.encounters(logs.read(table(rows)))) == 1


def test_both_spoken_waits_for_the_second_voice():
    rows = [(0, 0, "a", "b"), (120, 0, "a", "b"), (180, 0, "b", "a"), (600, 0, "c", "a")]
    log = logs.read(table(rows), observed_from_start=True)
    assert logs.waits(log)["hours"].tolist() == [2.0, 0.0]
    assert logs.waits(log, counted="both spoken")["hours"].tolist() == [3.0, 0.0]


def test_an_undirected_log_tells_no_speaker():
    log = logs.read(
        table([(0, 1, "b", "a"), (1, 2, "a", "b")]), directed=False, observed_from_start=True
    )
    assert logs.encounters(log)["source"].tolist() == ["a"]
    assert set(logs.life_tables(log)["counted"]) == {"any"}
    for measure in (logs.exchange_ladder, logs.replies, logs.reply_latency):
        with pytest.raises(ValueError, match="undirected"):
            measure(log)
    with pytest.raises(ValueError, match="undirected"):
        logs.waits(log, counted="both spoken")


def test_unanswered_messages_are_censored_not_left_out():
    rows = [(k * 10, 0, "a", other) for k, other in enumerate("bcd")] + [(60, 0, "b", "a")]
    curve = logs.reply_latency(logs.read(table(rows)))
    # Three openings: one answered after an hour, two still waiting for 50 and 40 minutes.
    assert curve.started == 3
    assert curve.survival.tolist() == [0.0]
    assert curve.at_risk.tolist() == [1.0]
    with pytest.raises(ValueError, match="no pair of this log has such a turn"):
        logs.reply_latency(logs.read(table(rows)), turn=5)


def test_a_log_gives_the_curves_that_lessons_show():
    rng = np.random.default_rng(7)
    rows = [
        (int(at), 0, "a" if k % 3 else "b", "b" if k % 3 else "a")
        for k, at in enumerate(rng.integers(0, 50_000, 40))
    ]
    rows += [(int(at), 0, "a", "c") for at in rng.integers(0, 50_000, 20)]
    log = logs.read(table(rows), observed_from_start=True)
    curve = encounter_curves(logs.life_tables(log, "mine"), 2)["mine"]
    waits = logs.waits(log)
    exact = kaplan_meier(waits["hours"], waits["reached"])
    assert curve.started == exact.started == 2
    with pytest.raises(ValueError, match="whole number from 2 up"):
        logs.waits(log, 1)
    with pytest.raises(ValueError, match="both spoken"):
        logs.waits(log, counted="both")
    with pytest.raises(ValueError, match="rising"):
        logs.life_tables(log, edges=[2.0, 1.0])
    with pytest.raises(ValueError, match="from 0 up"):
        logs.encounters(log, gap_hours=-1)


def test_bins_go_on_as_far_as_the_log():
    rows = [(0, 0, "a", "b"), (60 * 24 * 400, 0, "a", "b")]
    counts = logs.life_tables(
        logs.read(table(rows), observed_from_start=True), encounters=[2], counted=["any"]
    )
    assert counts["reached"].tolist() == [1]
    assert counts["hours_up_to"].iloc[0] >= 9_600
