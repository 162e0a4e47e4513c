"""Checks: the reason for every wrong answer, with exercises of their own."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom import Diagnosis, Exercise, check, hint, question, solution, team
from frontporch.classroom.checking import checks
from frontporch.classroom.checking.checks import Verdict
from frontporch.names import UnknownName


def exercise(id, answer, **parts):
    """An exercise with a hint and a solution."""
    told = {"question": "how many?", "hint": f"hint of {id}", "solution": f"solution of {id}"}
    return Exercise(id=id, answer=lambda: answer, **(told | parts))


EXERCISES = [
    exercise(
        "9.1",
        40.0,
        unit="%",
        absolute_tolerance=0.5,
        diagnoses=(Diagnosis(15.0, "you took Monday."), Diagnosis(lambda: 60.0, "their own rest.")),
    ),
    exercise("9.2", 0.2, absolute_tolerance=0.001),
    exercise("9.3", 14.0, unit="days", time_like=True, absolute_tolerance=0.1),
    exercise("9.4", 0.2, unit="per week", absolute_tolerance=0.001),
    exercise(
        "9.5",
        "office 2013",
        diagnoses=(Diagnosis("online", "they lead at first."), Diagnosis("<i>", "a tag.")),
    ),
    exercise("9.6", 50.0, unit="%", absolute_tolerance=0.1),
    exercise("9.7", 1.005, unit="times", absolute_tolerance=0.001),
    exercise("9.8", 0.0, unit="points", absolute_tolerance=0.1),
]


@pytest.fixture(autouse=True)
def lesson(monkeypatch):
    """A lesson 9 in place of the kit's, which nobody has tried."""
    monkeypatch.setattr(checks, "registered", lambda lesson=None: EXERCISES)
    monkeypatch.setattr(checks, "_given", {})


@pytest.mark.parametrize("answer", [40, 40.5, 39.5, np.float64(40), np.float32(40), np.int64(40)])
def test_a_right_number_is_right_within_the_tolerance(answer):
    assert check("9.1", answer) == Verdict(True, "40 %.")


@pytest.mark.parametrize("answer", ["office 2013", " Office 2013\n", "OFFICE 2013"])
def test_a_right_name_is_right_in_any_case(answer):
    assert check("9.5", answer) == Verdict(True, "office 2013.")


REST, SHARE, CENT = "this is the rest", "this is a share", "this is per cent"
SIGN, OTHER_WAY = "the sign is turned round", "this is the other way round"
WRONG = [
    ("9.1", 0.4, SHARE),
    ("9.1", 0.6, "this is the share of the rest"),
    ("9.1", -40, SIGN),
    ("9.1", 1 / 40, OTHER_WAY),
    ("9.2", 20, CENT),
    ("9.2", 0.8, "this is the rest: take it from 1"),
    ("9.2", -0.2, SIGN),
    ("9.2", 5, OTHER_WAY),
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
    ("9.1", -math.inf, "too low"),
    ("9.4", 20, "too high"),  # a rate is no share
    ("9.4", 0.8, "too high"),
]


@pytest.mark.parametrize(("id", "answer", "said"), WRONG)
def test_a_usual_mistake_is_told(id, answer, said):
    verdict = check(id, answer)
    assert verdict.right is False and verdict.reason.startswith(said)


def test_a_mix_up_is_told_of_a_rounded_number_too():
    assert check("9.2", 20.2).reason.startswith(CENT)
    assert check("9.2", 21).reason == "too high. A hint: hint('9.2')."


def test_the_exercises_own_reason_comes_first():
    assert check("9.1", 15.2) == Verdict(False, "you took Monday.")
    assert check("9.1", 60) == Verdict(False, "their own rest.")
    assert check("9.6", 20).reason.startswith("too low")
    assert check("9.5", " Online ") == Verdict(False, "they lead at first.")


@given(st.floats(allow_nan=False))
def test_no_number_is_right_beyond_the_tolerance_or_wrong_within_it(answer):
    verdict = check("9.1", answer)
    assert verdict.right is (abs(answer - 40) <= 0.5 + 4e-8)
    assert verdict.reason


KINDS = [
    ("12.5", 'this is text; write the number without quotes: 12.5 and not "12.5"'),
    ([1, 2, 3], "these are 3 values; the question asks for one number"),
    (pd.Series([1.0, 2.0]), "these are 2 values; the question asks for one number"),
    (np.array([[1, 2], [3, 4]]), "these are 4 values"),
    (pd.Series([40.0]), "this is a Series; the question asks for one number"),
    ([], "this is a list"),
    (True, "this is a bool"),
    (np.True_, "this is a bool"),
    (40 + 0j, "this is a complex"),
    (pd.NA, "this is a NAType"),
    (check, "this is a function"),
    (math.nan, "this is nan, which means that there is no number"),
    (np.float64("nan"), "this is nan"),
]


@pytest.mark.parametrize(("answer", "said"), KINDS)
def test_an_answer_of_another_kind_is_told_what_it_is(answer, said):
    verdict = check("9.1", answer)
    assert verdict.right is False and verdict.reason.startswith(said)


