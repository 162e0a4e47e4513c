"""A few numbers of each subject that are known, and what this machine makes of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TOLERANCE = 1e-6
"""Relative difference from which two numbers no longer agree; counts have to be equal."""


@dataclass(frozen=True)
class Known:
    """A number that is known, from a closed form, a publication or a promise of numpy.

    Parameters
    ----------
    subject : str
        Room of the package that computes it.
    what : str
        What it is.
    source : str
        What it is known from.
    stored : float
        The number; a whole number is a count.
    computed : callable
        Computes it on this machine.
    """

    subject: str
    what: str
    source: str
    stored: float
    computed: Callable[[], float]

    def agrees(self, found: float) -> bool:
        """Say whether a computed number agrees with the stored one."""
        if isinstance(self.stored, int):
            return found == self.stored
        return math.isclose(found, self.stored, rel_tol=TOLERANCE)


def _random_number() -> float:
    from ..streams import generator

    return int(generator(7).integers(10**6))


def _share_left() -> float:
    from ..stats import kaplan_meier

    return float(kaplan_meier([2, 5, 6], [True, True, False], entry=[0, 1, 2]).survival[-1])


def _reach_friend() -> float:
    from ..deepening import Ladder

    return float(Ladder.online_and_offline().reach("friend")["online"])


def _won_first() -> float:
    from ..deepening import Ladder

    rates = {("waiting", "won"): 0.05, ("waiting", "gone"): 0.05}
    two = Ladder({"shop": rates}, ("waiting", "won", "gone"))
    return float(two.reach_by("won", [10], start="waiting")["shop"].iloc[0])


def _simulated_stays() -> float:
    from ..deepening import Ladder

    return len(Ladder.online_and_offline().simulate(pairs=800, weeks=104, seed=7))


def _karate_club() -> Any:
    from .. import community, data

    return community.from_table(data.load("karate_club"))


def _modularity() -> float:
    from .. import community

    return community.detect_communities(_karate_club(), seed=7).modularity


def _reach_on_a_ring() -> float:
    from .. import community

    rule = community.independent_cascade(0.3)
    return float(community.simulate(community.ring(6, 2), 0, rule, runs="exact").mean)


def _simulated_adopters() -> float:
    from .. import community

    rule = community.independent_cascade(0.1)
    return int(community.simulate(_karate_club(), "0", rule, runs=1_000, seed=7).sizes.sum())


def _imitation() -> float:
    from .. import data
    from ..fans import growth

    sold = data.load("bass_classics").query("series == 'color_television'")
    found = growth.fit(sold, growth.bass, estimator="Bass regression")
    return round(float(found.parameters["q"]), 3)


def _likelihood_of_buyers() -> float:
    from .. import data, fans

    return float(fans.fit_customers(data.load("cdnow")).log_likelihood)


ON_A_RING = 1 + sum(0.3**i + 0.3 ** (6 - i) - 0.3**6 for i in range(1, 6))
NUMBERS = (
    Known("streams", "first random number of seed 7", "numpy's promise", 944_904, _random_number),
    Known("stats", "share left of three, one late", "a sum by hand", 0.25, _share_left),
    Known("deepening", "chance of friendship online", "27/76", 27 / 76, _reach_friend),
    Known("deepening", "won before lost, in 10 weeks", "(1 - 1/e)/2", 0.31606027941, _won_first),
    Known("deepening", "stays of 800 simulated pairs", "an earlier run", 2_317, _simulated_stays),
    Known("community", "modularity of the karate club", "Brandes 2008", 0.4197896121, _modularity),
    Known("community", "reach on a ring of six", "its closed form", ON_A_RING, _reach_on_a_ring),
    Known("community", "adopters in 1,000 cascades", "an earlier run", 3_397, _simulated_adopters),
    Known("fans", "imitation, color television", "Bass 1969", 0.672, _imitation),
    Known("fans", "log likelihood, CDNOW", "Fader 2005", -9582.425560567, _likelihood_of_buyers),
)
