"""Whatever is handed in: a decision or a reason, and a game that plays again to the same cents."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.game import Game, simulate
from frontporch.game.decision import Decision, DecisionError
from frontporch.game.form import form
from frontporch.game.requests import KINDS, TESTABLE
from frontporch.shop.accounts import PARTS

GAME = Game(seed=6, teams=("Ada", "Bo"), rounds=4, people=150, weeks_a_round=1)
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([*KINDS, *TESTABLE]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "act", "value", "acts", "messages", "answer"])
            | st.text(max_size=6),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
PARTS_GIVEN = st.dictionaries(
    st.sampled_from(["acts", "research", "prediction", "memo", "budget", "team", "round"]), ANY
)


@settings(max_examples=60, deadline=None)
@given(given_=PARTS_GIVEN | ANY, number=st.integers(1, 4))
def test_anything_is_a_decision_or_gets_a_reason(given_, number):
    try:
        found = GAME.read_decision("Ada", number, given_)
    except DecisionError as error:
        assert str(error).startswith(f"Ada, round {number}: ")
        return
    again = json.loads(json.dumps(found.plain()))
    assert GAME.read_decision("Ada", number, again) == found


def one_value(draw, field):
    if field.is_number and draw(st.booleans()):
        kind = st.integers if field.whole else st.floats
        low, high = (
            (int(field.lowest), int(field.highest))
            if field.whole
            else (
                field.lowest,
                field.highest,
            )
        )
        return draw(kind(low, high))
    return draw(st.sampled_from(field.values))


@st.composite
def a_decision(draw, number):
    """Any acts that go together, and perhaps a piece of research."""
    chosen = {one.name: one_value(draw, one) for one in form(number)}
    if chosen.get("data") == "none":
        chosen |= {"targeted": False, "suggest": "none"}
    kind = draw(st.sampled_from([None, "survey", "log", "rivals"]))
    return {"acts": chosen, "research": [] if kind is None else [{"kind": kind}]}


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_any_game_plays_again_to_the_same_cents_and_its_money_adds_up(data):
    given_ = [
        {team: data.draw(a_decision(number)) for team in GAME.teams} for number in range(1, 4)
    ]
    played = simulate(GAME, given_)
    assert played.reasons.empty
    assert simulate(GAME, played.decisions).cash() == played.cash()
    sums = played.weeks.groupby("shop")[list(PARTS)].sum()
    earned = sums["sales"] - sums[list(PARTS[1:])].sum(axis=1)
    assert list(played.cash().values()) == [1_000_000 + int(one) for one in earned]
    stages = ["unmet", "stranger", "acquaintance", "buyer", "friend", "lost"]
    assert (played.weeks[stages].sum(axis=1) == GAME.people).all()


@pytest.mark.parametrize("number", [1, 3])
def test_a_decision_made_by_hand_is_checked_like_any_other(number):
    from frontporch.shop import Acts

    made = Decision("Ada", number, Acts(boost=2_000.0))
    played = simulate(GAME, [{}] * (number - 1) + [{"Ada": made, "Bo": {}}])
    assert "acts.boost is 2000" in played.reasons["reason"].iloc[-1]
