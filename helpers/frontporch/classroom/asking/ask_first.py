"""The control "whom do we ask first": click people, and see at once how many they reach."""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ... import look
from ...groups import is_there, needs
from .telling import Telling, changed, tell

if TYPE_CHECKING:
    import networkx

    from ...community import Community
    from ...community.pictures.layout import Layout
    from ...community.seeding.percolation import LiveEdges, Reach

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
        ``worlds.plot("starters", starters=["Ann", "Bo"])``.

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
    from ...community.seeding.percolation import LiveEdges
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
            f"budget is {budget!r}, but must be a whole number from 1 to {size}, the people that "
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


class AskFirst:
    """Who is asked first, and what that reaches; made by `ask_first`.

    Parameters
    ----------
    worlds : LiveEdges
        In which reach is looked up.
    starters : tuple
        Who is asked at first.
    budget : int
        How many may be asked.
    ways : dict of str to numpy.ndarray
        What other ways of choosing reach; see `other_ways`.
    names : sequence of str, optional
        What the groups are called.
    """

    def __init__(
        self,
        worlds: LiveEdges,
        starters: Iterable[Hashable],
        budget: int,
        ways: dict[str, NDArray[np.float64]],
        names: Sequence[str] | None = None,
    ) -> None:
        from ...community.pictures.layout import layout

        self.worlds, self.budget, self.names = worlds, budget, names
        self.places: Layout = layout(worlds.community)
        self._ways = ways
        self._listeners: list[Callable[[], None]] = []
        self._chosen: tuple[int, ...] = ()
        self._last = ""
        self._look_up()
        self.starters = starters

    def __repr__(self) -> str:
        """Say who is asked, and the reach."""
        return f"{self.told.headline}. {self.told.band}"

    @property
    def community(self) -> Community:
        """The people and their ties."""
        return self.worlds.community

    @property
    def starters(self) -> tuple[Hashable, ...]:
        """Who is asked, in the order in which they were; may be set from code.

        Raises
        ------
        UnknownName
            If there is no such person; the message names the nearest. Nothing changes then.
        ValueError
            If there are more than the budget, or one is named twice.
        """
        return tuple(self.community.names(list(self._chosen))) if self._chosen else ()

    @starters.setter
    def starters(self, people: Iterable[Hashable]) -> None:
        people = [people] if isinstance(people, str) else list(people)
        numbers = tuple(int(one) for one in self.community.numbers(people))
        twice = next((one for k, one in enumerate(people) if one in people[:k]), None)
        if twice is not None:
            raise ValueError(f"{twice!r} is named twice: nobody is asked more than once.")
        if len(numbers) > self.budget:
            raise ValueError(
                f"{len(numbers)} people are named, but the budget is {self.budget}: name fewer, "
                "or give a larger budget."
            )
        self._become(numbers, "")

    @property
    def chosen(self) -> tuple[int, ...]:
        """Numbers of those who are asked, in the same order."""
        return self._chosen

    def toggle(self, person: Hashable) -> None:
        """Ask somebody, or take them back; the same as a click.

        Where the budget is spent nobody more is asked, and that is said.
        """
        self.click(self.community.number(person))

    def click(self, number: int) -> None:
        """Ask or take back the person with this number."""
        name = str(self.community.names(number)[0])
        if number in self._chosen:
            others = tuple(one for one in self._chosen if one != number)
            before = self.reach.mean
            self._become(others, lambda: changed(name, self.reach.mean - before, back=True))
        elif len(self._chosen) >= self.budget:
            self._become(
                self._chosen,
                f"All {self.budget} are asked: take somebody back before you ask {name}",
            )
        else:
            before = self.reach.mean
            self._become((*self._chosen, number), lambda: changed(name, self.reach.mean - before))

    def clear(self) -> None:
        """Take everybody back."""
        self._become((), "")

    @property
    def reach(self) -> Reach:
        """How many are reached, in every world."""
        return self._reach

    @property
    def chances(self) -> NDArray[np.float64]:
        """Share of worlds in which each person is reached, shape (people,)."""
        return self._chances

    @property
    def gains(self) -> tuple[float, ...]:
        """How many more each one added on average, in the order in which they were asked."""
        return self._gains

    @property
    def told(self) -> Telling:
        """What is said of it."""
        return tell(self.reach, self.community.size, self.budget, self._last, self._ways)

    @property
    def typed(self) -> str:
        """The call that draws the same picture."""
        return f'worlds.plot("starters", starters={list(self.starters)!r})'

    def drawn(self) -> Any:
        """Draw the picture without any control."""
        from ...community.seeding.pictures import plot_starters

        with look.style():
            ax = plot_starters(self.worlds, self.starters, places=self.places.at)
        return look.drawn(ax, quick=True)

    def listen(self, listener: Callable[[], None]) -> None:
        """Have something called after every change."""
        self._listeners.append(listener)

    @cached_property
    def view(self) -> Any:
        """What stands on the page: the picture that is clicked, or a list where it cannot be."""
        if not is_there("anywidget"):
            from .name_list import NameList

            return NameList(self)
        from .live_picture import live_picture

        return live_picture(self)

    def _ipython_display_(self) -> None:
        """Show the picture drawn without any control, and what is clicked."""
        with needs("A picture that is clicked"):
            from IPython.display import display

        view, picture = self.view, self.drawn()
        if hasattr(view, "shown"):
            view.shown = display(picture, display_id=True)
            display(view.box)
            return
        # Where a browser draws what can be clicked, it takes this one's place.
        view.still = picture.text
        display(picture)
        display(view)

    def _become(self, numbers: tuple[int, ...], last: str | Callable[[], str]) -> None:
        if numbers != self._chosen:
            self._chosen = numbers
            self._look_up()
        self._last = last() if callable(last) else last
        for listener in self._listeners:
            listener()

    def _look_up(self) -> None:
        people = np.array(self._chosen, dtype=np.int64)
        means = [float(self.worlds.counted(people[:k]).mean()) for k in range(len(people) + 1)]
        self._gains = tuple(float(one) for one in np.diff(means))
        self._reach = self.worlds.reach(self.starters)
        self._chances = self.worlds.chances(self.starters)
