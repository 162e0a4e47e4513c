"""Calibration tells a calibrated student from an overconfident one, and says when it cannot."""

import numpy as np
import pytest
from scipy.stats import norm

from frontporch.classroom import predict
from frontporch.classroom.predicting.calibration import Share, calibration
from frontporch.classroom.predicting.outcome import Outcome
from frontporch.classroom.predicting.predictions import Prediction


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
        "3 of 4 ranges held the truth; of 80 % ranges about 3 should: "
        "too few to say that you are overconfident."
    )
    row = scored.summary().loc["ranges that held the truth"]
    assert (row["value"], row["should_be"], row["n"]) == (0.75, pytest.approx(0.8), 4)
    assert (row["lower"], row["upper"]) == pytest.approx((0.194, 0.994), abs=5e-4)
    assert "3 of 4 ranges" in repr(scored) and "<li>3 of 4" in scored._repr_html_()


def test_findings_at_the_edges():
    assert Share(30, 40, 0.8, 0.6, 0.87).finding == "in line with how sure you were"
    assert Share(10, 40, 0.8, 0.1, 0.4).finding.endswith("you are overconfident")
    assert Share(40, 40, 0.8, 0.91, 1.0).finding.endswith("you are underconfident")
    assert Share(32, 40, 0.1 + 0.2, 0.1, 0.3).finding == "in line with how sure you were"
    assert Share(32, 40, 0.3, 0.1 + 0.2, 0.9).finding == "in line with how sure you were"
    assert Share(4, 4, 0.8, 0.4, 1.0).finding == "too few to say that you are underconfident"


def test_a_file_is_scored_with_the_first_record_and_what_is_not_scored_is_said(tmp_path):
    file = tmp_path / "mine.json"
    predict("1.curve", [20], at=[24], unit="%", low=[10], high=[35], file=file)
    predict("1.curve", [28], at=[24], unit="%", file=file)
    predict("9.none", 5, file=file)
    scored = calibration(file=file)
    (one,) = scored.scores
    assert one.prediction.value == (20,) and one.records == 2 and one.held == 1
    assert one.prediction.recorded_at.endswith("+00:00")
    assert scored.notes == (
        "1.curve was predicted 2 times; the first counts, because a later one may have been "
        "made after the result was seen.",
        "9.none has no result yet: not scored.",
    )
    assert scored.sentences[-2:] == scored.notes
    (row,) = scored.table.to_dict("records")
    assert (row["question"], row["records"], row["recorded_at"]) == (
        "1.curve",
        2,
        one.prediction.recorded_at,
    )


def test_a_file_of_before_ranges_is_scored_by_distance_alone(tmp_path):
    file = tmp_path / "old.json"
    file.write_text(
        '[{"question": "1.curve", "value": [20.0], "at": [24.0], "unit": "%", "because": "", '
        '"kind": "curve", "recorded_at": "2026-01-05T10:00:00+00:00"}]',
        encoding="utf-8",
    )
    scored = calibration(file=file)
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
    assert "mean distance of numbers: 13,600 dollars (n = 1)." in said
    assert "mean interval score: 66,000 dollars (n = 1)." in said


def test_choices_have_a_brier_score_beside_that_of_a_guess():
    made = [Prediction("a", "x", sure=70, choices=("x", "y"))]
    outcomes = {"a": Outcome("a", lambda at: "y", "t", "w")}
    said = calibration(made, outcomes=outcomes).sentences
    assert said == (
        "0 of 1 choices were right; at 70 % sure on average about 1 should: too few to say that "
        "you are overconfident.",
        "Brier score: 0.49 (n = 1).",
        "Of Brier scores 0 is best; mere guesses would have scored 0.25.",
    )


def test_what_is_not_scored_is_said_even_where_nothing_is():
    assert calibration([Prediction("z", 1.0)], outcomes={}).sentences[1].startswith("z has no")


def test_without_predictions_there_is_nothing_to_score(tmp_path):
    scored = calibration(file=tmp_path / "none.json")
    assert scored.sentences == ("No prediction has a result yet: there is nothing to score.",)
    assert scored.table.empty and scored.summary().empty
    assert "distance" in scored.table and "value" in scored.summary()
