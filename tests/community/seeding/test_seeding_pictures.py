"""Pictures of seeding: what is drawn is what was found, and can be told."""

import networkx as nx
import numpy as np
import pytest

from frontporch import community, look
from frontporch.community.seeding.choice import Precision, influence_maximization
from frontporch.community.seeding.percolation import live_edges
from frontporch.community.seeding.pictures import lay_out, plot_starters, plot_ways

RULE = community.independent_cascade(0.1)


def test_ways_end_where_they_were_counted():
    best = influence_maximization(
        nx.karate_club_graph(), 4, RULE, seed=7, precision=Precision(runs=200)
    )
    ax = plot_ways(best, runs=200)
    ends = {line.get_label(): line.get_ydata()[-1] for line in ax.lines}
    for way, adopters in best.summary()[["way", "adopters"]].itertuples(index=False):
        assert ends[way] == pytest.approx(adopters, abs=1e-9)
    assert ends["no 4 reach more"] == best.certificate.upper
    assert "most loyal" in look.alt_text(ax) and look.picture(ax)[1:4] == b"PNG"


def test_the_town_shows_who_starts():
    worlds = live_edges(community.small_world(60, 6, 0.1, seed=7), RULE, 300, seed=7)
    places = lay_out(worlds.community)
    ax = plot_starters(worlds, [3, 40], places=places)
    others, starters = ax.collections[1:]
    assert (starters.get_offsets() == places[[3, 40]]).all()
    shares = np.delete(worlds.chances([3, 40]), [3, 40])
    assert np.asarray(others.get_array()) == pytest.approx(shares)
    assert "Asked first: 3, 40" in look.alt_text(ax) and look.picture(ax)[1:4] == b"PNG"
    empty = plot_starters(worlds, [], places=places)
    assert "nobody" in look.alt_text(empty) and look.picture(empty)[1:4] == b"PNG"


def test_a_town_too_large_to_draw_is_named():
    with pytest.raises(ValueError, match="cannot be told apart"):
        lay_out(community.ring(2_000, 2))
