"""Whom to ask first: the one call, with a certificate and with every way side by side."""

from __future__ import annotations

import operator
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...citing import cited
from ...names import pick
from ...result import Result
from ...rounding import as_given, decimal
from ...streams import Seed, generator, root_key, run_keys
from ..graph.reading import as_community
from ..graph.ties import Community
from ..spread.contagion import simulate
from ..spread.rule import Rule
from .chances import both_ways, chances_of
from .greedy import OpenCascades, lazy_greedy
from .heuristics import heuristic_choices
from .opim import Certificate, opim_c
from .percolation import settled
from .reverse_reachable import other_root

if TYPE_CHECKING:
    import networkx
    import pandas as pd

METHODS = ("reverse reachable", "lazy greedy")
RUNS, FEWEST_RUNS = 1_000, 50
COINS = 5e6
"""Coins that counting one way may take before it is given fewer runs."""

MOST_CASCADES = 1_000_000
"""People times runs on which greedy follows cascades one by one."""


@dataclass(frozen=True, eq=False)
class Seeds(Result):
    """Whom to ask first, what is proved of them, and what other ways reach.

    Parameters
    ----------
    starters : tuple
        Whom to ask, the most useful first.
    certificate : Certificate
        Lower bound of their reach and upper bound of any choice of as many.
    certified : dict of str to float
        Share of the best possible reach that is proved of every way, each by itself.
    ways : dict of str to tuple
        Starters of every way, this one first.
    sizes : dict of str to numpy.ndarray of int64, shape (runs,)
        Incremental adopters of each way in each run, the starters included: those who would
        not have adopted without them. Run k tosses the same coins for every way, and those of
        run k of `simulate`.
    already : tuple
        Who had adopted before.
    community : Community
        People and ties.
    rule : callable
        The rule.
    method : str
        How the starters were chosen.
    seed : object
        The seed.
    notes : tuple of str
        What a reader must know, in words.
    """

    starters: tuple[Hashable, ...]
    certificate: Certificate
    certified: dict[str, float]
    ways: dict[str, tuple[Hashable, ...]]
    sizes: dict[str, NDArray[np.int64]]
    already: tuple[Hashable, ...]
    community: Community
    rule: Rule
    method: str
    seed: Any
    notes: tuple[str, ...] = ()

    PICTURES: ClassVar[Mapping[str, str]] = {
        "ways": "frontporch.community.seeding.pictures:plot_ways"
    }

    def __repr__(self) -> str:
        """Say whom, and what is proved."""
        some = ", ".join(map(str, self.starters[:5])) + (", …" if len(self.starters) > 5 else "")
        return (
            f"Ask {some} first: at least {decimal(self.certificate.lower)} adopters on average, "
            f"and no {len(self.starters)} others more than {decimal(self.certificate.upper)}"
        )

    @property
    def runs(self) -> int:
        """How many runs each way was counted on."""
        return len(self.sizes[self.method])

    def summary(self, level: float = 0.95) -> pd.DataFrame:
        """Show every way side by side, counted on the same runs.

        Returns
        -------
        pandas.DataFrame
            `way`; `adopters` (mean incremental adopters, the starters included) with `lower`
            and `upper`; `others` (adopters who were not asked); `behind` (mean adopters less
            than those of the first row, run by run) with `behind_lower` and `behind_upper`;
            `certified` (share of the best possible reach that is proved, each way by itself).
        """
        import pandas as pd

        from ...stats.intervals import normal_quantile

        width = normal_quantile(level) / np.sqrt(self.runs)
        rows = []
        for way, sizes in self.sizes.items():
            behind = self.sizes[self.method] - sizes
            error, apart = (width * one.std(ddof=1) for one in (sizes, behind))
            rows.append(
                {
                    "way": way,
                    "adopters": sizes.mean(),
                    "lower": sizes.mean() - error,
                    "upper": sizes.mean() + error,
                    "others": sizes.mean() - len(self.starters),
                    "behind": behind.mean(),
                    "behind_lower": behind.mean() - apart,
                    "behind_upper": behind.mean() + apart,
                    "certified": self.certified[way],
                }
            )
        return pd.DataFrame(rows)


@dataclass(frozen=True)
class Precision:
    """How much of the best possible reach is to be proved, and how surely.

    Parameters
    ----------
    certificate : float
        Ratio of lower to upper bound at which drawing stops, above 0 and below 1.
    confidence : float
        Probability that both bounds hold, above 0 and below 1.
    runs : int, optional
        Runs on which every way is counted, from 2 up; 1,000 if not given, or as few as 50 where
        much spreads.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> Precision(certificate=0.8)
    Precision(certificate=0.8, confidence=0.99, runs=None)
    """

    certificate: float = 0.7
    confidence: float = 0.99
    runs: int | None = None

    def __post_init__(self) -> None:
        """Hold every number against its range."""
        for name in ("certificate", "confidence"):
            value = getattr(self, name)
            if not 0 < value < 1:
                raise ValueError(
                    f"{name} is {value!r}, but must be above 0 and below 1, such as 0.7."
                )
        if self.runs is not None and operator.index(self.runs) < 2:
            raise ValueError(f"runs is {self.runs!r}, but must be a whole number from 2 up.")


AS_USUAL = Precision()


