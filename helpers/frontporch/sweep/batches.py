"""Runs that are still to do, given out in batches of about half a second of work."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .plans import Plan
from .worker import Outcome, Part

WORK = 0.5
"""Seconds of work in a batch: what an engine needs for one is then little beside it."""
MOST = 20_000
"""Runs in a batch at most."""
GROWTH = 4
"""So many times as large as the last one a batch is at most."""
TRIES = 3
"""So many workers a run may lose, each time alone, before it counts as the cause."""


@dataclass(frozen=True)
class Batch:
    """Some runs that one worker computes.

    Parameters
    ----------
    parts : tuple of Part
        The runs.
    alone : bool
        Whether no other batch is out meanwhile, so that it is known which one ends a worker.
    lost : int
        How many workers it has lost so far while it was alone.
    """

    parts: tuple[Part, ...]
    alone: bool = False
    lost: int = 0

    @property
    def size(self) -> int:
        """How many runs it has."""
        return sum(len(one.replicates) for one in self.parts)


class Batches:
    """What is still to do.

    Parameters
    ----------
    plan : Plan
        All runs.
    there : mapping of str to set of int
        Replicates that are in the store already, by point.
    """

    def __init__(self, plan: Plan, there: Mapping[str, set[int]]) -> None:
        self._left: deque[Part] = deque()
        self._suspects: deque[Batch] = deque()
        every = range(plan.replications)
        for key, point in plan.distinct().items():
            known = there.get(key, set())
            missing: Sequence[int] = [k for k in every if k not in known] if known else every
            if missing:
                self._left.append(Part(key, point.sent, missing))
        self._count = sum(len(one.replicates) for one in self._left)
        self._most, self._pace = 1.0, 0.0

    @property
    def waiting(self) -> int:
        """How many runs are to be given out."""
        return self._count + sum(one.size for one in self._suspects)

    def next(self, workers: int, out: int) -> Batch | None:
        """Give the next batch; None where nothing may go out now.

        Parameters
        ----------
        workers : int
            How many work at once.
        out : int
            How many batches are out.
        """
        if self._suspects:
            return self._suspects.popleft() if out == 0 else None
        if not self._count:
            return None
        most = min(self._most, MOST, WORK / self._pace if self._pace else 1)
        # Towards the end batches are small, so that no worker waits for another.
        return self._cut(max(1, min(int(most), -(-self._count // (2 * workers)))))

    def _cut(self, size: int) -> Batch:
        parts, left = [], size
        while left and self._left:
            part = self._left.popleft()
            if len(part.replicates) > left:
                self._left.appendleft(part._replace(replicates=part.replicates[left:]))
                part = part._replace(replicates=part.replicates[:left])
            parts.append(part)
            left -= len(part.replicates)
        batch = Batch(tuple(parts))
        self._count -= batch.size
        return batch

    def arrived(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        """Learn how long runs take, and take back what a worker had no time for."""
        seconds = sum(one.seconds for one in outcomes)
        if outcomes:
            pace = max(seconds / len(outcomes), 1e-7)
            self._pace = pace if not self._pace else (self._pace + pace) / 2
        self._most = min(max(self._most, GROWTH * len(outcomes)), MOST)
        if len(outcomes) < batch.size:
            rest = tuple(_without(batch.parts, len(outcomes)))
            self._left.extendleft(reversed(rest))
            self._count += sum(len(one.replicates) for one in rest)

    def lost(self, batch: Batch) -> list[Outcome]:
        """Take back a batch whose worker ended; a run that ends every worker has failed.

        Returns
        -------
        list of Outcome
            The run that failed, if it is known to be one.
        """
        if not batch.alone:
            self._suspects.append(Batch(batch.parts, alone=True))
        elif batch.size > 1:
            half = batch.size // 2
            first = Batch(tuple(_first(batch.parts, half)), alone=True)
            rest = Batch(tuple(_without(batch.parts, half)), alone=True)
            self._suspects.extendleft((rest, first))
        elif batch.lost + 1 < TRIES:
            self._suspects.appendleft(Batch(batch.parts, alone=True, lost=batch.lost + 1))
        else:
            (part,) = batch.parts
            told = (
                f"the worker ended {TRIES} times while it computed this run alone: it was killed, "
                "ran out of memory, or the function ends its process"
            )
            outcome = Outcome(part.key, part.replicates[0], "failed", "", "worker", told, "", 0.0)
            return [outcome]
        return []


def _first(parts: Iterable[Part], count: int) -> Iterable[Part]:
    for part in parts:
        if count <= 0:
            return
        yield part._replace(replicates=part.replicates[:count])
        count -= len(part.replicates)


def _without(parts: Iterable[Part], count: int) -> Iterable[Part]:
    for part in parts:
        if count < len(part.replicates):
            yield part._replace(replicates=part.replicates[max(count, 0) :])
        count -= len(part.replicates)
