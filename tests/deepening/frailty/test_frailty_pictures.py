"""Pictures of hidden differences hold what the numbers say."""

import pytest
from matplotlib import pyplot as plt

from frontporch import look
from frontporch.deepening.frailty import attenuation, plot_attenuation
from frontporch.deepening.frailty.closeness import advice_flips, gain_of_offer
from frontporch.deepening.frailty.mechanism import attenuated, marginal_hazard
from frontporch.deepening.frailty.pictures import plot_flip, plot_marginal_hazard, plot_readings
from frontporch.deepening.frailty.worlds import chosen_channel


def named(ax):
    return {line.get_label(): line for line in ax.get_lines() if line.get_label()[0] != "_"}


def test_attenuation_shows_the_limit_and_what_was_found():
    found = attenuation([0, 2], people=2_000, seed=7)
    ax = plot_attenuation(found)
    limit = named(ax)["what Cox tends to"].get_ydata()
    assert limit[0] == pytest.approx(2) and limit[-1] == pytest.approx(attenuated(2, 2))
    points = ax.containers[0].lines[0].get_ydata()
    assert list(points) == pytest.approx(found["hazard_ratio"].tolist())
    assert "variance 2:" in look.alt_text(ax)


def test_the_marginal_hazard_falls_for_all_but_the_alike():
    ax = plot_marginal_hazard([0, 1], weeks=30)
    lines = named(ax)
    assert set(lines["variance 0"].get_ydata()) == {0.1}
    assert lines["variance 1"].get_ydata()[-1] == pytest.approx(float(marginal_hazard(30, 0.1, 1)))
    assert "variance 1 goes from 10%" in look.alt_text(ax)


def test_readings_stand_beside_the_truth():
    worlds = chosen_channel(people=100)
    ax = plot_readings(worlds, seed=7)
    text = look.alt_text(ax.figure)
    for world in worlds:
        value = world.readings(world.simulate(7)).loc["right", "value"]
        assert f"within a person: {value:.2f}" in text
    assert "Truth 1.00" in text


def test_the_flip_is_where_the_line_crosses_zero():
    ax = plot_flip()
    assert ax.get_lines()[0].get_ydata()[0] == pytest.approx(100 * gain_of_offer(0))
    assert f"{advice_flips():.0%}" in look.alt_text(ax)
    assert "never crosses" in look.alt_text(plot_flip(harm=1.0, ax=plt.subplots()[1]))
