"""The controls of a decision: they record, play, and show after a restart what is recorded."""

import json

import pytest

from frontporch.classroom import team
from frontporch.classroom.deciding.decide import Decide, decide
from frontporch.classroom.record import kept


def shown(decision):
    made = Decide(decision)
    made.controls()
    return made, made._parts


def choose(parts, option="leave it", expected="4,000"):
    parts["choice"].value, parts["expected"].value = option, expected
    parts["decide"].click()


def test_nothing_is_recorded_before_something_is_chosen(decision, record):
    made, parts = shown(decision)
    assert parts["play"].disabled
    parts["decide"].click()
    assert "Choose one first" in parts["said"].value
    choose(parts, expected="a lot")
    assert "is not an amount" in parts["said"].value
    assert [one.kind for one in kept.entries()] == ["team"]
    parts["play"].click()
    assert "Decide first" in parts["said"].value
    assert made.year is None


def test_a_decision_is_recorded_and_played(decision, record):
    made, parts = shown(decision)
    parts["amount"].value = 1_500
    choose(parts)
    entry = kept.entries()[-1]
    assert (entry.kind, entry.value, entry.team) == ("decision", "leave it", "Blue Door")
    assert dict(entry.details) == {"amount": 1_500, "expected": 4_000}
    assert not parts["play"].disabled
    assert parts["keep"].layout.display == "none"
    parts["play"].click()
    assert kept.entries()[-1].kind == "reveal"
    assert "the year brought 0" in parts["result"].value
    assert 'alt="We expected' in parts["result"].value
    assert parts["decide"].disabled
    assert parts["play"].disabled
    assert made.year.brought == 0


def test_the_last_decision_before_the_year_counts(decision, record):
    made, parts = shown(decision)
    choose(parts, "hang a sign")
    choose(parts, "leave it")
    parts["play"].click()
    assert made.year.option == "leave it"
    with pytest.raises(ValueError, match="played already: your decision “leave it” stands"):
        made.record("hang a sign", None, None)
    # Written by hand all the same: it does not count.
    kept.add("decision", "9.decision", "hang a sign", team="Blue Door")
    again, _ = shown(decision)
    assert again.year.option == "leave it"


def test_after_a_restart_the_controls_show_what_is_recorded(decision, record):
    _, parts = shown(decision)
    parts["amount"].value = 2_000
    choose(parts, "hang a sign", "-1500")
    again, parts = shown(decision)
    assert (parts["choice"].value, parts["amount"].value) == ("hang a sign", 2_000)
    assert parts["expected"].value == "-1500"
    assert again.year is None
    assert not parts["play"].disabled
    again.play()
    last, parts = shown(decision)
    assert last.year.expected == -1_500
    assert "the year brought" in parts["result"].value


def test_another_team_decides_for_itself(decision, record):
    made, parts = shown(decision)
    choose(parts)
    parts["play"].click()
    team("Red Door")
    assert parts["result"].value == ""
    assert not parts["decide"].disabled
    team("BLUE DOOR")
    assert made.year is not None
    assert "the year brought" in parts["result"].value


def test_the_picture_is_kept_on_a_click(decision, record):
    _, parts = shown(decision)
    choose(parts)
    parts["play"].click()
    parts["keep"].click()
    file = record.with_name("decision 9.png")
    assert file.read_bytes()[1:4] == b"PNG"
    assert "data:image/png;base64," in parts["kept"].value


def test_a_damaged_record_is_a_sentence(decision, record):
    record.write_text(json.dumps({"format": "other"}), encoding="utf-8")
    _, parts = shown(decision)
    assert "cannot be read as a record" in parts["said"].value
    choose(parts)
    assert "cannot be read as a record" in parts["said"].value


def test_what_needs_no_kernel_comes_first(decision, record, screen, monkeypatch):
    Decide(decision)._ipython_display_()
    first = screen.shown[0]._repr_html_()
    for words in (decision.question, *decision.options, *decision.options.values(), "500 to 2,000"):
        assert words in first


def test_the_typed_call_records_and_plays(record):
    told = repr(decide("9.decision"))
    assert 'classroom.decide("9.decision", "run the page", amount=8, expected=4000)' in told
    made = decide("9.decision", "close the page", amount=4, expected="1,000")
    assert made.year.brought == 0
    assert [one.kind for one in kept.entries()] == ["team", "decision", "reveal"]
    again = decide("9.decision", "run the page")
    assert again.year.option == "close the page"
    assert len(kept.entries()) == 3
