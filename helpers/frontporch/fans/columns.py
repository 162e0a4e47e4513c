"""Columns that a table must have, and what to say where one is missing."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..names import nearest


def need(table: pd.DataFrame, names: Iterable[str], whose: str, each: str = "") -> None:
    """Say which column a table lacks, or in which row a value is missing.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table.
    names : iterable of str
        The columns that are needed.
    whose : str
        How the sentence begins, such as "the orders have".
    each : str
        What a row is, such as "order"; without it values may be missing.

    Raises
    ------
    ValueError
        If a column or a value is missing; the nearest column is named.

    Examples
    --------
    >>> need(pd.DataFrame({"custmer": [1]}), ["customer"], "the orders have")
    Traceback (most recent call last):
    ValueError: the orders have no column 'customer'. Did you mean 'custmer'? Known: custmer.
    """
    for name in names:
        if name not in table.columns:
            raise ValueError(f"{whose} no column {name!r}. {nearest(name, table.columns)}")
        if each and table[name].isna().any():
            row = int(np.flatnonzero(table[name].isna())[0]) + 1
            raise ValueError(f"row {row}: {name} is missing: give it, or leave the {each} out.")
