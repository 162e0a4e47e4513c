"""Two worlds in which people write at the same hours, told apart by the clock."""

import numpy as np
import pytest

from frontporch.course.lesson_03 import worlds
from frontporch.deepening import logs
from frontporch.deepening.reciprocity import answering_test
from frontporch.streams import spawn


def test_the_worlds_look_alike_and_are_told_apart_by_the_clock():
    both = worlds(pairs=12)
    true, false = both.values()
    assert true.hawkes.mean_rates() == pytest.approx(false.hawkes.mean_rates(), rel=1e-9)
    assert true.hawkes.rhythm == false.hawkes.rhythm
    for name, world in both.items():
        read = both.read(logs.read(world.simulate(7)))
        assert read.loc["naive", "read"] == "they answer"
        assert (read.loc["right", "read"] == "they answer") == (name == both.truth)
    assert {worlds(shuffle=k).truth for k in range(8)} == {"A", "B"}
    with pytest.raises(ValueError, match="together are below 1"):
        worlds(answers=0.7)


@pytest.mark.slow
def test_the_right_reading_of_the_false_world_errs_at_its_level():
    false = worlds()["the claim fails"]
    rejected = [
        answering_test(false.events(rng), blocks=8).p_value < 0.05 for rng in spawn(20_269, 400)
    ]
    assert 0.02 <= np.mean(rejected) <= 0.08