@cited
def influence_maximization(
    community: Community | networkx.Graph,
    k: int,
    rule: Rule,
    seed: Seed | None = None,
    *,
    method: str = "reverse reachable",
    already: Iterable[Hashable] = (),
    precision: Precision = AS_USUAL,
    **engine: Any,
) -> Seeds:
    """Choose whom to ask first, so that as many as possible adopt who would not have otherwise.

    Parameters
    ----------
    community : Community or networkx.Graph
        People and ties.
    k : int
        How many to ask, from 1 up.
    rule : IndependentCascade
        Such as `independent_cascade(0.1)` or `weighted_cascade()`.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the coins come from.
    method : {"reverse reachable", "lazy greedy"}
        "lazy greedy" adds the best person one after the other on fixed coins: for small
        communities. Both are given a certificate.
    already : several people
        Who has adopted before, such as the shop's customers. They are not asked, and whoever
        they bring anyway does not count.
    precision : Precision
        How much is to be proved, how surely, and on how many runs every way is counted.
    **engine
        `backend` and `threads`, as in `simulate`; the same choice either way.

    Returns
    -------
    Seeds

    Raises
    ------
    TypeError, ValueError
        If the rule is no independent cascade, or a number is out of range.

    Notes
    -----
    Source: Kempe, Kleinberg & Tardos (2003), KDD (greedy, 1 − 1/e); Borgs et al. (2014), SODA
    (reverse-reachable sets); Tang, Tang, Xiao & Yuan (2018), SIGMOD (stopping rule, bounds).

    Examples
    --------
    >>> from frontporch import community, data
    >>> club = community.from_table(data.load("karate_club"))
    >>> best = influence_maximization(club, 2, community.independent_cascade(0.1), seed=7)
    >>> sorted(best.starters), best.certificate.held
    (['0', '33'], True)
    """
    town = as_community(community)
    pick(method, METHODS, "method")
    before = np.unique(town.numbers(already))
    _checked(town, k, before)
    # A generator gives other coins each time it is asked: here all come from one root.
    seed = int(root_key(seed)) if isinstance(seed, np.random.Generator) else seed
    root = root_key(seed)
    found = opim_c(
        town,
        rule,
        k,
        root,
        already=before,
        wanted=precision.certificate,
        confidence=precision.confidence,
        **engine,
    )
    chosen = {METHODS[0]: found.chosen}
    if method == METHODS[1]:
        keys = run_keys(other_root(root, 2), np.arange(precision.runs or RUNS))
        chosen = {method: _greedily(town, rule, k, keys, before, **engine)} | chosen
    chosen |= heuristic_choices(town, k, generator(int(other_root(root, 3))), before)
    proved = found.certificate if method == METHODS[0] else found.certified(chosen[method])
    runs = precision.runs or _affordable(town, chosen[method], before, proved.reach)

    def reach(people: NDArray[np.int64]) -> NDArray[np.int64]:
        start = town.names(np.union1d(people, before))
        return simulate(town, start, rule, runs, seed, **engine).sizes

    known = reach(before) if len(before) else np.zeros(runs, dtype=np.int64)
    return Seeds(
        tuple(town.names(chosen[method])),
        proved,
        {way: found.certified(who).ratio for way, who in chosen.items()},
        {way: tuple(town.names(who)) for way, who in chosen.items()},
        {way: reach(who) - known for way, who in chosen.items()},
        tuple(town.names(before)) if len(before) else (),
        town,
        rule,
        method,
        seed,
        _notes(town, proved, precision.certificate),
    )


def _notes(town: Community, proved: Certificate, certificate: float) -> tuple[str, ...]:
    """Say what a reader must know of a choice."""
    notes = []
    if not proved.held:
        notes.append(
            f"the certificate is {decimal(proved.ratio, 2)}, less than the {as_given(certificate)} "
            "that was wanted: so much is proved, and no more"
        )
    if town.strength is None:
        notes.append("ties have no strength, so that nobody knows who is most loyal")
    return tuple(notes)


def _greedily(
    town: Community,
    rule: Rule,
    k: int,
    keys: NDArray[np.uint64],
    before: NDArray[np.int64],
    backend: str = "auto",
    threads: int = 1,
) -> NDArray[np.int64]:
    try:
        both_ways(town, chances_of(town, rule))
    except ValueError as error:
        if town.size * len(keys) > MOST_CASCADES:
            raise ValueError(
                f"lazy greedy on {len(keys):,} runs of {town.size:,} people takes too long here, "
                "as ties carry better one way: leave method out, or take fewer runs."
            ) from error
        courses = OpenCascades(town, rule, keys)
    else:
        courses = settled(town, rule, keys, None, backend, threads).opened()
    for person in before:
        courses.take(int(person))
    return np.array(lazy_greedy(courses, k)[0])


def _affordable(town, chosen, before, reach) -> int:
    """Give as many runs as are counted in a blink, but not too few."""
    degree = town.degree
    # Whom a tie leads to has more ties than people have on average.
    beyond = (degree.astype(float) ** 2).sum() / max(town.arcs, 1)
    coins = degree[np.union1d(chosen, before)].sum() + reach * beyond
    return int(np.clip(COINS / max(coins, 1), FEWEST_RUNS, RUNS))


def _checked(town: Community, k: int, before: NDArray[np.int64]) -> None:
    if isinstance(k, bool) or not 1 <= operator.index(k) <= town.size - len(before):
        raise ValueError(
            f"k is {k!r}, but "
            f"must be a whole number from 1 to {town.size - len(before)}, the people "
            "who can be asked."
        )
