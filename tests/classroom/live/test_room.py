"""A room keeps what it was told: after a kill, a full disk, a second answer, a reveal."""

import json
import os
import pathlib

import pytest

from frontporch.classroom.copying import sources
from frontporch.classroom.grading import class_grades
from frontporch.classroom.handing_in import hand_in_file
from frontporch.classroom.live import forms, gathering, journal, room
from frontporch.classroom.predicting.class_predictions import gather

LESSONS = pathlib.Path(__file__).parents[3] / "lessons"
FORMS = forms.of_lesson(sources.source(LESSONS, 5))
CURVE = {"about": "5.strangers", "value": [10, 20, 30, 40, 50]}


@pytest.fixture
def made(tmp_path):
    opened = room.opened(tmp_path, "5", FORMS, 8000)
    yield opened
    opened.close()


def joined(made, name, person=""):
    return made.member(made.join(name, person))


def hand_ins(made):
    paths = sorted((made.folder / gathering.HAND_INS).glob("*.json"))
    return [hand_in_file.read(one.read_bytes()) for one in paths]


def test_an_answer_is_what_a_hand_in_holds(made):
    member = joined(made, "Blue Door", "Ana Sato, 1234")
    made.answer(member, CURVE)
    made.answer(member, {"about": "5.decision", "value": "open reviews", "amount": 2000})
    (handed,) = hand_ins(made)
    assert handed.intact and (handed.team, handed.person) == ("Blue Door", "Ana Sato, 1234")
    assert [one.kind for one in handed.entries] == ["team", "prediction", "decision"]
    assert [one.order for one in handed.entries] == [1, 2, 3]


def test_a_second_answer_takes_the_place_of_the_first_until_the_reveal(made):
    member = joined(made, "Blue Door")
    made.answer(member, CURVE)
    made.answer(member, CURVE | {"value": [1, 2, 3, 4, 5]})
    assert [one.value for one in made.answered("5.strangers")] == [(1, 2, 3, 4, 5)]
    made.reveal("5.strangers")
    made.reveal("5.strangers")  # once more is no more
    with pytest.raises(gathering.RefusedError, match="The result was shown"):
        made.answer(member, CURVE)
    assert not made.catch_up()
    (handed,) = hand_ins(made)
    kinds = [(one.kind, one.tries) for one in handed.entries]
    assert kinds == [("team", 1), ("prediction", 1), ("prediction", 2), ("reveal", 1)]
    found = gather(made.folder / gathering.HAND_INS)
    assert found.students == 1 and found.questions[0].middle == [1, 2, 3, 4, 5]


def test_what_was_collected_is_graded(made):
    for k in range(3):
        made.answer(joined(made, f"Team {k}", f"Student {k}, {1000 + k}"), CURVE)
    graded = class_grades.grade(made.folder / gathering.HAND_INS, [], lesson="5")
    assert len(graded.students) == 3 and all(one.hand_in for one in graded.files)


def test_two_phones_of_one_team_have_a_file_each(made):
    for value in (10, 20):
        made.answer(joined(made, "Blue Door"), CURVE | {"value": [value] * 5})
    assert len(hand_ins(made)) == 2 and len(made.answered("5.strangers")) == 2


def test_a_secret_opens_its_own_place_alone(made):
    one, other = made.join("One"), made.join("Other")
    assert made.member(one).team == "One" and made.member(other).team == "Other"
    for wrong in (None, "", one[:-1], one.swapcase(), "x" * 22, made.member(one).digest):
        with pytest.raises(gathering.NotInRoomError):
            made.member(wrong)
    assert one not in (made.folder / journal.FILE).read_text(encoding="utf-8")


def test_a_phone_may_change_its_name_but_not_for_ever(made):
    secret = made.join("One")
    for k in range(gathering.MOST_NAMES - 1):
        assert made.join(f"Name {k}", secret=secret) == secret
    assert made.join("Name 8", secret=secret) == secret  # the same name is no change
    with pytest.raises(gathering.RefusedError, match="the last one stays"):
        made.join("One more", secret=secret)
    assert len(made.members) == 1 and made.member(secret).team == "Name 8"


@pytest.mark.parametrize("name", ["", " ", "...", None, 5, "x" * 81, "a\x00b", ["a"]])
def test_what_is_no_name_is_answered(made, name):
    with pytest.raises(gathering.RefusedError, match=r"[Tt]ype"):
        made.join(name)
    assert made.members == []


def test_a_room_is_full_at_some_time(made, monkeypatch):
    monkeypatch.setattr(gathering, "MOST_PEOPLE", 2)
    monkeypatch.setattr(room, "MOST_ANSWERS", 2)
    member = joined(made, "One")
    joined(made, "Two")
    with pytest.raises(gathering.RefusedError, match="This room is full"):
        made.join("Three")
    made.answer(member, CURVE)
    made.answer(member, CURVE)
    with pytest.raises(gathering.RefusedError, match="answered this 2 times"):
        made.answer(member, CURVE)


