"""What one more friend who has adopted adds: naive, matched, and by an encouragement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...counting import bincount
from ...names import pick
from ...result import Result
from ...stats.durations import yes_or_no
from ...stats.intervals import normal_quantile
from ..graph.ties import Community

METHODS = (
    "all compared",
    "matched on what shows",
    "matched on the taste itself",
    "encouraged by a coin",
)
COLUMNS = ("seen", "taste", "may", "encouraged", "early", "adopted", "early_friends")


@dataclass(frozen=True, eq=False)
class Influence(Result):
    """What one more early friend adds to the probability of adopting, by several methods.

    Parameters
    ----------
    estimates : pandas.DataFrame
        One row a method: `method`, `effect`, `lower`, `upper`, `claims` (whether the interval
        lies above 0: the method says that friends influence each other).
    people : int
        Watched people who were not early: those who are compared.
    level : float
        Confidence level.
    notes : tuple of str
        What a reader must know, in words.
    """

    estimates: pd.DataFrame
    people: int
    level: float = 0.95
    notes: tuple[str, ...] = ()
    estimator: str = (
        "slopes within strata, robust standard errors; Wald's ratio, randomisation interval"
    )

    PICTURES: ClassVar[Mapping[str, str]] = {
        "influence": "frontporch.community.word_of_mouth.pictures:plot_influence"
    }

    def interval(self, name: str) -> tuple[float, float]:
        """Give the interval by one method."""
        return self.effect(name)[1:]

    def summary(self) -> pd.DataFrame:
        """Show the methods side by side."""
        return self.estimates.copy()

    def effect(self, method: str) -> tuple[float, float, float]:
        """Give the effect by one method with its limits."""
        row = self.estimates.set_index("method").loc[pick(method, METHODS, "method")]
        return float(row["effect"]), float(row["lower"]), float(row["upper"])


def influence(community: Community, people: pd.DataFrame, level: float = 0.95) -> Influence:
    """Estimate the influence of friends in four ways on the same people.

    Parameters
    ----------
    community : Community
        Who is tied to whom.
    people : pandas.DataFrame
        One row a person, in the order of their numbers: `taste`, `seen` (the taste that shows),
        `may` (whether of the part that may be encouraged), `encouraged`, `early` (adopted in
        the first period), `adopted` (in the second; false for those who were early),
        `early_friends`. Real logs have no column `taste`: give one that you believe in.
    level : float
        Confidence level of every interval.

    Returns
    -------
    Influence

    Raises
    ------
    ValueError
        If a column is missing, or the rows are not those of the community.

    Notes
    -----
    Compared are people of the half that was not encouraged, who were not early. The first
    three are slopes of adopting on the number of early friends: over all, within people who
    show the same taste, within people of the same taste; the design is that of Aral, Muchnik &
    Sundararajan (2009), PNAS 106, who match on what a log shows. The fourth divides
    what encouraged friends go with in later adopters by what they go with in early friends;
    its interval holds every effect that the coin's own chance does not rule out (Rosenbaum
    2002, Statistical Science 17).

    Examples
    --------
    Friends are alike, and nobody convinces anybody.

    >>> from frontporch import community
    >>> rng = np.random.default_rng(7)
    >>> town = community.block_model([2_000, 2_000], 6.0, 1.0, seed=7)
    >>> keen = town.group == 1
    >>> may = rng.permutation(town.size) < town.size // 2
    >>> encouraged = may & (rng.random(town.size) < 0.5)
    >>> early = rng.random(town.size) < 0.05 + 0.25 * keen + 0.5 * encouraged
    >>> adopted = ~early & (rng.random(town.size) < 0.05 + 0.2 * keen)
    >>> friends = [early[town.neighbours(one)].sum() for one in range(town.size)]
    >>> people = pd.DataFrame({
    ...     "taste": keen, "seen": rng.permutation(keen), "may": may, "encouraged": encouraged,
    ...     "early": early, "adopted": adopted, "early_friends": friends,
    ... })
    >>> influence(town, people).estimates["claims"].tolist()
    [True, True, False, False]
    """
    for name in COLUMNS:
        pick(name, [str(one) for one in people.columns], "column")
    if len(people) != community.size:
        raise ValueError(f"people has {len(people)} rows for {community.size} people.")
    may, early = (yes_or_no(people[name], name) for name in ("may", "early"))
    adopted = yes_or_no(people["adopted"], "adopted").astype(float)
    if (yes_or_no(people["encouraged"], "encouraged") & ~may).any():
        raise ValueError("somebody of the watched half was encouraged: then nobody is compared.")
    watched = np.flatnonzero(~may & ~early)
    if len(watched) < 20:
        raise ValueError(f"{len(watched)} people are watched and not early: 20 or more are needed.")
    dose = people["early_friends"].to_numpy(float)
    z = normal_quantile(level)
    strata = (
        np.zeros(len(people), dtype=int),
        people["seen"].to_numpy(),
        people["taste"].to_numpy(),
    )
    rows = [_slope(adopted[watched], dose[watched], one[watched], z) for one in strata]
    rows.append(_by_coin(community, people, watched, adopted, dose, z))
    table = pd.DataFrame(rows, columns=["effect", "lower", "upper"])
    table.insert(0, "method", METHODS)
    table["claims"] = table["lower"] > 0
    notes = ()
    if not np.isfinite(rows[-1][1:]).all():
        notes = ("the encouragement moved too few: any effect would be as likely",)
    return Influence(table, len(watched), level, notes)


def _slope(y: NDArray, d: NDArray, stratum: NDArray, z: float) -> tuple[float, float, float]:
    """Slope within strata, with an interval that holds for unequal variances."""
    _, which = np.unique(stratum, return_inverse=True)
    size = bincount(which)
    y, d = (one - (bincount(which, one) / size)[which] for one in (y, d))
    square = (d**2).sum()
    slope = (d * y).sum() / square
    left = len(y) / max(len(y) - len(size) - 1, 1)
    error = np.sqrt(left * (d**2 * (y - slope * d) ** 2).sum()) / square
    return float(slope), float(slope - z * error), float(slope + z * error)


def _by_coin(community, people, watched, adopted, dose, z) -> tuple[float, float, float]:
    """Wald's ratio, and all effects that a coin tossed again would not rule out."""
    may = np.flatnonzero(people["may"].to_numpy(bool))
    coin = people["encouraged"].to_numpy(float)[may]

    def near(values: NDArray) -> NDArray:
        # What each person who may be encouraged has among watched friends.
        own = np.zeros(community.size)
        own[watched] = values - values.mean()
        summed = bincount(community.sources, own[community.targets], minlength=community.size)[may]
        return summed - summed.mean()

    later, early = near(adopted[watched]), near(dose[watched])
    centred = coin - coin.mean()
    moved_later, moved_early = centred @ later, centred @ early
    # Variances over all ways in which as many coins could have fallen.
    share = z**2 * coin.mean() * (1 - coin.mean()) * len(may) / (len(may) - 1)
    a = moved_early**2 - share * (early @ early)
    b = moved_later * moved_early - share * (later @ early)
    c = moved_later**2 - share * (later @ later)
    effect = float(moved_later / moved_early) if moved_early else float("nan")
    if a <= 0:
        return effect, -np.inf, np.inf
    half = np.sqrt(max(b * b - a * c, 0.0))
    return effect, float((b - half) / a), float((b + half) / a)
