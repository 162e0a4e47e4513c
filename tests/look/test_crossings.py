"""Lines cross where both sides can be seen, and not where they meet within rounding."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from frontporch import look


@pytest.fixture
def ax():
    ax = Figure().subplots()
    ax.set(xlabel="customers (%)", ylabel="value (%)")
    return ax


@pytest.mark.parametrize("off", [0.0, 1e-14, -1e-14])
def test_curves_that_meet_at_the_ends_do_not_cross(ax, off):
    x = np.linspace(0, 100, 11)
    ax.plot(x, x, label="alike")
    ax.plot(x, np.where((x > 0) & (x < 100), 10 * np.sqrt(x), x + off), label="sorted")
    text = look.alt_text(ax)
    assert "cross" not in text
    assert text.count("from 0% at 0% to 100% at 100%") == 2


@pytest.mark.parametrize("off", [0.0, 1e-14, -1e-14])
def test_curves_that_touch_do_not_cross(ax, off):
    ax.plot([0, 1, 2], [1, 0, 1], label="bent")
    ax.plot([0, 1, 2], [off, off, off], label="level")
    assert "cross" not in look.alt_text(ax)


@pytest.mark.parametrize("off", [0.0, 1e-14, -1e-14])
def test_curves_cross_where_they_run_together(ax, off):
    ax.plot([0, 1, 2, 5], [-1, off, 0, 1], label="up")
    ax.plot([0, 5], [0, 0], label="level")
    assert look.alt_text(ax).endswith("up and level cross at 1.5%.")


@pytest.mark.parametrize("off", [1e-13, -1e-13])
def test_the_highest_of_a_tie_is_the_first_and_an_end_is_not_told_twice(ax, off):
    ax.plot([0, 1, 2, 3, 4], [1, 9, 1, 9 + off, 1 + off], label="twice")
    assert look.alt_text(ax).endswith("twice goes from 1% at 0% to 1% at 4%; highest 9% at 1%.")
    ax.lines[0].set_ydata([9, 8, 7, 5, 5 - off])
    assert look.alt_text(ax).endswith("twice goes from 9% at 0% to 5% at 4%.")


@pytest.mark.parametrize("off", [0.0, 1e-13, -1e-13])
def test_the_highest_of_many_bars_is_the_first_of_those_that_tie(ax, off):
    ax.bar(range(9), [2, 5, 1, 5 + off, *[3] * 4, 1 - off])
    assert look.alt_text(ax).endswith("highest 5% at 1%, lowest 1% at 2%.")
