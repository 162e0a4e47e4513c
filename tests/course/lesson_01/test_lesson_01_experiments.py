"""Experiments of lesson 1: what is read from them answers the questions."""

import pytest

from frontporch import deepening
from frontporch.course import pairs as hidden
from frontporch.course.findings import Findings
from frontporch.course.lesson_01 import exercises, experiments

ASKED = {one.id: one for one in exercises.EXERCISES}


def shown(id, **settings):
    """What the experiment of an exercise shows, with its other controls where they begin."""
    experiment = ASKED[id].experiment
    begin = {one.name: one.value for one in experiment.controls}
    made = experiment.at(begin | settings, ASKED[id].posed().numbers)
    return made.table if isinstance(made, Findings) else made


def in_row(table, name, column):
    """One number of a table that is shown, by the name in its first column."""
    return float(table.set_index(table.columns[0]).loc[name, column])


@pytest.mark.parametrize("way", ASKED["1.1"].ways(), ids=lambda way: str(way.numbers["hours"]))
def test_subtracting_the_two_definitions_is_near_enough(way):
    table = shown("1.1", **way.numbers)
    read = [
        in_row(table, name, "met again, %")
        for name in ("any message counts", "both must have spoken")
    ]
    assert way.exercise.matches(read[0] - read[1], way.answer)


@pytest.mark.parametrize("hours", [2, 24, 72])
def test_the_chosen_pairs_stand_in_their_row(hours):
    way = next(one for one in ASKED["1.3"].ways() if one.numbers["hours"] == hours)
    table = shown("1.3", hours=hours)
    read = in_row(table, "only pairs that ever replied", "met again, %")
    assert way.exercise.matches(read, way.answer)
    assert read > 2 * in_row(table, "all pairs", "met again, %")


@pytest.mark.parametrize("way", ASKED["1.4"].ways()[::7], ids=lambda way: str(way.numbers))
def test_an_office_stands_in_its_row(way):
    asked = way.numbers
    table = shown("1.4", encounter=asked["encounter"], hours=24 * asked["days"])
    assert way.exercise.matches(in_row(table, asked["community"], "met again, %"), way.answer)


def test_places_are_those_of_the_table():
    week = shown("1.2", encounter="fifth", within="a week").set_index("community")["met again, %"]
    assert week["conference 2009"].startswith("not known")
    known = week.drop("conference 2009").astype(float)
    assert exercises.at_the_place(exercises.THIRD_LISTS[0]) == known.idxmax()
    assert exercises.at_the_place(exercises.THIRD_LISTS[2]) == known.idxmin()


@pytest.mark.parametrize("pairs", hidden.SETS)
def test_the_hazard_ratio_tells_which_world_is_which_in_every_pair(pairs):
    for pair, right in zip(hidden.PAIRS, ASKED["1.5"].answer(pairs), strict=True):
        for letter, spells in experiments.logs_of_pair(pairs, pair).items():
            found = deepening.fit(spells, by="channel")
            ratio = deepening.compare(found["online"], found["offline"]).summary().iloc[0]
            assert (ratio["lower"] > 1) == (letter == right)


def test_a_pair_shows_a_list_and_four_numbers():
    table = shown("1.5", shown="list of friends")
    assert list(table["friends made"]) == ["offline", "online"] and len(table.columns) == 5
    assert len(shown("1.5", shown="four numbers")) == 4


@pytest.mark.parametrize("way", ASKED["1.6"].ways()[::6], ids=lambda way: str(way.numbers))
def test_one_rate_of_a_slower_world_stands_in_the_last_column(way):
    table = shown("1.6", **way.numbers)
    assert way.exercise.matches(in_row(table, "offline", table.columns[-1]), way.answer)
