"""Pictures of praise say in their text what they show."""

import pytest

from frontporch import look
from frontporch.course import lesson_05
from frontporch.course.lesson_05.ways import WAYS


def told(ax):
    text = look.alt_text(ax)
    look.picture(ax)
    return text


def test_the_share_of_strangers_is_told_with_its_band():
    text = told(lesson_05.by_strangers([5, 40], towns=2, runs=40).plot())
    assert "brought by strangers" in text and "40" in text and "band" in text


@pytest.mark.parametrize(("readers", "kinds"), [(0, 2), (100, 3)])
def test_who_told_has_a_bar_a_kind_of_tie(readers, kinds):
    ax = lesson_05.plot_told(20, 0.2, readers, runs=40)
    assert [len(one.patches) for one in ax.figure.axes] == [kinds, kinds]
    assert "adopters" in told(ax)


def test_a_tie_counts_the_same_with_and_without_a_page():
    ties = []
    for readers in (0, 100):
        in_all, per_tie = lesson_05.plot_told(20, 0.2, readers, runs=40).figure.axes
        pairs = zip(in_all.patches[:2], per_tie.patches[:2], strict=True)
        ties.append([100 * a.get_height() / b.get_height() for a, b in pairs])
    assert ties[0] == pytest.approx(ties[1])


@pytest.mark.parametrize(("quality", "above"), [(6, 8), (4, 9.5), (8, 5)])
def test_letters_are_told_with_what_two_readers_believe(quality, above):
    text = told(lesson_05.plot_letters(quality, above, 50))
    assert "50 letters were written" in text and f"from mark {above:g} up" in text
    assert "thinks these are all the letters" in text and "knows that they were picked" in text


@pytest.mark.parametrize("quality", [6, 9])
def test_bars_of_letters_add_up_to_those_written_and_stand_in_the_picture(quality):
    ax = lesson_05.plot_letters(quality, 8, 200)
    assert sum(bar.get_height() for bar in ax.patches) == 200
    assert max(bar.get_x() for bar in ax.patches if bar.get_height()) < ax.get_xlim()[1]


def test_ways_are_told_with_their_runs():
    assert "open reviews" in told(lesson_05.ways(0.2).plot())


def test_ways_by_blame_have_a_line_each():
    found = lesson_05.ways([0, 0.4], towns=1, runs=20)
    text = told(found.plot("by share"))
    assert all(way in text for way in WAYS)
    with pytest.raises(ValueError, match="by share"):
        found.plot()
