"""A press of a button takes its controls as they stand on the page, whatever came before it."""

import json

import ipywidgets
import pytest

from frontporch.classroom import keys


@pytest.fixture
def pressed():
    """Controls, the field that the browser writes, and what stood there at each press."""
    controls = [
        ipywidgets.Text("old"),
        ipywidgets.RadioButtons(options=["A", "B"], value=None),
        ipywidgets.SelectionSlider(options=[("none", ""), ("1 %", 1), ("2 %", 2)]),
        ipywidgets.SelectionRangeSlider(options=[0, 5, 10], value=(0, 10)),
    ]
    button, heard = ipywidgets.Button(), []
    seen = keys.takes_all(button, controls, lambda: heard.append([one.value for one in controls]))
    return button, seen, heard


def told(*stands, at=1):
    return json.dumps({"at": at, "stands": stands})


def test_what_stands_on_the_page_is_taken_although_it_was_kept_back(pressed):
    _, seen, heard = pressed
    seen.value = told("new", [1], [2], [0, 1])
    seen.value = told("new", [-1], [0], [1, 1], at=2)
    assert heard == [["new", "B", 2, (0, 5)], ["new", None, "", (5, 5)]]


def test_a_press_without_a_browser_takes_what_the_controls_hold(pressed):
    button, _, heard = pressed
    button.click()
    assert heard == [["old", None, "", (0, 10)]]


@pytest.mark.parametrize("rubbish", ["x", "[]", "{}", told("new"), told("old", [9], [0], [0, 2])])
def test_what_makes_no_sense_is_a_press_and_no_more(pressed, rubbish):
    _, seen, heard = pressed
    seen.value = rubbish
    assert heard == [["old", None, "", (0, 10)]]
