"""A sample of rows computed again: are they the same to the last bit?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..citing import versions
from ..streams import generator
from .designs import Design
from .plans import plan
from .refusals import changed
from .store import Store, StoreError
from .study import Study
from .worker import Part, run_batch

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Recomputed:
    """Rows of a store that were computed again.

    Parameters
    ----------
    table : pandas.DataFrame
        A row each: `parameters`, `replicate`, `same`, `stored` and `now`.
    note : str
        Which versions differ; empty where none does.
    """

    table: pd.DataFrame
    note: str

    @property
    def same(self) -> bool:
        """Whether all are the same to the last bit."""
        return bool(self.table["same"].all())

    def __repr__(self) -> str:
        """Say how many are the same."""
        same, rows = int(self.table["same"].sum()), len(self.table)
        told = f"{same} of {rows} recomputed runs are the same to the last bit"
        return f"{told}; {self.note}" if self.note else told


def check(
    store: Study | str | Path,
    function: Callable[..., Any],
    sample: int = 20,
    *,
    seed: int = 0,
    design: Design | None = None,
    opened: Mapping[str, Callable[[str], Any]] | None = None,
) -> Recomputed:
    """Compute a sample of stored runs again, and compare them bit by bit.

    A function that draws from anything but its `seed`, or versions that compute otherwise, are
    found out here.

    Parameters
    ----------
    store : Study, str or pathlib.Path
        The sweep.
    function : callable
        The function that it was made with.
    sample : int
        How many runs, drawn at random.
    seed : int
        Of that draw.
    design : optional
        That of `run`; needed where parameters are functions, which a store holds by name only.
    opened : mapping of str to callable, optional
        As in `run`.

    Returns
    -------
    Recomputed
        `.same`, and `.table` with each run.

    Raises
    ------
    StoreError
        If the function is another one.

    Examples
    --------
    >>> from frontporch import sweep
    >>> def walk(steps, seed):
    ...     return int(seed.choice([-1, 1], steps).sum())
    >>> study = sweep.run(walk, {"steps": [10, 20]}, replications=20, seed=7)
    >>> check(study, walk, sample=5)
    5 of 5 recomputed runs are the same to the last bit
    """
    kept = store._store if isinstance(store, Study) else Store(store)
    about = kept.manifest()
    found = {
        (key, replicate): (result, message)
        for state in ("done", "failed")
        for key, replicate, result, _, message, _ in kept.runs(state)
    }
    if not found:
        raise StoreError(f"{kept.path or 'the store'} holds no run yet.")
    keys = sorted(found)
    chosen = generator(seed).permutation(len(keys))[:sample].tolist()
    points = kept.points()
    wanted = {keys[k][0] for k in chosen}
    if about["objects"] and design is None:
        raise ValueError(
            f"the store knows {about['objects'][0]!r} by name only: say design=, as the sweep did."
        )
    rows = [points[key] for key in sorted(wanted)] if design is None else design
    made = plan(function, rows, about["replications"], about["seed"], opened)
    sent = {one.key: one.sent for one in made.points}
    if not wanted <= set(sent):
        raise StoreError(
            f"{kept.path or 'the store'} was made with another {about['function']}, another "
            "seed or other files: its code, what it captured, or what a path holds differs."
        )
    told = []
    for k in sorted(chosen):
        key, replicate = keys[k]
        (now,) = run_batch(made.task, [Part(key, sent[key], [replicate])])
        before, new = found[keys[k]], (now.rows, now.message)
        told.append(
            {
                "parameters": json.dumps(points[key]),
                "replicate": replicate,
                "same": before == new,
                "stored": before[0] or before[1],
                "now": new[0] or new[1],
            }
        )
    import pandas as pd

    return Recomputed(pd.DataFrame(told), changed(about["versions"], versions()))
