"""Sixty bad decisions: each is refused by name, with a remedy that works, at nobody else's cost."""

import copy
import json

import pytest

from frontporch.game import Game, simulate
from frontporch.game.decision import LEAVE_OUT, DecisionError
from frontporch.shop import Acts

GAME = Game(seed=3, teams=("Ada", "Bo"), rounds=6, people=300, weeks_a_round=1)
LONG = "x" * 4_001
TEST = {"kind": "ab_test", "act": "messages", "value": 1}

# round, what is handed in, the part that is named
BAD = [
    (1, None, ""),
    (1, [], ""),
    (1, "yes", ""),
    (1, 7, ""),
    (1, {"act": {}}, "act"),
    (1, {"Acts": {}}, "Acts"),
    (1, {"predicton": 5}, "predicton"),
    (1, {"team": "Bo"}, "team"),
    (1, {"team": 1}, "team"),
    (1, {"round": 2}, "round"),
    (1, {"round": "1"}, "round"),
    (1, {"round": True}, "round"),
    (1, {"acts": []}, "acts"),
    (1, {"acts": "messages"}, "acts"),
    (1, {"acts": None}, "acts"),
    (1, {"acts": {"mesages": 1}}, "acts.mesages"),
    (1, {"acts": {"spare_hours": 1}}, "acts.spare_hours"),
    (1, {"acts": {"": 1}}, "acts."),
    (1, {"acts": {"x" * 5_000: 1}}, "acts." + "x" * 5_000),
    (1, {"acts": {"messages": -1}}, "acts.messages"),
    (1, {"acts": {"messages": 3.01}}, "acts.messages"),
    (1, {"acts": {"messages": "1"}}, "acts.messages"),
    (1, {"acts": {"messages": None}}, "acts.messages"),
    (1, {"acts": {"messages": True}}, "acts.messages"),
    (1, {"acts": {"messages": [1]}}, "acts.messages"),
    (1, {"acts": {"messages": float("nan")}}, "acts.messages"),
    (1, {"acts": {"boost": float("inf")}}, "acts.boost"),
    (1, {"acts": {"boost": 10**400}}, "acts.boost"),
    (1, {"acts": {"offer_week": 0.5}}, "acts.offer_week"),
    (1, {"acts": {"offer_week": 21}}, "acts.offer_week"),
    (1, {"acts": {"answer": "complaint"}}, "acts.answer"),
    (1, {"acts": {"answer": 1}}, "acts.answer"),
    (1, {"acts": {"answer": ["all"]}}, "acts.answer"),
    (1, {"acts": {"letters": "picked"}}, "acts.letters"),
    (2, {"acts": {"event": "loyal"}}, "acts.event"),
    (2, {"acts": {"newsletter": "yes"}}, "acts.newsletter"),
    (2, {"acts": {"newsletter": 1}}, "acts.newsletter"),
    (3, {"acts": {"targeted": True}}, "acts.targeted"),
    (3, {"acts": {"suggest": "similar"}}, "acts.suggest"),
    (3, {"acts": {"trade_shows": 2.5}}, "acts.trade_shows"),
    (4, {"acts": {"useful": 50}}, "acts.useful"),
    (1, {"research": "survey"}, "research"),
    (1, {"research": 5}, "research"),
    (1, {"research": ["survey"]}, "research[0]"),
    (1, {"research": [{}]}, "research[0]"),
    (1, {"research": [{"kind": "surveys"}]}, "research[0].kind"),
    (1, {"research": [{"kind": None}]}, "research[0].kind"),
    (1, {"research": [{"kind": ["log"]}]}, "research[0].kind"),
    (1, {"research": [{"kind": "survey", "people": 500}]}, "research[0].people"),
    (1, {"research": [{"kind": "survey"}, {"kind": "survey"}]}, "research[1]"),
    (1, {"research": [{"kind": "survey"}, {"kind": "log"}, {"kind": "rivals"}]}, "research"),
    (1, {"research": [{"kind": "ab_test"}]}, "research[0]"),
    (1, {"research": [{"kind": "ab_test", "act": "web", "value": "site"}]}, "research[0]"),
    (1, {"research": [{"kind": "ab_test", "act": "letters", "value": "open"}]}, "research[0]"),
    (1, {"research": [{"kind": "ab_test", "act": "mesages", "value": 1}]}, "research[0].act"),
    (1, {"research": [{"kind": "ab_test", "act": "messages"}]}, "research[0].value"),
    (1, {"research": [TEST | {"value": 0.5}]}, "research[0].value"),
    (1, {"research": [TEST | {"value": 9}]}, "research[0].value"),
    (1, {"research": [TEST | {"half": 0.1}]}, "research[0].half"),
    (1, {"research": [TEST, TEST | {"value": 0.25}]}, "research[1]"),
    (3, {"research": [{"kind": "ab_test", "act": "targeted", "value": True}]}, "research[0]"),
    (4, {"acts": {"web": "site"}, "research": {"kind": "encouragement"}}, "research[0]"),
    (4, {"acts": {"fan_drive": True}, "research": {"kind": "encouragement"}}, "research[0]"),
    (1, {"prediction": "12,000 $"}, "prediction"),
    (1, {"prediction": "much"}, "prediction"),
    (1, {"prediction": float("nan")}, "prediction"),
    (1, {"prediction": 1e9}, "prediction"),
    (1, {"prediction": True}, "prediction"),
    (1, {"prediction": {"low": 1}}, "prediction"),
    (1, {"budget": -5}, "budget"),
    (1, {"acts": {"join_hours": 10}, "budget": 100}, "budget"),
    (1, {"memo": 5}, "memo"),
    (1, {"memo": None}, "memo"),
    (1, {"memo": LONG}, "memo"),
    (1, {"memo": "\ud800"}, "memo"),
]


