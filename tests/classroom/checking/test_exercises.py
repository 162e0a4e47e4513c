"""Every exercise of every lesson: sound in itself, and a reason for each diagnosed answer."""

from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.classroom.checking.checks import Verdict, judged, registered
from frontporch.classroom.checking.mix_ups import choices, read
from frontporch.classroom.shown import Sentence, worked_out

EXERCISES = registered()
# Each answer is worked out once for all tests.
WAYS = {one.id: one.ways() for one in EXERCISES}
each = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)


def asked(way):
    """The numbers of a question, for messages."""
    return dict(way.numbers)


def test_there_are_exercises_and_each_has_a_number_of_its_own():
    ids = [one.id for one in EXERCISES]
    assert ids[:6] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert len(set(ids)) == len(ids)


@each
def test_an_exercise_is_sound_with_all_its_numbers(exercise):
    assert [(asked(way), way.problems) for way in WAYS[exercise.id] if way.problems] == []


@each
def test_no_brace_is_left_in_what_is_asked_and_every_number_is_used(exercise):
    for way in WAYS[exercise.id]:
        for text in (way.question, way.hint, way.solution):
            assert "{" not in text
    used = {name for _, name, _, _ in Formatter().parse(exercise.question)}
    for name, values in exercise.options.items():
        assert name in used or len(values) == 1


@each
def test_the_right_answer_is_right_typed_and_worked_out(exercise):
    for way in WAYS[exercise.id]:
        assert judged(way, way.answer).right is True, asked(way)
        typed = way.answer
        if isinstance(typed, tuple):
            typed = ", ".join(typed)
        elif not isinstance(typed, str):
            typed = repr(float(typed))
        given_, problem = read(way, typed)
        assert problem == "" and exercise.matches(given_, way.answer), asked(way)


def _places_right(given, answer):
    """How many places of several are right: a reason may leave open which, and nothing else."""
    if not isinstance(answer, tuple):
        return 0
    return sum(one == right for one, right in zip(given, answer, strict=True))


@each
def test_each_diagnosed_answer_gets_its_own_reason(exercise):
    for way in WAYS[exercise.id]:
        reasons = {(reason, _places_right(wrong, way.answer)) for wrong, reason in way.diagnoses}
        assert len({reason for reason, _ in reasons}) == len(reasons), asked(way)
        if not isinstance(way.answer, tuple):
            assert len(reasons) == len(way.diagnoses), asked(way)
        for wrong, reason in way.diagnoses:
            assert judged(way, wrong) == Verdict(False, reason), asked(way)


@each
def test_what_is_read_from_the_table_is_near_enough(exercise):
    """A student reads one decimal of a per cent, and three digits of anything else."""
    for way in WAYS[exercise.id]:
        if isinstance(way.answer, float | int):
            per_cent = exercise.unit == "%"
            seen = round(way.answer, 1) if per_cent else float(f"{way.answer:.3g}")
            assert judged(way, seen).right is True, asked(way)


@each
def test_what_is_right_and_diagnosed_can_be_chosen(exercise):
    for way in WAYS[exercise.id]:
        if isinstance(way.answer, float | int):
            return
        rows = list(choices(way).values())
        for names in (way.answer, *(wrong for wrong, _ in way.diagnoses)):
            parts = names if isinstance(names, tuple) else (names,)
            assert len(parts) == len(rows), asked(way)
            known = [one in row for one, row in zip(parts, rows, strict=True)]
            assert all(known), (asked(way), names)


@pytest.mark.parametrize(
    "exercise",
    [one for one in EXERCISES if isinstance(one.posed().answer, float | int)],
    ids=lambda one: one.id,
)
def test_a_number_is_never_right_beyond_the_tolerance_and_gets_a_reason(exercise):
    way = exercise.posed()
    right = way.answer

    @settings(max_examples=30)
    @given(st.floats(-3 * abs(right), 3 * abs(right)) | st.floats(-1e12, 1e12))
    def far(answer):
        said = judged(way, answer)
        assert said.right is exercise.matches(answer, right) and said.reason
        if said.reason.startswith("too "):
            assert said.reason.startswith("too high" if answer > right else "too low")

    far()


@each
def test_an_experiment_shows_something_where_it_begins(exercise):
    if exercise.experiment is None:
        pytest.skip("nothing is tried")
    begun = {one.name: one.value for one in exercise.experiment.controls}
    for team in (None, "Blue Door", "Stoop"):
        numbers = exercise.posed(team).numbers
        made = worked_out(exercise.experiment.at, settings=begun, numbers=numbers)
        assert not isinstance(made, Sentence), repr(made)


@each
def test_the_code_of_an_experiment_is_filled_in(exercise):
    if exercise.experiment is None or not exercise.experiment.code:
        pytest.skip("nothing is tried")
    begun = {one.name: one.value for one in exercise.experiment.controls}
    filled = exercise.experiment.code.format(**{**exercise.posed().numbers, **begun})
    compile(filled, exercise.id, "exec")
