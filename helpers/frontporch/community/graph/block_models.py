"""Communities of neighbourhoods: blocks of people, front porches, fortresses, two layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...counting import repeat
from ...streams import Seed, generator
from .arrays import from_columns
from .shares import share
from .ties import Community

LAYERS = ("local", "online")


def block_model(
    sizes: Sequence[int],
    ties_within: float = 6.0,
    ties_between: float = 1.0,
    *,
    sociability: float = 0.0,
    seed: Seed,
) -> Community:
    """Tie people to others, mostly of their own neighbourhood; some are more sociable.

    Parameters
    ----------
    sizes : sequence of int
        People in each neighbourhood.
    ties_within, ties_between : float
        Expected ties of a person to their own neighbourhood and to all others, from 0 up.
    sociability : float
        Coefficient of variation of how sociable people are, from 0 up: 0 makes all alike.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    Community
        With `group`, the neighbourhood of each person.

    Notes
    -----
    A degree-corrected stochastic block model: Karrer & Newman (2011), Physical Review E
    83:016107. Each pair is tied at most once, so that dense blocks have a few ties less.

    Examples
    --------
    >>> town = block_model([50, 50], ties_within=6, ties_between=1, seed=7)
    >>> town.size, 5 < town.degree.mean() < 9
    (100, np.True_)
    """
    sizes_ = np.asarray(sizes)
    if sizes_.ndim != 1 or not len(sizes_) or sizes_.dtype.kind not in "iu" or sizes_.min() < 1:
        raise ValueError(f"sizes is {sizes!r}, but holds one whole number a neighbourhood.")
    for name, value in (
        ("ties_within", ties_within),
        ("ties_between", ties_between),
        ("sociability", sociability),
    ):
        if not (np.isfinite(value) and value >= 0):
            raise ValueError(f"{name} is {value!r}, but must be a number from 0 up.")
    rng = generator(seed)
    people = int(sizes_.sum())
    group = repeat(np.arange(len(sizes_)), sizes_)
    lively = np.ones(people)
    if sociability:
        lively = rng.gamma(1 / sociability**2, sociability**2, people)
    first = np.concatenate([[0], np.cumsum(sizes_)])
    upto = np.cumsum(lively)
    source, target = [], []
    for block in range(len(sizes_)):
        mine = slice(first[block], first[block + 1])
        count = rng.poisson(ties_within * sizes_[block] / 2) if sizes_[block] > 1 else 0
        for ends in (source, target):
            ends.append(_drawn(upto[mine] - upto[mine.start] + lively[mine.start], count, rng))
            ends[-1] = ends[-1] + mine.start
    if len(sizes_) > 1:
        # Pairs of the same neighbourhood are drawn again until none is left.
        need = rng.poisson(ties_between * people / 2)
        while need:
            a, b = _drawn(upto, need, rng), _drawn(upto, need, rng)
            apart = group[a] != group[b]
            source.append(a[apart])
            target.append(b[apart])
            need -= int(apart.sum())
    made = f"block_model(sizes={list(map(int, sizes_))})"
    return _simple(np.concatenate(source), np.concatenate(target), people, group, made)


def _drawn(upto: NDArray[np.float64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw people in proportion to their weight, from the running sum of the weights."""
    drawn = np.searchsorted(upto, rng.random(count) * upto[-1], side="right")
    return np.minimum(drawn, len(upto) - 1)


