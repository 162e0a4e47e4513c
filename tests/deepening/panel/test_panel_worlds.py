"""A world in which online deepens faster, and one in which it is only looked at more often."""

import numpy as np
import pytest

from frontporch.deepening import Ladder
from frontporch.deepening.panel import snapshots
from frontporch.deepening.panel.worlds import readings, seen_rate, two_worlds_of_looks


def test_the_surface_is_the_same_and_the_truth_is_not():
    true, false = two_worlds_of_looks(hazard_ratio=1.5)
    assert true.claim_holds and not false.claim_holds
    seen = [
        seen_rate(w.ladder, "online", w.every["online"])
        / seen_rate(w.ladder, "offline", w.every["offline"])
        for w in (true, false)
    ]
    assert seen[0] == pytest.approx(seen[1], abs=1e-9)
    assert false.ladder.rates["online"] == false.ladder.rates["offline"]
    assert false.every["online"] < true.every["online"]


def test_what_regular_looks_seem_to_show_is_what_they_show():
    ladder = Ladder.online_and_offline()
    table = snapshots(ladder.simulate({"online": 20_000}, 104, seed=7), every=4)
    first = table.groupby("pair").head(2)
    second = first.groupby("pair").tail(1)
    seen = (second["stage"] == "acquaintance").sum() / second["time"].sum()
    assert seen == pytest.approx(seen_rate(ladder, "online", 4), rel=0.04)
    assert seen_rate(ladder, "online", 1e-4) == pytest.approx(0.18, rel=1e-3)


def test_the_naive_reading_is_fooled_and_the_right_one_is_not():
    true, false = two_worlds_of_looks(pairs=2_000)
    for world, truth in ((true, 1.5), (false, 1.0)):
        found = readings(world.simulate(seed=1)).set_index("reading")
        naive, right = found.loc["moves seen by weeks"], found.loc["maximum likelihood"]
        assert naive["lower"] > 1.15
        assert right["lower"] < truth < right["upper"]


def test_a_difference_that_looks_cannot_make_is_refused():
    with pytest.raises(ValueError, match="Take a smaller ratio"):
        two_worlds_of_looks(hazard_ratio=5.0, every=1.0)


@pytest.mark.slow
def test_no_effect_is_found_at_the_nominal_rate():
    false = two_worlds_of_looks(pairs=300)[1]
    tables = [readings(false.simulate(seed)).iloc[1] for seed in range(300)]
    wrong = np.mean([not row["lower"] <= 1 <= row["upper"] for row in tables])
    # 5 % nominal; three standard errors of 300 draws are 3.8 points.
    assert 0.012 <= wrong <= 0.088
