"""Tenure against profit, and what the customers left over hide."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from frontporch.course import lesson_09
from frontporch.fans.returns import Cohort, tenure_against_profit

LOYAL, FLEETING = lesson_09.cohorts().values()


@pytest.mark.parametrize("world", [LOYAL, FLEETING, Cohort(weeks=30, life_spread=0.4, tie=0.8)])
def test_draws_agree_with_the_closed_form(world):
    drawn, said = world.simulate(60_000, 7), world.expected()
    weekly = drawn["profit"] / drawn["tenure"]
    left = drawn["left"]
    assert 1 - left.mean() == pytest.approx(said["stayed"], abs=0.008)
    for name, group in (("stayed", weekly[~left]), ("left", weekly[left]), ("all", weekly)):
        error = group.std() / np.sqrt(len(group))
        assert abs(group.mean() - said[f"weekly_{name}"]) < 3.5 * error, name


def test_the_customers_left_over_look_alike_and_the_cohorts_do_not():
    one, other = LOYAL.expected(), FLEETING.expected()
    for name in ("stayed", "weekly_stayed"):
        assert one[name] == pytest.approx(other[name])
    assert one["weekly_stayed"] > one["weekly_all"]
    assert other["weekly_stayed"] < other["weekly_all"]


def test_both_worlds_correlate_tenure_with_profit_and_differ_per_week():
    found = [tenure_against_profit(world.simulate(4_000, 7)) for world in (LOYAL, FLEETING)]
    for result in found:  # more weeks hold more purchases
        assert result.figure("tenure and profit")[1] > 0
        assert "known only as at least" in result.notes[0]
    signs = [r.figure("tenure and profit per week, of those who left") for r in found]
    assert signs[0][1] > 0 > signs[1][2]
    gaps = [r.figure("stayed less everybody, per week") for r in found]
    assert gaps[0][1] > 0 > gaps[1][2]


def test_lost_at_random_is_right_only_where_it_is():
    cohort = Cohort(tie=0.0)
    said = cohort.expected()
    assert said["weekly_stayed"] == pytest.approx(said["weekly_all"])
    covered = 0
    for k in range(200):
        drawn = cohort.simulate(400, np.random.SeedSequence(5, spawn_key=(k,)))
        low, high = tenure_against_profit(drawn).interval("stayed less everybody, per week")
        covered += low <= 0 <= high
    assert 0.9 <= covered / 200 <= 0.985


def test_rank_correlation_is_scipys():
    drawn = LOYAL.simulate(500, 7)
    value = tenure_against_profit(drawn).figure("tenure and profit")[0]
    assert value == pytest.approx(stats.spearmanr(drawn["tenure"], drawn["profit"])[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop(columns="tenure"), "no column 'tenure'"),
        (lambda t: t.assign(tenure=0.0), "row 1: tenure is 0, but must be above 0"),
        (lambda t: t.assign(profit=np.nan), "row 1: profit is missing"),
        (lambda t: t.assign(left=True), "50 of 50 left: at least 10"),
    ],
)
def test_bad_cohorts_are_named(change, said):
    with pytest.raises(ValueError, match=said):
        tenure_against_profit(change(LOYAL.simulate(50, 7)))


def test_names_and_ranges():
    with pytest.raises(ValueError, match="tie is 1\\.0, but a number"):
        replace(LOYAL, tie=1.0)
    with pytest.raises(ValueError, match="tie is 0"):
        lesson_09.cohorts(0)
    with pytest.raises(KeyError, match="Did you mean 'tenure and profit'"):
        tenure_against_profit(LOYAL.simulate(200, 7)).figure("tenure and profits")
