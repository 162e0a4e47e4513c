"""A diagram of stages has every box and every arrow, and tells every move."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from frontporch import look

STAGES = ["stranger", "acquaintance", "friend"]
MOVES = {
    ("stranger", "acquaintance"): "0.18",
    ("acquaintance", "stranger"): "0.02",
    ("acquaintance", "friend"): "0.07",
    ("stranger", "lost"): "0.05",
    ("friend", "lost"): "0.01",
}


def draw(stages=STAGES, moves=MOVES, below="lost"):
    with look.style():
        return look.draw_stages(Figure().subplots(), stages, moves, below=below)


def boxes(ax):
    """Each box by the name that is written in its middle."""
    found = {}
    for patch in ax.patches:
        if isinstance(patch, FancyBboxPatch):
            middle = (patch.get_x() + patch.get_width() / 2, patch.get_y() + patch.get_height() / 2)
            (name,) = [t.get_text() for t in ax.texts if t.get_position() == pytest.approx(middle)]
            found[name] = patch
    return found


def arrows(ax):
    return [one for one in ax.texts if getattr(one, "arrow_patch", None) is not None]


def touched(ax, point):
    """Name of the box on whose edge the end of an arrow stands."""
    x, y = point
    for name, box in boxes(ax).items():
        left, low = box.get_x(), box.get_y()
        right, high = left + box.get_width(), low + box.get_height()
        within = left - 1e-9 <= x <= right + 1e-9 and low - 1e-9 <= y <= high + 1e-9
        edge = min(abs(x - left), abs(x - right), abs(y - low), abs(y - high)) < 1e-9
        if within and edge:
            return name
    return None


def test_every_box_is_drawn_inside_the_picture_and_apart():
    ax = draw()
    found = boxes(ax)
    assert list(found) == [*STAGES, "lost"]
    row = [found[name].get_x() for name in STAGES]
    assert row == sorted(row)
    assert found["lost"].get_y() < found["friend"].get_y()
    ax.figure.draw_without_rendering()
    extents = [box.get_window_extent() for box in found.values()]
    assert not any(one.overlaps(other) for one, other in combinations(extents, 2))
    for one in extents:
        assert ax.bbox.x0 <= one.x0 and one.x1 <= ax.bbox.x1
        assert ax.bbox.y0 <= one.y0 and one.y1 <= ax.bbox.y1


def test_every_arrow_leads_from_its_box_to_its_box():
    ax = draw()
    led = [(touched(ax, one.xyann), touched(ax, one.xy)) for one in arrows(ax)]
    assert led == list(MOVES)


def test_no_arrow_crosses_a_box():
    ax = draw()
    for one in arrows(ax):
        (x0, y0), (x1, y1) = one.xyann, one.xy
        for share in np.linspace(0.01, 0.99, 50):
            x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
            for box in boxes(ax).values():
                across = box.get_x() <= x <= box.get_x() + box.get_width()
                assert not (across and box.get_y() <= y <= box.get_y() + box.get_height())


def test_a_stage_below_can_be_left_again():
    both = {("friend", "lost"): "0.01", ("lost", "friend"): "0.04", ("lost", "stranger"): "0.1"}
    ax = draw(moves=both)
    assert [(touched(ax, one.xyann), touched(ax, one.xy)) for one in arrows(ax)] == list(both)
    down, up, _ = arrows(ax)
    assert abs(down.xy[0] - up.xy[0]) > 0.1  # beside each other


def test_every_text_stands_beside_the_middle_of_its_arrow():
    ax = draw()
    written = [one for one in ax.texts if one.get_text() in MOVES.values()]
    assert [one.get_text() for one in written] == list(MOVES.values())
    for text, arrow in zip(written, arrows(ax), strict=True):
        x, y = text.get_position()
        middle = [(a + b) / 2 for a, b in zip(arrow.xy, arrow.xyann, strict=True)]
        assert abs(x - middle[0]) < 0.5 and abs(y - middle[1]) < 0.5


def test_there_and_back_are_two_arrows_that_do_not_touch():
    ax = draw(["a", "b"], {("a", "b"): "1", ("b", "a"): "2"}, None)
    there, back = arrows(ax)
    assert there.xy[1] > 0 > back.xy[1]
    assert there.xy[0] > there.xyann[0] and back.xy[0] < back.xyann[0]


def test_texts_are_large_enough_to_be_read_on_a_slide():
    ax = draw()
    assert min(text.get_fontsize() * ax.figure.dpi / 72 for text in ax.texts) >= 16


def test_the_alternative_text_lists_every_move():
    assert look.alt_text(draw()) == (
        "Diagram of stages: stranger, acquaintance, friend, lost. Moves: stranger to acquaintance, "
        "0.18; acquaintance to stranger, 0.02; acquaintance to friend, 0.07; stranger to lost, "
        "0.05; friend to lost, 0.01."
    )
    assert look.alt_text(draw(["a"], {}, None)) == "Diagram of stages: a."
    ax = draw()
    assert look.alt_text(ax.figure) == look.alt_text(ax)


def test_axes_are_given_back_without_scales():
    ax = Figure().subplots()
    assert look.draw_stages(ax, ["a", "b"], {}) is ax and not ax.axison


@pytest.mark.parametrize("move", [("stranger", "buyer"), ("buyer", "friend")])
def test_an_unknown_stage_is_refused(move):
    with pytest.raises(ValueError, match=r"'buyer'.*stranger, acquaintance, friend, lost"):
        draw(moves={move: "1"})


def test_without_a_stage_below_it_is_unknown():
    with pytest.raises(ValueError, match="'lost'"):
        draw(below=None)


@pytest.mark.parametrize(
    ("stages", "moves", "below", "told"),
    [
        (["a", "b"], {("a", "a"): "1"}, None, "from 'a' to itself"),
        ([], {}, None, "one stage or more, each once; got none"),
        (["a", "b", "a"], {}, None, "each once; got a, b, a"),
        (["a", "lost"], {}, "lost", "each once; got a, lost, lost"),
    ],
)
def test_what_cannot_be_drawn_is_refused(stages, moves, below, told):
    ax = Figure().subplots()
    with pytest.raises(ValueError, match=told):
        look.draw_stages(ax, stages, moves, below=below)
    assert not ax.patches and not ax.texts
