"""A study that is killed by the tests: ``python dying_study.py ENGINE STORE [ADDRESS]``."""

import sys
import time

DESIGN = {"steps": list(range(1, 41)), "luck": [0.95]}
REPLICATIONS = 40


def walk(steps, luck, seed):
    time.sleep(0.01)
    if seed.random() > luck:
        raise ValueError(f"no luck after {steps} steps")
    return {"end": int(seed.choice([-1, 1], steps).sum()), "far": float(seed.random())}


def study(engine, store, workers):
    from frontporch import sweep

    return sweep.run(
        walk, DESIGN, REPLICATIONS, seed=7, store=store, engine=engine, workers=workers
    )


if __name__ == "__main__":
    address = sys.argv[3] if len(sys.argv) > 3 else None
    print(study(sys.argv[1], sys.argv[2], address).status)