def refused(number, given):
    with pytest.raises(DecisionError) as caught:
        GAME.read_decision("Ada", number, given)
    return caught.value


def mended(given, error):
    """Do what the remedy says, to the part that it names."""
    if not error.field:
        return error.instead
    fixed = copy.deepcopy(given)
    if isinstance(fixed.get("research"), dict):
        fixed["research"] = [fixed["research"]]
    head, _, tail = error.field.partition(".")
    if head.startswith("research["):
        inner, place = fixed["research"], int(head[9:-1])
        if tail:
            inner, place = inner[place], tail
    elif tail or (head == "acts" and error.field != "acts"):
        inner, place = fixed.setdefault("acts", {}), tail
    else:
        inner, place = fixed, head
    if error.instead == LEAVE_OUT:
        del inner[place]
    else:
        inner[place] = error.instead
    return fixed


def test_there_are_sixty():
    assert len({repr(one) for one in BAD}) >= 60


@pytest.mark.parametrize(("number", "given", "field"), BAD, ids=range(len(BAD)))
def test_a_bad_decision_is_named_and_its_remedy_works(number, given, field):
    error = refused(number, given)
    assert (error.team, error.number, error.field) == ("Ada", number, field)
    text = str(error)
    assert text.startswith(f"Ada, round {number}: {field[:60]}") and len(text) < 6_000
    if error.instead == LEAVE_OUT:
        assert text.endswith("Leave it out.")
    else:
        printed = text[text.rindex("Write ") + 6 : -1]
        assert json.loads(printed) == error.instead
    GAME.read_decision("Ada", number, mended(given, error))


def test_nobody_else_is_affected():
    good = {"acts": {"join_hours": 5}, "memo": "We meet people."}
    for number, given, _ in BAD[::6]:
        fine, before = [{"Ada": {}, "Bo": good}] * (number - 1), GAME
        bad = simulate(before, [*fine, {"Ada": given, "Bo": good}])
        none = simulate(before, [*fine, {"Bo": good}])
        assert bad.cash() == none.cash()
        assert bad.decisions[-1]["Bo"].memo == "We meet people."
        assert bad.reasons["team"].tolist() == ["Ada"]
        assert bad.decisions[-1]["Ada"].acts == Acts()


def test_what_others_hand_in_under_a_strange_name_is_noted():
    played = simulate(GAME, [{"Ada": {}, "Bo": {}, "bo": {"acts": {"boost": 500}}}])
    assert played.reasons[["team", "reason"]].to_numpy().tolist() == [
        ["bo", "No team of this name hands in. Did you mean 'Bo'? Known: Ada, Bo."]
    ]
