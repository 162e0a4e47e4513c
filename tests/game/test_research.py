"""Research: honest noise, in tables that the lessons' tools read, at nobody else's cost."""

import numpy as np
import pytest

from frontporch import community, deepening, fans
from frontporch.game import Game, simulate
from frontporch.game.research import TESTED, USUAL
from frontporch.game.stays import stays, steps
from frontporch.shop.people import ALL_STAGES

TEAMS = ("Ada", "Bo", "Cy")
TEST = {"kind": "ab_test", "act": "join_hours", "value": 10}


@pytest.fixture(scope="module")
def game():
    return Game(seed=2, teams=TEAMS, rounds=4, policies={"Cy": "usual"})


@pytest.fixture(scope="module")
def played(game):
    """Ada asks for everything in two rounds; Bo for nothing."""
    return simulate(
        game,
        [
            {"Ada": {"research": [{"kind": "survey"}, {"kind": "log"}]}, "Bo": {}},
            {"Ada": {"research": [TEST, {"kind": "rivals"}]}, "Bo": {}},
            {"Ada": {"research": {"kind": "encouragement"}}, "Bo": {}},
        ],
    )


def tables(played, number, name):
    return played.team("Ada").research[number][name]


def test_what_only_asks_changes_only_the_cash_of_who_pays(game):
    asks = simulate(
        game, [{"Ada": {"research": [{"kind": "survey"}, {"kind": "rivals"}]}, "Bo": {}}]
    )
    idle = simulate(game, [{"Ada": {}, "Bo": {}}])
    paid = {name: idle.cash()[name] - cash for name, cash in asks.cash().items()}
    assert paid == {"Ada": 35_000, "Bo": 0, "Cy": 0}


def test_research_of_one_changes_no_luck_of_another(game):
    """Bo's survey is the same whatever Ada asks, tests included where they do nothing to Bo."""
    survey = {"research": {"kind": "survey"}}
    found = [
        simulate(game, [{"Ada": {"research": asked}, "Bo": survey}]).research[0]["Bo"]["survey"]
        for asked in ([], [{"kind": "survey"}, {"kind": "log"}])
    ]
    assert found[0]["answers"].equals(found[1]["answers"])
    assert found[0]["ties"].equals(found[1]["ties"])


def test_nobody_else_sees_it(played):
    assert played.team("Bo").research == {}
    assert set(played.team("Ada").research) == {1, 2, 3}


def test_a_survey_hears_more_of_those_who_want_closeness():
    asked = Game(seed=2, teams=TEAMS, rounds=1, asked=1_000)
    answers = simulate(asked, [{"Ada": {"research": {"kind": "survey"}}}]).research[0]["Ada"][
        "survey"
    ]
    people, close = answers["answers"], simulate(asked).market.town.close
    wants = close[people["person"]]
    share = people["answered"].groupby(wants).mean()
    for holds, expected in ((True, 0.6), (False, 0.3)):
        many = (wants == holds).sum()
        assert share[holds] == pytest.approx(expected, abs=4 * (0.25 / many) ** 0.5)
    said = people.dropna(subset="wants_closeness")
    assert (said["wants_closeness"].astype(bool) == close[said["person"]]).all()
    assert people[~people["answered"]]["wants_closeness"].isna().all()


def test_a_survey_asks_thirty_and_draws_ties_that_community_reads(played):
    survey = tables(played, 1, "survey")
    assert len(survey["answers"]) == 30
    town = community.from_table(survey["ties"])
    assert town.size > survey["answers"]["answered"].sum()
    assert survey["ties"].groupby("source").size().max() <= 3


def test_the_log_is_read_by_deepening_and_fans(played):
    log = tables(played, 1, "log")
    rates = deepening.fit(log["stays"], by="channel").summary()
    assert set(rates["channel"]) == {"online", "offline"}
    customers = fans.rfm_summary(log["orders"])
    first = log["orders"].groupby("customer")["time"].min()
    assert len(customers) == (first < 4).sum()  # who first bought in the last week has no age


def test_an_ab_test_shows_moves_between_stages(played):
    found = tables(played, 2, "ab_test join_hours")
    moved, people = found["steps"], 2 * [None]
    met = moved[(moved["from"] == "unmet")].set_index("half")
    assert met.loc[TESTED, "steps"] > met.loc[USUAL, "steps"]
    rates = deepening.fit(found["stays"], by="half").summary()
    ours = moved[moved["from"] != "unmet"].sort_values(["half", "from", "to"])
    theirs = rates.sort_values(["half", "stage", "next_stage"])
    ours = ours[ours["from"] != "lost"]
    assert ours["steps"].sum() == theirs["events"].sum()
    people = found["money"]["people"].sum()
    assert people == played.game.people
    spent = played.team("Ada").orders
    spent = spent[spent["time"].between(5, 8)]["value"].sum()
    assert found["money"]["dollars"].sum() == pytest.approx(spent, abs=0.01)


def test_weeks_at_risk_add_up(played):
    moved = tables(played, 2, "ab_test join_hours")["steps"]
    weeks = moved.drop_duplicates(["half", "from"])["person_weeks"].sum()
    assert weeks == pytest.approx(played.game.people * played.game.weeks_a_round, rel=0.01)


def test_stays_of_a_small_case():
    import pandas as pd

    moves = pd.DataFrame(
        {"person": [1, 1], "time": [4.5, 6.0], "to": ["stranger", "lost"], "from": ["unmet", "x"]}
    )
    found = stays(moves, np.array([2, 0], np.int8), 4, 8)
    assert found.to_numpy().tolist() == [
        [0, "acquaintance", 4.0, 8.0, None],
        [1, "unmet", 4.0, 4.5, "stranger"],
        [1, "stranger", 4.5, 6.0, "lost"],
        [1, "lost", 6.0, 8.0, None],
    ]
    counted = steps(found, np.array([USUAL, TESTED], object))
    assert counted[counted["half"] == TESTED][["from", "per_week"]].to_numpy().tolist() == [
        ["unmet", 2.0],
        ["stranger", 1 / 1.5],
    ]
    assert ALL_STAGES[0] == "unmet"


def test_an_encouragement_is_read_by_fans(played):
    people = tables(played, 3, "encouragement")["people"]
    joined = people.groupby("invited")["fan"].mean()
    assert joined[True] > joined[False]
    found = fans.lift(people)
    assert found.interval("naive")[0] < found.interval("naive")[1]


def test_a_report_on_rivals_is_right_in_four_lines_of_five():
    game = Game(seed=4, teams=tuple("ABCDEFGH"), rounds=6, people=800)
    acts = {name: {"acts": {"join_hours": 5}} for name in game.teams}
    acts["A"] = {"research": {"kind": "rivals"}}
    found = simulate(game, [acts] * 6)
    wrong = of = 0
    for number in range(1, 7):
        report = found.team("A").research[number]["rivals"]["rivals"]
        assert "A" not in set(report["team"])
        for team, act, seems in report.itertuples(index=False):
            wrong += getattr(found.decisions[number - 1][team].acts, act) != seems
            of += 1
    assert wrong / of == pytest.approx(0.2, abs=4 * (0.16 / of) ** 0.5)
