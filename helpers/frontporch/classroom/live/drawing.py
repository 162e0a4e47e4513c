"""What the projector shows of a question: the class's picture, drawn beside the server's work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from ... import look
from ..course_package import course
from ..deciding.decision import Decision
from ..deciding.played import Year, play
from ..predicting.class_question import of_one_kind
from ..predicting.predictions import readable
from ..record.entry import Entry
from .forms import Form, one_of
from .room import Room

QUIET = 0.4
"""Seconds between two pictures: a class that answers at once is drawn once."""


@dataclass(frozen=True)
class Drawn:
    """A picture of the class.

    Parameters
    ----------
    state : tuple of int and bool
        How much had happened in the room, and whether the result is in it.
    png : bytes
        The picture.
    text : str
        The same in words.
    """

    state: tuple[int, bool]
    png: bytes
    text: str


class Drawing:
    """Draws the questions of a room, one picture at a time, in a thread of its own.

    Parameters
    ----------
    room : Room
        Whose answers are drawn.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self.drawn: dict[str, Drawn] = {}
        self.years: dict[int, Year] = {}
        """By place, the year of each phone's decision, once it was revealed."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")

    async def brought_up(self, about: str) -> Drawn | None:
        """Draw a question anew if something has happened since; None where nobody answered."""
        answers, shown = self.room.answered(about), about in self.room.revealed
        state = (self.room.changes, shown)
        before = self.drawn.get(about)
        if not answers:
            return None
        if before is not None and before.state == state:
            return before
        form = one_of(self.room.forms, about)
        years = [self.years[one] for one in sorted(self.years)] if form.decision else []
        found = await self._beside(_picture, form, answers, shown, years)
        self.drawn[about] = Drawn(state, *found)
        return self.drawn[about]

    async def play(self, about: str) -> None:
        """Play the year of every phone that decided, and record that it was shown."""
        form = one_of(self.room.forms, about)
        if form.decision is None:
            return
        for one in list(self.room.members):
            decided = one.last(about)
            if decided is None or one.place in self.years:
                continue
            year = await self._beside(_year, form.decision, decided)
            self.years[one.place] = year
            came = {"brought": year.brought, "best": year.came[year.best]}
            self.room.show([one], about, {one.place: came})
        self.room.changes += 1

    async def warm(self) -> None:
        """Work the results out before anybody asks, so that a reveal is seen at once."""
        for form in self.room.forms:
            await self._beside(_warm, form)

    def stop(self) -> None:
        """Draw nothing more."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def _beside(self, work: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)


def _warm(form: Form) -> None:
    outcome = course().outcomes(form.about.split(".")[0]).get(form.about)
    if outcome is not None:
        outcome.truth(form.at)


def _year(decision: Decision, decided: Entry) -> Year:
    told = decided.details
    return play(
        decision, decided.team, str(decided.value), told.get("amount"), told.get("expected")
    )


def _picture(form: Form, answers: list[Entry], shown: bool, years: list[Year]) -> tuple[bytes, str]:
    from ..predicting.pictures import plot_class
    from .pictures import plot_decided, plot_written, plot_years

    if form.decision is not None and shown and years:
        made = look.drawn(plot_years(form.decision, years))
    elif form.decision is not None:
        made = look.drawn(plot_decided(form.decision, [str(one.value) for one in answers]))
    elif form.kind == "memo":
        memos = [one.value for one in answers if isinstance(one.value, tuple)]
        made = look.drawn(plot_written(memos, form.labels))
    else:
        outcome = course().outcomes(form.about.split(".")[0]).get(form.about)
        asked, _ = of_one_kind(form.about, readable(answers), outcome)
        if asked is None:  # the lesson asks in another unit than its result has
            asked, _ = of_one_kind(form.about, readable(answers), None)
            outcome = None
        assert asked is not None
        made = look.drawn(plot_class(asked, outcome, with_result=shown and outcome is not None))
    return made.png, made.text
