"""Time-splitting: a stay is cut at its offer, so that time before the offer counts as before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...citing import cited
from ...counting import repeat
from ...names import nearest
from ...rounding import as_given
from ..spells import read_spells

WHEN = "offered_at"


@cited
def split_at_offer(spells: pd.DataFrame) -> pd.DataFrame:
    """Cut every stay at the week of the pair's offer.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract with a column `offered_at`: the week of the pair's offer since
        first contact, the same in all its rows, or missing where none was made.

    Returns
    -------
    pandas.DataFrame
        Counting-process rows: as before, with `entered` and `left` of the piece, `offered`
        (1 from the offer on, 0 before it), `since` (the week in which the stage was entered,
        missing where a pair was first seen later and it is not known)
        and `next_stage` missing in a piece that ends with the offer. A row says what was known
        at its beginning, so a move in the very week of the offer happened without it.

    Raises
    ------
    ValueError
        If it is no spells table, `offered_at` is missing as a column, is no week from 0 up, or
        differs between the rows of a pair. Row numbers count from 1.

    Notes
    -----
    Time before the offer during which the pair could not have left as an offered one is
    immortal; counted as offered it makes an offer without any effect look protective. Source:
    Suissa (2008), American Journal of Epidemiology 167:492-499.

    Examples
    --------
    >>> spells = pd.DataFrame({"pair": ["ann", "bob"], "stage": "stranger", "entered": [0, 0],
    ...     "left": [9.0, 4.0], "next_stage": ["friend", "lost"], "offered_at": [5.0, np.nan]})
    >>> split_at_offer(spells)[["pair", "entered", "left", "offered"]].values.tolist()
    [['ann', 0.0, 5.0, 0], ['ann', 5.0, 9.0, 1], ['bob', 0.0, 4.0, 0]]
    """
    week = offer_weeks(spells)
    entered = spells["entered"].to_numpy(float)
    left = spells["left"].to_numpy(float)
    cut = (entered < week) & (week < left)
    rows = repeat(np.arange(len(spells)), 1 + cut)
    # Of a stay that is cut the first piece comes first.
    second = np.concatenate([[False], rows[1:] == rows[:-1]])
    first = cut[rows] & ~second
    pieces = spells.iloc[rows].reset_index(drop=True)
    pieces["entered"] = np.where(second, week[rows], entered[rows])
    pieces["left"] = np.where(first, week[rows], left[rows])
    pieces["next_stage"] = pieces["next_stage"].mask(first)
    pieces["offered"] = (second | (week <= entered)[rows]).astype(int)
    pieces["since"] = stage_began(spells)[rows]
    return pieces


def stage_began(spells: pd.DataFrame) -> np.ndarray:
    """Give the week in which the stage of every row was entered, missing where not known."""
    return read_spells(spells, stages=stage_names(spells))["all"].since


def offer_weeks(spells: pd.DataFrame) -> np.ndarray:
    """Give the week of the offer of every row, infinite where none was made, checked.

    Raises
    ------
    ValueError
        As in `split_at_offer`.
    """
    read_spells(spells, stages=stage_names(spells))
    if WHEN not in spells.columns:
        raise ValueError(f"the spells table has no column {WHEN!r}. {nearest(WHEN, spells)}")
    try:
        week = spells[WHEN].to_numpy(float, na_value=np.nan)
    except (TypeError, ValueError):
        raise ValueError(
            f"column {WHEN!r} holds {spells[WHEN].iloc[0]!r}: weeks since first contact are "
            "needed, as numbers, and nothing where no offer was made."
        ) from None
    wrong = week < 0
    if wrong.any():
        k = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"row {k + 1}: {WHEN} is {as_given(week[k])}, but "
            "must be a number of weeks from 0 up, or "
            "missing."
        )
    week = np.where(np.isnan(week), np.inf, week)
    pair, _ = pd.factorize(spells["pair"])
    first = np.unique(pair, return_index=True)[1]
    other = week != week[first][pair]
    if other.any():
        k = int(np.flatnonzero(other)[0])
        raise ValueError(
            f"row {k + 1}: {WHEN} of pair {spells['pair'].iloc[k]} is {as_given(week[k])} here and "
            "another in an earlier row: give every row of a pair the week of its first offer."
        )
    return week


def stage_names(spells: pd.DataFrame) -> list[str] | None:
    """All names of stages in the table: here any stages may be used."""
    if "stage" not in spells.columns or "next_stage" not in spells.columns:
        return None
    if isinstance(spells["stage"].dtype, pd.CategoricalDtype):
        return None
    found = pd.concat([spells["stage"], spells["next_stage"]]).dropna()
    return [str(one) for one in found.unique()]
