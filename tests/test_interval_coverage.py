"""How often 95 % intervals hold the truth, in 1,000 simulated sets each.

``python tests/test_interval_coverage.py`` writes the table to docs/interval_coverage.md.
"""

import pathlib
import sys

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening import Ladder, compare, encounter_curves, fit, hazard_ratios
from frontporch.stats.intervals import FEWEST_EVENTS
from frontporch.streams import spawn

SETS = 1_000
SEED = 20_260
LADDER = Ladder.online_and_offline()
WEEKS = 52.0


def ladder_cases(pairs):
    """Every interval that `fit` and `compare` print, for one number of pairs."""
    by = LADDER.reach_by("friend", 26).iloc[0]
    ever = LADDER.reach("friend")
    now = LADDER.occupancy(26).set_index("channel")
    grid = np.linspace(0, WEEKS, 5_201)
    stay = LADDER.occupancy(grid).query("channel == 'online'")["friend"].to_numpy()
    mean = np.trapezoid(stay, grid)
    # Truth, and how many events the interval rests on in the scarcer group.
    friends = pairs / 2 * by["offline"]
    truth = {
        "rate of the first step, online": (0.18, pairs / 2 * 0.18 / 0.24),
        "share of friends in week 26, online": (
            now.loc["online", "friend"],
            pairs / 2 * by["online"],
        ),
        "weeks as friend in the first year, online": (mean, pairs / 2 * by["online"]),
        "hazard ratio of the first step": (1.8, pairs / 2 * 0.10 / 0.16),
        "hazard ratio of the first step (Cox)": (1.8, pairs / 2 * 0.10 / 0.16),
        "ratio of median sojourns as stranger": (0.16 / 0.24, pairs / 2),
        "difference of friends by week 26": (by["online"] - by["offline"], friends),
        "difference of ever friends": (ever["online"] - ever["offline"], friends),
    }
    hits = dict.fromkeys(truth, 0)
    sets = dict.fromkeys(truth, 0)
    for rng in spawn(SEED + pairs, SETS):
        spells = LADDER.simulate(pairs, WEEKS, rng)
        for name, limits in printed(spells).items():
            if np.isfinite(limits).all():
                sets[name] += 1
                hits[name] += limits[0] <= truth[name][0] <= limits[1]
    return [
        (name, pairs, events, hits[name] / max(sets[name], 1), sets[name])
        for name, (_, events) in truth.items()
    ]


def printed(spells):
    """Limits of every interval, by name."""
    estimate = fit(spells, by="channel")
    online = estimate["online"]
    limits = {
        "rate of the first step, online": online.rates.iloc[0][["lower", "upper"]].to_list(),
        "share of friends in week 26, online": online.occupancy.share("friend", 26)[1:],
        "weeks as friend in the first year, online": online.restricted_mean(WEEKS)
        .set_index("stage")
        .loc["friend", ["lower", "upper"]]
        .to_list(),
        "hazard ratio of the first step (Cox)": hazard_ratios(spells, "stranger", "acquaintance")
        .iloc[0][["lower", "upper"]]
        .to_list(),
    }
    four = compare(online, estimate["offline"], weeks=26).table
    names = [
        "hazard ratio of the first step",
        "ratio of median sojourns as stranger",
        "difference of friends by week 26",
        "difference of ever friends",
    ]
    for name, row in zip(names, four.itertuples(), strict=True):
        limits[name] = (row.lower, row.upper)
    return limits


def life_table_cases(pairs):
    """The share met again by a day, from binned counts with losses in every bin."""
    edges = np.concatenate([np.geomspace(1, 400, 25), [1e9]])
    daily, lost = 0.02, 0.004
    hit, sets = {24: 0, 168: 0}, {24: 0, 168: 0}
    for rng in spawn(SEED * 2 + pairs, SETS):
        wait, gone = rng.exponential(1 / daily, pairs), rng.exponential(1 / lost, pairs)
        bins = np.searchsorted(edges, np.minimum(wait, gone))
        met = wait <= gone
        table = pd.DataFrame(
            {
                "community": "simulated",
                "counted": "any",
                "encounter": 2,
                "hours_up_to": edges,
                "reached": np.bincount(bins[met], minlength=len(edges)),
                "censored": np.bincount(bins[~met], minlength=len(edges)),
            }
        )
        rows = encounter_curves(table)["simulated"].at(list(hit))
        for row in rows.itertuples():
            # Between edges a straight line: the truth of the bin, not of the hour.
            sets[row.time] += np.isfinite(row.lower)
            hit[row.time] += row.lower <= line(row.time, edges, daily) <= row.upper
    return [
        (f"share met again by {hours} h, from bins", pairs, pairs * (1 - np.exp(-daily * hours)),
         count / sets[hours], sets[hours])
        for hours, count in hit.items()
    ]  # fmt: skip


def line(hours, edges, rate):
    """True share at the edges of the hour's bin, joined by a straight line."""
    known = np.concatenate([[0.0], edges[:-1]])
    return np.interp(hours, known, 1 - np.exp(-rate * known))


CASES = [(ladder_cases, pairs) for pairs in (160, 400, 1_600)] + [
    (life_table_cases, pairs) for pairs in (30, 100, 755)
]


@pytest.mark.slow
@pytest.mark.parametrize(("cases", "pairs"), CASES)
def test_intervals_cover_where_ten_events_are_expected(cases, pairs):
    for name, _, events, covered, sets in cases(pairs):
        if events >= FEWEST_EVENTS:
            assert 0.93 <= covered <= 0.97, f"{name}, {pairs} pairs: {covered:.1%} of {sets}"


def write(path):
    """Write the table of the coverage seen."""
    rows = [row for cases, pairs in CASES for row in cases(pairs)]
    lines = [
        "# How often the intervals hold the truth",
        "",
        f"Nominal 95 % intervals in {SETS:,} simulated sets each (synthetic: the ladder of",
        "`Ladder.online_and_offline()` followed for a year, and life tables with a constant",
        "hazard). Made by `python tests/test_interval_coverage.py`; `python start.py test --all`",
        f"holds every row with at least {FEWEST_EVENTS} expected events to 93 to 97 %. Elsewhere",
        "results warn. In a set in which nobody or everybody arrives there is no interval; such",
        "sets are left out and the others counted. Pairs are independent here: in a real log",
        "pairs share people, and intervals must be wider.",
        "",
        "| interval | pairs | expected events | covered | sets |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {n} | {p:,} | {e:.0f} | {c:.1%} | {s:,} |" for n, p, e, c, s in rows]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(pathlib.Path(__file__).parents[1] / "docs" / "interval_coverage.md")
    sys.exit(0)
