"""A class of hand-ins for tests: good ones, and ones that are broken in every way we know."""

import hashlib
import io
import json
import os
import socket
import stat
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from frontporch.classroom.course_package import course
from frontporch.classroom.handing_in.hand_in_file import FORMAT, HandIn
from frontporch.classroom.record.entry import Entry

LESSON = "1"
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


def edited(**parts):
    """A hand-in in which parts were changed by hand."""
    found = json.loads(HandIn(LESSON, "A", "A").content())
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
    "cut off.json": HandIn(LESSON, "Cut", "Cut Off").content()[:100],
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
    "lesson of a list.json": edited(lesson=[5]),
    "lesson 99.json": edited(lesson="99"),
    "entries.json": edited(entries={"a": 1}),
    "many entries.json": edited(entries=[None] * 6_000),
    "entry without a kind.json": edited(entries=[{"about": "5.1"}]),
    "infinite.json": edited(entries=[{"kind": "answer", "about": "5.1", "value": 1e400}]),
    "nested value.json": edited(entries=[{"kind": "answer", "about": "5.1", "value": [[1]]}]),
    "team of a list.json": edited(team=["A"]),
    "long team.json": edited(team="A" * 5_000),
    "half a character.json": b'{"format": "frontporch hand-in 1", "lesson": "5", "entries": [], '
    b'"team": "\\ud800"}',
    "no time.json": edited(at="yesterday"),
    "bomb.zip": zipped(**{"bomb.json": b"0" * 50_000_000}),
    "many.zip": zipped(**{f"{k}.json": b"" for k in range(3)}),
    "way out.zip": zipped(**{"../../outside.json": HandIn(LESSON, "Out").content()}),
    "absolute.zip": zipped(**{"/tmp/outside.json": HandIn(LESSON, "Out").content()}),
    "nested.zip": zipped(**{"inner.zip": zipped(**{"a.json": HandIn(LESSON, "In").content()})}),
    "linked.zip": link_in_a_zip("link.json", "/etc/passwd"),
    "damaged.zip": zipped(**{"a.json": HandIn(LESSON, "D").content()})[:-30],
    "not a zip.zip": b"PK\x03\x04 and no more",
    "empty.zip": b"PK\x05\x06" + b"\0" * 18,
}


def write_broken(folder):
    """Lay every broken file into a folder, with links, a pipe, a socket and odd names."""
    for name, inside in BROKEN.items():
        (folder / name).write_bytes(inside)
    secret = folder.parent / "secret.json"
    secret.write_bytes(HandIn(LESSON, "Secret", "Secret Person").content())
    if sys.platform != "linux":  # elsewhere some of these cannot be made
        return len(BROKEN) + 2
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
    return len(BROKEN) + 9 + 2  # three members in many.zip


def tree(root):
    """Everything below a folder, with what it holds."""
    found = {}
    for place, folders, names in os.walk(root):
        for name in [*folders, *names]:
            path = Path(place, name)
            status = path.lstat()
            kept = (status.st_mode, status.st_size, status.st_mtime_ns)
            if stat.S_ISREG(status.st_mode):
                kept += (hashlib.sha256(path.read_bytes()).hexdigest(),)
            found[path] = kept
    return found


ODD = [
    None,
    True,
    False,
    0,
    -1,
    1e308,
    10**400,
    "",
    "x" * 5_000,
    [],
    {},
    [[]],
    "\ud800",
    "\0",
    "5.1",
]


def mutated(chance, content):
    """A hand-in in which bytes, values or entries were changed."""
    if chance.random() < 0.4:
        raw = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(raw) + 1)
            way = chance.randrange(4)
            if way == 0:
                raw[place : place + 1] = bytes([chance.randrange(256)])
            elif way == 1:
                del raw[place : place + chance.randint(1, 40)]
            elif way == 2:
                raw[place:place] = raw[: chance.randint(1, 40)]
            else:
                del raw[place:]
        return bytes(raw)
    found = json.loads(content)
    for _ in range(chance.randint(1, 3)):
        mutate(chance, found)
    return json.dumps(found, ensure_ascii=chance.random() < 0.9).encode("utf-8", "surrogatepass")


def mutate(chance, found):
    """Change one part of a hand-in, or of one of its entries."""
    entries = found.get("entries")
    inside = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    part = chance.choice(inside) if inside and chance.random() < 0.7 else found
    name = chance.choice(list(part) or ["kind"])
    way = chance.randrange(5)
    if way == 0:
        part[name] = chance.choice(ODD)
    elif way == 1:
        part.pop(name, None)
    elif way == 2 and inside:
        other = chance.choice(inside)
        part[name] = other.get(name)
    elif way == 3 and isinstance(entries, list):
        chance.shuffle(entries)
    elif isinstance(entries, list):
        entries += chance.choices(entries or [None], k=chance.randint(1, 3))


def right_by_hand(content):
    """What is right in a hand-in, told without the grader."""
    found = json.loads(content.decode("utf-8-sig"))
    team, right = found.get("team", ""), set()
    given = [one for one in found["entries"] if one["kind"] == "answer"]
    for one in exercises(found["lesson"]):
        expected = one.posed(team or None).answer
        for each in given:
            value, of = each.get("value"), each.get("team", "")
            if each.get("about") != one.id or of.strip().casefold() != team.strip().casefold():
                continue
            if isinstance(expected, tuple):
                same = isinstance(value, list) and all(isinstance(part, str) for part in value)
                same = same and [part.strip().casefold() for part in value] == [
                    part.casefold() for part in expected
                ]
            elif isinstance(expected, str):
                same = isinstance(value, str) and value.strip().casefold() == expected.casefold()
            else:
                number = isinstance(value, int | float) and not isinstance(value, bool)
                same = number and abs(value - expected) <= one.absolute_tolerance + 1e-9
            if same:
                right.add(one.id)
    return right
