"""Predictions: what is recorded, what is refused, and that nothing is ever lost."""

import json
import math
import os

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom import predict, prediction, predictions
from frontporch.classroom.predicting.predictions import PredictionsError

DATES = [3, 12, 24]


@pytest.fixture
def file(tmp_path):
    """Where a student keeps predictions."""
    return tmp_path / "mine.json"


@pytest.mark.parametrize(
    ("kind", "value", "at", "told"),
    [
        ("number", 12.5, (), "Prediction q: 12.5 %, because so"),
        ("choice", "office 2013", (), "Prediction q: 'office 2013', because so"),
        ("curve", (10.0, 20.0, 20.0), (3.0, 12.0, 24.0), "Prediction q: 10, 20, 20 %, because so"),
    ],
)
def test_a_prediction_comes_back_as_it_was_made(file, kind, value, at, told):
    made = predict("q", value, at=at, unit="%", because="so", rising=True, file=file)
    assert prediction("q", file=file) == made
    assert (made.kind, made.value, made.at, repr(made)) == (kind, value, at, told)


@pytest.mark.parametrize("heights", [np.array([1, 2, 3]), pd.Series([1, 2, 3]), (1, 2, 3)])
def test_a_curve_may_come_from_an_array_or_a_column(file, heights):
    assert predict("q", heights, at=np.array(DATES), file=file).value == (1.0, 2.0, 3.0)
    assert prediction("q", file=file).at == (3.0, 12.0, 24.0)


