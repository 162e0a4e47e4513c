"""Controls: what a slider may be, and a picture that follows it."""

import math
from itertools import pairwise

import ipywidgets
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from frontporch.classroom import Choice, Slider, panel
from frontporch.course import lesson_01
from frontporch.look.display import Picture
from frontporch.names import UnknownName

SPEED = Slider("speed", "how fast", 0.5, 3.0, 0.1, 1.8, "× offline")
WHERE = Choice("where", "channel", ["online", "offline"], "online")


def draw(speed, where="online"):
    """A picture that tells its arguments in its alternative text."""
    _, ax = plt.subplots()
    ax.plot([0, 1], [0, speed], label=where)
    ax.set(xlabel="weeks", ylabel="friends")
    if speed > 2.5:
        raise ValueError(f"<b>{speed:g}</b> is too fast")
    return ax


@pytest.mark.parametrize(
    ("low", "high", "step", "value"),
    [
        (1, 1, 1, 1),
        (2, 1, 1, 1),
        (0, 1, 0, 0),
        (0, 1, -1, 0),
        (0, 1, math.nan, 0),
        (-math.inf, 1, 1, 0),
        (0, math.inf, 1, 0),
        (0, math.nan, 1, 0),
        (0, 1, math.inf, 0),
    ],
)
def test_a_slider_without_a_range_is_an_error(low, high, step, value):
    with pytest.raises(ValueError, match=r"slider 'speed' goes from .* low must be below high"):
        Slider("speed", "how fast", low, high, step, value)


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan])
def test_a_slider_stands_in_its_range(value):
    with pytest.raises(ValueError, match="outside 0 to 1"):
        Slider("speed", "how fast", 0, 1, 0.1, value)


@given(
    low=st.integers(-50, 50),
    length=st.floats(0.5, 100),
    step=st.floats(0.1, 200),
    place=st.floats(0, 1),
)
def test_a_slider_reaches_both_ends_and_stands_where_it_should(low, length, step, place):
    high = low + length
    value = min(max(low + place * length, low), high)
    slider = Slider("speed", "how fast", low, high, step, value)
    places = [one for _, one in slider.options]
    assert places[0] == pytest.approx(low) and places[-1] == pytest.approx(high)
    assert value in places and slider.widget().value == value
    assert places == sorted(set(places))
    assert max(b - a for a, b in pairwise(places)) <= step * (1 + 1e-6)


@pytest.mark.parametrize(
    ("slider", "places"),
    [
        (Slider("a", "a", 0, 1, 0.3, 0), [0, 0.3, 0.6, 0.9, 1]),
        (Slider("a", "a", 0, 1, 0.35, 0), [0, 0.35, 0.7, 1]),
        (Slider("a", "a", 0, 10, 5, 8), [0, 5, 8, 10]),
        (Slider("a", "a", 0.1, 0.4, 0.1, 0.3), [0.1, 0.2, 0.3, 0.4]),
    ],
)
def test_the_places_of_a_slider(slider, places):
    assert [place for _, place in slider.options] == places


def test_a_year_has_no_separator_and_other_numbers_do():
    year = Slider("a", "a", 1999, 2001, 1, 2000, year=True)
    assert [words for words, _ in year.options] == ["1999", "2000", "2001"]
    other = Slider("a", "a", 1999, 2001, 1, 2000, "people")
    assert [words for words, _ in other.options] == [f"{n:,} people" for n in (1999, 2000, 2001)]


def test_the_readout_carries_the_unit():
    widget = SPEED.widget()
    assert isinstance(widget, ipywidgets.SelectionSlider)
    assert widget.options[widget.index] == ("1.8 × offline", 1.8)
    assert (widget.description, widget.tooltip) == ("how fast", "how fast, × offline")
    bare = Slider("a", "number", 0, 2, 1, 1).widget()
    assert [said for said, _ in bare.options] == ["0", "1", "2"] and bare.tooltip == "number"


def test_a_choice_stands_on_one_of_its_names():
    assert WHERE.widget().options == ("online", "offline")
    with pytest.raises(UnknownName, match=r"option of 'where' 'ofline'.*mean 'offline'"):
        Choice("where", "channel", ["online", "offline"], "ofline")


