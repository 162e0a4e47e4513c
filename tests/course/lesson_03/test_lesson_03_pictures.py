"""Pictures of lesson 3 hold what the numbers say."""

import pytest

from frontporch import classroom, look
from frontporch.course.lesson_03 import plot_depths, plot_phase


def test_the_phase_picture_ends_at_rest():
    ax = plot_phase()
    rest = next(line for line in ax.get_lines() if line.get_label() == "_rest")
    assert (rest.get_xdata()[0], rest.get_ydata()[0]) == pytest.approx((0.5, 0.6), abs=1e-6)
    assert "settles at 0.50 and 0.60" in look.alt_text(ax)
    assert "without bound" in look.alt_text(plot_phase(1.2, 1.0))


def test_depths_are_told():
    assert "customer goes from 0 at 0 to 0.5 at 20" in look.alt_text(plot_depths())


@pytest.mark.parametrize(
    ("function", "name", "value"),
    [
        (plot_phase, "reciprocity_first", 1.2),
        (plot_depths, "reciprocity_second", 1.0),
    ],
)
def test_a_panel_drives_the_pictures(function, name, value):
    panel = classroom.panel(function, classroom.Slider(name, name, 0.0, 1.2, 0.1, 0.4))
    before = panel.picture()
    panel.set(**{name: value})
    after = panel.picture()
    assert before.png != after.png
