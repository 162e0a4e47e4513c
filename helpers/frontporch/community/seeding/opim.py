"""OPIM-C: draw reverse-reachable sets until a choice is proved to be near the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..graph.ties import Community
from ..spread.rule import Rule
from .coverage import most_covering
from .reverse_reachable import ReverseReachable, Source, other_root

MOST_MEMBERS = 1 << 28
"""People in all sets of one stream together: 1 GB."""

CHEAP, CHEAP_EACH, ENOUGH = 600_000, 64, 0.9
"""While a stream and the community hold less than this, also by person, drawing goes on to here."""

GREEDY = 1 - 1 / np.e
FINEST = 0.05


@dataclass(frozen=True)
class Certificate:
    """What is proved of a choice of people.

    With probability `confidence` or more, both hold at once: the choice reaches at least
    `lower` people on average, and no choice of as many people reaches more than `upper`.

    Parameters
    ----------
    lower, upper : float
        The two bounds, in people.
    reach : float
        Unbiased estimate of what the choice reaches.
    sets : int
        Reverse-reachable sets behind each bound; they are two separate draws.
    confidence : float
        As above.
    wanted : float
        Ratio of the bounds at which drawing ended.
    """

    lower: float
    upper: float
    reach: float
    sets: int
    confidence: float
    wanted: float

    @property
    def ratio(self) -> float:
        """Share of the best possible reach that the choice is proved to have."""
        return self.lower / self.upper if self.upper > 0 else 1.0

    @property
    def held(self) -> bool:
        """Whether the ratio that was wanted has been proved."""
        return self.ratio >= self.wanted


def lower_bound(hits: float, sets: int, people: int, chance: float) -> float:
    """Bound the reach of a choice from below, by sets that had no part in making it.

    Parameters
    ----------
    hits : float
        Λ, how many of the sets the choice hits.
    sets, people : int
        θ and n.
    chance : float
        δ, probability that the bound fails.

    Notes
    -----
    n/θ · ((√(Λ + 2η/9) − √(η/2))² − η/18), η = ln(1/δ). Source: Tang, Tang, Xiao & Yuan (2018),
    SIGMOD.

    Examples
    --------
    >>> round(lower_bound(500, 1_000, 1_000, 0.01), 1)
    435.1
    """
    eta = np.log(1 / chance)
    root = np.sqrt(hits + 2 * eta / 9) - np.sqrt(eta / 2)
    return max(float((root**2 - eta / 18) * people / sets), 0.0) if root > 0 else 0.0


def upper_bound(hits: float, sets: int, people: int, chance: float) -> float:
    """Bound the reach of every choice from above, by what none of them hits more of.

    Parameters
    ----------
    hits : float
        Upper bound on how many sets any choice hits.
    sets, people : int
        θ and n.
    chance : float
        δ, probability that the bound fails.

    Notes
    -----
    n/θ · (√(Λ + η/2) + √(η/2))², η = ln(1/δ). Source: Tang, Tang, Xiao & Yuan (2018),
    SIGMOD.

    Examples
    --------
    >>> round(upper_bound(500, 1_000, 1_000, 0.01), 1)
    572.6
    """
    eta = np.log(1 / chance)
    return float((np.sqrt(hits + eta / 2) + np.sqrt(eta / 2)) ** 2 * people / sets)


def first_sets(people: int, k: int, fails: float) -> int:
    """Give how many sets are drawn first.

    Notes
    -----
    θ₀ = 2 ((1 − 1/e) √ln(6/δ) + √((1 − 1/e)(ln C(n, k) + ln(6/δ))))². Source: Tang, Tang, Xiao &
    Yuan (2018), SIGMOD, algorithm 2.

    Examples
    --------
    >>> first_sets(1_000, 10, 0.01)
    121
    """
    from math import lgamma

    ways = lgamma(people + 1) - lgamma(k + 1) - lgamma(people - k + 1)
    log = np.log(6 / fails)
    return int(np.ceil(2 * (GREEDY * np.sqrt(log) + np.sqrt(GREEDY * (ways + log))) ** 2))


@dataclass(eq=False)
class Search:
    """What a search for starters found.

    Parameters
    ----------
    chosen : numpy.ndarray of int64
        Whom greedy coverage chose.
    certificate : Certificate
        What is proved of them.
    second : ReverseReachable
        The sets behind the lower bound.
    open_ : numpy.ndarray of bool
        Those of them that count.
    fails : float
        Probability that one bound fails.
    surely : int
        Reach that any choice of as many people has for certain.
    """

    chosen: NDArray[np.int64]
    certificate: Certificate
    second: ReverseReachable
    open_: NDArray[np.bool_]
    fails: float
    surely: int

    def certified(self, people: NDArray[np.int64]) -> Certificate:
        """Say what is proved of other people, if nothing else is asked at the same time."""
        found, had = self.certificate, self.second
        hits = int((had.hit(people) & self.open_).sum())
        return Certificate(
            max(lower_bound(hits, len(had), had.people, self.fails), self.surely),
            found.upper,
            had.people * hits / len(had),
            len(had),
            found.confidence,
            found.wanted,
        )


def opim_c(
    town: Community,
    rule: Rule,
    k: int,
    root: np.uint64,
    *,
    already: NDArray[np.int64],
    wanted: float = 0.7,
    confidence: float = 0.99,
    backend: str = "auto",
    threads: int = 1,
) -> Search:
    """Choose k people by greedy coverage of sets, twice as many each round, until it is proved.

    Parameters
    ----------
    town : Community
        People and ties.
    rule : IndependentCascade
        The rule.
    k : int
        How many people.
    root : numpy.uint64
        Where the coins come from.
    already : numpy.ndarray of int64
        Numbers of those who have adopted; what they reach anyway does not count.
    wanted : float
        Ratio of lower to upper bound that is enough. Drawing stops before that where the next
        round would not fit into 1 GB, or after as many rounds as the published rule has at
        ε = 0.05.
    confidence : float
        Probability that the certificate holds.
    backend : str
        As in `live_edges`.
    threads : int
        With two or more the two streams are drawn side by side.

    Notes
    -----
    Source: Tang, Tang, Xiao & Yuan (2018), Online processing algorithms for influence
    maximization, SIGMOD, algorithm 2. The published rule stops at 1 − 1/e − ε; here the ratio
    can be set higher, as the upper bound is made from the data, and where a next round costs
    little it is drawn in any case: a choice that is just proved to be good is often some per
    cent behind the best. All rounds that there can be share the probability of failing.
    """
    fails = 1 - confidence
    sets = first_sets(town.size, k, fails)
    rounds = max(int(np.ceil(np.log2(town.size / (FINEST**2 * k)))), 1)
    each = fails / (3 * rounds)
    first = Source(town, rule, other_root(root, 0), backend)
    second = first.twin(other_root(root, 1))
    # Whoever starts is reached, unless others bring them anyway.
    surely = 0 if len(already) else k
    search = None
    for _ in range(rounds):
        if not _drawn((first, second), sets, threads):
            break
        one, two = first.drawn(), second.drawn()
        chosen, _, bound = most_covering(one, k, already, first.fast)
        open_ = ~two.hit(already)
        hits = int((two.hit(chosen) & open_).sum())
        found = Certificate(
            max(lower_bound(hits, sets, town.size, each), surely),
            min(upper_bound(bound, sets, town.size, each), town.size),
            town.size * hits / sets,
            sets,
            confidence,
            wanted,
        )
        search = Search(chosen, found, two, open_, each, surely)
        cheap = len(two.members) + town.size < min(CHEAP, CHEAP_EACH * town.size)
        if found.ratio >= max(wanted, ENOUGH) or (found.held and not cheap):
            break
        sets *= 2
    if search is None:
        raise ValueError(
            f"{sets:,} reverse-reachable sets of a community of {town.size:,} people do not fit "
            "into 1 GB: so much spreads that nearly any choice reaches the same. Lower the "
            "probability."
        )
    return search


def _drawn(streams: tuple[Source, Source], sets: int, threads: int) -> bool:
    if threads == 1:
        return all(one.draw(sets, MOST_MEMBERS) for one in streams)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        return all(list(pool.map(lambda one: one.draw(sets, MOST_MEMBERS), streams)))
