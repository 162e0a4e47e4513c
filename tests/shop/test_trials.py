"""Trials on halves of a shop's people: they touch those people alone, and cost their share."""

import numpy as np
import pytest
from drawn_acts import some_acts
from hypothesis import given, settings

from frontporch.names import UnknownName
from frontporch.shop import Acts, Market, World
from frontporch.shop.accounts import PARTS, WAGE
from frontporch.shop.luck import Luck
from frontporch.shop.people import FRIEND, UNMET
from frontporch.shop.trials import DIFFER, Arms, Trial

USUAL = Acts()
OTHER = {
    "offer_week": 0,
    "messages": 1.0,
    "join_hours": 5.0,
    "boost": 60.0,
    "loyalty": 0.05,
    "letters": "picked",
    "data": "take",
    "targeted": True,
    "newsletter": True,
    "answer": "none",
    "help": "faq",
    "fan_drive": True,
}


def played(world, acts, trials=(), weeks=4, seed=7):
    market = Market(world, len(acts), seed)
    for _ in range(weeks):
        market.play(acts, trials)
    return market


@pytest.mark.parametrize("act", DIFFER)
def test_a_trial_of_what_is_done_anyway_changes_nothing(act):
    acts = USUAL.but(data="ask", targeted=True) if act == "targeted" else USUAL
    world = World.drawn(3, people=400)
    same = Trial(0, act, getattr(acts, act), since=1)
    with_it, without = (played(world, [acts, USUAL], trials) for trials in ([same], []))
    assert with_it.ledger.weeks == without.ledger.weeks


@pytest.mark.parametrize("act", DIFFER)
def test_a_trial_treats_the_tested_half_as_a_shop_that_does_it_treats_all(act):
    """Where nobody meets anybody else's acts, the first week is the same person by person."""
    world = World(people=3_000, holds={"0.6", "1.1", "1.2", "1.4", "2.4", "4.6", "access"})
    own = USUAL.but(data="ask") if act == "targeted" else USUAL
    trial = Trial(0, act, OTHER[act], since=1)
    mixed = played(world, [own, USUAL], [trial], weeks=1)
    all_of_it = played(world, [own.but(**{act: OTHER[act]}), USUAL], weeks=1)
    none_of_it = played(world, [own, USUAL], weeks=1)
    half = trial.half(mixed.luck)
    for name in ("stage", "fan", "data"):
        one = getattr(mixed.state, name)[0]
        assert (
            one == np.where(half, *(getattr(m.state, name)[0] for m in (all_of_it, none_of_it)))
        ).mean() > 0.997, name


def test_lots_are_drawn_anew_for_each_act_and_first_week():
    luck = Luck(7, 2, 4_000)
    halves = [
        Trial(0, "messages", 1.0, since=1).half(luck),
        Trial(0, "messages", 1.0, since=5).half(luck),
        Trial(0, "boost", 60.0, since=1).half(luck),
        Trial(1, "messages", 1.0, since=1).half(luck),
    ]
    for half in halves:
        assert abs(half.mean() - 0.5) < 4 * 0.5 / 4_000**0.5
    agree = np.corrcoef(halves) - np.eye(4)
    assert np.abs(agree).max() < 4 / 4_000**0.5
    assert (Trial(0, "messages", 2.0, since=1).half(luck) == halves[0]).all()


def test_two_trials_are_crossed():
    luck = Luck(7, 2, 1_000)
    trials = [Trial(1, "messages", 1.0, 1), Trial(1, "boost", 60.0, 1)]
    arms = Arms.drawn([USUAL, USUAL], trials, luck)
    assert [one.messages for one in arms.acts] == [0.5, 0.5, 1.0, 0.5, 1.0]
    assert [one.boost for one in arms.acts] == [0.0, 0.0, 0.0, 60.0, 60.0]
    assert (arms.of[0] == 0).all() and set(arms.of[1].tolist()) == {1, 2, 3, 4}
    assert arms.shared(np.array([7.0, 1.0, 1.0, 1.0, 1.0])).tolist() == [7.0, 1.0]


def test_half_of_the_hours_cost_half_and_a_rival_pays_nothing():
    world = World.without_effects(people=2_000)
    trial = Trial(0, "join_hours", 10.0, since=1)
    tested, plain = (played(world, [USUAL] * 3, trials, weeks=2) for trials in ([trial], []))
    share = trial.half(tested.luck).mean()
    paid = plain.state.cash - tested.state.cash
    assert abs(int(paid[0]) - 2 * 10 * WAGE * share) <= 2
    assert paid[1:].tolist() == [0, 0]


def test_an_invitation_moves_the_invited_alone():
    trial = Trial(0, "fan_drive", True, since=1)
    market = played(World(people=8_000), [USUAL, USUAL], [trial], weeks=6)
    stage, half = market.state.stage[0], trial.half(market.luck)
    known = (stage > UNMET) & (stage <= FRIEND) & market.town.online(6)
    invited, others = (market.state.fan[0][known & one].mean() for one in (half, ~half))
    assert invited > 1.8 * others


@settings(max_examples=15, deadline=None)
@given(acts=some_acts())
def test_people_and_money_add_up_while_trials_run(acts):
    able = [Trial(0, act, OTHER[act], 1) for act in ("data", "join_hours")]
    if acts.targeted or acts.suggest != "none":
        able = able[1:]
    market = Market(World.drawn(5, people=300), 2, 7)
    before = market.state.cash.copy()
    for _ in range(3):
        market.play([acts, USUAL], able, [12_345, 0])
        rows = market.ledger.weeks[-2:]
        assert market.stages().sum(axis=1).tolist() == [300, 300]
        for shop, row in enumerate(rows):
            spent = row["sales"] - sum(row[part] for part in PARTS[1:])
            assert row["cash"] - int(before[shop]) == spent
        assert sum(row["orders"] for row in rows) + rows[0]["elsewhere"] == rows[0]["needs"]
        before = market.state.cash.copy()


def test_what_is_no_trial():
    with pytest.raises(UnknownName, match="Did you mean 'messages'"):
        Trial(0, "message", 1.0, 1)
    with pytest.raises(ValueError, match="the shop of a trial is 2"):
        played(World(people=100), [USUAL] * 2, [Trial(2, "messages", 1.0, 1)])
    with pytest.raises(ValueError, match="needs data"):
        played(World(people=100), [USUAL] * 2, [Trial(0, "targeted", True, 1)])
