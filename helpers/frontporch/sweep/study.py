"""What a sweep has given so far: one tidy table, its failures, and how far it is."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..groups import needs
from ..names import pick
from ..result import Result
from .designs import problem
from .progress import Status
from .store import Store, _lives, this_process

if TYPE_CHECKING:
    import pandas as pd


class Study(Result):
    """The runs of a sweep, as they are in its store.

    It is a view: while a sweep goes on elsewhere, each look shows what has come. A file is open
    only while it is looked at.
    """

    def __init__(self, store: Store | Path) -> None:
        self._kept = store

    @property
    def _store(self) -> Store:
        return self._kept if isinstance(self._kept, Store) else Store(self._kept)

    def __repr__(self) -> str:
        """Say which function, and how far it is."""
        return f"Study of {self.manifest['function']}: {self.status}"

    @property
    def path(self) -> Path | None:
        """The file; None where it is kept in memory."""
        return self._kept.path if isinstance(self._kept, Store) else self._kept

    @property
    def manifest(self) -> dict[str, Any]:
        """What the runs are of: function and its text, seed, design, versions, processor."""
        hidden = ("driver", "engine")
        return {name: one for name, one in self._store.manifest().items() if name not in hidden}

    @property
    def status(self) -> Status:
        """How far the sweep is, how fast, and whether anything runs."""
        told, counts = self._store.manifest(), self._store.counts()
        driver = told.get("driver") or {}
        running = bool(driver) and _lives(driver, this_process()["host"])
        total = told["points"] * told["replications"]
        rate = driver.get("rate", 0.0)
        return Status(counts.get("done", 0), counts.get("failed", 0), total, rate, running)

    @property
    def table(self) -> pd.DataFrame:
        """All runs that gave a result: parameters, `replicate`, and what the function returned.

        In the order of the design, whatever the order in which they were computed.
        """
        return self._done()[1]

    def _done(self) -> tuple[list[str], pd.DataFrame]:
        """Give the point of each row, and the rows."""
        import pandas as pd

        points, rows = self._store.points(), []
        for key, replicate, result, *_ in self._store.runs("done"):
            for one in json.loads(result):
                rows.append((key, points[key] | {"replicate": replicate} | one))
        place = {key: k for k, key in enumerate(points)}
        rows.sort(key=lambda row: place[row[0]])  # stable: replicates stay in order
        names = list(dict.fromkeys(name for _, row in rows for name in row))
        names = names or [*self.manifest["parameters"], "replicate"]
        return [key for key, _ in rows], pd.DataFrame([row for _, row in rows], columns=names)

    @property
    def failures(self) -> pd.DataFrame:
        """All runs that raised: parameters, `replicate`, `stage` and `message`.

        `stage` is "opening" (of what a parameter names), the function and its line, "result"
        (what it returned was no row), or "worker" (its process ended).
        """
        import pandas as pd

        points, rows = self._store.points(), []
        place = {key: k for k, key in enumerate(points)}
        found = list(self._store.runs("failed"))
        for key, replicate, _, stage, message, _ in sorted(found, key=lambda one: place[one[0]]):
            rows.append(points[key] | {"replicate": replicate, "stage": stage, "message": message})
        names = [*self.manifest["parameters"], "replicate", "stage", "message"]
        return pd.DataFrame(rows, columns=names)

    def traceback(self, **parameters: Any) -> str:
        """Give the traceback of the first failed run at these parameters; of any without them."""
        points = self._store.points()
        for key, _, _, _, _, trace in self._store.runs("failed"):
            if all(points[key].get(name) == one for name, one in parameters.items()):
                return str(trace)
        return ""

    def summary(self) -> pd.DataFrame:
        """Show each point: its runs, those that failed, and the mean of what came, with its error.

        A column `x` of numbers gives `x` (its mean) and `x error` (its standard error, missing for
        one run).
        """
        import pandas as pd

        points, (keys, table) = self._store.points(), self._done()
        names = self.manifest["parameters"]
        told = pd.DataFrame(list(points.values()), columns=names, index=list(points))
        runs = table["replicate"].groupby(keys).nunique()
        told["runs"] = [int(runs.get(key, 0)) for key in told.index]
        failed = Counter(key for key, *_ in self._store.runs("failed"))
        if failed:
            told["failed"] = [failed[key] for key in told.index]
        for name in table.columns.difference([*names, "replicate"], sort=False):
            if table[name].dtype.kind in "iufb":
                numbers = table[name].astype(float).groupby(keys)
                told[name] = numbers.mean()
                told[f"{name} error"] = numbers.sem()
        return told.reset_index(drop=True)

    def export(self, path: str | Path) -> Path:
        """Write the table as CSV or Parquet, and the manifest beside it as JSON.

        Parameters
        ----------
        path : str or pathlib.Path
            Ends in .csv or .parquet. The manifest is the file `….manifest.json`.
        """
        path = Path(path)
        pick(path.suffix, (".csv", ".parquet"), "ending")
        if path.suffix == ".csv":
            self.table.to_csv(path, index=False, lineterminator="\n")
        else:
            with needs("A Parquet file", instead="write .csv"):
                import pyarrow  # noqa: F401
            self.table.to_parquet(path, index=False)
        about = json.dumps(self.manifest, indent=2, ensure_ascii=False, sort_keys=True)
        path.with_suffix(".manifest.json").write_text(f"{about}\n", encoding="utf-8")
        return path

    def indices(self, of: str, *, seed: int = 0) -> pd.DataFrame:
        """Say which parameters matter: shares of the variance of a result.

        Parameters
        ----------
        of : str
            A column of numbers; its mean over replications is taken.
        seed : int
            Of the bootstrap that makes the intervals.

        Returns
        -------
        pandas.DataFrame
            A row a parameter: `first` (its share alone) and `total` (with all others together),
            with half the width of their 95 % intervals.

        Raises
        ------
        ValueError
            If the design is not one of `sample(…, method="saltelli")`, or runs are missing.

        Notes
        -----
        Source: Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), Computer Physics
        Communications 181:259-270, by SALib.
        """
        import pandas as pd

        sampled = self.manifest["sampled"]
        if not sampled or sampled["method"] != "saltelli":
            raise ValueError(
                'indices need the design of sweep.sample(…, method="saltelli"), whose rows differ '
                "by one parameter at a time."
            )
        with needs("Which parameters matter"):
            from SALib.analyze import sobol
        means = self._means(of)
        if len(set(means)) == 1:
            raise ValueError(f"{of!r} is the same in all runs, so that no parameter matters.")
        import numpy as np

        varied = sampled["varied"]
        found = sobol.analyze(
            problem(varied), np.array(means), calc_second_order=False, seed=int(seed)
        )
        columns = {"first": "S1", "first ±": "S1_conf", "total": "ST", "total ±": "ST_conf"}
        told = {name: np.asarray(found[one]) for name, one in columns.items()}
        return pd.DataFrame({"parameter": varied} | told)

    def _means(self, of: str) -> list[float]:
        """Give the mean of a result at every row of the design, in order."""
        found: dict[str, list[float]] = {}
        for key, _, result, *_ in self._store.runs("done"):
            for one in json.loads(result):
                found.setdefault(key, []).append(one[pick(of, one, "result")])
        design = self._store.design()
        lacking = sum(key not in found for key in design)
        if lacking:
            raise ValueError(f"{lacking} of {len(design)} points have no result: see .failures.")
        return [sum(found[key]) / len(found[key]) for key in design]

    def forget_failed(self) -> int:
        """Take out the runs that raised, so that the next call computes them again.

        Returns
        -------
        int
            How many.
        """
        store = self._store if self.path is None else Store(self.path, write=True)
        return store.forget_failed()

    def accept_versions(self) -> None:
        """Go on with the versions that are installed now, after `sweep.check` found equal rows."""
        from ..citing import versions

        store = self._store if self.path is None else Store(self.path, write=True)
        with store.writing():
            store.put("versions", store.get("versions") | versions())


def read(store: str | Path) -> Study:
    """Open the store of a sweep, also while it goes on elsewhere.

    Parameters
    ----------
    store : str or pathlib.Path
        The file.

    Raises
    ------
    FileNotFoundError, StoreError
        If it is not there, or is no store.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from frontporch import sweep
    >>> with TemporaryDirectory() as place:
    ...     file = Path(place) / "halves.sqlite"
    ...     _ = sweep.run(lambda people: people / 2, {"people": [10, 20]}, seed=7, store=file)
    ...     read(file).status
    2 of 2 runs
    """
    path = Path(store)
    Store(path).close()  # refuses what is no store
    return Study(path)