@given(heights=st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_any_rising_curve_in_per_cent_is_kept_to_the_last_digit(tmp_path_factory, heights):
    file = tmp_path_factory.mktemp("curve") / "mine.json"
    heights = sorted(heights)
    predict("q", heights, at=range(len(heights)), unit="%", rising=True, file=file)
    assert prediction("q", file=file).value == tuple(heights)


REFUSED = [
    (101, {"unit": "%"}, "101 % is not between 0 and 100"),
    (-1, {"unit": "%"}, "-1 % is not between 0 and 100"),
    ([10, 101, 102], {"at": DATES, "unit": "%"}, "101 % is not between 0 and 100"),
    ([10, 30, 20], {"at": DATES, "rising": True}, "fall, but a share"),
    ([10, 20, 30], {"at": [3, 24, 12]}, "the dates 3, 24, 12 must rise"),
    ([10, 20, 30], {"at": [3, 12, 12]}, "must rise"),
    ([10, 20, 30], {"at": [3, 12, math.nan]}, "nan is no number"),
    ([10, 20, 30], {"at": ["3 hours", "12 hours", "a day"]}, "'3 hours' is no number"),
    ([10, 20], {"at": DATES}, "2 heights for 3 dates"),
    ([10, 20, 30], {}, "3 heights for 0 dates"),
    ([], {}, "0 heights for 0 dates"),
    (math.nan, {}, "nan is no number"),
    (math.inf, {}, "inf is no number"),
    ([10, math.nan, 30], {"at": DATES}, "nan is no number"),
    (True, {}, "True is no number"),
    ([10, True, 30], {"at": DATES}, "True is no number"),
    (np.True_, {}, "True is no number"),
    (["10", 20, 30], {"at": DATES}, "'10' is no number"),
    (None, {}, "None is no number"),
    ("", {}, "the choice is empty"),
    ("  ", {}, "the choice is empty"),
    (20, {"low": 10}, "a range has two ends"),
    (20, {"sure": 80}, "how sure of what"),
    (20, {"low": 25, "high": 30}, "your own 20 is not in your range from 25 to 30"),
    (20, {"low": 10, "high": 30, "sure": 100}, "100 % sure of a range is not between 50 and 99"),
    (20, {"low": 10, "high": 130, "unit": "%"}, "130 % is not between 0 and 100"),
    ([10, 20, 30], {"at": DATES, "low": 5, "high": 40}, "give as many numbers for low"),
    ([10, 20, 30], {"at": DATES, "low": [5, 5], "high": [40, 40]}, "has 3 heights"),
    ([10, 20, 30], {"at": DATES, "low": [5, 25, 5], "high": [40] * 3}, "your own 20 is not"),
    (20, {"choices": ["a", "b"]}, "put it in quotes"),
    ("a", {"low": 1, "high": 2}, "a choice has no low and high"),
    ("a", {"sure": 70}, "name them all"),
    ("a", {"choices": ["a"], "sure": 70}, "name them all"),
    ("onlin", {"choices": ["online", "offline"]}, "Did you mean 'online'"),
    ("a", {"choices": ["a", "b"], "sure": 40}, "less than a guess among 2 choices, which is 50 %"),
    ("a", {"choices": ["a", "b"], "sure": 101}, "101 % is not between 0 and 100"),
]


@pytest.mark.parametrize(("value", "keywords", "said"), REFUSED)
def test_what_does_not_fit_is_refused_in_words_and_not_recorded(file, value, keywords, said):
    with pytest.raises(ValueError, match=said):
        predict("q", value, file=file, **keywords)
    assert not file.exists()


@pytest.mark.parametrize(
    ("value", "keywords", "sure", "told"),
    [
        (20, {"low": 10, "high": 35}, 80, "20 % (80 % sure: 10 to 35 %)"),
        (20, {"low": 10, "high": 35, "sure": 50}, 50, "20 % (50 % sure: 10 to 35 %)"),
        (
            [10, 20],
            {"at": [3, 24], "low": np.array([5, 10]), "high": [20, 20]},
            80,
            "10, 20 % (80 % sure: 5, 10 to 20, 20 %)",
        ),
        ("online", {"choices": ["online", "offline"], "sure": 70}, 70, "'online' (70 % sure)"),
        ("online", {"choices": ["online", "offline"]}, None, "'online'"),
        ("a", {"choices": ["a", "b", "c"], "sure": 33}, 100 / 3, "'a' (33.3333 % sure)"),
    ],
)
def test_how_sure_somebody_is_comes_back(file, value, keywords, sure, told):
    made = predict("q", value, unit="%", file=file, **keywords)
    assert prediction("q", file=file) == made
    assert made.sure == sure and repr(made) == f"Prediction q: {told}"
    assert made.recorded_at == prediction("q", file=file).recorded_at != ""


def test_a_file_of_before_there_were_ranges_is_read_and_added_to(file):
    old = '[{"question": "q", "value": [5, 6.5], "at": [3, 24], "unit": "%", "kind": "curve"}]'
    file.write_text(old, encoding="utf-8")
    assert repr(prediction("q", file=file)) == "Prediction q: 5, 6.5 %"
    predict("q", 5, low=4, high=6, file=file)
    assert [one.low for one in predictions(file=file)] == [None, 4]


def test_what_fits_at_the_edge_is_taken(file):
    assert predict("q", 0, unit="%", file=file).value == 0
    assert predict("q", 100, unit="%", file=file).value == 100
    assert predict("q", 101, unit="weeks", file=file).value == 101
    assert predict("q", [20, 20, 10], at=DATES, file=file).value == (20, 20, 10)


def test_a_new_prediction_is_added_and_the_newest_is_given(file):
    for question, value in (("a", 1), ("b", 2), ("a", 3)):
        predict(question, value, file=file)
    assert [(one.question, one.value) for one in predictions(file=file)] == [
        ("a", 1),
        ("b", 2),
        ("a", 3),
    ]
    assert prediction("a", file=file).value == 3
    assert prediction("b", file=file).value == 2
    assert prediction("c", file=file) is None


def test_a_question_may_be_named_by_its_number(file):
    predict(1.1, 5, file=file)
    assert prediction(1.1, file=file) == prediction("1.1", file=file) is not None


def test_without_a_path_they_are_kept_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert predictions() == []
    predict("q", 5)
    assert [one.name for one in tmp_path.iterdir()] == ["predictions.json"]
    assert prediction("q").value == 5


def test_a_reason_in_any_script_survives_and_is_readable_in_the_file(file):
    because = 'Grüße, 友だち and "quotes" – ½ 🏮'
    predict("q", "schöner Stuhl", because=because, file=file)
    assert prediction("q", file=file).because == because
    assert "Grüße, 友だち" in file.read_bytes().decode("utf-8")


def test_the_words_hold_no_time_but_the_file_does(file):
    made = predict("q", 5, file=file)
    (record,) = json.loads(file.read_text(encoding="utf-8"))
    assert record["recorded_at"][:4].isdigit() and record["recorded_at"].endswith("+00:00")
    assert repr(made) == "Prediction q: 5" == repr(prediction("q", file=file))


def test_a_write_that_fails_leaves_the_old_file(file, monkeypatch):
    predict("q", 5, file=file)
    before = file.read_bytes()

    def fail(*_args, **_keywords):
        raise PermissionError("held by another program")

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", fail)
        with pytest.raises(PermissionError):
            predict("q", 6, file=file)
    assert file.read_bytes() == before
    predict("q", 7, file=file)
    assert [one.value for one in predictions(file=file)] == [5, 7]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"[{",
        b"\xff\xfe\x00",
        b'{"question": "q", "value": 5}',
        b"[3]",
        b'[{"question": "q"}]',
        b'[{"value": 5}]',
        b'[{"question": "q", "value": null}]',
        b'[{"question": "q", "value": {"a": 1}}]',
        b'[{"question": "q", "value": [1, "2"], "at": [1, 2]}]',
        b'[{"question": "q", "value": [1, 2], "at": "12"}]',
        b'[{"question": "q", "value": [], "at": []}]',
        b'[{"question": "q", "value": [1, 2], "at": [1]}]',
        b'[{"question": "q", "value": NaN}]',
        b'[{"question": "q", "value": 1%s}]' % (b"0" * 400),
        b'[{"question": "q", "value": 5, "low": 6, "high": 7, "sure": 80}]',
        b'[{"question": "q", "value": 5, "low": 4, "sure": 80}]',
        b'[{"question": "q", "value": 5, "low": 4, "high": 7, "sure": 100}]',
        b'[{"question": "q", "value": "a", "sure": 10, "choices": ["a", "b"]}]',
        b'[{"question": "q", "value": "a", "choices": [1]}]',
        b'[{"question": "q", "value": 5, "unit": 3}]',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_reported_and_left_as_it_is(file, damaged):
    file.write_bytes(damaged)
    for ask in (
        lambda: predict("q", 5, file=file),
        lambda: prediction("q", file=file),
        lambda: predictions(file=file),
    ):
        with pytest.raises(PredictionsError, match=r"mine\.json cannot be read.*rename it"):
            ask()
    assert file.read_bytes() == damaged
    assert list(file.parent.iterdir()) == [file]
