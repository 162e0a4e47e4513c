"""Scripted teams that play a game through a room that is served."""

import json
import socket
import time

from served_room import Phone

NAMES = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal")


def own_port():
    """Words for a port that no other test takes while a room is killed and opened again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return "--port", str(free.getsockname()[1])


class Teacher(Phone):
    """The browser of the instructor."""

    def __init__(self, room):
        super().__init__(room.base)
        assert self.asked(room.projector.removeprefix(room.base))[0] == 200

    def shown(self):
        """What the projector shows now."""
        with self._opener.open(f"{self.room}/projector/events", timeout=20) as stream:
            return json.loads(stream.readline().removeprefix(b"data: "))

    def press(self, **what):
        """Press a button: what is shown then."""
        status, told = self.asked("/projector/do", what)
        assert status == 200, told
        return told

    def until(self, ready, most=60):
        """Wait until something is shown."""
        begun = time.monotonic()
        while not ready(told := self.shown()):
            assert time.monotonic() - begun < most, told
            time.sleep(0.1)
        return told

    def start(self, **rest):
        """Begin the game, and wait for its first round."""
        self.press(do="start")
        return self.until(lambda told: not told["working"])

    def resolve(self, number):
        """Resolve a round; gives what is shown then, and the seconds that it took."""
        begun = time.monotonic()
        self.press(do="resolve", round=number, anyway=True)
        told = self.until(lambda told: told["round"] == number + 1 and not told["working"])
        return told, time.monotonic() - begun


def joined(room, names=NAMES):
    """Phones of teams that have joined."""
    phones = {name: Phone(room.room) for name in names}
    for name, phone in phones.items():
        assert phone.asked("/join", {"name": name})[0] == 200
    return phones


def decision(place, number):
    """What a scripted team hands in: each another plan, with research now and then."""
    acts = {
        "offer_week": (0, 1, 4, 10)[place % 4],
        "join_hours": float((0, 2, 5)[(place + number) % 3]),
        "messages": (0.25, 0.5)[number % 2],
    }
    if number >= 4:
        acts |= {"posts": 2.0, "letters": ("none", "picked")[place % 2]}
    asked = [{"kind": "survey"}] if number == 1 + place % 3 else []
    if place == 1 and number == 2:
        asked.append({"kind": "ab_test", "act": "boost", "value": 60.0})
    memo = f"Plan {place} of round {number}"
    return {
        "round": number, "acts": acts, "research": asked, "prediction": 9000 + place, "memo": memo
    }  # fmt: skip


def hand_in(phones, number):
    """Have every team hand in."""
    for place, phone in enumerate(phones.values()):
        status, told = phone.asked("/answer", decision(place, number))
        assert (status, told.get("handed")) == (200, True), told
