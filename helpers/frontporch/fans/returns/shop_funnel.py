"""The data set `shop_funnel`: one year of one simulated shop, made from a seed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .funnel import Funnel, FunnelLog

SEED = 2010
"""Not 7, the usual one: there the invited happen to spend more, as in one draw of twenty."""
TABLES = ("people", "orders", "contacts")


def shop_funnel() -> FunnelLog:
    """Draw the shop of the data set `shop_funnel`. Synthetic.

    The assumptions are the defaults of `Funnel`: to be a fan changes nothing there.

    Returns
    -------
    FunnelLog

    Examples
    --------
    >>> shop_funnel().funnel.fan_effect
    1.0
    """
    return Funnel().simulate(SEED)


def write_shop_funnel(folder: str | Path) -> None:
    """Write the tables of the data set: people.csv, orders.csv and contacts.csv."""
    log = shop_funnel()
    for name in TABLES:
        table: pd.DataFrame = getattr(log, name).copy()
        for column in table.select_dtypes(bool).columns:
            table[column] = table[column].map({True: "true", False: "false"})
        text = table.to_csv(index=False, lineterminator="\n")
        (Path(folder) / f"{name}.csv").write_bytes(text.encode("utf-8"))
