"""A game's room: teams with a seat each, what they hand in, and rounds that are resolved.

The rules and the decisions are the whole state of a game, and `frontporch.game` keeps them in a
folder. Beside them lies the room's journal: who holds a seat, and what was sent. Whatever is killed
goes on from these two.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...game import Game
from ...game.decision import Decision, DecisionError
from ...game.form import field_of, fields, form
from ...game.play import Play
from ...game.rules import MOST_TEAMS
from ...game.store import GAME, Folder
from ..checking import teams
from ..handing_in.hand_in_file import key
from ..record.entry import Entry, RecordError, entry
from . import gathering
from .gathering import Gathering, Member, RefusedError, now
from .journal import Journal

FORMAT = "frontporch live game 1"
BEGINS = "game"
"""How the folders of games begin that nobody gave a folder."""
MOST_ANSWERS = 50
"""Of one team in one round."""
LONGEST_NAME = 24
"""Of a team: it has to fit on a phone and into the standings."""
LONGEST_MEMO = 280
"""Characters of the line that says why."""
OTHERS = (
    "Corner Shop",
    "Station Shop",
    "Bridge Shop",
    "Mill Shop",
    "Park Shop",
    "Hill Shop",
    "Lake Shop",
    "Garden Shop",
)
"""Names of shops that no team plays."""
PARTS = ("acts", "research", "prediction", "memo")


FILLED = ("usual", "frugal", "participant", "online")
"""Policies of the shops that no team plays, in turn."""


@dataclass(frozen=True)
class Rules:
    """What an instructor says of a game before it begins.

    Parameters
    ----------
    game : mapping of str to object
        What `Game` takes, but no teams: they are those who join.
    shops : int
        How many shops there are at least; those that nobody runs are run by policies.
    lesson : str
        Under which number decisions, predictions and memos are recorded.
    minutes : float
        That a round's clock has; 0 for no clock.
    auto : bool
        Whether a round whose clock has run out is resolved without the instructor.
    """

    game: Mapping[str, Any]
    shops: int = 4
    lesson: str = "10"
    minutes: float = 0.0
    auto: bool = False


class GameRoom(Gathering):
    """A room in which a game is played; made by `opened`.

    Parameters
    ----------
    folder : pathlib.Path
        The game's folder.
    journal : Journal
        Where everything is written first.
    begun : mapping of str to object
        The journal's first line; `rules` are those of a game that has not begun, `shops` how
        many shops there are at least.
    """

    def __init__(self, folder: Path, journal: Journal, begun: Mapping[str, Any]) -> None:
        super().__init__(folder, journal, begun)
        self.rules, self.shops = dict(begun["rules"]), int(begun["shops"])
        self.store = Folder(folder)
        self.play: Play | None = self.store.play() if (folder / GAME).is_file() else None
        self.ends: float | None = None
        """When the clock of the open round runs out, in seconds since 1970."""
        self.closing = False
        """Whether the round is being played: what comes now is too late."""
        self._sent: dict[str, list[Mapping[str, Any]]] = {}
        self._sent_for = 0
        self._filed: dict[str, Mapping[str, Any]] = {}
        """What was put into the folder of the open round by hand, before the room was opened."""

    @property
    def game(self) -> Game | None:
        """The rules; None until the game begins."""
        return self.play.game if self.play else None

    @property
    def round(self) -> int:
        """The round that is open; 0 before the game, one more than there are after it."""
        return self.play.rounds + 1 if self.play else 0

    @property
    def over(self) -> bool:
        """Whether the last round is resolved."""
        return self.play is not None and self.play.over

    @property
    def seats(self) -> list[str]:
        """The teams that people may play."""
        return [one.team for one in self.members] if self.game is None else [*self.game.players]

    def holder(self, team: str) -> Member | None:
        """Give the phone that holds a team's seat; None where it is free."""
        return next(
            (one for one in self.members if key(one.team) == key(team) and one.digest), None
        )

    def free(self) -> list[str]:
        """Give the seats that nobody holds."""
        return [one for one in self.seats if self.holder(one) is None]

    def missing(self) -> list[str]:
        """Give the teams that have handed nothing in for the open round."""
        return [one for one in self.seats if self.handed(one) is None]

    def handed(self, team: str) -> Mapping[str, Any] | None:
        """Give what a team handed in last for the open round."""
        found = self._sent.get(key(team)) if self._sent_for == self.round else None
        return found[-1] if found else self._filed.get(team)

    # Seats

    def join(self, name: Any, person: Any = "", *, secret: str | None = None) -> str:
        """Give a phone a seat: a team's own name before the game, a free seat in it.

        Raises
        ------
        RefusedError
            If the name is taken or is none, or no seat is free.
        """
        said, problem = teams.read(name if not isinstance(name, str) else name[:2_000])
        if problem:
            raise RefusedError(problem)
        known = self._by_digest.get(gathering.digest(secret)) if secret else None
        own = known is not None and key(known.team) == key(said)
        if self.game is not None and not own:
            return self._seated(said, person, known)
        taken = [one.team for one in self.members if one is not known]
        if key(said) in map(key, taken):
            raise RefusedError(f"There is already a team {said}: choose another name.")
        if self.game is None:
            self._could_play([*taken, said])
        return super().join(said, person, secret=secret)

    def _could_play(self, names: list[str]) -> None:
        if len(names) > MOST_TEAMS:
            raise RefusedError(f"All {MOST_TEAMS} shops are taken: join one of the teams.")
        if len(names[-1]) > LONGEST_NAME:
            raise RefusedError(
                f"This name has {len(names[-1])} characters: choose one of {LONGEST_NAME} at most."
            )
        try:
            Game(teams=(names[-1], "x1" if key(names[-1]) != "x1" else "x2"))
        except ValueError as error:
            raise RefusedError(f"{str(error)[0].upper()}{str(error)[1:]}") from None

    def _seated(self, said: str, person: Any, known: Member | None) -> str:
        """Let a phone take a free seat of a game that has begun."""
        if known is not None:
            raise RefusedError(f"Your phone plays {known.team}: a phone has one seat.")
        team = next((one for one in self.free() if key(one) == key(said)), None)
        if team is None:
            listed = ", ".join(self.free())
            held = f"Free: {listed}." if listed else "No seat is free: join one of the teams."
            raise RefusedError(f"There is no free seat {said}. {held}")
        before = next((one for one in self.members if key(one.team) == key(team)), None)
        if before is None:
            return super().join(team, person)
        secret = gathering.new_secret()
        who = before.person
        if isinstance(person, str) and person.strip():
            who = " ".join(person.split())[: 2 * teams.LONGEST]
        made = Entry("team", "team", team, team, {}, {"person": who} if who else {})
        self._keep(before, made, secret=gathering.digest(secret))
        self._hold(before, gathering.digest(secret))
        return secret

    def let_go(self, team: str) -> None:
        """Free a team's seat, so that another phone may take it; what it did stays."""
        held = self.holder(team)
        if held is None:
            raise RefusedError("Nobody holds this seat.")
        self._journal.add({"free": held.place, "at": now()})
        self._hold(held, "")

    def _hold(self, member: Member, digest: str) -> None:
        self._by_digest.pop(member.digest, None)
        member.digest = digest
        if digest:
            self._by_digest[digest] = member
        self.changes += 1

    # Rounds

    def start(self) -> None:
        """Begin the game with the teams that have joined; others are played by policies."""
        if self.play is not None:
            raise RefusedError("The game has begun.")
        if not self.members:
            raise RefusedError("Nobody has joined yet.")
        names = [one.team for one in self.members]
        played = {}
        for place in range(self.shops - len(names)):
            name = next(one for one in OTHERS if key(one) not in map(key, names))
            names.append(name)
            played[name] = FILLED[place % len(FILLED)]
        game = Game.from_plain(self.rules | {"teams": names, "policies": played})
        Folder.create(self.folder, game)
        self.play = self.store.play()
        self.changes += 1

    def answer(self, member: Member, sent: Mapping[str, Any]) -> None:
        """Record what a team hands in; a later one takes the place of the first.

        Raises
        ------
        RefusedError
            If it does not fit, or its round is closed.
        OSError
            If it cannot be written; nothing has changed then.
        """
        play, number = self.play, self.round
        if play is None:
            raise RefusedError("The game has not begun yet.")
        if self.over:
            raise RefusedError("The year is over.")
        if sent.get("round") != number or isinstance(sent.get("round"), bool) or self.closing:
            raise RefusedError("This round is closed. Look at what it brought, then decide anew.")
        given = {name: sent[name] for name in PARTS if name in sent}
        memo = given.get("memo")
        if isinstance(memo, str):
            given["memo"] = " ".join(memo.split())
            if len(given["memo"]) > LONGEST_MEMO:
                raise RefusedError(f"The line that says why has at most {LONGEST_MEMO} characters.")
        try:
            decision = play.read(member.team, given)
        except DecisionError as error:
            raise RefusedError(_said(error)) from None
        if len(self._sent.get(key(member.team), ())) >= MOST_ANSWERS and self._sent_for == number:
            raise RefusedError(f"You have handed in {MOST_ANSWERS} times: the last one stays.")
        self._keep(member, *self._entries(decision), round=number, sent=given)
        self._note(member, number, given)
        self._store(member.team, given)

    def _entries(self, decision: Decision) -> list[Entry]:
        """Give what a decision is in a record of answers."""
        about, team = f"{self.lesson}.round_{decision.number}", decision.team
        asked = [one.name for one in decision.research]
        made = [
            Entry("prediction", about, decision.prediction, team, {}, {"unit": "dollars"}),
            Entry(
                "decision",
                about,
                in_words(decision),
                team,
                {},
                decision.plain()["acts"] | {"research": asked},
            ),
            Entry("memo", about, decision.memo, team),
        ]
        try:
            return [
                entry(one.plain(), "the decision") for one in made if one.value not in (None, "")
            ]
        except RecordError as error:
            raise RefusedError(str(error)) from None

    def _note(self, member: Member, number: int, given: Mapping[str, Any]) -> None:
        if self._sent_for != number:
            self._sent, self._sent_for = {}, number
        self._sent.setdefault(key(member.team), []).append(given)

    def _store_all(self) -> None:
        """Write what every phone has handed in for the open round."""
        for team in self.seats:
            found = self._sent.get(key(team)) if self._sent_for == self.round else None
            if found:
                self.store.hand_in(team, plain(found[-1]))

    def _store(self, team: str, given: Mapping[str, Any]) -> None:
        """Write what was handed in for the open round; the journal has it already."""
        with contextlib.suppress(OSError):  # before the round is played it is tried again
            self.store.hand_in(team, plain(given))

    def close_round(self) -> None:
        """Take no more decisions, and have on the disk what is played next.

        Raises
        ------
        OSError
            If it cannot be written; the round stays open.
        RefusedError
            If another program has played it.
        """
        if self.play is None or self.store.resolved != self.play.rounds:
            raise RefusedError(
                "Another program has resolved a round in this game's folder. Close the room with "
                "Ctrl-C and open it again."
            )
        self._store_all()
        self.closing = True

    def resolved(self, play: Play) -> None:
        """Go on with a game whose open round was played by `store.resolve`."""
        self.play, self.ends, self.closing, self._filed = play, None, False, {}
        self.reveal()

    def resolve(self) -> None:
        """Play the open round at once."""
        self.close_round()
        try:
            played = self.store.resolve(self.play)
        finally:
            self.closing = False
        self.resolved(played)

    def reveal(self) -> None:
        """Record what each resolved round brought, for those who handed something in."""
        if self.play is None:
            return
        for number in range(1, self.play.rounds + 1):
            cash, about = self.play.cash(number), f"{self.lesson}.round_{number}"
            told = [one for one in self.members if one.last(about)]
            came = {
                one.place: {"cash": cash[team] / 100}
                for one in told
                for team in cash
                if key(team) == key(one.team)
            }
            self.show(told, about, came)
        self.changes += 1

    def clock(self, seconds: float) -> None:
        """Have the open round's clock run out in some seconds from now."""
        self.ends = time.time() + seconds
        self._journal.add({"clock": self.round, "ends": self.ends})

    @property
    def left(self) -> float | None:
        """Seconds until the clock runs out; None where there is no clock."""
        return None if self.ends is None or self.over else max(self.ends - time.time(), 0.0)

    # After a kill

    def again(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Bring the room to where its journal and the game's folder end."""
        super().again(lines)
        with contextlib.suppress(OSError):  # before the round is played it is tried again
            self._store_all()
        if self.play is not None and not self.over:
            for team, given in self.store.given(self.round).items():
                if team in self.seats and self.handed(team) is None and self._fits(team, given):
                    self._filed[team] = given
        self.reveal()

    def _fits(self, team: str, given: Any) -> bool:
        """Tell whether a file that was put into the folder is a decision."""
        try:
            return self.play is not None and bool(self.play.read(team, given))
        except DecisionError:
            return False

    def _replay(self, line: Mapping[str, Any]) -> None:
        if "free" in line:
            self._hold(self.members[int(line["free"]) - 1], "")
        known = len(self.members)
        super()._replay(line)
        if "member" not in line:
            if line.get("clock") == self.round:
                self.ends = float(line["ends"])
            return
        member = self.members[int(line["member"]) - 1]
        if "secret" in line and len(self.members) == known:
            self._hold(member, str(line["secret"]))
        if line.get("round") == self.round and isinstance(line.get("sent"), dict):
            self._note(member, self.round, line["sent"])


def plain(given: Mapping[str, Any]) -> bytes:
    """Give a decision as a file holds it."""
    return (json.dumps(given, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def in_words(decision: Decision) -> str:
    """Say what a team does that the usual shop does not.

    Examples
    --------
    >>> from frontporch.shop import Acts
    >>> in_words(Decision("Ada", 1, Acts(join_hours=5)))
    'Join in conversations of others: 5 hours'
    """
    said = []
    for one in form(decision.number):
        value = getattr(decision.acts, one.name)
        if value != one.default:
            words = next((each.label for each in one.choices if each.value == value), str(value))
            said.append(f"{one.label}: {words}")
    return "; ".join(said) or "as the usual shop"


def _said(error: DecisionError) -> str:
    """Say what is wrong with a decision to the people at the phone."""
    part, _, act = error.field.partition(".")
    label = field_of(act).label if part == "acts" and _is_act(act) else part or "This"
    return f"{label}: {error.fault}"


def _is_act(name: str) -> bool:
    return any(one.name == name for one in fields())


def opened(folder: Path, rules: Rules, port: int, code: str = "") -> GameRoom:
    """Open a game's room in its folder: a new one, or the one that lies there.

    Parameters
    ----------
    folder : pathlib.Path
        The game's.
    rules : Rules
        Of a game that has not begun.
    port : int
        Where a new room answers.
    code : str
        Of a new room; one by lot without it.

    Raises
    ------
    JournalError
        If the room is in use or its journal is damaged.
    """
    begun = {
        "format": FORMAT,
        "room": code or gathering.new_code(),
        "lesson": rules.lesson,
        "port": port,
        "rules": dict(rules.game),
        "shops": rules.shops,
    }
    return gathering.opened(folder, begun, GameRoom)
