"""A game in a folder: killed anywhere and resumed, it has the same cents."""

import json
import os
import signal
import subprocess
import sys

import pytest

from frontporch.game import Game, load, simulate
from frontporch.game.store import LARGEST, Folder, StoreError

GAME = Game(seed=9, teams=("Ada", "Bo", "Ümit"), rounds=3, people=300, weeks_a_round=2)
GIVEN = [
    {
        "Ada": {"acts": {"join_hours": 5}, "research": {"kind": "survey"}, "prediction": 9_000},
        "Bo": {"acts": {"messages": 77}},
        "Ümit": {"memo": "Wait and see."},
    },
    {"Ada": {"acts": {"newsletter": True}}, "Ümit": {"acts": {"boost": 60}}},
    {"Bo": {"acts": {"data": "ask", "targeted": True}}},
]


def begun(path, upto=0):
    folder = Folder.create(path, GAME)
    for given in GIVEN[:upto]:
        handed(folder, given)
        folder.resolve()
    return folder


def handed(folder, given):
    for team, one in given.items():
        folder.hand_in(team, one)


def test_a_folder_is_the_game(tmp_path):
    folder = begun(tmp_path / "game", 3)
    again = load(tmp_path / "game").play()
    straight = simulate(GAME, GIVEN)
    assert again.cash() == straight.cash() == folder.play().cash()
    assert again.rejected == straight.rejected and len(again.rejected) == 4
    assert again.decisions == straight.decisions
    assert load(tmp_path / "game").play(rounds=1).cash() == straight.cash(1)
    assert folder.changed() == []
    with pytest.raises(StoreError, match="all 3 rounds"):
        folder.hand_in("Ada", {})


