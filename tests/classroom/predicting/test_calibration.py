"""Calibration tells a calibrated student from an overconfident one, and says when it cannot."""

import numpy as np
import pytest
from scipy.stats import norm

from frontporch import look
from frontporch.classroom import predict
from frontporch.classroom.predicting.calibration import Share, calibration
from frontporch.classroom.predicting.course_picture import BEYOND
from frontporch.classroom.predicting.outcome import Outcome
from frontporch.classroom.predicting.predictions import Prediction
from frontporch.classroom.record import kept


def numbers(n, narrow, rng):
    """Questions whose answer is normal around what a student says; ranges too narrow or not."""
    half = norm.ppf(0.9) * narrow
    made, outcomes = [], {}
    for k in range(n):
        said = float(rng.uniform(20, 80))
        truth = float(rng.normal(said, 1))
        made.append(Prediction(f"{k}", said, (), "%", sure=80.0, low=said - half, high=said + half))
        outcomes[f"{k}"] = Outcome(f"{k}", lambda at, truth=truth: truth, "t", "w", "%")
    return made, outcomes


def choices(n, gap, rng):
    """Choices right as often as somebody is sure, less a gap."""
    made, outcomes = [], {}
    for k in range(n):
        sure = float(rng.uniform(60, 95))
        right = rng.random() < sure / 100 - gap
        made.append(Prediction(f"{k}", "a", sure=sure, choices=("a", "b")))
        truth = "a" if right else "b"
        outcomes[f"{k}"] = Outcome(f"{k}", lambda at, truth=truth: truth, "t", "w")
    return made, outcomes


def scored_students(maker, amount, n=40, students=200):
    rng = np.random.default_rng(20)
    made = [maker(n, amount, rng) for _ in range(students)]
    return [calibration(one, outcomes=outcomes) for one, outcomes in made]


def found(maker, amount):
    return [one.ranges or one.choices for one in scored_students(maker, amount)]


@pytest.mark.parametrize(("maker", "fine"), [(numbers, 1.0), (choices, 0.0)])
def test_calibrated_students_are_hardly_ever_blamed(maker, fine):
    shares = found(maker, fine)
    blamed = np.mean(["confident" in one.finding for one in shares])
    assert blamed <= 0.05
    assert np.mean([one.right / one.n for one in shares]) == pytest.approx(
        np.mean([one.said for one in shares]), abs=0.015
    )


@pytest.mark.parametrize(
    ("maker", "amount", "word"),
    [(numbers, 0.4, "over"), (numbers, 3.0, "under"), (choices, 0.35, "over")],
)
def test_others_are_found_out_over_a_course(maker, amount, word):
    shares = found(maker, amount)
    assert np.mean([f"{word}confident" in one.finding for one in shares]) > 0.8
    other = {"over": "under", "under": "over"}[word]
    assert not any(f"are {other}confident" in one.finding for one in shares)


def test_the_calibrated_have_the_better_scores():
    means = []
    for narrow in (0.4, 1.0, 3.0):
        scores = [one for student in scored_students(numbers, narrow) for one in student.scores]
        means.append(np.mean([one.interval_score for one in scores]))
    assert means[1] < min(means[0], means[2])


def test_three_of_four_is_too_few_to_say():
    rng = np.random.default_rng(1)
    made, outcomes = numbers(4, 1.0, rng)
    outcomes["0"] = Outcome("0", lambda at: 0.0, "t", "w", "%")
    for k in (1, 2, 3):
        outcomes[f"{k}"] = Outcome(f"{k}", lambda at, k=k: made[k].value, "t", "w", "%")
    scored = calibration(made, outcomes=outcomes)
    assert scored.sentences[0] == (
        "Your ranges were right 3 times in 4; people who are 80 % sure are right 4 times in 5. "
        "4 predictions are too few to say that you are overconfident."
    )
    row = scored.summary().loc["ranges that held the truth"]
    assert (row["value"], row["should_be"], row["n"]) == (0.75, pytest.approx(0.8), 4)
    assert (row["lower"], row["upper"]) == pytest.approx((0.194, 0.994), abs=5e-4)
    assert "3 times in 4" in repr(scored)
    shown = scored._repr_html_()
    assert "<li>Your ranges were right 3 times in 4" in shown
    assert 'alt="The truth lay in your ranges 3 times in 4' in shown


def test_findings_at_the_edges():
    assert Share(30, 40, 0.8, 0.6, 0.87).finding == "You are as sure as you should be"
    assert Share(10, 40, 0.8, 0.1, 0.4).finding.startswith("You are overconfident")
    assert Share(40, 40, 0.8, 0.91, 1.0).finding.startswith("You are underconfident")
    assert Share(32, 40, 0.1 + 0.2, 0.1, 0.3).finding == "You are as sure as you should be"
    assert Share(32, 40, 0.3, 0.1 + 0.2, 0.9).finding == "You are as sure as you should be"
    assert Share(4, 4, 0.8, 0.4, 1.0).finding == (
        "4 predictions are too few to say that you are underconfident"
    )


def test_the_last_before_the_result_is_scored_and_what_is_not_scored_is_said():
    predict("1.curve", [28], at=[24], unit="%")
    predict("1.curve", [20], at=[24], unit="%", between=([10], [35]))
    kept.add("reveal", "1.curve")
    predict("1.curve", [27.8], at=[24], unit="%")
    kept.add("reveal", "8.lift", details={"anyway": True})
    predict("8.lift", 5, unit="%")
    predict("9.none", 5)
    scored = calibration()
    (one,) = scored.scores
    assert one.prediction.value == (20,) and one.records == 3 and one.held == 1
    assert one.prediction.recorded_at.endswith("+00:00")
    assert scored.notes == (
        "1.curve was predicted 3 times; the last before the result counts.",
        "8.lift was recorded after its result was shown: not scored.",
        "9.none has no result yet: not scored.",
    )
    assert scored.sentences[-3:] == scored.notes
    (row,) = scored.table.to_dict("records")
    assert (row["question"], row["records"], row["recorded_at"]) == (
        "1.curve",
        3,
        one.prediction.recorded_at,
    )


