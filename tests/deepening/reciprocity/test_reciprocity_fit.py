"""A fitted Hawkes process: likelihood, intervals and the test of answering."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.deepening.reciprocity import (
    Events,
    Hawkes,
    answering_test,
    fit_hawkes,
)
from frontporch.deepening.reciprocity.hawkes import Likelihood
from frontporch.streams import spawn

PAIR = Hawkes((0.2, 0.1), ((0.2, 0.3), (0.3, 0.2)), 1.0)
TRUTH = np.array([0.2, 0.1, 0.2, 0.3, 0.3, 0.2, 1.0])
ALONE = Hawkes((0.2, 0.2), ((0.4, 0.0), (0.0, 0.4)), 1.0)


def by_hand(events, numbers, likelihood):
    """The log-likelihood by double loop."""
    base, matrix = np.exp(numbers[:2]), numbers[2:6].reshape(2, 2)
    decay, level = np.exp(numbers[6]), likelihood.levels(numbers)
    total = 0.0
    for pair in range(events.pairs):
        mine = events.pair == pair
        time, who = events.time[mine], events.who[mine]
        for i in range(len(time)):
            lag = time[i] - time[:i]
            called = (matrix[who[i], who[:i]] * decay * np.exp(-decay * lag)).sum()
            total += np.log(base[who[i]] * level[int(time[i] % 24 // 6)] + called)
        total -= (matrix[:, who] * (1 - np.exp(-decay * (events.ends[pair] - time)))).sum()
        hours = np.bincount(
            (np.arange(events.begins[pair], events.ends[pair], 0.5) % 24 // 6).astype(int),
            minlength=4,
        )
        total -= base.sum() * (hours * 0.5) @ level
    return total


def test_the_recursion_gives_the_likelihood_and_its_gradient():
    events = Hawkes((0.2, 0.1), PAIR.excitation, 1.0, (0.1, 1, 1, 2)).events(
        50, seed=7, pairs=4, begins=3.0
    )
    likelihood = Likelihood(events, 4)
    numbers = np.array([-1.5, -2.2, 0.1, 0.5, 0.6, 0.1, 0.3, 0.1, 0.3, -0.2])
    value, gradient, carried = likelihood.value(numbers)
    assert value == pytest.approx(by_hand(events, numbers, likelihood), abs=1e-9)
    step = 1e-6 * np.eye(10)
    change = [
        (likelihood.value(numbers + d)[0] - likelihood.value(numbers - d)[0]) / 2e-6 for d in step
    ]
    assert gradient == pytest.approx(np.array(change), abs=1e-5)
    assert np.linalg.eigvalsh(carried).min() > -1e-9


def test_long_silences_and_fast_memories_do_not_overflow():
    events = Events.of_two([1.0, 1e6], [1.001, 1e6 + 0.001], hours=1e6 + 10)
    value, gradient, _ = Likelihood(events).value(np.array([-9, -9, 0.3, 0.3, 0.3, 0.3, 9.0]))
    assert np.isfinite(value) and np.isfinite(gradient).all()


def test_the_truth_is_found_and_the_top_is_a_top():
    found = fit_hawkes(PAIR.events(4_000, seed=7))
    rows = found.table
    assert (np.abs(rows["estimate"] - TRUTH) < 3.5 * rows["standard_error"]).all()
    _, gradient, _ = found.likelihood.value(found.numbers)
    assert np.abs(gradient).max() < 0.01
    wait = found.summary().iloc[-1]
    assert wait["lower"] < 1 < wait["upper"] and wait["parameter"].startswith("mean wait")
    assert "exponential memory" in found.estimator and "frontporch" in found.versions
    assert "know of no daily rhythm" in found.notes[0]


def test_levels_of_the_day_are_found():
    levels = (0.4, 0.8, 2.0, 0.8)
    truth = Hawkes((0.2, 0.1), PAIR.excitation, 1.0, levels)
    found = fit_hawkes(truth.events(2_400, seed=7, pairs=2), blocks=4)
    rows = found.table[found.table["parameter"].str.startswith("level")]
    assert rows["parameter"].iloc[0] == "level from 00:00 to 06:00"
    assert (np.abs(rows["estimate"] - np.array(levels)) < 3.5 * rows["standard_error"]).all()
    assert rows["estimate"].mean() == pytest.approx(1)
    assert not found.notes


def test_a_block_in_which_nobody_writes_has_no_level():
    never = Hawkes((0.3, 0.3), ((0.2, 0), (0, 0.2)), 60.0, (0, 1, 1, 0))
    found = fit_hawkes(never.events(960, seed=7), blocks=4)
    row = found.table.set_index("parameter").loc["level from 00:00 to 06:00"]
    assert row["estimate"] < 1e-4 and np.isnan(row["standard_error"])
    assert row["note"] == "nobody wrote then" and not found.notes


def test_who_does_not_answer_is_at_the_end_of_the_range():
    found = fit_hawkes(ALONE.events(480, seed=3, pairs=4))
    at_zero = found.table[found.table["note"] == "at 0, the end of its range"]
    assert len(at_zero) and (at_zero["estimate"] == 0).all() and (at_zero["upper"] > 0).all()
    held = fit_hawkes(ALONE.events(480, seed=3, pairs=4), answering=False)
    assert (held.table["note"] == "held at 0").sum() == 2
    assert held.log_likelihood <= found.log_likelihood + 1e-9


def test_what_cannot_be_estimated_is_said():
    with pytest.raises(ValueError, match="bob never wrote"):
        fit_hawkes(Events.of_two([1.0, 2.0], [], hours=9), names=("ann", "bob"))
    with pytest.raises(ValueError, match="blocks is 0"):
        fit_hawkes(PAIR.events(100, seed=7), blocks=0)
    few = fit_hawkes(Events.of_two([1.0, 2.0, 2.0, 7.0], [1.5, 3.0], hours=9))
    assert any("wrote only 2 times" in note for note in few.notes)
    assert any("at the moment of another" in note for note in few.notes)


def test_rescaled_gaps_tell_a_model_that_fits():
    events = PAIR.events(1_000, seed=7, pairs=4)
    good = fit_hawkes(events)
    # The same rates in the long run, but no message calls for another.
    at_random = np.append(np.log(events.counts().sum(axis=0) / 4_000), np.zeros(5))
    bad = replace(good, numbers=at_random)
    assert good.rescaled_gaps()["gap"].mean() == pytest.approx(1, abs=0.02)
    assert good.goodness()["p_value"].min() > 0.05
    assert bad.goodness()["p_value"].min() < 0.01


def rejected(world, sets, seed, blocks):
    return np.mean(
        [answering_test(world(rng), blocks=blocks).p_value < 0.05 for rng in spawn(seed, sets)]
    )


def test_the_mixture_holds_its_level_in_a_few_sets():
    # 60 sets at .05: fewer than 9 in 99.8 of 100 cases.
    assert rejected(lambda rng: ALONE.events(480, rng, pairs=4), 60, 7, 1) < 9 / 60


@pytest.mark.slow
def test_the_mixture_holds_its_level():
    # Standard error of 1,000 sets at .05 is .007.
    assert 0.03 <= rejected(lambda rng: ALONE.events(480, rng, pairs=4), 1_000, 20_268, 1) <= 0.07


def covered(sets, seed):
    hits = np.zeros(7)
    for rng in spawn(seed, sets):
        table = fit_hawkes(PAIR.events(480, rng, pairs=4)).table
        hits += (table["lower"] <= TRUTH) & (table["upper"] >= TRUTH)
    return hits / sets


def test_intervals_cover_in_a_few_sets():
    assert covered(40, 20_270).min() >= 0.82


@pytest.mark.slow
def test_intervals_cover_at_the_nominal_rate():
    shares = covered(1_000, 20_271)
    assert ((shares >= 0.93) & (shares <= 0.97)).all(), shares


def cut(events, hours):
    """The same messages on a clock of coarse steps, whoever is named first standing first."""
    time = np.floor(events.time / hours) * hours
    order = np.lexsort((events.who, time, events.pair))
    return Events(time[order], events.who[order], events.pair[order], events.begins, events.ends)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.05, 0.1, 0.2]))
def test_who_is_named_first_changes_nothing(seed, step):
    events = cut(PAIR.events(300, seed), step)
    first, second = (events.time[events.who == k] for k in (0, 1))
    numbers = np.array([-1.5, -2.0, 0.1, 0.5, 0.6, 0.1, 0.3])
    turned = numbers[[1, 0, 5, 4, 3, 2, 6]]
    one = Likelihood(Events.of_two(first, second, 300)).value(numbers)[0]
    two = Likelihood(Events.of_two(second, first, 300)).value(turned)[0]
    assert one == pytest.approx(two, abs=1e-9)


def test_people_who_write_at_one_moment_do_not_answer_each_other():
    rng = np.random.default_rng(3)
    # Two who never answer each other, on a clock of quarters of an hour.
    one, other = (np.floor(4 * np.sort(rng.uniform(0, 9_600, 900))) / 4 for _ in "ab")
    tables = [
        fit_hawkes(Events.of_two(*pair, hours=9_600)).table for pair in ((one, other), (other, one))
    ]
    for table in tables:
        answers = table[(table["parameter"] == "excitation") & (table["who"] != table["after"])]
        assert (answers["lower"] == 0).all() and (answers["upper"] < 0.2).all()
    assert tables[0]["upper"][3] == pytest.approx(tables[1]["upper"][4], rel=1e-6)
    # On a clock of two hours nobody can say any more.
    with pytest.raises(ValueError, match="of 1,800 messages stand at the moment of another"):
        fit_hawkes(Events.of_two(one // 2 * 2, other // 2 * 2, hours=9_600))


def test_gaps_of_tied_messages_are_those_of_the_model():
    events = cut(PAIR.events(2_000, seed=7), 0.05)
    found = fit_hawkes(events)
    at_events, at_end = found.likelihood.compensator(found.numbers)
    assert (np.diff(at_events, axis=1) >= -1e-9).all()
    assert at_end.sum() == pytest.approx(len(events.time), rel=1e-3)


def test_a_level_with_hardly_any_message_has_limits_and_a_word():
    # One message a pair in the small hours, right after another one.
    rhythm = (0.0, 1.0, 1.0, 1.0)
    events = Hawkes((0.3, 0.3), ((0.3, 0.3), (0.3, 0.3)), 2.0, rhythm).events(2_400, seed=1)
    found = fit_hawkes(events, blocks=4)
    row = found.table.set_index("parameter").loc["level from 00:00 to 06:00"]
    assert row["lower"] == 0 and row["estimate"] < row["upper"] < 0.5
    assert row["note"].startswith("hardly any message then")
    assert np.isfinite(found.table.loc[found.table["note"] == "", "upper"]).all()
    others = found.table[found.table["parameter"].str.startswith("level from 1")]
    assert (np.abs(others["estimate"] - 4 / 3) < 3 * others["standard_error"]).all()


def test_where_nothing_is_called_for_the_decay_says_so():
    rng = np.random.default_rng(3)
    one, other = (np.floor(np.sort(rng.uniform(0, 9_600, 900))) for _ in "ab")
    found = fit_hawkes(Events.of_two(one, other, hours=9_600))
    rows = found.summary().set_index("parameter")
    assert found.table["estimate"][2:6].max() == 0
    assert "means nothing" in rows.loc["decay (per hour)", "note"]
    assert (found.table["upper"][2:6] > 0).all() and (found.table["upper"][:2] > 0).all()