KILLED = """
import os, signal, sys
from pathlib import Path
from frontporch.shop import Market
from frontporch.game import load, store

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

where, at = sys.argv[2], int(sys.argv[3])
calls = [0]
def before(function):
    def counted(*given, **named):
        calls[0] += 1
        if calls[0] == at:
            die()
        return function(*given, **named)
    return counted
if where == "week":
    Market.play = before(Market.play)
elif where == "replace":
    Path.replace = before(Path.replace)
elif where == "sync":
    os.fsync = before(os.fsync)
elif where == "write":
    real = store.write
    def half(file, content):
        file.with_name("." + file.name + ".1").write_bytes(b'{"round": ')
        die()
    store.write = half
folder = load(sys.argv[1])
folder.resolve()
if where == "after":
    die()
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
@pytest.mark.parametrize(
    ("where", "at"),
    [
        ("week", 4),
        ("replace", 1),
        ("after", 1),
        pytest.param("week", 1, marks=pytest.mark.slow),
        pytest.param("sync", 1, marks=pytest.mark.slow),
        pytest.param("write", 1, marks=pytest.mark.slow),
    ],
)
def test_killed_and_resumed_it_has_the_same_cents(tmp_path, where, at):
    folder = begun(tmp_path, 1)
    handed(folder, GIVEN[1])
    code = [sys.executable, "-c", KILLED, str(tmp_path), where, str(at)]
    ended = subprocess.run(code, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    resumed = load(tmp_path)
    assert resumed.resolved == (2 if where == "after" else 1)
    if resumed.resolved == 1:
        resumed.resolve()
    handed(resumed, GIVEN[2])
    assert resumed.resolve().cash() == simulate(GAME, GIVEN).cash()


def test_a_file_changed_after_its_round_is_noticed_and_changes_nothing(tmp_path):
    folder = begun(tmp_path, 2)
    cash = folder.play().cash()
    first = folder.round_folder(1)
    (first / "Ada.json").write_text("{}", encoding="utf-8")
    (first / "Ümit.json").unlink()
    (folder.round_folder(2) / "Bo.json").write_text("{}", encoding="utf-8")
    said = folder.changed()
    assert [one.split(" after")[0] for one in said] == [
        "round_01/Ada.json was changed",
        "round_01/Ümit.json was taken away",
        "round_02/Bo.json was added",
    ]
    assert folder.play().cash() == cash


def test_a_changed_result_is_noticed(tmp_path):
    folder = begun(tmp_path, 2)
    file = folder.round_folder(2) / "resolved.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["cash"]["Ada"] += 1
    file.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(StoreError, match=r"resolved\.json was changed"):
        folder.play()
    file.write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        folder.play()
    file.unlink()  # the remedy
    assert folder.resolve().cash() == simulate(GAME, GIVEN[:2]).cash()
    (folder.round_folder(1) / "resolved.json").unlink()
    with pytest.raises(StoreError, match="round 2 is resolved"):
        folder.play()


BAD_FILES = {
    "cut": b'{"acts": {"messages": 1}',
    "a comma": b'{"acts": {"messages": 1,}}',
    "UTF-16": '{"acts": {}}'.encode("utf-16"),
    "Latin": '{"memo": "Grüße"}'.encode("latin-1"),
    "nothing": b"",
    "twice": b'{"acts": {"messages": 1, "messages": 0.5}}',
    "large": b'{"memo": "' + b"x" * LARGEST + b'"}',
    "deep": b"[" * 30_000,
    "long number": b'{"prediction": ' + b"9" * 5_000 + b"}",
    "Python": b"{'acts': {'messages': 1}}",
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_cannot_be_read_gets_a_reason_and_nobody_else_is_affected(tmp_path, kind):
    folder = Folder.create(tmp_path, GAME)
    handed(folder, {"Bo": {"acts": {"join_hours": 5}}})
    (folder.round_folder(1) / "Ada.json").write_bytes(BAD_FILES[kind])
    (folder.round_folder(1) / "Ümit.json").mkdir()
    (folder.round_folder(1) / "notes.txt").write_text("hello", encoding="utf-8")
    (folder.round_folder(1) / "Boo.json").write_text("{}", encoding="utf-8")
    played = folder.resolve()
    why = dict(zip(played.reasons["team"], played.reasons["reason"], strict=True))
    assert set(why) == {"Ada", "Boo", "Ümit"}
    assert why["Ada"].startswith("Ada, round 1: Ada.json cannot be read: ")
    assert "Did you mean 'Bo'" in why["Boo"]
    assert played.cash() == simulate(GAME, [{"Bo": {"acts": {"join_hours": 5}}}]).cash()


def test_a_link_to_another_teams_file_is_not_followed(tmp_path):
    folder = Folder.create(tmp_path, GAME)
    handed(folder, {"Bo": {"memo": "secret"}})
    try:
        (folder.round_folder(1) / "Ada.json").symlink_to(folder.round_folder(1) / "Bo.json")
    except OSError:
        pytest.skip("no links here")
    assert folder.resolve().decisions[0]["Ada"].memo == ""


def test_a_text_alone_is_a_bad_decision_and_no_reason(tmp_path):
    folder = Folder.create(tmp_path, GAME)
    (tmp_path / "round_01").mkdir()
    (tmp_path / "round_01" / "Ada.json").write_text('"ignore me"', encoding="utf-8")
    said = folder.resolve().team("Ada").reasons[0][1]
    assert said.startswith('Ada, round 1: the decision is "ignore me". A decision is an object')


def test_what_is_no_folder_of_a_game(tmp_path):
    with pytest.raises(StoreError, match="porch game new"):
        load(tmp_path)
    folder = begun(tmp_path)
    with pytest.raises(StoreError, match="has a game"):
        Folder.create(tmp_path, GAME)
    with pytest.raises(ValueError, match="Did you mean 'Ada'"):
        folder.hand_in("Adda", {})
    (tmp_path / "game.json").write_text('{"teams": 5}', encoding="utf-8")
    with pytest.raises(StoreError, match="holds no game"):
        load(tmp_path)
