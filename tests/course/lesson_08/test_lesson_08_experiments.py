"""What is tried in lesson 8: the answer can be worked out from the table."""

import pytest

from frontporch.course import pairs
from frontporch.course.lesson_08 import experiments as tried
from frontporch.course.lesson_08.exercises import EXERCISES

BY_ID = {one.id: one for one in EXERCISES}


def numbers(table, column):
    return table[column].str.replace(",", "").str.replace("−", "-").astype(float)


def test_the_lesson_begins_with_elifs_list():
    fans, others = numbers(tried.fans_and_others(7, 10_000), "mean spend (dollars)")
    assert fans / others == pytest.approx(1.5, abs=0.05)


def test_the_naive_lift_is_a_division():
    fans, others = numbers(tried.fans_and_others(3, 4_000), "mean spend (dollars)")
    answer = BY_ID["8.1"].answer(number=3, customers=4_000)
    assert 100 * (fans / others - 1) == pytest.approx(answer, abs=0.05)


def test_dollars_per_new_fan_are_two_differences():
    table = tried.invited_and_others(9, 3_000)
    asked, idle = numbers(table, "fans (%)") / 100
    invited, rest = numbers(table, "mean spend (dollars)")
    answer = BY_ID["8.2"].answer(number=9, customers=3_000)
    assert (invited - rest) / (asked - idle) == pytest.approx(answer, abs=0.03)


def test_selection_alone_is_a_division():
    fans, others = numbers(tried.fans_in_the_long_run(0.9, 0.4), "spend in half a year (dollars)")
    answer = BY_ID["8.3"].answer(selection=0.9, invite=0.4)
    assert 100 * (fans / others - 1) == pytest.approx(answer, abs=0.05)


def test_a_targeted_message_is_a_difference():
    brings = numbers(tried.what_messages_bring(80, 30), "brings, after its cost (dollars)")
    assert brings[1] - brings[0] == pytest.approx(
        BY_ID["8.4"].answer(narrowed=80, margin=30), abs=1
    )


def test_every_pair_can_be_told_by_its_experiments():
    for number in pairs.SETS:
        for pair, truth in zip(pairs.PAIRS, pairs.truth(number), strict=True):
            found = tried.lifts(number, pair)
            assert [name for name, one in found.items() if one.interval()[0] > 0] == [truth]


def test_a_broken_invitation_brings_a_lift_out_of_nothing():
    table = tried.invited_by_hand(3, 5)
    lift = float(table.loc[table.iloc[:, 0] == "experiment", "lift (%)"].iloc[0])
    assert lift == pytest.approx(BY_ID["8.6"].answer(least=3, number=5), abs=0.06)
    assert lift > 20
