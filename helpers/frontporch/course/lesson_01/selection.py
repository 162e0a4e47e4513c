"""The trap of lesson 1: pairs chosen by what happened to them later."""

from __future__ import annotations

import pandas as pd

from ...rounding import as_given


def only_pairs_that_ever(table: pd.DataFrame, pairs: int) -> pd.DataFrame:
    """Leave out the pairs that never did something later: the trap, made on purpose.

    Whoever compares only pairs that ever replied chooses them by what happened afterwards.
    At the first encounter nobody knows which pairs these are.

    Parameters
    ----------
    table : pandas.DataFrame
        Life table of one community, way of counting and encounter.
    pairs : int
        How many pairs ever did it: from those that reached the encounter up to all.

    Returns
    -------
    pandas.DataFrame
        The same bins with the others taken out of the censored. They leave in proportion
        to all censored pairs, which is exact for shares early on, when few are censored.

    Raises
    ------
    ValueError
        If there are fewer such pairs than reached the encounter, or more than all.

    Examples
    --------
    >>> bins = pd.DataFrame({"hours_up_to": [1.0, 2.0], "reached": [10, 5], "censored": [5, 80]})
    >>> only_pairs_that_ever(bins, 49)["censored"].tolist()
    [2.0, 32.0]
    """
    reached, censored = float(table["reached"].sum()), float(table["censored"].sum())
    if not reached <= pairs <= reached + censored:
        raise ValueError(
            f"pairs is {pairs}, but "
            f"must be from {as_given(reached)} (those that reached the encounter) "
            f"to {as_given(reached + censored)} (all)."
        )
    kept = (pairs - reached) / censored if censored else 1.0
    return table.assign(censored=table["censored"].astype(float) * kept)
