"""Timings and contact policies are plain functions, tried on a small case first."""

import numpy as np
import pytest

from frontporch.deepening.offers import (
    OfferModel,
    at_random,
    at_week,
    fading,
    steady,
    trial,
)
from frontporch.deepening.offers.contact import ideal_point


def often_at_first(week, offered):
    """Twice a week in the first month of the offer, then once."""
    open_for = week - offered
    return np.where(open_for < 0, 0.0, np.where(open_for < 4, 2.0, 1.0))


def in_the_second_month(rng, pairs):
    """Offer some time in the second month."""
    return rng.uniform(4.3, 8.7, pairs)


def test_timings_draw_one_week_a_pair():
    rng = np.random.default_rng(7)
    assert at_week(3)(rng, 2).tolist() == [3, 3]
    assert np.isinf(at_week(np.inf)(rng, 2)).all()
    drawn = at_random(10)(rng, 40_000)
    assert drawn.mean() == pytest.approx(10, abs=4 * 10 / 200)


def test_policies_begin_with_the_offer():
    week, offered = np.array([1.0, 5.0, 9.0, 9.0]), np.array([5.0, 5.0, 5.0, np.inf])
    assert steady(2)(week, offered).tolist() == [0, 2, 2, 0]
    assert fading(2, half_life=4)(week, offered).tolist() == [0, 2, 1, 0]


def test_the_ideal_point_is_the_best_and_too_much_is_as_bad_as_nothing():
    ratio = np.linspace(0, 20, 2_001)
    response = ideal_point(ratio)
    assert ratio[response.argmax()] == pytest.approx(1) and response.max() == pytest.approx(1)
    assert (np.diff(response[ratio >= 1]) < 0).all()
    assert ideal_point([0, np.inf]).tolist() == [0, 0]


def test_a_policy_and_a_timing_of_ones_own_go_through():
    model = OfferModel(ripening=2.0)
    shares = model.shares([0, 6], policy=often_at_first)
    usual = model.shares([0, 6])
    assert (shares["over-contact"] > usual["over-contact"]).all()
    spells = model.simulate(500, 52, seed=7, timing=in_the_second_month, policy=often_at_first)
    assert spells["offered_at"].dropna().between(4.3, 8.7).all()


def test_a_steady_policy_of_ones_own_is_the_kits():
    def mine(week, offered):
        return np.where(week >= offered, 1.0, 0.0)

    model = OfferModel(ripening=2.0)
    assert model.shares([0, 5], policy=mine).equals(model.shares([0, 5]))
    same = model.simulate(200, 26, seed=7, policy=mine)
    assert same.equals(model.simulate(200, 26, seed=7))


def test_the_try_out_does_not_move_the_coins_of_the_run():
    drawn = OfferModel().simulate(50, 52, seed=7, timing=at_random(10))["offered_at"]
    weeks = at_random(10)(np.random.Generator(np.random.PCG64(7)), 50)
    assert set(drawn.dropna()) <= set(weeks)


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (lambda week, offered: 1.0, "try-out: it gave 1 numbers for 3 pairs"),
        (lambda week, offered: week - offered, "it gave -2 contacts in week 0"),
        (lambda week, offered: 1 / 0, "try-out: it failed on 3 pairs.*division by zero"),
        (lambda week: 1.0, "try-out: it failed on 3 pairs"),
        (lambda week, offered: np.full(week.shape, np.inf), "it gave inf contacts"),
        # Right for three pairs, wrong later on: the run is watched as well.
        (lambda week, offered: np.maximum(0, week - offered) * (20 - week), "run: it gave -"),
    ],
)
def test_a_wrong_policy_is_named_with_its_step(policy, words):
    with pytest.raises(ValueError, match=words):
        OfferModel().shares([0, 4], policy=policy)
    with pytest.raises(ValueError, match=words):
        OfferModel().simulate(5, 52, seed=7, policy=policy, timing=at_week(0))


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        (lambda rng, pairs: rng.normal(0, 1, pairs) - 9, "try-out: it gave .* for 3 pairs"),
        (lambda rng, pairs: 4.0, "one number of weeks from 0 up for each"),
        (lambda rng, pairs: rng.gauss(pairs), "try-out on 3 pairs: .*gauss"),
        (lambda rng, pairs: np.full(pairs, 4.0 if pairs < 5 else np.nan), "run: it gave"),
    ],
)
def test_a_wrong_timing_is_named_with_its_step(timing, words):
    with pytest.raises(ValueError, match=words):
        OfferModel().simulate(5, 52, seed=7, timing=timing)


def test_a_number_in_place_of_a_function_says_which_function_is_meant():
    with pytest.raises(TypeError, match=r"at_week\(4\)"):
        OfferModel().simulate(5, 52, seed=7, timing=4)
    with pytest.raises(TypeError, match="a function of week and offered"):
        OfferModel().shares([0], policy=2.0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: steady(-1),
        lambda: fading(1, half_life=0),
        lambda: at_week(-2),
        lambda: at_random(0),
        lambda: at_random(np.inf),
        lambda: steady(np.nan),
    ],
)
def test_numbers_out_of_range_say_what_is_expected(wrong):
    with pytest.raises(ValueError, match="must be a number"):
        wrong()


def test_a_trial_of_two_policies_is_two_simulations():
    model = OfferModel(pushed=0.5)
    spells = [
        model.simulate(1_500, 26, seed, timing=at_week(0), policy=steady(n)).assign(
            arm=name, pair=lambda t, k=seed: t["pair"] + 1_500 * k
        )
        for seed, n, name in ((0, 1, "weekly"), (1, 3, "three times a week"))
    ]
    import pandas as pd

    result = trial(pd.concat(spells, ignore_index=True), arms=("weekly", "three times a week"))
    assert result.says == "fewer friends three times a week"
