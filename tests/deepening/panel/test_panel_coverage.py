"""How often the intervals of rates from snapshots hold the truth."""

import numpy as np
import pytest

from frontporch.deepening import Ladder
from frontporch.deepening.panel import fit_panel, snapshots
from frontporch.streams import spawn

LADDER = Ladder.online_and_offline()


def covered(pairs, sets, seed):
    """Share of sets in which each interval holds the truth; rates with ten moves expected."""
    off, on = LADDER.rates["offline"], LADDER.rates["online"]
    truth = np.concatenate([list(off.values()), [on[s] / off[s] for s in off]])
    hits, held = np.zeros(len(truth)), np.zeros(len(truth))
    for rng in spawn(seed, sets):
        table = snapshots(LADDER.simulate(pairs, 104, rng), every=8)
        found = fit_panel(table, ["channel"]).summary()
        hits += (found["lower"] <= truth) & (truth <= found["upper"])
        held += found["note"] == ""
    return hits / sets, held / sets


def test_intervals_cover_in_a_few_sets():
    share, _ = covered(pairs=400, sets=25, seed=20_264)
    assert share.mean() == pytest.approx(0.95, abs=0.03)
    # Fewer than 18 of 25 have a probability of 2 in 100,000 where 95 % is right.
    assert share.min() >= 18 / 25


@pytest.mark.slow
def test_intervals_cover_where_they_may_be_relied_upon():
    share, relied = covered(pairs=800, sets=600, seed=20_265)
    for k in np.flatnonzero(relied > 0.99):
        assert 0.93 <= share[k] <= 0.97, f"parameter {k}: {share[k]:.1%}"
    assert (relied > 0.99).sum() >= 12
