"""Pairs of worlds: one surface, two truths, and the reading that tells them apart."""

import numpy as np
import pytest

from frontporch.deepening.frailty.bored import early_exit
from frontporch.deepening.frailty.closeness import advice_flips, gain_of_offer, unwanted_closeness
from frontporch.deepening.frailty.worlds import chosen_channel, hidden_speed

# People of the large sets on which the surfaces are compared.
MANY = {
    hidden_speed: {"people": 1_500},
    chosen_channel: {"people": 1_000},
    early_exit: {"pairs": 20_000},
    unwanted_closeness: {"pairs": 20_000},
}


@pytest.mark.parametrize("pair", MANY, ids=lambda f: f.__name__)
def test_the_naive_reading_is_the_same_and_the_right_one_is_true(pair):
    true, false = pair(**MANY[pair])
    assert true.claim_holds and not false.claim_holds and true.claim == false.claim
    first, second = (world.readings(world.simulate(seed=5)) for world in (true, false))
    for one, world in ((first, true), (second, false)):
        right = one.loc["right"]
        # Seeds are drawn once: wider than the interval by half, so that luck is no failure.
        slack = 0.25 * (right["upper"] - right["lower"])
        assert right["lower"] - slack <= world.truth <= right["upper"] + slack
    width = first.loc["naive", "upper"] - first.loc["naive", "lower"]
    assert first.loc["naive", "value"] == pytest.approx(
        second.loc["naive", "value"], abs=1.2 * width
    )
    # In the false world the naive reading is sure of what is not so.
    if pair is hidden_speed:
        assert first.loc["naive", "upper"] < true.truth
    else:
        nothing = 1.0 if pair is chosen_channel else 0.0
        naive = (
            np.log(second.loc["naive", "lower"])
            if pair is early_exit
            else (second.loc["naive", "lower"] - nothing)
        )
        assert naive > 0
        assert second.loc["right", "lower"] < nothing + 0.1


def test_the_tuned_surface_is_exact_in_expectation():
    true, false = early_exit()
    from frontporch.deepening.frailty.bored import _average_rate

    given = {k: true.parameters[k] for k in ("bored", "dullness", "rate", "loss")}
    rates = [
        _average_rate(w.parameters["hazard_ratio"], w.parameters["sooner"], **given)
        for w in (true, false)
    ]
    assert rates[0] == pytest.approx(rates[1], rel=1e-9)
    assert false.truth < 0 < true.truth


def test_the_advice_flips_where_the_gain_is_nothing():
    flips = advice_flips()
    assert gain_of_offer(flips) == pytest.approx(0, abs=1e-12)
    assert gain_of_offer(0) > 0 > gain_of_offer(1)
    middle = (gain_of_offer(0) + gain_of_offer(1)) / 2
    assert gain_of_offer(0.5) == pytest.approx(middle)
    assert np.isnan(advice_flips(harm=1.0))
    assert advice_flips(harm=3.0) < flips < advice_flips(lift=3.0)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: chosen_channel(variance=0), "cannot choose by liveliness"),
        (lambda: early_exit(hazard_ratio=5.0), "Take a smaller one"),
        (lambda: unwanted_closeness(shares=(0.5, 0.8)), "the advice flips at"),
    ],
)
def test_worlds_that_cannot_be_built_are_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()


def test_a_seed_gives_the_same_world_again():
    world = chosen_channel(people=50)[1]
    assert world.simulate(3).equals(world.simulate(3))
    with pytest.raises(TypeError):
        world.parameters["people"] = 3


def wrong(world, sets):
    """Share of sets whose right interval misses the truth."""
    limits = [world.right(world.simulate(seed))[2:] for seed in range(sets)]
    return np.mean([not low <= world.truth <= high for low, high in limits])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pair", "size"),
    [
        (hidden_speed, {"people": 200}),
        (chosen_channel, {"people": 200}),
        (early_exit, {"pairs": 600}),
        (unwanted_closeness, {"pairs": 600}),
    ],
    ids=["hidden_speed", "chosen_channel", "early_exit", "unwanted_closeness"],
)
def test_no_effect_is_found_at_the_nominal_rate(pair, size):
    # 5 % nominal; three standard errors of 300 draws are 3.8 points.
    assert 0.012 <= wrong(pair(**size)[1], 300) <= 0.088
