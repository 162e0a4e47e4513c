"""The time-split hazard ratio against Cox regression and the immortal-time trap."""

import numpy as np
import pandas as pd
import pytest
from scipy import optimize

from frontporch.deepening.offers import (
    OfferModel,
    at_random,
    immortal_time,
    offer_effect,
    split_at_offer,
)
from frontporch.deepening.offers.immortal import ever_offered, naive_hazard_ratio
from frontporch.stats import cox
from frontporch.stats.two_groups import two_groups


def beside(pieces, outcome, covariates):
    """Cox regression of the pieces on an offer and further columns."""
    # A piece that is cut in the very week in which it begins was never at risk.
    pieces = pieces[pieces["entered"] < pieces["left"]]
    moved = pieces["next_stage"] == outcome
    found = cox(pieces["left"], moved, covariates(pieces), entry=pieces["entered"])
    return found.summary().set_index("covariate")


def test_the_effect_is_that_of_cox_regression_also_in_whole_weeks():
    spells = OfferModel().simulate(600, 52, seed=7)
    whole = spells.assign(left=np.ceil(spells["left"]), offered_at=np.floor(spells["offered_at"]))
    for table in (spells, whole):
        pieces = split_at_offer(table)
        one = offer_effect(pieces, "competitor")
        two = beside(pieces, "competitor", lambda t: t[["offered"]]).loc["offered"]
        assert one.log_hazard_ratio == pytest.approx(two["log_hazard_ratio"], abs=1e-8)
        assert one.standard_error == pytest.approx(two["standard_error"], abs=1e-8)


def test_cox_regression_of_pieces_finds_the_offer_behind_a_confounder():
    models = {
        "street": OfferModel.without_effect(0.02, 0.03),
        "mall": OfferModel.without_effect(0.02, 0.12),
    }
    when = {"street": 4.0, "mall": 20.0}
    both = pd.concat(
        [
            model.simulate(6_000, 52, 3 + k, timing=at_random(when[name]), step=52).assign(
                street=float(name == "street"), pair=lambda t, k=k: t["pair"] + 6_000 * k
            )
            for k, (name, model) in enumerate(models.items())
        ],
        ignore_index=True,
    )
    pieces = split_at_offer(both)
    assert offer_effect(pieces, "competitor").upper < 0.8
    row = beside(pieces, "competitor", lambda t: t[["offered", "street"]])
    assert row.loc["offered", "lower"] < 1 < row.loc["offered", "upper"]
    assert row.loc["street", "hazard_ratio"] == pytest.approx(0.25, rel=0.1)


def test_the_offer_of_the_model_is_found_in_every_way_of_leaving():
    pieces = split_at_offer(OfferModel().simulate(20_000, 52, seed=7, step=52))
    for outcome, truth in (("friend", 3.0), ("competitor", 0.4)):
        effect = offer_effect(pieces, outcome)
        off = abs(effect.log_hazard_ratio - np.log(truth))
        assert off <= 4 * effect.standard_error
        assert effect.lower < effect.hazard_ratio < effect.upper
    either = offer_effect(pieces, ["friend", "competitor"])
    assert either.outcome == "friend or competitor"
    assert sum(either.events) == pieces["next_stage"].notna().sum()


def test_row_16_an_offer_without_effect():
    # science.md C1 row 16: both means 10, n = 20,000: naive .27, time-split 1.00, ±.03.
    model = OfferModel.without_effect(befriend=0.0, competitor=0.1)
    spells = model.simulate(20_000, 400, seed=16, timing=at_random(10), step=400)
    both = immortal_time(spells)
    assert both.ever_offered.hazard_ratio == pytest.approx(0.27, abs=0.03)
    assert both.from_the_offer_on.hazard_ratio == pytest.approx(1.00, abs=0.03)
    assert both.from_the_offer_on.lower < 1 < both.from_the_offer_on.upper
    # The same moves; what differs is whose weeks count as weeks under the offer.
    assert both.ever_offered.events == both.from_the_offer_on.events
    shown = both.summary().set_index("reading")
    total = shown["weeks_without"] + shown["weeks_with"]
    assert total.iloc[0] == pytest.approx(total.iloc[1])
    assert both.immortal_weeks == pytest.approx(20_000 * 2.5, rel=0.05)


