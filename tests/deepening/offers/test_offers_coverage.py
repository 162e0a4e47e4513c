"""How often the intervals of late offers hold the truth, and how often they see no effect."""

import numpy as np
import pytest

from frontporch.deepening.offers import (
    OfferModel,
    at_week,
    fit_gain,
    offer_effect,
    split_at_offer,
    trial,
)
from frontporch.streams import spawn

WEEKS = 52.0
MODELS = {"an offer helps": OfferModel(), "no effect": OfferModel.without_effect()}


def truths(model):
    """The true value of every interval, from the hazards."""
    gain = model.gain([0, 8, 26], WEEKS, step=WEEKS)["gain"]
    by_26 = model.gain(0, 26, step=26)["gain"][0]
    rows = {
        "hazard ratio, friend": model.offer_ratio,
        "hazard ratio, competitor": model.hold_ratio,
        "difference in the trial": by_26,
        "gain in week 8, drawn": gain[1],
    }
    for breaks in ("without breaks", "with breaks"):
        for k, week in enumerate((0, 8, 26)):
            rows[f"gain in week {week}, {breaks}"] = gain[k]
        rows[f"waiting to week 8, {breaks}"] = gain[1] - gain[0]
    return rows


def printed(model, pairs, rng):
    """Name, limits and note of every interval."""
    drawn, mixed, arms = spawn(rng, 3)
    spells = model.simulate(pairs, WEEKS, drawn, step=WEEKS)
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
    both = model.randomise(pairs, 26, mixed, usual=at_week(np.inf), tried=at_week(0), step=26)
    result = trial(both)
    yield "difference in the trial", result.lower, result.upper, result.notes
    row = model.simulate_gain(8, pairs // 2, WEEKS, arms, step=WEEKS).iloc[0]
    yield "gain in week 8, drawn", row["lower"], row["upper"], ""


def covered(model, pairs, sets, seed):
    """Share of sets in which each interval holds the truth, and in which it has no warning."""
    truth = truths(model)
    hits, relied = dict.fromkeys(truth, 0), dict.fromkeys(truth, 0)
    for rng in spawn(seed, sets):
        for name, lower, upper, note in printed(model, pairs, rng):
            hits[name] += lower <= truth[name] <= upper
            relied[name] += not note
    return {name: (hits[name] / sets, relied[name] / sets) for name in truth}


@pytest.mark.parametrize("world", MODELS)
def test_intervals_cover_in_a_few_sets(world):
    share = [held for held, _ in covered(MODELS[world], 300, 30, seed=20_266).values()]
    assert np.mean(share) == pytest.approx(0.95, abs=0.035)
    # Fewer than 22 of 30 have a probability of 1 in 40,000 where 95 % is right.
    assert min(share) >= 22 / 30


@pytest.mark.slow
@pytest.mark.parametrize("pairs", [160, 800])
@pytest.mark.parametrize("world", MODELS)
def test_intervals_cover_where_they_may_be_relied_upon(world, pairs):
    found = covered(MODELS[world], pairs, 1_000, seed=20_267 + pairs)
    held = {name: share for name, (share, relied) in found.items() if relied > 0.9}
    assert len(held) >= (len(found) if pairs == 800 else 8)
    for name, share in held.items():
        assert 0.93 <= share <= 0.97, f"{name}, {world}, {pairs} pairs: {share:.1%}"
