"""Life tables of encounters: how soon pairs of people meet again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
import pandas as pd

from ..citing import cited
from ..names import nearest
from ..result import Result
from ..stats import SurvivalCurve, life_table

COUNTED = ("any", "both spoken")


class Curves(dict[str, SurvivalCurve], Result):
    """Survival curves by the name of a community, side by side.

    Joined by `|` they are curves again; `plot` draws the share that has arrived, `what="met
    again"` says what the pairs have done.

    Examples
    --------
    >>> from frontporch.stats import kaplan_meier
    >>> curve = kaplan_meier([1, 2, 2, 3, 4], [1, 1, 0, 1, 0], unit="hours")
    >>> Curves(mine=curve).reached(hours=2)["per cent"].round(1).tolist()
    [40.0]
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "reached": "frontporch.deepening.pictures:plot_reached"
    }

    @cited
    def __or__(self, other: Mapping[str, SurvivalCurve]) -> Curves:  # type: ignore[override]
        """Put other curves beside these."""
        return Curves({**self, **other})

    def summary(self) -> pd.DataFrame:
        """Show the curves one below the other, one row a community and time."""
        shown = {name: curve.summary() for name, curve in self.items()}
        return pd.concat(shown, names=["community"]).reset_index(level="community")

    def reached(self, hours: float) -> pd.DataFrame:
        """Show what share of pairs has arrived by some hours, one row a community.

        Parameters
        ----------
        hours : float
            Hours since the first encounter.

        Returns
        -------
        pandas.DataFrame
            Indexed by community: `pairs` (at the start), `per cent`, `lower`, `upper`; per
            cent of all pairs, with the interval of independent pairs. A column `note` says
            where a number is missing or not to be relied upon, if there is such a place.
        """
        rows = {}
        for name, curve in self.items():
            row = curve.at(hours).iloc[0]
            share = 100 * row[["reached", "lower", "upper"]].to_numpy(float)
            rows[name] = (curve.started, *share, row["note"])
        columns = ["pairs", "per cent", "lower", "upper", "note"]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        frame["pairs"] = np.rint(frame["pairs"].astype(float)).astype(int)
        if (frame["note"] == "").all():
            frame = frame.drop(columns="note")
        return frame.rename_axis("community")


@cited
def encounter_curves(
    tables: pd.DataFrame, encounter: int = 2, counted: str = "any", *, level: float = 0.95
) -> Curves:
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
    Curves
        In hours since the first encounter, in the order of the table.

    Raises
    ------
    ValueError
        If no community has such an encounter; the message names what there is.

    Examples
    --------
    >>> from frontporch import data
    >>> tables = data.load("deepening_life_tables")
    >>> online = encounter_curves(tables)["students online"]
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
    return Curves(
        (str(community), life_table(one, level=level))
        for community, one in chosen.groupby("community", sort=False, observed=True)
    )
