"""Pictures of a game: cash by round, plans in a seat, rewards of claims, and predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .. import look
from ..rounding import decimal
from .debriefing import OWN

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from .debriefing import Debrief

DOLLARS = "thousand dollars"
MOST_CLAIMS = 12
"""Bars that can be read from the last row of a room."""
OTHERS = "another team's decisions"


def plot_cash(told: Debrief, ax: Axes | None = None) -> Axes:
    """Draw each team's cash by round, and how far luck alone spreads equal teams.

    Parameters
    ----------
    told : Debrief
        What `debrief` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    last = told.cash["round"].max()
    end = told.cash[told.cash["round"] == last].sort_values("cash", ascending=False)
    luck = float(end["luck"].iloc[0])
    middle = told.cash.groupby("round")["cash"].mean() / 1_000
    bar = told.cash.groupby("round")["luck"].first() / 1_000
    title = f"{end['team'].iloc[0]} comes in first"
    with look.frame(ax, xlabel="round", ylabel=DOLLARS, title=title, names=True) as ax:
        look.band(ax, 3, middle.index, middle - bar, middle + bar)
        # One color is enough for all but the first: the names stand at the ends of the lines.
        for place, team in enumerate(end["team"]):
            own = told.cash[told.cash["team"] == team]
            first = place == 0
            more = {} if first else {"linestyle": "-", "linewidth": 1.2}
            look.curve(ax, 0 if first else 6, own["round"], own["cash"] / 1_000, label=team, **more)
        ax.set_xticks(range(last + 1))
    look.set_alt_text(
        ax,
        f"Cash by round. After round {last}: "
        + ", ".join(f"{team} {decimal(cash)}" for team, cash in end[["team", "cash"]].to_numpy())
        + f" dollars. The band shows how far luck alone spreads equal teams: {decimal(luck)} "
        "dollars to each side.",
    )
    return ax


def plot_instead(told: Debrief, ax: Axes | None = None) -> Axes:
    """Draw what each plan would have brought in each team's seat, on the same luck.

    Parameters
    ----------
    told : Debrief
        What `debrief` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    teams = list(told.came["team"])
    better = int((told.came["best"] > told.came["cash"]).sum())
    title = f"{better} of {len(teams)} teams had a better plan on the same luck"
    height = 1.5 + 0.6 * len(teams)
    with look.frame(ax, xlabel=DOLLARS, title=title, size=(9, height)) as ax:
        for place, (name, rows) in enumerate(_by_kind_of_plan(told)):
            at = [teams.index(team) for team in rows["team"]]
            looks = look.series(place)
            ax.scatter(
                rows["cash"] / 1_000,
                at,
                s=110 if name == OWN else 45,
                label=name,
                color=looks["color"],
                marker=looks["marker"],
            )
        look.rows(ax, teams, label="team")
        ax.set_ylim(len(teams) - 0.5, -0.5)
        ax.legend(frameon=False, fontsize=12, loc="center left", bbox_to_anchor=(1.01, 0.5))
    parts = [
        f"{row.team} came to {decimal(row.cash)}, and the best plan was {row.best_plan} with "
        f"{decimal(row.best)}"
        for row in told.came.itertuples()
    ]
    look.set_alt_text(
        ax, "Cash in dollars in each seat on the same luck. " + "; ".join(parts) + "."
    )
    return ax


def _by_kind_of_plan(told: Debrief) -> list[tuple[str, pd.DataFrame]]:
    """Give what was played, each plan that no team had, and last those of the other teams."""
    teams = set(told.came["team"])
    names = told.instead["plan"].where(~told.instead["plan"].isin(teams), OTHERS)
    found = [(name, told.instead[names == name]) for name in dict.fromkeys(names) if name != OTHERS]
    return [*found, (OTHERS, told.instead[names == OTHERS])]


def plot_claims(told: Debrief, ax: Axes | None = None) -> Axes:
    """Draw what following a claim brought in this town, for the claims that changed most.

    Parameters
    ----------
    told : Debrief
        What `debrief` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    paid = int((told.claims["reward"] > 0).sum())
    title = f"{paid} of {len(told.claims)} pieces of advice paid in this town"
    moved = told.claims[told.claims["reward"] != 0]
    order = moved["reward"].abs().sort_values(ascending=False, kind="stable").index[:MOST_CLAIMS]
    rows = moved.loc[order].sort_values("reward", ascending=False, ignore_index=True)
    with look.frame(
        ax, xlabel="dollars that following it brought", title=title, size=(9, 4.5)
    ) as ax:
        for place, known in enumerate(("told", "hidden")):
            chosen = rows["known"] == known
            looks = look.series(place, fill=True)
            ax.barh(np.flatnonzero(chosen), rows["reward"][chosen], label=known, **looks)
        labels = [
            f"{claim} {act} ({'true' if here else 'false'} here)"
            for claim, act, here in rows[["claim", "act", "here"]].to_numpy()
        ]
        look.rows(ax, labels, label="claim")
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.axvline(0, color="#444444", linewidth=1)
        ax.legend(frameon=False, loc="lower right")
    look.set_alt_text(ax, _said_of_claims(rows))
    return ax


def _said_of_claims(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "Dollars that following each claim brought here. No claim changed anything."
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Dollars that following each claim brought here. Claim {first['claim']} "
        f"({first['act']}) brought most, {decimal(first['reward'], signed=True)}, and claim "
        f"{last['claim']} ({last['act']}) least, {decimal(last['reward'], signed=True)}."
    )


def plot_predictions(told: Debrief, ax: Axes | None = None) -> Axes:
    """Draw what teams predicted against what came.

    Parameters
    ----------
    told : Debrief
        What `debrief` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    rows = told.predictions
    high, many = int((rows["error"] > 0).sum()), len(rows)
    title = f"{high} of {many} predictions were too high" if many else "Nobody predicted anything"
    with look.frame(
        ax, xlabel=f"predicted, {DOLLARS}", ylabel=f"came, {DOLLARS}", title=title
    ) as ax:
        looks = look.series(0)
        ax.scatter(rows["predicted"] / 1_000, rows["came"] / 1_000, color=looks["color"])
        if many:
            both = rows[["predicted", "came"]].to_numpy() / 1_000
            ends = both.min() - 1, both.max() + 1
            ax.plot(ends, ends, color="#444444", linewidth=1, label="came as predicted")
            ax.legend(frameon=False, loc="upper left")
    mean = (
        f" On average they were off by {decimal(rows['error'].abs().mean())} dollars."
        if many
        else ""
    )
    look.set_alt_text(
        ax, f"Predicted cash against what came, one dot a team and round. {title}.{mean}"
    )
    return ax