def _simple(source, target, people, group, made) -> Community:
    low, high = np.minimum(source, target), np.maximum(source, target)
    pairs = np.unique(low[low != high].astype(np.int64) * people + high[low != high])
    ends = (pairs // people, pairs % people)
    return from_columns(ends, people, {}, group=group, synthetic=made)


def fortress(community: Community, removed: float, seed: Seed) -> Community:
    """Close the front porches: take away a share of the ties within neighbourhoods.

    Parameters
    ----------
    community : Community
        With `group`, the neighbourhood of each person.
    removed : float
        Share of local ties that are taken away, from 0 (front porches) to 1 (fortresses).
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Examples
    --------
    >>> porches = block_model([40, 40], seed=7)
    >>> fortress(porches, removed=1.0, seed=7).ties < porches.ties / 2
    True
    """
    if community.group is None:
        raise ValueError("people of this community have no neighbourhood: give `group`.")
    keep = 1.0 - share(removed, "removed")
    source, target = community.sources, community.targets
    local = community.group[source] == community.group[target]
    low = np.minimum(source, target).astype(np.int64) * community.size + np.maximum(source, target)
    # Both arcs of a tie have one fate.
    _, tie = np.unique(low, return_inverse=True)
    stays = generator(seed).random(int(tie.max(initial=-1)) + 1) < keep
    return replace(
        community.kept(~local | stays[tie]), synthetic=f"{community.synthetic}, fortress"
    )


def with_shortcuts(community: Community, ties_each: float, seed: Seed) -> Community:
    """Add online ties between people drawn at random, beside the local ones.

    Parameters
    ----------
    community : Community
        Its ties become the layer "local" (or keep their layers).
    ties_each : float
        Expected online ties of a person, from 0 up.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    Community
        With layers "local" and "online"; pairs that are tied already get no second tie.

    Examples
    --------
    >>> town = with_shortcuts(block_model([40, 40], seed=7), ties_each=1.0, seed=7)
    >>> town.layers
    ('local', 'online')
    """
    if not (np.isfinite(ties_each) and ties_each >= 0):
        raise ValueError(f"ties_each is {ties_each!r}, but must be a number from 0 up.")
    if community.directed or community.strength is not None:
        raise ValueError("shortcuts are added to ties without direction and strength.")
    people, rng = community.size, generator(seed)
    once = community.sources < community.targets
    old = community.sources[once].astype(np.int64) * people + community.targets[once]
    old_layer = np.zeros(len(old), int) if community.layer is None else community.layer[once]
    layers = ("local",) if community.layer is None else community.layers
    layers = layers if "online" in layers else (*layers, "online")
    a, b = rng.integers(people, size=(2, rng.poisson(ties_each * people / 2)))
    new = np.unique(np.minimum(a, b)[a != b] * people + np.maximum(a, b)[a != b])
    new = new[~np.isin(new, old)]
    pairs = np.concatenate([old, new])
    layer = np.concatenate([old_layer, np.full(len(new), layers.index("online"))])
    return from_columns(
        (pairs // people, pairs % people),
        community.people or people,
        {"layer": layer},
        layers=layers,
        group=community.group,
        synthetic=f"{community.synthetic}, with_shortcuts(ties_each={ties_each})",
    )


def two_layers(
    sizes: Sequence[int],
    budget: float = 8.0,
    online: float = 3.0,
    *,
    crowding_out: bool,
    sociability: float = 0.0,
    seed: Seed,
) -> Community:
    """Tie people to neighbours and online, under a budget of ties.

    Parameters
    ----------
    sizes : sequence of int
        People in each neighbourhood.
    budget : float
        Expected ties that a person can keep.
    online : float
        Expected online ties of a person, from 0 to `budget`.
    crowding_out : bool
        Whether each online tie costs a local one; otherwise online ties come on top of all
        local ones that the budget allows.
    sociability : float
        As in `block_model`.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    Community
        With `group`, and with layers "local" and "online".

    Notes
    -----
    Whether online ties displace neighbours or supplement them is what Hampton & Wellman (2003),
    City & Community 2:277-311, asked in Netville.

    Examples
    --------
    >>> both = two_layers([100] * 4, crowding_out=False, seed=7)
    >>> less = two_layers([100] * 4, crowding_out=True, seed=7)
    >>> both.ties > less.ties
    True
    """
    if not 0 <= online <= budget:
        raise ValueError(f"online is {online!r}, but must be from 0 to the budget, {budget}.")
    first, second = generator(seed).spawn(2)
    local = block_model(
        sizes, budget - online if crowding_out else budget, 0.0, sociability=sociability, seed=first
    )
    made = f"two_layers(budget={budget}, online={online}, crowding_out={crowding_out})"
    return replace(with_shortcuts(local, online, second), synthetic=made)
