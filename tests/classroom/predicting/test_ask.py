"""Controls that record a prediction: their callbacks run as in a notebook."""

import time

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
    team,
)
from frontporch.classroom.predicting.ask import UNSET, Ask
from frontporch.classroom.record import kept

LABELS, DATES = ["3 hours", "a day", "a week"], [3, 24, 168]


def test_a_curve_that_is_moved_and_recorded_is_kept(file):
    ask = predict_curve("1.curve", LABELS, at=DATES)
    assert [slider.description for slider in ask.inputs] == LABELS
    assert ask.said.value == "Nothing is recorded yet."
    for slider, height in zip(ask.inputs, (10, 20, 35), strict=True):
        slider.value = height
    ask.because.value = "people forget"
    ask.button.click()
    made = prediction("1.curve")
    assert (made.value, made.at, made.unit) == ((10, 20, 35), (3, 24, 168), "%")
    assert made.because == "people forget"
    assert 'role="status"' in ask.said.value
    assert "Recorded: 10, 20, 35 %, because people forget." in ask.said.value


def move(ask, *values):
    for one, value in zip(ask.inputs, values, strict=True):
        one.value = value


def test_what_does_not_fit_is_said_and_not_recorded(file):
    ask = predict_curve("1.curve", LABELS, at=DATES)
    move(ask, 30, 20, 25)
    ask.button.click()
    assert 'role="alert"' in ask.said.value and "Not recorded: the heights" in ask.said.value
    assert not file.exists()
    ask.inputs[0].value = 5
    ask.button.click()
    assert prediction("1.curve").value == (5, 20, 25)
    assert "alert" not in ask.said.value


def test_a_curve_that_may_fall_is_taken():
    ask = predict_curve("1.q", LABELS, at=DATES, rising=False)
    move(ask, 30, 20, 10)
    ask.button.click()
    assert prediction("1.q").value == (30, 20, 10)


def test_nothing_is_recorded_of_a_slider_that_nobody_moved(file):
    curve = predict_curve("1.q", LABELS, at=DATES)
    number = predict_number("1.r", -5, 10)
    assert {slider.options[slider.index] for slider in curve.inputs} == {("not set", UNSET)}
    for ask in (curve, number):
        ask.certainty.value = ask.certainty.options[3][1] if ask is curve else (1, 2)
        assert ask.record() is None
        assert "Not recorded: move a slider first." in ask.said.value
    curve.inputs[1].value = 40
    curve.button.click()
    assert "move every slider first. Not set yet: 3 hours, a week." in curve.said.value
    assert not file.exists()
    move(curve, 0, 40, 50)
    curve.certainty.value = 0
    assert curve.record().value == (0, 40, 50)


def test_what_is_recorded_stands_in_the_controls_after_a_restart():
    curve = predict_curve("1.q", LABELS, at=DATES)
    move(curve, 5, 20, 98)
    curve.certainty.value, curve.because.value = 10, "so"
    curve.record()
    again = predict_curve("1.q", LABELS, at=DATES)
    assert [one.value for one in again.inputs] == [5, 20, 98]
    assert (again.certainty.value, again.because.value) == (10, "so")
    assert "Recorded: 5, 20, 98 %" in again.said.value
    predict("1.r", 12.5, unit="k$", between=(-3, 20))
    number = predict_number("1.r", -20, 40, unit="k$")
    assert number.inputs[0].value == 12.5 and number.certainty.value == (-3, 20)
    assert number.record() == prediction("1.r")
    predict("1.s", "b", choices=("a", "b"), sure=70)
    choice = predict_choice("1.s", ["a", "b"])
    assert (choice.inputs[0].value, choice.certainty.value) == ("b", 70)


def test_what_was_typed_and_does_not_fit_the_controls_leaves_them_unset():
    predict("1.q", [1, 2], at=[3, 24])
    predict("1.r", 99)
    predict("1.s", "c")
    assert {one.value for one in predict_curve("1.q", LABELS, at=DATES).inputs} == {UNSET}
    number = predict_number("1.r", 0, 10)
    assert number.inputs[0].value == UNSET and "Recorded: 99." in number.said.value
    assert predict_choice("1.s", ["a", "b"]).inputs[0].value is None


