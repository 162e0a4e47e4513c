"""Typed answers, hints and solutions: judged, recorded, and never lost."""

import json

import numpy as np
import pytest

from frontporch.classroom import answer, hint, question, solution, team
from frontporch.classroom.checking.checks import Verdict
from frontporch.classroom.record import kept
from frontporch.names import UnknownName


@pytest.fixture(autouse=True)
def lesson(lesson_9):
    """Every test here has the lesson of its own."""


def test_an_answer_is_recorded_as_it_was_understood_and_as_it_was_typed():
    team("Stoop")
    assert answer("9.9", "24,0 %") == Verdict(True, "24 %.")
    one = kept.entries()[-1]
    assert (one.kind, one.about, one.value, one.team) == ("answer", "9.9", 24.0, "Stoop")
    assert dict(one.asked) == {"hours": 24}
    assert dict(one.details) == {"typed": "24,0 %", "right": True}


@pytest.mark.parametrize("given", [40, 40.0, np.float32(40), np.int64(40), "40", "$40"])
def test_numbers_of_any_kind_are_recorded(given, record):
    answer("9.2", given)
    assert record() == [("answer", "9.2", 40.0, "")]


@pytest.mark.parametrize("given", ["A, B, A", ("A", "B", "A"), ["a", "b", "a"]])
def test_several_names_are_recorded_as_they_are_called(given, record):
    assert answer("9.10", given).right is False
    assert record() == [("answer", "9.10", ("A", "B", "A"), "")]
    answer("9.10", given)
    assert len(record()) == 1


@pytest.mark.parametrize("given", ["1,234", "four", "", ..., None, [1, 2], float("nan")])
def test_what_is_not_understood_is_no_try(given, record):
    assert answer("9.1", given).right is None
    assert record() == [] and repr(solution("9.1")).startswith("Try first")


def test_tries_are_counted_and_the_same_answer_again_is_none(record):
    for given in (15, 15.0, "15 %", 20, 15):
        answer("9.1", given)
    assert [one.value for one in kept.entries()] == [15, 20, 15]
    assert [one.tries for one in kept.entries()] == [1, 2, 3]


def test_an_answer_that_was_right_stays_right(record):
    assert answer("9.1", 40.2).right is True
    verdict = answer("9.1", 15)
    assert verdict == Verdict(
        False, "you took Monday. Your earlier answer, 40.2 %, was right and counts."
    )
    assert [value for _, _, value, _ in record()] == [40.2, 15]


def test_an_answer_to_other_numbers_is_not_counted(record):
    answer("9.9", 24)
    team("Lantern")  # is asked for 12 hours
    assert question("9.9").hours == 12
    assert "earlier" not in answer("9.9", 24).reason
    assert repr(solution("9.9")) == "it is 12"


def test_a_question_has_the_numbers_of_the_team_as_attributes():
    assert repr(question("9.9")) == "9.9, with the class's numbers: What within 24 hours?"
    team("Lantern")
    assert repr(question("9.9")) == "9.9, for team Lantern: What within 12 hours?"
    with pytest.raises(AttributeError, match="Did you mean 'hours'"):
        _ = question("9.9").hour


def test_hint_and_solution_are_shown_and_recorded_once(record):
    assert repr(hint("9.9")) == "look at `24`"
    assert hint("9.9")._repr_html_() == "<p>look at <code>24</code></p>"
    assert repr(solution("9.9")) == 'Try first: `classroom.answer("9.9", …)` with your answer.'
    answer("9.9", 3)
    assert repr(solution("9.9")) == repr(solution("9.9")) == "it is 24"
    assert [kind for kind, *_ in record()] == ["hint", "answer", "solution"]


@pytest.mark.parametrize("ask", [answer, hint, solution, question])
def test_an_unknown_exercise_is_answered_with_the_nearest(ask):
    with pytest.raises(UnknownName, match=r"There is no exercise '9\.11'\. Did you mean '9\.1"):
        ask("9.11")


def test_a_record_that_cannot_be_read_is_told_and_the_answer_judged():
    kept.kept_in().write_text("half a rec", encoding="utf-8")
    verdict = answer("9.1", 15)
    assert verdict.right is False
    assert verdict.reason.startswith("you took Monday. It is not recorded: my-answers.json cannot")
    assert "cannot be read as a record" in repr(solution("9.1"))
    assert repr(hint("9.1")) == "hint of 9.1"
    assert kept.kept_in().read_text(encoding="utf-8") == "half a rec"


def test_a_record_that_somebody_wrote_by_hand_is_judged_anew():
    """That it says right does not make it right; a text in place of a number is no answer."""
    answer("9.1", 15)
    found = json.loads(kept.kept_in().read_text(encoding="utf-8"))
    found["entries"][0]["details"]["right"] = True
    found["entries"].append(found["entries"][0] | {"value": "forty"})
    kept.kept_in().write_text(json.dumps(found), encoding="utf-8")
    assert "earlier" not in answer("9.1", 60).reason
