"""What talk brings, estimated: what one more friend who has adopted adds, and what carries over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

import pandas as pd

from ..citing import cited
from .graph.reading import as_community
from .graph.ties import Community
from .word_of_mouth.carry_over import CarryOver, carry_over
from .word_of_mouth.influence import Influence, influence

if TYPE_CHECKING:
    import networkx


@overload
def fit(
    data: Community | networkx.Graph, people: pd.DataFrame, *, level: float = ..., **options: Any
) -> Influence: ...
@overload
def fit(data: pd.DataFrame, *, level: float = ..., **options: Any) -> CarryOver: ...
@cited
def fit(
    data: Community | networkx.Graph | pd.DataFrame,
    people: pd.DataFrame | None = None,
    *,
    level: float = 0.95,
    **options: Any,
) -> Influence | CarryOver:
    """Estimate what talk brings, from people and their ties or from a shop's weeks.

    Parameters
    ----------
    data : Community or networkx.Graph, or pandas.DataFrame
        Who is tied to whom; then the influence of friends is estimated. Or one row a week with
        new customers and what may bring them; then what carries over into later weeks.
    people : pandas.DataFrame, optional
        With a community: one row a person, in the order of their numbers; see
        `frontporch.community.word_of_mouth.influence.influence`.
    level : float
        Confidence level of every interval.
    **options
        Of weeks: `outcome`, `sources`, `lags` and `horizon`; see
        `frontporch.community.word_of_mouth.carry_over.carry_over`.

    Returns
    -------
    Influence or CarryOver

    Raises
    ------
    TypeError
        If there are people without a community, or a community without people.

    Examples
    --------
    >>> from frontporch import community
    >>> from frontporch.community.word_of_mouth.weekly import Weeks
    >>> found = community.fit(Weeks().simulate(520, seed=7), lags=1)
    >>> found.total["source"][found.total["lower"] > 0].tolist()
    ['talk', 'events']
    """
    if isinstance(data, pd.DataFrame):
        if people is not None:
            raise TypeError(
                "weeks were given without a community: give the community first, then its people."
            )
        return carry_over(data, level=level, **options)
    if people is None:
        raise TypeError("a community alone cannot show influence: give its people, too.")
    return influence(as_community(data), people, level, **options)
