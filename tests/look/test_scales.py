"""Ticks in percent and in the units of time a reader knows."""

from itertools import pairwise
from math import log10

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from frontporch import look
from frontporch.look.scales import duration

HOUR, DAY, WEEK, YEAR = 1, 24, 168, 8_766
MONTH = YEAR / 12
WORDS = {"s", "min", "h", "day", "days", "week", "weeks", "month", "months", "year", "years"}


def ticks(low, high, axis="x"):
    """Words and places (hours) of the ticks of an axis of hours."""
    ax = look.hours_axis(Figure().subplots(), axis)
    (ax.set_xlim if axis == "x" else ax.set_ylim)(low, high)
    ax.get_figure().draw_without_rendering()
    shown = ax.xaxis if axis == "x" else ax.yaxis
    words = [tick.get_text() for tick in shown.get_ticklabels()]
    return dict(zip(words, shown.get_ticklocs(), strict=True))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "0 h"),
        (1 / 3_600, "1 s"),
        (0.5 / 3_600, "0.5 s"),
        (1 / 60, "1 min"),
        (0.25, "15 min"),
        (HOUR, "1 h"),
        (3, "3 h"),
        (23, "23 h"),
        (DAY, "1 day"),
        (36, "1.5 days"),
        (WEEK, "1 week"),
        (2 * WEEK, "2 weeks"),
        (MONTH, "1 month"),
        (3 * MONTH, "3 months"),
        (YEAR, "1 year"),
        (10 * YEAR, "10 years"),
        (1_234 * YEAR, "1,230 years"),
        (-36, "-1.5 days"),
        (1.004 * DAY, "1 day"),  # as many digits as are shown decide between one and many
        (1.04 * DAY, "1.04 days"),
    ],
)
def test_durations_in_words(hours, words):
    assert duration(hours) == words
    assert duration(hours, 3) == words  # as matplotlib calls it


@given(st.floats(1e-3, 1e6))
def test_a_duration_says_its_hours_to_three_digits(hours):
    in_hours = {"s": 1 / 3_600, "min": 1 / 60, "h": 1, "d": 24, "w": 168, "m": MONTH, "y": YEAR}
    count, unit = duration(hours).split()
    told = float(count.replace(",", "")) * in_hours[unit if unit in in_hours else unit[0]]
    assert told == pytest.approx(hours, rel=5.001e-3)


@pytest.mark.parametrize("axis", ["x", "y"])
def test_ticks_of_hours_are_familiar_times(axis):
    assert ticks(0.01, 5_000, axis) == pytest.approx(
        {"1 min": 1 / 60, "1 h": HOUR, "1 day": DAY, "1 month": MONTH}
    )
    assert set(ticks(0.5, 400, axis)) == {"1 h", "6 h", "1 day", "1 week"}


@given(st.floats(1e-4, 1e5), st.floats(0.7, 8))
@example(1 / 3_600, 7.5)
@example(1.0, log10(24))
def test_ticks_are_in_words_inside_and_apart(low, decades):
    high = low * 10**decades
    ax = look.hours_axis(Figure().subplots())
    ax.set_xlim(low, high)
    places = list(ax.xaxis.get_major_locator()())
    for place in places:
        count, unit = ax.xaxis.get_major_formatter()(place).split()
        assert float(count) == int(count) and unit in WORDS
        assert low * (1 - 1e-8) <= place <= high * (1 + 1e-8)
    # The widest, "30 min" or "3 months", takes a seventh of the axis on a slide.
    for one, other in pairwise(places):
        assert log10(other / one) / decades >= 0.139
    assert not len(ax.xaxis.get_minorticklocs())


@pytest.mark.parametrize(("low", "high"), [(1 / 60, YEAR), (1, WEEK), (DAY, 3 * YEAR)])
def test_there_are_enough_ticks_to_read_from(low, high):
    assert len(ticks(low, high)) >= 3


def test_an_axis_the_other_way_round_has_the_same_ticks():
    assert ticks(5_000, 0.01) == ticks(0.01, 5_000)


def test_tick_texts_do_not_touch():
    with look.style():
        ax = look.hours_axis(Figure().subplots())
        for low, high in ((0.01, 5_000), (1 / 3_600, 20 * YEAR), (1, WEEK), (0.3, YEAR)):
            ax.set_xlim(low, high)
            ax.get_figure().draw_without_rendering()
            found = [tick.get_window_extent() for tick in ax.get_xticklabels()]
            assert len(found) >= 3
            assert all(one.x1 < other.x0 for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("whole", "value", "words"), [(1.0, 0.25, "25%"), (100, 25, "25%"), (40, 10, "25%")]
)
@pytest.mark.parametrize("axis", ["x", "y"])
def test_percent(axis, whole, value, words):
    ax = Figure().subplots()
    assert look.percent_axis(ax, axis, whole=whole) is ax
    ax.set(xlim=(0, whole), ylim=(0, whole))
    ax.get_figure().draw_without_rendering()
    shown, other = (ax.xaxis, ax.yaxis) if axis == "x" else (ax.yaxis, ax.xaxis)
    assert shown.get_major_formatter()(value) == words
    assert [shown.get_ticklabels()[i].get_text() for i in (0, -1)] == ["0%", "100%"]
    assert not any("%" in tick.get_text() for tick in other.get_ticklabels())


def test_hours_touch_one_axis_only_and_give_it_back():
    ax = Figure().subplots()
    assert look.hours_axis(ax, "y") is ax
    assert (ax.get_xscale(), ax.get_yscale()) == ("linear", "log")


@pytest.mark.parametrize("scale", [look.hours_axis, look.percent_axis])
def test_another_axis_is_refused(scale):
    with pytest.raises(ValueError, match="""axis is 'z'; expected "x" or "y\""""):
        scale(Figure().subplots(), "z")
