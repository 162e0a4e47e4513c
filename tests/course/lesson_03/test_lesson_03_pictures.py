"""Pictures of lesson 3 hold what the numbers say."""

import pytest

from frontporch import classroom, look
from frontporch.course.lesson_03 import plot_depths, plot_messages, plot_path, plot_phase
from frontporch.deepening.reciprocity import Disclosure, Hawkes, once_told


def test_the_phase_picture_ends_at_rest():
    ax = plot_phase()
    rest = next(line for line in ax.get_lines() if line.get_label() == "_rest")
    assert (rest.get_xdata()[0], rest.get_ydata()[0]) == pytest.approx((0.5, 0.6), abs=1e-6)
    assert "settles at 0.50 and 0.60" in look.alt_text(ax)
    assert "without bound" in look.alt_text(plot_phase(1.2, 1.0))


def test_paths_are_told():
    assert "first goes from 0 at 0 to 0.5 at 20" in look.alt_text(plot_depths())
    brand = Disclosure.with_brand(once_told(0.3, 0.5), customer=0.35)
    text = look.alt_text(plot_path(brand, names=("customer", "brand")))
    assert "brand goes from 0 at 0 to 0.55" in text
    assert "closeness" in look.alt_text(plot_path(Disclosure(warmth=0.2)))


def test_messages_and_rates_are_those_of_the_process():
    ax = plot_messages(answers=0.4, seed=3)
    pair = Hawkes((0.125, 0.125), ((0.1, 0.4), (0.4, 0.1)), 1.0)
    one, other = pair.events(72, seed=3).counts()[0]
    assert f"A writes {one} messages and B {other}." in look.alt_text(ax)


@pytest.mark.parametrize(
    ("function", "name", "value"),
    [
        (plot_phase, "reciprocity_first", 1.2), (plot_depths, "reciprocity_second", 1.0),
        (plot_messages, "answers", 0.8),
    ],
)  # fmt: skip
def test_a_panel_drives_the_pictures(function, name, value):
    panel = classroom.panel(function, classroom.Slider(name, name, 0.0, 1.2, 0.1, 0.4))
    before = panel.picture()
    panel.set(**{name: value})
    after = panel.picture()
    assert before.png != after.png
