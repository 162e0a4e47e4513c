"""Every exercise of every lesson: sound in itself, and a reason for each diagnosed answer."""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontporch import data, deepening
from frontporch.classroom import Diagnosis, check, checks

EXERCISES = checks.registered()
NUMBERS = [one for one in EXERCISES if not isinstance(one.answer(), str)]
each = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)


def worked_out(exercise):
    """The same exercise with its answers as plain values, so that they are reckoned once."""
    answer = exercise.answer()
    known = tuple(Diagnosis(one.value, one.reason) for one in exercise.diagnoses)
    return replace(exercise, answer=lambda: answer, diagnoses=known)


def test_there_are_exercises_and_each_has_a_number_of_its_own():
    ids = [one.id for one in EXERCISES]
    assert ids[:6] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert len(set(ids)) == len(ids)


@each
def test_an_exercise_is_sound(exercise):
    assert checks.problems(exercise) == []


@each
def test_the_right_answer_is_right(exercise):
    assert check(exercise.id, exercise.answer()).right is True


@each
def test_each_diagnosed_answer_gets_its_own_reason(exercise):
    reasons = [one.reason for one in exercise.diagnoses]
    assert len(set(reasons)) == len(reasons)
    for one in exercise.diagnoses:
        verdict = check(exercise.id, one.value)
        assert (verdict.right, verdict.reason) == (False, one.reason)


@each
def test_what_is_read_from_the_table_is_near_enough(exercise):
    """A student reads one decimal of a per cent, and three digits of anything else."""
    answer = exercise.answer()
    if not isinstance(answer, str):
        read = round(answer, 1) if exercise.unit == "%" else float(f"{answer:.3g}")
        assert check(exercise.id, read).right is True


def mix_ups(exercise):
    """Every number near which a reason other than too high or too low may be given."""
    right = exercise.answer()
    factors = [1, -1, 100, 0.01, 7, 1 / 7, 24, 1 / 24, 168, 1 / 168]
    usual = [right * factor for factor in factors]
    usual += [1 / right, 100 - right, 1 - right / 100, 1 - right]
    return usual + [one.value for one in exercise.diagnoses]


@pytest.mark.parametrize("exercise", NUMBERS, ids=lambda one: one.id)
def test_a_number_far_from_all_of_these_is_too_high_or_too_low(exercise, monkeypatch):
    known = worked_out(exercise)
    monkeypatch.setattr(checks, "registered", lambda: [known])
    right = known.answer()

    @given(st.floats(-3 * right, 3 * right) | st.floats(allow_nan=False))
    def far(answer):
        for one in mix_ups(known):
            near = abs(answer - one) <= known.absolute_tolerance * 1.01
            assume(not near and not math.isclose(answer, one, rel_tol=0.021))
        verdict = check(known.id, answer)
        side = "too high" if answer > right else "too low"
        assert (verdict.right, verdict.reason) == (False, f"{side}. A hint: hint({known.id!r}).")

    far()


def test_the_answers_of_lesson_1_that_are_written_down_are_those_of_the_data():
    table = data.load("deepening_life_tables").query("channel != 'text message'")
    week = deepening.reached_by(deepening.encounters(table, encounter=5), hours=168)
    assert check("1.2", week["per cent"].idxmax()).right is True
    day = deepening.reached_by(deepening.encounters(table, encounter=2), hours=24)
    assert check("1.2", day["per cent"].idxmax()).reason.startswith("they lead at the second")
    assert math.isnan(week.loc["conference 2009", "per cent"])
