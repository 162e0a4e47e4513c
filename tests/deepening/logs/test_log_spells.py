"""From a log to spells, on two clocks, and on to an estimate."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch import tables
from frontporch.deepening import fit, logs
from frontporch.deepening.logs.stages import by_count
from frontporch.deepening.spells import read_spells

START = pd.Timestamp("2026-03-02T00:00:00")
STAGES = ("stranger", "acquaintance", "friend")


def read(rows, **kinds):
    sent = pd.DataFrame(
        {
            "start": [START + pd.Timedelta(hours=row[0]) for row in rows],
            "source": [row[1] for row in rows],
            "target": [row[2] for row in rows],
            "channel": "message",
        }
    )
    return logs.read(sent, **({"observed_from_start": True} | kinds))


def talk(times, pair=("a", "b"), tail=()):
    """A message at each of the hours, the two taking turns; the tail is of another pair."""
    return [(at, *(pair if k % 2 == 0 else pair[::-1])) for k, at in enumerate(times)] + list(tail)


WEEK = 168
SIX = talk([0, 1, 2, 3, 4, 5, WEEK], tail=[(4 * WEEK, "c", "a")])


def rows_of(spells):
    shown = spells[["pair", "stage", "entered", "left", "next_stage"]].astype(object)
    return [tuple(None if pd.isna(x) else x for x in row) for row in shown.to_numpy()]


def test_spells_follow_the_rule_on_the_calendar():
    spells = logs.spells(read(SIX))
    assert rows_of(spells) == [
        (0, "stranger", 0.0, 1 / 168, "acquaintance"),
        (0, "acquaintance", 1 / 168, 1.0, "friend"),
        (0, "friend", 1.0, 4.0, None),
        (1, "stranger", 0.0, 0.0, None),
    ]
    assert spells["source"].tolist() == ["a", "a", "a", "c"]
    tables.check(spells, "spells")


def test_the_message_clock_counts_messages():
    spells = logs.spells(read(SIX), clock="messages")
    assert rows_of(spells) == [
        (0, "stranger", 0.0, 1.0, "acquaintance"),
        (0, "acquaintance", 1.0, 6.0, "friend"),
        (0, "friend", 6.0, 6.0, None),
        (1, "stranger", 0.0, 0.0, None),
    ]
    assert spells.attrs["clock"] == "messages"


def test_the_clocks_can_disagree_about_who_is_faster():
    # One pair writes often before it is answered, the other seldom; the answer takes a day.
    many = [(h, "a", "b") for h in range(24)] + [(24, "b", "a")]
    few = [(0, "c", "d"), (30, "d", "c")]
    log = read(many + few)
    first = {
        clock: logs.spells(log, clock=clock).query("stage == 'stranger'")["left"].tolist()
        for clock in ("weeks", "messages")
    }
    assert first["weeks"][0] < first["weeks"][1]
    assert first["messages"][0] > first["messages"][1]


def test_of_several_stages_in_one_moment_the_last_counts():
    spells = logs.spells(read([(0, "a", "b"), (0, "b", "a"), (1, "a", "b")]))
    assert rows_of(spells) == [(0, "acquaintance", 0.0, 1 / 168, None)]


def test_silence_loses_a_pair_and_its_return_is_noted():
    log = read(talk([0, 1, 5 * WEEK], tail=[(9 * WEEK, "c", "a")]))
    spells = logs.spells(log, lost_after_weeks=2)
    assert rows_of(spells)[1] == (0, "acquaintance", 1 / 168, 1 / 168 + 2, "lost")
    assert rows_of(spells)[2] == (1, "stranger", 0.0, 0.0, None)
    assert spells.attrs["notes"] == [
        "1 pairs spoke again after 2 weeks of silence: they stay lost."
    ]
    # Silence that the log does not see the end of loses nobody.
    assert logs.spells(log, lost_after_weeks=8.999)["next_stage"].isna().sum() == 2


def test_a_rule_is_a_plain_function_of_names_or_numbers():
    named = lambda history: np.where(history["messages"] >= 3, "friend", "stranger")  # noqa: E731
    counted = by_count("messages", {"friend": 3})
    one = logs.spells(read(SIX), named, ("stranger", "friend"))
    other = logs.spells(read(SIX), counted, ("stranger", "friend"))
    pd.testing.assert_frame_equal(one, other)
    series = logs.spells(read(SIX), lambda h: pd.Series(named(h)), ("stranger", "friend"))
    pd.testing.assert_frame_equal(one, series)
    assert one["left"].tolist()[0] == pytest.approx(2 / 168)


def test_a_rule_may_go_back():
    back = lambda history: (history["messages"] == 2).astype(int)  # noqa: E731
    spells = logs.spells(read(talk([0, 1, 2])), back, ("calm", "lively"))
    assert spells["next_stage"].astype(object).tolist()[:2] == ["lively", "calm"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (lambda history: history["exchange"], "failed: KeyError.*It sees the columns"),
        (lambda history: "friend", "1 stage instead of 3"),
        (lambda history: ["stranger", "frend", "friend"], "Did you mean 'friend'"),
        (lambda history: [0, 1, 7], "gave 7"),
    ],
)
def test_a_wrong_rule_is_found_on_three_rows(rule, words):
    with pytest.raises(ValueError, match=words):
        logs.spells(read(SIX), rule)


def test_what_is_asked_wrongly_is_said():
    log = read(SIX)
    with pytest.raises(TypeError, match="must be a function"):
        logs.spells(log, "friend")
    with pytest.raises(ValueError, match="There is no clock 'days'"):
        logs.spells(log, clock="days")
    with pytest.raises(ValueError, match="silence takes no messages"):
        logs.spells(log, clock="messages", lost_after_weeks=2)
    with pytest.raises(ValueError, match="above 0"):
        logs.spells(log, lost_after_weeks=0)
    with pytest.raises(ValueError, match="by silence"):
        logs.spells(log, stages=(*STAGES, "lost"), lost_after_weeks=2)
    with pytest.raises(ValueError, match="rise"):
        by_count("messages", {"friend": 3, "close": 2})
    with pytest.raises(ValueError, match="There is no count"):
        by_count("message", {"friend": 3})


MET = pd.DataFrame(
    {
        "source": ["b", "d"],
        "target": ["a", "e"],
        "since": [START - pd.Timedelta(weeks=3), START - pd.Timedelta(weeks=1)],
        "stage": ["acquaintance", "stranger"],
    }
)


def test_pairs_that_had_met_enter_late():
    log = read(SIX, observed_from_start=False)
    spells = logs.spells(log, met=MET)
    assert rows_of(spells) == [
        (0, "acquaintance", 3.0, 4.0, "friend"),
        (0, "friend", 4.0, 7.0, None),
        (1, "stranger", 0.0, 0.0, None),
        # They never speak in the log, and count as long as it lasts all the same.
        (2, "stranger", 1.0, 5.0, None),
    ]
    assert spells["target"].tolist()[-1] == "e"
    estimate = fit(spells)
    assert "2 of 3 pairs are observed only from some time" in estimate.notes[-1]
    lost = logs.spells(log, met=MET, lost_after_weeks=2)
    assert rows_of(lost)[-1] == (2, "stranger", 1.0, 3.0, "lost")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"since": START}, "must be before the log begins"),
        ({"stage": "frend"}, "Did you mean 'friend'"),
        ({"target": "b"}, "the same person"),
        ({"source": None}, "source is missing"),
    ],
)
def test_pairs_that_had_met_are_checked(change, words):
    log = read(SIX, observed_from_start=False)
    with pytest.raises(ValueError, match=words):
        logs.spells(log, met=MET.iloc[[0]].assign(**change))
    with pytest.raises(ValueError, match="stand there twice"):
        logs.spells(log, met=pd.concat([MET, MET]))
    with pytest.raises(ValueError, match="no column 'since'"):
        logs.spells(log, met=MET.drop(columns="since"))
    with pytest.raises(ValueError, match="clock 'weeks'"):
        logs.spells(log, met=MET, clock="messages")
    with pytest.raises(ValueError, match="no row"):
        logs.spells(log, met=MET.iloc[:0])


hours = st.lists(
    st.tuples(st.integers(0, 2_000), *[st.sampled_from("abcd")] * 2),
    min_size=1,
    max_size=40,
).filter(lambda rows: any(row[1] != row[2] for row in rows))


@given(hours, st.sampled_from([None, 1.0, 4.0]), st.sampled_from(["weeks", "messages"]))
def test_whatever_the_log_its_spells_can_be_fitted(rows, silence, clock):
    log = read(rows)
    silence = silence if clock == "weeks" else None
    rule = by_count("exchanges", {"acquaintance": 1, "friend": 3})
    spells = logs.spells(log, rule, clock=clock, lost_after_weeks=silence)
    read_spells(spells)  # raises if they do not follow one another
    assert spells["pair"].nunique() == log.pairs
    if silence is None:
        last = spells.groupby("pair")["left"].max()
        if clock == "messages":
            assert (last + 1).sum() == log.rows
        else:
            first = logs.waits(log, 100)["hours"] / 168  # nobody reaches it: censored at the end
            np.testing.assert_allclose(last, first)


def test_ten_lines_from_a_log_to_rates():
    sent = logs.Calibration.students_online().simulate(seed=7, people=400)
    log = logs.read(sent)
    spells = logs.spells(log, lost_after_weeks=4)
    rates = fit(spells).summary().set_index(["stage", "next_stage"])
    moved = spells.query("stage == 'stranger' and next_stage == 'acquaintance'")
    assert rates.loc[("stranger", "acquaintance"), "events"] == len(moved)
    weeks = spells.query("stage == 'stranger'")
    exposure = (weeks["left"] - weeks["entered"]).sum()
    assert rates.loc[("stranger", "acquaintance"), "rate"] == pytest.approx(len(moved) / exposure)
