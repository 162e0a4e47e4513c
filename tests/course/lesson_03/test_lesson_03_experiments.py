"""Experiments of lesson 3: what is read from them answers the questions."""

import re

import pytest

from frontporch.course import pairs as hidden
from frontporch.course.findings import Findings
from frontporch.course.lesson_03 import exercises, experiments
from frontporch.course.lesson_03.worlds import NOMINAL

ASKED = {one.id: one for one in exercises.EXERCISES}


def shown(id, **settings):
    """What the experiment of an exercise shows, with its other controls where they begin."""
    experiment = ASKED[id].experiment
    begin = {one.name: one.value for one in experiment.controls}
    made = experiment.at(begin | settings, ASKED[id].posed().numbers)
    return made.table if isinstance(made, Findings) else made


def number_of(table, row, column):
    """One number of a table that is shown; columns are counted from 0."""
    return float(table.iloc[row, column].replace(",", ""))


def test_dividing_two_rows_of_the_ladder_is_near_enough():
    for way in ASKED["3.1"].ways():
        asked = way.numbers
        table = shown("3.1", community=asked["community"], exchange=asked["exchange"])
        share = 100 * number_of(table, asked["more"], 1) / number_of(table, 0, 1)
        assert way.exercise.matches(round(share, 1), way.answer)


@pytest.mark.parametrize("way", ASKED["3.2"].ways()[::8], ids=lambda way: str(way.numbers))
def test_the_rest_point_stands_above_the_picture(way):
    title = shown("3.2", **way.numbers).get_title(loc="left")
    assert way.exercise.matches(float(re.search(r"customer ([\d.]+)", title)[1]), way.answer)


def test_subtracting_the_two_paths_is_near_enough():
    for way in ASKED["3.3"].ways():
        table, row = shown("3.3", step=way.numbers["step"]), way.numbers["exchanges"]
        read = round(number_of(table, row, 1) - number_of(table, row, 2), 3)
        assert way.exercise.matches(read, way.answer)


def test_the_customer_of_a_brand_stands_in_the_first_row():
    for way in ASKED["3.4"].ways():
        assert way.exercise.matches(number_of(shown("3.4", **way.numbers), 0, 2), way.answer)


@pytest.mark.parametrize("pairs", [hidden.SETS[0], 3, 18, 23])
def test_the_clock_tells_which_world_is_which_in_a_pair(pairs):
    """Sets 3, 18 and 23 hold a pair at whose own seed chance alone would mislead."""
    for pair, right in zip(hidden.PAIRS, ASKED["3.5"].answer(pairs), strict=True):
        for letter, table in experiments.readings_of_pair(pairs, pair).items():
            assert (table.loc["right", "p_value"] < NOMINAL) == (letter == right)
            assert table.loc["naive", "p_value"] < NOMINAL


def test_a_pair_of_worlds_is_read_in_two_ways():
    naive, right = (shown("3.5", reading=one) for one in experiments.READINGS)
    assert list(naive["world"]) == ["A", "B"] and not naive.equals(right)


def test_the_long_run_stands_in_the_first_row_or_never_comes():
    for way in ASKED["3.6"].ways():
        assert way.exercise.matches(number_of(shown("3.6", **way.numbers), 0, 2), way.answer)
    assert "never ends" in shown("3.6", answers=1.4)
