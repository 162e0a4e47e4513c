"""What one shop's people did during a round: stays in stages, steps, and time at risk."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..shop.people import ALL_STAGES, LOST, UNMET


def stays(moves: pd.DataFrame, before: NDArray[np.int8], begin: float, end: float) -> pd.DataFrame:
    """Give each person's stays in a stage with a shop between two moments.

    Parameters
    ----------
    moves : pandas.DataFrame
        The shop's steps between the moments, as `Year.moves` has them.
    before : numpy.ndarray of int
        The stage of each person at the first moment, a place in `ALL_STAGES`.
    begin, end : float
        Weeks from the start of the year.

    Returns
    -------
    pandas.DataFrame
        Columns `person`, `stage`, `entered`, `left` and `next_stage` (missing: still there),
        `unmet` and `lost` among the stages.
    """
    people = np.arange(len(before))
    steps = moves.sort_values(["person", "time"], kind="stable")
    rows = pd.DataFrame(
        {
            "person": np.concatenate([people, steps["person"]]),
            "entered": np.concatenate([np.full(len(people), float(begin)), steps["time"]]),
            "stage": np.concatenate(
                [np.array(ALL_STAGES, object)[before], steps["to"].astype(str).to_numpy(object)]
            ),
        }
    )
    rows = rows.sort_values(["person", "entered"], kind="stable", ignore_index=True)
    same = rows["person"].eq(rows["person"].shift(-1))
    rows["left"] = rows["entered"].shift(-1).where(same, float(end))
    rows["next_stage"] = rows["stage"].shift(-1).astype(object).where(same, None)
    return rows[["person", "stage", "entered", "left", "next_stage"]]


def spells(found: pd.DataFrame, online: NDArray[np.bool_], **columns: NDArray[Any]) -> pd.DataFrame:
    """Give stays as `deepening.fit` reads them: of people whom the shop has met.

    Parameters
    ----------
    found : pandas.DataFrame
        What `stays` gives.
    online : numpy.ndarray of bool
        Who is online.
    **columns
        Further columns, one value a person.
    """
    again = (found["stage"] == ALL_STAGES[LOST]).groupby(found["person"]).cumsum() + 1
    person = found["person"].to_numpy()
    table = pd.DataFrame(
        {
            "pair": [f"{who} ({k})" for who, k in zip(person, again, strict=True)],
            "channel": np.where(online[person], "online", "offline"),
            **{name: values[person] for name, values in columns.items()},
            "stage": found["stage"],
            "entered": found["entered"],
            "left": found["left"],
            "next_stage": found["next_stage"],
        }
    )
    outside = (ALL_STAGES[UNMET], ALL_STAGES[LOST])
    kept = ~found["stage"].isin(outside) & (found["left"] > found["entered"])
    return table[kept].reset_index(drop=True)


def steps(found: pd.DataFrame, half: NDArray[Any]) -> pd.DataFrame:
    """Count steps and weeks at risk by half, stage and next stage.

    Parameters
    ----------
    found : pandas.DataFrame
        What `stays` gives.
    half : numpy.ndarray
        The half that each person belongs to.

    Returns
    -------
    pandas.DataFrame
        Columns `half`, `from`, `to`, `steps`, `person_weeks` and `per_week`, the rate.
    """
    found = found.assign(
        half=half[found["person"].to_numpy()], weeks=found["left"] - found["entered"]
    )
    weeks = found.groupby(["half", "stage"])["weeks"].sum()
    moved = found.dropna(subset="next_stage").groupby(["half", "stage", "next_stage"]).size()
    pairs = sorted(
        {(one, to) for _, one, to in moved.index},
        key=lambda pair: (ALL_STAGES.index(pair[0]), ALL_STAGES.index(pair[1])),
    )
    rows = []
    for one, to in pairs:
        for name in sorted(set(half.tolist())):
            many, at_risk = int(moved.get((name, one, to), 0)), float(weeks.get((name, one), 0.0))
            rate = many / at_risk if at_risk > 0 else np.nan
            rows.append((name, one, to, many, at_risk, rate))
    columns = ["half", "from", "to", "steps", "person_weeks", "per_week"]
    return pd.DataFrame(rows, columns=columns)
