"""Which runs there are: every combination, a sample of ranges, or a table of one's own."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..groups import needs
from ..names import pick
from ..streams import generator
from .values import plain

if TYPE_CHECKING:
    import pandas as pd

Design = Mapping[str, Iterable[Any]] | Sequence[Mapping[str, Any]] | Any
"""Values of each parameter, a list of points, or a table with a row a point."""

METHODS = ("latin_hypercube", "sobol", "saltelli")
SAMPLED = "sampled"
"""Where a table keeps how it was drawn: in its `attrs`."""


def points_of(design: Design) -> list[dict[str, Any]]:
    """List the points of a design, each a value for every parameter.

    Parameters
    ----------
    design : mapping, pandas.DataFrame or list of mappings
        A mapping of names to lists makes every combination, the last name fastest.

    Raises
    ------
    TypeError, ValueError
        If it is none of these, is empty, or a value is missing; the row and column are named.

    Examples
    --------
    >>> points_of({"people": [100, 200], "seats": [4]})
    [{'people': 100, 'seats': 4}, {'people': 200, 'seats': 4}]
    """
    if isinstance(design, Mapping):
        return [
            dict(zip(design, values, strict=True))
            for values in itertools.product(*(_choices(design, name) for name in design))
        ]
    if hasattr(design, "to_dict") and getattr(design, "ndim", 0) == 2:
        design = design.to_dict("records")
    if isinstance(design, (str, bytes)) or not isinstance(design, Sequence):
        raise TypeError(
            f"design is a {type(design).__name__}: give {{'people': [100, 200]}} for every "
            "combination, a table with a row a point, or what sweep.sample gives."
        )
    rows = [dict(row) for row in design]
    if not rows:
        raise ValueError("design has no row: give one point or more.")
    for k, row in enumerate(rows):
        if set(row) != set(rows[0]):
            odd = sorted(map(str, set(row) ^ set(rows[0])))[0]
            raise ValueError(f"design, row {k}: {odd!r} is a parameter of some rows only.")
    return [
        {str(name): _value(one, f"design, row {k}, {name!r}") for name, one in row.items()}
        for k, row in enumerate(rows)
    ]


def _choices(design: Mapping[str, Any], name: str) -> list[Any]:
    values = design[name]
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise TypeError(f"design, {name!r} is {values!r}: write a list, such as [{values!r}].")
    found = [_value(one, f"design, {name!r}") for one in values]
    if not found:
        raise ValueError(f"design, {name!r} is empty: give one value or more.")
    return found


def _value(value: Any, what: str) -> Any:
    """Keep functions and objects as they are; all else becomes plain."""
    known = (np.generic, np.ndarray, Mapping, Sequence)
    if callable(value) or (hasattr(value, "__dataclass_fields__") and not isinstance(value, known)):
        return value
    return plain(value, what)


def sample(
    ranges: Mapping[str, Any],
    points: int,
    method: Literal["latin_hypercube", "sobol", "saltelli"] = "latin_hypercube",
    *,
    seed: int,
) -> pd.DataFrame:
    """Draw points from ranges of parameters, as a design.

    Parameters
    ----------
    ranges : mapping of str to (low, high) or list
        A pair in round brackets is a range: of whole numbers, both ends included, if both are
        whole. A list in square brackets holds choices; one choice keeps a parameter fixed.
    points : int
        How many, from 1 up; a power of 2 for "sobol" and "saltelli".
    method : {"latin_hypercube", "sobol", "saltelli"}
        "latin_hypercube" spreads any number of points evenly over each parameter. "sobol" can
        grow: more points with the same seed keep the old ones. "saltelli" is for
        `Study.indices`: `points` times (parameters + 2) rows.
    seed : int
        Where the draws come from.

    Returns
    -------
    pandas.DataFrame
        One row a point.

    Raises
    ------
    ValueError
        If a range or the number of points is wrong.

    Notes
    -----
    The first two are drawn by scipy.stats.qmc, which is always installed; the third by SALib,
    whose indices need its order of rows. Source: McKay, Beckman & Conover (1979), Technometrics
    21:239-245; Sobol' (1967), USSR Computational Mathematics 7(4):86-112; Saltelli (2002),
    Computer Physics Communications 145:280-297.

    Examples
    --------
    >>> drawn = sample({"chance": (0.05, 0.2), "people": (100, 200)}, 8, seed=7)
    >>> len(drawn), bool(drawn["chance"].between(0.05, 0.2).all())
    (8, True)
    """
    import pandas as pd

    pick(method, METHODS, "method")
    if isinstance(points, bool) or not isinstance(points, int) or points < 1:
        raise ValueError(f"points is {points!r}, but must be a whole number from 1 up.")
    if method != "latin_hypercube" and points & (points - 1):
        lower = 1 << (points.bit_length() - 1)
        raise ValueError(
            f"points is {points}, but must be a power of 2 for {method!r}: {lower} or {2 * lower}."
        )
    columns = {str(name): _range(one, str(name)) for name, one in ranges.items()}
    varied = [name for name, one in columns.items() if len(one) > 1]
    if not varied:
        raise ValueError("ranges leave nothing to draw: give one range, such as (0.05, 0.2).")
    units = _units(method, varied, points, int(seed))
    table = {
        name: _placed(one, units[:, varied.index(name)] if name in varied else np.zeros(len(units)))
        for name, one in columns.items()
    }
    drawn = pd.DataFrame(table)
    drawn.attrs[SAMPLED] = {
        "method": method,
        "ranges": {name: plain(one, name) for name, one in columns.items()},
        "varied": varied,
        "points": points,
        "seed": int(seed),
    }
    return drawn


def _range(given: Any, name: str) -> tuple[Any, Any] | list[Any]:
    if isinstance(given, list):
        if not given:
            raise ValueError(f"ranges, {name!r} is empty: give one choice or more.")
        return [_value(one, f"ranges, {name!r}") for one in given]
    if not isinstance(given, tuple) or len(given) != 2:
        raise ValueError(
            f"ranges, {name!r} is {given!r}: write (low, high) for a range, [a, b] for choices."
        )
    low, high = (plain(one, f"ranges, {name!r}") for one in given)
    if isinstance(low, (bool, str)) or isinstance(high, (bool, str)) or not low < high:
        raise ValueError(f"ranges, {name!r} is {given!r}: low is a number below high.")
    return low, high


def _units(method: str, varied: list[str], points: int, seed: int) -> NDArray[np.float64]:
    """Draw places from 0 to 1, a column a parameter."""
    rng = generator(seed)
    if method == "saltelli":
        with needs("A sample for indices"):
            from SALib.sample import sobol
        return sobol.sample(problem(varied), points, calc_second_order=False, seed=rng)
    from scipy.stats import qmc

    kind = qmc.Sobol if method == "sobol" else qmc.LatinHypercube
    word = "rng" if "rng" in inspect.signature(kind).parameters else "seed"
    return kind(len(varied), **{word: rng}).random(points)


def problem(varied: Sequence[str]) -> dict[str, Any]:
    """Say to SALib which parameters vary; all from 0 to 1, as indices do not ask for more."""
    names = np.array(varied, dtype=object)  # SALib 1.5 asks pandas of them, which wants an array
    return {"num_vars": len(varied), "names": names, "bounds": [[0.0, 1.0]] * len(varied)}


def _placed(given: tuple[Any, Any] | list[Any], unit: NDArray[np.float64]) -> Any:
    """Lay places from 0 to 1 over a range or over choices."""
    if isinstance(given, list):
        return [given[min(int(one * len(given)), len(given) - 1)] for one in unit]
    low, high = given
    if isinstance(low, int) and isinstance(high, int):
        return [min(low + int(one * (high - low + 1)), high) for one in unit]
    return low + (high - low) * unit
