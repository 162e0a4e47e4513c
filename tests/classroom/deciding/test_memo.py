"""A memo: three boxes, recorded, and back after a restart."""

import pytest

from frontporch.classroom import memo
from frontporch.classroom.record import kept
from frontporch.names import UnknownName


def test_three_sentences_are_recorded_and_come_back(record, screen):
    made = memo("9.memo")
    made._ipython_display_()
    assert "What we know" in screen.shown[0]._repr_html_()
    for box, text in zip(made._boxes, ("It won 130.", "", "Stop."), strict=True):
        box.value = text
    made._click()
    assert "The second sentence is still empty" in made._said.value
    assert kept.entries()[-1].value == ("It won 130.", "", "Stop.")
    again = memo("9.memo")
    again.controls()
    assert [box.value for box in again._boxes] == ["It won 130.", "", "Stop."]


def test_typed(record):
    assert memo("9.memo", "a", "b", "c").sentences == ("a", "b", "c")
    assert repr(memo("9.memo")) == "a\nb\nc"
    with pytest.raises(ValueError, match="three sentences, not 2"):
        memo("9.memo", "a", "b")
    with pytest.raises(UnknownName, match=r"9\.memo"):
        memo("99.memo")


def test_an_empty_or_endless_memo_is_answered_in_a_sentence(record):
    made = memo("9.memo")
    made.controls()
    made._click()
    assert "All three boxes are empty" in made._said.value
    made._boxes[0].value = "x" * 5_000
    made._click()
    assert "at most 4,000 characters" in made._said.value
    assert all(one.kind == "team" for one in kept.entries())
