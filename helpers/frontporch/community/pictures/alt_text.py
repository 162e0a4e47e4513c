"""What a picture of a community shows, as sentences for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ...rounding import percent
from ..graph.ties import Community
from .steps import Steps

MOST_GROUPS = 8


def tell_community(
    community: Community, group: NDArray, names: Sequence[str], bridges: int | None = None
) -> str:
    """Tell people, groups and ties.

    Parameters
    ----------
    community : Community
        What is shown.
    group : numpy.ndarray of int, shape (people,)
        Group of each person.
    names : sequence of str
        What the groups are called.
    bridges : int, optional
        Local bridges, where they are marked.
    """
    each = 1 if community.directed else 2
    told = [f"{community.size:,} people and {community.ties:,} ties."]
    if len(names) > 1:
        size = bincount(group[group >= 0], minlength=len(names))
        some = [f"{name} {n}" for name, n in zip(names[:MOST_GROUPS], size, strict=False)]
        more = f" and {len(names) - MOST_GROUPS} more" if len(names) > MOST_GROUPS else ""
        told.append(f"Groups by people: {', '.join(some)}{more}.")
        if community.arcs:
            same = np.mean(group[community.sources] == group[community.targets])
            told.append(f"{percent(same)} of ties stay within a group.")
    if community.layer is not None:
        count = bincount(community.layer, minlength=len(community.layers)) // each
        told.append(f"Ties by layer: {_listed(community.layers, count)}.")
    if community.strength is not None and community.arcs:
        weak = int((~community.strong).sum()) // each
        told.append(f"{community.ties - weak} ties are strong and {weak} weak.")
    if bridges is not None:
        told.append(f"{bridges} are local bridges: their two ends have no contact in common.")
    alone = int(((community.degree == 0) & (community.in_degree == 0)).sum())
    if alone:
        told.append(f"{alone} {'person has' if alone == 1 else 'people have'} no tie.")
    return " ".join(told)


def tell_step(steps: Steps, step: int, group: NDArray, names: Sequence[str]) -> str:
    """Tell who has adopted by a step, by group, and over which ties the newest came."""
    by, now = steps.by(step), int((steps.step == step).sum())
    told = [f"Step {step}: {int(by.sum())} of {len(by):,} people have adopted, {now} of them now."]
    if len(names) > 1:
        size = bincount(group[group >= 0], minlength=len(names))
        in_group = bincount(group[by & (group >= 0)], minlength=len(names))
        some = [
            f"{name} {has} of {n}"
            for name, has, n in zip(names[:MOST_GROUPS], in_group, size, strict=False)
        ]
        told.append(f"By group: {', '.join(some)}.")
    brought = steps.brought(step)
    if step and sum(brought.values()):
        told.append(f"The newest came over ties: {_listed(brought, brought.values())}.")
    return " ".join(told)


def _listed(names, numbers) -> str:
    return ", ".join(f"{name} {int(n)}" for name, n in zip(names, numbers, strict=True))
