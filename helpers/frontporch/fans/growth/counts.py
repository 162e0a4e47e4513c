"""What is wrong with counts, in words, and the series that good ones make."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...rounding import as_given
from ...tables import Fault, TableError, check
from .events import PageEvent
from .faults import in_words_of
from .series import DAYS, Series
from .spoken import rounding, understand_counts

FEWEST = 3
"""Below this number of counts nothing is read."""
FALL = 0.05
"""Reports of one page differ by some percent: a smaller fall is an error of reports, no fault."""

USERS = {
    "fans": "users", "date_from": "date", "date_to": "", "brand": "",
    "platform, brand, date_from, date_to, source": "date",
}  # fmt: skip
"""Columns of a table of users by day, in place of those of the contract."""


def read_series(
    table: pd.DataFrame | Series,
    *,
    events: Sequence[PageEvent] = (),
    may_fall: bool | None = None,
    text_counts: bool = False,
    as_of: str | pd.Timestamp | None = None,
) -> Series:
    """Read a table of one brand, platform or product into a series.

    Parameters
    ----------
    table : pandas.DataFrame or Series
        One of three forms. The `counts` contract: running totals with windows and sources. A
        table with `date` and `users`, such as `platform_users`: running totals by day. A table
        with `year` and `adopters`, such as `bass_classics`: new adopters year by year, from the
        launch on. A series that was read passes as it is.
    events : sequence of PageEvent
        Known steps.
    may_fall : bool, optional
        Whether a total can fall without a page event. By default active users can, fans and
        members cannot.
    text_counts : bool
        Whether counts may be text, such as "7M" or "over 7 million".
    as_of : str or pandas.Timestamp, optional
        The day after which no count can have been taken; today by default.

    Returns
    -------
    Series

    Raises
    ------
    TableError
        If a count cannot be right, or several brands, platforms or metrics are mixed; each fault
        names row, column, value and remedy.

    Examples
    --------
    >>> from frontporch import data
    >>> sold = data.load("bass_classics").query("series == 'vcr_us'")
    >>> read_series(sold).totals[-1].item()
    60640.0
    """
    if isinstance(table, Series):
        return table
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"counts are a pandas DataFrame, but this is a {type(table).__name__}.")
    if "date_from" in table.columns or "fans" in table.columns:
        table = understand_counts(table) if text_counts and "fans" in table else table
        names = {}
    elif {"date", "users"} <= set(table.columns):
        table = _from_users(table, text_counts)
        names = USERS
    elif {"year", "adopters"} <= set(table.columns):
        with in_words_of({}, text_counts):
            return _from_adopters(table, text_counts)
    else:
        raise TableError("counts", [Fault(
            None, None, None, "the columns are neither those of the contract 'counts', nor date "
            "and users, nor year and adopters",
            "Rename them; tables.describe('counts') tells what a table of fan counts needs.",
        )])  # fmt: skip
    with in_words_of(names, text_counts):
        return _from_rows(table, events, may_fall, as_of)


def _from_rows(
    table: pd.DataFrame, events: Sequence[PageEvent], may_fall: bool | None,
    as_of: str | pd.Timestamp | None,
) -> Series:  # fmt: skip
    rows = check(table, "counts", "counts")
    _one_of_each(rows, ("platform", "brand", "metric"))
    _not_in_the_future(rows, pd.Timestamp(as_of) if as_of else pd.Timestamp.now().normalize())
    if may_fall is None:
        may_fall = bool(
            rows.get("metric", pd.Series([""], dtype=object))
            .astype(str)
            .str.startswith("MAU")
            .all()
        )
    return _from_counts(rows, tuple(events), may_fall)


def _from_users(table: pd.DataFrame, text_counts: bool) -> pd.DataFrame:
    """Give a table of users by day the columns of counts."""
    _one_of_each(table, ("platform", "brand", "metric"))
    table = understand_counts(table, "users") if text_counts else table
    brand = table["platform"] if "platform" in table else pd.Series("users", index=table.index)
    return table.assign(
        platform=brand, brand=brand, date_from=table["date"], date_to=table["date"],
        fans=table["users"], at_least=table.get("at_least", False),
        confidence=table.get("confidence", "high"), source=table.get("source", "not named"),
    )  # fmt: skip


def _from_adopters(table: pd.DataFrame, text_counts: bool) -> Series:
    _one_of_each(table, ("series", "unit", "platform", "brand"))
    if text_counts:
        table = understand_counts(table, "adopters")
    faults = []
    year = pd.to_numeric(table["year"], errors="coerce")
    new = pd.to_numeric(table["adopters"], errors="coerce")
    for column, numbers in (("year", year), ("adopters", new)):
        for row in table.index[~np.isfinite(numbers.to_numpy(float)) | (numbers < 0)]:
            faults.append(Fault(
                row, column, table.at[row, column], "is not a number from 0 up",
                "Write digits alone: 7000000.",
            ))  # fmt: skip
    if faults:
        raise TableError("adopters", faults)
    order = np.argsort(year.to_numpy(float), kind="stable")
    years, adopters = year.to_numpy(float)[order], new.to_numpy(float)[order]
    for before, after, row in zip(years, years[1:], table.index[order][1:], strict=False):
        if after - before != 1:
            problem = "stands twice" if after == before else f"follows on {as_given(before)}"
            remedy = ("Keep one row a year." if after == before else
                      "Add the years between, with 0 where nobody adopted.")  # fmt: skip
            faults.append(Fault(row, "year", as_given(after), problem, remedy))
    if len(years) < FEWEST:
        faults.append(_too_few(len(years)))
    if faults:
        raise TableError("adopters", faults)
    n = len(years) + 1
    name = str(table["series"].iloc[0]).replace("_", " ") if "series" in table else "adopters"
    unit = str(table["unit"].iloc[0]) if "unit" in table else "adopters"
    return Series(
        name, unit, pd.Timestamp(int(years[0]), 1, 1), np.arange(n, dtype=float),
        np.concatenate([[0.0], np.cumsum(adopters)]), np.zeros(n, bool), np.zeros(n), np.ones(n),
        True, np.zeros(n, bool), table=table.iloc[order],
    )  # fmt: skip


def _from_counts(rows: pd.DataFrame, events: tuple[PageEvent, ...], may_fall: bool) -> Series:
    middle = rows["date_from"] + (rows["date_to"] - rows["date_from"]) / 2
    order = np.lexsort((rows["fans"].to_numpy(), middle.to_numpy()))
    rows, middle = rows.iloc[order], middle.iloc[order]
    if len(rows) < FEWEST:
        raise TableError("counts", [_too_few(len(rows))])
    origin = middle.iloc[0].floor("D")
    times = ((middle - origin) / pd.Timedelta(days=DAYS)).to_numpy(float)
    totals = rows["fans"].to_numpy(float)
    step, stepped = 0.0, np.zeros(len(rows), bool)
    for event in events:
        after = np.flatnonzero((middle > event.date).to_numpy())
        if event.fans is not None:
            totals[after] -= event.fans
            step += event.fans
        elif len(after):
            stepped[after[0]] = True
    rounded = rows.get("rounded_to", rows["fans"].map(rounding)).to_numpy(float)
    if not may_fall:
        _not_falling(rows, totals, stepped, rounded)
    window = ((rows["date_to"] - rows["date_from"]) / pd.Timedelta(days=DAYS)).to_numpy(float)
    platform, brand = str(rows["platform"].iloc[0]), str(rows["brand"].iloc[0])
    metric = f", {rows['metric'].iloc[0]}" if "metric" in rows else ""
    unit = "users" if "users" in rows else "fans"
    unit = str(rows["metric"].iloc[0]) if "metric" in rows else unit
    return Series(
        (brand if brand == platform else f"{brand} on {platform}") + metric, unit, origin, times,
        totals, rows["at_least"].to_numpy(bool), window, rounded, False, stepped, events, step,
        rows, _conflicts(rows, rounded),
    )  # fmt: skip


def _one_of_each(rows: pd.DataFrame, columns: Sequence[str]) -> None:
    faults = []
    for column in columns:
        if column in rows and rows[column].nunique() > 1:
            kinds = sorted(map(str, rows[column].unique()))
            shown = ", ".join(kinds[:4]) + (" …" if len(kinds) > 4 else "")
            faults.append(Fault(
                None, column, shown, f"{len(kinds)} of them are mixed in one series",
                f"Choose one, as table.query(\"{column} == '{kinds[0]}'\"), or fit many with "
                f"fit_many(table, by={column!r}).",
            ))  # fmt: skip
    if faults:
        raise TableError("counts", faults)


def _not_in_the_future(rows: pd.DataFrame, as_of: pd.Timestamp) -> None:
    late = rows.index[rows["date_from"] > as_of]
    if len(late):
        raise TableError("counts", [
            Fault(row, "date_from", f"{rows.at[row, 'date_from']:%Y-%m-%d}",
                  f"lies after {as_of:%Y-%m-%d}: nobody can have counted yet",
                  "Check year, month and day, or take a forecast out of the counts.")
            for row in late
        ])  # fmt: skip


def _not_falling(
    rows: pd.DataFrame, totals: np.ndarray, stepped: np.ndarray, rounded: np.ndarray
) -> None:
    faults = []
    start, end = rows["date_from"].to_numpy(), rows["date_to"].to_numpy()
    bound = rows["at_least"].to_numpy(bool)
    for k in range(1, len(rows)):
        before = [
            j for j in range(k)
            if end[j] < start[k] and not stepped[j + 1 : k + 1].any()
            and totals[k] + rounded[k] / 2 < totals[j] - (0 if bound[j] else rounded[j] / 2)
            and totals[k] < (1 - FALL) * totals[j]
        ]  # fmt: skip
        if before and not bound[k]:
            j = max(before, key=lambda one: totals[one])
            faults.append(Fault(
                rows.index[k], "fans", f"{rows['fans'].iloc[k]:,}",
                f"is fewer than the {rows['fans'].iloc[j]:,} of row {rows.index[j]}, earlier on "
                f"{rows['date_to'].iloc[j]:%Y-%m-%d}, though fans only add up",
                "Check number, page and date; name a merge, purge or deletion in events=; take "
                "out the doubtful one; or say may_fall=True.",
            ))  # fmt: skip
    if faults:
        raise TableError("counts", faults)


def _conflicts(rows: pd.DataFrame, rounded: np.ndarray) -> pd.DataFrame:
    """List pairs of reports of one time whose numbers differ by more than rounding."""
    found = []
    plain = rows.reset_index(drop=True)
    for one in range(len(plain)):
        for other in range(one + 1, len(plain)):
            a, b = plain.loc[one], plain.loc[other]
            if a["date_to"] < b["date_from"] or b["date_to"] < a["date_from"]:
                continue
            low, high = sorted((a, b), key=lambda row: row["fans"])
            slack = (rounded[one] + rounded[other]) / 2
            if high["fans"] - low["fans"] <= slack or low["at_least"]:
                continue
            found.append({
                "from": max(a["date_from"], b["date_from"]), "to": min(a["date_to"], b["date_to"]),
                "fewer": int(low["fans"]), "more": int(high["fans"]),
                "apart": high["fans"] / max(low["fans"], 1) - 1,
                "source_of_fewer": low["source"], "source_of_more": high["source"],
                "place_of_fewer": low.name, "place_of_more": high.name,
            })  # fmt: skip
    columns = ("from", "to", "fewer", "more", "apart", "source_of_fewer", "source_of_more",
               "place_of_fewer", "place_of_more")  # fmt: skip
    return pd.DataFrame(found, columns=list(columns))


def _too_few(n: int) -> Fault:
    return Fault(
        None, None, None, f"has {n} counts, but at least {FEWEST} are needed for a curve",
        "Gather more, or show them as points without a curve.",
    )  # fmt: skip
