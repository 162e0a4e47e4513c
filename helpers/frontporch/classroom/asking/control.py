"""Who is asked first: a choice that is clicked or typed, and the reach that is looked up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ... import look
from ...groups import is_there, needs
from .telling import Telling, changed, tell

if TYPE_CHECKING:
    from ...community import Community, Layout, LiveEdges
    from ...community.seeding import Reach


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
        from ...community import layout

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
        return f"seeding.plot_starters(worlds, {list(self.starters)!r})"

    def drawn(self) -> Any:
        """Draw the picture without any control."""
        from ...community.seeding import plot_starters

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
