"""The expected gain by week of the offer, estimated from a log with offers at many times."""

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening.offers import OfferModel, at_week, fit_gain, split_at_offer

MODEL = OfferModel()


@pytest.fixture(scope="module")
def spells():
    return MODEL.simulate(20_000, 52, seed=7, step=52)


@pytest.mark.parametrize("breaks", [(), (1, 2, 4, 8)], ids=["one rate", "breaks"])
def test_the_gain_is_within_four_standard_errors_of_the_closed_form(spells, breaks):
    weeks = np.array([0.0, 1.5, 4, 8, 20, 40])
    found = fit_gain(spells, breaks=breaks).at(weeks)
    expected = MODEL.gain(weeks, step=52)
    assert (np.abs(found["gain"] - expected["gain"]) <= 4 * found["standard_error"]).all()
    assert (np.abs(found["share"] - expected["share"]) <= 0.03).all()
    assert ((found["lower"] < found["gain"]) & (found["gain"] < found["upper"])).all()
    assert (found["note"] == "").all()


def test_rates_are_moves_by_weeks_at_risk(spells):
    estimate = fit_gain(spells, breaks=(3,))
    pieces = split_at_offer(spells)
    assert estimate.exposure.sum() == pytest.approx((pieces["left"] - pieces["entered"]).sum())
    assert estimate.events.sum() == pieces["next_stage"].notna().sum()
    late = pieces[(pieces["offered"] == 1) & (pieces["left"] > 3)]
    weeks = (late["left"] - late["entered"].clip(lower=3)).sum()
    moves = (late["next_stage"] == "friend").sum()
    shown = estimate.summary().set_index(["from_week", "offered", "next_stage"])
    assert shown.loc[(3.0, 1, "friend"), "rate"] == pytest.approx(moves / weeks)
    assert shown.loc[(3.0, 1, "friend"), "events"] == moves
    log_likelihood = (estimate.events * np.log(np.maximum(estimate.rates, 1e-300))).sum()
    assert estimate.log_likelihood == pytest.approx(log_likelihood - estimate.events.sum())


def test_the_standard_error_is_the_spread_over_simulated_logs():
    weeks = [0, 8]
    rows = [
        fit_gain(MODEL.simulate(400, 52, seed, step=52), breaks=(4,)).at(weeks)
        for seed in range(120)
    ]
    seen = np.std([one["gain"] for one in rows], axis=0, ddof=1)
    said = np.mean([one["standard_error"] for one in rows], axis=0)
    # The standard deviation of 120 has a standard error of 6.5 %; four of them.
    assert said == pytest.approx(seen, rel=0.26)


def test_what_waiting_changes_is_the_difference_of_two_gains(spells):
    estimate = fit_gain(spells)
    gains = estimate.at([0, 6])["gain"]
    waiting = estimate.at([0, 6], against=0)
    assert waiting["gain"].tolist() == pytest.approx([0, gains[1] - gains[0]])
    assert waiting["upper"][1] < 0 and waiting["standard_error"][0] == 0


def test_an_offer_that_comes_too_late_gains_nothing(spells):
    row = fit_gain(spells).at(60, weeks=52).iloc[0]
    assert row["gain"] == pytest.approx(0, abs=1e-12) and row["standard_error"] < 1e-12


def test_a_gain_below_zero_is_found():
    model = OfferModel(pushed=1.0)
    spells = model.simulate(
        4_000, 52, seed=7, step=52, policy=lambda w, o: np.where(w >= o, 3.0, 0.0)
    )
    assert fit_gain(spells, breaks=()).at(0)["upper"][0] < 0


def test_stays_that_all_end_say_how_it_would_have_gone_on():
    spells = MODEL.simulate(400, 500, seed=7, step=500)
    assert np.isinf(fit_gain(spells, breaks=()).last)
    cut = MODEL.simulate(400, 26, seed=7, step=26)
    estimate = fit_gain(cut, breaks=())
    assert estimate.last == 26
    with pytest.raises(ValueError, match="weeks is 52, but pairs were observed to week 26"):
        estimate.at(0)


def test_warnings_are_said_where_few_moved():
    spells = MODEL.simulate(60, 52, seed=7)
    estimate = fit_gain(spells, breaks=())
    assert any("Fewer than 10" in note for note in estimate.notes)
    assert "worth the same in every week" in " ".join(estimate.notes)
    assert (estimate.at(0)["note"] != "").all()
    # Enough in all, too few in the weeks that an offer in week 40 is about.
    found = fit_gain(MODEL.simulate(600, 52, seed=7, step=52), breaks=(30,)).at([0, 40])
    assert found["note"][0] == "" and "fewer than 10" in found["note"][1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: fit_gain(s, "frend"), "Did you mean 'friend'"),
        (lambda s: fit_gain(s, breaks=(4, 2)), "must rise and be above 0"),
        (lambda s: fit_gain(s, breaks=(0, 2)), "must rise and be above 0"),
        (lambda s: fit_gain(s, stage="buyer"), "no stay in stage 'buyer'"),
        (lambda s: fit_gain(s.assign(offered_at=np.nan)), "nobody had an offer"),
        (lambda s: fit_gain(s.drop(columns="offered_at")), "no column 'offered_at'"),
        (lambda s: fit_gain(s).at(-1), "weeks from 0 up"),
        (lambda s: fit_gain(s, breaks=(0.0001,)).at(0), "with an offer from week 0 to 0.0001"),
        (lambda s: fit_gain(s, level=2).at(0), "level is 2"),
    ],
)
def test_bad_input_says_what_to_do(change, words):
    with pytest.raises(ValueError, match=words):
        change(MODEL.simulate(200, 52, seed=7, timing=lambda rng, n: rng.uniform(0.5, 20, n)))


def test_a_log_in_which_all_or_none_are_offered_at_once_cannot_tell():
    for timing, words in (
        (at_week(0), "without an offer"),
        (at_week(np.inf), "nobody had an offer"),
    ):
        spells = MODEL.simulate(200, 52, seed=7, timing=timing)
        with pytest.raises(ValueError, match=words):
            fit_gain(spells).at(0)


def test_plain_text_columns_are_read_as_well(spells):
    few = spells.head(2_000)
    text = few.assign(
        stage=few["stage"].astype(str),
        next_stage=pd.Series(few["next_stage"].astype(object).where(few["next_stage"].notna())),
    )
    assert fit_gain(text).at([0, 4]).equals(fit_gain(few).at([0, 4]))
