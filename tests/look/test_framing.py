"""The pieces of which most pictures are made."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from frontporch import look
from frontporch.look.house_style import GREY, INK, SETTINGS


def test_a_frame_draws_on_what_it_is_given_or_on_a_new_picture_in_the_style():
    given = Figure().subplots()
    with look.frame(given) as ax:
        assert ax is given
    with look.frame(size=(4, 3)) as ax:
        assert tuple(ax.figure.get_size_inches()) == (4, 3)
        assert plt.rcParams["lines.linewidth"] == SETTINGS["lines.linewidth"]
    plt.close(ax.figure)


def test_limits_and_names_follow_what_is_drawn_words_and_units_stand_before():
    with look.frame(
        Figure().subplots(),
        xlabel="weeks",
        ylabel="share",
        title="What came",
        percent="xy",
        xlim=(0, 1),
        ylim=(0, None),
        names=True,
    ) as ax:
        assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title("left")) == (
            "weeks",
            "share",
            "What came",
        )
        look.curve(ax, 0, [0, 1], [0.2, 0.4], label="online")
    low, high = ax.get_ylim()
    assert low == 0 and 0.4 < high < 0.42
    assert ax.get_xlim() == (0, 1)
    assert "online" in [text.get_text() for text in ax.texts]
    assert ax.xaxis.get_major_formatter()(0.5).endswith("%")
    assert ax.yaxis.get_major_formatter()(0.5).endswith("%")


def test_what_the_body_says_about_an_axis_stands():
    with look.frame(Figure().subplots(), xlabel="weeks", ylabel="share", percent="x") as ax:
        ax.set_xticks([0, 1], ["first", "later"])
        ax.set_xlabel("days")
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["first", "later"]
    assert ax.get_xlabel() == "days"


def test_an_axis_that_does_not_exist():
    with pytest.raises(ValueError, match="axis is 'z'"), look.frame(percent="z"):
        pass
    plt.close("all")


def test_bands_and_error_bars_are_told():
    with look.frame(Figure().subplots(), xlabel="weeks", ylabel="people") as ax:
        look.curve(ax, 0, [0, 1], [2, 3], label="fans")
        look.band(ax, 0, [0, 1], [1, 2], [3, 5])
        look.dots(ax, 1, [0, 1], [4, 4], [3, 2], [6, 7], label="counted")
        look.reference(ax, y=1, label="one")
        look.reference(ax, x=0.5, dotted=True)
    told = look.alt_text(ax)
    assert "fans goes from 2 at 0 to 3 at 1, with a band from 2 to 5 at the right end." in told
    assert "A level reference line at 1 (one)." in told
    assert "An upright reference line at 0.5." in told
    (bars,) = ax.containers[0].lines[2]
    assert [one[:, 1].tolist() for one in bars.get_segments()] == [[3, 6], [2, 7]]


def test_one_value_is_a_dot_too_and_a_missing_one_is_none():
    ax = Figure().subplots()
    look.dots(ax, 0, 0, 0.5, 0.25, 0.75, across=True)
    look.dots(ax, 0, 1, np.nan, np.nan, np.nan, across=True)
    segments = ax.containers[0].lines[2][0].get_segments()
    assert segments[0].tolist() == [[0.25, 0], [0.75, 0]]
    assert ax.containers[0].lines[0].get_linestyle() == "None"


def test_rows_are_folded_and_keep_the_breaks_they_have():
    ax = Figure().subplots()
    look.rows(ax, ["naive:\nall who were counted", 3], [1, 0], label="reading", width=9)
    assert [one.get_text() for one in ax.get_yticklabels()] == [
        "naive:\nall who\nwere\ncounted",
        "3",
    ]
    assert ax.get_ylabel() == "reading" and not ax.yaxis.label.get_visible()
    assert ax.get_yticks().tolist() == [1, 0]


def test_references_are_grey_or_ink_and_stand_in_one_place():
    ax = Figure().subplots()
    look.reference(ax, y=0)
    look.reference(ax, x=2, color=INK)
    assert [line.get_color() for line in ax.lines] == [GREY, INK]
    for places in ({}, {"x": 1, "y": 2}):
        with pytest.raises(ValueError, match="give one"):
            look.reference(ax, **places)