def test_a_file_of_before_ranges_is_scored_by_distance_alone(file):
    file.with_name("predictions.json").write_text(
        '[{"question": "1.curve", "value": [20.0], "at": [24.0], "unit": "%", "because": "", '
        '"kind": "curve", "recorded_at": "2026-01-05T10:00:00+00:00"}]',
        encoding="utf-8",
    )
    scored = calibration()
    assert scored.ranges is None and scored.choices is None
    assert scored.summary().loc["mean distance of curves", "unit"] == "points"
    assert len(scored.table) == 1


def test_units_are_never_averaged_together():
    made = [Prediction("a", 10.0, (), "%"), Prediction("b", 3.0, (), "weeks")]
    outcomes = {
        "a": Outcome("a", lambda at: 14.0, "t", "w", "%"),
        "b": Outcome("b", lambda at: 1.0, "t", "w", "weeks"),
    }
    table = calibration(made, outcomes=outcomes).summary().reset_index()
    assert table[["value", "unit"]].to_numpy().tolist() == [[4, "points"], [2, "weeks"]]


def test_large_numbers_are_written_out():
    made = [Prediction("a", 30_000.0, (), "dollars", sure=80.0, low=20_000.0, high=50_000.0)]
    outcomes = {"a": Outcome("a", lambda at: 16_400.0, "t", "w", "dollars")}
    said = calibration(made, outcomes=outcomes).sentences
    assert "Your number was off by 13,600 dollars." in said


@pytest.mark.parametrize(
    ("truth", "said", "brier"),
    [
        ("y", "Mere guesses would have done as well as how sure you were of your choices.", 0.49),
        ("x", "How sure you were of your choices tells more than a mere guess.", 0.09),
    ],
)
def test_how_sure_of_choices_is_said_in_words_and_scored_underneath(truth, said, brier):
    made = [Prediction("1.a", "x", sure=70, choices=("x", "y"))]
    scored = calibration(made, outcomes={"1.a": Outcome("1.a", lambda at: truth, "t", "w")})
    right = "1 time in 1" if truth == "x" else "0 times in 1"
    assert scored.sentences[0].startswith(
        f"Your choices were right {right}; people who are 70 % sure are right 7 times in 10. "
    )
    assert scored.sentences[1:] == (said,)
    assert "Brier" not in scored._repr_html_()
    assert scored.summary().loc["Brier score", "value"] == pytest.approx(brier)


def test_the_picture_has_a_row_a_prediction_and_says_what_came_out():
    given = {
        "1.in": (Prediction("1.in", 10.0, (), "%", sure=80, low=5.0, high=20.0), 6.0),
        "2.far": (Prediction("2.far", 5.0, (), "k$", sure=80, low=4.0, high=6.0), 500.0),
        "3.dot": (Prediction("3.dot", 5.0, (), sure=80, low=5.0, high=5.0), 5.0),
        "4.none": (Prediction("4.none", 5.0, (), "%"), 9.0),
        "5.who": (Prediction("5.who", "a", sure=90, choices=("a", "b")), "b"),
        "6.line": (
            Prediction("6.line", (1.0, 2.0), (0, 1), sure=80, low=(0.0, 0.0), high=(2.0, 4.0)),
            (1.5, 9.0),
        ),
    }
    outcomes = {
        name: Outcome(name, lambda at, truth=truth: truth, "named", f"what is {name}", made.unit)
        for name, (made, truth) in given.items()
    }
    scored = calibration([made for made, _ in given.values()], outcomes=outcomes)
    ax = scored.plot()
    assert ax.get_title("left") == "The truth lay in your ranges 6 times in 10"
    spots = [tuple(dot.get_offsets()[0].tolist()) for dot in ax.collections]
    assert [at for _, at in spots] == [5, 4, 3, 0, 0]
    assert [round(x, 2) for x, _ in spots] == [-0.87, BEYOND, 0, 0.5, BEYOND]
    shapes = [len(dot.get_paths()[0].vertices) for dot in ax.collections]
    assert shapes[0] == shapes[2] == shapes[3] != shapes[1] == shapes[4]
    told = look.drawn(ax).text
    for said in (
        "what is 1.in (lesson 1): ✓ inside",
        "what is 2.far (lesson 2): ✗ outside, off by 495 k$",
        "(lesson 3): ✓ inside",
        "(lesson 4): off by 4 points; no range said",
        "(lesson 5): ✗ wrong, 90 % sure",
        "(lesson 6): 1 of 2 inside",
    ):
        assert said in told
    with pytest.raises(ValueError, match="no prediction has a result yet"):
        calibration([], outcomes={}).plot()


def test_what_is_not_scored_is_said_even_where_nothing_is():
    assert calibration([Prediction("z", 1.0)], outcomes={}).sentences[1].startswith("z has no")


def test_without_predictions_there_is_nothing_to_score():
    scored = calibration()
    assert "<img" not in scored._repr_html_()
    assert scored.sentences == ("No prediction has a result yet: there is nothing to score.",)
    assert scored.table.empty and scored.summary().empty
    assert "distance" in scored.table and "value" in scored.summary()
