"""Contagion in numpy: the frontier of many runs at once, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ....counting import bincount, repeat
from ....elementary import log
from ...graph.arcs import arcs_from
from ...graph.ties import Community
from ..exposure import Exposed
from ..rule import Rule, asked, worth_of

BLOCK = 1 << 18
"""Entries of (run, person) that are worked on at once: they lie near the processor."""


@dataclass(eq=False)
class Outcome:
    """Sums over runs, whole numbers wherever people are counted: they add up in any order.

    Parameters
    ----------
    sizes : numpy.ndarray of int64, shape (runs,)
        How many had adopted at the end of each run, those at the start included.
    new : numpy.ndarray of int64, shape (steps + 1,)
        How many adopted in each step, over all runs.
    squares : numpy.ndarray of int64, shape (steps + 1,)
        By how much the squares of the runs' adopters so far grew in each step, summed.
    reached : numpy.ndarray of int64, shape (people,)
        In how many runs each person adopted.
    carried : numpy.ndarray, shape (kinds,)
        How many adopters each kind of tie brought, over all runs.
    """

    sizes: NDArray[np.int64]
    new: NDArray[np.int64]
    squares: NDArray[np.int64]
    reached: NDArray[np.int64]
    carried: NDArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @classmethod
    def together(cls, parts: Sequence[Outcome]) -> Outcome:
        """Put the outcomes of runs in order into one."""
        steps = max(len(one.new) for one in parts)

        def added(name: str, length: int) -> NDArray:
            return np.sum(
                [np.pad(a := getattr(one, name), (0, length - len(a))) for one in parts], axis=0
            )

        return cls(
            np.concatenate([one.sizes for one in parts]),
            added("new", steps),
            added("squares", steps),
            added("reached", len(parts[0].reached)),
            added("carried", len(parts[0].carried)),
        )


@dataclass(eq=False)
class Trace:
    """What happened to each person in each run of a block.

    Parameters
    ----------
    step : numpy.ndarray of int32, shape (runs, people)
        Step in which a person adopted; 0 for those at the start, −1 for those who never did.
    arc : numpy.ndarray of int64, shape (runs, people)
        Arc over which it came; −1 where none.
    """

    step: NDArray[np.int32]
    arc: NDArray[np.int64]


def run_frontier(
    community: Community,
    start: NDArray[np.int64],
    rule: Rule,
    keys: NDArray[np.uint64],
    steps: int | None = None,
    trace: Trace | None = None,
) -> Outcome:
    """Run one block of runs.

    Parameters
    ----------
    community : Community
        People and ties.
    start : numpy.ndarray of int64
        Numbers of those who have adopted at the start, each once.
    rule : Rule
        See `frontporch.community.spread.rule`.
    keys : numpy.ndarray of uint64, shape (runs,)
        Keys of the runs.
    steps : int, optional
        How many steps at most.
    trace : Trace, optional
        Filled, if given.
    """
    block = _Block(community, start, rule, keys, trace)
    step_on = block.by_period if rule.each_period else block.by_tie
    while block.step != steps and step_on():
        pass
    return block.outcome()


class _Block:
    """Runs that are worked on at once: who has adopted in each, and the sums over all."""

    def __init__(
        self,
        community: Community,
        start: NDArray[np.int64],
        rule: Rule,
        keys: NDArray[np.uint64],
        trace: Trace | None,
    ) -> None:
        self.community, self.rule, self.keys, self.trace = community, rule, keys, trace
        people, runs = community.size, len(keys)
        self.adopted = np.zeros(runs * people, dtype=bool)
        self.fresh = (np.arange(runs)[:, None] * people + np.sort(start)).ravel()
        self.adopted[self.fresh] = True
        self.sizes = np.full(runs, len(start), dtype=np.int64)
        self.new, self.squares = [int(self.fresh.size)], [int((self.sizes**2).sum())]
        self.tallies = {name: np.zeros(runs * people, dtype=np.int64) for name in rule.reads}
        self.kinds = kinds_of(community, rule)
        self.carried = np.zeros(len(self.kinds), dtype=float if rule.each_period else np.int64)
        self.step = 0

    def by_tie(self) -> bool:
        """Ask the rule for each tie of those who have just adopted; say whether to go on."""
        if not len(self.fresh):
            return False
        self.step += 1
        at, exposed = self._reached()
        if not len(at):
            return False
        yes = np.flatnonzero(asked(self.rule, exposed))
        came = at[yes]
        if len(came) and self.rule.adds_up:
            # All who reach a person in the step that tips it share the credit, by weight.
            yes = np.flatnonzero(np.isin(at, came))
            came = at[yes]
        lottery = bool(self.kinds) or self.trace is not None
        came, first = _once(came, exposed, yes, self.rule if lottery else None)
        if self.kinds:
            self.carried += bincount(exposed.kind[first], minlength=len(self.kinds))
        if self.trace is not None:
            self.trace.arc.reshape(-1)[came] = exposed.arc[first]
        self._adopt(came)
        return True

    def by_period(self) -> bool:
        """Ask the rule for everybody who has not adopted; say whether to go on."""
        self.step += 1
        people = self.community.size
        if self.tallies:
            self._reached()
        at = np.flatnonzero(~self.adopted)
        if not len(at):
            return False
        exposed = Exposed(
            self.community,
            self.step,
            at // people,
            at % people,
            None,
            None,
            self.keys,
            self.adopted.reshape(-1, people),
            {name: one[at] for name, one in self.tallies.items()},
        )
        yes = np.flatnonzero(asked(self.rule, exposed))
        if self.kinds:
            parts = np.array(
                [np.broadcast_to(one, len(exposed)) for one in self.rule.parts(exposed)]
            )
            self.carried += (parts[:, yes] / parts[:, yes].sum(axis=0)).sum(axis=1)
        self._adopt(at[yes])
        return bool(len(yes)) or not self.rule.settles

    def _reached(self) -> tuple[NDArray[np.int64], Exposed]:
        return reached(
            self.community,
            self.rule,
            self.fresh,
            self.adopted,
            self.step,
            self.keys,
            self.tallies,
        )

    def _adopt(self, came: NDArray[np.int64]) -> None:
        """Let these adopt in this step, as run · people + person."""
        if self.trace is not None:
            self.trace.step.reshape(-1)[came] = self.step
        self.fresh = came
        self.adopted[came] = True
        before = self.sizes
        self.sizes = before + bincount(came // self.community.size, minlength=len(self.keys))
        self.new.append(len(came))
        self.squares.append(int((self.sizes**2 - before**2).sum()))

    def outcome(self) -> Outcome:
        """Give the sums; steps at the end in which nobody adopted are left out."""
        while len(self.new) > 1 and not self.new[-1]:
            self.new.pop(), self.squares.pop()
        reached_in = self.adopted.reshape(len(self.keys), self.community.size).sum(
            axis=0, dtype=np.int64
        )
        return Outcome(
            self.sizes, np.array(self.new), np.array(self.squares), reached_in, self.carried
        )


def reached(
    community: Community,
    rule: Rule,
    fresh: NDArray[np.int64],
    adopted: NDArray[np.bool_],
    step: int,
    keys: NDArray[np.uint64] | None,
    tallies: dict[str, NDArray[np.int64]],
) -> tuple[NDArray[np.int64], Exposed]:
    """Find the ties to people who have not adopted, and count them among their exposures.

    Parameters
    ----------
    fresh : numpy.ndarray of int64
        Those whose ties are looked at, as run · people + person, in order.
    adopted : numpy.ndarray of bool, shape (runs · people,)
        Who has adopted.
    tallies : dict of str to numpy.ndarray
        Exposures so far; these are added.

    Returns
    -------
    at : numpy.ndarray of int64
        Who is reached by each tie, as run · people + person.
    exposed : Exposed
    """
    people = community.size
    run, source = np.divmod(fresh, people)
    arc, which = arcs_from(community, source)
    at = run[which] * people + community.targets[arc]
    open_ = np.flatnonzero(~adopted[at])
    if tallies:
        # Side by side those who reach the same person, in the order of their numbers.
        open_ = open_[np.argsort(at[open_], kind="stable")]
    at, arc, which = at[open_], arc[open_], which[open_]
    exposed = Exposed(
        community,
        step,
        run[which],
        at - run[which] * people,
        source[which],
        arc,
        keys,
        adopted.reshape(-1, people),
        {},
    )
    if len(at):
        exposed.tallies.update(counted(rule, exposed, at, tallies))
    return at, exposed


def counted(
    rule: Rule, exposed: Exposed, at: NDArray[np.int64], tallies: dict[str, NDArray[np.int64]]
) -> dict[str, NDArray[np.int64]]:
    """Add ties to the tallies of the people they reach, and give the running count of each."""
    if not tallies:
        return {}
    head = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]]))
    size = np.diff(np.concatenate([head, [len(at)]]))
    found = {}
    for name, sums in tallies.items():
        if name == "exposures":
            worth = np.ones(len(at), dtype=np.int64)
        elif name == "strong":
            worth = exposed.strong.astype(np.int64)
        else:
            worth = worth_of(rule, exposed)
        total = np.cumsum(worth)
        before = sums[at[head]] - (total[head] - worth[head])
        found[name] = total + repeat(before, size)
        sums[at[head]] = found[name][head + size - 1]
    return found


def _once(came, exposed, yes, rule):
    """Keep each adopter once; where a rule is given, with the tie that brought them."""
    if rule is None:
        came = np.sort(came)
    else:
        order = np.lexsort((_lots(exposed, yes, rule), came))
        came, yes = came[order], yes[order]
    if len(came) < 2:
        return came, yes
    once = np.concatenate([[True], came[1:] != came[:-1]])
    return came[once], yes if rule is None else yes[once]


def _lots(exposed, yes, rule):
    """Give each tie its lot: the lowest brings the adopter, with a chance by the tie's weight."""
    coin = exposed.coin[yes]
    if "pressure" not in rule.reads:
        return coin
    weight = worth_of(rule, exposed)[yes]
    return np.divide(-log(1 - coin), weight, out=np.full(len(coin), np.inf), where=weight > 0)


def kinds_of(community: Community, rule: Rule) -> tuple[str, ...]:
    """Give the kinds that the adopters of a rule are told apart by."""
    return tuple(rule.kinds) if rule.each_period else community.kinds
