"""Pictures hold what the numbers say: lines, limits, labels and alternative text."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from frontporch import data, look
from frontporch.deepening import Ladder, compare, encounter_curves, fit
from frontporch.deepening.pictures import plot_comparison, plot_occupancy, plot_reached


@pytest.fixture(scope="module")
def estimate():
    return fit(Ladder.online_and_offline().simulate(pairs=800, seed=7), by="channel")


def named(ax):
    return {line.get_label(): line for line in ax.get_lines() if line.get_label()[0] != "_"}


def test_reached_shows_each_curve_with_its_values():
    curves = encounter_curves(data.load("deepening_life_tables"))
    ax = plot_reached(curves)
    lines = named(ax)
    assert list(lines) == list(curves)
    for name, curve in curves.items():
        drawn = lines[name].get_ydata()
        np.testing.assert_allclose(drawn, 1 - curve.survival[-len(drawn) :])
        assert drawn[0] == pytest.approx(0, abs=0.02) and (np.diff(drawn) >= 0).all()
    assert ax.get_xscale() == "log"
    assert "students online goes from" in look.alt_text(ax)


def test_bands_stand_only_on_ten_arrivals():
    curves = encounter_curves(data.load("deepening_life_tables"))
    ax = plot_reached({"office 2013": curves["office 2013"]})
    band = ax.collections[0].get_paths()[0].vertices
    curve = curves["office 2013"]
    tenth = curve.times[np.cumsum(curve.events) >= 10][0]
    assert band[:, 0].min() == pytest.approx(tenth)


def test_occupancy_has_a_panel_a_group_and_a_line_a_stage(estimate):
    ax = plot_occupancy(estimate)
    panels = ax.figure.axes
    assert [panel.get_title(loc="left") for panel in panels] == ["offline", "online"]
    for panel in panels:
        assert list(named(panel)) == ["stranger", "acquaintance", "buyer", "friend", "lost"]
    with pytest.raises(ValueError, match='estimate\\["online"\\]'):
        plot_occupancy(estimate, ax=ax)
    assert (
        plot_occupancy(estimate["online"], ax=plt.subplots()[1]).get_title(loc="left") == "online"
    )


def test_comparison_tells_all_four_measures(estimate):
    ax = plot_comparison(compare(estimate["online"], estimate["offline"]))
    text = look.alt_text(ax.figure)
    for measure in ("hazard ratio", "ratio of median sojourns", "reached by week 26"):
        assert measure in text
    assert "percentage points" in text


def test_pictures_leave_the_settings_as_they_were(estimate):
    import matplotlib

    before = dict(matplotlib.rcParams)
    plot_occupancy(estimate)
    assert dict(matplotlib.rcParams) == before
