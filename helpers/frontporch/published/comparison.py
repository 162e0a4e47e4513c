"""Every published number beside ours, from one table."""

from __future__ import annotations

import functools
import importlib

import numpy as np
import pandas as pd

from frontporch import data
from frontporch.names import pick

from .r_data import FOLDER, file_of

TABLE = "published_numbers"


def names() -> list[str]:
    """Name the cases: each is one source, one data set and one calculation.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from frontporch import published
    >>> published.names()[:2]
    ['maintenance', 'mercaptopurine']
    """
    return data.load(TABLE, "cases")["case"].tolist()


@functools.cache
def _ours(file: str, case: str) -> dict[str, float]:
    return getattr(importlib.import_module(f".{file}", __package__), case)()


def _one(case: pd.Series, numbers: pd.DataFrame) -> pd.DataFrame:
    """Put ours beside what is published for one case."""
    needs = case["needs"]
    files = needs.split(" and ") if isinstance(needs, str) else []
    missing = next((one for one in files if file_of(one) is None), "")
    found = {} if missing else _ours(case["file"], case["case"])
    table = pd.DataFrame(
        {
            "case": case["case"],
            "quantity": numbers["quantity"],
            "published": numbers["value"],
            "ours": [np.nan if missing else float(found[one]) for one in numbers["quantity"]],
            "tolerance": numbers["tolerance"],
            "source": case["source"],
        }
    )
    off = (table["ours"] - table["published"]).abs()
    # A number printed to three digits lies up to half a unit away, rounding of the sum included.
    agrees = off <= table["tolerance"] * (1 + 1e-9)
    said = np.where(agrees, "agrees", "differs by more than the tolerance")
    if missing:
        said = np.full(len(table), f"not run: {FOLDER} names no folder with R's {missing}.csv")
    table.insert(4, "difference", off)
    return table.assign(says=said)


def compare(case: str | None = None) -> pd.DataFrame:
    """Compute published numbers anew and put ours beside them.

    Parameters
    ----------
    case : str, optional
        One of `names()`; all of them where it is left out, in some seconds.

    Returns
    -------
    pandas.DataFrame
        One row a number: `case`, `quantity`, `published`, `ours`, `difference` (absolute),
        `tolerance` (absolute; half a unit of the last digit where only that was printed),
        `source`, `says` (that it agrees, that it does not, or why it was not run). Where a case
        was not run, `ours` and `difference` are missing.

    Raises
    ------
    UnknownName
        For a case that is not known; the text names the nearest.

    Notes
    -----
    Sources stand in the table, one a case; `data.describe("published_numbers")` says how it was
    made. Data sets of R's packages are read from the folder that the environment variable
    ``FRONTPORCH_R_DATA`` names, a file for each, as R's ``write.csv`` writes it.

    Examples
    --------
    >>> from frontporch import published
    >>> published.compare("erlang")[["quantity", "published", "says"]].head(2)
                    quantity  published    says
    0    C(3 people, load 2)   0.444444  agrees
    1  C(14 people, load 10)   0.174132  agrees
    """
    cases, numbers = data.load(TABLE, "cases"), data.load(TABLE, "numbers")
    if case is not None:
        cases = cases[cases["case"] == pick(case, cases["case"], "case")]
    parts = [_one(row, numbers[numbers["case"] == row["case"]]) for _, row in cases.iterrows()]
    return pd.concat(parts, ignore_index=True)
