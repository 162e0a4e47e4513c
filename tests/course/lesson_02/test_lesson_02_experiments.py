"""Experiments of lesson 2: what is read from them answers the questions."""

import pytest

from frontporch.course import pairs as hidden
from frontporch.course.findings import Findings
from frontporch.course.lesson_02 import exercises, experiments
from frontporch.deepening import offers

ASKED = {one.id: one for one in exercises.EXERCISES}


def shown(id, **settings):
    """What the experiment of an exercise shows, with its other controls where they begin."""
    experiment = ASKED[id].experiment
    begin = {one.name: one.value for one in experiment.controls}
    made = experiment.at(begin | settings, ASKED[id].posed().numbers)
    return made.table if isinstance(made, Findings) else made


def number_of(table, row, column):
    """One number of a table that is shown."""
    return float(table[column].iloc[row].replace(",", ""))


@pytest.mark.parametrize("way", ASKED["2.1"].ways()[::9], ids=lambda way: str(way.numbers))
def test_both_readings_stand_in_the_table(way):
    table = shown("2.1", **way.numbers)
    assert way.exercise.matches(number_of(table, 0, "hazard ratio"), way.answer)
    assert 0.85 < number_of(table, 1, "hazard ratio") < 1.15


@pytest.mark.parametrize("way", ASKED["2.2"].ways(), ids=lambda way: str(way.numbers["weeks"]))
def test_dividing_the_weeks_is_near_enough(way):
    table = shown("2.2", **way.numbers)
    read = 100 * number_of(table, 1, "how many") / number_of(table, 0, "how many")
    assert way.exercise.matches(round(read, 1), way.answer)


@pytest.mark.parametrize("way", ASKED["2.3"].ways()[::11], ids=lambda way: str(way.numbers))
def test_a_shop_has_its_own_log(way):
    table = shown("2.3", **way.numbers)
    assert way.exercise.matches(number_of(table, 1, "hazard ratio"), way.answer)
    assert number_of(table, 1, "hazard ratio") != number_of(shown("2.3"), 1, "hazard ratio")


def test_the_size_of_a_trial_stands_beside_those_of_other_powers():
    for way in ASKED["2.4"].ways():
        table = shown("2.4", **way.numbers)
        column = "strangers in each arm"
        sizes = [number_of(table, row, column) for row in range(3)]
        assert sizes[1] == way.answer and sizes == sorted(sizes)


@pytest.mark.parametrize("pairs", hidden.SETS)
def test_the_trial_tells_which_shop_is_which_in_every_pair(pairs):
    for pair, right in zip(hidden.PAIRS, ASKED["2.5"].answer(pairs), strict=True):
        for letter, shop in experiments.shops_of_pair(pairs, pair).items():
            log = shop.randomise(pairs=1_000, seed=hidden.seed(pairs, pair))
            assert (offers.trial(log).difference > 0) == (letter == right)


def test_a_pair_of_shops_shows_its_ends_its_gain_and_its_trial():
    assert list(shown("2.5")["shop"]) == ["shop A", "shop B"]
    for what in experiments.SHOWN[1:]:
        drawn = shown("2.5", shown=what)
        assert drawn.get_xlabel() and drawn.has_data()


def test_an_eager_shop_has_fewer_friends_the_longer_it_is_eager():
    for way in ASKED["2.6"].ways()[::5]:
        table = shown("2.6", **way.numbers)
        read = number_of(table, 1, "friends, of 100")
        assert way.exercise.matches(read, way.answer) and read < number_of(
            table, 0, "friends, of 100"
        )
    steady = shown("2.6")
    assert list(steady.iloc[0])[1:] == list(steady.iloc[1])[1:], "begins at once a week"
