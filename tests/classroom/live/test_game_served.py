"""A game that is served: eight teams and a year, kills, strangers, and what nobody sees."""

import csv
import io
import json
import pathlib

import pytest
from played_game import NAMES, Teacher, decision, hand_in, joined, own_port
from served_room import Phone, served

from frontporch.classroom.predicting.class_predictions import gather
from frontporch.game import Game, load, simulate

SMALL = ("--people", "500", "--seed", "7")
PAGES = pathlib.Path(__file__).parents[3] / "helpers/frontporch/classroom/live/pages"


def a_year(into, words, rounds=10):
    """A full game of eight teams, killed between rounds and in the middle of one."""
    longest = 0.0
    with served(into, *words, *own_port(), "--rounds", str(rounds), lesson="game") as room:
        phones, teacher = joined(room), Teacher(room)
        teacher.start()
        for number in range(1, rounds // 2 + 1):
            hand_in(phones, number)
            told, took = teacher.resolve(number)
            longest = max(longest, took)
        half = rounds // 2 + 1
        hand_in(phones, half)
        teacher.asked("/projector/do", {"do": "resolve", "round": half, "anyway": True})
        room.kill()  # while the round is being played
    with served(into, lesson="game") as again:
        assert (again.room, again.code) == (room.room, room.code)
        teacher = Teacher(again)
        told = teacher.until(lambda told: told["standings"])
        if told["round"] == half:  # it had not been played yet: everything handed in is there
            assert told["missing"] == []
            told, took = teacher.resolve(half)
            longest = max(longest, took)
        for number in range(half + 1, rounds + 1):
            hand_in(phones, number)
            told, took = teacher.resolve(number)
            longest = max(longest, took)
        again.kill()
    (folder,) = into.glob("live/game-*")
    return folder, told, longest


def same_game(folder, rounds=10):
    """The same decisions, played anew without a server."""
    game = load(folder).play().game
    assert game.teams == NAMES
    given = [
        {name: without(decision(place, number)) for place, name in enumerate(NAMES)}
        for number in range(1, rounds + 1)
    ]
    return simulate(Game.from_plain(game.plain()), given)


def without(given):
    return {name: one for name, one in given.items() if name != "round"}


def test_eight_teams_play_a_year_through_kills_to_the_same_cent(tmp_path):
    folder, told, longest = a_year(tmp_path, SMALL)
    assert longest < 5
    assert told["phase"] == "over" and len(told["standings"]) == 8
    kept, anew = load(folder).play(), same_game(folder)
    assert kept.cash() == anew.cash() and kept.reasons.empty
    shown = {one["team"]: round(100 * one["cash"]) for one in told["standings"]}
    assert shown == anew.cash()
    predicted = gather(folder / "hand-ins")
    assert predicted.students == 8 and predicted.notes == ()
    assert {one.question for one in predicted.questions} == {f"10.round_{k}" for k in range(1, 11)}


@pytest.mark.slow
def test_eight_teams_play_a_year_in_a_town_of_its_real_size(tmp_path):
    folder, _told, longest = a_year(tmp_path, ("--seed", "7"))
    assert longest < 5
    assert load(folder).play().cash() == same_game(folder).cash()


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A game of three teams after its first round."""
    with served(
        tmp_path_factory.mktemp("build"), *SMALL, "--rounds", "3", "--minutes", "5", lesson="game"
    ) as made:
        made.phones = joined(made, ("Ada", "Bo", "Cy"))
        made.teacher = Teacher(made)
        made.teacher.start()
        hand_in(made.phones, 1)
        made.teacher.resolve(1)
        yield made


def test_a_team_sees_its_own_shop_alone(room):
    room.phones["Ada"].asked("/answer", decision(0, 2) | {"memo": "only mine"})
    mine, theirs = (room.phones[one].asked("/now")[1] for one in ("Ada", "Bo"))
    assert mine["mine"]["memo"] == "only mine" and "only mine" not in json.dumps(theirs)
    assert mine["state"]["begun"] and mine["state"]["stages"] != theirs["state"]["stages"]
    assert "Bo" not in json.dumps(mine) and "Ada" not in json.dumps(theirs)
    assert Phone(room.room).asked("/now")[0] == 401


def test_what_research_found_can_be_kept(room):
    ada, bo = room.phones["Ada"], room.phones["Bo"]
    found, ties = ada.asked("/now")[1]["research"]
    assert found["title"].startswith("Round 1. Survey: who was asked") and found["newest"]
    assert found["says"].startswith("Survey: ") and ties["says"] == ""
    status, said = ada.asked(f"/table/{found['file']}.csv")
    rows = list(csv.reader(io.StringIO(said.decode())))
    assert status == 200 and len(rows) > len(found["rows"]) > 0
    assert bo.asked(f"/table/{found['file']}.csv")[0] == 404
    assert Phone(room.room).asked(f"/table/{found['file']}.csv")[0] == 401


def test_pages_are_light_and_ask_nobody_outside(room):
    size = sum(path.stat().st_size for path in PAGES.iterdir())
    told = json.dumps(room.phones["Ada"].asked("/now")[1])
    assert size + len(told) < 200_000
    for path in PAGES.iterdir():
        assert "http" not in path.read_text(encoding="utf-8")


def test_the_form_holds_what_the_game_lets_a_team_set(room):
    told = room.phones["Ada"].asked("/now")[1]
    names = [one["name"] for card in told["form"]["cards"] for one in card["fields"]]
    assert sorted(names) == sorted(one.name for one in Game(teams=("A", "B")).form(2))
    for card in told["form"]["cards"]:
        for one in card["fields"]:
            values = [each["value"] for each in one["choices"]]
            assert told["mine"]["acts"][one["name"]] in values


def test_the_instructor_is_asked_before_a_round_goes_without_somebody(room):
    shown = room.teacher.shown()
    assert shown["phase"] == "open" and "Cy" in shown["missing"] and 0 < shown["left"] <= 300
    status, said = room.teacher.asked("/projector/do", {"do": "resolve", "round": 2})
    assert status == 422 and "Cy" in said["problem"]
    more = room.teacher.press(do="time")["left"]
    assert more > shown["left"] + 100


def test_a_round_is_resolved_once_however_often_the_button_is_pressed(room):
    press = {"do": "resolve", "round": 2, "anyway": True}
    seen = [room.teacher.asked("/projector/do", press)[0] for _ in range(3)]
    assert seen == [200, 422, 422]
    told = room.teacher.until(lambda told: told["round"] == 3 and not told["working"])
    assert told["after"] == "After round 2"
    assert room.teacher.asked("/projector/do", press)[0] == 422


def test_a_phone_that_was_lost_is_replaced(room):
    room.teacher.press(do="free", team="Bo")
    lost, new = room.phones["Bo"], Phone(room.room)
    assert lost.asked("/now")[0] == 401
    assert new.asked("/door")[1]["seats"] == ["Bo"]
    assert new.asked("/join", {"name": "Ada"})[0] == 422
    assert new.asked("/join", {"name": "Bo"})[0] == 200
    assert new.asked("/now")[1]["team"] == "Bo" and lost.asked("/now")[0] == 401
