"""Praise of one shop on Main Street: how many words reach a person, and who brings newcomers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from ...community import Community, main_street, simulate
from ...community.graph.block_models import with_shortcuts
from ...community.graph.shares import share
from ...community.spread.contagion import Spread
from ...elementary import log1p
from ...streams import Seed, generator
from ..findings import Findings
from .testimonials import PAGE, credibility_weighted, with_page

if TYPE_CHECKING:
    import pandas as pd

FRIENDS, STRANGERS = "friends", "strangers"
SHOP = "florist"
MOST_STRANGERS = 60


@dataclass(frozen=True)
class Praise:
    """A shop on Main Street whose regulars praise it; all numbers are assumptions.

    Neighbours who know each other are friends. Besides them everybody hears some strangers
    online, wherever they live, and some people read the shop's own page.

    Parameters
    ----------
    strangers : float
        Strangers whom a person hears, from 0 to 60.
    stranger_worth : float
        What a stranger's word is worth, in words of a friend, from 0 to 1.
    readers : int
        How many people read the page, from 0 to 150.
    page_worth : float
        What one visit to the page is worth, in words of a friend, from 0 to 1.
    friend_word : float
        Chance that one friend's word, alone, brings somebody to the shop.
    regulars : int
        How many regulars talk at the start, from 1 to 10. The others, and the shop itself, say
        nothing and are no newcomers.
    disappointed : float
        Share of customers who are disappointed, and say so; the page never shows them.
    blame : float
        Words of praise that one word of blame undoes, from 1 up.

    Examples
    --------
    >>> Praise(strangers=20, stranger_worth=0.2).words()["words of a friend"].round(1).tolist()
    [5.3, 4.0]
    """

    strangers: float = 20.0
    stranger_worth: float = 0.2
    readers: int = 0
    page_worth: float = 0.3
    friend_word: float = 0.08
    regulars: int = 5
    disappointed: float = 0.0
    blame: float = 2.0

    def __post_init__(self) -> None:
        """Check the ranges."""
        for name in ("stranger_worth", "page_worth", "friend_word", "disappointed"):
            share(getattr(self, name), name)
        if not 0 < self.friend_word < 1:
            raise ValueError(f"friend_word is {self.friend_word}, but must be between 0 and 1.")
        if not self.blame >= 1:
            raise ValueError(f"blame is {self.blame}, but must be a number from 1 up.")
        ranges = {"strangers": (0, MOST_STRANGERS), "readers": (0, 150), "regulars": (1, 10)}
        for name, (low, high) in ranges.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}, but must be from {low} to {high}.")

    def words(self) -> pd.DataFrame:
        """Show what a person hears: number of ties times what one is worth.

        Returns
        -------
        pandas.DataFrame
            One row a kind of tie: `ties` of a person (for the page: visits), `worth of one` and
            `words of a friend` (their product), and `per cent` of all words.
        """
        import pandas as pd

        rows = [(FRIENDS, friends_each(), 1.0), (STRANGERS, self.strangers, self.stranger_worth)]
        if self.readers:
            rows.append((PAGE, self.readers / _base()[0].size, self.page_worth))
        table = pd.DataFrame(rows, columns=["kind", "ties", "worth of one"]).set_index("kind")
        words = table["ties"] * table["worth of one"]
        return table.assign(**{"words of a friend": words, "per cent": 100 * words / words.sum()})

    def town(self, seed: Seed) -> Community:
        """Tie friends, strangers and page together: the layers of the community. Synthetic.

        Examples
        --------
        >>> Praise(readers=50).town(seed=7).kinds
        ('friends', 'strangers', 'page')
        """
        street, regulars = _base()
        first, second = generator(seed).spawn(2)
        town = with_shortcuts(street, self.strangers, first)
        silent = np.append(regulars[self.regulars :], town.number(SHOP))
        heard = ~np.isin(town.sources, silent) & ~np.isin(town.targets, silent)
        town = replace(town.kept(heard), layers=(FRIENDS, STRANGERS))
        if self.readers:
            others = np.setdiff1d(np.arange(town.size), [*regulars, town.number(SHOP)])
            visitors = second.permutation(others)[: self.readers]
            town = with_page(town, town.names(visitors))
        return town

    def simulate(self, runs: int, seed: Seed) -> Spread:
        """Let the praise go round, many times.

        Parameters
        ----------
        runs : int
            How many runs.
        seed : int, numpy.random.SeedSequence or numpy.random.Generator
            Where the town, that of `town(seed)`, and the coins come from.

        Returns
        -------
        Spread
            Newcomers are all who adopted but those of `start`. Those whose praise reaches a
            person in the step that tips the scale share the credit; blame has none.

        Notes
        -----
        One word of kind k alone convinces with p = 1 − (1 − p_friend)^worth_k. Where nobody is
        disappointed, this is an independent cascade with these chances.
        """
        town = self.town(seed)
        begin = [*town.names(_base()[1][: self.regulars]), *([PAGE] if self.readers else [])]
        rule = credibility_weighted(
            float(-log1p(-self.friend_word)),
            {FRIENDS: 1.0, STRANGERS: self.stranger_worth, PAGE: self.page_worth},
            negative=self.disappointed,
            negative_weight=self.blame,
        )
        return simulate(town, begin, rule, runs, seed)


@lru_cache(maxsize=1)
def _base() -> tuple[Community, NDArray[np.int64]]:
    """Give Main Street with its local ties alone, and the numbers of the shop's regulars."""
    town = main_street().community().of_layer("local")
    regulars = town.neighbours(SHOP).astype(np.int64)
    return replace(town, strength=None, age=None, layer=None, layers=()), regulars


