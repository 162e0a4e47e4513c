"""Pictures of lesson 2 hold what the numbers say."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from frontporch import look
from frontporch.classroom import Slider, panel
from frontporch.course.lesson_02 import plot_contacts, plot_door, plot_power, plot_trap, worlds
from frontporch.deepening.offers import Door, naive_hazard_ratio, plot_gain
from frontporch.stats import power


def named(ax):
    return {line.get_label(): line for line in ax.get_lines() if line.get_label()[0] != "_"}


def test_two_worlds_have_their_best_weeks_told():
    weeks = np.arange(0, 27, 0.5)
    text = look.alt_text(
        plot_gain({name: shop.door.gain(weeks) for name, shop in worlds().items()})
    )
    assert "waiting loses customers: " in text and "in week 4.5" in text


def test_the_door_shows_the_best_week():
    ax = plot_door(pushed=0.64, ripening=2.0)
    assert list(named(ax)) == ["friend", "competitor", "over-contact"]
    weeks = named(ax)["friend"].get_xdata()
    best = Door(pushed=0.64, ripening=2.0).shares(weeks, 52, step=0.5)["friend"].argmax()
    dotted = [line for line in ax.get_lines() if line.get_label()[0] == "_"]
    assert dotted[0].get_xdata()[0] == pytest.approx(weeks[best]) and weeks[best] > 0


def test_contacts_mark_where_the_shop_stands():
    ax = plot_contacts(contacts=2.0)
    share = Door().by_contacts(2.0)["friend"][0]
    assert f"Marked: {share:.0%} with 2." in look.alt_text(ax) and "with 1.0" in look.alt_text(ax)
    with pytest.raises(ValueError, match="from 0 to 4"):
        plot_contacts(contacts=9.0)


def test_the_limit_of_the_trap_is_marked():
    ax = plot_trap(5.0, 20.0)
    assert f"finds {naive_hazard_ratio(5, 20):.2f}" in look.alt_text(ax)
    assert set(named(ax)["from the offer on (right)"].get_ydata()) == {1.0}


def test_power_is_marked_at_the_size_of_the_trial():
    ax = plot_power(0.2, 0.26, 400.0)
    assert f"Marked: {power(0.2, 0.26, 400):.0%} with 400." in look.alt_text(ax)
    several = plot_power(0.2, [0.22, 0.3])
    assert list(named(several)) == ["0.2 or 0.22", "0.2 or 0.3"]


@pytest.mark.parametrize(
    ("function", "slider"),
    [
        (plot_door, Slider("ripening", "ripening", 0.0, 6.0, 0.5, 2.0, "weeks")),
        (plot_door, Slider("offer_ratio", "ratio", 0.0, 6.0, 0.5, 3.0)),
        (plot_contacts, Slider("contacts", "contacts", 0.0, 4.0, 0.5, 1.0, "a week")),
        (plot_trap, Slider("offer_after", "offer", 1.0, 40.0, 1.0, 10.0, "weeks")),
        (plot_power, Slider("each", "each", 50.0, 2_000.0, 50.0, 400.0)),
        (plot_power, Slider("tried", "tried", 0.05, 0.60, 0.01, 0.26)),
    ],
)
def test_a_slider_drives_it_from_end_to_end(function, slider):
    shown = panel(function, slider)
    for value in (slider.low, slider.high):
        shown.set(**{slider.name: value})
        assert "cannot be drawn" not in repr(shown.picture())


@pytest.mark.parametrize("draw", [plot_door, plot_contacts, plot_trap, plot_power])
def test_a_picture_goes_where_it_is_asked_to(draw):
    ax = plt.subplots()[1]
    assert draw(ax=ax) is ax
    assert look.alt_text(ax) and ax.get_xlabel() and ax.get_ylabel()
    assert len(plt.get_fignums()) == 1
