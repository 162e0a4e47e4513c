"""A town of front porches: contact online replaces the neighbors, or comes on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...community.graph.arrays import from_columns
from ...community.graph.shares import share
from ...counting import bincount, repeat
from ...elementary import expm1, power
from ...stats.contrasts import mean_difference
from ...streams import Seed, generator
from ..findings import Findings
from ..town import Town

if TYPE_CHECKING:
    import pandas as pd

LAYERS = ("local", "online")
NODES = 48


@dataclass(frozen=True)
class PorchWorld:
    """A town of streets, half of them wired by a coin; the sociable go online more.

    A person of sociability s knows neighbors of the same street in proportion to s, and goes
    online with probability 1 − exp(−(joins + invite·wired)·s^selection). Users meet each other
    online, and give up neighbors for it.

    Parameters
    ----------
    streets, people_each : int
        How many streets, from 4 up, and people in each, from 10 up.
    budget : float
        Neighbours that a person of mean sociability knows while nobody is online.
    sociability : float
        Coefficient of variation of s, above 0 up to 2.
    joins, invite : float
        How many go online (a hazard at mean sociability), and what the wire adds to it.
    selection : float
        How strongly going online follows s; at 0 users are like everybody.
    online : float
        Online ties of a user of mean sociability.
    crowding_out : float
        Local ties that a user gives up for one online tie: 0 where online comes on top.
    claim_holds : bool
        Whether contact online replaces the neighbors in this world.

    Notes
    -----
    All numbers are assumptions. The question is that of Hampton & Wellman (2003), City &
    Community 2:277-311, who followed one wired suburb.
    """

    streets: int = 40
    people_each: int = 50
    budget: float = 7.0
    sociability: float = 0.6
    joins: float = 0.2
    invite: float = 1.0
    selection: float = 2.5
    online: float = 2.5
    crowding_out: float = 1.0
    claim_holds: bool = True

    def __post_init__(self) -> None:
        """Check the ranges."""
        if self.streets < 4 or self.people_each < 10:
            raise ValueError("streets is from 4 up, and people_each from 10 up.")
        for name in ("budget", "joins", "invite", "online", "crowding_out"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value >= 0):
                raise ValueError(f"{name} is {value!r}, but must be a number from 0 up.")
        if not 0 < self.sociability <= 2:
            raise ValueError(f"sociability is {self.sociability!r}, but must be above 0 up to 2.")
        if self.budget:
            share(self.given_up, "crowding_out · online / budget")

    @property
    def given_up(self) -> float:
        """Share of their neighbors whom users give up."""
        return self.crowding_out * self.online / self.budget

    def simulate(self, seed: Seed) -> Town:
        """Draw a town, wire half of its streets, and let people go online. Synthetic.

        Returns
        -------
        Town
            Ties as they are after: neighbors of the same street ("local") and "online". Of each
            person `person`, `street`, `wired` (whether a coin had the street wired), `user`
            (whether the person is online), `local`, `online` (ties of each kind).

        Examples
        --------
        >>> found = PorchWorld(streets=4, people_each=20).simulate(seed=7)
        >>> found.community.layers, int(found.people["wired"].sum())
        (('local', 'online'), 40)
        """
        import pandas as pd

        rng = generator(seed)
        people = self.streets * self.people_each
        street = repeat(np.arange(self.streets), self.people_each)
        shape = self.sociability**-2
        lively = rng.gamma(shape, 1 / shape, people)
        wired = (rng.permutation(self.streets) < self.streets // 2)[street]
        user = rng.random(people) < self._joining(lively, wired)
        first, second = np.triu_indices(self.people_each, 1)
        begin = np.arange(self.streets)[:, None] * self.people_each
        first, second = (begin + first).ravel(), (begin + second).ravel()
        known = rng.random(len(first)) < self._known(lively[first], lively[second])
        first, second = first[known], second[known]
        # Each end that is online gives the tie up by itself.
        up = self.given_up
        kept = (rng.random((2, len(first))) >= up * user[np.stack([first, second])]).all(axis=0)
        local = first[kept].astype(np.int64) * people + second[kept]
        online = np.setdiff1d(_met_online(lively * user, self.online, rng), local)
        pairs = np.concatenate([local, online])
        layer = repeat([0, 1], [len(local), len(online)])
        town = from_columns(
            (pairs // people, pairs % people),
            people,
            {"layer": layer},
            layers=LAYERS,
            group=street,
            synthetic="PorchWorld",
        )
        counts = [bincount(town.sources[town.layer == k], minlength=people) for k in (0, 1)]
        table = {"person": np.arange(people), "street": street, "wired": wired, "user": user}
        return Town(town, pd.DataFrame(table | dict(zip(LAYERS, counts, strict=True))))

    def expected(self) -> dict[str, float]:
        """Give what is to be expected of a town.

        Returns
        -------
        dict of str to float
            `users_unwired`, `users_wired` (shares); `local_users`, `local_others` (mean local
            ties), `naive` (their difference); `experiment` (mean local ties in wired streets,
            less unwired ones); `liveliness` (mean sociability of users).

        Notes
        -----
        Gauss-Laguerre quadrature over sociability.
        """
        from scipy.special import roots_genlaguerre

        shape = self.sociability**-2
        nodes, weights = roots_genlaguerre(NODES, shape - 1)
        lively, weights = nodes / shape, weights / weights.sum()
        known = (self.people_each - 1) * self._known(lively[:, None], lively[None, :])
        joins, local = [], []
        for coin in (False, True):
            goes = self._joining(lively, np.full(NODES, coin))
            joins.append(goes)
            local.append(known @ (weights * (1 - self.given_up * goes)))
        users = [float(weights @ goes) for goes in joins]
        up, pair = self.given_up, list(zip(joins, local, strict=True))
        of_users = sum(weights @ (goes * ties) for goes, ties in pair) * (1 - up)
        of_others = sum(weights @ ((1 - goes) * ties) for goes, ties in pair)
        mean = [weights @ ((1 - up * goes) * ties) for goes, ties in pair]
        local_users, local_others = of_users / sum(users), of_others / (2 - sum(users))
        return {
            "users_unwired": users[0],
            "users_wired": users[1],
            "local_users": float(local_users),
            "local_others": float(local_others),
            "naive": float(local_users - local_others),
            "experiment": float(mean[1] - mean[0]),
            "liveliness": float(sum(weights @ (g * lively) for g in joins) / sum(users)),
        }

    def _joining(self, lively: NDArray, wired: NDArray[np.bool_]) -> NDArray[np.float64]:
        return -expm1(-(self.joins + self.invite * wired) * power(lively, self.selection))

    def _known(self, first: NDArray, second: NDArray) -> NDArray[np.float64]:
        """Give the probability that two people of a street know each other."""
        return -expm1(-self.budget * first * second / (self.people_each - 1))


def read_porches(found: Town, level: float = 0.95) -> pd.DataFrame:
    """Read a town two ways: users beside others, and wired streets beside the rest.

    Parameters
    ----------
    found : Town
        What `PorchWorld.simulate` returns.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a reading: `reading`, `estimate` (difference of mean local ties), `lower`,
        `upper`. The second takes each street for one, because the coin was tossed for streets
        and neighbors lose ties together.
    """
    import pandas as pd

    table = found.people
    user = table["user"].to_numpy()
    local = table["local"].to_numpy()
    by_street = table.groupby("street").agg(wired=("wired", "first"), local=("local", "mean"))
    wired = by_street["wired"].to_numpy()
    streets = by_street["local"].to_numpy()
    rows = [
        ("people online less others", *mean_difference(local[user], local[~user], level)),
        (
            "wired streets less others",
            *mean_difference(streets[wired], streets[~wired], level),
        ),
    ]
    return pd.DataFrame(rows, columns=["reading", "estimate", "lower", "upper"])


def survey(towns: Mapping[str, Town]) -> Findings:
    """Show what a survey of some towns finds: ties of people online and of the others.

    Parameters
    ----------
    towns : mapping of str to Town
        What `PorchWorld.simulate` returns, by name.

    Examples
    --------
    >>> found = survey({"A": PorchWorld(streets=4, people_each=20).simulate(seed=7)})
    >>> found.summary()["people"].tolist()
    ['not online', 'online']
    """
    import pandas as pd

    rows = []
    for name, town in towns.items():
        for user, some in town.people.groupby("user"):
            local, online = (some[layer].mean().round(1) for layer in LAYERS)
            rows.append((name, "online" if user else "not online", len(some), local, online))
    columns = ["town", "people", "how many", "neighbors known", "ties online"]
    return Findings(pd.DataFrame(rows, columns=columns))


def _met_online(weight: NDArray, online: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw pairs of users in proportion to their sociability."""
    people, upto = len(weight), np.cumsum(weight)
    count = rng.poisson(online * upto[-1] / 2)
    ends = np.searchsorted(upto, rng.random((2, count)) * upto[-1], side="right")
    low, high = np.minimum(*ends), np.minimum(np.maximum(*ends), people - 1)
    return np.unique(low[low != high].astype(np.int64) * people + high[low != high])
