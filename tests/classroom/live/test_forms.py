"""What a phone asks of each lesson, and what it may send."""

import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom.copying import sources
from frontporch.classroom.course_package import course
from frontporch.classroom.live import forms
from frontporch.classroom.predicting.predictions import of_entry
from frontporch.classroom.presenting.serving import PresentingError
from frontporch.names import UnknownName

SOURCES = sources.sources(pathlib.Path(__file__).parents[3] / "lessons")
ALL = {number: forms.of_lesson(path) for number, path in SOURCES.items()}
CURVE = forms.one_of(ALL["5"], "5.strangers")
NUMBER = forms.one_of(ALL["8"], "8.lift")
CHOICE = forms.one_of(ALL["4"], "4.porches")
DECISION = forms.one_of(ALL["5"], "5.decision")


@pytest.mark.parametrize("number", SOURCES)
def test_every_question_of_a_lesson_is_asked_as_in_its_notebook(number):
    asked = {one.about: one for one in ALL[number]}
    outcomes = course().outcomes(number)
    assert set(asked) == {*outcomes, f"{number}.decision", f"{number}.memo"}
    for about, outcome in outcomes.items():
        form = asked[about]
        assert form.kind == outcome.kind or form.kind == "curve"
        assert form.text.endswith("?") and "**" not in form.text + form.before
        assert form.unit == outcome.unit
        assert not outcome.choices or tuple(form.options) == outcome.choices
    assert len(json.dumps([one.plain() for one in ALL[number]])) < 20_000


def test_a_curve_becomes_the_entry_of_a_record():
    sent = {"value": [10, 20, 30, 40, 50], "within": 15, "because": " more  strangers "}
    made = CURVE.entry(sent, "Blue Door")
    assert (made.kind, made.about, made.team) == ("prediction", "5.strangers", "Blue Door")
    read = of_entry(made)
    assert read.at == (5, 10, 20, 30, 40) and read.because == "more strangers"
    assert read.low == (0, 5, 15, 25, 35) and read.high == (25, 35, 45, 55, 65) and read.sure == 80


def test_a_number_a_choice_and_a_decision_do_too():
    made = of_entry(NUMBER.entry({"value": 20, "low": 10, "high": 35}, ""))
    assert (made.value, made.low, made.high, made.unit) == (20, 10, 35, "%")
    made = of_entry(CHOICE.entry({"value": "rose", "sure": 70}, ""))
    assert (made.value, made.sure, len(made.choices)) == ("rose", 70, 3)
    sent = {"value": "open reviews", "amount": 2500, "expected": -300}
    made = DECISION.entry(sent, "Blue Door")
    assert (made.kind, made.value) == ("decision", "open reviews")
    assert dict(made.details) == {"amount": 2500, "expected": -300}


@pytest.mark.parametrize(
    ("form", "sent", "says"),
    [
        (CURVE, {}, "Move every slider first"),
        (CURVE, {"value": [1, 2, 3, 4]}, "Move every slider first"),
        (CURVE, {"value": [1, 2, 3, 4, None]}, "Move the slider first"),
        (CURVE, {"value": [1, 2, 3, 4, True]}, "Move the slider first"),
        (CURVE, {"value": [50, 40, 30, 20, 10]}, "can only grow"),
        (CURVE, {"value": [1, 2, 3, 4, 101]}, "101 is not between 0 and 100 %"),
        (CURVE, {"value": [1, 2, 3, 4, 5], "within": 0}, "0 is no range"),
        (CURVE, {"value": [1, 2, 3, 4, 5], "because": "x" * 201}, "at most 200 characters"),
        (CURVE, {"value": [1, 2, 3, 4, 5], "because": "\ud800"}, "characters"),
        (NUMBER, {"value": float("inf")}, "too large"),
        (NUMBER, {"value": float("nan")}, "too large"),
        (NUMBER, {"value": "20"}, "type a number such as 25"),
        (NUMBER, {"value": 20, "low": 10}, "A range has two ends"),
        (NUMBER, {"value": 20, "low": 30, "high": 40}, "not in your range from 30 to 40"),
        (CHOICE, {"value": "rised"}, "Did you mean 'rose'"),
        (CHOICE, {"value": "rose", "sure": 10}, "less than a guess"),
        (CHOICE, {"value": ["rose"]}, "Choose one first"),
        (DECISION, {"value": "open reviews", "amount": 2501}, "in steps of 250"),
        (DECISION, {"value": "open reviews", "expected": 1e9}, "at most ten million"),
        (DECISION, {"value": ""}, "Choose one first"),
    ],
)
def test_what_does_not_fit_is_said_to_the_person_at_the_phone(form, sent, says):
    with pytest.raises((ValueError, UnknownName), match=says):
        form.entry(sent, "Blue Door")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=6) | st.dictionaries(st.text(max_size=5), inside),
    max_leaves=8,
)
FIELDS = ("value", "because", "sure", "low", "high", "within", "amount", "expected")


@given(
    st.sampled_from([CURVE, NUMBER, CHOICE, DECISION]),
    st.dictionaries(st.sampled_from(FIELDS), ANYTHING),
)
def test_whatever_is_sent_is_an_entry_or_a_sentence(form, sent):
    try:
        made = form.entry(sent, "Blue Door")
    except (ValueError, UnknownName) as error:
        assert str(error)
    else:
        assert json.loads(json.dumps(made.plain(), allow_nan=False))["about"] == form.about


def lesson(folder, code):
    """A notebook of one cell that asks."""
    cell = {"role": "predict", "check": "1.curve"}
    book = {
        "cells": [{"cell_type": "code", "metadata": {"frontporch": cell}, "source": [code]}],
        "metadata": {"frontporch": {"lesson": 999}},
    }
    path = folder / "01_small.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


def test_a_cell_that_needs_others_is_said(tmp_path):
    with pytest.raises(PresentingError, match=r"name 'weeks' is not defined.*other cells make"):
        forms.of_lesson(lesson(tmp_path, "classroom.predict_number('1.a', 0, weeks)"))


def test_a_lesson_that_asks_nothing_is_said(tmp_path):
    with pytest.raises(PresentingError, match="asks for no prediction and no decision"):
        forms.of_lesson(lesson(tmp_path, "pass"))


def test_a_memo_is_written_on_a_phone_and_stands_in_the_record():
    memo = forms.one_of(ALL["5"], "5.memo")
    assert [one.partition(":")[0] for one in memo.labels] == [
        "What we know",
        "What we do not know",
        "My advice",
    ]
    made = memo.entry({"value": [" We know\n much. ", "", "Ask."]}, "Blue Door")
    assert (made.kind, made.about, made.team) == ("memo", "5.memo", "Blue Door")
    assert tuple(made.value) == ("We know much.", "", "Ask.")


@pytest.mark.parametrize(
    "value", [None, "text", ["one"], ["", " ", ""], ["a", "b", 3], ["a", "b", 601 * "c"]]
)
def test_what_is_no_memo_is_refused_with_a_reason(value):
    with pytest.raises(ValueError, match=r"three|3 sentences|at most 600|All boxes"):
        forms.one_of(ALL["5"], "5.memo").entry({"value": value}, "Blue Door")