def test_another_cell_and_another_team_are_followed():
    ask = predict_number("1.q", 0, 10)
    predict("1.other", 3)
    assert ask.inputs[0].value == UNSET
    predict("1.q", 3)
    assert ask.inputs[0].value == 3 and "Recorded: 3." in ask.said.value
    team("Blue Door")
    predict("1.q", 4)
    team("Red Roof")
    assert ask.inputs[0].value == 3
    team("Blue Door")
    assert ask.inputs[0].value == 4


def test_after_the_result_a_new_prediction_does_not_count_and_it_is_said():
    ask = predict_number("1.q", 0, 10)
    ask.inputs[0].value = 3
    ask.record()
    kept.add("reveal", "1.q")
    ask.inputs[0].value = 4
    assert ask.record().value == 4
    assert "The result was shown before: the prediction before it counts." in ask.said.value
    assert prediction("1.q").value == 3


def test_the_curve_is_drawn_while_one_slides(screen):
    ask = predict_curve("1.q", LABELS, at=DATES)
    ask._ipython_display_()
    assert "3 hours not set, a day not set, a week not set." in ask.picture.value
    began = time.perf_counter()
    move(ask, 5, 20, 35)
    ask.certainty.value = 10
    assert time.perf_counter() - began < 4  # some 50 ms each on an idle machine
    told = "3 hours 5 %, a day 20 %, a week 35 %; 80 % sure within 10 of each."
    assert f'alt="Your prediction so far: {told}"' in ask.picture.value
    assert 'src="data:image/png;base64,' in ask.picture.value


def test_each_press_adds_a_prediction(file):
    ask = predict_number("1.q", 0, 10)
    for value in (3, 4):
        ask.inputs[0].value = value
        ask.button.click()
    assert [one.value for one in predictions()] == [3, 4]


def test_what_was_recorded_before_is_shown_again(file):
    predict("1.q", 4, unit="weeks")
    ask = predict_number("1.q", 0, 10, unit="weeks")
    assert "Recorded: 4 weeks." in ask.said.value


@pytest.mark.parametrize(
    ("ask", "first", "last"),
    [
        (lambda: predict_curve("1.q", ["a day"], at=[24]), "0 %", "100 %"),
        (
            lambda: predict_curve("1.q", ["a day"], at=[24], unit="pairs", highest=250),
            "0 pairs",
            "250 pairs",
        ),
        (lambda: predict_number("1.q", 2, 8, step=0.5, unit="×"), "2 ×", "8 ×"),
        (lambda: predict_number("1.q", 2, 8), "2", "8"),
    ],
)
def test_the_slider_says_its_unit(ask, first, last):
    (slider,) = ask().inputs
    assert slider.options[1][0] == first
    assert slider.options[-1][0] == last
    assert slider.readout


def test_a_number_has_its_unit_and_its_step(file):
    ask = predict_number("1.q", 2, 8, step=0.5, unit="weeks", label="how long")
    (slider,) = ask.inputs
    assert slider.description == "how long"
    slider.value = 6.5
    ask.button.click()
    assert repr(prediction("1.q")) == "Prediction 1.q: 6.5 weeks"


def test_a_choice_begins_with_none_chosen(file):
    ask = predict_choice("1.q", ["online", "offline"], label="faster")
    (buttons,) = ask.inputs
    assert buttons.value is None and buttons.options == ("online", "offline")
    ask.button.click()
    assert "Not recorded: choose one first." in ask.said.value and not file.exists()
    buttons.value = "offline"
    ask.button.click()
    assert prediction("1.q").value == "offline"


def test_a_curve_is_sure_within_so_many_points_and_never_beyond_its_ends(file):
    ask = predict_curve("1.q", LABELS, at=DATES)
    move(ask, 5, 50, 95)
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
    ask = predict_curve("1.q", ["a day"], at=[24], unit="pairs", highest=250)
    assert ask.certainty.options[1] == ("± 6.25 pairs", 6.25)


