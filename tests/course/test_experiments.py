"""What is tried in exercises: the controls reach every team's numbers, and nothing is betrayed."""

import inspect

import pytest

from frontporch.classroom.course_package import course

TRIED = [one for one in course().exercises() if one.experiment]
each = pytest.mark.parametrize("exercise", TRIED, ids=lambda one: one.id)


@each
def test_the_controls_reach_the_numbers_of_every_team(exercise):
    for control in exercise.experiment.controls:
        for value in exercise.options.get(control.name, ()):
            control.place(value)


@each
def test_what_is_run_takes_every_control_and_the_rest_from_the_question(exercise):
    taken = inspect.signature(exercise.experiment.run).parameters
    controls = {one.name for one in exercise.experiment.controls}
    assert controls <= set(taken)
    needed = {name for name, one in taken.items() if one.default is inspect.Parameter.empty}
    assert needed <= controls | set(exercise.options)


@each
def test_the_code_that_is_offered_can_be_typed(exercise):
    controls = exercise.experiment.controls
    code = exercise.experiment.code.format(**{one.name: one.value for one in controls})
    compile(code, exercise.id, "exec")
