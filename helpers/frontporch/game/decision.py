"""A team's decision for a round: read, checked, and refused with a remedy that works."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..names import nearest
from ..rounding import as_given
from ..shop import Acts
from .form import Field, field_of, fields, form, price, values_of
from .requests import KINDS, MOST, TESTABLE, Request

LONGEST = 4_000
"""Characters of a memo."""
LARGEST = 10_000_000
"""Dollars of a prediction or a budget, at most."""
PARTS = ("acts", "research", "prediction", "memo", "budget", "team", "round")
LEAVE_OUT = "leave out"
"""What a remedy says where the part should not be there."""


class DecisionError(ValueError):
    """A decision that cannot be taken; it says what to write instead.

    Parameters
    ----------
    team : str
        Whose.
    number : int
        Of which round.
    field : str
        The part at fault, such as "acts.messages" or "research[0].act".
    value : object
        What stands there.
    fault : str
        What is wrong with it.
    instead : object
        What may stand there in its place; `LEAVE_OUT` where nothing should.
    """

    def __init__(
        self, team: str, number: int, field: str, value: Any, fault: str, instead: Any = LEAVE_OUT
    ) -> None:
        self.team, self.number, self.field, self.value = team, number, field, value
        self.fault, self.instead = fault, instead
        where = field[:60] or "the decision"
        remedy = "Leave it out." if instead == LEAVE_OUT else f"Write {_json(instead)}."
        super().__init__(f"{team}, round {number}: {where} is {_short(value)}. {fault} {remedy}")


@dataclass(frozen=True)
class Absent:
    """Why a team has no decision in a round; it stands where the decision would."""

    reason: str


@dataclass(frozen=True)
class Decision:
    """What a team does in a round; `plain()` is the same as JSON holds it.

    Parameters
    ----------
    team : str
        Whose.
    number : int
        The round, from 1 up.
    acts : shop.Acts
        What the shop does during the round.
    research : tuple of Request
        What it asks the market.
    prediction : float or None
        Cash in dollars that the team expects at the end of the round.
    memo : str
        Why.
    budget : float or None
        The dollars that acts and research of the round may cost at most.
    """

    team: str
    number: int
    acts: Acts = field(default_factory=Acts)
    research: tuple[Request, ...] = ()
    prediction: float | None = None
    memo: str = ""
    budget: float | None = None

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        opened = {one.name for one in form(self.number)}
        acts = {name: value for name, value in values_of(self.acts).items() if name in opened}
        return {
            "team": self.team,
            "round": self.number,
            "acts": acts,
            "research": [one.plain() for one in self.research],
            "prediction": self.prediction,
            "memo": self.memo,
            "budget": self.budget,
        }

    def again(self, number: int) -> Decision:
        """Give what a team does that hands nothing in: the same acts, and no research."""
        return Decision(self.team, number, self.acts)


@dataclass(frozen=True)
class Reader:
    """Reads the decisions of one team for one round.

    Parameters
    ----------
    team : str
        Whose.
    number : int
        The round.
    before : shop.Acts
        What the team did in the round before; an act that is not named stays as it was.
    prices : mapping of str to float
        Dollars of each kind of research.
    weeks : int
        Weeks of a round.
    """

    team: str
    number: int
    before: Acts
    prices: Mapping[str, float]
    weeks: int

    def read(self, given: Any) -> Decision:
        """Give the decision, or say what is wrong with it.

        Raises
        ------
        DecisionError
            If a part is unknown, of the wrong kind, out of range or not open yet.
        """
        if not isinstance(given, Mapping):
            example = {"acts": {"messages": 0.5}}
            raise self._error("", given, "A decision is an object with parts.", example)
        for name in given:
            self._known(name, name, PARTS, "part of a decision")
        for name, own in (("team", self.team), ("round", self.number)):
            if name in given and (given[name] != own or isinstance(given[name], bool)):
                raise self._error(name, given[name], "It is for another one.", own)
        acts = self._acts(given.get("acts", {}))
        research = self._research(given.get("research"), acts)
        prediction = self._dollars("prediction", given.get("prediction"), -LARGEST)
        budget = self._dollars("budget", given.get("budget"), 0)
        memo = self._memo(given.get("memo", ""))
        self._within(budget, acts, research)
        return Decision(self.team, self.number, acts, research, prediction, memo, budget)

    def _error(self, field: str, value: Any, fault: str, instead: Any = LEAVE_OUT) -> DecisionError:
        return DecisionError(self.team, self.number, field, value, fault, instead)

    def _known(self, place: str, name: Any, known: Any, what: str) -> None:
        if name not in known:
            raise self._error(place, name, f"There is no such {what}. {nearest(name, known)}")

    def _acts(self, given: Any) -> Acts:
        if not isinstance(given, Mapping):
            raise self._error("acts", given, "Acts are an object.", {"messages": 0.5})
        opened = {one.name: one for one in form(self.number)}
        changes: dict[str, Any] = {}
        for name, value in given.items():
            place = f"acts.{name}"
            self._known(place, name, [one.name for one in fields()], "act")
            if name not in opened:
                opens = field_of(name).opens
                raise self._error(place, value, f"It can be set from round {opens} on.")
            changes[name] = self._value(place, opened[name], value)
        return self._together(changes, given)

    def _together(self, changes: dict[str, Any], given: Mapping[str, Any]) -> Acts:
        """Check acts that need each other: without data nothing is targeted or suggested."""
        wanted = values_of(self.before) | changes
        for name, nothing in (("targeted", False), ("suggest", "none")):
            if wanted["data"] == "none" and wanted[name] != nothing:
                fault = 'It needs data about people ("data": "ask"), and "data" is "none".'
                raise self._error(f"acts.{name}", wanted[name], fault, nothing)
        return self.before.but(**changes)

    def _value(self, place: str, one: Field, value: Any) -> Any:
        if one.is_number:
            low, high = one.lowest or 0.0, one.highest or 0.0
            what = "A whole number" if one.whole else "A number"
            fault = f"{what} from {as_given(low)} to {as_given(high)} is needed."
            if not _is_number(value) or (one.whole and value != int(value)):
                raise self._error(place, value, fault, one.default)
            if not low <= value <= high:
                raise self._error(place, value, fault, _near(value, one))
            return int(value) if one.whole else float(value)
        if isinstance(one.default, bool):
            if not isinstance(value, bool):
                raise self._error(place, value, "It is true or false.", one.default)
            return value
        words = [str(word) for word in one.values]
        if not isinstance(value, str) or value not in words:
            meant = nearest(value, words)
            raise self._error(place, value, f"There is no such word. {meant}", _meant(value, one))
        return value

    def _research(self, given: Any, acts: Acts) -> tuple[Request, ...]:
        asked = [given] if isinstance(given, Mapping) else [] if given is None else given
        if not isinstance(asked, (list, tuple)):
            raise self._error("research", given, "Research is a list.", [{"kind": "survey"}])
        if len(asked) > MOST:
            fault = f"At most {MOST} pieces of research fit into a round."
            raise self._error("research", asked, fault, list(asked[:MOST]))
        found: list[Request] = []
        for place, one in enumerate(asked):
            request = self._request(f"research[{place}]", one, acts)
            if request.name in [other.name for other in found]:
                raise self._error(f"research[{place}]", one, "It is asked for twice.")
            found.append(request)
        self._tests_together(found, acts)
        return tuple(found)

    def _request(self, place: str, one: Any, acts: Acts) -> Request:
        if not isinstance(one, Mapping) or "kind" not in one:
            fault = f"Each piece of research is an object with a kind: {', '.join(KINDS)}."
            raise self._error(place, one, fault, {"kind": "survey"})
        kind = one["kind"]
        if not isinstance(kind, str) or kind not in KINDS:
            meant = _closest(kind, KINDS) or "survey"
            fault = f"There is no such research. {nearest(kind, KINDS)}"
            raise self._error(f"{place}.kind", kind, fault, meant)
        known = ("kind", "act", "value") if kind == "ab_test" else ("kind",)
        for name in one:
            self._known(f"{place}.{name}", name, known, f"part of {kind}")
        if kind != "ab_test":
            if kind == "encouragement" and (acts.fan_drive or acts.web not in ("page", "both")):
                fault = "It needs a page, and nobody else who asks everybody to join it."
                raise self._error(place, dict(one), fault)
            return Request(kind)
        return self._test(place, one, acts)

    def _test(self, place: str, one: Mapping[str, Any], acts: Acts) -> Request:
        opened = [name for name in TESTABLE if field_of(name).opens <= self.number]
        name = one.get("act")
        if not isinstance(name, str) or name not in opened:
            fault = f"This cannot be tested on half of your people now. {nearest(name, opened)}"
            if _closest(name, opened):
                raise self._error(f"{place}.act", name, fault, _closest(name, opened))
            example = {"kind": "ab_test", "act": "messages", "value": _unlike(acts, "messages")}
            raise self._error(place, dict(one), fault, example)
        tested = field_of(name)
        own, other = getattr(acts, name), _unlike(acts, name)
        if "value" not in one:
            raise self._error(
                f"{place}.value", None, "What the tested half gets is missing.", other
            )
        value = self._value(f"{place}.value", tested, one["value"])
        if value == own:
            fault = "Everybody gets this anyway, so that the halves would not differ."
            raise self._error(f"{place}.value", value, fault, other)
        return Request("ab_test", name, value)

    def _tests_together(self, found: list[Request], acts: Acts) -> None:
        """Check that every mixture of the tests is something that a shop can do."""
        mixed = [acts]
        for place, one in enumerate(found):
            if one.kind != "ab_test":
                continue
            try:
                mixed += [each.but(**{one.act: one.value}) for each in mixed]
            except ValueError as error:
                raise self._error(f"research[{place}]", one.plain(), str(error)) from None

    def _dollars(self, name: str, given: Any, low: float) -> float | None:
        if given is None:
            return None
        if not _is_number(given) or not low <= given <= LARGEST:
            fault = f"A number of dollars from {as_given(low)} to {as_given(LARGEST)} is needed."
            raise self._error(name, given, fault, _dollars_meant(given))
        return float(given)

    def _memo(self, given: Any) -> str:
        if not isinstance(given, str):
            raise self._error("memo", given, "A memo is a text.", "We expect …")
        try:
            given.encode("utf-8")
        except UnicodeEncodeError:
            fault = "It has a sign that no file can hold."
            raise self._error(
                "memo", given, fault, given.encode("utf-8", "replace").decode()
            ) from None
        if len(given) > LONGEST:
            fault = f"It has {len(given):,} characters, but at most {LONGEST:,} fit."
            raise self._error("memo", given, fault, given[:LONGEST])
        return given

    def _within(self, budget: float | None, acts: Acts, research: tuple[Request, ...]) -> None:
        if budget is None:
            return
        cost = price(acts) * self.weeks + sum(self.prices[one.kind] for one in research)
        if cost > budget:
            fault = f"Acts and research of this round cost {as_given(round(cost))} dollars."
            raise self._error("budget", budget, fault, math.ceil(cost))


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) <= LARGEST if isinstance(value, int) else math.isfinite(value)


def _near(value: float, one: Field) -> float | int:
    near = min(max(value, one.lowest or 0.0), one.highest or 0.0)
    return int(near) if one.whole else near


def _unlike(acts: Acts, name: str) -> Any:
    """Give a value that is offered and is not what is done anyway."""
    return next(value for value in field_of(name).values if value != getattr(acts, name))


def _closest(value: Any, known: Any) -> str | None:
    found = nearest(value, known)
    return found.split("'")[1] if found.startswith("Did you mean '") else None


def _meant(value: Any, one: Field) -> Any:
    return _closest(value, [str(word) for word in one.values]) or one.default


def _dollars_meant(given: Any) -> float | str:
    """Give the number that a text such as "12,000 $" means; else that it can be left out."""
    digits = "".join(sign for sign in str(given) if sign in "0123456789.-")
    try:
        found = float(digits)
    except ValueError:
        return LEAVE_OUT
    return found if isinstance(given, str) and 0 <= found <= LARGEST else LEAVE_OUT


def _json(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, ensure_ascii=False)


def _short(value: Any) -> str:
    try:
        text = _json(value)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= 80 else text[:77] + "…"
