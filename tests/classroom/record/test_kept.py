"""Where a record is kept: nothing is lost, nothing is half, and what is damaged is left alone."""

import json
import os
import stat
import subprocess
import sys
import textwrap

import pytest

from frontporch.classroom.record import kept
from frontporch.classroom.record.entry import RecordError
from frontporch.classroom.record.old_predictions import taken_over

posix = pytest.mark.skipif(sys.platform == "win32", reason="forks, and rights of files")


@pytest.fixture
def file(tmp_path):
    """A record whose name needs care."""
    return tmp_path / "tea & [talk] 友.json"


def test_entries_are_added_with_their_tries_and_their_place(file):
    for value, team in ((1, "Blue Door"), (2, "Blue Door"), (3, "Red Roof")):
        kept.add("answer", "5.1", value, team=team, file=file)
    kept.add("hint", "5.1", team="Blue Door", file=file)
    found = kept.entries(file)
    assert [(one.value, one.tries, one.order) for one in found] == [
        (1, 1, 1),
        (2, 2, 2),
        (3, 1, 3),
        (None, 1, 4),
    ]
    assert all(one.at.endswith("+00:00") for one in found)
    assert [one.name for one in file.parent.iterdir() if one.suffix != ".lock"] == [file.name]


def test_where_it_is_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(kept.VARIABLE, raising=False)
    assert kept.kept_in().resolve() == tmp_path / kept.FILE
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "elsewhere.json"))
    kept.add("team", "team", "Blue Door")
    assert (tmp_path / "elsewhere.json").is_file() and not (tmp_path / kept.FILE).exists()


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"format": "frontporch answers 2", "entries": []}',
        b'{"format": "frontporch answers 1"}',
        b'{"format": "frontporch answers 1", "entries": [{"kind": "mark"}]}',
        b'{"format": "frontporch answers 1", "entries": [{"kind": "answer", "about": "5.1", '
        b'"value": "\\ud83c"}]}',
        b" " * (kept.LARGEST + 1),
    ],
)
def test_a_damaged_file_is_named_and_left_as_it_is(file, damaged):
    file.write_bytes(damaged)
    for ask in (lambda: kept.entries(file), lambda: kept.add("hint", "5.1", file=file)):
        with pytest.raises(
            RecordError, match=r"^tea & \[talk\] 友\.json cannot be read.*rename it"
        ):
            ask()
    assert file.read_bytes() == damaged


@pytest.mark.parametrize("value", ["half a lamp \ud83c", float("nan"), "x" * 4001])
def test_what_cannot_be_kept_is_refused_and_the_rest_stays(file, value):
    kept.add("answer", "5.1", 1, file=file)
    before = file.read_bytes()
    with pytest.raises(RecordError, match="the new entry: value"):
        kept.add("answer", "5.1", value, file=file)
    assert file.read_bytes() == before


def test_a_write_that_fails_leaves_the_old_file(file, monkeypatch):
    kept.add("answer", "5.1", 1, file=file)
    before = file.read_bytes()

    def fail(*_args, **_keywords):
        raise PermissionError("held by another program")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(PermissionError):
            kept.add("answer", "5.1", 2, file=file)
    assert file.read_bytes() == before
    kept.add("answer", "5.1", 3, file=file)
    assert [one.value for one in kept.entries(file)] == [1, 3]
    assert not [one for one in file.parent.iterdir() if one.suffix == ".part"]


@posix
def test_a_file_keeps_its_rights(file):
    kept.add("answer", "5.1", 1, file=file)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~mask
    file.chmod(0o640)
    kept.add("answer", "5.1", 2, file=file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_record_that_another_notebook_keeps_is_said(file, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(kept, "PATIENCE", 0.05)
    with (
        FileLock(file.with_name(f".{file.name}.lock")),
        pytest.raises(RecordError, match="is being written by another notebook"),
    ):
        kept.add("answer", "5.1", 1, file=file)


def test_predictions_of_an_older_version_come_first_and_stay_where_they_are(tmp_path):
    old = [
        {"question": "1.curve", "value": [0, 6.5], "at": [3, 24], "unit": "%", "low": [0, 0],
         "high": [9, 9], "sure": 80, "recorded_at": "2026-01-05T10:00:00+00:00"},
        {"question": "1.n", "value": 0, "low": 0, "high": 0, "sure": 80, "because": ""},
        {"question": "1.n", "value": 4},
        {"question": "no lesson", "value": 4},
        {"value": 4},
        "nothing",
    ]  # fmt: skip
    path = tmp_path / "predictions.json"
    path.write_text(json.dumps(old), encoding="utf-8")
    before = path.read_bytes()
    found = kept.entries(tmp_path / kept.FILE)
    assert [(one.about, one.value, one.tries, one.order) for one in found] == [
        ("1.curve", (0, 6.5), 1, 1),
        ("1.n", 0, 1, 2),
        ("1.n", 4, 2, 3),
    ]
    assert dict(found[1].details) == {"low": 0, "high": 0, "sure": 80}
    kept.add("prediction", "1.n", 5, file=tmp_path / kept.FILE)
    assert [one.value for one in kept.entries(tmp_path / kept.FILE)] == [(0, 6.5), 0, 4, 5]
    assert path.read_bytes() == before
    for damaged in (b"", b"{}", b"[{", b"[" * 100_000, b"\xff"):
        path.write_bytes(damaged)
        assert taken_over(path) == []


def run(script, *words):
    """Run a script of its own; give what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_notebooks_at_once_lose_nothing(file):
    script = """
        import sys
        from pathlib import Path
        from frontporch.classroom.record import kept
        for k in range(60):
            kept.add("prediction", f"{sys.argv[2]}.q{k}", k, file=Path(sys.argv[1]))
    """
    words = [sys.executable, "-c", textwrap.dedent(script), str(file)]
    two = [subprocess.Popen([*words, name]) for name in ("1", "2")]
    assert [one.wait(timeout=300) for one in two] == [0, 0]
    found = kept.entries(file)
    assert {one.about for one in found} == {f"{n}.q{k}" for n in (1, 2) for k in range(60)}
    assert [one.order for one in found] == list(range(1, 121))


@posix
def test_a_hundred_kills_in_the_middle_of_writing_lose_nothing_and_leave_nothing_half(file):
    script = """
        import os, random, signal, sys, time
        from pathlib import Path
        from frontporch.classroom.record import kept
        import filelock
        file = Path(sys.argv[1])
        random.seed(20)
        kills = said = 0
        while kills < 100:
            hear, tell = os.pipe()
            child = os.fork()
            if not child:
                while True:
                    kept.add("memo", "5.memo", "x" * 400, file=file)
                    os.write(tell, b".")
            os.close(tell)
            said += len(os.read(hear, 1))
            time.sleep(random.uniform(0, 0.012))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            kills += 1
            while more := os.read(hear, 4096):
                said += len(more)
            os.close(hear)
            there = len(kept.entries(file))
            # The last one may have been written and not said any more.
            assert said <= there <= said + 1, (said, there)
            said = there
            if there > 300:
                file.unlink()
                said = 0
        kept.add("memo", "5.memo", "the last", file=file)
        print(kills, [one.name for one in file.parent.iterdir() if one.suffix == ".part"])
    """
    assert run(script, file) == "100 []\n"
