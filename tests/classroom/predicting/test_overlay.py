"""A recorded prediction in the picture of the result."""

from collections import Counter

import pytest
from matplotlib import pyplot as plt

from frontporch import data, deepening, look
from frontporch.classroom import predict
from frontporch.classroom.predicting.overlay import lay_over

MINE = "your prediction"


@pytest.fixture
def ax():
    """A picture with two lines named at their ends, and a remark that is no name."""
    with look.style():
        _, ax = plt.subplots()
        ax.plot([1, 24, 168], [0.1, 0.3, 0.4], label="students of a new community online")
        ax.errorbar([1, 24, 168], [0.0, 0.2, 0.3], yerr=0.05, label="office 2013")
        ax.set(xlabel="hours", ylabel="pairs that met again", title="Who met again?")
        ax.text(24, 0.35, "a remark")
        look.label_lines(ax)
    yield ax
    plt.close(ax.figure)


def names(ax):
    """Every text in the picture, on one row, and how often it stands there."""
    return Counter(" ".join(text.get_text().split()) for text in ax.texts)


NAMED = {"students of a new community online": 1, "office 2013": 1, "a remark": 1}


def mine(ax):
    """The line of the prediction."""
    (line,) = [line for line in ax.lines if line.get_label() == MINE]
    return line


def test_a_curve_in_per_cent_lands_on_shares(ax):
    predict("1.q", [10, 25, 60], at=[3, 24, 100], unit="%")
    assert lay_over(ax, "1.q") is ax
    assert mine(ax).get_xdata().tolist() == [3, 24, 100]
    assert mine(ax).get_ydata().tolist() == pytest.approx([0.1, 0.25, 0.6])


def test_a_curve_in_another_unit_lands_where_it_is(ax):
    predict("1.q", [1, 2], at=[3, 24], unit="weeks")
    assert mine(lay_over(ax, "1.q")).get_ydata().tolist() == [1, 2]


@pytest.mark.parametrize(("unit", "height"), [("%", 0.25), ("weeks", 25)])
def test_a_number_draws_a_level_line(ax, unit, height):
    predict("1.q", 25, unit=unit)
    line = mine(lay_over(ax, "1.q"))
    assert list(line.get_ydata()) == [height, height]
    left, right = line.get_transform().transform(line.get_xydata())[:, 0]
    assert (left, right) == pytest.approx((ax.bbox.x0, ax.bbox.x1))
    low, high = ax.get_ylim()
    assert low < height < high


def test_the_range_is_a_band_around_it(ax):
    curve = {"at": [3, 24], "between": ([5, 20], [15, 40])}
    predict("1.q", [10, 25], unit="%", **curve)
    (band,) = lay_over(ax, "1.q").collections[-1:]
    corners = {(x, round(y, 9)) for x, y in band.get_paths()[0].vertices}
    assert corners == {(3, 0.05), (3, 0.15), (24, 0.2), (24, 0.4)}
    predict("1.n", 25, between=(20, 30), unit="%")
    (span,) = lay_over(ax, "1.n").patches
    assert (span.get_y(), span.get_height()) == pytest.approx((0.2, 0.1))
    assert "80 % sure: 20 to 30 %" in look.alt_text(ax)


@pytest.mark.parametrize("ends", [{}, {"between": ([0, 80], [15, 100])}])
def test_a_prediction_far_from_the_results_is_in_the_picture(ax, ends):
    ax.set_ylim(0.05, 0.5)
    predict("1.q", [1, 95], at=[3, 24], unit="%", **ends)
    low, high = lay_over(ax, "1.q").get_ylim()
    assert low < (0 if ends else 0.01) and high > (1 if ends else 0.95)


@pytest.mark.parametrize(("value", "at"), [([10, 25], [3, 24]), (25, ())])
def test_the_prediction_is_named_and_no_name_is_doubled(ax, value, at):
    predict("1.q", value, at=at, unit="%")
    assert names(ax) == NAMED
    assert names(lay_over(ax, "1.q")) == NAMED | {MINE: 1}
    assert ax.get_title("left") == "Who met again?"


def test_it_is_told_from_the_results_without_colour(ax):
    predict("1.q", [10, 25], at=[3, 24], unit="%")
    line = mine(lay_over(ax, "1.q"))
    others = [one for one in ax.lines if one is not line]
    assert line.get_linestyle() not in {one.get_linestyle() for one in others}
    assert line.get_marker() not in {one.get_marker() for one in others}


def test_without_a_prediction_the_picture_stays_as_it_is(ax):
    predict("1.another", 5)
    lines = len(ax.lines)
    assert lay_over(ax, "1.q") is ax
    assert ax.get_title("left") == "Who met again?"
    assert len(ax.lines) == lines and names(ax) == NAMED


def test_the_prediction_that_counts_is_drawn(ax):
    for value in (10, 30):
        predict("1.q", value, unit="%")
    assert mine(lay_over(ax, "1.q")).get_ydata()[0] == 0.3


def test_a_choice_cannot_be_drawn(ax):
    predict("1.q", "online")
    lines = len(ax.lines)
    with pytest.raises(ValueError, match=r"the prediction '1\.q' is a choice"):
        lay_over(ax, "1.q")
    assert len(ax.lines) == lines and names(ax) == NAMED


def test_the_picture_of_lesson_1_tells_the_prediction_in_its_alternative_text():
    table = data.load("deepening_life_tables").query("channel != 'text message'")
    curves = deepening.encounter_curves(table, encounter=2)
    predict("1.curve", [5, 10, 20, 40, 60], at=[3, 12, 24, 168, 730], unit="%")
    ax = lay_over(curves.plot(), "1.curve")
    assert names(ax) == dict.fromkeys([*curves, MINE], 1)
    told = (
        "Laid over the result: Prediction 1.curve: 5, 10, 20, 40, 60 %. pairs that have met again"
    )
    assert look.drawn(ax).text.startswith(told)
    assert plt.get_fignums() == []
