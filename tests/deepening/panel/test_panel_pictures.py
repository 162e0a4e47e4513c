"""Pictures of snapshots hold what the numbers say."""

import pytest
from matplotlib import pyplot as plt

from frontporch import look
from frontporch.deepening import Ladder
from frontporch.deepening.panel import (
    by_interval,
    fit_panel,
    fitted_looks,
    plot_intervals,
    snapshots,
)
from frontporch.deepening.panel.pictures import plot_looks


@pytest.fixture(scope="module")
def spells():
    return Ladder.online_and_offline().simulate(pairs=300, weeks=60, seed=7)


def test_intervals_show_each_reading_at_each_interval(spells):
    found = by_interval(spells, every=[2, 8])
    ax = plot_intervals(found)
    drawn = {bar.get_label(): bar.lines[0].get_ydata() for bar in ax.containers}
    rows = found.query("stage == 'acquaintance' and next_stage == 'buyer'")
    for reading, values in drawn.items():
        expected = rows.loc[rows["reading"] == reading, "rate"]
        assert values.tolist() == pytest.approx(expected.tolist())
    assert "every 8 weeks, maximum likelihood" in look.alt_text(ax)
    with pytest.raises(ValueError, match="no rate from"):
        plot_intervals(found, "friend", "stranger")


def test_looks_show_seen_beside_expected(spells):
    estimate = fit_panel(snapshots(spells, 8))
    ax = plot_looks(estimate, ax=plt.subplots()[1])
    looks = fitted_looks(estimate)
    widths = [[bar.get_width() for bar in bars] for bars in ax.containers]
    assert widths[0] == pytest.approx(looks["expected"].tolist())
    assert widths[1] == pytest.approx(looks["seen"].tolist())
    assert "seen (expected)" in look.alt_text(ax)
