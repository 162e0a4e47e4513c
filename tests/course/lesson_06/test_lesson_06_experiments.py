"""Experiments of lesson 6: what is read from their tables answers the questions."""

import pytest

from frontporch.course import pairs as hidden
from frontporch.course.lesson_06 import exercises, experiments
from frontporch.course.lesson_06.replies import by_reply

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


@some("6.1", 7)
def test_two_rows_of_joes_posts_are_in_time(way):
    posts = shown(way)["% of posts"]
    assert way.exercise.matches(posts[0] + posts[1], way.answer)


def test_more_work_than_an_hour_holds_is_said_in_words():
    with pytest.raises(ValueError, match="the queue grows without end"):
        experiments.joe_alone(6, 10, 30)


@some("6.2", 7)
def test_the_first_row_that_reaches_ninety(way):
    column = "% answered within 30 minutes"
    rows = shown(way)
    enough = rows[[not one.startswith("never") and float(one) >= 90 for one in rows[column]]]
    read = enough["dollars an hour"].iloc[0] / way.numbers["posts"]
    assert way.exercise.matches(round(read, 2), way.answer)


@some("6.3", 7)
def test_what_is_left_of_a_customers_worth(way):
    row = shown(way).set_index("way").loc[way.numbers["way"]]
    cost = int(row["dollars in 26 weeks"].replace(",", "")) / row["incremental adopters"]
    assert way.exercise.matches(round(way.numbers["worth"] - cost, 2), way.answer)


@some("6.4", 7)
def test_the_unhappy_who_post_divided_by_all_who_post(way):
    post = shown(way)["of these, post"]
    assert way.exercise.matches(round(100 * post[0] / post.sum(), 1), way.answer)


@some("6.6", 11)
def test_the_row_of_the_method(way):
    found = shown(way).set_index("method")["percentage points for one more friend"]
    assert way.exercise.matches(found[way.numbers["method"]], way.answer)


@pytest.mark.parametrize("number", hidden.SETS)
def test_replies_picked_by_chance_tell_the_shops_of_every_pair_apart(number):
    for pair, right in zip(hidden.PAIRS, hidden.truth(number), strict=True):
        logs = experiments.pair_of(number, pair)
        chance = {name: by_reply(one["picked by chance"]) for name, one in logs.items()}
        assert chance[right]["lower"][1] > chance[right]["upper"][0]
        other = chance["B" if right == "A" else "A"]
        assert other["lower"][1] < other["upper"][0]


@pytest.mark.parametrize("number", hidden.SETS[::4])
def test_usual_replies_are_wrong_in_every_set(number):
    assert exercises.further_ahead(number) not in (hidden.truth(number), hidden.turned(number))


def test_each_further_reader_of_an_answer_makes_it_cheaper():
    alone, read = (experiments.at_the_desk(6, 20, others) for others in (0, 4))
    assert (alone["dollars an hour"] == read["dollars an hour"]).all()
    each = "dollars for each reader"
    assert read[each].tolist() == pytest.approx((alone[each] / 5).tolist(), abs=0.006)


def test_useful_posts_leave_those_who_come_anyway_as_they_are():
    usual, useful = (experiments.at_equal_cost(50, share) for share in (0, 100))
    kinds = list(experiments.KINDS)
    anyway = [rows[kinds].sum(axis=1) - rows["adopters"] for rows in (usual, useful)]
    assert anyway[1].tolist() == pytest.approx(anyway[0].tolist())
    assert (useful["boosted posts"] <= usual["boosted posts"]).all()
