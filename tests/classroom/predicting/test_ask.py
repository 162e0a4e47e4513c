"""Controls that record a prediction: their callbacks run as in a notebook."""

import os

import ipywidgets
import pytest
from IPython import display

from frontporch.classroom import (
    predict,
    predict_choice,
    predict_curve,
    predict_number,
    prediction,
    predictions,
)
from frontporch.classroom.predicting.ask import Ask
from frontporch.classroom.predicting.predictions import PredictionsError

LABELS, DATES = ["3 hours", "a day", "a week"], [3, 24, 168]


@pytest.fixture
def file(tmp_path):
    """Where a student keeps predictions."""
    return tmp_path / "tea & talk.json"


def test_a_curve_that_is_moved_and_recorded_is_kept(file):
    ask = predict_curve("1.curve", LABELS, at=DATES, file=file)
    assert [slider.description for slider in ask.inputs] == LABELS
    assert ask.said.value == "Nothing is recorded yet."
    for slider, height in zip(ask.inputs, (10, 20, 35), strict=True):
        slider.value = height
    ask.because.value = "people forget"
    ask.button.click()
    made = prediction("1.curve", file=file)
    assert (made.value, made.at, made.unit) == ((10, 20, 35), (3, 24, 168), "%")
    assert made.because == "people forget"
    assert 'role="status"' in ask.said.value
    assert "Recorded. Prediction 1.curve: 10, 20, 35 %, because people forget" in ask.said.value


def test_what_does_not_fit_is_said_and_not_recorded(file):
    ask = predict_curve("1.curve", LABELS, at=DATES, start=[30, 20, 10], file=file)
    ask.button.click()
    assert 'role="alert"' in ask.said.value and "Not recorded: the heights" in ask.said.value
    assert not file.exists()
    ask.inputs[0].value = 5
    ask.inputs[2].value = 25
    ask.button.click()
    assert prediction("1.curve", file=file).value == (5, 20, 25)
    assert "alert" not in ask.said.value


def test_a_curve_that_may_fall_is_taken(file):
    ask = predict_curve("q", LABELS, at=DATES, start=[30, 20, 10], rising=False, file=file)
    ask.button.click()
    assert prediction("q", file=file).value == (30, 20, 10)


def test_each_press_adds_a_prediction(file):
    ask = predict_number("q", 0, 10, file=file)
    for value in (3, 4):
        ask.inputs[0].value = value
        ask.button.click()
    assert [one.value for one in predictions(file=file)] == [3, 4]


def test_what_was_recorded_before_is_shown_again(file):
    predict("q", 4, unit="weeks", file=file)
    ask = predict_number("q", 0, 10, unit="weeks", file=file)
    assert "Recorded. Prediction q: 4 weeks" in ask.said.value


@pytest.mark.parametrize(
    ("ask", "first", "last"),
    [
        (lambda file: predict_curve("q", ["a day"], at=[24], file=file), "0 %", "100 %"),
        (
            lambda file: predict_curve(
                "q", ["a day"], at=[24], unit="pairs", highest=250, file=file
            ),
            "0 pairs",
            "250 pairs",
        ),
        (lambda file: predict_number("q", 2, 8, step=0.5, unit="×", file=file), "2 ×", "8 ×"),
        (lambda file: predict_number("q", 2, 8, file=file), "2", "8"),
    ],
)
def test_the_slider_says_its_unit(file, ask, first, last):
    (slider,) = ask(file).inputs
    assert slider.options[slider.index][0] == first
    assert slider.options[-1][0] == last
    assert slider.readout


def test_a_number_has_its_unit_and_its_step(file):
    ask = predict_number("q", 2, 8, step=0.5, unit="weeks", label="how long", file=file)
    (slider,) = ask.inputs
    assert slider.description == "how long"
    slider.value = 6.5
    ask.button.click()
    assert repr(prediction("q", file=file)) == "Prediction q: 6.5 weeks"


def test_a_choice_begins_with_none_chosen(file):
    ask = predict_choice("q", ["online", "offline"], label="faster", file=file)
    (buttons,) = ask.inputs
    assert buttons.value is None and buttons.options == ("online", "offline")
    ask.button.click()
    assert "Not recorded: the choice is empty" in ask.said.value and not file.exists()
    buttons.value = "offline"
    ask.button.click()
    assert prediction("q", file=file).value == "offline"


def test_a_curve_is_sure_within_so_many_points_and_never_beyond_its_ends(file):
    ask = predict_curve("q", LABELS, at=DATES, start=[5, 50, 95], file=file)
    assert ask.certainty.description == "80 % sure: within"
    assert [one for one, _ in ask.certainty.options[:3]] == [
        "not said",
        "± 2.5 points",
        "± 5 points",
    ]
    assert ask.record().sure is None
    ask.certainty.value = 10
    made = ask.record()
    assert (made.sure, made.low, made.high) == (80, (0, 40, 85), (15, 60, 100))
    assert "(80 % sure: 0, 40, 85 to 15, 60, 100 %)" in ask.said.value


