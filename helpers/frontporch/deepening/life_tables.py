"""Life tables of encounters: how soon pairs of people meet again."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..names import nearest
from ..rounding import as_given
from ..stats import SurvivalCurve, life_table

COUNTED = ("any", "both spoken")


def encounters(
    tables: pd.DataFrame, encounter: int = 2, counted: str = "any", *, level: float = 0.95
) -> dict[str, SurvivalCurve]:
    """Estimate how soon pairs reach an encounter, one curve a community.

    Parameters
    ----------
    tables : pandas.DataFrame
        The data set `deepening_life_tables`, or one of the same columns: `community`,
        `counted`, `encounter`, `hours_up_to`, `reached`, `censored`.
    encounter : int
        Which encounter since the first: 2, 3, 5 or 10.
    counted : {"any", "both spoken"}
        Whether an encounter counts at once, or from when both have spoken. Badges record
        that two people face each other, not who speaks: there only "any" exists.
    level : float
        Confidence level; the intervals take pairs as independent.

    Returns
    -------
    dict of str to SurvivalCurve
        In hours since the first encounter, in the order of the table.

    Raises
    ------
    ValueError
        If no community has such an encounter; the message names what there is.

    Examples
    --------
    >>> from frontporch import data
    >>> tables = data.load("deepening_life_tables")
    >>> online = encounters(tables)["students online"]
    >>> round(float(online.at(24).reached.iloc[0]), 2)
    0.28
    """
    if counted not in COUNTED:
        raise ValueError(f"counted is {counted!r}. {nearest(counted, COUNTED)}")
    if encounter not in set(tables["encounter"]):
        known = ", ".join(str(k) for k in sorted(set(tables["encounter"])))
        raise ValueError(f"encounter is {encounter!r}, but the table has the encounters {known}.")
    chosen = tables[(tables["encounter"] == encounter) & (tables["counted"] == counted)]
    if chosen.empty:
        raise ValueError(
            f"no community of this table has encounter {encounter} counted as {counted!r}: badges "
            "do not record who speaks."
        )
    return {
        str(community): life_table(one, level=level)
        for community, one in chosen.groupby("community", sort=False, observed=True)
    }


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
            f"pairs is {pairs}, but is from {as_given(reached)} (those that reached the encounter) "
            f"to {as_given(reached + censored)} (all)."
        )
    kept = (pairs - reached) / censored if censored else 1.0
    return table.assign(censored=table["censored"].astype(float) * kept)


def reached_by(curves: dict[str, SurvivalCurve], hours: float) -> pd.DataFrame:
    """Show what share of pairs has arrived by some hours, one row a community.

    Parameters
    ----------
    curves : dict of str to SurvivalCurve
        What `encounters` returns.
    hours : float
        Hours since the first encounter.

    Returns
    -------
    pandas.DataFrame
        Indexed by community: `pairs` (at the start), `per cent`, `lower`, `upper`; per cent
        of all pairs, with the interval of independent pairs. A column `note` says where a
        number is missing or not to be relied upon, if there is such a place.
    """
    rows = {}
    for name, curve in curves.items():
        row = curve.at(hours).iloc[0]
        share = 100 * row[["reached", "lower", "upper"]].to_numpy(float)
        rows[name] = (curve.started, *share, row["note"])
    columns = ["pairs", "per cent", "lower", "upper", "note"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    frame["pairs"] = np.rint(frame["pairs"].astype(float)).astype(int)
    if (frame["note"] == "").all():
        frame = frame.drop(columns="note")
    return frame.rename_axis("community")
