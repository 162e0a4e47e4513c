"""A game follows from its rules and its decisions, and no seat is better."""

import pandas as pd
import pytest

from frontporch.game import Game, simulate
from frontporch.game.decision import Absent, DecisionError
from frontporch.game.form import form
from frontporch.names import UnknownName
from frontporch.shop import Market, World

SMALL = {"people": 600, "rounds": 3, "weeks_a_round": 2}
TEAMS = ("Ada", "Bo", "Cy")
DECISIONS = [
    {"Ada": {"acts": {"join_hours": 5}}, "Bo": {"acts": {"messages": 1}}, "Cy": {}},
    {"Ada": {"acts": {"offer_week": 0}}, "Bo": {"acts": {"letters": "picked"}}},
    {"Cy": {"acts": {"data": "ask", "targeted": True}}},
]


@pytest.fixture(scope="module")
def game():
    return Game(seed=5, teams=TEAMS, **SMALL)


@pytest.fixture(scope="module")
def played(game):
    return simulate(game, DECISIONS)


def test_a_game_played_again_brings_the_same_cents(game, played):
    step_by_step = simulate(game)
    for given in DECISIONS:
        step_by_step = step_by_step.on(given)
    assert simulate(game, DECISIONS).cash() == step_by_step.cash() == played.cash()
    pd.testing.assert_frame_equal(step_by_step.weeks, played.weeks)


def test_the_decisions_that_counted_bring_the_same_cents_again(game, played):
    assert simulate(game, played.decisions).cash() == played.cash()
    assert simulate(game, played.decisions).reasons.empty


def test_the_game_before_a_round_stays_as_it_is(game):
    start = simulate(game)
    first, second = start.on(DECISIONS[0]), start.on(DECISIONS[0])
    assert start.rounds == 0 and start.market.week == 0
    assert first.cash() == second.cash()


def test_a_copied_market_writes_into_no_other_ledger():
    market = Market(World(people=100), 2, 7)
    market.play([form_acts(), form_acts()])
    other = market.copy()
    other.play([form_acts(), form_acts()])
    assert market.week == 1 and len(market.ledger.weeks) == 2 and len(market.ledger.orders) == 1
    market.play([form_acts(), form_acts()])
    assert market.state.cash.tolist() == other.state.cash.tolist()


def form_acts():
    from frontporch.shop import Acts

    return Acts()


def test_missing_and_bad_decisions_keep_the_last_ones(game, played):
    why = played.reasons
    assert why[why["round"] == 2]["team"].tolist() == ["Cy"]
    assert played.decisions[2]["Ada"].acts.offer_week == 0
    assert played.decisions[2]["Ada"].acts.join_hours == 5
    bad = simulate(
        game, [DECISIONS[0], {"Ada": {"acts": {"messages": 99}}, "Bo": [], "Cy": Absent("late")}]
    )
    assert bad.decisions[1]["Ada"].acts == bad.decisions[0]["Ada"].acts
    reasons = bad.reasons["reason"].tolist()
    assert "acts.messages is 99" in reasons[0] and "Bo, round 2" in reasons[1]
    assert reasons[2] == "late"


def test_cash_is_the_capital_and_what_the_weeks_brought(game, played):
    last = played.weeks[played.weeks["week"] == 6].set_index("shop")["cash"]
    assert list(played.cash().values()) == [1_000_000 + cash for cash in last]
    assert played.cash(0) == dict.fromkeys(TEAMS, 1_000_000)
    view = played.team("Bo")
    assert view.cash == played.cash()["Bo"] / 100
    assert view.weeks["cash"].iloc[-1] == pytest.approx(view.cash, abs=1e-6)


def test_a_team_sees_its_own_shop_only(played):
    for seat, name in enumerate(TEAMS):
        view = played.team(name)
        assert len(view.orders) == (played.orders["shop"] == seat).sum()
        assert {"shop", "needs", "elsewhere"}.isdisjoint(view.weeks)
        shown = repr(view) + view.flows.to_string() + view.weeks.to_string() + str(view.screen())
        assert not any(other in shown for other in TEAMS if other != name)
        assert "word" not in view.flows.to_string()


def test_flows_are_the_moves(played):
    view = played.team("Ada")
    met = view.flows[view.flows["way"] == "met"]["people"].sum()
    lost = view.flows[view.flows["way"] == "lost"]["people"].sum()
    assert met == view.weeks["met"].sum()
    moves = played.moves
    assert lost == ((moves["shop"] == 0) & (moves["to"] == "lost")).sum()