def friends_each() -> float:
    """Give how many friends a person of Main Street has on average."""
    return float(_base()[0].degree.mean())


def newcomers(found: Spread) -> NDArray[np.int64]:
    """Give how many came in each run, besides those who talked at the start."""
    return found.sizes - len(found.start)


@dataclass(frozen=True, eq=False)
class ByStrangers(Findings):
    """Which share of newcomers strangers bring; see `by_strangers`."""

    PICTURES: ClassVar[Mapping[str, str]] = {
        "share": "frontporch.course.lesson_05.pictures:plot_by_strangers"
    }


@lru_cache
def _share_by(praise: Praise, towns: int, runs: int, seed: int) -> NDArray[np.float64]:
    carried = [praise.simulate(runs, one).carried for one in generator(seed).spawn(towns)]
    return np.array([one[STRANGERS] / sum(one.values()) for one in carried])


def by_strangers(
    counts: Sequence[float] = (5, 10, 20, 30, 40),
    praise: Praise | None = None,
    *,
    towns: int = 4,
    runs: int = 200,
    seed: int = 7,
) -> ByStrangers:
    """Show which share of newcomers strangers bring, by how many strangers a person hears.

    Parameters
    ----------
    counts : sequence of float
        Strangers whom a person hears.
    praise : Praise, optional
        What holds besides.
    towns, runs : int
        Towns drawn for each count, and runs in each.
    seed : int
        Where they come from.

    Returns
    -------
    ByStrangers
        Its table has one row a count: `strangers`, `share` (mean of the towns, from 0 to 1),
        `lower`, `upper` (the lowest and the highest town) and `of the words` (strangers' share
        of all words).
    """
    import pandas as pd

    rows = []
    for count in counts:
        one = replace(praise or Praise(), strangers=float(count))
        found = _share_by(one, towns, runs, seed)
        heard = one.words().loc[STRANGERS, "per cent"] / 100
        rows.append((count, found.mean(), found.min(), found.max(), heard))
    columns = ["strangers", "share", "lower", "upper", "of the words"]
    return ByStrangers(pd.DataFrame(rows, columns=columns))


def net_words(disappointed: float, blame: float = 2.0, reviews: int = 100) -> float:
    """Give what reviews are worth together, in words of praise; below 0 they do harm.

    Parameters
    ----------
    disappointed : float
        Share of reviews by disappointed customers, from 0 to 1.
    blame : float
        Words of praise that one word of blame undoes, from 1 up.
    reviews : int
        How many reviews.

    Examples
    --------
    >>> net_words(0.2, blame=2), net_words(0.5, blame=2)
    (40.0, -50.0)
    """
    bad = share(disappointed, "disappointed")
    if not blame >= 1:
        raise ValueError(f"blame is {blame}, but must be a number from 1 up.")
    return round(reviews * ((1 - bad) - blame * bad), 10)
