"""What a game's room shows: each team its own shop, and the class the standings."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ...game.play import Play
from ...game.store import StoreError
from ..handing_in.hand_in_file import key
from .apart import Apart, ApartError
from .debriefed import debriefed
from .game_pages import LUCK, Seen, form_of, known, money, seen
from .game_room import MOST_TEAMS, GameRoom
from .gathering import Member, RefusedError
from .screens import Screens

STANDINGS = -1
"""The page before those of the debrief."""
MORE = 120.0
"""Seconds that a press on the button adds to the clock."""
LEAST = 60.0
"""Seconds that a clock has at least when a room is opened again."""


class Board(Screens):
    """What is shown of a game now.

    Parameters
    ----------
    room : GameRoom
        The room.
    minutes : float
        That a round's clock has; 0 for no clock.
    auto : bool
        Whether a round whose clock has run out is resolved without the instructor.
    """

    PHONE, PROJECTOR = "game", "board"
    room: GameRoom

    def __init__(self, room: GameRoom, minutes: float = 0.0, auto: bool = False) -> None:
        super().__init__(room)
        self.seconds, self.auto = 60 * minutes, auto
        self.seen: Seen | None = None
        self.page = STANDINGS
        self.said = ""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rounds")
        self._apart: Apart | None = None

    # Work beside the server's

    def go_on(self) -> None:
        """Work out what is shown of a game that has begun; give its clock time to join again."""
        if self.room.play is not None:
            self.beside(self._look(self.room.play))
            if self.room.ends is not None and (self.room.left or 0.0) < LEAST:
                self.room.clock(LEAST)

    async def follow(self) -> None:
        """Write hand-ins that are behind, and resolve rounds whose clock has run out."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), 1.0)
            self._changed.clear()
            with contextlib.suppress(OSError):  # they are tried again with the next answer
                while self.room.catch_up(1):
                    await asyncio.sleep(0)
            if self.auto and self.room.left == 0.0 and not self.working:
                with contextlib.suppress(RefusedError, OSError):
                    self._resolve()

    def stop(self) -> None:
        """Begin nothing more."""
        if self._apart is not None:
            self._apart.stop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def _beside(self, work: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    async def _look(self, play: Play) -> None:
        """Work out what phones and projector show of a game that has begun."""
        self.working = True
        try:
            self.seen = await self._beside(seen, play)
        finally:
            self.working = False
            self.changed()
        if play.over and play.game.players:
            await self._debrief()

    async def _debrief(self) -> None:
        """Work the debrief out, while everybody looks at the standings."""
        self.said = "The year is played again with other decisions: the debrief takes a minute …"
        self.changed()
        self._apart = Apart(debriefed, self.room.folder)
        try:
            pages, taught = await self._apart.result()
        except ApartError:
            self.said = f"There is no debrief. Try: porch game debrief {self.room.folder}"
        else:
            assert self.seen is not None
            self.seen.pages, self.seen.taught, self.said = pages, taught, ""
        self.changed()

    async def _played(self) -> None:
        """Play the round that was closed, and show it when all of it is known."""
        try:
            play = await self._beside(self.room.store.resolve, self.room.play)
            found = await self._beside(seen, play)
        except OSError as error:
            self.said = f"The round was not played: it cannot be written ({error.strerror})."
        except StoreError as error:  # somebody has changed the game's files
            self.said = f"The round was not played: {error}"
        else:
            self.room.resolved(play)
            self.seen, self.said = found, ""
            self._begin_clock()
        finally:
            self.working = self.room.closing = False
            self.changed()
        if self.room.over and self.room.seats and not self.said:
            await self._debrief()

    def _resolve(self) -> None:
        self.room.close_round()
        self.working = True
        self.beside(self._played())
        self.changed()

    def _begin_clock(self) -> None:
        if self.seconds and not self.room.over:
            self.room.clock(self.seconds)

    # What the instructor does

    def do(self, sent: Mapping[str, Any]) -> None:
        """Do what a button of the projector's page asks for."""
        wanted = sent.get("do")
        acts = {
            "start": self._start,
            "resolve": self._asked,
            "time": self._more_time,
            "free": self._let_go,
            "page": self._turn,
        }
        if not isinstance(wanted, str) or wanted not in acts:
            raise RefusedError("There is no such button.")
        acts[wanted](sent)
        self.changed()

    def _start(self, _sent: Mapping[str, Any]) -> None:
        self.room.start()
        self._begin_clock()
        if self.room.play is not None:
            self.beside(self._look(self.room.play))

    def _asked(self, sent: Mapping[str, Any]) -> None:
        room = self.room
        if room.play is None or room.over:
            raise RefusedError("There is no open round.")
        if self.working:
            raise RefusedError("Wait a moment: the town is still busy.")
        if sent.get("round") != room.round:
            raise RefusedError("This round was resolved already.")
        if room.missing() and sent.get("anyway") is not True:
            raise RefusedError(self._ask())
        self._resolve()

    def _more_time(self, _sent: Mapping[str, Any]) -> None:
        if self.room.left is None:
            raise RefusedError("This round has no clock.")
        self.room.clock((self.room.left or 0.0) + MORE)

    def _let_go(self, sent: Mapping[str, Any]) -> None:
        team = sent.get("team")
        self.room.let_go(team if isinstance(team, str) else "")
        self.said = f"Another phone may join as {team} now."

    def _turn(self, sent: Mapping[str, Any]) -> None:
        page, pages = sent.get("page"), self.seen.pages if self.seen else []
        if type(page) is not int or not STANDINGS <= page < len(pages):
            raise RefusedError("There is no such page.")
        self.page = page

    # What is shown

    @property
    def phase(self) -> str:
        """Where the game is: lobby, open, closing or over."""
        if self.room.play is None:
            return "lobby"
        return "over" if self.room.over else "closing" if self.room.closing else "open"

    def now(self) -> dict[str, Any]:
        """Give what the projector's page shows."""
        room, found, game = self.room, self.seen or Seen(), self.room.game
        begun = game is not None
        handed = len(room.seats) - len(room.missing())
        joined = len(room.members)
        return {
            "phase": self.phase,
            "title": self._title(),
            "round": room.round,
            "teams": self._teams(),
            "count": ""
            if room.over
            else f"{handed} of {len(room.seats)} handed in"
            if begun
            else "1 team has joined"
            if joined == 1
            else f"{joined} teams have joined",
            "advice": f"Up to {MOST_TEAMS} teams can join. Shops that nobody runs are run by the "
            "computer.",
            "standings": found.standings if room.round > 1 else [],
            "luck": found.luck,
            "after": f"After round {room.round - 1}",
            "note": LUCK.format(money(found.luck)),
            "head": "What everybody knows about this town",
            "rules": [
                "All shops begin with the same cash, the same people and the same neighbors.",
                *(known(game)["open"] if game else ()),
            ],
            "missing": room.missing() if begun and not room.over else [],
            "ask": self._ask() if begun and not room.over else "",
            "said": "Playing the round …" if room.closing else self.said,
            "working": self.working,
            "left": room.left,
            "pages": [one.plain(place) for place, one in enumerate(found.pages)],
            "page": self.page,
        }

    def _title(self) -> str:
        game = self.room.game
        if game is None:
            return "A year on Main Street: join with your phone"
        if self.room.over:
            return "The year is over"
        return f"Round {self.room.round} of {game.rounds}: {game.weeks_a_round} weeks"

    def _teams(self) -> list[dict[str, Any]]:
        room = self.room
        names = room.seats if room.game is None else room.game.teams
        return [
            {
                "name": one,
                "handed": one in room.seats and room.handed(one) is not None,
                "played": one not in room.seats,
                "phone": room.holder(one) is not None,
            }
            for one in names
        ]

    def _ask(self) -> str:
        missing = self.room.missing()
        one, first = len(missing) == 1, self.room.round == 1
        who = missing[0] if one else f"{len(missing)} teams ({', '.join(missing)})"
        has, it = ("has", "its") if one else ("have", "their")
        does = "the usual shop's decisions" if first else f"{it} last decisions"
        return f"{who} {has} not handed in. If you resolve now, {does} are taken."

    def picture(self, name: str) -> bytes | None:
        """Give a picture of the debrief."""
        pages = self.seen.pages if self.seen else []
        return next((one.png for k, one in enumerate(pages) if one.name(k) == name), None)

    def answer(self, member: Member, sent: Mapping[str, Any]) -> None:
        """Record what a team hands in; it is on the disk before the phone is told."""
        self.room.answer(member, sent)

    def at_door(self) -> dict[str, Any]:
        """Give the free seats of a game that has begun."""
        if self.room.game is None:
            return {"seats": [], "title": "A year on Main Street"}
        free = self.room.free()
        full = "" if free else "Every team has a phone. Look on with yours, or ask your instructor."
        return {"seats": free, "full": full, "title": "A year on Main Street"}

    def of_phone(self, member: Member) -> dict[str, Any]:
        """Give what a team may see: its own shop, and what is public."""
        room, phase = self.room, self.phase
        told: dict[str, Any] = {
            "team": member.team,
            "phase": phase,
            "round": room.round,
            "rounds": room.game.rounds if room.game else 0,
            "left": room.left,
            "waiting": "",
            "state": None,
            "known": None,
            "form": None,
            "mine": None,
            "handed": False,
            "research": [],
            "debrief": [],
        }
        if room.play is None:
            told["waiting"] = f"You play {member.team}. The instructor starts the game."
            return told
        if self.seen is None or room.game is None:
            told["waiting"] = "Your shop opens in a moment."
            return told
        if room.over and not self.seen.pages:
            told["waiting"] = "The year is over. Soon you see what else it could have brought."
        team = next(one for one in room.game.teams if key(one) == key(member.team))
        told["state"] = self.seen.shops.get(team)
        told["research"] = [one.plain() for one in self.seen.found.get(team, [])]
        told["debrief"] = [one.plain(k) for k, one in enumerate(self.seen.taught.get(team, []))]
        told["known"] = known(room.game)
        if not room.over:
            handed = room.handed(team)
            told["handed"] = handed is not None
            told["form"], told["mine"] = form_of(room.play, team, handed)
        return told

    def table(self, member: Member, name: str) -> tuple[str, bytes] | None:
        """Give a table that a team's research found, with the name of its file."""
        found = self.seen.found if self.seen else {}
        mine = next((found[one] for one in found if key(one) == key(member.team)), [])
        for one in mine:
            if one.file == name:
                return f"{one.file}.csv", one.csv()
        return None
