"""Names stand beside the ends of their lines, in order, apart, and inside the picture."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text

from frontporch import look
from frontporch.look.direct_labels import spread

NAMES = ["online", "offline", "text message", "face to face", "students online 2021", "a", "lost"]
SHARE = st.floats(0, 1)
BLOCKS = st.lists(st.tuples(SHARE, st.floats(0.001, 0.4)), min_size=1, max_size=9)


def picture_of(ends, names=NAMES):
    """Axes with a line to each of the ends."""
    with look.style():
        ax = Figure().subplots()
        for i, end in enumerate(ends):
            ax.plot([0, 1, 2], [0.5, 0.2, end], label=names[i], **look.series(i))
        ax.set(xlim=(0, 2), ylim=(0, 1), xlabel="time (weeks)", ylabel="share")
    return ax


def boxes(names):
    """Where the texts stand in the drawn picture, without the lines that lead to them."""
    names[0].figure.draw_without_rendering()
    return [Text.get_window_extent(name) for name in names]


def assert_apart_and_inside(names):
    figure, found = names[0].get_figure(root=True), sorted(boxes(names), key=lambda box: box.y0)
    # All begin at the same place, so they are apart where each begins above the one below.
    assert np.ptp([box.x0 for box in found]) < 0.5
    assert all(high.y0 - low.y1 > -0.01 for low, high in pairwise(found))
    for one in found:
        assert one.x0 >= -0.5 and one.y0 >= -0.5
        assert one.x1 <= figure.bbox.x1 + 0.5 and one.y1 <= figure.bbox.y1 + 0.5


@settings(max_examples=25)
@given(st.lists(SHARE, min_size=1, max_size=7))
@example([0.5] * 7)
@example([0.0, 0.0, 1.0, 1.0])
def test_names_are_apart_inside_and_in_the_order_of_the_ends(ends):
    ax = picture_of(ends)
    names = look.label_lines(ax)
    assert [" ".join(name.get_text().split()) for name in names] == NAMES[: len(ends)]
    assert_apart_and_inside(names)
    heights = [name.xyann[1] for name in names]
    by_end = sorted(range(len(ends)), key=lambda i: (ends[i], i))
    assert all(heights[low] < heights[high] for low, high in pairwise(by_end))
    # Beside the axes, not over them.
    assert min(box.x0 for box in boxes(names)) >= ax.bbox.x1


def test_two_panels_keep_their_names_apart():
    with look.style():
        figure = Figure()
        panels = figure.subplots(1, 2)
        for panel in panels:
            for i, end in enumerate((0.5, 0.51, 0.52, 0.9)):
                panel.plot([0, 1], [0, end], label=NAMES[i], **look.series(i))
    names = [look.label_lines(panel) for panel in panels]
    for ones in names:
        assert_apart_and_inside(ones)
    assert max(box.x1 for box in boxes(names[0])) < panels[1].bbox.x0


def test_the_layout_is_final():
    ax = picture_of([0.2, 0.21, 0.9])
    names = look.label_lines(ax)
    figure = ax.get_figure()
    assert figure.get_layout_engine() is None
    place, before = ax.get_position().bounds, [box.bounds for box in boxes(names)]
    figure.axes[0].set_xlabel("a label\nof\nfour\nrows")  # would move a picture laid out anew
    figure.draw_without_rendering()
    assert ax.get_position().bounds == place
    assert [box.bounds for box in boxes(names)] == before


def test_a_name_at_its_line_has_no_leader_and_a_moved_one_has():
    apart = look.label_lines(picture_of([0.1, 0.9]))
    assert [name.arrow_patch.get_visible() for name in apart] == [False, False]
    together = look.label_lines(picture_of([0.5, 0.5]))
    assert [name.arrow_patch.get_visible() for name in together] == [True, True]


def test_a_line_that_ends_early_is_led_to():
    ax = picture_of([0.2])
    ax.plot([0, 1], [0.1, 0.8], label="ended")
    name = look.label_lines(ax)[1]
    assert name.xy == pytest.approx((0.5, 0.8)) and name.arrow_patch.get_visible()


def test_a_name_has_the_colour_of_its_line_dark_enough_for_text():
    names = look.label_lines(picture_of([0.1, 0.4, 0.7]))
    assert [name.get_color() for name in names] == [
        look.readable(one.color) for one in look.palette[:3]
    ]


def test_names_stand_at_the_edge_where_a_line_leaves_the_axes():
    ax = picture_of([1.0])
    ax.set_xlim(0, 1.5)
    (name,) = look.label_lines(ax)
    assert name.xy == pytest.approx((1, 0.6))  # halfway from 0.2 to 1.0


def test_steps_error_bars_and_logarithmic_axes_have_their_ends():
    with look.style():
        ax = Figure().subplots()
        ax.step([1, 10, 100], [0.1, 0.5, 0.3], where="post", label="steps")
        ax.errorbar([1, 100], [0.9, 0.7], yerr=0.1, label="bars")
        ax.set(xscale="log", xlim=(1, 100), ylim=(0, 1))
    names = look.label_lines(ax)
    assert {name.get_text(): name.xy for name in names} == {
        "steps": pytest.approx((1, 0.3)),
        "bars": pytest.approx((1, 0.7)),
    }


def test_unnamed_and_hidden_lines_have_no_name():
    ax = picture_of([0.3])
    ax.plot([0, 1], [0, 1])
    ax.plot([0, 1], [0, 1], label="_private")
    ax.plot([0, 1], [0, 1], label="hidden", visible=False)
    ax.plot([7, 8], [0, 1], label="outside")
    assert [name.get_text() for name in look.label_lines(ax)] == ["online"]


def test_a_long_name_goes_on_below():
    (name,) = look.label_lines(picture_of([0.5], ["students who met in the library"]))
    rows = name.get_text().split("\n")
    assert len(rows) == 2 and max(map(len, rows)) <= 18


@pytest.mark.parametrize("lines", [0, 1])
def test_without_names_it_says_what_to_do(lines):
    ax = Figure().subplots()
    for _ in range(lines):
        ax.plot([0, 1], [0, 1])
    with pytest.raises(ValueError, match=r'give each line a label.*label="online".*before'):
        look.label_lines(ax)


@given(BLOCKS)
@example([(0.5, 0.4), (0.5, 0.4), (0.5, 0.4)])
def test_spread_keeps_order_without_overlap_inside_where_there_is_room(blocks):
    wanted, heights = zip(*blocks, strict=True)
    places = spread(wanted, heights)
    order = sorted(range(len(blocks)), key=lambda i: (wanted[i], i))
    for low, high in pairwise(order):
        assert places[high] - places[low] >= (heights[low] + heights[high]) / 2 - 1e-9
    first, last = order[0], order[-1]
    bottom, top = places[first] - heights[first] / 2, places[last] + heights[last] / 2
    if sum(heights) <= 1:
        assert bottom >= -1e-9 and top <= 1 + 1e-9
    else:  # sticks out evenly
        assert -bottom == pytest.approx(top - 1)


@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), min_size=1, max_size=8))
def test_spread_moves_nothing_that_has_its_place(parts):
    # Gaps and blocks in turn from the bottom up, together as high as the axes.
    gaps, heights = np.array(parts).T / np.array(parts).sum()
    wanted = np.cumsum(gaps + heights) - heights / 2
    assert spread(wanted, heights) == pytest.approx(wanted.tolist())


@given(BLOCKS, st.lists(st.floats(0.001, 1), min_size=10, max_size=10))
def test_spread_is_nearest(blocks, parts):
    """No other places that are allowed are nearer, by least squares, to the wanted ones."""
    wanted, heights = (np.array(part) for part in zip(*sorted(blocks), strict=True))
    assume(heights.sum() <= 1)
    places = np.array(spread(wanted, heights))
    # Free room is dealt out by these parts below, between and above the blocks.
    rooms = np.array(parts[: len(blocks) + 1])
    rooms *= (1 - heights.sum()) / rooms.sum()
    other = np.cumsum(rooms[:-1]) + np.cumsum(heights) - heights / 2
    for share in (1.0, 0.1, 0.001):  # the allowed places are convex: also the ones on the way
        way = places + share * (other - places)
        assert ((places - wanted) ** 2).sum() <= ((way - wanted) ** 2).sum() + 1e-9


def test_what_was_drawn_before_changes_nothing(monkeypatch):
    """Room that was measured for another picture with the same words is the same room."""
    from matplotlib import pyplot as plt

    from frontporch.look import direct_labels

    def drawn(top):
        with look.style():
            ax = plt.subplots()[1]
            ax.plot([0, 1], [0, top], label="online")
            ax.plot([0, 1], [0, 0.01], label="offline")
            ax.set(xlabel="weeks", ylabel="share", ylim=(0, 1))
            look.label_lines(ax)
        return look.picture(ax)

    monkeypatch.setattr(direct_labels, "_rooms", {})
    alone = drawn(0.999)
    for top in (0.2, 0.5):
        drawn(top)
    assert len(direct_labels._rooms) == 1
    assert drawn(0.999) == alone
