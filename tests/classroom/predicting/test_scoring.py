"""One prediction beside its result: what is scored, and what is not and why."""

import math

import pytest

from frontporch.classroom.course_package import course
from frontporch.classroom.predicting.outcome import Outcome
from frontporch.classroom.predicting.predictions import Prediction
from frontporch.classroom.predicting.scoring import score


def outcome(truth, unit="%"):
    return Outcome("q", lambda at: truth, "truth", "pairs", unit)


def test_a_curve_is_scored_by_its_dates():
    made = Prediction(
        "q", (10, 20, 40), (3, 24, 168), "%", sure=80, low=(5, 15, 30), high=(15, 25, 50)
    )
    got, said = score(made, outcome((12.0, 30.0, 40.0)))
    assert said == ""
    assert got.distance == pytest.approx(4)
    assert got.held == pytest.approx(2 / 3)
    assert got.interval_score == pytest.approx((10 + (10 + 10 * 5) + 20) / 3)


def test_dates_that_the_data_do_not_reach_are_said_and_not_scored():
    made = Prediction("q", (10, 20), (3, 24), "%", sure=80, low=(5, 15), high=(15, 25))
    got, said = score(made, outcome((12.0, math.nan)))
    assert (got.distance, got.held) == (2, 1)
    assert said == "q: the data do not reach 1 of 2 dates, which are not scored."
    none, said = score(made, outcome((math.nan, math.nan)))
    assert none is None and "2 of 2 dates" in said


def test_a_number_with_and_without_a_range():
    got, _ = score(Prediction("q", 20.0, (), "%"), outcome(25.0))
    assert (got.distance, got.held, got.interval_score) == (5, None, None)
    got, _ = score(Prediction("q", 20.0, (), "%", sure=80, low=10.0, high=22.0), outcome(25.0))
    assert (got.held, got.interval_score) == (0, pytest.approx(12 + 30))


def test_a_choice_with_and_without_how_sure():
    made = Prediction("q", " Online", sure=70, choices=("online", "offline"))
    got, _ = score(made, outcome("online", ""))
    assert got.right and got.brier == pytest.approx(0.09)
    got, _ = score(Prediction("q", "offline"), outcome("online", ""))
    assert (got.right, got.brier) == (False, None)


@pytest.mark.parametrize(
    ("made", "truth", "said"),
    [
        (Prediction("q", 0.2), 25.0, "q is in no unit, but its result in %: not scored"),
        (Prediction("q", 20.0, (), "%"), "online", "q is a number, but its result a choice"),
        (Prediction("q", "online"), (1.0, 2.0), "q is a choice, but its result a curve"),
    ],
)
def test_what_cannot_be_compared_is_not_scored_and_the_reason_said(made, truth, said):
    none, reason = score(made, outcome(truth))
    assert none is None and said in reason


def test_the_result_of_lesson_1_is_that_of_its_picture():
    from frontporch import data, deepening

    one = course().outcomes()["1.curve"]
    curves = deepening.encounter_curves(data.load("deepening_life_tables"), encounter=2)
    for hours in (3, 12, 24, 168, 730):
        seen = curves.reached(hours).loc["students online", "per cent"]
        assert one.truth((hours,)) == pytest.approx((seen,))
    assert math.isnan(one.truth((1e6,))[0])


def test_every_outcome_is_of_a_question_that_its_lesson_asks():
    import pathlib

    lessons = pathlib.Path(__file__).parents[3] / "lessons"
    for question, one in course().outcomes().items():
        assert one.question == question
        number = int(question.split(".")[0])
        (lesson,) = lessons.glob(f"{number:02d}_*.ipynb")
        assert f'\\"{question}\\"' in lesson.read_text(encoding="utf-8")
