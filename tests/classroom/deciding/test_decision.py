"""A decision says which of its parts does not fit."""

from dataclasses import replace

import numpy as np
import pytest

from frontporch.classroom.course_package import Course
from frontporch.classroom.deciding.recorded import found
from frontporch.names import UnknownName


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "nine"}, "has to be such as '5.decision'"),
        ({"options": {"only": "one"}}, "has 1 options: give two to four"),
        ({"options": dict.fromkeys("abcde", "some")}, "has 5 options"),
        ({"options": {"a": "some", "b": " "}}, "option 'b' is empty"),
        ({"knowable": ""}, "knowable is empty"),
        ({"memo": ("one", "two")}, "begins three sentences, not 2"),
    ],
)
def test_what_does_not_fit_is_said(decision, change, said):
    with pytest.raises(ValueError, match=said):
        replace(decision, **change)


def test_there_are_two_worlds(decision):
    with pytest.raises(ValueError, match="has 1 worlds: give two"):
        _ = replace(decision, worlds=lambda: {"one": 1.0}).two_worlds


@pytest.mark.parametrize("made", [[1.0], [[1.0, 2.0]], [1.0, np.nan]])
def test_a_year_gives_one_finite_number_for_each_seed(decision, made):
    broken = replace(decision, year=lambda *_: np.array(made))
    with pytest.raises(ValueError, match="one finite number for each"):
        broken.brought("people read signs", "leave it", None, [1, 2])


def test_an_amount_is_a_place_of_the_slider(decision):
    assert decision.placed(None) == 1_000
    assert decision.placed(1_500) == 1_500
    with pytest.raises(ValueError, match="goes from 500 to 2000"):
        decision.placed(1_234)
    with pytest.raises(ValueError, match="asks for no amount"):
        replace(decision, amount=None).placed(5)


def test_the_nearest_option_and_decision_are_named(decision):
    with pytest.raises(UnknownName, match="hang a sign"):
        decision.brought("people read signs", "hang a sing", None, [1])
    with pytest.raises(UnknownName, match=r"Did you mean '9\.decision'"):
        found("9.decisions")


def test_a_course_knows_the_decision_of_a_lesson():
    assert Course().decision(9).id == "9.decision"
    assert Course().decision(99) is None
