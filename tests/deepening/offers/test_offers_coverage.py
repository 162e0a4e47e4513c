"""How often the intervals of late offers hold the truth, and how often they see no effect."""

import numpy as np
import pytest

from frontporch.deepening.offers import (
    Door,
    at_week,
    fit_gain,
    never,
    offer_effect,
    randomise,
    simulate_gain,
    split_at_offer,
    trial,
)
from frontporch.streams import spawn

WEEKS = 52.0
DOORS = {"an offer helps": Door(), "no effect": Door.without_effect()}


def truths(door):
    """The true value of every interval, from the hazards."""
    gain = door.gain([0, 8, 26], WEEKS, step=WEEKS)["gain"]
    by_26 = door.gain(0, 26, step=26)["gain"][0]
    rows = {
        "hazard ratio, friend": door.offer_ratio,
        "hazard ratio, competitor": door.hold_ratio,
        "difference in the trial": by_26,
        "gain in week 8, drawn": gain[1],
    }
    for breaks in ("without breaks", "with breaks"):
        for k, week in enumerate((0, 8, 26)):
            rows[f"gain in week {week}, {breaks}"] = gain[k]
        rows[f"waiting to week 8, {breaks}"] = gain[1] - gain[0]
    return rows


def printed(door, pairs, rng):
    """Name, limits and note of every interval."""
    drawn, mixed, arms = spawn(rng, 3)
    spells = door.simulate(pairs, WEEKS, drawn, step=WEEKS)
    pieces = split_at_offer(spells)
    for outcome in ("friend", "competitor"):
        effect = offer_effect(pieces, outcome)
        yield f"hazard ratio, {outcome}", effect.lower, effect.upper, effect.notes
    for name, breaks in (("without breaks", ()), ("with breaks", (4.0,))):
        estimate = fit_gain(spells, breaks=breaks)
        for row in estimate.at([0, 8, 26], WEEKS).itertuples():
            yield f"gain in week {row.offered:g}, {name}", row.lower, row.upper, row.note
        row = estimate.at(8, WEEKS, against=0).iloc[0]
        yield f"waiting to week 8, {name}", row["lower"], row["upper"], row["note"]
    both = randomise(door, pairs, 26, mixed, usual=never, tried=at_week(0), step=26)
    result = trial(both)
    yield "difference in the trial", result.lower, result.upper, result.notes
    row = simulate_gain(door, 8, pairs // 2, WEEKS, arms, step=WEEKS).iloc[0]
    yield "gain in week 8, drawn", row["lower"], row["upper"], ""


def covered(door, pairs, sets, seed):
    """Share of sets in which each interval holds the truth, and in which it has no warning."""
    truth = truths(door)
    hits, relied = dict.fromkeys(truth, 0), dict.fromkeys(truth, 0)
    for rng in spawn(seed, sets):
        for name, lower, upper, note in printed(door, pairs, rng):
            hits[name] += lower <= truth[name] <= upper
            relied[name] += not note
    return {name: (hits[name] / sets, relied[name] / sets) for name in truth}


@pytest.mark.parametrize("world", DOORS)
def test_intervals_cover_in_a_few_sets(world):
    share = [held for held, _ in covered(DOORS[world], 300, 30, seed=20_266).values()]
    assert np.mean(share) == pytest.approx(0.95, abs=0.035)
    # Fewer than 22 of 30 have a probability of 1 in 40,000 where 95 % is right.
    assert min(share) >= 22 / 30


@pytest.mark.slow
@pytest.mark.parametrize("pairs", [160, 800])
@pytest.mark.parametrize("world", DOORS)
def test_intervals_cover_where_they_may_be_relied_upon(world, pairs):
    found = covered(DOORS[world], pairs, 1_000, seed=20_267 + pairs)
    held = {name: share for name, (share, relied) in found.items() if relied > 0.9}
    assert len(held) >= (len(found) if pairs == 800 else 8)
    for name, share in held.items():
        assert 0.93 <= share <= 0.97, f"{name}, {world}, {pairs} pairs: {share:.1%}"
