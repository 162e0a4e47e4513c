"""Contagion without chance: every course that it can take, with its probability."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...counting import indices
from ..graph.ties import Community
from .engine.frontier import reached
from .exposure import Exposed
from .rule import Rule, asked

MOST_STATES = 200_000
"""States of one step above which enumeration is given up."""


class StatesError(ValueError):
    """A contagion that can take more courses than are followed."""


@dataclass(eq=False)
class Enumeration:
    """What all courses of a contagion add up to.

    Parameters
    ----------
    sizes : numpy.ndarray of float, shape (people + 1,)
        Probability that 0, 1, 2, … people adopt.
    new : numpy.ndarray of float, shape (steps + 1,)
        Expected adopters in each step.
    reached : numpy.ndarray of float, shape (people,)
        Probability that each person adopts.
    """

    sizes: NDArray[np.float64]
    new: NDArray[np.float64]
    reached: NDArray[np.float64]


def enumerate_exactly(
    community: Community,
    start: NDArray[np.int64],
    rule: Rule,
    steps: int | None = None,
    most: int = MOST_STATES,
) -> Enumeration:
    """Follow every set of people who can have adopted, step by step.

    The state is who has adopted and who has just done so; given it, people adopt independently
    of each other.

    Parameters
    ----------
    community : Community
        A small one: up to about 16 people, or more where few can be reached. Cascades of
        more are followed person by person (`exact_cascade`).
    start : numpy.ndarray of int64
        Numbers of those who have adopted at the start.
    rule : callable
        Its answer, or that of its method `chance`, must be a probability or certain.
    steps : int, optional
        How many steps at most.
    most : int
        States of one step that are followed.

    Raises
    ------
    StatesError
        If there are more.
    ValueError
        If the rule tosses a coin by itself.
    """
    people = community.size
    begun = sum(1 << int(k) for k in start)
    states: dict[tuple[int, int], float] = {(begun, begun): 1.0}
    ended: dict[int, float] = defaultdict(float)
    new = [float(len(start))]
    period = rule.each_period
    step = 0
    while states:
        if step == steps:
            for (adopted, _), weight in states.items():
                ended[adopted] += weight
            break
        step += 1
        chances = _chances(community, list(states), rule, step, period)
        following: dict[tuple[int, int], float] = defaultdict(float)
        gained = 0.0
        for ((adopted, _), weight), targets in zip(states.items(), chances, strict=True):
            for added, probability in _outcomes(targets, most):
                worth = weight * probability
                gained += worth * added.bit_count()
                stays = not added and (not period or not targets or rule.settles)
                if stays:
                    ended[adopted] += worth
                else:
                    following[adopted | added, added] += worth
            if len(following) > most:
                raise StatesError(
                    f"exact enumeration would follow more than {most:,} states: take a "
                    f"smaller community than {people} people, or runs=10_000."
                )
        new.append(gained)
        if period:
            # Who has just adopted makes no difference to a rule that counts all who have.
            merged: dict[tuple[int, int], float] = defaultdict(float)
            for (adopted, _), weight in following.items():
                merged[adopted, adopted] += weight
            following = merged
        states = following
    while len(new) > 1 and not new[-1]:
        new.pop()
    sizes, met = np.zeros(people + 1), np.zeros(people)
    for adopted, weight in ended.items():
        sizes[adopted.bit_count()] += weight
        met += weight * _bits([adopted], people)[0]
    return Enumeration(sizes, np.array(new), met)


def _chances(community, states, rule: Rule, step, period) -> list[list[tuple[int, float]]]:
    """For each state give whom the rule may reach, and with which probability."""
    people = community.size
    adopted = _bits([both[0] for both in states], people)
    fresh = _bits([both[1] for both in states], people)
    everybody = adopted.ravel()
    tallies = {name: np.zeros(adopted.size, dtype=np.int64) for name in rule.reads}
    older = np.flatnonzero(adopted & ~fresh)
    if tallies and len(older):
        reached(community, rule, older, everybody, step, None, tallies)
    at, exposed = reached(community, rule, np.flatnonzero(fresh), everybody, step, None, tallies)
    if period:
        at = np.flatnonzero(~everybody)
        exposed = Exposed(
            community,
            step,
            at // people,
            at % people,
            None,
            None,
            None,
            adopted,
            {name: one[at] for name, one in tallies.items()},
        )
    found: list[list[tuple[int, float]]] = [[] for _ in states]
    if not len(at):
        return found
    chance = asked(rule, exposed, chances=True)
    order = np.argsort(at, kind="stable")
    at, chance = at[order], chance[order]
    head = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]]))
    one_minus = np.multiply.reduceat(1.0 - chance, indices(head))
    for k, probability in zip(at[head].tolist(), (1.0 - one_minus).tolist(), strict=True):
        found[k // people].append((1 << (k % people), probability))
    return found


def _outcomes(targets: list[tuple[int, float]], most: int) -> list[tuple[int, float]]:
    """Give every set of adopters that one step can bring, with its probability."""
    outcomes = [(0, 1.0)]
    for person, chance in targets:
        if chance > 0:
            outcomes = [
                (added | (person if yes else 0), weight * (chance if yes else 1.0 - chance))
                for added, weight in outcomes
                for yes in ((True,) if chance == 1 else (False, True))
            ]
        if len(outcomes) > most:
            raise StatesError(
                f"exact enumeration would follow more than {most:,} outcomes of one step: "
                "take a smaller community, or runs=10_000."
            )
    return outcomes


def _bits(masks: list[int], people: int) -> NDArray[np.bool_]:
    """Spread whole numbers into one True or False a person, shape (masks, people)."""
    size = (people + 7) // 8
    raw = np.frombuffer(b"".join(one.to_bytes(size, "little") for one in masks), dtype=np.uint8)
    bits = np.unpackbits(raw.reshape(len(masks), size), axis=1, bitorder="little")
    return bits[:, :people].astype(bool)
