"""Spells and snapshots as other programs want them: R's survival, mstate and msm; lifelines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..counting import repeat
from ..names import pick
from .spells import Spells, read_spells, stages_of

CENSORED = "censored"
SPELLS = ("pair", "stage", "entered", "left", "next_stage", "since")


def to_layout(
    table: pd.DataFrame,
    layout: str = "survival",
    *,
    stage: str | None = None,
    goal: str | None = None,
    stages: Sequence[str] | None = None,
    exact: Sequence[str] = ("lost",),
) -> pd.DataFrame:
    """Lay spells or snapshots out as other programs want them.

    `tables.write(to_layout(spells, "mstate"), "moves.csv")` hands them to R.

    Parameters
    ----------
    table : pandas.DataFrame
        The `spells` contract; for "msm" also the `snapshots` contract.
    layout : {"survival", "lifelines", "mstate", "msm"}
        "survival" has a row a stay: `id`, `tstart`, `tstop`, `event` (the next stage, or
        "censored"), `istate`. "lifelines" has a row a stay in one `stage`: `id`, `duration`,
        `entry`, `event`. "mstate" has a row for each move that a stay could have ended in:
        `id`, `from`, `to`, `trans`, `Tstart`, `Tstop`, `time`, `status`. "msm" has a row a look
        or move: `subject`, `time`, `state`, `obstype`. Further columns follow.
    stage, goal : str, optional
        For "lifelines": the stage of the stays, and the move that counts as the event. Without a
        goal events are numbered, 1 for the first in `attrs["codes"]`, as for competing risks.
    stages : sequence of str, optional
        All stages in order; by default as in `fit`.
    exact : sequence of str
        For snapshots: stages whose moment of entry is known.

    Returns
    -------
    pandas.DataFrame
        `attrs["stages"]` names the stages, which "mstate" and "msm" number from 1;
        `attrs["notes"]` says what the layout has no place for.

    Raises
    ------
    TableError
        If the table breaks its contract.
    ValueError
        If a further column has a name that the layout needs, a stage is called "censored", or
        no stage is said for "lifelines".
    UnknownName
        If there is no such layout or stage; the nearest is named.

    Notes
    -----
    In R: `survfit(Surv(tstart, tstop, factor(event, c("censored", …))) ~ 1, id = id,
    istate = istate)`; `coxph(Surv(Tstart, Tstop, status) ~ strata(trans))`; `msm(state ~ time,
    subject = subject, obstype = obstype, qmatrix = …)`. In Python:
    `CoxPHFitter().fit(frame, "duration", "event", entry_col="entry")`.
    Source: Therneau & Grambsch (2000), Modeling Survival Data, chapter 3; de Wreede, Fiocco &
    Putter (2011), Journal of Statistical Software 38(7); Jackson (2011), Journal of Statistical
    Software 38(8).

    Examples
    --------
    >>> spells = pd.DataFrame({"pair": ["ann"], "stage": ["stranger"], "entered": [0.0],
    ...     "left": [9.0], "next_stage": ["friend"]})
    >>> to_layout(spells).values.tolist()
    [['ann', 0.0, 9.0, 'friend', 'stranger']]
    >>> to_layout(spells, "mstate")[["from", "to", "status"]].values.tolist()
    [[1, 4, 1]]
    """
    made = LAYOUTS[pick(layout, LAYOUTS, "layout")]
    if "entered" not in table.columns and {"pair", "time", "stage"} <= set(table.columns):
        if layout != "msm":
            raise ValueError(f"{layout!r} needs spells, and these are snapshots: take 'msm'.")
        return _looks(table, stages, exact)
    spells = read_spells(table, stages=stages)["all"]
    if CENSORED in spells.stages:
        raise ValueError('a stage is called "censored", which means here that none followed.')
    if made is _lifelines:
        return _lifelines(table, spells, stage, goal)
    return made(table, spells)


def _survival(table: pd.DataFrame, spells: Spells) -> pd.DataFrame:
    names = np.array([*spells.stages, CENSORED], dtype=object)
    columns = {
        "id": table["pair"].to_numpy(object),
        "tstart": spells.entered,
        "tstop": spells.left,
        "event": names[spells.following],
        "istate": names[spells.stage],
    }
    notes = _moments(spells)
    return _laid(columns, table, np.flatnonzero(spells.left > spells.entered), spells.stages, notes)


def _moments(spells: Spells) -> list[str]:
    """Say how many stays last no time: these programs refuse an interval without length."""
    none = int((spells.left == spells.entered).sum())
    return [f"{none} stays that last no time are left out: nobody is at risk in them."] * (none > 0)


def _mstate(table: pd.DataFrame, spells: Spells) -> pd.DataFrame:
    moved = spells.following >= 0
    seen = np.unique(np.column_stack([spells.stage[moved], spells.following[moved]]), axis=0)
    size = len(spells.stages)
    first = np.searchsorted(seen[:, 0], np.arange(size))
    ways = np.searchsorted(seen[:, 0], np.arange(size), side="right") - first
    lasting = spells.left > spells.entered
    many = np.where(lasting, ways[spells.stage], 0)
    at = repeat(np.arange(len(many)), many)
    within = np.arange(len(at)) - repeat(np.cumsum(many) - many, many)
    move = first[spells.stage[at]] + within
    to = seen[move, 1] if len(seen) else np.empty(0, dtype=np.int64)
    columns = {
        "id": table["pair"].to_numpy(object)[at],
        "from": spells.stage[at] + 1,
        "to": to + 1,
        "trans": move + 1,
        "Tstart": spells.entered[at],
        "Tstop": spells.left[at],
        "time": spells.left[at] - spells.entered[at],
        "status": (spells.following[at] == to).astype(np.int64),
    }
    final = int((lasting & (ways[spells.stage] == 0)).sum())
    notes = _moments(spells)
    if final:
        notes.append(f"{final} stays in stages that nobody was seen to leave have no row.")
    made = _laid(columns, table, at, spells.stages, notes, taken=True)
    made.attrs["moves"] = [(spells.stages[a], spells.stages[b]) for a, b in seen.tolist()]
    return made


def _msm(table: pd.DataFrame, spells: Spells) -> pd.DataFrame:
    order = np.lexsort((spells.left, spells.entered, spells.pair))
    pair, stage = spells.pair[order], spells.stage[order]
    begins = np.flatnonzero(np.diff(pair, prepend=-1))
    opening = np.zeros(len(order), dtype=bool)
    opening[begins] = True
    following = spells.following[order]
    ends = np.where(following >= 0, following, stage)
    lasting = spells.left[order] > spells.entered[order]
    rows = opening.astype(np.int64) + lasting
    at = repeat(np.arange(len(order)), rows)
    is_first = np.diff(at, prepend=-1).astype(bool) & opening[at]
    columns = {
        "subject": table["pair"].to_numpy(object)[order][at],
        "time": np.where(is_first, spells.entered[order][at], spells.left[order][at]),
        "state": np.where(is_first, stage[at], ends[at]) + 1,
        "obstype": np.where(is_first, 1, 2),
    }
    return _laid(columns, table, order[at], spells.stages, [], taken=True)


def _looks(table: pd.DataFrame, stages: Sequence[str] | None, exact: Sequence[str]) -> pd.DataFrame:
    from ..tables import check

    whole = table if "channel" in table else table.assign(channel="all")
    check(whole, "snapshots", "snapshots")
    names = stages_of(table, ("stage",), stages)
    state = pd.Index(names).get_indexer(table["stage"].astype(object))
    for one in np.flatnonzero(state < 0)[:1]:
        pick(table["stage"].iloc[one], names, "stage")
    known = [pick(one, names, "stage") for one in exact if one in names or one != "lost"]
    order = np.lexsort((table["time"].to_numpy(float), pd.factorize(table["pair"])[0]))
    columns = {
        "subject": table["pair"].to_numpy(object),
        "time": table["time"].to_numpy(float),
        "state": state + 1,
        "obstype": np.where(np.isin(state, [names.index(one) for one in known]), 3, 1),
    }
    return _laid(columns, table, order, names, [], own=("pair", "time", "stage"))


def _lifelines(
    table: pd.DataFrame, spells: Spells, stage: str | None, goal: str | None
) -> pd.DataFrame:
    if stage is None:
        left = [name for k, name in enumerate(spells.stages) if (spells.stage == k).any()]
        raise ValueError(
            f"lifelines knows stays of one kind: say which, as stage={left[0]!r} of "
            f"{', '.join(left)}."
        )
    waits = spells.waits(pick(stage, spells.stages, "stage"))
    following = spells.following[waits.at]
    codes: dict[str, int] = {}
    if goal is not None:
        event = following == spells.stages.index(pick(goal, spells.stages, "stage"))
    else:
        seen = np.unique(following[following >= 0])
        codes = {spells.stages[k]: n for n, k in enumerate(seen.tolist(), start=1)}
        event = np.where(following < 0, 0, np.searchsorted(seen, following) + 1)
    columns = {
        "id": table["pair"].to_numpy(object)[waits.at],
        "duration": waits.time,
        "entry": waits.entry if waits.entry is not None else np.zeros(len(waits.time)),
        "event": event.astype(np.int64),
    }
    notes = []
    if waits.unknown:
        notes.append(f"{waits.unknown} stays are left out: since when is not known.")
    made = _laid(columns, table, waits.at, spells.stages, notes, taken=True)
    if codes:
        made.attrs["codes"] = codes
    return made


def _laid(
    columns: dict[str, NDArray],
    table: pd.DataFrame,
    at: NDArray[np.int64],
    stages: Sequence[str],
    notes: list[str],
    *,
    taken: bool = False,
    own: Sequence[str] = SPELLS,
) -> pd.DataFrame:
    """Put the columns of a layout before the further ones of a table, row by row."""
    further = [name for name in table.columns if name not in own]
    for name in further:
        if name in columns:
            raise ValueError(
                f"the table has a column {name!r}, which this layout needs for itself: rename it, "
                f"as table.rename(columns={{{name!r}: {f'my_{name}'!r}}})."
            )
    made = pd.DataFrame({name: one if taken else one[at] for name, one in columns.items()})
    for name in further:
        made[name] = table[name].iloc[at].reset_index(drop=True)
    made.attrs |= {"stages": list(stages), "notes": notes}
    return made


LAYOUTS: dict[str, Callable] = {
    "survival": _survival,
    "lifelines": _lifelines,
    "mstate": _mstate,
    "msm": _msm,
}
