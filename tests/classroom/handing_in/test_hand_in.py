"""Handing in: one small file of a lesson, what is in it, and what a stranger's file may hold."""

import base64
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch import classroom
from frontporch.classroom.handing_in import contents, hand_in_file
from frontporch.classroom.handing_in.hand_in_file import HandIn, HandInError
from frontporch.classroom.record import kept
from frontporch.names import UnknownName


@pytest.fixture
def record(tmp_path, monkeypatch):
    file = tmp_path / "my-lessons" / "my-answers.json"
    file.parent.mkdir()
    monkeypatch.setenv(kept.VARIABLE, str(file))
    return file


def answered():
    kept.add("team", "team", "Blue Door", team="Blue Door", details={"person": "Ana Sato, 1234"})
    kept.add("answer", "5.1", 3.0, team="Blue Door", details={"typed": "3", "right": False})
    kept.add("answer", "5.1", 4.0, team="Blue Door", details={"typed": "4", "right": True})
    kept.add("answer", "5.2", 4.0, team="Red Door", details={"typed": "4", "right": True})
    kept.add("prediction", "5.strangers", (1.0, 2.0), team="Blue Door")
    kept.add("memo", "5.memo", ("We buy.", "", ""), team="Blue Door")
    kept.add("answer", "1.1", 4.0, team="Blue Door", details={"typed": "4", "right": True})


def test_an_empty_record_is_told_what_to_do(record):
    said = repr(classroom.hand_in(5).write())
    assert said.startswith("There is nothing to hand in yet") and "Answer an exercise" in said
    assert [one.name for one in record.parent.iterdir()] == []


def test_the_file_holds_the_lesson_and_the_names_of_teams(record):
    answered()
    written = classroom.hand_in("5").write()
    made = hand_in_file.read(written.path.read_bytes())
    assert written.path == record.parent / "hand-in 5 Blue Door.json"
    assert (made.lesson, made.team, made.person, made.intact) == (
        "5",
        "Blue Door",
        "Ana Sato, 1234",
        True,
    )
    assert {one.lesson for one in made.entries} == {"5", ""}
    assert made == written.made and made.at == written.made.at


def test_it_says_what_is_in_it_and_what_is_missing(record):
    answered()
    said = repr(classroom.hand_in(5).write())
    assert "answers to 2 of 6 exercises (1 right), 1 prediction and your memo." in said
    assert "handed in by Blue Door, Ana Sato, 1234." in said
    assert "- 5.2 was answered for Red Door." in said and "- 5.3 has no answer." in said
    assert "5.1" not in said


def test_the_link_gives_the_file_as_it_was_written(record):
    answered()
    written = classroom.hand_in(5).write()
    (held,) = re.findall(r'base64,([^"]+)"', written._repr_html_())
    assert base64.b64decode(held) == written.path.read_bytes()


def test_a_button_writes_and_a_later_cell_knows_it(record, screen):
    answered()
    classroom.hand_in(5)._ipython_display_()
    assert "Click <b>Hand in lesson 5</b>" in screen.shown[0].data
    button, said = screen.shown[1].children
    assert said.value == ""
    button.click()
    assert "hand-in 5 Blue Door.json is written, into the folder my-lessons" in said.value
    classroom.hand_in(5)._ipython_display_()
    assert "up to date" in screen.shown[4].children[1].value
    kept.add("answer", "5.3", 1.0, team="Blue Door")
    classroom.hand_in(5)._ipython_display_()
    assert "is older than your last entries" in screen.shown[7].children[1].value


def test_where_nothing_can_be_written_the_link_is_left(record, monkeypatch):
    answered()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "replaced", full)
    written = classroom.hand_in(5).write()
    assert "No space left on device" in repr(written) and written.path is None
    assert "base64," in written._repr_html_()


def test_a_damaged_record_is_told_in_a_sentence(record):
    record.write_text("{", encoding="utf-8")
    assert "Nothing was handed in: my-answers.json cannot be read" in repr(
        classroom.hand_in(5).write()
    )


def test_a_lesson_that_there_is_not_is_told_the_known_ones():
    with pytest.raises(UnknownName, match="There is no lesson 99"):
        classroom.hand_in(99)


def test_names_are_shown_as_text(record):
    kept.add("team", "team", "<b>&", team="<b>&", details={"person": "<script>x</script>"})
    kept.add("answer", "5.1", 1.0, team="<b>&")
    shown = classroom.hand_in(5).write()._repr_html_()
    assert "<script>" not in shown and "<b>&" not in shown


def test_a_file_that_was_edited_by_hand_is_not_intact(record):
    answered()
    found = json.loads(classroom.hand_in(5).write().path.read_text(encoding="utf-8"))
    found["entries"][1]["value"] = 4.0
    assert not hand_in_file.read(json.dumps(found).encode()).intact


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\xff\xfe{", "is not a hand-in"),
        (b'{"a":' * 100_000, "is damaged"),
        (b'{"cells": []}', "is a notebook"),
        (b'{"format": "frontporch answers 1"}', "is the whole record"),
        (b"[1]", "is not a hand-in"),
        (b" " * 1_000_001, "larger than 1 MB"),
        (b'{"format": "frontporch hand-in 1", "lesson": "../5"}', "names no lesson"),
        (b'{"format": "frontporch hand-in 1", "lesson": "5", "entries": {}}', "entries has to be"),
        (
            b'{"format": "frontporch hand-in 1", "lesson": "5", "entries": [{"kind": "mark"}]}',
            "entry 1: kind is 'mark'",
        ),
        (
            b'{"format": "frontporch hand-in 1", "lesson": "5", "entries": [], "team": 5}',
            "team has to be a text",
        ),
        (
            b'{"format": "frontporch hand-in 1", "lesson": "5", "entries": [], "at": "soon"}',
            "at is 'soon'",
        ),
    ],
)
def test_what_is_not_a_hand_in_is_told_why(content, why):
    with pytest.raises(HandInError, match=re.escape(why)):
        hand_in_file.read(content)


@given(team=st.text(max_size=300), person=st.text(max_size=300))
def test_any_name_makes_a_file_that_can_be_kept_and_read(team, person):
    made = HandIn("5", team, person)
    assert re.fullmatch(r"[^/\\:*?\"<>|\x00-\x1f]{1,100}\.json", made.name)
    read = hand_in_file.read(made.content())
    assert (read, read.intact) == (made, True)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_json_somebody_hands_in_is_read_or_told(found):
    for content in (found, {"format": hand_in_file.FORMAT, "lesson": "5", "entries": found}):
        try:
            made = hand_in_file.read(json.dumps(content).encode())
        except HandInError as error:
            assert str(error)
        else:
            assert contents.is_empty(made) and contents.missing(made)
