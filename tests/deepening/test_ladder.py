"""The ladder's closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.deepening import Ladder
from frontporch.deepening.ladder import STAGES

ladder = Ladder.online_and_offline()
rate = st.floats(0.005, 0.5)
ladders = st.builds(
    Ladder.online_and_offline,
    deepening=st.tuples(rate, rate, rate),
    loss=st.tuples(rate, rate, rate, rate),
    fall_back=st.tuples(rate, rate),
    hazard_ratio=st.floats(0.3, 4),
    loss_ratio=st.floats(0.3, 4),
)


def test_probability_of_reaching_friend_before_lost():
    # By first-step analysis of the assumed rates: 25/104 offline, 27/76 online.
    assert ladder.reach("friend") == pytest.approx(
        {"offline": 25 / 104, "online": 27 / 76}, abs=1e-9
    )


def test_expected_weeks_to_loss():
    # Mean absorption time (-Q_TT)^-1 1 of the same rates, to the digits given.
    assert ladder.expected_weeks("lost") == pytest.approx(
        {"offline": 36.2331, "online": 44.5513}, abs=1e-4
    )


def test_occupancy_at_26_weeks():
    # exp(26 Q), to the digits given.
    found = ladder.occupancy(26).set_index("channel")[list(STAGES)]
    assert tuple(found.loc["offline"]) == pytest.approx(
        (0.015608, 0.091915, 0.124017, 0.112405, 0.656055), abs=1e-6
    )
    assert tuple(found.loc["online"]) == pytest.approx(
        (0.001950, 0.052446, 0.143655, 0.204724, 0.597225), abs=1e-6
    )


def test_competing_constant_causes_and_the_bias_of_one_minus_kaplan_meier():
    # F1(t) = l1/(l1+l2) (1 - exp(-(l1+l2) t)) for l1 = l2 = .05; one minus Kaplan-Meier of
    # the first cause tends to 1 - exp(-l1 t), as if nobody were lost.
    two = Ladder(
        {"shop": {("waiting", "won"): 0.05, ("waiting", "gone"): 0.05}}, ("waiting", "won", "gone")
    )
    found = two.reach_by("won", [10, 30], start="waiting")["shop"]
    assert tuple(found) == pytest.approx((0.3160602794, 0.4751064658), abs=1e-9)
    wrong = -np.expm1(-0.05 * np.array([10, 30]))
    assert wrong == pytest.approx((0.3934693403, 0.7768698398), abs=1e-9)
    alone = Ladder({"shop": {("waiting", "won"): 0.05}}, ("waiting", "won"))
    assert tuple(alone.reach_by("won", [10, 30], start="waiting")["shop"]) == pytest.approx(
        wrong, abs=1e-9
    )


@given(ladders, st.floats(0, 200))
@settings(max_examples=50)
def test_shares_add_to_one(drawn, weeks):
    found = drawn.occupancy(weeks)[list(STAGES)]
    assert np.allclose(found.sum(axis=1), 1)
    assert (found.to_numpy() > -1e-12).all()


@given(ladders)
@settings(max_examples=50)
def test_reach_by_tends_to_reach(drawn):
    ever = drawn.reach("friend")
    late = drawn.reach_by("friend", [50_000]).iloc[0]
    assert dict(late[["offline", "online"]]) == pytest.approx(ever, abs=1e-6)


@given(ladders)
@settings(max_examples=20)
def test_mean_weeks_to_friend_is_the_integral_of_those_still_to_come(drawn):
    mean = drawn.expected_weeks("friend", given_reached=True)["online"]
    ever = drawn.reach("friend")["online"]
    # Gauss-Legendre in s with weeks = s/(1-s): those still to come, over all time.
    points, weights = np.polynomial.legendre.leggauss(60)
    s = (points + 1) / 2
    still = 1 - drawn.reach_by("friend", mean * s / (1 - s))["online"].to_numpy() / ever
    assert (weights / 2 * still * mean / (1 - s) ** 2).sum() == pytest.approx(mean, rel=1e-3)


def test_mean_time_is_infinite_where_some_never_arrive():
    assert ladder.expected_weeks("friend")["online"] == np.inf
    assert ladder.expected_weeks("stranger") == {"offline": 0.0, "online": 0.0}


def test_sojourn_of_a_stage_is_one_by_the_rates_out_of_it():
    found = ladder.sojourn().set_index(["channel", "stage"])
    assert found.loc[("offline", "stranger"), "mean_weeks"] == pytest.approx(1 / 0.16)
    assert found.loc[("online", "stranger"), "median_weeks"] == pytest.approx(np.log(2) / 0.24)
    assert ("offline", "lost") not in found.index


def test_an_unknown_stage_names_the_nearest():
    with pytest.raises(KeyError, match="Did you mean 'friend'"):
        ladder.reach("frend")
    with pytest.raises(KeyError, match="Did you mean 'online'"):
        ladder.rate_matrix("on-line")
    with pytest.raises(KeyError, match="Did you mean 'buyer'"):
        Ladder({"shop": {("stranger", "buyr"): 0.1}})


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ({("stranger", "buyer"): -0.1}, "number per week from 0 up"),
        ({("stranger", "buyer"): float("nan")}, "number per week from 0 up"),
        ({("stranger", "buyer"): "fast"}, "number per week from 0 up"),
        ({("stranger", "stranger"): 0.1}, "leads to itself"),
    ],
)
def test_a_rate_out_of_range_says_what_was_expected(rates, message):
    with pytest.raises(ValueError, match=message):
        Ladder({"shop": rates})


def test_parameters_are_checked_and_frozen():
    with pytest.raises(ValueError, match="hazard_ratio has 2 numbers, but 3"):
        Ladder.online_and_offline(hazard_ratio=(1, 2))
    with pytest.raises(ValueError, match="loss holds -1"):
        Ladder.online_and_offline(loss=-1)
    with pytest.raises(TypeError):
        ladder.rates["online"]["stranger", "buyer"] = 1.0
    with pytest.raises(AttributeError):
        ladder.stages = ()