@pytest.mark.parametrize(("offer_after", "lost_after"), [(10, 10), (2, 10), (30, 10), (10, 40)])
def test_the_limit_of_the_wrong_reading(offer_after, lost_after):
    rng = np.random.default_rng(4)
    left, offered = rng.exponential(lost_after, 60_000), rng.exponential(offer_after, 60_000)
    found, error, *_ = two_groups(left, (offered < left).astype(int), np.ones(60_000, bool))
    assert abs(found - np.log(naive_hazard_ratio(offer_after, lost_after))) <= 4 * error
    same = naive_hazard_ratio(7 * offer_after, 7 * lost_after)
    assert naive_hazard_ratio(offer_after, lost_after) == pytest.approx(same, abs=1e-9)


def test_the_clock_of_the_stage_begins_with_it():
    spells = pd.DataFrame(
        {
            "pair": [0, 0, 1, 1, 2, 2, 3, 3],
            "stage": ["stranger", "acquaintance"] * 4,
            "entered": [0, 2, 0, 5, 0, 1, 0, 3.0],
            "left": [2, 6, 5, 7, 1, 9, 3, 12.0],
            "next_stage": [
                "acquaintance",
                "friend",
                "acquaintance",
                "friend",
                "acquaintance",
                "friend",
                "acquaintance",
                "lost",
            ],
            "offered_at": [4, 4, np.nan, np.nan, 1, 1, np.nan, np.nan],
        }
    )
    pieces = split_at_offer(spells)
    effect = offer_effect(pieces, "friend", stage="acquaintance", clock="stage")
    # Sojourns 4 (offered after 2), 2 (never), 8 (from the start) and 9 (never, lost): with ratio
    # r the moves at 2, 4 and 8 give 1/(r + 3), r/(2r + 1) and r/(r + 1). At 2 pair 0 enters.
    peer = optimize.minimize_scalar(
        lambda b: (
            -(2 * b - np.log(np.exp(b) + 3) - np.log(2 * np.exp(b) + 1) - np.log(np.exp(b) + 1))
        ),
        bracket=(-1, 1),
        tol=1e-10,
    )
    assert effect.log_hazard_ratio == pytest.approx(peer.x, abs=1e-5)
    assert effect.notes and "Fewer than 10" in effect.notes[0]


def test_an_estimate_that_does_not_exist_has_the_limit_that_exists():
    spells = OfferModel().simulate(40, 52, seed=7)
    pieces = split_at_offer(spells)
    alone = offer_effect(pieces[pieces["offered"] == 1], "competitor")
    assert alone.events[0] == 0 and "Nobody moved while both groups" in alone.notes[0]
    never = pieces[~((pieces["offered"] == 1) & (pieces["next_stage"] == "competitor"))]
    found = offer_effect(never, "competitor")
    assert (found.hazard_ratio, found.lower) == (0, 0) and 0 < found.upper < np.inf
    assert "no lower limit" in found.notes[0]
    elsewhere = pieces[pieces["next_stage"] == "competitor"].assign(stage="buyer")
    nowhere = pieces[pieces["next_stage"] != "competitor"]
    with pytest.raises(ValueError, match="no pair moves to competitor at all"):
        offer_effect(pd.concat([nowhere, elsewhere]), "competitor")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: offer_effect(p, "competitr"), "Did you mean 'competitor'"),
        (lambda p: offer_effect(p, "competitor", stage="buyer"), "no pair is in stage 'buyer'"),
        (lambda p: offer_effect(p, "competitor", clock="week"), "no clock 'week'"),
        (lambda p: offer_effect(p, "competitor", level=95), "level is 95"),
        (lambda p: offer_effect(p.drop(columns="offered"), "friend"), r"split_at_offer\(spells\)"),
    ],
)
def test_bad_input_says_what_is_meant(change, words):
    pieces = split_at_offer(OfferModel().simulate(100, 52, seed=7))
    with pytest.raises(ValueError, match=words):
        change(pieces)


@pytest.mark.parametrize("wrong", [0, -1, np.inf, np.nan])
def test_means_are_weeks_above_0(wrong):
    with pytest.raises(ValueError, match=r"lost_after is .* weeks above 0"):
        naive_hazard_ratio(10, wrong)


def test_ever_offered_is_the_pieces_that_mislead():
    spells = OfferModel.without_effect().simulate(4_000, 52, seed=7, step=52)
    assert offer_effect(ever_offered(spells), "competitor").upper < 0.6
    right = offer_effect(split_at_offer(spells), "competitor")
    assert right.lower < 1 < right.upper


def test_limits_are_given_by_reading():
    both = immortal_time(OfferModel().simulate(500, 52, seed=7))
    right = both.from_the_offer_on
    assert both.interval() == right.interval() == (right.lower, right.upper)
    assert both.interval("ever offered") == both.ever_offered.interval("hazard_ratio")
    assert not both.notes
