"""Experiments of lesson 4: what is read from their tables answers the questions."""

import pytest

from frontporch.course import pairs as hidden
from frontporch.course.lesson_04 import exercises, experiments

ASKED = {one.id: one for one in exercises.EXERCISES}


def shown(way):
    """The table of an experiment with its controls set to the numbers of a question."""
    experiment = way.exercise.experiment
    begin = {one.name: one.value for one in experiment.controls}
    settings = {name: way.numbers.get(name, value) for name, value in begin.items()}
    return experiment.at(settings, way.numbers)


def some(id, every):
    return pytest.mark.parametrize(
        "way", ASKED[id].ways()[::every], ids=lambda way: str(dict(way.numbers))
    )


@some("4.1", 5)
def test_online_ties_divided_by_both_kinds(way):
    ties = shown(way).set_index("layer")["ties"]
    assert way.exercise.matches(round(100 * ties["online"] / ties["both"], 1), way.answer)


@some("4.2", 9)
def test_the_second_row_taken_from_the_first(way):
    heard = shown(way)["people who hear the news (of 200)"]
    assert way.exercise.matches(heard[0] - heard[1], way.answer)


@some("4.3", 9)
def test_local_ties_alone_taken_from_both_layers(way):
    heard = shown(way)["people who hear the news (of 200)"]
    assert way.exercise.matches(heard[0] - heard[1], way.answer)


@some("4.4", 9)
def test_crowding_out_taken_from_on_top(way):
    heard = shown(way)["people who hear the news (of 200)"]
    assert way.exercise.matches(heard[0] - heard[1], way.answer)


@some("4.6", 7)
def test_wired_streets_without_the_minus(way):
    assert way.exercise.matches(-shown(way)["difference in neighbors known"][1], way.answer)


@pytest.mark.parametrize("number", hidden.SETS)
def test_wired_streets_tell_the_towns_of_every_pair_apart(number):
    for pair, right in zip(hidden.PAIRS, hidden.truth(number), strict=True):
        found = experiments.pair_of(number, pair)
        wired = {name: table.iloc[1] for name, (_, table) in found.items()}
        assert wired[right]["upper"] < 0
        other = wired["B" if right == "A" else "A"]
        assert other["lower"] < 0 < other["upper"]


@pytest.mark.parametrize("number", hidden.SETS[::4])
def test_comparing_people_online_is_wrong_in_every_set(number):
    assert exercises.users_lead_less(number) not in (hidden.truth(number), hidden.turned(number))
