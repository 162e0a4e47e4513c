"""The way into the compiled kernels: which rules have one, work spaces, threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...graph.ties import Community
from ..exposure import UNIT, Exposed
from ..rule import Rule
from ..rules import (
    ByExposure,
    ComplexContagion,
    IndependentCascade,
    LinearThreshold,
    one_over_degree,
)
from .frontier import Outcome

PIECE = 1 << 22
"""Arcs whose chances are computed at once."""

KEPT_SPACES = 4
HITS = 1 << 12  # arcs of one adopter that are worked on at once
NEAR = 1 << 15  # members whose state lies near the processor: so many runs go together
NOTHING = np.zeros(0)


@dataclass(frozen=True, eq=False)
class Plan:
    """What a kernel needs to know of a rule.

    Parameters
    ----------
    kernel : {"cascades", "cascade", "thresholds", "trials"}
        Which kernel.
    mode : str or bool
        Which of its ways: by person or by arc, or the name of a constant.
    values : mapping of str to object
        Its parameters, as far as they differ from nothing.
    """

    kernel: str
    mode: str | bool = ""
    values: dict[str, Any] = field(default_factory=dict)


def chance_by(rule: IndependentCascade, community: Community) -> tuple[str, NDArray | None]:
    """Give the chance of a cascade's coins: one for all, by the person reached, or by arc.

    Returns
    -------
    by : {"ALIKE", "BY_PERSON", "BY_ARC"}
    chance : numpy.ndarray of float, or None
        None if the rule's own function looks at more than the ties themselves.

    Examples
    --------
    >>> from frontporch import community
    >>> trio = community.from_arrays([0, 1], [1, 2])
    >>> by, chance = chance_by(community.weighted_cascade(), trio)
    >>> by, chance.tolist()
    ('BY_PERSON', [1.0, 0.5, 1.0])
    """
    p = rule.probability
    if not callable(p):
        return "ALIKE", np.array([p], dtype=float)
    if p is one_over_degree:
        return "BY_PERSON", 1.0 / np.maximum(community.in_degree, 1)
    return "BY_ARC", _of_every_arc(p, community)


def chance_of_arcs(rule: IndependentCascade, community: Community) -> NDArray | None:
    """Give the chance of every arc, or None if the rule looks at more than the ties themselves.

    Examples
    --------
    >>> from frontporch import community
    >>> trio = community.from_arrays([0, 1], [1, 2])
    >>> chance_of_arcs(community.weighted_cascade(), trio).tolist()
    [0.5, 1.0, 1.0, 0.5]
    """
    by, chance = chance_by(rule, community)
    if chance is None or by == "BY_ARC":
        return chance
    return chance[community.targets] if by == "BY_PERSON" else np.full(community.arcs, chance[0])


def plan_of(rule: Rule, community: Community) -> Plan | None:
    """Give what a kernel needs to know of a rule, or None if the rule has no kernel."""
    if isinstance(rule, IndependentCascade):
        by, chance = chance_by(rule, community)
        if chance is None:
            return None
        if community.kinds:
            chance = np.full(community.size, chance[0]) if by == "ALIKE" else chance
            return Plan("cascade", by != "BY_ARC", {"chance": chance})
        return Plan("cascades", by, {"limits": np.ceil(chance * 2.0**53).astype(np.uint64)})
    if isinstance(rule, ComplexContagion):
        return Plan("thresholds", "COUNT", {"needed": rule.needed(community.in_degree)})
    if isinstance(rule, ByExposure):
        return Plan("trials", "", {"chances": np.array(rule.probabilities)})
    if isinstance(rule, LinearThreshold):
        if not rule.by_strength:
            return Plan("thresholds", "SHARE", {"degree": community.in_degree})
        share = _of_every_arc(rule.weigh, community)
        return Plan("thresholds", "PRESSURE", {"worth": np.rint(share / UNIT).astype(np.int64)})
    return None


def _of_every_arc(function: Callable[[Exposed], Any], community: Community) -> NDArray | None:
    """Ask a function of ties for all arcs; None if it looks at more than the ties themselves."""
    answers = []
    source = community.sources
    for first in range(0, community.arcs, PIECE):
        arc = np.arange(first, min(first + PIECE, community.arcs))
        ties = Exposed(
            community,
            None,
            np.zeros(len(arc), dtype=np.int64),
            community.targets[arc].astype(int),
            source[arc].astype(int),
            arc,
            None,
            None,
            {},
        )
        try:
            answer = np.asarray(function(ties), dtype=float)
        except (AttributeError, TypeError, ValueError):
            return None
        if answer.shape not in ((), arc.shape) or not ((answer >= 0) & (answer <= 1)).all():
            return None
        answers.append(np.broadcast_to(answer, arc.shape))
    return np.concatenate(answers) if answers else NOTHING


class WorkSpace:
    """Arrays that a kernel works in; it leaves them as it found them, for the next call."""

    def __init__(self, people: int) -> None:
        """Make them for so many people."""
        self.people = people
        self.shift = max(people - 1, 1).bit_length()
        self.together = max(NEAR >> self.shift, 1)
        members = self.together << self.shift if self.together > 1 else people
        self.seen = np.zeros(members, dtype=np.uint8)
        self.queue = np.zeros(members + 1, dtype=np.int32)
        self.new = np.zeros(people + 1, dtype=np.int64)
        self.squares = np.zeros(people + 1, dtype=np.int64)
        self.reached = np.zeros(people, dtype=np.int32)
        self.lowest = np.zeros(0)
        self.through = np.zeros(0, dtype=np.int64)
        self.when = np.zeros(0, dtype=np.int32)
        self.tally = np.zeros(0, dtype=np.int64)
        self.met = np.zeros(0, dtype=np.int32)
        self.hits = np.zeros(HITS, dtype=np.int32)
        self.via = np.zeros(HITS, dtype=np.int64)
        self.givers = np.zeros(HITS, dtype=np.int32)
        self.masks = np.zeros(HITS, dtype=np.uint64)
        self.bases = np.zeros(HITS, dtype=np.int64)

    def with_lottery(self) -> None:
        """Make room for the tie that brought each person."""
        if not len(self.lowest):
            self.lowest = np.zeros(self.people)
            self.through = np.zeros(self.people, dtype=np.int64)
            self.when = np.zeros(self.people, dtype=np.int32)

    def with_tally(self) -> None:
        """Make room for the exposures of each person."""
        if not len(self.tally):
            self.tally = np.zeros(self.people, dtype=np.int64)
            self.met = np.zeros(self.people, dtype=np.int32)


_free: list[WorkSpace] = []
_lock = threading.Lock()


def _taken(people: int) -> WorkSpace:
    with _lock:
        for k, one in enumerate(_free):
            if one.people == people:
                return _free.pop(k)
    return WorkSpace(people)


def _given_back(space: WorkSpace) -> None:
    with _lock:
        _free.append(space)
        del _free[:-KEPT_SPACES]


def run_compiled(
    community: Community,
    start: NDArray[np.int64],
    plan: Plan,
    keys: NDArray[np.uint64],
    steps: int | None = None,
    threads: int = 1,
) -> Outcome:
    """Run a plan, the runs spread over threads; bits do not hang on how many there are."""
    pieces = np.array_split(keys, min(len(keys), 1 if threads == 1 else 4 * threads))

    def run(some: NDArray[np.uint64]) -> Outcome:
        space = _taken(community.size)
        outcome = _run(community, start, plan, some, -1 if steps is None else steps, space)
        # One that was interrupted does not come back: it is in no state to be used again.
        _given_back(space)
        return outcome

    if threads == 1:
        return Outcome.together([run(some) for some in pieces])
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        return Outcome.together(list(pool.map(run, pieces)))


def _run(community, start, plan, keys, steps, space) -> Outcome:
    from . import kernels

    carried = np.zeros(len(community.kinds), dtype=np.int64)
    kind = community.kind if community.kinds else np.zeros(0, dtype=np.uint8)
    if community.kinds:
        space.with_lottery()
    sizes = np.zeros(len(keys), dtype=np.int64)
    town = (community.starts, community.targets, community.directed)
    call = (start, keys, steps)
    sums = (sizes, space.new, space.squares, space.reached)
    if plan.kernel == "cascades":
        from . import lockstep

        limits, targets = plan.values["limits"], community.targets
        if len(targets) < lockstep.LANES:
            targets = _readonly(np.resize(targets, lockstep.LANES)) if len(targets) else targets
            limits = np.resize(limits, lockstep.LANES) if plan.mode == "BY_ARC" else limits
        town = (community.starts, targets, community.directed)
        lanes = (space.shift, space.together)
        work = (space.seen, space.queue, space.masks, space.via, space.bases)
        by = getattr(lockstep, plan.mode)
        deepest, _ = lockstep.cascades(town, call, by, limits, lanes, work, sums)
    elif plan.kernel == "cascade":
        work = (
            space.seen,
            space.queue,
            space.hits,
            space.via,
            space.givers,
            space.lowest,
            space.through,
        )
        deepest, _ = kernels.cascade(
            town, call, plan.mode, plan.values["chance"], _readonly(kind), work, (*sums, carried)
        )
    else:
        sums = (*sums, carried)
        deepest, _ = _run_thresholds(town, call, plan, _readonly(kind), space, sums)
    used = slice(0, deepest + 1)
    outcome = Outcome(
        sizes,
        space.new[used].copy(),
        space.squares[used].copy(),
        space.reached.astype(np.int64),
        carried,
    )
    space.new[used] = space.squares[used] = 0
    space.reached[:] = 0
    return outcome


def _run_thresholds(town, call, plan, kind, space, sums) -> tuple[int, int]:
    """Call the kernel in which exposures add up, with what the plan says of the rule."""
    from . import kernels

    space.with_tally()
    whole = np.zeros(0, dtype=np.int64)
    work = (
        space.seen,
        space.queue,
        space.lowest,
        space.through,
        space.when,
        space.tally,
        space.met,
    )
    if plan.kernel == "trials":
        return kernels.trials(town, call, plan.values["chances"], kind, work, sums)
    rule = (
        plan.values.get("needed", whole),
        _readonly(plan.values.get("degree", whole)),
        plan.values.get("worth", whole),
        UNIT,
    )
    return kernels.thresholds(town, call, getattr(kernels, plan.mode), rule, kind, work, sums)


def _readonly(array: NDArray) -> NDArray:
    """Give a view that is not written to: a kernel is compiled once for all such arrays."""
    view = array.view()
    view.flags.writeable = False
    return view
