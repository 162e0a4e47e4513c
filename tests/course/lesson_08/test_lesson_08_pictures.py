"""Pictures of the experiment with the page: what is drawn is what was found."""

import numpy as np
import pytest

from frontporch import look
from frontporch.course.lesson_08 import (
    FanWorld,
    HeavyBuyers,
    plot_causes,
    plot_experiment,
    plot_purchases,
    repeat_experiment,
)
from frontporch.course.lesson_08.repeats import Repeats
from frontporch.fans import lift
from frontporch.rounding import percent


@pytest.mark.parametrize("most", [4, 10])
def test_bars_are_the_shares_of_each_group(most):
    drawn = FanWorld().simulate(3_000, seed=7)
    ax = plot_purchases(drawn, most=most)
    heights = np.array([bar.get_height() for bar in ax.patches]).reshape(2, most + 1)
    np.testing.assert_allclose(heights.sum(axis=1), 1)
    fans = drawn.loc[drawn["fan"], "purchases"]
    assert heights[1, 0] == pytest.approx((fans == 0).mean())
    assert heights[1, -1] == pytest.approx((fans >= most).mean())
    assert f"fans ({len(fans):,})" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert f"0 {heights[1, 0]:.0%}" in look.alt_text(ax)


def test_causes_are_told_and_none_leads_to_the_invitation():
    ax = plot_causes()
    assert "No arrow leads from liking to the invitation." in look.alt_text(ax)
    assert look.picture(ax)[1:4] == b"PNG"


def test_an_experiment_shows_both_lifts_and_the_truth():
    ax = plot_experiment(effect=0.3, selection=0.6, customers=4_000, seed=3)
    world = FanWorld(effect=0.3, selection=0.6, invite=0.7)
    found = lift(world.simulate(4_000, 3), past=None)
    told = look.alt_text(ax)
    assert f"naive {percent(found.lift('naive'), signed=True)}" in told
    assert f"experiment {percent(found.lift(), signed=True)}" in told
    assert f"true {percent(world.expected()['experiment'], signed=True)}" in told
    assert ax.get_title(loc="left") or ax.get_title()
    assert f"turned {percent(found.moved[0])} of the invited into fans" in told


def test_every_place_of_the_sliders_has_the_same_axis():
    ends = {
        plot_experiment(effect, selection, invite, customers).get_ylim()
        for effect, selection, invite, customers in (
            (0.0, 0.0, 0.05, 1_000),
            (0.5, 1.0, 1.0, 20_000),
            (0.5, 0.0, 0.05, 20_000),
        )
    }
    assert len(ends) == 1


def test_an_invitation_that_moves_too_few_is_said():
    ax = plot_experiment(invite=0.01, customers=1_000, seed=1)
    assert "too few to say anything" in look.alt_text(ax)
    with pytest.raises(ValueError, match="without an invitation there is no experiment"):
        plot_experiment(invite=0.0)


def test_repeats_are_counted_by_whether_they_hold():
    found = repeat_experiment(FanWorld(), 1_000, times=40, seed=7)
    ax, held = found.plot(), found.held
    assert held == int(found.summary()["holds"].sum())
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert held < 40
    assert {f"interval holds the truth ({held})", f"misses it ({40 - held})"} < set(labels)
    assert f"{held} intervals hold the truth, 0%" in look.alt_text(ax)
    assert look.picture(ax)[1:4] == b"PNG"
    held_only = found.summary().query("holds")
    everyone = Repeats(held_only).plot()
    assert len(everyone.get_legend().get_texts()) == 2


def test_heavy_buyers_are_drawn():
    ax = HeavyBuyers().plot(most=5)
    assert len(ax.patches) == 10 and "5 or more: " in look.alt_text(ax)
