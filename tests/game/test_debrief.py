"""The debrief: other decisions on the same luck, and nothing that depends on anything else."""

import dataclasses

import pytest

from frontporch.game import Game, debrief, simulate
from frontporch.game.debriefing import (
    FRUGAL,
    KNEW,
    OWN,
    USUAL,
    Replays,
    _changed,
    follows,
    planned,
)
from frontporch.game.play import replayed
from frontporch.shop import Acts
from frontporch.shop.switches import SWITCHES

GAME = Game(
    seed=4,
    teams=("Ada", "Bo", "Cy"),
    rounds=3,
    people=500,
    weeks_a_round=2,
    policies={"Cy": "late"},
)
TEST = {"kind": "ab_test", "act": "join_hours", "value": 10}


@pytest.fixture(scope="module")
def played():
    return simulate(
        GAME,
        [
            {"Ada": {"research": [TEST, {"kind": "log"}], "prediction": 9_000}, "Bo": {}},
            {"Ada": {"acts": {"join_hours": 10}, "prediction": 8_000}, "Bo": {"prediction": 7_000}},
            {"Ada": {"acts": {"data": "ask", "targeted": True}}, "Bo": {}},
        ],
    )


@pytest.fixture(scope="module")
def told(played):
    return debrief(played)


def test_what_was_played_comes_again(played):
    assert replayed(GAME, played.decisions) == played.cash()


def test_a_plan_in_a_seat_is_the_game_with_that_teams_decisions(played, told):
    own = told.instead.set_index(["team", "plan"])
    bo_in_adas_seat = simulate(
        GAME,
        [{**one, "Ada": dataclasses.replace(one["Bo"], team="Ada")} for one in played.decisions],
    )
    assert own.loc[("Ada", "Bo"), "cash"] == bo_in_adas_seat.cash()["Ada"] / 100
    idle = simulate(GAME, [{"Bo": one["Bo"]} for one in played.decisions])
    assert own.loc[("Ada", USUAL), "cash"] == idle.cash()["Ada"] / 100
    assert own.loc[("Bo", USUAL), "gain"] == 0  # Bo did as the usual shop
    assert set(told.instead["plan"]) == {OWN, USUAL, FRUGAL, KNEW, "Ada", "Bo"}


def test_the_best_plan_is_never_worse_than_what_was_played(told):
    assert (told.came["best"] >= told.came["cash"]).all()
    assert told.came["team"].isin(["Ada", "Bo"]).all()


def test_a_plan_waits_until_its_acts_open():
    plan = planned("Ada", Acts(letters="picked", data="ask", join_hours=5.0), 4)
    assert [one.acts.letters for one in plan] == ["none", "picked", "picked", "picked"]
    assert [one.acts.data for one in plan] == ["none", "none", "ask", "ask"]
    assert all(one.acts.join_hours == 5 for one in plan)


def test_claims_say_who_followed_and_what_is_so_here(told):
    rows = told.claims.set_index("claim")
    assert (rows["known"] == "hidden").sum() == 5
    assert rows.loc["1.2", "followed"] == "Ada (2)"
    assert rows.loc["4.6", "followed"] == "Ada (1)"
    assert all(bool(rows.loc[claim, "here"]) == GAME.world.true(claim) for claim in rows.index)
    assert rows["reward"].notna().all() and rows["verdict"].str.len().min() > 0


def test_every_act_of_a_claim_is_following_it():
    for claim, switch in SWITCHES.items():
        assert follows(Acts().but(**switch.act), switch), claim


def test_changed_acts_go_together(played):
    for claim, switch in SWITCHES.items():
        for changes in (switch.act, dict.fromkeys(switch.act) | switch.instead):
            changed = _changed(played, "Ada", changes)
            assert len(changed) == 3, claim
    last = _changed(played, "Ada", {"data": None})[-1].acts
    assert (last.data, last.targeted) == ("none", False)


def test_research_is_worth_what_it_decides(played, told):
    rows = told.research.set_index("name")
    assert rows.loc["log", "acted"] is None and rows["worth"].isna().tolist() == [False, True]
    test = rows.loc["ab_test join_hours"]
    assert test["acted"] and test["price"] == 400
    replays = Replays(played)
    does, does_not = (
        replays.cash("Ada", _changed(played, "Ada", {"join_hours": hours}, 2)) / 100
        for hours in (10.0, 0.0)
    )
    assert test["gain"] == does - does_not
    assert test["worth"] == max(does - does_not, 0)


def test_no_game_is_played_twice(played):
    replays = Replays(played)
    own = [one["Ada"] for one in played.decisions]
    told = [dataclasses.replace(one, memo="Other words.") for one in own]
    assert replays.cash("Ada", own) == replays.cash("Ada", told) == played.cash()["Ada"]
    assert len(replays.known) == 1


def test_predictions_meet_what_came(played, told):
    rows = told.predictions
    assert rows[["round", "team"]].to_numpy().tolist() == [[1, "Ada"], [2, "Ada"], [2, "Bo"]]
    first = rows.iloc[0]
    assert first["came"] == played.cash(1)["Ada"] / 100
    assert first["error"] == 9_000 - first["came"]
    assert first["error_if_same"] == pytest.approx(10_000 - first["came"])
    calibration = told.calibration().set_index("team")
    assert calibration.loc["Ada", "predictions"] == 2
    assert calibration.loc["Ada", "mean_distance"] == rows[:2]["error"].abs().mean()


def test_without_predictions_or_rounds():
    start = simulate(GAME)
    with pytest.raises(ValueError, match="no round"):
        debrief(start)
    once = debrief(start.on({}))
    assert once.predictions.empty and once.calibration().empty and once.research.empty
    robots = Game(teams=("A", "B"), rounds=1, people=100, policies={"A": "usual", "B": "late"})
    with pytest.raises(ValueError, match="nobody decided"):
        debrief(simulate(robots, [{}]))


@pytest.mark.parametrize("kind", ["cash", "instead", "claims", "predictions"])
def test_pictures_say_in_words_what_they_show(told, kind):
    from frontporch import look

    ax = told.plot(kind)
    assert len(look.alt_text(ax)) > 40
    assert ax.get_title() or ax.get_title("left")
