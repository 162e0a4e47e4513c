"""Alternative text tells every part of a picture from its data, in sentences of its units."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from frontporch import look

HEAD = "people (n) against time (weeks). "


@pytest.fixture
def ax():
    ax = Figure().subplots()
    ax.set(xlabel="time (weeks)", ylabel="people (n)")
    return ax


def told(ax):
    text = look.alt_text(ax)
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD)


def test_a_line_goes_from_to_with_what_stands_out(ax):
    ax.plot([0, 1, 2, 3], [3, 9, 1, 6], label="shop")
    assert told(ax) == "shop goes from 3 at 0 to 6 at 3; highest 9 at 1; lowest 1 at 2."


def test_a_line_that_only_climbs_has_nothing_else_to_tell(ax):
    ax.plot([0, 1, 2], [1_234, 20_000, 1_234_567])
    assert told(ax) == "The line goes from 1,230 at 0 to 1,230,000 at 2."


def test_gaps_single_values_and_missing_values(ax):
    ax.plot([0, 1, 2], [np.nan, 2, 4], label="late")
    ax.plot([5], [7], label="one")
    ax.plot([0, 1], [np.nan, np.nan], label="none")
    assert told(ax) == "late goes from 2 at 1 to 4 at 2. one is 7 at 5. none has no values."


def test_lines_cross_at_a_place_that_is_told(ax):
    ax.plot([0, 10], [0, 10], label="up")
    ax.plot([0, 10], [5, 5], label="level")
    assert told(ax).endswith("up and level cross at 5.")
    ax.lines[1].set_ydata([11, 11])
    assert "cross" not in told(ax)


@pytest.mark.parametrize(
    ("unnamed", "end"), [(1, "1 more line without a name."), (3, "3 more lines without a name.")]
)
def test_lines_without_a_name_are_counted(ax, unnamed, end):
    for i in range(unnamed):
        ax.plot([0, 1], [i, i])
    assert "without a name" not in told(ax)  # up to three are told themselves
    ax.plot([0, 1], [5, 6], label="named")
    assert told(ax) == "named goes from 5 at 0 to 6 at 1. " + end


def test_many_lines_without_a_name_are_counted(ax):
    for i in range(5):
        ax.plot([0, 1], [i, i + 1])
    assert told(ax) == "The line goes from 0 at 0 to 1 at 1. 4 more lines without a name."


def test_a_band_is_told_with_its_line_or_by_itself(ax):
    (line,) = ax.plot([0, 1], [3, 6], label="mean")
    ax.fill_between([0, 1], [2, 4], [4, 8], color=line.get_color(), alpha=0.2)
    ends = "mean goes from 3 at 0 to 6 at 1, with a band from 4 to 8 at the right end."
    assert told(ax) == ends
    ax.fill_between([0, 1], [0, 0], [1, 2], color="red", label="lost")
    spans = " lost spans 0 to 1 at the left end and 0 to 2 at the right end."
    assert told(ax) == ends + spans


def test_error_bars_are_those_of_y(ax):
    ax.errorbar([1, 2], [10, 20], yerr=[[1, 2], [3, 4]], xerr=0.5, fmt="o", label="seen")
    bars = "error bars from 9 to 13 at the left end and from 18 to 24 at the right."
    assert told(ax) == f"seen goes from 10 at 1 to 20 at 2, with {bars}"


def test_bars_are_listed_with_their_error_bars():
    ax = Figure().subplots()
    ax.bar(["online", "off\nline"], [3, 4], yerr=1, label="answers")
    ax.set(xlabel="channel", ylabel="share (%)")
    bars = "answers, bars: online 3%, off line 4%, with error bars from 2% to 4% at the left end"
    assert look.alt_text(ax) == f"share (%) against channel. {bars} and from 3% to 5% at the right."


def test_lying_and_many_bars(ax):
    ax.barh([0, 1], [3, -4], tick_label=["a", "b"])
    assert told(ax) == "Bars: a 3, b -4."
    ax.containers[0].remove()
    ax.set_yticks(range(0, 12, 2))
    ax.bar(range(20), [5, 9, 1, *[4] * 17])
    assert told(ax) == "20 bars from 0 to 19; highest 9 at 1, lowest 1 at 2."


def test_points_are_counted_without_missing_ones(ax):
    ax.scatter([0, 1, 2, 3], np.ma.array([1, 99, 3, np.nan], mask=[0, 1, 0, 0]), label="seen")
    ax.plot([4, 5], [6, 7], "o", label="asked")
    assert told(ax) == (
        "asked: 2 points, across from 4 to 5, up from 6 to 7. "
        "seen: 2 points, across from 0 to 2, up from 1 to 3."
    )


def test_reference_lines(ax):
    ax.axhline(4, label="half")
    ax.axvline(3)
    ax.axline((0, 0), slope=1)
    ax.plot([0, 1], [0, 1], transform=ax.transAxes)
    sloped = "A straight reference line crosses the picture."
    lines = "A level reference line at 4 (half). An upright reference line at 3."
    assert told(ax) == f"{lines} {sloped} {sloped}"


def test_panels_share_a_label_and_stand_under_a_title():
    figure = Figure()
    panels = figure.subplots(1, 2, sharey=True)
    for panel, end in zip(panels, (2, 3), strict=True):
        panel.plot([0, 1], [1, end])
        panel.set_xlabel("weeks")
    panels[0].set_ylabel("people")
    figure.suptitle("Two towns\nof $10^{3}$")
    line = "people against weeks. The line goes from 1 at 0 to"
    one, two = f"Panel 1 of 2: {line} 2 at 1.", f"Panel 2 of 2: {line} 3 at 1."
    assert look.alt_text(figure) == f"Two towns of 10^3. {one} {two}"
    look.set_alt_text(panels[1], "Nothing.")
    assert look.alt_text(figure) == f"Two towns of 10^3. {one} Panel 2 of 2: Nothing."
    look.set_alt_text(figure, "All of\nit.")
    assert look.alt_text(figure) == "All of it."


@pytest.mark.parametrize("panels", [1, 2, 4])
def test_long_texts_are_cut_and_say_so(panels):
    figure = Figure()
    for panel in figure.subplots(1, panels, squeeze=False).flat:
        for i in range(20):
            panel.plot([0, 1, 2], [i, 30 - i, i + 1], label=f"a series {i}")
        panel.set(xlabel="weeks", ylabel="people")
    text = look.alt_text(figure)
    assert 60 <= len(text.split()) <= 130 + 4 * (panels == 4)
    sentences = text.count("goes from")
    left_out = sum(int(part.split()[-1]) for part in text.split(" more not told.")[:-1])
    assert sentences + left_out == 20 * panels and left_out > 0


@pytest.mark.parametrize(
    ("labels", "calls"),
    [
        ({"xlabel": "x"}, r'call ax\.set_ylabel\("\.\.\."\),'),
        ({"ylabel": "y"}, r'call ax\.set_xlabel\("\.\.\."\),'),
        ({"xlabel": " "}, r'call ax\.set_xlabel\("\.\.\."\) and ax\.set_ylabel'),
    ],
)
def test_an_axis_without_a_label_is_an_error_that_says_what_to_set(labels, calls):
    ax = Figure().subplots()
    ax.plot([0, 1], [0, 1])
    ax.set(**labels)
    for own in (None, "A line."):  # a text of one's own replaces no label
        if own:
            look.set_alt_text(ax, own)
        with pytest.raises(ValueError, match=calls):
            look.alt_text(ax)


def test_what_cannot_be_told_is_an_error_that_says_what_to_do(ax):
    with pytest.raises(ValueError, match="empty: draw something before"):
        look.alt_text(ax)
    ax.pie([1, 2])
    with pytest.raises(ValueError, match=r"look\.set_alt_text\(ax"):
        look.alt_text(ax)
    ax.set_axis_off()
    with pytest.raises(ValueError, match=r"switched off.*set_alt_text"):
        look.alt_text(ax)
    assert look.alt_text(look.set_alt_text(ax, " A third\n of all. ")) == "A third of all."
    with pytest.raises(ValueError, match="no axes"):
        look.alt_text(Figure())
    with pytest.raises(ValueError, match="is empty; say in a sentence"):
        look.set_alt_text(ax, " \n")