@pytest.mark.parametrize("answer", [2013, True, ["office 2013"]])
def test_a_name_must_be_text(answer):
    expected = f"this is {answer!r}; the question asks for a name, in quotes."
    assert check("9.5", answer) == Verdict(False, expected)


def test_an_unknown_name_in_an_answer_is_told_the_names():
    said = "'offfice' is none of the names asked for: <i>, office 2013, online."
    assert check("9.5", "offfice") == Verdict(False, said)


@pytest.mark.parametrize("answer", [None, ...])
def test_a_lesson_that_nobody_has_filled_in_runs_through(answer):
    verdict = check("9.1", answer)
    assert verdict.right is None and "three dots" in verdict.reason
    assert check("9.1") == verdict
    assert solution("9.1").startswith("Try first")


@pytest.mark.parametrize("ask", [check, hint, solution, checks.find])
def test_an_unknown_exercise_is_answered_with_the_nearest(ask):
    with pytest.raises(UnknownName, match=r"There is no exercise '9\.11'\. Did you mean '9\.1'"):
        ask("9.11")
    assert checks.find(9.1) is EXERCISES[0]


@pytest.mark.parametrize("answer", [40, 39, "text"])
def test_the_solution_comes_after_a_try(answer):
    assert hint("9.1") == "hint of 9.1"
    assert solution("9.1").startswith('Try first: put an answer into check("9.1"')
    assert solution("9.1", show_anyway=True) == "solution of 9.1"
    check("9.1", answer)
    assert solution("9.1") == "solution of 9.1"
    assert solution("9.2").startswith("Try first")


def test_a_verdict_is_told_in_words_and_not_only_in_colour():
    for answer, sign in (
        (40, "✓ Right: 40"),
        (39, "✗ Not right: too low"),
        (..., "… Not answered"),
    ):
        verdict = check("9.1", answer)
        assert repr(verdict).startswith(sign) and sign in verdict._repr_html_()
        assert 'role="status"' in verdict._repr_html_()


@pytest.mark.parametrize("id", ["9.1", "9.5"])
def test_html_in_an_answer_is_shown_as_text(id):
    shown = check(id, "<script>alert(1)</script> & more")._repr_html_()
    assert "&lt;script&gt;" in shown and "&amp; more" in shown and "<script" not in shown


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


HOURS = Exercise(
    id="9.9",
    question="What within {hours} hours?",
    answer=lambda hours: float(hours),
    hint="look at {hours}",
    solution="it is {hours}",
    options={"hours": (24, 6, 12)},
    diagnoses=(
        Diagnosis(lambda hours: None if hours == 24 else 24.0, lambda hours: f"not {hours}."),
        Diagnosis(0.0, "nothing."),
    ),
)


@pytest.fixture
def teams(monkeypatch):
    """A lesson with a question that differs from team to team; afterwards there is no team."""
    monkeypatch.setattr(checks, "registered", lambda lesson=None: [HOURS])
    yield
    team(...)


def test_each_team_gets_numbers_of_its_own_and_always_the_same_ones(teams):
    asked = {name: HOURS.posed(name).numbers["hours"] for name in map(str, range(30))}
    assert set(asked.values()) == {24, 6, 12}
    assert asked == {name: HOURS.posed(name).numbers["hours"] for name in asked}
    assert HOURS.posed("Blue Door").numbers == HOURS.posed("  blue door ").numbers
    # Written down, so that a later version does not ask a team for something else mid-course.
    assert [HOURS.posed(name).numbers["hours"] for name in ("Blue Door", "Stoop", "Lantern")] == [
        24,
        24,
        12,
    ]


def test_the_check_knows_the_numbers_of_the_team(teams):
    other = next(name for name in map(str, range(30)) if HOURS.posed(name).numbers["hours"] == 6)
    assert team(...).name is None and check("9.9", 24).right is True
    assert team(other).name == other
    assert question("9.9").hours == 6
    assert repr(question("9.9")) == f"9.9, for team {other}: What within 6 hours?"
    assert check("9.9", 24) == Verdict(False, "not 6.")
    assert check("9.9", 6).right is True
    assert (hint("9.9"), solution("9.9")) == ("look at 6", "it is 6")
    assert checks.judge("9.9", 24).right is True, "judged for the class"


def test_an_unknown_number_of_a_question_names_the_known_ones(teams):
    with pytest.raises(AttributeError, match="Did you mean 'hours'"):
        _ = question("9.9").hour


@pytest.mark.parametrize("name", ["", "  ", 7])
def test_a_team_has_a_name(teams, name):
    with pytest.raises(ValueError, match="write it in quotes"):
        team(name)


def test_what_is_handed_in_is_the_last_answer_to_each_check():
    assert checks.handed_in() == {"team": None, "answers": {}}
    check("9.1", 12)
    check("9.1", np.float64(40))
    check("9.5", "office 2013")
    check("9.2", [1, 2])
    check("9.6", math.nan)
    check("9.4", ...)
    assert checks.handed_in()["answers"] == {
        "9.1": 40.0,
        "9.5": "office 2013",
        "9.2": "<list>",
        "9.6": "<float>",
    }
    check("9.1", ...)
    assert "9.1" not in checks.handed_in()["answers"]
