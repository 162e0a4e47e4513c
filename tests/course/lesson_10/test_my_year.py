"""The player's year: rounds that are recorded, buttons that play, and the debrief at its end."""

import pytest

from frontporch import look
from frontporch.classroom.checking import teams
from frontporch.classroom.record import kept
from frontporch.course.lesson_10 import MainStreet
from frontporch.course.lesson_10.my_year import decided, plain, play_of
from frontporch.course.lesson_10.other_decisions import YOURS, debriefed
from frontporch.course.lesson_10.pictures import plot_other_decisions, plot_year_so_far
from frontporch.course.lesson_10.rivals import (
    CARDS,
    HIDDEN,
    RESEARCH,
    ROUNDS,
    YOU,
    decision,
    main_street,
    usual,
)
from frontporch.course.lesson_10.telling import research_tables
from frontporch.names import UnknownName

STREET = MainStreet()
my_year, debrief = STREET.my_year, STREET.debrief


@pytest.fixture(autouse=True)
def record(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTPORCH_RECORD", str(tmp_path / "answers.json"))
    monkeypatch.delenv("FRONTPORCH_RESULTS", raising=False)
    return tmp_path


def test_every_choice_is_something_that_the_game_takes():
    game = main_street("Blue")
    for card in CARDS:
        for option in card.options:
            for asked in RESEARCH:
                chosen = {card.name: option, "research": asked}
                assert game.read_decision(YOU, 1, decision(chosen)).acts is not None
    assert set(HIDDEN) == set(game.told().query("here == 'find out'")["claim"])


def test_a_test_gives_the_other_value_to_half_of_the_people():
    for offer, other in (("at once", 4), ("after 4 weeks", 0)):
        made = decision({"offer": offer, "research": "test: offer on halves"})
        assert made["research"][0]["value"] == other


def test_prices_on_the_buttons_are_those_of_the_hours():
    reach = next(one for one in CARDS if one.name == "reach")
    assert reach.worded("nothing") == "nothing"
    assert reach.worded("join in, 5 hours") == "join in, 5 hours (90 dollars a week)"


def test_teams_have_streets_of_their_own_and_the_same_name_the_same_one():
    assert main_street("Blue") == main_street(" blue ")
    assert len({main_street(f"Team {k}").seed for k in range(40)}) > 10


def test_a_round_is_recorded_played_and_told():
    year = my_year().decide(offer="at once", expected="9,000")
    (first,) = decided("")
    assert first.details["offer"] == "at once" and first.details["expected"] == 9_000
    assert year.play.rounds == 1 and not len(year.play.reasons)
    said = "\n".join(year.sentences())
    assert "You expected 9,000." in said and "Luck alone" in said and "Orders: " in said
    again = play_of("", [plain(first)])
    assert again.cash() == year.play.cash()


def test_what_there_is_not_is_named_and_nothing_is_recorded():
    for wrong in ({"ofer": "at once"}, {"offer": "at onse"}, {"research": "surveys"}):
        with pytest.raises(UnknownName, match="There is no"):
            my_year().decide(**wrong)
    with pytest.raises(ValueError, match="not an amount"):
        my_year().decide(expected="a lot")
    assert decided("") == []


def test_buttons_do_what_is_typed_and_the_page_shows_it():
    year = my_year()
    year.controls()
    parts = year._parts
    parts["rest"].click()
    assert "Decide one round first" in parts["said"].value
    parts["reach"].value, parts["expected"].value = "join in, 5 hours", "a lot"
    parts["play"].click()
    assert "not an amount" in parts["said"].value and decided("") == []
    parts["expected"].value = "9000"
    parts["research"].value = "survey of 30 customers"
    parts["play"].click()
    assert parts["said"].value == "" and len(decided("")) == 1
    assert "<img" in parts["result"].value and "Round 2 of 12" in parts["head"].value
    assert "Research, survey" in parts["result"].value
    assert "were asked" in parts["result"].value and "answers" in year.research["survey"]
    assert parts["reach"].value == "join in, 5 hours" and parts["research"].value == "none"
    fresh = my_year()
    fresh.controls()
    assert "Round 2 of 12" in fresh._parts["head"].value
    assert fresh._parts["result"].value == parts["result"].value


def test_a_test_is_told_in_five_steps_and_read_by_the_ladder():
    from frontporch import deepening

    year = my_year().decide(offer="at once", research="test: offer on halves")
    ((title, table),) = research_tables(year.play)
    assert "offer on halves" in title and len(table) == 5
    (tables,) = year.research.values()
    steps = tables["steps"].set_index(["from", "to", "half"])
    rate = 100 * steps.loc[("unmet", "stranger", "tested"), "per_week"]
    assert float(table.loc["met you", "tested half"]) == pytest.approx(rate, abs=0.06)
    assert "(" in table.iloc[0, 2] and " to " in table.iloc[0, 2]
    assert len(deepening.fit(tables["stays"], by="half").summary())


def test_the_rest_of_the_year_keeps_the_last_decisions_and_then_it_is_over():
    waiting = debrief()
    assert "12 rounds are left" in repr(waiting)
    year = my_year()
    year.controls()
    year.decide(reach="join in, 5 hours", expected=9_000)
    assert "11 rounds are left" in repr(waiting)
    year._parts["rest"].click()
    assert len(decided("")) == ROUNDS and year.play.over
    assert year._parts["play"].disabled and "over" in year._parts["head"].value
    assert {one.details["reach"] for one in decided("")} == {"join in, 5 hours"}
    with pytest.raises(ValueError, match="over"):
        year.decide()
    said = repr(waiting)
    assert "Your year ended with" in said and "You said what you expect in 1 round" in said
    assert "12 of 12 rounds" in said
    assert "dollars, " in look.alt_text(plot_year_so_far(year.play))
    found = debriefed("", decided(""))
    assert YOURS in look.alt_text(plot_other_decisions(found.came, found.luck))
    # What else was tried is the same year: with your own decisions it is the same to the cent.
    from frontporch.course.lesson_10.other_decisions import _with

    own = [plain(one) for one in decided("")]
    assert _with(found.play, own) == pytest.approx(found.came[YOURS], abs=1e-9)


def test_another_team_begins_another_year():
    my_year().decide()
    teams.team("Blue")
    try:
        assert decided("Blue") == [] and debrief().left == ROUNDS
        my_year().decide()
        assert len(decided("Blue")) == 1
    finally:
        teams.team("")
    assert [one.kind for one in kept.entries()].count("decision") == 2


def test_usual_choices_are_those_of_the_usual_shop():
    from frontporch.shop import Acts

    acts = Acts()
    for name, value in decision(usual())["acts"].items():
        assert getattr(acts, name) == value
