"""Speed and memory of growth curves, beside scipy and lmfit in the same run.

``python benchmarks/growth.py`` prints one line a task: CPU seconds of ours and of the peer, their
ratio, and the highest memory of the process. lmfit is used where it is installed. Nothing here is
a test.
"""

import importlib.util
import resource
import time

import numpy as np
from scipy import optimize

from frontporch import data
from frontporch.fans import growth

REPEATS = 30


def cpu(task, repeats=REPEATS):
    """Median CPU seconds of a task."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return float(np.median(times))


def model(ends, p, q, ceiling):
    """New adopters in the year that ends at each time."""
    return ceiling * (growth.bass(ends, p, q) - growth.bass(ends - 1, p, q))


def scipy_fit(added):
    """Fit one series with `curve_fit`, from a good start."""
    ends = np.arange(1.0, len(added) + 1)
    return optimize.curve_fit(
        model, ends, added, p0=(0.01, 0.4, 1.5 * added.sum()), bounds=(1e-8, np.inf)
    )


def lmfit_fit():
    """Give lmfit's fit of one series, or None where it is not installed."""
    if importlib.util.find_spec("lmfit") is None:
        return None
    import lmfit

    bass = lmfit.Model(model)

    def fitted(added):
        ends = np.arange(1.0, len(added) + 1)
        start = bass.make_params(p=0.01, q=0.4, ceiling=1.5 * added.sum())
        for one in start.values():
            one.set(min=1e-8)
        return bass.fit(added, start, ends=ends)

    return fitted


def many(series=10_000, periods=40, seed=7):
    """Increments of random Bass curves."""
    rng = np.random.default_rng(seed)
    p = np.exp(rng.normal(np.log(0.01), 0.7, (series, 1)))
    q = np.exp(rng.normal(np.log(0.38), 0.3, (series, 1)))
    exact = np.diff(growth.bass(np.arange(periods + 1.0), p, q), axis=1)
    ceiling = np.exp(rng.normal(10, 1, (series, 1)))
    error = 0.1 * rng.normal(0, 1, exact.shape) * exact.mean(1, keepdims=True)
    return np.maximum(ceiling * (exact + error), 0)


def main():
    """Print the table."""
    sold = data.load("bass_classics").query("series == 'room_air_conditioners'")
    series, added = growth.read_counts(sold), sold["adopters"].to_numpy(float)
    table = many()
    tasks = [
        (
            "Bass with standard errors; peer: scipy curve_fit",
            lambda: growth.fit(series),
            lambda: scipy_fit(added),
            REPEATS,
        ),
        (
            "the same with the profile interval of the ceiling",
            lambda: growth.fit(series).interval("ceiling"),
            None,
            REPEATS,
        ),
        (
            "500 bootstrap fits; peer: scipy, one after another",
            lambda: growth.fit(series).bootstrap(500, seed=7),
            lambda: [scipy_fit(added) for _ in range(500)],
            1,
        ),
        (
            "10,000 series of 40 years, errors included; peer: scipy, from 100 of them",
            lambda: growth.fit_many(table),
            lambda: [scipy_fit(one) for one in table[:100] for _ in range(1)],
            1,
        ),
        (
            "the same, prior learned from all",
            lambda: growth.fit_many(table, prior="learned"),
            None,
            1,
        ),
    ]
    peer = lmfit_fit()
    if peer:
        tasks.insert(
            1,
            (
                "Bass with standard errors; peer: lmfit",
                lambda: growth.fit(series),
                lambda: peer(added),
                REPEATS,
            ),
        )
    print(f"{'task':75} {'ours':>8} {'peer':>8} {'ratio':>7} {'peak MB':>8}")
    for name, ours, other, repeats in tasks:
        mine = cpu(ours, repeats)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        theirs = cpu(other, repeats) if other else float("nan")
        if "from 100 of them" in name:
            theirs *= len(table) / 100
        print(f"{name:75} {mine:8.4f} {theirs:8.4f} {theirs / mine:7.1f} {peak:8.0f}", flush=True)


if __name__ == "__main__":
    main()
