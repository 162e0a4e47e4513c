"""Read very many mutated files, in memory and on disk.

``python benchmarks/strangers.py 20000 2000`` changes small untidy files at random, reads them
20,000 times with ``logs.read`` and the first 2,000 also with ``logs.read_large``, and counts what
came out. Any error that is not the kit's own, or a difference between the two, is printed. A
third number leaves out so many files at the beginning, as when a run was stopped.
"""

import collections
import importlib.util
import pathlib
import random
import sys
import tempfile

TESTS = pathlib.Path(__file__).parents[1] / "tests" / "deepening" / "logs"


def main(files=20_000, on_disk=2_000, first=0):
    """Print the counts."""
    spec = importlib.util.spec_from_file_location("tried", TESTS / "test_log_strangers.py")
    tried = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tried)
    rng = random.Random("a stranger's file")
    corpus = list(tried.strangers.corpus())
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for k in range(files):
            name, data = rng.choice(corpus)
            file = pathlib.Path(folder, f"log{pathlib.Path(name).suffix}")
            changed = tried.mutated(data, rng)
            if k < first:
                continue
            told = {"channel": "m", **(tried.options_for(file, data) if k % 2 else {})}
            file.write_bytes(changed)
            try:
                found = tried.outcome(tried.logs.read, file, **told)
                counts["refused" if isinstance(found, str) else "read"] += 1
                if k - first < on_disk:
                    large = tried.outcome(tried.logs.read_large, file, **told)
                    counts["agree" if large == found else "DIFFER"] += 1
                    if large != found:
                        print(k, file.read_bytes(), found, large, sep="\n  ", flush=True)
            except Exception as error:  # whatever it is, it is counted
                counts["FOREIGN"] += 1
                start = file.read_bytes()[:300]
                print(k, name, type(error).__name__, error, start, sep="\n  ", flush=True)
            if (k + 1) % 500 == 0:
                print(k + 1, dict(counts), flush=True)
    print(dict(counts))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
