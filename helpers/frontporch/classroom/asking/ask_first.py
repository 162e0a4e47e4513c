"""The control "whom do we ask first": click people, and see at once how many they reach."""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .control import AskFirst

if TYPE_CHECKING:
    import networkx

    from ...community import Community, LiveEdges

PROBABILITY, WORLDS, BUDGET, SEED = 0.1, 1_000, 10, 7


def ask_first(
    community: Community | networkx.Graph | LiveEdges,
    *,
    probability: float | Callable[..., Any] | None = None,
    worlds: int | None = None,
    starters: Iterable[Hashable] = (),
    budget: int = BUDGET,
    seed: int = SEED,
    names: Sequence[str] | None = None,
    compare: bool = True,
) -> AskFirst:
    """Show a community in which people are clicked, and at once how many they reach together.

    Worlds are drawn once; a click is a look-up. What stands beside it, with as many people
    asked: a computed choice, those with most ties, and others.

    Parameters
    ----------
    community : Community, networkx.Graph or LiveEdges
        At most 200 people, with ties that carry as well one way as the other; or worlds that
        `live_edges` made of them.
    probability : float or callable, optional
        Of carrying over a tie, as in `independent_cascade`; 0.1 if not given.
    worlds : int, optional
        How many to draw; 1,000 if not given.
    starters : several people
        Who is asked at first.
    budget : int
        How many may be asked, from 1 up.
    seed : int
        Where worlds and the other ways come from.
    names : sequence of str, optional
        What the groups are called, in the order of their numbers.
    compare : bool
        Whether other ways stand beside it.

    Returns
    -------
    AskFirst
        Shown where it is the last line of a cell. `starters` can be read and set, `reach` is
        that of `LiveEdges.reach`, `chances` has one a person. Typed, it is
        ``seeding.plot_starters(worlds, ["Ann", "Bo"])``.

    Raises
    ------
    UnknownName
        If a starter is nobody; the message names the nearest.
    ValueError
        If there are too many people or starters, a number is out of range, or ties carry
        better one way.

    Examples
    --------
    >>> from frontporch import community
    >>> star = community.from_arrays([0, 0, 0], [1, 2, 3])
    >>> control = ask_first(star, probability=1.0, worlds=10, budget=1)
    >>> control.toggle(2)
    >>> control.starters, control.reach.mean, control.gains
    ((2,), 4.0, (4.0,))
    """
    from ...community import LiveEdges
    from .ways import other_ways

    if isinstance(community, LiveEdges):
        for name, value in (("probability", probability), ("worlds", worlds)):
            if value is not None:
                raise ValueError(f"{name} is that of the worlds already: leave it out.")
        drawn = community
    else:
        drawn = _drawn(community, probability, worlds, seed)
    size = drawn.community.size
    if isinstance(budget, bool) or not 1 <= operator.index(budget) <= size:
        raise ValueError(
            f"budget is {budget!r}, but is a whole number from 1 to {size}, the people that "
            "there are."
        )
    ways = other_ways(drawn, budget, seed) if compare else {}
    return AskFirst(drawn, starters, budget, ways, names)


def _drawn(community: Any, probability: Any, worlds: int | None, seed: int) -> LiveEdges:
    """Draw worlds, and say what to do where ties carry better one way."""
    from ...community import independent_cascade, live_edges
    from ...community.graph.reading import as_community
    from ...community.pictures.layout import MOST

    town = as_community(community)
    if town.size > MOST:
        raise ValueError(
            f"{town.size:,} people have no room to be clicked: {MOST} have. Show a part of the "
            "community, or ask influence_maximization."
        )
    chance = PROBABILITY if probability is None else probability
    try:
        return live_edges(
            town, independent_cascade(chance), WORLDS if worlds is None else worlds, seed
        )
    except ValueError as error:
        if "one way" not in str(error) and "direction" not in str(error):
            raise
        raise ValueError(
            f"{error} Here, take ties without direction (directed=False), and one probability "
            "for all, such as probability=0.1."
        ) from None
