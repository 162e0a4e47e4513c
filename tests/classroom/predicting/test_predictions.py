"""Predictions: what is recorded, what is refused, and that nothing is ever lost."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom import predict, prediction, predictions, team
from frontporch.classroom.predicting.predictions import counted, of_entry, own, readable
from frontporch.classroom.record import kept
from frontporch.classroom.record.entry import RecordError

DATES = [3, 12, 24]


@pytest.mark.parametrize(
    ("kind", "value", "at", "told"),
    [
        ("number", 12.5, (), "Prediction 1.q: 12.5 %, because so"),
        ("choice", "office 2013", (), "Prediction 1.q: 'office 2013', because so"),
        (
            "curve",
            (10.0, 20.0, 20.0),
            (3.0, 12.0, 24.0),
            "Prediction 1.q: 10, 20, 20 %, because so",
        ),
    ],
)
def test_a_prediction_comes_back_as_it_was_made(kind, value, at, told):
    made = predict("1.q", value, at=at, unit="%", because="so")
    assert prediction("1.q") == made
    assert (made.kind, made.value, made.at, repr(made)) == (kind, value, at, told)


@pytest.mark.parametrize("heights", [np.array([1, 2, 3]), pd.Series([1, 2, 3]), (1, 2, 3)])
def test_a_curve_may_come_from_an_array_or_a_column(heights):
    assert predict("1.q", heights, at=np.array(DATES)).value == (1.0, 2.0, 3.0)
    assert prediction("1.q").at == (3.0, 12.0, 24.0)


@given(heights=st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_any_curve_in_per_cent_is_kept_to_the_last_digit(tmp_path_factory, heights):
    with pytest.MonkeyPatch.context() as own:
        own.setenv(kept.VARIABLE, str(tmp_path_factory.mktemp("curve") / "mine.json"))
        predict("1.q", heights, at=range(len(heights)), unit="%")
        assert prediction("1.q").value == tuple(heights)


REFUSED = [
    (101, {"unit": "%"}, "101 % is not between 0 and 100"),
    (-1, {"unit": "%"}, "-1 % is not between 0 and 100"),
    ([10, 101, 102], {"at": DATES, "unit": "%"}, "101 % is not between 0 and 100"),
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
    (20, {"between": (10, None)}, "a range has two ends"),
    (20, {"between": (10,)}, "between has two ends"),
    (20, {"sure": 80}, "how sure of what"),
    (20, {"between": (25, 30)}, "your own 20 is not in your range from 25 to 30"),
    (20, {"between": (10, 30), "sure": 100}, "100 % sure of a range is not between 50 and 99"),
    (20, {"between": (10, 130), "unit": "%"}, "130 % is not between 0 and 100"),
    ([10, 20, 30], {"at": DATES, "between": (5, 40)}, "give as many numbers for low"),
    ([10, 20, 30], {"at": DATES, "between": ([5, 5], [40, 40])}, "has 3 heights"),
    ([10, 20, 30], {"at": DATES, "between": ([5, 25, 5], [40] * 3)}, "your own 20 is not"),
    (20, {"choices": ["a", "b"]}, "put it in quotes"),
    ("a", {"between": (1, 2)}, "a choice has no low and high"),
    ("a", {"sure": 70}, "name them all"),
    ("a", {"choices": ["a"], "sure": 70}, "name them all"),
    ("onlin", {"choices": ["online", "offline"]}, "Did you mean 'online'"),
    ("a", {"choices": ["a", "b"], "sure": 40}, "less than a guess among 2 choices, which is 50 %"),
    ("a", {"choices": ["a", "b"], "sure": 101}, "101 % is not between 0 and 100"),
]


@pytest.mark.parametrize(("value", "keywords", "said"), REFUSED)
def test_what_does_not_fit_is_refused_in_words_and_not_recorded(file, value, keywords, said):
    with pytest.raises(ValueError, match=said):
        predict("1.q", value, **keywords)
    assert not file.exists()


@pytest.mark.parametrize(
    ("value", "keywords", "sure", "told"),
    [
        (20, {"between": (10, 35)}, 80, "20 % (80 % sure: 10 to 35 %)"),
        (20, {"between": (10, 35), "sure": 50}, 50, "20 % (50 % sure: 10 to 35 %)"),
        (
            [10, 20],
            {"at": [3, 24], "between": (np.array([5, 10]), [20, 20])},
            80,
            "10, 20 % (80 % sure: 5, 10 to 20, 20 %)",
        ),
        ("online", {"choices": ["online", "offline"], "sure": 70}, 70, "'online' (70 % sure)"),
        ("online", {"choices": ["online", "offline"]}, None, "'online'"),
        ("a", {"choices": ["a", "b", "c"], "sure": 33}, 100 / 3, "'a' (33 % sure)"),
    ],
)
def test_how_sure_somebody_is_comes_back(value, keywords, sure, told):
    made = predict("1.q", value, unit="%", **keywords)
    assert prediction("1.q") == made
    assert made.sure == sure and repr(made) == f"Prediction 1.q: {told}"
    assert made.recorded_at == prediction("1.q").recorded_at != ""


def test_predictions_of_an_older_version_are_taken_over(file):
    old = file.with_name("predictions.json")
    text = (
        '[{"question": "1.q", "value": [5, 6.5], "at": [3, 24], "unit": "%", "kind": "curve"},'
        '{"question": "1.p", "value": 5, "low": 0, "high": 9, "sure": 80}, {"question": 3}]'
    )
    old.write_text(text, encoding="utf-8")
    assert repr(prediction("1.q")) == "Prediction 1.q: 5, 6.5 %"
    assert (prediction("1.p").low, prediction("1.p").high) == (0, 9)
    predict("1.q", 5, between=(4, 6))
    assert [one.low for one in predictions()] == [None, 0, 4]
    assert old.read_text(encoding="utf-8") == text


def test_what_fits_at_the_edge_is_taken():
    assert predict("1.q", 0, unit="%").value == 0
    assert predict("1.q", 100, unit="%").value == 100
    assert predict("1.q", 101, unit="weeks").value == 101
    assert predict("1.q", [20, 20, 10], at=DATES).value == (20, 20, 10)


def test_a_new_prediction_is_added_and_the_newest_is_given():
    for question, value in (("1.a", 1), ("1.b", 2), ("1.a", 3)):
        predict(question, value)
    assert [(one.question, one.value) for one in predictions()] == [
        ("1.a", 1),
        ("1.b", 2),
        ("1.a", 3),
    ]
    assert prediction("1.a").value == 3
    assert prediction("1.b").value == 2
    assert prediction("1.c") is None


def test_a_question_may_be_named_by_its_number():
    predict(1.1, 5)
    assert prediction(1.1) == prediction("1.1") is not None


def test_without_a_path_they_are_kept_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(kept.VARIABLE)
    assert predictions() == []
    predict("1.q", 5)
    assert (tmp_path / kept.FILE).is_file()
    assert prediction("1.q").value == 5


def test_a_reason_in_any_script_survives_and_is_readable_in_the_file(file):
    because = 'Grüße, 友だち and "quotes" – ½ 🏮'
    predict("1.q", "schöner Stuhl", because=because)
    assert prediction("1.q").because == because
    assert "Grüße, 友だち" in file.read_bytes().decode("utf-8")


def test_the_words_hold_no_time_but_the_file_does(file):
    made = predict("1.q", 5)
    (record,) = json.loads(file.read_text(encoding="utf-8"))["entries"]
    assert record["at"][:4].isdigit() and record["at"].endswith("+00:00")
    assert repr(made) == "Prediction 1.q: 5" == repr(prediction("1.q"))


def test_a_question_has_the_number_of_a_lesson():
    with pytest.raises(ValueError, match=r"about is 'q', but has to be such as '5\.1'"):
        predict("q", 5)


def shown(question="1.q", team=""):
    kept.add("reveal", question, team=team)


def test_the_last_before_the_result_counts():
    for value in (1, 2):
        predict("1.q", value)
    shown()
    predict("1.q", 3)
    shown()
    assert prediction("1.q").value == 2
    (one,) = counted(own())
    assert (one.records, one.late) == (3, False)
    predict("1.p", 7)
    assert prediction("1.p").value == 7


def test_where_the_result_was_shown_first_the_newest_is_given_and_is_late():
    shown()
    for value in (1, 2):
        predict("1.q", value)
    assert prediction("1.q").value == 2
    assert [(one.records, one.late) for one in counted(own())] == [(2, True)]


def test_another_team_begins_anew_and_what_was_recorded_before_a_team_was_named_stays():
    predict("1.q", 1)
    team("Blue Door")
    assert prediction("1.q").value == 1
    predict("1.q", 2)
    shown(team="Blue Door")
    team("Red Roof")
    assert prediction("1.q").value == 1
    predict("1.q", 3)
    assert prediction("1.q").value == 3
    team(" blue door")
    predict("1.q", 4)
    assert prediction("1.q").value == 2
    assert [one.value for one in predictions()] == [1, 2, 3, 4]


WRONG = [
    {"value": None},
    {"value": (1, "2"), "details": {"at": (1, 2)}},
    {"value": (1, 2), "details": {"at": "12"}},
    {"value": (), "details": {"at": ()}},
    {"value": (1, 2), "details": {"at": (1,)}},
    {"value": 5, "details": {"low": 6, "high": 7, "sure": 80}},
    {"value": 5, "details": {"low": 4, "sure": 80}},
    {"value": 5, "details": {"low": 4, "high": 7, "sure": 100}},
    {"value": "a", "details": {"sure": 10, "choices": ("a", "b")}},
    {"value": "a", "details": {"choices": (1,)}},
    {"value": 5, "details": {"unit": 3}},
    {"value": 5, "details": {"because": 3}},
]


@pytest.mark.parametrize("parts", WRONG)
def test_an_entry_whose_parts_do_not_fit_is_no_prediction_and_disturbs_none(parts):
    predict("1.q", 5)
    with pytest.raises(ValueError):
        of_entry(kept.add("prediction", "1.q", **parts))
    assert [one.value for one in predictions()] == [5] == [prediction("1.q").value]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda more: st.lists(more, max_size=3) | st.dictionaries(st.text(max_size=9), more),
    max_leaves=8,
)
NAMES = ("question", "value", "at", "unit", "because", "sure", "low", "high", "choices")


@given(found=st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES) | VALUES, max_size=4))
def test_whatever_an_older_file_holds_is_read_or_passed_over(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("old")
    (folder / "predictions.json").write_text(json.dumps(found), encoding="utf-8")
    for one in readable(kept.entries(folder / kept.FILE)):
        assert one.kind in ("number", "choice", "curve") and one.words


@pytest.mark.parametrize("damaged", [b"", b"[{", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_damaged_record_is_reported_and_left_as_it_is(file, damaged):
    file.write_bytes(damaged)
    for ask in (lambda: predict("1.q", 5), lambda: prediction("1.q"), predictions):
        with pytest.raises(RecordError, match=r"tea & talk\.json cannot be read.*rename it"):
            ask()
    assert file.read_bytes() == damaged
