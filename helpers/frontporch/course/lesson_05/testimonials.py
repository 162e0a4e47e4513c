"""Testimonials: peers, strangers and the firm's own page, weighed by how credible they are."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ...community import Community
from ...community.graph.shares import share
from ...community.spread.exposure import Exposed
from ...elementary import expm1, log
from ...names import pick

PAGE = "page"

CREDIBILITY: Mapping[str, float] = MappingProxyType({"strong": 0.8, "weak": 0.6, PAGE: 0.4})
"""Peer, stranger, the firm's own page. The order is that of surveys, the numbers are assumed."""


@dataclass(frozen=True)
class CredibleWord:
    """Adopt when credible praise outweighs doubt; see `credibility_weighted`."""

    persuasion: float
    credibility: Mapping[str, float]
    unlike: float
    negative: float
    negative_weight: float
    adds_up: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ("pressure",)

    def weigh(self, ties: Exposed) -> NDArray[np.float64]:
        """Give the pressure of each tie: below 0 where its source was disappointed."""
        town = ties.community
        by_kind = np.array([self.credibility[self._known(kind)] for kind in town.kinds])
        credible = by_kind[ties.kind] if len(by_kind) else self.credibility["strong"]
        pressure = self.persuasion * credible * ties.strength
        page = self._from_page(ties)
        if town.group is not None and self.unlike != 1:
            alike = (town.group[ties.source] == town.group[ties.target]) | page
            pressure = pressure * np.where(alike, 1.0, self.unlike)
        if self.negative:
            disappointed = (ties.luck(np.asarray(ties.source), 1) < self.negative) & ~page
            pressure = np.where(disappointed, -self.negative_weight * pressure, pressure)
        return pressure

    def _known(self, kind: str) -> str:
        return pick(kind, self.credibility, "kind of tie in credibility")

    def _from_page(self, ties: Exposed) -> NDArray[np.bool_]:
        kinds = ties.community.kinds
        return ties.kind == kinds.index(PAGE) if PAGE in kinds else np.zeros(len(ties), dtype=bool)

    def __call__(self, ties: Exposed) -> NDArray[np.bool_]:
        """Say whose reserve is overcome."""
        return ties.pressure_of_step > -log(1 - ties.threshold)

    def chance(self, ties: Exposed) -> NDArray[np.float64]:
        """Give p = 1 − exp(−κ·c·s·h) of each tie; known only where nobody is disappointed."""
        return -expm1(-self.weigh(ties))


def credibility_weighted(
    persuasion: float,
    credibility: Mapping[str, float] = CREDIBILITY,
    *,
    unlike: float = 1.0,
    negative: float = 0.0,
    negative_weight: float = 2.0,
) -> CredibleWord:
    """Let praise work by how credible, how close and how similar its source is.

    Parameters
    ----------
    persuasion : float
        κ, from 0 up.
    credibility : mapping of str to float
        c of each kind of tie, from 0 to 1: "strong" (a peer), "weak" (a stranger), "page" (the
        firm's own), or the names of the community's layers. Kinds that are left out keep their
        assumed value. Where ties have no kinds, that of "strong" holds for all.
    unlike : float
        h between people of different groups, from 0 to 1; within a group it is 1, as it is
        for the page.
    negative : float
        Share of adopters who were disappointed and say so. The page never shows them.
    negative_weight : float
        ω, how many times more a disappointed word weighs, from 1 up.

    Notes
    -----
    One tie alone convinces with p = 1 − exp(−κ·c·s·h), where s is its strength. Every person
    has a reserve, exponential with mean 1, and adopts when praise less ω times blame exceeds
    it. That one star weighs more than five: Chevalier & Mayzlin (2006), Journal of Marketing
    Research 43:345-354; the numbers here are assumptions for teaching.

    Examples
    --------
    >>> from frontporch import community
    >>> pair = community.from_arrays([0], [1], strength=[2.0])
    >>> rule = credibility_weighted(0.5, {"weak": 0.6, "strong": 1.0})
    >>> round(community.simulate(pair, 0, rule, runs="exact").mean, 6)  # 1 + (1 − 1/e)
    1.632121
    """
    if not (np.isfinite(persuasion) and persuasion >= 0):
        raise ValueError(f"persuasion is {persuasion!r}, but must be a number from 0 up.")
    if not (np.isfinite(negative_weight) and negative_weight >= 1):
        raise ValueError(f"negative_weight is {negative_weight!r}, but must be from 1 up.")
    known = {kind: share(one, f"credibility of {kind!r}") for kind, one in credibility.items()}
    known = {**CREDIBILITY, **known}
    known.setdefault("tie", known["strong"])
    return CredibleWord(
        float(persuasion),
        MappingProxyType(known),
        share(unlike, "unlike"),
        share(negative, "negative"),
        float(negative_weight),
    )


def with_page(
    community: Community, visitors: Iterable[Hashable], strength: float = 1.0
) -> Community:
    """Add the firm's own page: somebody whom its visitors read and who listens to nobody.

    Parameters
    ----------
    community : Community
        The people; ties without direction become two with one.
    visitors : iterable
        Who reads the page.
    strength : float
        Strength of a visit, from 0 up.

    Returns
    -------
    Community
        With one person more, the last, called "page" where people have names, and with a kind
        of tie "page".

    Examples
    --------
    >>> from frontporch import community
    >>> shop = with_page(community.ring(10, 2), visitors=[0, 5])
    >>> shop.names(shop.neighbours(10)), shop.kinds
    ([0, 5], ('tie', 'page'))
    """
    if not strength >= 0:
        raise ValueError(f"strength is {strength!r}, but must be a number from 0 up.")
    if community.people is not None and PAGE in community.people:
        raise ValueError(f"somebody is called {PAGE!r} already: call them something else.")
    readers = np.unique(community.numbers(visitors))
    kinds = community.kinds or ("tie",)
    kind = np.zeros(community.arcs, dtype=np.uint8) if community.kind is None else community.kind
    more = len(readers)
    own = np.ones(community.arcs, dtype=np.float32)
    own = own if community.strength is None else community.strength
    age, group, people = community.age, community.group, community.people
    return replace(
        community,
        starts=np.append(community.starts, community.arcs + more),
        targets=np.concatenate([community.targets, readers.astype(np.int32)]),
        directed=True,
        people=None if people is None else (*people, PAGE),
        strength=np.concatenate([own, np.full(more, strength, dtype=np.float32)]),
        age=None if age is None else np.concatenate([age, np.zeros(more, dtype=np.float32)]),
        layer=np.concatenate([kind, np.full(more, len(kinds), dtype=np.uint8)]),
        layers=(*kinds, PAGE),
        group=None if group is None else np.append(group, -1),
    )
