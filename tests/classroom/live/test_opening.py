"""Which room is opened, where it answers, and what is said where it cannot be."""

import pathlib
import socket

import pytest
from typer.testing import CliRunner

from frontporch.classroom.copying import sources
from frontporch.classroom.live import opening
from frontporch.classroom.presenting.serving import PresentingError
from frontporch.cli.class_live import live

SOURCE = sources.source(pathlib.Path(__file__).parents[3] / "lessons", 5)


@pytest.fixture
def opened(tmp_path):
    """Opens rooms in one folder, and lets go of them all."""
    made = []

    def one(**words):
        made.append(opening.prepared(SOURCE, tmp_path / "live", "5", **words))
        return made[-1]

    yield one
    for each in made:
        each.room.close()


def test_a_room_that_was_closed_in_order_is_gone_on_with_only_by_its_code(opened):
    first = opened()
    first.room.join("Blue Door")
    first.room.end()
    other = opened()
    assert other.room.code != first.room.code and other.room.members == []
    other.room.end()
    again = opened(code=first.room.code.lower())
    assert again.room.code == first.room.code and again.room.members[0].team == "Blue Door"
    assert again.port == first.port and again.key != first.key


def test_a_room_that_was_killed_is_gone_on_with_unless_a_new_one_is_wanted(opened):
    first = opened()
    first.room.join("Blue Door")
    first.room.close()  # without a word, as a kill
    new = opened(new=True)
    assert new.room.code != first.room.code
    new.room.end()
    assert opened().room.code == first.room.code


def test_a_room_that_is_open_elsewhere_is_said(opened):
    opened()
    with pytest.raises(PresentingError, match=r"in use.*Stop that one \(Ctrl-C\)\. Or open.*--new"):
        opened()


def test_a_damaged_room_is_named_and_a_new_one_opens(opened):
    first = opened()
    first.room.close()
    journal = first.room.folder / "journal.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8") + "not json\n", encoding="utf-8")
    with pytest.raises(PresentingError, match=r"line 2 is damaged.*another room with --new"):
        opened()
    assert opened(new=True).room.code != first.room.code


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PresentingError, match="Choose another folder with --into"):
        opening.prepared(SOURCE, tmp_path / "file" / "live", "5")


def test_an_unknown_room_names_those_there_are(opened):
    first = opened()
    first.room.end()
    with pytest.raises(PresentingError, match=rf"no room nosuch.*Known: {first.room.code}"):
        opened(code="nosuch")


def test_a_port_that_was_asked_for_is_taken_or_said(opened):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PresentingError, match="is taken by another program: leave out --port"):
            opened(port=taken.getsockname()[1])


def test_only_this_computer_unless_it_is_shared(opened):
    assert opened().address.startswith("127.0.0.1:")
    shared = opened(new=True, share=True)
    assert shared.projector.startswith("http://127.0.0.1:")


def said(*words):
    """What `porch class live` says, and how it ends."""
    result = CliRunner().invoke(live, words, terminal_width=200)
    return result.exit_code, result.output


def test_an_unknown_lesson_is_one_sentence(tmp_path):
    code, told = said("99", "--no-browser", "--into", str(tmp_path))
    assert code == 1 and "There is no lesson 99" in told


def test_a_lesson_and_a_game_are_helped_with_their_own_options_only():
    both = {"--share", "--room", "--into"}
    for words, own, other in (
        (["5"], {"--lessons", "Number of the lesson"}, {"--rounds", "--minutes"}),
        (["game"], {"--rounds", "--minutes"}, {"--lessons", "Number of the lesson"}),
    ):
        code, told = said(*words, "--help")
        assert code == 0 and all(one in told for one in both | own)
        assert not any(one in told for one in other)


def test_options_may_come_before_a_lesson_and_come_after_the_word_game():
    assert "no lesson 99" in said("--share", "99")[1]
    code, told = said("--share", "game")
    assert code == 1 and "porch class live game --share" in told
    assert all(one in said()[1] for one in ("porch class live 5", "porch class live game"))
