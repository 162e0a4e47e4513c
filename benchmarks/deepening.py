"""Speed and memory of deepening, beside a peer in the same run.

``python benchmarks/deepening.py`` prints one line a task: CPU seconds of ours and of the peer,
their ratio, and the highest memory of the process. Absolute times depend on the machine; the
ratio does not, much. Nothing here is a test.
"""

import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import statsmodels.api as sm

from frontporch.deepening import Ladder
from frontporch.deepening.spells import read_spells
from frontporch.stats import kaplan_meier
from frontporch.stats.multistate import occupancy
from frontporch.stats.stays import counts

REPEATS = 3
LADDER = Ladder.online_and_offline()


def cpu(task):
    """Median CPU seconds of a task."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return float(np.median(times))


def one_pair_after_another(pairs, weeks, rng):
    """Simulate as a textbook writes it: a loop over pairs and over their moves."""
    leaving = {}
    for channel in LADDER.channels:
        for (stage, following), rate in LADDER.rates[channel].items():
            leaving.setdefault((channel, stage), []).append((following, rate))
    rows = []
    for pair in range(pairs):
        channel, stage, clock = LADDER.channels[pair % 2], "stranger", 0.0
        while (channel, stage) in leaving and clock < weeks:
            ways = [(rng.exponential(1 / rate), to) for to, rate in leaving[channel, stage]]
            wait, following = min(ways)
            rows.append((pair, channel, stage, clock, min(clock + wait, weeks), following))
            clock, stage = clock + wait, following
    return pd.DataFrame(rows)


def one_time_after_another(spells):
    """Aalen-Johansen as a textbook writes it: one small matrix product an event time."""
    _, at_risk, jumps = counts(spells)
    share = np.eye(at_risk.shape[1])[0]
    covariance = np.zeros((len(share), len(share)))
    for risk, moved in zip(at_risk, jumps, strict=True):
        step = moved / np.maximum(risk, 1)[:, None]
        step += np.diag(1 - step.sum(axis=1))
        weighted = step * (share**2 / np.maximum(risk, 1))[:, None]
        added = np.diag(weighted.sum(axis=0)) - weighted.T @ step
        share, covariance = share @ step, step.T @ covariance @ step + added
    return share, np.diag(covariance)


def tasks():
    """Yield name, ours and the peer's task of the same size, and ours at full size."""
    rng = np.random.default_rng(7)
    yield (
        "simulate 4,000 pairs, 104 weeks; peer: loop over pairs",
        lambda: LADDER.simulate(4_000, 104, seed=7),
        lambda: one_pair_after_another(4_000, 104, rng),
    )
    yield "simulate 100,000 pairs, 104 weeks", lambda: LADDER.simulate(100_000, 104, seed=7), None
    some = read_spells(LADDER.simulate(10_000, 104, seed=7))["all"]
    yield (
        f"Aalen-Johansen with errors, {len(some.pair):,} spells; peer: loop over times",
        lambda: occupancy(some),
        lambda: one_time_after_another(some),
    )
    table = LADDER.simulate(345_000, 104, seed=7)
    yield (
        f"Aalen-Johansen with errors, {len(table):,} spells, table included",
        lambda: occupancy(read_spells(table)["all"]),
        None,
    )
    wait = rng.exponential(10, 200_000).round(2)
    seen = (wait < 15).astype(int)
    yield (
        "Kaplan-Meier, 200,000 durations; peer: statsmodels",
        lambda: kaplan_meier(wait, seen),
        lambda: sm.SurvfuncRight(wait, seen),
    )


def first_result_seconds():
    """CPU seconds beyond pandas until the first spells are fitted, in a process of its own."""
    code = (
        "import time, pandas; t = time.process_time(); from frontporch import deepening;"
        "spells = deepening.Ladder.online_and_offline().simulate(pairs=100, weeks=52, seed=7);"
        "deepening.fit(spells, by='channel'); print(time.process_time() - t)"
    )
    found = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(REPEATS)
    ]
    return float(np.median(found))


def main():
    """Print the table."""
    print(f"{'task':75} {'ours':>8} {'peer':>8} {'ratio':>7} {'peak MB':>8}")
    print(f"{'import, simulate and fit 100 pairs, beyond pandas':75} {first_result_seconds():8.3f}")
    for name, ours, peer in tasks():
        mine = cpu(ours)
        theirs = cpu(peer) if peer else float("nan")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name:75} {mine:8.3f} {theirs:8.3f} {theirs / mine:7.1f} {peak:8.0f}", flush=True)


if __name__ == "__main__":
    main()
