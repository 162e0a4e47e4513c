"""Looking at pairs now and then."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.deepening import Ladder
from frontporch.deepening.panel import snapshots
from frontporch.tables import check

LADDER = Ladder.online_and_offline()
ONE = pd.DataFrame(
    {
        "pair": [1, 1, 1],
        "channel": "online",
        "stage": ["stranger", "acquaintance", "buyer"],
        "entered": [0.0, 3.0, 8.0],
        "left": [3.0, 8.0, 21.0],
        "next_stage": ["acquaintance", "buyer", "lost"],
    }
)


def test_a_look_sees_the_stage_of_the_moment():
    found = snapshots(ONE, every=4)
    assert found["time"].tolist() == [0, 4, 8, 12, 16, 20, 21]
    assert found["stage"].tolist() == [
        "stranger",
        "acquaintance",
        "buyer",
        "buyer",
        "buyer",
        "buyer",
        "lost",
    ]


def test_a_loss_is_seen_at_the_next_look_where_its_moment_is_unknown():
    found = snapshots(ONE, every=4, exact=())
    assert found.iloc[-1][["time", "stage"]].tolist() == [24, "lost"]


def test_the_last_look_is_within_what_was_observed():
    seen = ONE.assign(next_stage=["acquaintance", "buyer", None])
    assert snapshots(seen, every=7)["time"].tolist() == [0, 7, 14, 21]
    assert snapshots(seen, every=8)["time"].tolist() == [0, 8, 16]


def test_a_pair_observed_late_is_looked_at_from_then_on():
    late = ONE.assign(entered=[1.0, 3.0, 8.0])
    assert snapshots(late, every=10)["time"].tolist() == [1, 11, 21]


@given(st.integers(0, 10_000), st.floats(0.5, 30))
def test_every_look_keeps_the_contract_and_the_truth(seed, every):
    spells = LADDER.simulate(pairs=20, weeks=60, seed=seed)
    found = check(snapshots(spells, every), "snapshots")
    for row in found.sample(min(len(found), 10), random_state=seed).itertuples():
        own = spells[spells["pair"] == int(row.pair)]
        if row.stage == "lost":
            assert (own["left"] == row.time).any()
            continue
        slack = 1e-6
        there = own[(own["entered"] <= row.time + slack) & (own["left"] >= row.time - slack)]
        assert row.stage in set(there["stage"].astype(str))


def test_channels_may_be_looked_at_at_their_own_pace():
    spells = LADDER.simulate(pairs=50, weeks=60, seed=5)
    found = snapshots(spells, {"online": 2, "offline": 10}).query("stage != 'lost'")
    for channel, every in (("online", 2), ("offline", 10)):
        times = found.loc[found["channel"] == channel, "time"]
        assert np.allclose(times % every, 0)
    with pytest.raises(ValueError, match="no weeks for channel 'offline'"):
        snapshots(spells, {"online": 2})


def test_other_columns_of_the_pair_are_kept():
    assert snapshots(ONE.assign(age=30), every=8)["age"].tolist() == [30, 30, 30, 30]


@pytest.mark.parametrize("every", [0, -1, float("nan")])
def test_an_interval_is_above_zero(every):
    with pytest.raises(ValueError, match="above 0, such as 8"):
        snapshots(ONE, every)