def test_a_number_has_a_range_that_is_not_recorded_at_its_full_width(file):
    ask = predict_number("1.q", 2, 8, step=0.5, unit="weeks")
    ask.inputs[0].value = 5
    assert ask.record().low is None
    ask.certainty.value = (4, 6.5)
    made = ask.record()
    assert (made.sure, made.low, made.high) == (80, 4, 6.5)
    ask.certainty.value = (6, 8)
    assert ask.record() is None
    assert "Not recorded: your own 5 is not in your range from 6 to 8" in ask.said.value


def test_the_ends_of_a_range_fit_their_field_whatever_the_unit(file):
    ask = predict_number("1.q", -20, 40, unit="thousand dollars a year")
    both = ask.certainty
    assert both.options[0] == (" -20 ", -20) and both.options[-1] == (" 40 ", 40)
    assert max(len(label) for label, _ in both.options) <= 6
    assert "thousand dollars a year" in both.tooltip
    assert ", ," not in predict_number("1.r", 0, 1).certainty.tooltip


def test_a_choice_is_at_least_as_sure_as_a_guess(file):
    ask = predict_choice("1.q", ["a", "b", "c"])
    assert [one for one, _ in ask.certainty.options[:3]] == ["not said", "33 %", "35 %"]
    assert predict_choice("1.r", ["a", "b"]).certainty.options[1] == ("50 %", 50)
    ask.inputs[0].value = "c"
    assert ask.record().sure is None and prediction("1.q").choices == ("a", "b", "c")
    for _, sure in ask.certainty.options[1:]:
        ask.certainty.value = sure
        assert ask.record().sure == sure


def test_record_does_what_the_button_does(file):
    ask = predict_number("1.q", 0, 10)
    ask.inputs[0].value = 7
    assert ask.record() == prediction("1.q")
    assert predict_choice("1.r", ["a", "b"]).record() is None


HTML = '<img src=x onerror="alert(1)"> & more'


def test_html_in_a_reason_is_shown_as_text(file):
    ask = predict_number("1.q", 0, 10)
    ask.inputs[0].value = 3
    ask.because.value = HTML
    ask.button.click()
    again = predict_number("1.q", 0, 10)
    for said in (ask.said.value, again.said.value):
        assert "&lt;img src=x" in said and "&amp; more" in said
        assert "<img" not in said
    assert prediction("1.q").because == HTML


def test_html_in_an_error_is_shown_as_text(file):
    ask = Ask("1.q", [], lambda: [HTML], at=[1])
    ask.button.click()
    assert "Not recorded: &#x27;&lt;img src=x" in ask.said.value
    assert "<img" not in ask.said.value


def test_a_record_that_was_damaged_meanwhile_is_said_and_left_as_it_is(file):
    ask = predict_number("1.q", 0, 10)
    ask.inputs[0].value = 3
    file.write_bytes(b"[{")
    ask.button.click()
    assert "Not recorded: tea &amp; talk.json cannot be read" in ask.said.value
    assert file.read_bytes() == b"[{"
    again = predict_number("1.q", 0, 10)
    assert 'role="alert">tea &amp; talk.json cannot be read' in again.said.value


def test_a_record_that_cannot_be_written_is_said(monkeypatch):
    def fail(*_args, **_keywords):
        raise PermissionError("held by <another> program")

    ask = predict_number("1.q", 0, 10)
    ask.inputs[0].value = 3
    monkeypatch.setattr(kept, "replaced", fail)
    ask.button.click()
    assert "Not recorded: held by &lt;another&gt; program" in ask.said.value


def test_there_are_as_many_labels_as_dates():
    with pytest.raises(ValueError, match="3 labels for 2 dates"):
        predict_curve("1.q", LABELS, at=[3, 24])


def test_it_is_shown_as_inputs_reason_button_and_answer(file, monkeypatch):
    shown = []
    monkeypatch.setattr(display, "display", shown.append)
    ask = predict_curve("1.q", LABELS, at=DATES)
    ask._ipython_display_()
    box, names = shown
    assert isinstance(box, ipywidgets.VBox) and isinstance(names, display.Javascript)
    *told, as_seen = box.children
    assert as_seen.layout.display == "none"
    assert told == [
        ask.picture,
        *ask.inputs,
        ask.certainty,
        ask.because,
        ask.button,
        ask.said,
    ]
    assert ask.button.tooltip == "Record prediction 1.q"
