"""Checks: the reason for every wrong answer, with exercises of their own."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom import Diagnosis, Exercise
from frontporch.classroom.checking import checks
from frontporch.classroom.checking.checks import Verdict, judge
from frontporch.names import UnknownName

HINT = 'For a hint: classroom.hint("{}").'


def exercise(id, answer, **parts):
    told = {"question": "how many?", "hint": f"hint of {id}", "solution": f"solution of {id}"}
    return Exercise(id=id, answer=lambda: answer, **(told | parts))


@pytest.fixture(autouse=True)
def lesson(lesson_9):
    """Every test here has the lesson of its own."""


@pytest.mark.parametrize(
    "answer", [40, 40.5, 39.5, np.float64(40), np.float32(40), np.int64(40), "40", "40,0 %"]
)
def test_a_right_number_is_right_within_the_tolerance(answer):
    assert judge("9.1", answer) == Verdict(True, "40 %.")


@pytest.mark.parametrize("answer", ["office 2013", " Office 2013\n", "OFFICE 2013"])
def test_a_right_name_is_right_in_any_case(answer):
    assert judge("9.5", answer) == Verdict(True, "office 2013.")


@pytest.mark.parametrize("answer", [("B", "B", "A"), ["B", "B", "A"], "b, b, a", "BBA"])
def test_several_names_are_right_together(answer):
    assert judge("9.10", answer) == Verdict(True, "B, B, A.")


def test_how_many_of_several_names_are_right_is_not_told():
    said = {judge("9.10", answer).reason for answer in ("A, B, A", "B, A, A", "A, A, B")}
    assert said == {"at least one of the 3 is not right. Look again: read the last row"}
    assert judge("9.10", "A, A, A") == Verdict(False, "always A.")


REST, SHARE, CENT = "this is the rest", "this is a share", "this is per cent"
SIGN, OTHER_WAY = "the sign is wrong", "this is upside down"
WRONG = [
    ("9.1", 0.4, SHARE),
    ("9.1", 0.6, "this is the share of the rest"),
    ("9.1", -40, SIGN),
    ("9.1", 1 / 40, OTHER_WAY),
    ("9.1", 4000, "this is 100 times the answer"),
    ("9.2", 20, CENT),
    ("9.2", 0.8, "this is the rest: take it from 1"),
    ("9.2", -0.2, SIGN),
    ("9.2", 5, OTHER_WAY),
    ("9.2", 0.002, "this is one hundredth of the answer"),
    ("9.3", 2, "days and weeks are mixed up"),
    ("9.3", 98, "days and weeks are mixed up"),
    ("9.3", 336, "hours and days are mixed up"),
    ("9.3", 14 / 24, "hours and days are mixed up"),
    ("9.3", 14 * 168, "hours and weeks are mixed up"),
    ("9.3", 14 / 168, "hours and weeks are mixed up"),
    ("9.6", 0.5, SHARE),
    ("9.6", 50.5, "too high"),  # no rest of 50, which is nearer to the answer
    ("9.6", 49.5, "too low"),
    ("9.7", 1.01, "too high"),
    ("9.7", 0.995, OTHER_WAY),
    ("9.8", 1, "too high"),
    ("9.1", 41, "too high"),
    ("9.4", 20, "this is 100 times the answer"),  # a rate is no share
    ("9.4", 0.8, "too high"),
]


@pytest.mark.parametrize(("id", "answer", "said"), WRONG)
def test_a_usual_mistake_is_told(id, answer, said):
    verdict = judge(id, answer)
    assert verdict.right is False and verdict.reason.startswith(said)


def test_a_mix_up_is_told_of_a_rounded_number_too():
    assert judge("9.2", 20.2).reason.startswith(CENT)
    assert judge("9.2", 21).reason == f"too high. {HINT.format('9.2')}"


def test_the_exercises_own_reason_comes_first():
    assert judge("9.1", 15.2) == Verdict(False, "you took Monday.")
    assert judge("9.1", 60) == Verdict(False, "their own rest.")
    assert judge("9.6", 20).reason.startswith("too low")
    assert judge("9.5", " Online ") == Verdict(False, "they lead at first.")


def team_with(hours):
    posed = checks.find("9.9").posed
    return next(name for name in map(str, range(30)) if posed(name).numbers["hours"] == hours)


def test_the_answer_of_an_unchanged_control_or_another_row_says_whose_it_is():
    assert judge("9.9", 24, team_with(6)) == Verdict(
        False, "this is for 24 hours; your question has 6 hours."
    )
    # 12 stands beside 6 among the options, and is nobody's setting.
    assert judge("9.9", 12, team_with(6)).reason.startswith("this is for 12 hours")
    assert judge("9.9", 13, team_with(6)).reason == f"too high. {HINT.format('9.9')}"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_is_right_beyond_the_tolerance_or_wrong_within_it(answer):
    verdict = judge("9.1", answer)
    assert verdict.right is (abs(answer - 40) <= 0.5 + 4e-8)
    assert verdict.reason


KINDS = [
    ([1, 2, 3], "These are 3 values, but the question asks for one number."),
    (pd.Series([1.0, 2.0]), "These are 2 values, but the question asks for one number."),
    (np.array([[1, 2], [3, 4]]), "These are 4 values, but the question asks for one number."),
    (pd.Series([40.0]), "This is of the kind Series, but the question asks for one number."),
    ([], "This is of the kind list, but the question asks for one number."),
    (True, "This is of the kind bool, but the question asks for one number."),
    (40 + 0j, "This is of the kind complex, but the question asks for one number."),
    (pd.NA, "This is of the kind NAType, but the question asks for one number."),
    (judge, "This is of the kind function, but the question asks for one number."),
    (
        math.nan,
        "This is nan, which means that there is no number. Look at the note beside it.",
    ),
    (-math.inf, "Type a number that is not infinite."),
    ("four", "Type the number in digits: 4."),
    (..., "Type an answer first."),
    (None, "Type an answer first."),
]


@pytest.mark.parametrize(("answer", "said"), KINDS)
def test_what_is_no_number_is_told_what_it_is_and_not_judged(answer, said):
    assert judge("9.1", answer) == Verdict(None, said)


@pytest.mark.parametrize("answer", [2013, True, [1]])
def test_a_name_must_be_text(answer):
    verdict = judge("9.5", answer)
    assert verdict.right is None and verdict.reason.startswith("The question asks for a name")


def test_an_unknown_name_in_an_answer_is_told_the_names():
    said = judge("9.5", "offfice 2013").reason
    assert said == (
        "'offfice 2013' is not one of the choices. Did you mean 'office 2013'? "
        "Known: <i>, office 2013, online."
    )


@pytest.mark.parametrize("ask", [checks.find, lambda one: judge(one, 3)])
def test_an_unknown_exercise_is_answered_with_the_nearest(ask):
    with pytest.raises(UnknownName, match=r"There is no exercise '9\.11'\. Did you mean '9\.1"):
        ask("9.11")


def test_a_verdict_is_told_in_words_and_not_only_in_colour():
    for answer, sign in ((40, "✓ Right: 40"), (39, "✗ Not right: too low"), ("", "… Not checked.")):
        verdict = judge("9.1", answer)
        assert repr(verdict).startswith(sign) and sign in verdict._repr_html_()
        assert 'role="status"' in verdict._repr_html_()


def test_html_in_an_answer_is_shown_as_text():
    told = judge("9.5", "<script>alert(1)</script> & more")._repr_html_()
    assert "&lt;script&gt;" in told and "&amp; more" in told and "<script" not in told


def test_an_exercise_says_what_is_wrong_with_itself():
    two = (Diagnosis(1.0, "one."), Diagnosis(2.0, "two."))
    assert exercise("8.1", 3.0, diagnoses=two).posed().problems == []
    assert exercise("8.1", 3.0, diagnoses=two, hint="", question="").posed().problems == [
        "no hint",
        "no question",
    ]
    assert "fewer than two" in exercise("8.1", 3.0, diagnoses=two[:1]).posed().problems[0]
    for same in (exercise("8.1", 2.0, diagnoses=two), exercise("8.1", 2.4, diagnoses=two)):
        wide = Exercise(**(vars(same) | {"absolute_tolerance": 0.5}))
        assert wide.posed().problems == [
            f"the answers {same.posed().answer} and 2.0 cannot be told apart"
        ]


def test_each_team_gets_numbers_of_its_own_and_always_the_same_ones():
    hours = checks.find("9.9")
    asked = {name: hours.posed(name).numbers["hours"] for name in map(str, range(30))}
    assert set(asked.values()) == {24, 6, 12}
    assert asked == {name: hours.posed(name).numbers["hours"] for name in asked}
    assert hours.posed("Blue Door").numbers == hours.posed("  blue door ").numbers
    # Written down, so that a later version does not ask a team for something else mid-course.
    assert [hours.posed(name).numbers["hours"] for name in ("Blue Door", "Stoop", "Lantern")] == [
        24,
        24,
        12,
    ]
