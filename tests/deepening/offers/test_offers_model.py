"""Competing risks of an offer against closed forms and against simulation within 4 SE."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.deepening.offers import OfferModel, at_week
from frontporch.deepening.offers.incidence import ended
from frontporch.deepening.offers.model import OUTCOMES

RATES = st.floats(0, 2)


def closed_form(model, offered, weeks):
    """Share of friends: a/h·(1 − e^(−hu)) + e^(−hu)·b/k·(1 − e^(−k(T−u)))."""
    u = min(offered, weeks)
    before, after = model.hazards(0.0, 0.0), model.hazards(0.0, 1.0)
    h, k = before.sum(), after.sum()
    first = before[0] / h * (1 - np.exp(-h * u))
    return first + np.exp(-h * u) * after[0] / k * (1 - np.exp(-k * (weeks - u)))


def test_two_constant_causes():
    # science.md C1 row 1: two constant causes of .05 at 10 and 30, tolerance 1e-9.
    for weeks, share in ((10.0, 0.3160602794), (30.0, 0.4751064658)):
        cells = np.array([[0.0, weeks / 3, weeks]])
        assert ended(cells, np.full((2, 1, 2), 0.05)) == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize("offered", [0.0, 0.1, 7.3, 26.0, 51.9, 60.0, np.inf])
def test_shares_are_the_closed_form_where_hazards_are_constant(offered):
    model = OfferModel()
    share = model.shares(offered)["friend"][0]
    assert share == pytest.approx(closed_form(model, offered, 52), abs=1e-12)
    gain = model.gain(offered)["gain"][0]
    assert gain == pytest.approx(share - closed_form(model, np.inf, 52), abs=1e-12)


@given(
    befriend=RATES,
    competitor=RATES,
    ratio=st.floats(0, 5),
    ripening=st.floats(0, 10),
    offered=st.floats(0, 60),
    pushed=RATES,
)
def test_shares_add_to_one(befriend, competitor, ratio, ripening, offered, pushed):
    model = OfferModel(befriend, competitor, offer_ratio=ratio, pushed=pushed, ripening=ripening)
    row = model.shares(offered, step=1.0).iloc[0]
    assert sum(row[one] for one in (*OUTCOMES, "stranger")) == pytest.approx(1, abs=1e-12)
    assert (row[list(OUTCOMES)] >= 0).all() and row["stranger"] > -1e-12


def test_a_ripening_door_does_not_depend_on_the_step():
    model = OfferModel(ripening=2.0, pushed=0.6)
    fine, usual = (model.shares([0, 1.7, 9], step=one)["friend"] for one in (0.01, 0.25))
    assert usual.to_numpy() == pytest.approx(fine.to_numpy(), abs=1e-3)


@pytest.mark.parametrize(
    "model", [OfferModel(), OfferModel(ripening=2.0, pushed=0.6)], ids=["even", "ripening"]
)
@pytest.mark.parametrize("offered", [0.0, 5.1, 30.0])
def test_simulation_is_within_four_standard_errors(model, offered):
    pairs = 20_000
    spells = model.simulate(pairs, 52, seed=11, timing=at_week(offered))
    expected = model.shares(offered).iloc[0]
    for outcome in OUTCOMES:
        share, found = expected[outcome], (spells["next_stage"] == outcome).mean()
        assert abs(found - share) <= 4 * np.sqrt(share * (1 - share) / pairs) + 1e-12
    # Not only by the end: half way as well.
    half = model.shares(offered, 26).iloc[0]["friend"]
    early = ((spells["next_stage"] == "friend") & (spells["left"] <= 26)).mean()
    assert abs(early - half) <= 4 * np.sqrt(half * (1 - half) / pairs)


def test_drawn_gains_are_within_four_standard_errors():
    model = OfferModel()
    drawn = model.simulate_gain([0, 4, 20], pairs=8_000, seed=7, step=52)
    expected = model.gain([0, 4, 20])["gain"].to_numpy()
    assert (np.abs(drawn["gain"] - expected) <= 4 * drawn["standard_error"]).all()
    assert ((drawn["lower"] < drawn["gain"]) & (drawn["gain"] < drawn["upper"])).all()


def test_a_door_without_effect_gains_nothing_in_any_week():
    gains = OfferModel.without_effect().gain(np.arange(0, 52))["gain"]
    assert gains.to_numpy() == pytest.approx(0, abs=1e-12)


def test_over_contact_has_an_ideal_point():
    model = OfferModel(ideal=1.5, pushed=0.3)
    found = model.by_contacts(np.linspace(0, 6, 121))
    best = found.loc[found["friend"].idxmax()]
    assert best["contacts"] == pytest.approx(1.5)
    assert found["friend"].iloc[-1] < found["friend"].iloc[0] < best["friend"]
    below = found[found["contacts"] <= 1.5]
    assert (below["over-contact"] == 0).all()
    assert (np.diff(found["over-contact"][found["contacts"] >= 1.5]) > 0).all()
    one = model.shares(3.0, policy=lambda w, o: np.where(w >= o, 2.0, 0.0)).iloc[0]
    assert model.by_contacts(2.0, offered=3.0).iloc[0]["friend"] == pytest.approx(one["friend"])


def test_only_over_contact_punishes_an_early_offer():
    early, ripe = OfferModel(ripening=2.0, pushed=0.6).shares([0, 6])["friend"]
    assert early < ripe
    early, ripe = OfferModel(ripening=0.0, pushed=0.6).shares([0, 6])["friend"]
    assert early > ripe


def test_simulation_repeats_and_gives_a_spells_table():
    one, two = (OfferModel().simulate(300, 52, seed=7) for _ in range(2))
    assert one.equals(two)
    still = one["next_stage"].isna()
    assert (one.loc[still, "left"] == 52).all() and (one["left"] > 0).all()
    offered = one.dropna(subset=["offered_at"])
    assert (offered["offered_at"] < offered["left"]).all()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: OfferModel(competitor=-0.1), "competitor is -0.1, but must be a number from 0 up"),
        (lambda: OfferModel(pushed=float("nan")), "pushed is nan"),
        (lambda: OfferModel(ideal=0), "contacts per week above 0"),
        (lambda: OfferModel().shares([-1]), "weeks from 0 up"),
        (lambda: OfferModel().shares([1], weeks=0), "weeks is 0, but must be a number above 0"),
        (lambda: OfferModel().shares([1], step=0), "step is 0"),
        (lambda: OfferModel().gain([1], goal="frend"), "Did you mean 'friend'"),
        (lambda: OfferModel().by_contacts([-1]), "from 0 up"),
        (lambda: OfferModel().simulate(0, seed=7), "pairs is 0, but must be a whole number"),
        (lambda: OfferModel().simulate(2.5, seed=7), "pairs is 2.5"),
        (lambda: OfferModel().simulate(5, weeks=0, seed=7), "weeks is 0"),
        (lambda: OfferModel().simulate_gain([0], seed=7, goal="lost"), "no outcome 'lost'"),
    ],
)
def test_bad_numbers_say_what_is_expected(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_there_is_no_draw_without_a_seed():
    with pytest.raises(TypeError, match="seed"):
        OfferModel().simulate(5)
