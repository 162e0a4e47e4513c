"""A game's room: one seat a team, decisions that count, rounds, and what a kill cannot take."""

import asyncio
import json

import pytest

from frontporch.classroom.grading import class_grades, memos, outputs
from frontporch.classroom.grading.rubric import WITHOUT
from frontporch.classroom.handing_in import hand_in_file
from frontporch.classroom.live import game_room, gathering, journal
from frontporch.classroom.live.board import Board
from frontporch.classroom.live.game_room import Rules
from frontporch.classroom.predicting.predictions import of_entry
from frontporch.game import Game, load
from frontporch.game.store import Folder
from frontporch.rounding import decimal

GAME = {"seed": 7, "rounds": 3, "people": 400}
RULES = Rules(GAME, shops=3)
JOIN = {"acts": {"join_hours": 5.0}, "research": [], "prediction": 9500, "memo": " join  in "}


def opened(folder, rules=RULES):
    return game_room.opened(folder / "game", rules, 8000, "BCDFGH")


@pytest.fixture
def room(tmp_path):
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def begun(room):
    """A game of two teams and a shop that the computer runs, with the teams' phones."""
    phones = [room.member(room.join(name)) for name in ("Ada", "Bo")]
    room.start()
    return room, *phones


def test_a_team_has_a_name_of_its_own_and_a_phone_one_seat(room):
    secret = room.join("Ada")
    with pytest.raises(gathering.RefusedError, match="already a team ada"):
        room.join("ada")
    assert room.join("Ada Two", secret=secret) == secret  # before the game a name may change
    assert [one.team for one in room.members] == ["Ada Two"]
    for k in range(game_room.MOST_TEAMS - 1):
        room.join(f"Team {k}")
    with pytest.raises(gathering.RefusedError, match="All 8 shops are taken"):
        room.join("One more")


@pytest.mark.parametrize("name", ["", "...", 5, "x" * 25, "a/b", "../up", "CON", "a\x00b", None])
def test_a_name_that_no_file_or_screen_can_hold_is_refused(room, name):
    with pytest.raises(gathering.RefusedError):
        room.join(name)
    assert room.members == []


def test_shops_that_nobody_runs_are_run_by_policies(begun):
    room, _, _ = begun
    assert room.game.teams == ("Ada", "Bo", "Corner Shop")
    assert room.seats == ["Ada", "Bo"] and dict(room.game.policies) == {"Corner Shop": "usual"}
    with pytest.raises(gathering.RefusedError, match="has begun"):
        room.start()


def test_nobody_joined_no_game(room):
    with pytest.raises(gathering.RefusedError, match="Nobody has joined"):
        room.start()


def test_a_seat_that_was_freed_is_taken_with_all_that_it_did(begun):
    room, ada, _ = begun
    room.answer(ada, JOIN | {"round": 1})
    with pytest.raises(gathering.RefusedError, match="no free seat Ada"):
        room.join("Ada")
    with pytest.raises(gathering.RefusedError, match="no free seat Corner Shop"):
        room.join("Corner Shop")
    lost = ada.digest
    room.let_go("Ada")
    assert room.free() == ["Ada"] and lost not in room._by_digest
    secret = room.join("ada", "Ana Sato, 1234")
    assert room.member(secret) is ada and ada.person == "Ana Sato, 1234"
    assert room.handed("Ada")["memo"] == "join in" and len(room.members) == 2
    with pytest.raises(gathering.RefusedError, match="one seat"):
        room.join("Bo", secret=secret)


def test_what_is_handed_in_is_in_the_record_of_answers(begun):
    room, ada, _ = begun
    asked = JOIN | {"research": [{"kind": "survey"}], "round": 1}
    room.answer(ada, asked)
    room.answer(ada, asked | {"memo": "second thought", "prediction": 9000})
    (path,) = (room.folder / gathering.HAND_INS).glob("001 *.json")
    handed = hand_in_file.read(path.read_bytes())
    assert handed.intact and handed.lesson == "10"
    told = [(one.kind, one.about, one.tries) for one in handed.entries]
    kinds = ("prediction", "decision", "memo")
    assert told == [("team", "team", 1)] + [
        (kind, "10.round_1", tries) for tries in (1, 2) for kind in kinds
    ]
    assert of_entry(handed.entries[4]).value == 9000
    decided = handed.entries[5]
    assert decided.value == "Join in conversations of others: 5 hours"
    assert decided.details["join_hours"] == 5 and decided.details["research"] == ("survey",)


