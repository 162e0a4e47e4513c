"""Pictures of lesson 2 hold what the numbers say."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from frontporch import look
from frontporch.classroom import Slider, panel
from frontporch.course.lesson_02 import (
    plot_gain,
    plot_outcomes,
    plot_power,
    plot_stays,
    worlds,
)
from frontporch.deepening.offers import OfferModel
from frontporch.stats import power

SPELLS = OfferModel().simulate(2_000, 52, seed=7, step=52)


def named(ax):
    return {line.get_label(): line for line in ax.get_lines() if line.get_label()[0] != "_"}


def test_two_worlds_have_their_best_weeks_told():
    weeks = np.arange(0, 27, 0.5)
    text = look.alt_text(
        plot_gain({name: shop.model.gain(weeks) for name, shop in worlds().items()})
    )
    assert "waiting loses customers: " in text and "in week 4.5" in text


def test_outcomes_show_the_best_week():
    ax = plot_outcomes(pushed=0.64, ripening=2.0)
    assert list(named(ax)) == ["friend", "competitor", "over-contact"]
    weeks = named(ax)["friend"].get_xdata()
    best = OfferModel(pushed=0.64, ripening=2.0).shares(weeks, 52, step=0.5)["friend"].argmax()
    dotted = [line for line in ax.get_lines() if line.get_label()[0] == "_"]
    assert dotted[0].get_xdata()[0] == pytest.approx(weeks[best]) and weeks[best] > 0


def test_power_is_marked_at_the_size_of_the_trial():
    ax = plot_power(0.2, 0.26, 400.0)
    assert f"Marked: {power(0.2, 0.26, 400):.0%} with 400." in look.alt_text(ax)
    several = plot_power(0.2, [0.22, 0.3])
    assert list(named(several)) == ["0.2 or 0.22", "0.2 or 0.3"]


@pytest.mark.parametrize(
    ("function", "slider"),
    [
        (plot_outcomes, Slider("ripening", "ripening", 0.0, 6.0, 0.5, 2.0, "weeks")),
        (plot_outcomes, Slider("offer_ratio", "ratio", 0.0, 6.0, 0.5, 3.0)),
        (plot_power, Slider("each", "each", 50.0, 2_000.0, 50.0, 400.0)),
        (plot_power, Slider("tried", "tried", 0.05, 0.60, 0.01, 0.26)),
    ],
)
def test_a_slider_drives_it_from_end_to_end(function, slider):
    shown = panel(function, slider)
    for value in (slider.low, slider.high):
        shown.set(**{slider.name: value})
        assert "cannot be shown" not in repr(shown.picture())


def of_a_log(ax):
    return plot_stays(SPELLS, 5, ax)


@pytest.mark.parametrize("draw", [plot_outcomes, plot_power, of_a_log])
def test_a_picture_goes_where_it_is_asked_to(draw):
    ax = plt.subplots()[1]
    assert draw(ax=ax) is ax
    assert look.alt_text(ax) and ax.get_xlabel() and ax.get_ylabel()
    assert len(plt.get_fignums()) == 1


def test_stays_are_as_long_as_in_the_table():
    ax = plot_stays(SPELLS, strangers=15)
    drawn = sum(
        np.ptp(path.vertices[:, 0]) for lines in ax.collections for path in lines.get_paths()
    )
    first = SPELLS.head(15)
    assert drawn == pytest.approx(first["left"].sum())
    assert f"{first['offered_at'].notna().sum()} got an offer" in look.alt_text(ax)
    assert ax.get_legend() is not None


def test_there_is_at_least_one_stranger():
    with pytest.raises(ValueError, match="strangers is 0"):
        plot_stays(SPELLS, 0)
