"""The randomised trial: its interval, its power against simulation, and what it refuses."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening.offers import (
    OfferModel,
    at_week,
    trial,
)
from frontporch.deepening.offers.trial import TrialResult
from frontporch.stats import power
from frontporch.streams import spawn

MODEL = OfferModel()


def trials(model, each, sets, seed, weeks=26):
    """Trials of an offer at once in one arm, and none in the other."""
    for rng in spawn(seed, sets):
        yield trial(
            model.randomise(
                2 * each, weeks, rng, usual=at_week(np.inf), tried=at_week(0), step=weeks
            ),
            weeks=weeks,
        )


def test_a_trial_without_censoring_compares_shares():
    spells = MODEL.randomise(2_000, 26, seed=7)
    result = trial(spells)
    shares = (spells["next_stage"] == "friend").groupby(spells["arm"]).mean()
    tried, usual = shares["from the first visit"], shares["as usual"]
    assert result.difference == pytest.approx(tried - usual, abs=1e-12)
    assert result.pairs == (1_000, 1_000)
    assert result.lower < MODEL.shares(0, 26)["friend"][0] - 0.444 < result.upper
    assert result.summary()["share"].tolist() == pytest.approx([usual, tried, tried - usual])


def test_censored_pairs_count_as_long_as_they_were_seen():
    spells = MODEL.randomise(6_000, 26, seed=7, usual=at_week(np.inf), tried=at_week(0), step=26)
    gone = np.random.default_rng(3).uniform(0, 60, len(spells))
    cut = gone < spells["left"]
    censored = spells.assign(
        left=np.minimum(spells["left"], gone), next_stage=spells["next_stage"].mask(cut)
    )
    full, part = trial(spells), trial(censored)
    truth = MODEL.gain(0, 26, step=26)["gain"][0]
    for one in (full, part):
        assert one.lower < truth < one.upper
    assert part.upper - part.lower > full.upper - full.lower
    naive = (censored["next_stage"] == "friend").groupby(spells["arm"]).mean().diff().abs().iloc[1]
    assert naive < part.lower


def test_power_against_simulated_trials():
    model, each, sets = OfferModel(offer_ratio=1.8, hold_ratio=1.0), 150, 120
    usual, tried = model.shares([np.inf, 0], 26, step=26)["friend"]
    expected = power(usual, tried, each)
    found = np.mean([one.says != "cannot tell" for one in trials(model, each, sets, seed=5)])
    assert 0.3 < expected < 0.9
    assert abs(found - expected) <= 4 * np.sqrt(expected * (1 - expected) / sets)


@pytest.mark.slow
@pytest.mark.parametrize("ratio", [1.0, 1.5, 1.8, 2.2])
def test_power_against_a_thousand_trials(ratio):
    model, each, sets = OfferModel(offer_ratio=ratio, hold_ratio=1.0), 200, 1_000
    usual, tried = model.shares([np.inf, 0], 26, step=26)["friend"]
    expected = power(usual, tried, each)
    found = np.mean([one.says != "cannot tell" for one in trials(model, each, sets, seed=6)])
    # Two points more for the normal approximation.
    assert abs(found - expected) <= 4 * np.sqrt(expected * (1 - expected) / sets) + 0.02


def test_a_trial_of_nothing_says_so_nineteen_times_of_twenty():
    model, sets = OfferModel.without_effect(), 100
    wrong = sum(one.says != "cannot tell" for one in trials(model, 200, sets, seed=8))
    assert abs(wrong / sets - 0.05) <= 4 * np.sqrt(0.05 * 0.95 / sets)


def test_a_coin_decides_and_everyone_counts_where_it_fell():
    spells = MODEL.randomise(1_001, 26, seed=7)
    assert spells["pair"].tolist() == list(range(1_001))
    assert spells["arm"].value_counts().tolist() == [501, 500]
    # Offers of the usual arm come late or never; it is the arm that counts.
    assert spells.loc[spells["arm"] == "as usual", "offered_at"].isna().any()
    assert MODEL.randomise(1_001, 26, seed=7).equals(spells)
    first = spells["arm"].to_numpy()[:500]
    assert 150 < (first == "as usual").sum() < 350


def test_what_is_said_follows_the_interval():
    said = {
        trial(model.randomise(3_000, 26, 7, usual=at_week(np.inf))).says
        for model in (MODEL, OfferModel.without_effect(), OfferModel(offer_ratio=0.2))
    }
    assert said == {
        "more friends from the first visit",
        "cannot tell",
        "fewer friends from the first visit",
    }


def test_a_small_trial_warns():
    result = trial(OfferModel.without_effect().randomise(60, 26, seed=7))
    assert "fewer than 10" in " ".join(result.notes).lower()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda s: trial(s, by="arms"), "Did you mean 'arm'"),
        (lambda s: trial(s, arms=("as usual", "early")), "There is no arm 'early'"),
        (lambda s: trial(s, "frend"), "Did you mean 'friend'"),
        (lambda s: trial(s, weeks=52), "'as usual' was observed to week 26"),
        (lambda s: trial(s, weeks=-1), "weeks must be numbers from 0 up"),
        (lambda s: trial(pd.concat([s, s])), "follow one another"),
        (lambda s: MODEL.randomise(1, seed=7), "pairs is 1, but at least 2"),
    ],
)
def test_bad_input_says_what_is_expected(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong(MODEL.randomise(200, 26, seed=7))


@pytest.mark.parametrize("off", [0.0, 1e-17, -1e-17])
def test_a_limit_that_is_0_but_for_rounding_tells_nothing(off):
    arms = ((0.2, 0.1, 0.3), (0.3, 0.2, 0.4))
    found = TrialResult(("usual", "early"), "friend", 26, (90, 90), arms, 0.1, off, 0.2, "Wald")
    assert found.says == "cannot tell"
    assert replace(found, lower=1e-6).says == "more friends early"
    assert replace(found, lower=-0.2, upper=off).says == "cannot tell"
    assert replace(found, lower=-0.2, upper=-1e-6).says == "fewer friends early"


def test_limits_are_given_by_name():
    result = trial(MODEL.randomise(400, 26, seed=7))
    assert result.interval() == (result.lower, result.upper)
    assert result.interval("as usual") == result.shares[0][1:]
    with pytest.raises(KeyError, match="Did you mean 'difference'"):
        result.interval("diference")
