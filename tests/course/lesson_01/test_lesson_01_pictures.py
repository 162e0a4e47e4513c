"""Pictures of lesson 1 hold what the numbers say."""

import pytest

from frontporch import look
from frontporch.course.lesson_01 import plot_ladder, plot_repeats, plot_stages, repeat
from frontporch.deepening import Ladder


def named(ax):
    return {line.get_label(): line for line in ax.get_lines() if line.get_label()[0] != "_"}


def test_ladder_ends_where_the_closed_form_does():
    lines = named(plot_ladder(hazard_ratio=2.0, loss_ratio=1.5, weeks=40))
    exact = Ladder.online_and_offline(hazard_ratio=2.0, loss_ratio=1.5).reach_by("friend", 40)
    for channel in ("online", "offline"):
        assert lines[channel].get_ydata()[-1] == pytest.approx(exact[channel][0])


def test_repeats_count_what_covers_the_truth():
    ladder = Ladder.online_and_offline()
    repeats = repeat(lambda seed: ladder.simulate(pairs=200, seed=seed), range(5))
    ax = plot_repeats(repeats, truth=100.0)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert "misses it (5)" in labels and "truth 100" in labels


def test_stages_are_a_diagram_with_every_rate():
    text = look.alt_text(plot_stages(Ladder.online_and_offline(), "online"))
    assert "stranger to acquaintance, 0.18" in text and "friend to lost, 0.01" in text
