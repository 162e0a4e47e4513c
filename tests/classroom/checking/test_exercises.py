"""Every exercise of every lesson: sound in itself, and a reason for each diagnosed answer."""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontporch import data, deepening
from frontporch.classroom import Diagnosis, check
from frontporch.classroom.checking import checks

EXERCISES = checks.registered()
WAYS = [way for one in EXERCISES for way in one.ways()]


def name_of(way):
    return f"{way.exercise.id}-" + "-".join(str(value) for value in way.numbers.values())


each = pytest.mark.parametrize("way", WAYS, ids=name_of)


def verdict(way, answer, monkeypatch):
    """Judge an answer to an exercise that can only be asked in one way."""
    monkeypatch.setattr(checks, "registered", lambda lesson=None: [fixed(way)])
    return check(way.exercise.id, answer)


def fixed(way):
    """The same exercise with its numbers, its answers and reasons as plain values."""
    known = tuple(Diagnosis(wrong, reason) for wrong, reason in way.diagnoses)
    return replace(
        way.exercise,
        question=way.question,
        answer=lambda **numbers: way.answer,
        diagnoses=known,
        options={name: (value,) for name, value in way.numbers.items()},
    )


def test_there_are_exercises_and_each_has_a_number_of_its_own():
    ids = [one.id for one in EXERCISES]
    assert ids[:6] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert len(set(ids)) == len(ids)


@each
def test_an_exercise_is_sound(way):
    assert way.problems == []


@each
def test_no_brace_is_left_in_what_is_asked_and_every_number_is_used(way):
    for text in (way.question, way.hint, way.solution):
        assert "{" not in text
    for name in way.numbers:
        assert f"{{{name}}}" in way.exercise.question


@each
def test_the_right_answer_is_right(way, monkeypatch):
    assert verdict(way, way.answer, monkeypatch).right is True


@each
def test_each_diagnosed_answer_gets_its_own_reason(way, monkeypatch):
    reasons = [reason for _, reason in way.diagnoses]
    assert len(set(reasons)) == len(reasons)
    for wrong, reason in way.diagnoses:
        said = verdict(way, wrong, monkeypatch)
        assert (said.right, said.reason) == (False, reason)


@each
def test_what_is_read_from_the_table_is_near_enough(way, monkeypatch):
    """A student reads one decimal of a per cent, and three digits of anything else."""
    if not isinstance(way.answer, str):
        per_cent = way.exercise.unit == "%"
        read = round(way.answer, 1) if per_cent else float(f"{way.answer:.3g}")
        assert verdict(way, read, monkeypatch).right is True


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_another_teams_answer_does_not_help(exercise):
    """Among the ways of asking there are at least two answers that cannot pass for each other."""
    answers = [way.answer for way in exercise.ways()]
    assert any(not exercise.matches(one, answers[0]) for one in answers)


def mix_ups(way):
    """Every number near which a reason other than too high or too low may be given."""
    right = way.answer
    factors = [1, -1, 100, 0.01, 7, 1 / 7, 24, 1 / 24, 168, 1 / 168]
    usual = [right * factor for factor in factors]
    usual += [1 / right, 100 - right, 1 - right / 100, 1 - right]
    return usual + [wrong for wrong, _ in way.diagnoses]


@pytest.mark.parametrize(
    "way",
    [one.posed() for one in EXERCISES if not isinstance(one.posed().answer, str)],
    ids=name_of,
)
def test_a_number_far_from_all_of_these_is_too_high_or_too_low(way, monkeypatch):
    monkeypatch.setattr(checks, "registered", lambda lesson=None: [fixed(way)])
    right, known = way.answer, way.exercise

    @given(st.floats(-3 * right, 3 * right) | st.floats(allow_nan=False))
    def far(answer):
        for one in mix_ups(way):
            near = abs(answer - one) <= known.absolute_tolerance * 1.01
            assume(not near and not math.isclose(answer, one, rel_tol=0.021))
        said = check(known.id, answer)
        side = "too high" if answer > right else "too low"
        assert (said.right, said.reason) == (False, f"{side}. A hint: hint({known.id!r}).")

    far()


def test_the_ranks_of_lesson_1_are_those_of_the_data():
    table = data.load("deepening_life_tables").query("channel != 'text message'")
    week = deepening.encounter_curves(table, encounter=5).reached(hours=168)
    assert checks.judge("1.2", week["per cent"].idxmax()).right is True
    day = deepening.encounter_curves(table, encounter=2).reached(hours=24)
    said = checks.judge("1.2", day["per cent"].idxmax())
    assert said.reason.startswith("they lead at the second")
    assert math.isnan(week.loc["conference 2009", "per cent"])