def test_killed_and_opened_again_nothing_is_lost(tmp_path):
    first = room.opened(tmp_path, "5", FORMS, 8000)
    secret = first.join("Blue Door")
    first.answer(first.member(secret), CURVE)
    first.reveal("5.strangers")
    before = [one.plain() for one in first.member(secret).entries]
    first.close()  # as a kill: no word in the journal
    for path in (first.folder / gathering.HAND_INS).iterdir():
        path.unlink()
    assert gathering.left_open(tmp_path, "05") == first.code
    again = room.opened(tmp_path, "5", FORMS, 0, first.code)
    assert (again.code, again.port, again.revealed) == (first.code, 8000, {"5.strangers"})
    assert [one.plain() for one in again.member(secret).entries] == before
    assert len(hand_ins(again)) == 1
    again.end()
    assert gathering.left_open(tmp_path, "05") is None


@pytest.mark.parametrize("cut", [1, 7, 40])
def test_a_line_that_was_cut_off_is_taken_away(tmp_path, cut):
    first = room.opened(tmp_path, "5", FORMS, 8000)
    secret = first.join("Blue Door")
    whole = (first.folder / journal.FILE).read_bytes()
    first.answer(first.member(secret), CURVE)
    first.close()
    path = first.folder / journal.FILE
    os.truncate(path, path.stat().st_size - cut)
    again = room.opened(tmp_path, "5", FORMS, 0, first.code)
    assert path.read_bytes() == whole
    again.answer(again.member(secret), CURVE)
    assert len(again.answered("5.strangers")) == 1
    again.close()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("not json", "line 3 is damaged"),
        ('{"member": 5, "entry": {}}', "line 3 makes no sense: there is no phone 5"),
        ('{"member": 0, "entry": {}}', "line 3 makes no sense: there is no phone 0"),
        ('{"member": 1, "entry": {"kind": "mark", "about": "5.1"}}', "line 3 makes no sense"),
    ],
)
def test_a_damaged_journal_names_its_line_and_is_left_as_it_is(tmp_path, line, says):
    first = room.opened(tmp_path, "5", FORMS, 8000)
    first.join("Blue Door")
    first.close()
    path = first.folder / journal.FILE
    damaged = path.read_text(encoding="utf-8") + line + "\n"
    path.write_text(damaged, encoding="utf-8")
    with pytest.raises(journal.JournalError, match=says):
        room.opened(tmp_path, "5", FORMS, 0, first.code)
    assert path.read_text(encoding="utf-8") == damaged


def test_one_program_at_a_time_has_a_room(made, tmp_path):
    with pytest.raises(journal.JournalError, match="in use by another program"):
        room.opened(tmp_path, "5", FORMS, 0, made.code)


def test_a_full_disk_changes_nothing_and_is_said(made, monkeypatch):
    member = joined(made, "Blue Door")
    before = (made.folder / journal.FILE).read_bytes()

    def half(handle, data):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="No space"):
        patched.setattr(journal.os, "fsync", lambda _: half(0, b""))
        made.answer(member, CURVE)
    assert (made.folder / journal.FILE).read_bytes() == before
    assert made.answered("5.strangers") == [] and len(member.entries) == 1
    made.answer(member, CURVE)
    assert len(made.answered("5.strangers")) == 1


def test_a_hand_in_that_cannot_be_written_is_written_later(made, monkeypatch):
    member = joined(made, "Blue Door")

    def full(path, content):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(gathering, "replaced", full)
        assert made.answer(member, CURVE).tries == 1  # the journal has it: it is recorded
        with pytest.raises(OSError, match="No space"):
            made.catch_up()
    assert len(hand_ins(made)[0].entries) == 1
    assert not made.catch_up() and len(hand_ins(made)[0].entries) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_others_on_this_computer_read_nothing(made):
    assert oct(made.folder.stat().st_mode)[-3:] == "700"
    assert oct((made.folder / journal.FILE).stat().st_mode)[-3:] == "600"


def test_guessing_the_code_takes_days():
    """481 million codes: at 1,000 guesses a second, 67 hours on average."""
    assert len(set(gathering.LETTERS)) == 28 and not set(gathering.LETTERS) & set("AEIOUL01")
    assert len(gathering.LETTERS) ** gathering.LENGTH / 1000 / 2 / 3600 > 60


def test_an_entry_of_the_journal_is_one_line(made):
    member = joined(made, "Blue\u2028Door")
    made.answer(member, CURVE | {"because": "a\u2028b \u0085 c"})
    for line in (made.folder / journal.FILE).read_bytes().split(b"\n")[:-1]:
        assert isinstance(json.loads(line), dict)