def test_grading_reads_decisions_and_memos(tmp_path):
    made = opened(tmp_path)
    phones = [made.member(made.join(name, f"{name} Sato, 1234")) for name in ("Ada", "Bo")]
    made.start()
    for number, memo in ((1, "We join in."), (2, ""), (3, "=We stay.")):
        for phone in phones:
            made.answer(phone, JOIN | {"round": number, "memo": memo})
        made.resolve()
    graded = class_grades.grade(made.folder / gathering.HAND_INS, [], lesson="10")
    assert [one.name for one in graded.students] == ["Ada Sato, 1234", "Bo Sato, 1234"]
    (memo, _) = memos.memos(graded, {"10": WITHOUT})
    assert memo.sentences == ("Round 1: We join in.", "Round 3: =We stay.")
    first, _, third = memos.rounds(graded.files[0])
    assert first.startswith("Round 1: Join in conversations of others: 5 hours; expected 9,500 d")
    assert first.endswith(f"had {decimal(made.play.cash(1)['Ada'] / 100)} dollars.")
    assert third.startswith("Round 3: ")
    written = outputs.write(graded, tmp_path / "grades")
    assert (tmp_path / "grades" / "memos.html", "the memos and their rubric") in written
    made.close()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"round": 2}, "This round is closed"),
        ({}, "This round is closed"),
        ({"round": True}, "This round is closed"),
        ({"round": 1, "acts": {"join_hours": 500}}, "Join in conversations of others: A number"),
        ({"round": 1, "acts": {"web": "site"}}, "It can be set from round 4 on"),
        ({"round": 1, "acts": {"nosuch": 1}}, "There is no such act"),
        ({"round": 1, "acts": []}, "acts: Acts are an object"),
        ({"round": 1, "acts": {}, "prediction": "much"}, "prediction: A number of dollars"),
        ({"round": 1, "acts": {}, "memo": 5}, "memo: A memo is a text"),
        ({"round": 1, "acts": {}, "memo": "x" * 281}, "at most 280 characters"),
        ({"round": 1, "acts": {}, "research": [{"kind": "spy"}]}, "There is no such research"),
        ({"round": 1, "acts": {}, "research": [{"kind": "log"}] * 2}, "asked for twice"),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(begun, sent, says):
    room, ada, bo = begun
    room.answer(bo, JOIN | {"round": 1})
    before = (room.folder / journal.FILE).read_bytes()
    with pytest.raises(gathering.RefusedError, match=says):
        room.answer(ada, sent)
    assert (room.folder / journal.FILE).read_bytes() == before
    assert room.missing() == ["Ada"]


def test_a_team_cannot_hand_in_for_ever(begun, monkeypatch):
    room, ada, _ = begun
    monkeypatch.setattr(game_room, "MOST_ANSWERS", 2)
    for _ in range(2):
        room.answer(ada, JOIN | {"round": 1})
    with pytest.raises(gathering.RefusedError, match="handed in 2 times"):
        room.answer(ada, JOIN | {"round": 1})
    room.resolve()
    room.answer(ada, JOIN | {"round": 2})


def test_a_round_is_played_with_the_last_decision_of_each(begun):
    room, ada, _ = begun
    room.answer(ada, JOIN | {"round": 1, "acts": {"join_hours": 10.0}})
    room.answer(ada, JOIN | {"round": 1})
    assert room.missing() == ["Bo"]
    room.resolve()
    assert room.round == 2 and room.missing() == ["Ada", "Bo"]
    decided = room.play.decisions[0]
    assert decided["Ada"].acts.join_hours == 5 and decided["Bo"].acts.join_hours == 0
    assert room.play.reasons["team"].tolist() == ["Bo"]
    shown = [one for one in ada.entries if one.kind == "reveal"]
    assert [one.about for one in shown] == ["10.round_1"]
    assert round(100 * shown[0].details["cash"]) == room.play.cash()["Ada"]
    with pytest.raises(gathering.RefusedError, match="closed"):
        room.answer(ada, JOIN | {"round": 1})


def test_a_round_that_is_being_played_takes_nothing(begun):
    room, ada, _ = begun
    room.close_round()
    with pytest.raises(gathering.RefusedError, match="closed"):
        room.answer(ada, JOIN | {"round": 1})


def test_after_the_last_round_nothing_is_taken(begun):
    room, ada, _ = begun
    for _ in range(3):
        room.resolve()
    assert room.over
    with pytest.raises(gathering.RefusedError, match="The year is over"):
        room.answer(ada, JOIN | {"round": 4})


