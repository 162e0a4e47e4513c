"""Nia's letters: dollars by the law of the two worlds."""

import numpy as np
import pytest

from frontporch.course.lesson_03 import worlds
from frontporch.course.lesson_03.decision import FIRST, TRIAL, WAIT, Letters, called_forth, year
from frontporch.deepening.reciprocity import Hawkes

SEEDS = range(1_000)
ANSWERING, SAME_HOURS = worlds().values()


def test_what_a_message_calls_forth_is_what_one_more_in_the_long_run_does():
    law = ANSWERING.hawkes
    base = np.array([0.1, 0.1])
    more = [
        np.asarray(Hawkes(tuple(one), law.excitation, 1.0).mean_rates())
        for one in (base, base + np.array([0.0, 0.01]))
    ]
    # One message more from outside is followed by bursts of its own, and by answers.
    assert (more[1] - more[0])[0] / 0.01 == pytest.approx(called_forth(ANSWERING))


@pytest.mark.parametrize("world", [ANSWERING, SAME_HOURS], ids=["answering", "same hours"])
def test_letters_bring_what_they_call_forth(world):
    says = Letters()
    expected = 60 * (called_forth(world) * says.ordered - 52 * says.letter)
    assert year(world, FIRST, 60, SEEDS).mean() == pytest.approx(expected, abs=200)


def test_a_trial_gives_up_where_nobody_answers():
    stopped, lost = (year(SAME_HOURS, one, 60, SEEDS).mean() for one in (TRIAL, FIRST))
    assert lost < 3 * stopped < 0
    assert year(ANSWERING, TRIAL, 60, SEEDS).mean() > 0.5 * year(ANSWERING, FIRST, 60, SEEDS).mean()
    assert not year(ANSWERING, WAIT, 60, SEEDS).any()
