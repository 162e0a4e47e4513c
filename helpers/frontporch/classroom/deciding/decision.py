"""A decision for a shop: what can be chosen, and the two worlds in which its year is played."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...names import pick
from ..controls import Slider

MEMO = ("What we know:", "What we do not know:", "My advice:")


@dataclass(frozen=True)
class Decision:
    """What is to be decided for a shop, and what a year brings.

    Parameters
    ----------
    id : str
        Lesson and "decision", such as "5.decision".
    shop : str
        Whose shop it is: "Elif's flower shop".
    question : str
        What is to be decided.
    options : mapping of str to str
        Two to four: a short name, and in one sentence what it means.
    worlds : callable
        Gives the lesson's two worlds, by a name in plain words; a team's shop is in one of them.
    year : callable
        Takes a world, an option, an amount and seeds; gives for each seed the dollars that the
        option brings in the coming year, less what it costs. A seed is the same luck whatever
        the option: draw first, and then apply the option.
    knowable : str
        What one could have known before, in one or two sentences.
    amount : Slider, optional
        A budget, or another number, that is asked beside the choice.
    memo : tuple of three str
        Beginnings of the three sentences of the memo.

    Raises
    ------
    ValueError
        If a part does not fit; the message says which.

    Examples
    --------
    >>> sign = Decision(
    ...     id="11.decision", shop="the café", question="Hang out a sign?",
    ...     options={"hang it out": "It costs 100 dollars.", "leave it": "Nothing changes."},
    ...     worlds=lambda: {"people read signs": 500.0, "nobody reads signs": 0.0},
    ...     year=lambda world, option, amount, seeds: np.array(
    ...         [world + seed - 100.0 if option == "hang it out" else 0.0 for seed in seeds]),
    ...     knowable="Count for a week who looks up.",
    ... )
    >>> sign.brought("people read signs", "hang it out", None, [1, 2]).tolist()
    [401.0, 402.0]
    """

    id: str
    shop: str
    question: str
    options: Mapping[str, str]
    worlds: Callable[[], Mapping[str, Any]]
    year: Callable[[Any, str, float, Sequence[int]], NDArray[np.float64]]
    knowable: str
    amount: Slider | None = None
    memo: tuple[str, str, str] = MEMO

    def __post_init__(self) -> None:
        """Check what can be checked without a world."""
        object.__setattr__(self, "options", MappingProxyType(dict(self.options)))
        if not re.fullmatch(r"\d{1,3}\.decision", self.id):
            raise ValueError(f"id is {self.id!r}, but has to be such as '5.decision'.")
        if not 2 <= len(self.options) <= 4:
            raise ValueError(f"{self.id} has {len(self.options)} options: give two to four.")
        said = {"shop": self.shop, "question": self.question, "knowable": self.knowable}
        said |= {f"option {name!r}": sentence for name, sentence in self.options.items()}
        for name, text in said.items():
            if not text.strip():
                raise ValueError(f"{self.id}: {name} is empty: say it in a sentence.")
        if len(self.memo) != 3:
            raise ValueError(f"{self.id}: a memo begins three sentences, not {len(self.memo)}.")

    @cached_property
    def two_worlds(self) -> Mapping[str, Any]:
        """The worlds by their names, worked out once.

        Raises
        ------
        ValueError
            If there are not two of them.
        """
        found = self.worlds()
        if len(found) != 2:
            raise ValueError(f"{self.id} has {len(found)} worlds: give two.")
        return found

    def placed(self, amount: float | None) -> float:
        """Give an amount that can be chosen: the slider's own where none is said; 0 without one.

        Raises
        ------
        ValueError
            If the slider has no such place, or there is no slider.
        """
        if self.amount is None:
            if amount:
                raise ValueError(f"{self.id} asks for no amount: leave it out.")
            return 0.0
        return self.amount.place(self.amount.value if amount is None else amount)

    def brought(
        self, world: str, option: str, amount: float | None, seeds: Sequence[int]
    ) -> NDArray[np.float64]:
        """Play a year for each seed.

        Parameters
        ----------
        world, option : str
            Their names.
        amount : float or None
            The amount; None for the slider's own.
        seeds : sequence of int
            The luck of each year.

        Returns
        -------
        numpy.ndarray of float, shape (seeds,)
            Dollars, less what the option costs.

        Raises
        ------
        UnknownName
            If there is no such world or option; the nearest is named.
        ValueError
            If `year` gives something else than one number for each seed.
        """
        chosen = pick(option, self.options, "option")
        where = self.two_worlds[pick(world, self.two_worlds, "world")]
        found = np.asarray(self.year(where, chosen, self.placed(amount), seeds), dtype=float)
        if found.shape != (len(seeds),) or not np.isfinite(found).all():
            raise ValueError(
                f"year of {self.id} gives {found.shape} for {len(seeds)} seeds: give one finite "
                "number for each."
            )
        return found
