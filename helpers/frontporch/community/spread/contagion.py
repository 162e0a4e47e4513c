"""From a community, a start and a rule to who adopts: the one call of contagion."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from ...citing import cited
from ...names import pick
from ...result import Result
from ...rounding import number, to_error
from ...streams import Seed, root_key, run_keys
from ..graph.ties import Community
from .calls import numbered, read_call
from .engine.choice import run_rule
from .engine.compiled import chance_of_arcs
from .engine.frontier import kinds_of
from .enumeration import MOST_STATES, Enumeration, StatesError, enumerate_exactly
from .exact_cascade import cascade_exactly
from .rule import AnyRule, Rule
from .rules import IndependentCascade

if TYPE_CHECKING:
    import networkx
    import pandas as pd

FEW_STATES = 10_000
"""States of one step above which a cascade is followed person by person."""
UNTIMED = (
    "it is exact where the cascade ends, and not told after how many steps: runs=10_000 tells, and "
    "so does steps=5 where few people can be reached"
)


@dataclass(frozen=True, eq=False)
class Spread(Result):
    """How far something spread.

    Parameters
    ----------
    people : int
        How many people the community has.
    start : tuple
        Who had adopted at the start.
    rule : str
        The rule, as it was given.
    runs : int or "exact"
        How many runs, or that every course was followed.
    seed : object
        The seed; None for an exact enumeration.
    backend : str
        What computed it.
    sizes : numpy.ndarray of int
        How many adopted, those at the start included: one a run; for an exact enumeration
        every number that can come out.
    weights : numpy.ndarray of float
        Probability of each size.
    adopters : numpy.ndarray of float, shape (steps + 1,)
        Expected adopters so far, after each step; at the start and at the end alone where
        steps are not known.
    adopters_error : numpy.ndarray of float, shape (steps + 1,)
        Standard error of each.
    reached : numpy.ndarray of float, shape (people,)
        Share of runs in which each person adopted.
    carried : dict of str to float
        Expected adopters that each kind of tie brought; empty where ties have no kinds.
    notes : tuple of str
        What a reader must know, in words.
    """

    people: int
    start: tuple[Hashable, ...]
    rule: str
    runs: int | Literal["exact"]
    seed: Any
    backend: str
    sizes: NDArray[np.int64]
    weights: NDArray[np.float64]
    adopters: NDArray[np.float64]
    adopters_error: NDArray[np.float64]
    reached: NDArray[np.float64]
    carried: dict[str, float]
    notes: tuple[str, ...] = ()

    PICTURES: ClassVar[Mapping[str, str]] = {
        "adopters": "frontporch.community.pictures.adopters:plot_adopters",
        "carried": "frontporch.community.pictures.adopters:plot_carried",
    }

    def __repr__(self) -> str:
        """Say the mean, with its error."""
        if self.runs == "exact":
            mean, error = number(self.mean, 6), "exact"
        else:
            mean = to_error(self.mean, self.standard_error)
            error = f"± {number(self.standard_error, 2)}, {self.runs} runs"
        return f"Spread to {mean} of {self.people:,} people on average ({error})"

    @property
    def mean(self) -> float:
        """Expected number of adopters, those at the start included."""
        return float(self.adopters[-1])

    @property
    def standard_error(self) -> float:
        """Standard error of the mean over runs; 0 for an exact enumeration, missing for one run."""
        return float(self.adopters_error[-1])

    @property
    def timed(self) -> bool:
        """Whether adopters are known step by step."""
        return UNTIMED not in self.notes

    def check_timed(self) -> None:
        """Refuse to tell steps that are not known.

        Raises
        ------
        ValueError
            If only the end of the cascade is known.
        """
        if not self.timed:
            raise ValueError(f"steps of this spread are not known: {UNTIMED}.")

    def interval(self, name: str = "mean", level: float = 0.95) -> tuple[float, float]:
        """Give the confidence interval of the mean over runs."""
        pick(name, ("mean",), "interval")
        from ...stats.intervals import normal_quantile

        width = normal_quantile(level) * self.standard_error
        return self.mean - width, self.mean + width

    def quantile(self, share: float) -> int:
        """Give the size that this share of runs does not exceed."""
        if not 0 <= share <= 1:
            raise ValueError(f"share is {share}, but must be from 0 to 1.")
        order = np.argsort(self.sizes, kind="stable")
        upto = np.cumsum(self.weights[order])
        # A hair below, so that sums of weights that miss a share by rounding reach it.
        return int(self.sizes[order][min(np.searchsorted(upto, share - 1e-12), len(upto) - 1)])

    def by_step(self, level: float = 0.95) -> pd.DataFrame:
        """Show adopters so far after each step: `step`, `adopters`, `lower`, `upper`."""
        self.check_timed()
        import pandas as pd

        from ...stats.intervals import normal_quantile

        width = normal_quantile(level) * self.adopters_error
        return pd.DataFrame(
            {
                "step": np.arange(len(self.adopters)),
                "adopters": self.adopters,
                "lower": self.adopters - width,
                "upper": self.adopters + width,
            }
        )

    def summary(self, level: float = 0.95) -> pd.DataFrame:
        """Show the mean with its interval, the middle nine tenths of runs, and who carried it."""
        import pandas as pd

        lower, upper = self.interval(level=level)
        row = {
            "people": self.people,
            "start": len(self.start),
            "runs": self.runs,
            "mean": self.mean,
            "lower": lower,
            "upper": upper,
            "5 % of runs": self.quantile(0.05),
            "half of runs": self.quantile(0.5),
            "95 % of runs": self.quantile(0.95),
            "steps": len(self.adopters) - 1 if self.timed else "not known",
        }
        row |= {f"carried by {kind}": count for kind, count in self.carried.items()}
        return pd.DataFrame([row])


def _exactly(town: Community, begun: NDArray[np.int64], rule: Rule, steps: int | None) -> Spread:
    """Follow every course; a cascade that can take too many of them person by person."""
    chance = None
    if isinstance(rule, IndependentCascade) and steps is None:
        chance = chance_of_arcs(rule, town)
    backend, notes = "enumeration", []
    try:
        most = MOST_STATES if chance is None else FEW_STATES
        exact = enumerate_exactly(town, begun, rule, steps, most)
    except StatesError:
        if chance is None:
            raise
        sizes, reached = cascade_exactly(town, begun, chance)
        new = np.array([len(begun), reached.sum() - len(begun)])
        exact, backend = Enumeration(sizes, new, reached), "person by person"
        notes.append(UNTIMED)
    if kinds_of(town, rule):
        notes.append("exact enumeration does not say which kind of tie carried it")
    sizes = np.flatnonzero(exact.sizes)
    return Spread(
        town.size,
        tuple(town.names(begun)),
        rule.title,
        "exact",
        None,
        backend,
        sizes,
        exact.sizes[sizes],
        np.cumsum(exact.new),
        np.zeros(len(exact.new)),
        exact.reached,
        {},
        tuple(notes),
    )


@cited
def simulate(
    community: Community | networkx.Graph,
    start: Hashable | Iterable[Hashable],
    rule: AnyRule,
    runs: int | range | Literal["exact"] = 1_000,
    seed: Seed | None = None,
    *,
    steps: int | None = None,
    backend: str = "auto",
    threads: int = 1,
) -> Spread:
    """Let something spread from person to person, many times.

    Parameters
    ----------
    community : Community or networkx.Graph
        People and ties.
    start : one person or several
        Who has adopted at the start.
    rule : callable
        Such as `independent_cascade(0.1)`, or a function of your own; see Notes.
    runs : int, range or "exact"
        How many runs, or which: `range(1_000, 2_000)` goes on where 1,000 runs ended, with the
        same whole number as seed. "exact" follows every course: of an independent cascade in
        communities of dozens of people, of other rules in small ones.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the coins come from. Run k tosses the same coins however many runs there are,
        and on any number of threads.
    steps : int, optional
        How many steps at most; needed by rules that are asked every period.
    backend : {"auto", "numpy", "numba"}
        "numba" runs compiled kernels, which the given rules over ties have; it gives the same
        bits. "auto" takes it for large work where it is installed.
    threads : int
        How many threads the compiled kernels use.

    Returns
    -------
    Spread

    Raises
    ------
    TypeError, ValueError
        If there is no seed, a person is unknown, or the rule gives a wrong answer.
    MissingPackage
        If the backend is numba, which is not installed.

    Notes
    -----
    A function of your own sees all exposed ties at once, as arrays: `exposures`, `degree`,
    `strength`, `strong`, `kind`, `source`, `target`, `step`, `adopters` and others. It answers
    with True, False or a probability for each. `docs/rules.md` explains them, with examples.

    Examples
    --------
    >>> from frontporch import community
    >>> town = community.small_world(people=1_000, ties_each=10, shortcuts=0.05, seed=7)
    >>> rule = community.independent_cascade(0.1)
    >>> reach = simulate(town, start=[0, 33], rule=rule, runs=1_000, seed=7)
    >>> bool(reach.mean > 2 and reach.standard_error < 2)
    True
    """
    town, begun, rule = read_call(community, start, rule, steps, backend, threads)
    who = tuple(town.names(begun))
    if runs == "exact":
        return _exactly(town, begun, rule, steps)
    which = numbered(runs, "or 'exact'")
    runs = len(which)
    keys = run_keys(root_key(seed), which)
    used, outcome = run_rule(town, begun, rule, keys, steps, backend, threads)
    adopters = np.cumsum(outcome.new) / runs
    variance = np.cumsum(outcome.squares) / runs - adopters**2
    error = (
        np.sqrt(np.maximum(variance, 0) / (runs - 1))
        if runs > 1
        else np.full(len(adopters), np.nan)
    )
    notes = ("one run has no standard error",) if runs == 1 else ()
    return Spread(
        town.size,
        who,
        rule.title,
        int(runs),
        seed,
        used,
        outcome.sizes,
        np.full(runs, 1 / runs),
        adopters,
        error,
        outcome.reached / runs,
        dict(zip(kinds_of(town, rule), (outcome.carried / runs).tolist(), strict=True)),
        notes,
    )