def test_a_control_that_the_function_does_not_know_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match=r"draw has no argument 'sped'.*mean 'speed'"):
        panel(draw, Slider("sped", "how fast", 0, 1, 1, 0))
    assert panel(lambda **free: draw(**free), SPEED).values == {"speed": 1.8}


def test_the_first_picture_is_shown_by_itself_before_the_controls(screen):
    board = panel(draw, SPEED, WHERE)
    board._ipython_display_()
    picture, box, script = screen.shown
    assert isinstance(picture, Picture) and "online goes from 0 at 0 to 1.8" in picture.text
    assert isinstance(box, ipywidgets.VBox)
    assert box.children == tuple(board.widgets.values())
    assert "aria-label" in script.data
    assert screen.updates == []


def test_moving_a_control_redraws_in_place(screen):
    board = panel(draw, SPEED, WHERE)
    board._ipython_display_()
    board.set(speed=0.7)
    board.widgets["where"].value = "offline"
    assert [one.text.split(". ")[1] for one in screen.updates] == [
        "online goes from 0 at 0 to 0.7 at 1.",
        "offline goes from 0 at 0 to 0.7 at 1.",
    ]
    assert board.values == {"speed": 0.7, "where": "offline"}


def test_moving_to_where_it_stands_does_not_redraw(screen):
    board = panel(draw, SPEED, WHERE)
    board._ipython_display_()
    board.set(speed=1.8, where="online")
    board._redraw(None)
    panel(draw, SPEED).set(speed=1)  # of one that is not shown either
    assert screen.updates == []


def test_an_error_in_the_function_becomes_a_sentence_in_place_of_the_picture(screen):
    board = panel(draw, SPEED)
    board._ipython_display_()
    board.set(speed=3)
    (said,) = screen.updates
    assert repr(said) == "This cannot be shown: <b>3</b> is too fast"
    assert "&lt;b&gt;3&lt;/b&gt; is too fast" in said._repr_html_()
    assert "<b>" not in said._repr_html_() and 'role="alert"' in said._repr_html_()
    board.set(speed=1)
    assert isinstance(screen.updates[1], Picture)


def test_only_a_figure_of_the_user_stays_open():
    mine = plt.figure()
    too_fast = Slider("speed", "how fast", 0, 3, 1, 3)
    assert isinstance(panel(draw, SPEED).picture(), Picture)
    for broken in (panel(draw, too_fast), panel(lambda speed: draw(speed) and None, SPEED)):
        assert "This cannot be shown" in repr(broken.picture())
    assert plt.get_fignums() == [mine.number]
    plt.close(mine)


def test_what_is_not_on_a_control_is_an_error_and_moves_none():
    board = panel(draw, SPEED, WHERE)
    wrong = [
        (ValueError, {"speed": 4}, r"speed is 4, but goes from 0.5 to 3 in steps of 0.1"),
        (ValueError, {"speed": 1.85}, "in steps of 0.1"),
        (ValueError, {"speed": math.nan}, "speed is nan"),
        (ValueError, {"speed": "fast"}, "speed is 'fast'"),
        (UnknownName, {"where": "onlin"}, "mean 'online'"),
        (UnknownName, {"where": 3}, "no option of 'where' 3"),
        (UnknownName, {"sped": 1}, "no control 'sped'.*mean 'speed'"),
    ]
    for error, values, said in wrong:
        with pytest.raises(error, match=said):
            board.set(**({"speed": 1.0, "where": "offline"} | values))
        assert board.values == {"speed": 1.8, "where": "online"}
    board.set(speed=0.1 + 0.2 + 0.3)
    assert board.values["speed"] == 0.6


def test_the_panel_of_a_real_picture_follows_its_sliders(screen):
    board = panel(lesson_01.plot_ladder, Slider("weeks", "how far", 13, 104, 1, 52, "weeks"))
    board._ipython_display_()
    board.set(weeks=26)
    assert "at 52" in screen.shown[0].text and "at 26" in screen.updates[0].text
