"""Speed of the likelihood of snapshots and of the EM algorithm, beside a peer in the same run.

``python benchmarks/panel.py`` prints one line a task: CPU seconds of ours and of the peer, and
their ratio. Absolute times depend on the machine; the ratio does not, much. Nothing here is a test.
"""

import time

import numpy as np
from scipy import linalg

from frontporch.deepening import Ladder
from frontporch.deepening.frailty import fit_frailty
from frontporch.deepening.frailty.worlds import meet_shops
from frontporch.deepening.panel import fit_panel, read_snapshots, snapshots
from frontporch.deepening.panel.likelihood import PanelLikelihood

REPEATS = 5
PAIRS = 10_000
LADDER = Ladder.online_and_offline()
STEPS = tuple(LADDER.rates["offline"])


def cpu(task, repeats=REPEATS):
    """Median CPU seconds of a task."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return float(np.median(times))


def one_row_after_another(likelihood, parameters, rows):
    """The likelihood as a textbook writes it: a matrix exponential for every row of a table."""
    seen = likelihood.seen
    generators = likelihood.generators(likelihood.rates(parameters))
    total = 0.0
    for k in rows:
        q = generators[seen.group[k]]
        chance = linalg.expm(q * seen.gap[k])[seen.start[k]]
        if seen.exact[seen.end[k]]:
            into = q[:, seen.end[k]].copy()
            into[seen.end[k]] = 0
            total += seen.count[k] * np.log(chance @ into)
        else:
            total += seen.count[k] * np.log(chance[seen.end[k]])
    return total


def line(task, ours, peer=float("nan")):
    """Print one line of the table."""
    print(f"{task:74} {ours:8.4f} {peer:8.3f} {peer / ours:7.0f}", flush=True)


def likelihood_of(looks, covariate):
    """Time one evaluation, with its gradient and as a textbook does it."""
    seen = read_snapshots(looks, [covariate])
    likelihood = PanelLikelihood(seen, STEPS, np.ones((len(STEPS), 1), bool))
    at = np.concatenate([np.log(list(LADDER.rates["offline"].values())), np.full(9, 0.1)])
    # Every look a row, as without collapsing; a part of them, scaled up.
    some = range(0, len(seen.gap), max(len(seen.gap) // 1_000, 1))
    peer = cpu(lambda: one_row_after_another(likelihood, at, some), 1) * seen.moves / len(some)
    what = f"{PAIRS:,} pairs, {seen.moves:,} moves, covariate {covariate}"
    line(f"likelihood, {what}; peer: expm per row", cpu(lambda: likelihood.value(at)), peer)
    line(f"likelihood and gradient, {what}", cpu(lambda: likelihood.value_and_gradient(at)))


def main():
    """Print the table."""
    looks = snapshots(LADDER.simulate(PAIRS, 104, seed=7), every=8)
    print(f"{'task':74} {'ours':>8} {'peer':>8} {'ratio':>7}")
    likelihood_of(looks, "channel")
    own = np.random.default_rng(7).normal(size=PAIRS)
    likelihood_of(looks.assign(own=own[looks["pair"].to_numpy()]), "own")
    seconds = cpu(lambda: fit_panel(looks, ["channel"]), 1)
    line(f"fit_panel, {PAIRS:,} pairs, 18 parameters", seconds)
    people = meet_shops(2_000, 2.0, 1.0, seed=7, shops=3)
    seconds = cpu(lambda: fit_frailty(people, person="person"), 1)
    line("fit_frailty, 2,000 people, 6,000 spells", seconds)


if __name__ == "__main__":
    main()