def test_a_curve_without_per_cent_is_sure_within_its_own_unit(file):
    ask = predict_curve("q", ["a day"], at=[24], unit="pairs", highest=250, file=file)
    assert ask.certainty.options[1] == ("± 6.25 pairs", 6.25)


def test_a_number_has_a_range_that_is_not_recorded_at_its_full_width(file):
    ask = predict_number("q", 2, 8, step=0.5, unit="weeks", file=file)
    ask.inputs[0].value = 5
    assert ask.record().low is None
    ask.certainty.value = (4, 6.5)
    made = ask.record()
    assert (made.sure, made.low, made.high) == (80, 4, 6.5)
    ask.certainty.value = (6, 8)
    assert ask.record() is None
    assert "Not recorded: your own 5 is not in your range from 6 to 8" in ask.said.value


def test_the_ends_of_a_range_fit_their_field_whatever_the_unit(file):
    ask = predict_number("q", -20, 40, unit="thousand dollars a year", file=file)
    both = ask.certainty
    assert both.options[0] == (" -20 ", -20) and both.options[-1] == (" 40 ", 40)
    assert max(len(label) for label, _ in both.options) <= 6
    assert "thousand dollars a year" in both.tooltip
    assert ", ," not in predict_number("r", 0, 1, file=file).certainty.tooltip


def test_a_choice_is_at_least_as_sure_as_a_guess(file):
    ask = predict_choice("q", ["a", "b", "c"], file=file)
    assert [one for one, _ in ask.certainty.options[:3]] == ["not said", "33 %", "35 %"]
    assert predict_choice("r", ["a", "b"], file=file).certainty.options[1] == ("50 %", 50)
    ask.inputs[0].value = "c"
    assert ask.record().sure is None and prediction("q", file=file).choices == ("a", "b", "c")
    for _, sure in ask.certainty.options[1:]:
        ask.certainty.value = sure
        assert ask.record().sure == sure


def test_record_does_what_the_button_does(file):
    ask = predict_number("q", 0, 10, file=file)
    ask.inputs[0].value = 7
    assert ask.record() == prediction("q", file=file)
    assert predict_choice("r", ["a", "b"], file=file).record() is None


HTML = '<img src=x onerror="alert(1)"> & more'


def test_html_in_a_reason_is_shown_as_text(file):
    ask = predict_number("q", 0, 10, file=file)
    ask.because.value = HTML
    ask.button.click()
    again = predict_number("q", 0, 10, file=file)
    for said in (ask.said.value, again.said.value):
        assert "&lt;img src=x" in said and "&amp; more" in said
        assert "<img" not in said
    assert prediction("q", file=file).because == HTML


def test_html_in_an_error_is_shown_as_text(file):
    ask = Ask("q", [], lambda: [HTML], at=[1], file=file)
    ask.button.click()
    assert "Not recorded: &#x27;&lt;img src=x" in ask.said.value
    assert "<img" not in ask.said.value


def test_a_file_that_was_damaged_meanwhile_is_said_and_left_as_it_is(file):
    ask = predict_number("q", 0, 10, file=file)
    file.write_bytes(b"[{")
    ask.button.click()
    assert "Not recorded: tea &amp; talk.json cannot be read" in ask.said.value
    assert file.read_bytes() == b"[{"
    with pytest.raises(PredictionsError):
        predict_number("q", 0, 10, file=file)


def test_a_file_that_cannot_be_written_is_said(file, monkeypatch):
    def fail(*_args, **_keywords):
        raise PermissionError("held by <another> program")

    ask = predict_number("q", 0, 10, file=file)
    monkeypatch.setattr(os, "replace", fail)
    ask.button.click()
    assert "Not recorded: held by &lt;another&gt; program" in ask.said.value


def test_labels_starts_and_dates_must_be_as_many():
    with pytest.raises(ValueError, match="3 labels for 2 dates"):
        predict_curve("q", LABELS, at=[3, 24])
    with pytest.raises(ValueError, match="start has 2 places for 3 dates"):
        predict_curve("q", LABELS, at=DATES, start=[1, 2])


def test_it_is_shown_as_inputs_reason_button_and_answer(file, monkeypatch):
    shown = []
    monkeypatch.setattr(display, "display", shown.append)
    ask = predict_curve("q", LABELS, at=DATES, file=file)
    ask._ipython_display_()
    box, names = shown
    assert isinstance(box, ipywidgets.VBox) and isinstance(names, display.Javascript)
    assert box.children == (*ask.inputs, ask.certainty, ask.because, ask.button, ask.said)
    assert ask.button.tooltip == "Record prediction q"
