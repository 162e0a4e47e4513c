"""Two worlds with the same surface: in one waiting loses customers, in the other pushing does."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ...deepening.offers import OfferModel, at_random, fit_gain
from ...rounding import as_given, solved
from ...streams import Seed
from ..doubles import Doubles

USUAL = 10.0
"""Mean weeks until the shop, as it is run, gets round to an offer."""


@dataclass(frozen=True)
class Shop:
    """A shop whose log does not say why strangers were lost.

    Parameters
    ----------
    model : OfferModel
        Its hazards.
    """

    model: OfferModel

    def simulate(
        self, pairs: int = 2_000, weeks: float = 52.0, seed: Seed | None = None
    ) -> pd.DataFrame:
        """Draw the shop's log as it is run: offers at random, next stage friend or lost."""
        return _why_unknown(self.model.simulate(pairs, weeks, seed, timing=at_random(USUAL)))

    def randomise(
        self, pairs: int = 1_000, weeks: float = 26.0, seed: Seed | None = None
    ) -> pd.DataFrame:
        """Draw a trial of an offer at the first visit; see `OfferModel.randomise`."""
        return _why_unknown(self.model.randomise(pairs, weeks, seed, usual=at_random(USUAL)))


def worlds(weeks: float = 52.0, *, shuffle: Seed | None = None) -> Doubles[Shop]:
    """Build the world in which waiting loses customers, and its double in which pushing does.

    In both, as the shop is run, equally many strangers end as friends and as lost, with an
    offer and without one, so that offers look equally good. In the second an offer before the
    acquaintance is ripe is too much contact: whoever makes it at the first visit loses
    strangers whom a shop that waits some weeks keeps.

    Parameters
    ----------
    weeks : float
        The horizon at which the surfaces agree.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Returns
    -------
    Doubles
        Of `Shop`; `read` estimates from a log what an offer gains by its week.

    Notes
    -----
    Before the offer both have the same rates. The second world's `offer_ratio` and `pushed`
    are solved for, so that offers at random times do on average what they do in the first;
    the rest is assumed. Expected shares are integrated over the exponential time of the offer.

    Examples
    --------
    >>> [shop.model.shares([0, 4])["friend"].round(2).tolist() for shop in worlds().values()]
    [[0.71, 0.58], [0.28, 0.63]]
    """
    from scipy import optimize

    holds = OfferModel()
    goal = surface(holds, weeks)
    other = replace(holds, hold_ratio=0.1, ripening=2.0)

    def double(logs: np.ndarray) -> OfferModel:
        offer_ratio, pushed = np.exp(logs).tolist()
        return replace(other, offer_ratio=offer_ratio, pushed=pushed)

    found = optimize.root(
        lambda logs: surface(double(logs), weeks) - goal, np.log([3.5, 0.5]), tol=1e-10
    )
    if not found.success:
        raise ValueError(f"weeks is {as_given(weeks)}: no double with the same surface was found.")
    offer_ratio, pushed = map(solved, np.exp(found.x))
    fails = replace(other, offer_ratio=offer_ratio, pushed=pushed)
    return Doubles(
        Shop(holds),
        Shop(fails),
        names=("waiting loses customers", "pushing loses customers"),
        reader=fit_gain,
        shuffle=shuffle,
    )


def surface(model: OfferModel, weeks: float = 52.0) -> np.ndarray:
    """Give the expected shares of friends and of lost, as the shop is run.

    Returns
    -------
    numpy.ndarray of float, shape (2,)

    Examples
    --------
    >>> true, false = (surface(shop.model) for shop in worlds().values())
    >>> bool(np.allclose(true, false))
    True
    """
    # Midpoints of equal probability below the horizon, and the offers that come too late.
    late = np.exp(-weeks / USUAL)
    points = 1 - (1 - late) * (np.arange(200) + 0.5) / 200
    shares = model.shares([*(-USUAL * np.log(points)), np.inf], weeks)
    friend = shares["friend"].to_numpy()
    lost = (shares["competitor"] + shares["over-contact"]).to_numpy()
    return np.array([(1 - late) * one[:-1].mean() + late * one[-1] for one in (friend, lost)])


def _why_unknown(spells: pd.DataFrame) -> pd.DataFrame:
    """Merge the ways of being lost: a shop sees that a stranger stays away, not why."""
    names = pd.CategoricalDtype(["stranger", "friend", "lost"])
    merged = (
        spells["next_stage"].astype(object).replace({"competitor": "lost", "over-contact": "lost"})
    )
    return spells.assign(
        stage=spells["stage"].astype(object).astype(names), next_stage=merged.astype(names)
    )
