"""Speed and memory of a large log: from interactions to spells and life tables.

``python benchmarks/logs.py --rows 10000000`` makes a synthetic log as a Parquet file, works
through it out of core, then with plain pandas, each in a process of its own, and prints CPU
seconds, their ratio and the highest memory. Both give the same counts, or it says so.
Nothing here is a test.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

BLOCK = 2_000_000  # interactions that are simulated at once; larger logs are copies of them
GAP_HOURS = 1.0


def make(path, rows):
    """Write a synthetic log: blocks of the calibrated one, each with people of its own."""
    import duckdb

    from frontporch.deepening.logs import Calibration

    people = round(1_899 * min(rows, BLOCK) / 55_000)
    base = duckdb.connect()
    base.execute("set enable_progress_bar = false")
    block = Calibration.students_online().simulate(seed=7, people=people)  # read by the query
    copies = -(-rows // len(block))
    base.register("block", block)
    base.execute(
        "copy (select start, copy || source as source, copy || target as target, channel "
        f"from range({copies}) as times(copy), block limit {rows}) to '{path}' (format parquet)"
    )


def ours(path, memory):
    """Spells and life tables out of core."""
    from frontporch.deepening import logs

    log = logs.read_large(path, observed_from_start=True, memory_limit=memory)
    counts = logs.life_tables(log, encounters=(2, 5))
    stays = sum(len(logs.spells(one)) for one in slices(log))
    return {"pairs": log.pairs, "spells": stays, "second": reached(counts, 2)}


def slices(log):
    """Give the log in parts, so that its spells need not all be in memory."""
    from dataclasses import replace

    for timeline in log.timelines():
        yield replace(log, timelines=lambda one=timeline: iter([one]))


def reached(counts, encounter):
    """How many pairs reach an encounter."""
    chosen = counts[(counts["counted"] == "any") & (counts["encounter"] == encounter)]
    return int(chosen["reached"].sum())


def plain(path, memory):
    """Do the same in memory, as one writes it in pandas."""
    import numpy as np
    import pandas as pd

    log = pd.read_parquet(path)
    end = log["start"].max()
    codes, names = pd.factorize(pd.concat([log["source"], log["target"]]))
    one, other = np.split(codes.astype(np.int64), 2)
    log["pair"] = np.minimum(one, other) * len(names) + np.maximum(one, other)
    log["speaker"] = one
    log = log.sort_values(["pair", "start"], kind="stable")
    by = log.groupby("pair", sort=False)
    pause = by["start"].diff().dt.total_seconds() / 3_600
    log["encounter"] = (pause > GAP_HOURS).groupby(log["pair"], sort=False).cumsum() + 1
    log["hours"] = (log["start"] - by["start"].transform("first")).dt.total_seconds() / 3_600
    same = by["speaker"].shift()
    changed = (log["speaker"] != same) & same.notna()
    log["exchanges"] = changed.groupby(log["pair"], sort=False).cumsum()
    log["stage"] = (log["exchanges"] >= 1).astype(int) + (log["exchanges"] >= 6)
    seen = log.drop_duplicates(["pair", "start"], keep="last")
    before = seen.groupby("pair", sort=False)["stage"].shift()
    spells = seen[before.isna() | (seen["stage"] != before)].copy()
    spells["left"] = spells.groupby("pair", sort=False)["start"].shift(-1).fillna(end)
    edges = np.geomspace(1 / 60, 4_800, 61)
    first = by["start"].first()
    last = (end - first).dt.total_seconds() / 3_600
    second = 0
    for k in (2, 5):
        arrived = log[log["encounter"] == k].groupby("pair", sort=False)["hours"].first()
        np.histogram(arrived, edges)
        np.histogram(last.drop(arrived.index), edges)
        second = second or len(arrived)
        spoken = log[log["exchanges"] > 0].groupby("pair", sort=False)["hours"].first()
        both = np.maximum(arrived, spoken.reindex(arrived.index)).dropna()
        np.histogram(both, edges)
        np.histogram(last.drop(both.index), edges)
    return {"pairs": len(first), "spells": len(spells), "second": second}


def measured(task, path, memory):
    """Run a task in a process of its own: its counts, CPU seconds and peak megabytes."""
    words = [sys.executable, __file__, "--task", task, "--path", path, "--memory", memory]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        return None, float("nan"), float("nan"), done.stderr.strip().splitlines()[-1:]
    found = json.loads(done.stdout)
    return found["counts"], found["cpu"], found["peak"], []


def main():
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--memory", default="350MB", help="what DuckDB may use")
    asked.add_argument("--no-peer", action="store_true", help="leave plain pandas out")
    asked.add_argument("--task", help=argparse.SUPPRESS)
    asked.add_argument("--path", help=argparse.SUPPRESS)
    asked = asked.parse_args()
    if asked.task:
        counts = globals()[asked.task](asked.path, asked.memory)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"counts": counts, "cpu": time.process_time(), "peak": peak}))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder, "log.parquet"))
        subprocess.run(
            [sys.executable, "-c", f"from logs import make; make({path!r}, {asked.rows})"],
            cwd=pathlib.Path(__file__).parent, check=True,
        )  # fmt: skip
        print(f"{asked.rows:,} interactions to spells and life tables")
        mine, cpu, peak, wrong = measured("ours", path, asked.memory)
        print(f"{'ours, out of core':20} {cpu:8.1f} CPU s {peak:8.0f} MB", *wrong, flush=True)
        if asked.no_peer:
            return
        theirs, other, high, wrong = measured("plain", path, asked.memory)
        print(f"{'plain pandas':20} {other:8.1f} CPU s {high:8.0f} MB", *wrong)
        print(f"ratio {other / cpu:.1f}; same counts: {mine == theirs}, {mine}")


if __name__ == "__main__":
    main()
