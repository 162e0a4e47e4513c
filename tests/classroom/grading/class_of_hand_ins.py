"""A class of hand-ins for tests: good ones, and ones that are broken in every way we know."""

import io
import json
import os
import socket
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from frontporch.classroom.course_package import course
from frontporch.classroom.handing_in.hand_in_file import FORMAT, HandIn
from frontporch.classroom.record.entry import Entry

LESSON = "5"
BEGIN = datetime(2026, 11, 1, 9, tzinfo=UTC)


def exercises(lesson=LESSON):
    return course().exercises(lesson)


def wrong(posed):
    """An answer that is certainly wrong."""
    if isinstance(posed.answer, tuple):
        return tuple("no such name" for _ in posed.answer)
    return "no such name" if isinstance(posed.answer, str) else float(posed.answer) + 1e6


def hand_in(team, person="", *, right=(), lesson=LESSON, minutes=0, memo=(), extra=()):
    """What a team hands in: the exercises named are right, all others are wrong."""
    at = (BEGIN + timedelta(minutes=minutes)).isoformat(timespec="seconds")
    entries = [Entry("team", "team", team, team, details={"person": person}, at=at)]
    for one in exercises(lesson):
        posed = one.posed(team or None)
        given = posed.answer if one.id in right else wrong(posed)
        given = given if isinstance(given, str | tuple) else float(given)
        entries.append(Entry("answer", one.id, given, team, asked=dict(posed.numbers), at=at))
    if memo:
        entries.append(Entry("memo", f"{lesson}.memo", tuple(memo), team, at=at))
    entries += extra
    return HandIn(lesson, team, person, tuple(entries), at=at)


def content(team, person="", **keywords):
    return hand_in(team, person, **keywords).content()


def edited(whose, person, **parts):
    """A hand-in in which parts were changed by hand."""
    found = json.loads(content(whose, person))
    return json.dumps({**found, **parts}).encode()


def zipped(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return made.getvalue()


def link_in_a_zip(name, target):
    made, info = io.BytesIO(), zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(info, target)
    return made.getvalue()


BROKEN = {
    "empty.json": b"",
    "blank.json": b" \n ",
    "cut off.json": content("Cut", "Cut Off")[:400],
    "no text.json": b"\xff\xfe\x00\x81",
    "deep.json": b"[" * 50_000,
    "list.json": b"[1, 2]",
    "number.json": b"1e999",
    "nan.json": b"NaN",
    "notebook.ipynb": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    "notebook under another name.json": b'{"cells": []}',
    "my-answers.json": b'{"format": "frontporch answers 1", "entries": []}',
    "predictions.json": b'[{"question": "5.strangers", "value": 1}]',
    "grades.csv": b"file,points\nmallory,6\n",
    "gradebook.csv": b"student id,points\n1001,6\n",
    "memos.csv": b"memo,lesson\nm123,5\n",
    "memo.docx": zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
    "report.pdf": b"%PDF-1.7",
    "large.json": b'{"format": "' + b"x" * 1_100_000 + b'"}',
    "no lesson.json": json.dumps({"format": FORMAT}).encode(),
    "lesson of a list.json": edited("A", "A", lesson=[5]),
    "lesson 99.json": edited("A", "A", lesson="99"),
    "entries.json": edited("A", "A", entries={"a": 1}),
    "many entries.json": edited("A", "A", entries=[None] * 6_000),
    "entry without a kind.json": edited("A", "A", entries=[{"about": "5.1"}]),
    "infinite.json": edited("A", "A", entries=[{"kind": "answer", "about": "5.1", "value": 1e400}]),
    "nested value.json": edited(
        "A", "A", entries=[{"kind": "answer", "about": "5.1", "value": [[1]]}]
    ),
    "team of a list.json": edited("A", "A", team=["A"]),
    "long team.json": edited("A", "A", team="A" * 5_000),
    "half a character.json": b'{"format": "frontporch hand-in 1", "lesson": "5", "entries": [], '
    b'"team": "\\ud800"}',
    "no time.json": edited("A", "A", at="yesterday"),
    "bomb.zip": zipped(**{"bomb.json": b"0" * 50_000_000}),
    "many.zip": zipped(**{f"{k}.json": b"" for k in range(3)}),
    "way out.zip": zipped(**{"../../outside.json": content("Out", "Out")}),
    "absolute.zip": zipped(**{"/tmp/outside.json": content("Out", "Out")}),
    "nested.zip": zipped(**{"inner.zip": zipped(**{"a.json": content("In", "In")})}),
    "linked.zip": link_in_a_zip("link.json", "/etc/passwd"),
    "damaged.zip": zipped(**{"a.json": content("D", "D")})[:-30],
    "not a zip.zip": b"PK\x03\x04 and no more",
    "empty.zip": b"PK\x05\x06" + b"\0" * 18,
}


def write_broken(folder):
    """Lay every broken file into a folder, with links, a pipe, a socket and odd names."""
    for name, inside in BROKEN.items():
        (folder / name).write_bytes(inside)
    secret = folder.parent / "secret.json"
    secret.write_bytes(content("Secret", "Secret Person", right=["5.1"]))
    (folder / "link.json").symlink_to(secret)
    (folder / "linked folder").symlink_to(folder.parent, target_is_directory=True)
    (folder / "dangling.json").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.json")
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(folder)  # a socket's path is short
        try:
            made.bind("socket.json")
        finally:
            os.chdir(here)
    for name in (b"M\x81ller.json", b"M\x94ller.json", b"line\nend.json", b"\x1b[31mred.json"):
        (folder / os.fsdecode(name)).write_bytes(b"{}")
    return len(BROKEN) + 9
