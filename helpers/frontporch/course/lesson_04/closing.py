"""A town with some of its porches closed, and with online ties beside those that are left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...community import Community
from ...community.graph.block_models import fortress, with_shortcuts
from ...community.graph.shares import share
from ...names import nearest
from ...rounding import as_given
from ...streams import Seed, generator

MOVED = "moved"
"""In place of a number of online ties: as many as local ties were taken away."""


def closed(
    town: Community, removed: float = 0.0, online: float | str = 0.0, *, seed: Seed
) -> Community:
    """Close a share of a town's porches, and add online ties that lead anywhere.

    With the same seed and a larger share, the same ties are missing and more.

    Parameters
    ----------
    town : Community
        With `group`, the neighbourhood of each person. Where ties have layers, those of the
        layer "local" are taken, and online ties of its own are not.
    removed : float
        Share of the ties among neighbors that are taken away, from 0 to 1. Local ties to
        other neighbourhoods stay.
    online : float or "moved"
        Expected online ties of a person, from 0 up; "moved": one for every tie taken away.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    Community
        With layers "local" and "online"; ties have no strength.

    Raises
    ------
    ValueError
        If a value is out of range, or people have no neighbourhood.

    Examples
    --------
    >>> from frontporch import community
    >>> street = community.main_street().community()
    >>> moved = closed(street, removed=0.5, online="moved", seed=7)
    >>> local, online = (moved.of_layer(layer).ties for layer in ("local", "online"))
    >>> local < 300 and 180 < online < 320
    True
    """
    if isinstance(online, str):
        if online != MOVED:
            known = nearest(online, [MOVED])
            raise ValueError(
                f'online is {online!r}, but must be a number from 0 up or "moved". {known}'
            )
    elif not (np.isfinite(online) and online >= 0):
        raise ValueError(f'online is {online!r}, but must be a number from 0 up or "moved".')
    share(removed, "removed")
    local = town if town.layer is None else town.of_layer("local")
    local = replace(local, strength=None, age=None)
    taken, added = generator(seed).spawn(2)
    left = fortress(local, removed, taken)
    moved = 2 * (local.ties - left.ties) / town.size
    each = moved if isinstance(online, str) else online
    made = f"{town.synthetic}, closed(removed={as_given(removed)}, online={online})"
    return replace(with_shortcuts(left, each, added), synthetic=made)
