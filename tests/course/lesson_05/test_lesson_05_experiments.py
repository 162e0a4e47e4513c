"""Experiments of lesson 5: what is read from their tables answers the questions."""

import pytest

from frontporch.course import pairs as hidden
from frontporch.course.lesson_05 import exercises, experiments

ASKED = {one.id: one for one in exercises.EXERCISES}


def shown(way, **moved):
    """The table of an experiment with its controls set to the numbers of a question."""
    experiment = way.exercise.experiment
    begin = {one.name: one.value for one in experiment.controls}
    settings = {name: way.numbers.get(name, value) for name, value in begin.items()}
    return experiment.at(settings | moved, way.numbers)


def some(id, every):
    return pytest.mark.parametrize(
        "way", ASKED[id].ways()[::every], ids=lambda way: str(dict(way.numbers))
    )


@some("5.1", 9)
def test_strangers_words_divided_by_all_words(way):
    words = shown(way)["words of a friend"]
    assert way.exercise.matches(round(100 * words[1] / words.sum(), 1), way.answer)


@some("5.2", 9)
def test_what_is_believed_less_the_truth(way):
    marks = shown(way)["mean mark"]
    assert way.exercise.matches(marks[1] - marks[0], way.answer)


@some("5.3", 7)
def test_the_letters_words_are_left_where_the_slider_stands_at_the_answer(way):
    (slider,) = [one for one in way.exercise.experiment.controls if one.name == "disappointed"]
    nearest = min((place for _, place in slider.options), key=lambda one: abs(one - way.answer))
    assert way.exercise.matches(nearest, way.answer)
    left = float(shown(way, disappointed=nearest)["words of praise"].iloc[-1].replace("−", "-"))
    assert abs(left - way.numbers["letters"]) <= 0.1 * (1 + way.numbers["blame"]) + 1e-9


@some("5.4", 7)
def test_newcomers_of_one_way_less_those_of_the_other(way):
    mean = shown(way).set_index("way")["newcomers, on average"]
    first, second = way.numbers["compared"].split(" bring than ")
    assert way.exercise.matches(round(mean[first] - mean[second], 2), way.answer)


@some("5.6", 9)
def test_bridges_among_weak_ties(way):
    weak = shown(way).set_index("kind of tie").loc["weak"]
    read = 100 * weak["of these, local bridges"] / weak["ties"]
    assert way.exercise.matches(round(read, 1), way.answer)


@pytest.mark.parametrize("number", hidden.SETS)
def test_letters_that_chance_had_shown_tell_the_towns_of_every_pair_apart(number):
    for pair, right in zip(hidden.PAIRS, hidden.truth(number), strict=True):
        found = experiments.pair_of(number, pair)
        shown_or_not = {name: table.iloc[2] for name, (_, table) in found.items()}
        assert shown_or_not[right]["lower"] > 0
        other = shown_or_not["B" if right == "A" else "A"]
        assert other["lower"] < 0 < other["upper"]


@pytest.mark.parametrize("number", hidden.SETS[::4])
def test_comparing_the_tied_is_wrong_in_every_set(number):
    assert exercises.tied_buy_more(number) not in (hidden.truth(number), hidden.turned(number))
