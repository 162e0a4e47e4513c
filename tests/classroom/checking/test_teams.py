"""Who works here: in a box or typed, kept in the record, and told to whoever shows its numbers."""

import gc

import pytest

from frontporch.classroom import team
from frontporch.classroom.checking import teams
from frontporch.classroom.checking.teams import Team, TeamBox, current
from frontporch.classroom.record import kept

SUCH = "Type your team's name, or your own: letters or digits, such as Blue Door."


def test_the_team_is_the_newest_of_the_record(record):
    assert current() == Team(None)
    assert (
        team("Blue Door", person="Ana Sato, 1234")
        == current()
        == Team("Blue Door", "Ana Sato, 1234")
    )
    assert team("Lampen") == Team("Lampen", "Ana Sato, 1234"), "the same person"
    assert record() == [
        ("team", "team", "Blue Door", "Blue Door"),
        ("team", "team", "Lampen", "Lampen"),
    ]
    assert kept.entries()[0].details["person"] == "Ana Sato, 1234"


def test_the_same_team_again_is_not_recorded_twice(record):
    team("Blue Door")
    team("Blue Door")
    assert len(record()) == 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" Die  Lampen ", "Die Lampen"),
        ('"Blue Door"', "Blue Door"),
        ("“Blue Door”", "Blue Door"),
        ("„Blaue Tür“", "Blaue Tür"),
        ("Blaue Tu\u0308r", "Blaue Tür"),
        ("7", "7"),
        ("🦊", "🦊"),
        ("O'Neil", "O'Neil"),
    ],
)
def test_any_name_is_a_name(typed, name):
    assert team(typed).name == current().name == name


@pytest.mark.parametrize("typed", ["", "  ", '""', "“”", "...", "…", "'...'", "–", 7, ["Blue"]])
def test_what_is_no_name_is_answered_in_a_sentence(typed, record):
    assert repr(team(typed)) == SUCH
    assert record() == [] and current() == Team(None)


@pytest.mark.parametrize(
    ("typed", "said"), [("a" * 81, "has 81 characters"), ("a\ud800b", "signs")]
)
def test_a_name_that_cannot_be_kept_is_answered_in_a_sentence(typed, said, record):
    assert said in repr(team(typed)) and record() == []


def test_a_team_says_whose_numbers_are_asked():
    assert repr(Team(None)) == "No team yet: the questions have the class's numbers."
    assert repr(Team("Red", "Bo, 2")) == "Team Red (Bo, 2): the questions have your own numbers."
    assert "&lt;b&gt;" in Team("<b>")._repr_html_()


def test_the_box_records_and_stands_as_it_was_after_a_restart(record, screen):
    box = team()
    assert isinstance(box, TeamBox) and isinstance(team(...), TeamBox)
    assert "No team yet" in box.said.value
    box._ipython_display_()
    asked, boxes, script = screen.shown
    assert "Type a team's name" in repr(asked)
    assert [one.description for one in boxes.children[:3]] == ["team", "your name", "This is us"]
    assert "aria-label" in script.data
    assert "frontporch-on-enter" in boxes.children[2]._dom_classes
    box.name.value, box.person.value = "“Blue Door”", "  Ana Sato,  1234 "
    box.button.click()
    assert current() == Team("Blue Door", "Ana Sato, 1234") and len(record()) == 1
    assert "Team Blue Door" in box.said.value and box.name.value == "Blue Door"
    again = team()
    assert (again.name.value, again.person.value) == ("Blue Door", "Ana Sato, 1234")


def test_a_box_that_holds_no_name_says_so_and_keeps_the_team(record):
    team("Red")
    box = team()
    box.name.value = "..."
    box.button.click()
    assert SUCH in box.said.value.replace("&#x27;", "'") and 'role="alert"' in box.said.value
    assert current().name == "Red" and len(record()) == 1


def test_whoever_listens_is_told_and_is_not_kept_alive(record):
    class Listener:
        heard = 0

        def hear(self):
            Listener.heard += 1

    one = Listener()
    teams.on_change(one.hear)
    team("Red")
    assert Listener.heard == 1
    del one
    gc.collect()
    team("Blue")
    assert Listener.heard == 1


def test_a_record_that_cannot_be_read_is_no_reason_not_to_work(tmp_path):
    kept.kept_in().write_text("no record", encoding="utf-8")
    assert current() == Team(None)
    box = team()
    box.name.value = "Red"
    box.button.click()
    assert "Not recorded: my-answers.json cannot be read as a record" in box.said.value
    assert current() == Team("Red"), "for this session"
