"""Reading and checking tables, beside plain pandas, which checks nothing.

``python benchmarks/tables.py`` writes a million rows to a temporary file and prints CPU seconds
of ours and of ``pandas.read_csv``, and their ratio.
"""

import pathlib
import tempfile
import time

import numpy as np
import pandas as pd

from frontporch import deepening, tables

ROWS = 1_000_000


def interactions(path):
    """Write a log of messages."""
    rng = np.random.default_rng(7)
    start = pd.Timestamp("2026-01-01") + pd.to_timedelta(
        np.sort(rng.integers(0, 10**7, ROWS)), unit="s"
    )
    source = rng.integers(0, 5_000, ROWS)
    target = (source + rng.integers(1, 5_000, ROWS)) % 5_000
    frame = pd.DataFrame(
        {
            "start": start.strftime("%Y-%m-%dT%H:%M:%S"),
            "source": source,
            "target": target,
            "channel": "message",
        }
    )
    frame.to_csv(path, index=False)


def spells(path):
    """Write spells of the ladder."""
    made = deepening.Ladder.online_and_offline().simulate(345_000, 104, seed=7)
    made.head(ROWS).to_csv(path, index=False)


def cpu(task):
    """CPU seconds of a task."""
    start = time.process_time()
    task()
    return time.process_time() - start


def main():
    """Print the table."""
    import pandera.pandas  # noqa: F401 - its import is not what is measured

    print(f"{'a million rows':15} {'ours':>7} {'pandas':>7} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("interactions", interactions), ("spells", spells)):
            path = pathlib.Path(folder, f"{name}.csv")
            write(path)
            ours = [cpu(lambda p=path, n=name: tables.read(p, n)) for _ in range(3)]
            plain = [cpu(lambda p=path: pd.read_csv(p)) for _ in range(3)]
            mine, theirs = float(np.median(ours)), float(np.median(plain))
            print(f"{name:15} {mine:7.2f} {theirs:7.2f} {mine / theirs:6.1f}", flush=True)


if __name__ == "__main__":
    main()
