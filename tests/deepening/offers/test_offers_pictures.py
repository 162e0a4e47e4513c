"""Pictures of late offers hold what the numbers say."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from frontporch import look
from frontporch.deepening.offers import OfferModel, fit_gain, immortal_time, trial
from frontporch.deepening.offers.pictures import plot_gain, plot_trial


@pytest.fixture(scope="module")
def spells():
    return OfferModel().simulate(2_000, 52, seed=7, step=52)


def named(ax):
    return {line.get_label(): line for line in ax.get_lines() if line.get_label()[0] != "_"}


def test_one_call_shows_the_gain_with_its_band(spells):
    estimate = fit_gain(spells)
    ax = estimate.plot()
    line = ax.get_lines()[0]
    gains = estimate.at(line.get_xdata())
    assert line.get_ydata() == pytest.approx(100 * gains["gain"].to_numpy())
    band = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert band.min() == pytest.approx(100 * gains["lower"].min())
    assert band.max() == pytest.approx(100 * gains["upper"].max())
    row = gains.iloc[0]
    told = f"{100 * row.gain:.1f} (interval {100 * row.lower:.1f} to {100 * row.upper:.1f})"
    assert told in look.alt_text(ax) and "in week 0" in look.alt_text(ax)


def test_gains_from_any_source_stand_side_by_side(spells):
    weeks = np.arange(0, 21, 2.0)
    drawn = OfferModel().simulate_gain(weeks, pairs=200, seed=7, step=52)
    ax = plot_gain(
        {"a log": fit_gain(spells), "drawn": drawn, "the model": OfferModel().gain(weeks)}
    )
    assert list(named(ax)) == ["a log", "drawn", "the model"]
    assert len(ax.collections) == 2


def test_the_trap_is_drawn_with_its_numbers(spells):
    found = immortal_time(spells)
    ax = found.plot()
    ratios = [bar.lines[0].get_xdata()[0] for bar in ax.containers]
    expected = [found.ever_offered.hazard_ratio, found.from_the_offer_on.hazard_ratio]
    assert ratios == pytest.approx(expected)
    assert f"ever offered: {ratios[0]:.2f} (95% interval" in look.alt_text(ax)
    low, high = ax.get_xlim()
    assert low < found.ever_offered.lower and high > 1


def test_trials_are_drawn_with_what_they_say():
    usual = {"as usual": OfferModel(), "no effect": OfferModel.without_effect()}
    results = {name: trial(model.randomise(800, 26, 7)) for name, model in usual.items()}
    ax = plot_trial(results)
    text = look.alt_text(ax)
    for name, one in results.items():
        assert f"{name}: {100 * one.difference:+.1f} points" in text and one.says in text
    single = trial(OfferModel().randomise(400, 26, 7)).plot()
    assert "trial: " in look.alt_text(single)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: plot_gain(OfferModel().gain([0, 4, 9]), ax),
        lambda ax: immortal_time(OfferModel().simulate(500, 52, 7)).plot(ax=ax),
        lambda ax: trial(OfferModel().randomise(400, 26, 7)).plot(ax=ax),
    ],
)
def test_a_picture_goes_where_it_is_asked_to(draw):
    ax = plt.subplots()[1]
    assert draw(ax) is ax
    assert look.alt_text(ax) and ax.get_xlabel() and ax.get_ylabel()
    assert len(plt.get_fignums()) == 1
