"""The picture of exchanges, by what it contains."""

import numpy as np

from frontporch import data, look
from frontporch.deepening.logs.pictures import plot_exchanges


def test_each_community_has_its_line_of_shares():
    ladder = data.load("exchange_ladder")
    ax = plot_exchanges(ladder, last=8)
    rows = ladder[(ladder["community"] == "students online") & (ladder["exchange"] <= 8)]
    line = next(one for one in ax.lines if one.get_label() == "students online")
    np.testing.assert_allclose(
        line.get_ydata(), rows["dyads_reaching_next"] / rows["dyads_reaching"]
    )
    assert "exchanges so far" in look.alt_text(ax)


def test_one_ladder_alone_is_one_line():
    rows = data.load("exchange_ladder").query("community == 'students online'")
    ax = plot_exchanges(rows.drop(columns="community"))
    assert [line.get_label() for line in ax.lines] == ["all pairs"]
