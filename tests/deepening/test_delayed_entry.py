"""Pairs that come under observation late are at risk from then on only, on every clock."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.deepening import compare, fit, hazard_ratios
from frontporch.deepening.frailty import within_person
from frontporch.deepening.offers import offer_effect, split_at_offer
from frontporch.deepening.spells import read_spells
from frontporch.stats import cox, weibull_regression
from frontporch.tables import TableError


def late_strangers(pairs, seed, *, ratio=2.0, shape=2.0, later=3.0):
    """Weibull waits, online `ratio` times the hazard, who are first seen later online.

    A stay is in the table only if it lasted until its pair came under observation.
    """
    rng = np.random.default_rng(seed)
    online = rng.random(pairs) < 0.5
    time = 10 * ratio ** -(online / shape) * rng.weibull(shape, pairs)
    entry = np.where(rng.random(pairs) < 0.3, 0.0, rng.uniform(0, 2 + later * online, pairs))
    seen = entry < time
    end = np.minimum(time, entry + 12)
    return pd.DataFrame(
        {
            "pair": np.arange(pairs),
            "channel": np.where(online, "online", "offline"),
            "stage": "stranger",
            "entered": entry,
            "left": end,
            "next_stage": np.where(end == time, "acquaintance", None),
        }
    )[seen].reset_index(drop=True)


def test_the_hazard_ratio_of_the_stage_is_the_true_one():
    table = late_strangers(8_000, seed=1)
    row = hazard_ratios(table, "stranger", "acquaintance", reference="offline").iloc[0]
    assert row["lower"] < 2 < row["upper"] and row["upper"] / row["lower"] < 1.2
    estimate = fit(table, by="channel")
    found = compare(estimate["online"], estimate["offline"], goal="acquaintance", weeks=8)
    rows = found.table.set_index("measure")
    assert rows.loc["hazard ratio", "contrast"] == pytest.approx(row["hazard_ratio"], rel=1e-6)
    medians = rows.loc["ratio of median sojourns"]
    assert medians["lower"] < 2**-0.5 < medians["upper"]
    curve = estimate["online"].sojourn("stranger")
    # A Weibull law: half of the stays are over at 10 (ln 2 / 2) to the power 1/2 weeks online.
    assert curve.quantile()[1] < 10 * (np.log(2) / 2) ** 0.5 < curve.quantile()[2]
    online = (table["channel"] == "online").astype(float).to_frame("online")
    law = weibull_regression(
        table["left"], table["next_stage"].notna(), online, entry=table["entered"]
    )
    low, high = law.summary().set_index("name").loc["online", ["lower", "upper"]]
    assert low < -np.log(2) / 2 < high


@pytest.mark.slow
def test_its_intervals_cover():
    hits = [
        row["lower"] <= 2 <= row["upper"]
        for row in (
            hazard_ratios(
                late_strangers(400, s), "stranger", "acquaintance", reference="offline"
            ).iloc[0]
            for s in range(1_000)
        )
    ]
    assert 0.93 <= np.mean(hits) <= 0.97


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_estimator_takes_late_entry_alike(seed):
    table = late_strangers(120, seed)
    moved = table["next_stage"].notna()
    if not moved.groupby(table["channel"]).sum().gt(3).all():
        return
    online = (table["channel"] == "online").astype(float).to_frame("online")
    plain = cox(table["left"], moved, online, entry=table["entered"]).table.iloc[0]
    one = hazard_ratios(table, "stranger", "acquaintance", reference="offline").iloc[0]
    assert one["log_hazard_ratio"] == pytest.approx(plain["log_hazard_ratio"], abs=1e-9)
    groups = read_spells(table, by="channel")
    assert (groups["online"].waits("stranger").entry is None) == (
        not (table["entered"][table["channel"] == "online"] > 0).any()
    )
    pieces = split_at_offer(table.assign(offered_at=np.where(online["online"], 0.0, np.nan)))
    effect = offer_effect(pieces, "acquaintance", clock="stage")
    assert effect.log_hazard_ratio == pytest.approx(plain["log_hazard_ratio"], abs=1e-6)
    own = within_person(table.assign(person=table["pair"] // 60))
    strata = cox(table["left"], moved, online, entry=table["entered"], strata=table["pair"] // 60)
    assert own["log_hazard_ratio"][0] == pytest.approx(
        strata.table["log_hazard_ratio"][0], abs=1e-6
    )


SEEN_IN_THE_MIDDLE = pd.DataFrame(
    {
        "pair": [1, 1, 2, 2, 3],
        "stage": ["stranger", "acquaintance", "acquaintance", "friend", "stranger"],
        "entered": [0.0, 2.0, 4.0, 6.0, 3.0],
        "left": [2.0, 5.0, 6.0, 9.0, 7.0],
        "next_stage": ["acquaintance", "friend", "friend", None, "acquaintance"],
    }
)


def test_a_stage_that_began_nobody_knows_when_is_left_out_and_counted():
    spells = read_spells(SEEN_IN_THE_MIDDLE)["all"]
    # Nothing leads into stranger, so pair 3 was one since first contact.
    assert spells.waits("stranger").entry.tolist() == [0.0, 3.0]
    waits = spells.waits("acquaintance")
    assert waits.time.tolist() == [3.0] and "1 stay is left out" in waits.note
    assert "1 stay is left out" in fit(SEEN_IN_THE_MIDDLE)["all"].sojourn("acquaintance").notes[-1]


def test_the_column_since_tells_it():
    table = SEEN_IN_THE_MIDDLE.assign(since=[np.nan, np.nan, 1.5, np.nan, np.nan])
    waits = read_spells(table)["all"].waits("acquaintance")
    assert waits.time.tolist() == [3.0, 4.5] and waits.entry.tolist() == [0.0, 2.5]
    assert not waits.note
    with pytest.raises(TableError, match="is no week from 0 to 4"):
        read_spells(table.assign(since=[np.nan, np.nan, 5.0, np.nan, np.nan]))