def test_equal_teams_are_ranked_by_lot():
    games = [Game(seed=seed, teams=TEAMS, **SMALL) for seed in range(30)]
    first = {simulate(game).standings()["team"].iloc[0] for game in games}
    assert first == set(TEAMS)


def test_renaming_teams_moves_no_cent(game):
    other = Game(seed=5, teams=("X", "Y", "Z"), **SMALL)
    plain = [{"X": one.get("Ada"), "Y": one.get("Bo"), "Z": one.get("Cy")} for one in DECISIONS]
    there = simulate(other, plain).cash()
    assert list(there.values()) == list(simulate(game, DECISIONS).cash().values())


def test_told_hides_five_claims_whatever_holds():
    seen = set()
    for seed in range(8):
        game = Game(seed=seed)
        told = game.told()
        hidden = told[told["here"] == "find out"]
        assert hidden["claim"].tolist() == ["1.1", "1.2", "2.2", "2.4", "access"]
        assert (hidden["so"] == "").all()
        seen.add(game.world.true("2.4"))
    assert seen == {True, False}


def test_the_first_round_has_five_decisions_and_later_ones_all():
    cards = {one.card for one in form(1)}
    assert len(cards) + 1 == 5  # and one piece of research
    counts = [len(form(number)) for number in range(1, 6)]
    assert counts == sorted(counts) and counts[3] == counts[4] == 26
    for one in form(4):
        assert one.default in one.values
        assert all(choice.price >= 0 for choice in one.choices)


def test_no_act_is_forgotten_but_the_one_that_does_nothing():
    import dataclasses

    from frontporch.shop import Acts

    known = {one.name for one in dataclasses.fields(Acts)}
    assert known - {one.name for one in form(4)} == {"spare_hours"}


def test_policies_play_for_teams_with_nobody(game):
    one = Game(seed=5, teams=TEAMS, policies={"Bo": "copycat", "Cy": "late"}, **SMALL)
    played = simulate(one, [{}, {}])
    assert played.reasons["team"].tolist() == ["Ada", "Ada"]
    assert one.players == ("Ada",)
    with pytest.raises(ValueError, match="Bo is played by the policy 'copycat'"):
        one.read_decision("Bo", 1, {})
    noted = simulate(one, [{"Bo": {}, "Adda": {}}]).reasons
    assert "Did you mean 'Ada'" in noted[noted["team"] == "Adda"]["reason"].iloc[0]


def test_rules_travel_as_json(game):
    import json

    again = Game.from_plain(json.loads(json.dumps(game.plain())))
    assert again == game and hash(again) == hash(game)
    with pytest.raises(UnknownName, match="rounds"):
        Game.from_plain({"round": 3})


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"teams": ("Ada",)}, "2 to 8"),
        ({"teams": "Ada"}, "list of names"),
        ({"teams": ("Ada", "ada")}, "two teams"),
        ({"teams": ("Ada", "../x")}, "letters"),
        ({"teams": ("Ada", "con")}, "kept for files"),
        ({"teams": ("Ada", "Resolved")}, "kept for files"),
        ({"rounds": 13}, "from 1 to 12"),
        ({"seed": -1}, "seed"),
        ({"policies": {"Adda": "usual"}}, "Did you mean 'Ada'"),
        ({"policies": {"Ada": "usuall"}}, "Did you mean 'usual'"),
        ({"survey": -5.0}, "survey is -5"),
    ],
)
def test_rules_that_make_no_game(rules, said):
    with pytest.raises((ValueError, TypeError), match=said):
        Game(**rules)


def test_too_many_rounds(game, played):
    with pytest.raises(ValueError, match="all 3 rounds"):
        played.on({})
    with pytest.raises(ValueError, match="has 3"):
        simulate(game, [{}] * 4)
    with pytest.raises(UnknownName, match="Did you mean 'Ada'"):
        played.team("Adda")


def test_every_offered_value_is_taken():
    game = Game(teams=TEAMS)
    for one in game.form(4):
        for choice in one.choices:
            given = {"acts": {"data": "ask"} | {one.name: choice.value}}
            if one.name == "data":
                given = {"acts": {one.name: choice.value}}
            found = game.read_decision("Ada", 4, given)
            assert getattr(found.acts, one.name) == choice.value
            again = game.read_decision("Ada", 4, found.plain())
            assert again == found


def test_a_refusal_is_frozen_in_words():
    with pytest.raises(DecisionError, match=r"Write 3\."):
        Game(teams=TEAMS).read_decision("Ada", 1, {"acts": {"messages": 4}})
