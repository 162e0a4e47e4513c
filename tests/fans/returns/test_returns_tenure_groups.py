"""Profit by tenure, counted in groups."""

import numpy as np
import pytest

from frontporch.course import lesson_09
from frontporch.fans.returns.tenure import profit_by_tenure

LOYAL, FLEETING = (world.simulate(6_000, 7) for world in lesson_09.cohorts().values())


def test_groups_are_those_who_left_in_order_and_those_who_stayed():
    table = profit_by_tenure(LOYAL, groups=4)
    assert table["group"].tolist() == ["left"] * 4 + ["stayed"]
    assert table["customers"].sum() == len(LOYAL)
    assert np.ptp(table["customers"][:4]) <= 1
    assert table["weeks"].is_monotonic_increasing
    stayed = LOYAL[~LOYAL["left"]]
    assert table["profit"].iloc[-1] == pytest.approx(stayed["profit"].mean())
    assert table["weekly"].iloc[-1] == pytest.approx(stayed["profit"].mean() / 104)
    assert (table["customers"] * table["profit"]).sum() == pytest.approx(LOYAL["profit"].sum())


def test_the_worlds_go_opposite_ways_and_meet_in_those_who_stayed():
    up, down = (profit_by_tenure(one) for one in (LOYAL, FLEETING))
    assert up["weekly"].iloc[0] < up["weekly"].iloc[4] and down["weekly"].is_monotonic_decreasing
    assert up["weekly_upper"].iloc[0] < down["weekly_lower"].iloc[0]
    assert up["weekly"].iloc[-1] == pytest.approx(down["weekly"].iloc[-1], rel=0.1)


def test_intervals_cover_what_is_true_of_those_who_stayed():
    world = next(iter(lesson_09.cohorts().values()))
    truth, held, runs = world.expected()["weekly_stayed"], 0, 200
    for seed in range(runs):
        row = profit_by_tenure(world.simulate(400, seed)).iloc[-1]
        held += row["weekly_lower"] <= truth <= row["weekly_upper"]
    # Nominal 95 per cent; four standard errors of 200 runs are six points.
    assert abs(held / runs - 0.95) < 0.06


@pytest.mark.parametrize(
    ("cohort", "groups", "said"),
    [
        (LOYAL.rename(columns={"left": "lost"}), 5, "no column 'left'"),
        (LOYAL.assign(tenure=0.0), 5, "row 1: tenure is 0, but must be above 0"),
        (LOYAL, 0, "at least 1"),
        (LOYAL.head(40), 8, "make fewer groups"),
    ],
)
def test_what_cannot_be_grouped_is_refused_in_words(cohort, groups, said):
    with pytest.raises(ValueError, match=said):
        profit_by_tenure(cohort, groups=groups)