def test_killed_at_any_moment_and_opened_again_nothing_is_lost(tmp_path):
    first = opened(tmp_path)
    secrets = [first.join(name) for name in ("Ada", "Bo")]
    first.close()
    first = opened(tmp_path)  # killed in the lobby
    first.start()
    first.close()
    first = opened(tmp_path)  # killed as the game began
    ada, bo = map(first.member, secrets)
    first.answer(ada, JOIN | {"round": 1})
    first.resolve()
    first.answer(ada, JOIN | {"round": 2})
    first.answer(bo, JOIN | {"round": 2, "acts": {"boost": 60}})
    first.let_go("Bo")
    first.clock(600)
    entries, cash = [one.plain() for one in ada.entries], first.play.cash()
    first.close()
    again = opened(tmp_path, Rules({"seed": 8}))  # the rules of the game that is there
    ada = again.member(secrets[0])
    assert [one.plain() for one in ada.entries] == entries and again.play.cash() == cash
    assert (again.round, again.missing(), again.free()) == (2, [], ["Bo"])
    assert 590 < again.left <= 600
    with pytest.raises(gathering.NotInRoomError):
        again.member(secrets[1])
    again.resolve()
    assert again.play.decisions[1]["Bo"].acts.boost == 60
    again.close()


def test_killed_after_a_round_was_played_and_before_it_was_told(tmp_path):
    first = opened(tmp_path)
    secret = first.join("Ada")
    first.start()
    first.answer(first.member(secret), JOIN | {"round": 1})
    first.close_round()
    first.store.resolve()
    first.close()
    again = opened(tmp_path)
    told = [one.about for one in again.member(secret).entries if one.kind == "reveal"]
    assert again.round == 2 and told == ["10.round_1"]
    again.close()


def test_a_hand_in_that_only_the_journal_has_is_played(tmp_path, monkeypatch):
    first = opened(tmp_path)
    secret = first.join("Ada")
    first.start()
    first.answer(first.member(secret), JOIN | {"round": 1, "acts": {"join_hours": 2}})

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(game_room.Folder, "hand_in", full)
        first.answer(first.member(secret), JOIN | {"round": 1})  # the journal has it
    first.close()
    again = opened(tmp_path)
    again.resolve()
    assert again.play.decisions[0]["Ada"].acts.join_hours == 5
    again.close()


def test_secrets_are_kept_nowhere(begun):
    room, _ada, _ = begun
    room.let_go("Ada")
    secret = room.join("Ada")
    for path in room.folder.rglob("*"):
        assert path.is_dir() or secret.encode() not in path.read_bytes()


def test_a_journal_of_a_lesson_is_no_game(tmp_path):
    (tmp_path / "game").mkdir()
    line = {"format": "frontporch live 1", "room": "BCDFGH", "lesson": "5", "port": 8000}
    (tmp_path / "game" / journal.FILE).write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(journal.JournalError, match="no journal of such a room"):
        opened(tmp_path)


@pytest.mark.parametrize("auto", [False, True])
def test_a_clock_that_runs_out_resolves_only_where_it_was_asked_for(room, auto):
    async def a_while():
        board = Board(room, minutes=0.005, auto=auto)
        following = asyncio.create_task(board.follow())
        room.join("Ada")
        board.do({"do": "start"})
        for _ in range(200):
            await asyncio.sleep(0.05)
            if room.over or (not auto and room.left == 0 and not board.working):
                break
        following.cancel()
        board.stop()
        return board.now()

    told = asyncio.run(a_while())
    if auto:
        assert (told["phase"], told["left"]) == ("over", None)
    else:
        assert (told["phase"], told["round"], told["left"]) == ("open", 1, 0)
        room.answer(room.members[0], JOIN | {"round": 1})  # and time that is up closes nothing


def test_a_round_that_another_program_played_is_said(begun):
    room, _, _ = begun
    load(room.folder).resolve()
    with pytest.raises(gathering.RefusedError, match="Another program has resolved a round"):
        room.resolve()
    assert room.round == 1 and not room.closing


def test_a_game_that_was_begun_by_files_is_played_on_phones(tmp_path):
    game = Game(seed=7, teams=("Ada", "Bo", "Cy"), rounds=2, people=400, policies={"Cy": "usual"})
    folder = Folder.create(tmp_path / "game", game)
    folder.hand_in("Ada", {"acts": {"boost": 60.0}})
    folder.hand_in("Bo", b"not json")
    made = opened(tmp_path)
    assert made.free() == ["Ada", "Bo"] and made.missing() == ["Bo"]
    bo = made.member(made.join("bo"))
    made.answer(bo, JOIN | {"round": 1})
    made.resolve()
    decided = made.play.decisions[0]
    assert (decided["Ada"].acts.boost, decided["Bo"].acts.join_hours) == (60, 5)
    assert made.play.reasons.empty
    made.close()
