"""A picture for a phone: lettering that can be read, nothing cut off, panels below each other."""

import pytest
from matplotlib import pyplot as plt
from matplotlib.text import Text

from frontporch import look
from frontporch.look import display
from frontporch.look.narrow import DPI, WIDTH, narrow

SHOWN = 334  # pixels that a picture is wide in a window of 390


@pytest.fixture
def phones(monkeypatch):
    """Pictures are drawn for phones too, as on a page without code."""
    monkeypatch.setattr(display, "_for_phones", True)


def wide(panels=1, name="students who write online", **settings):
    with look.style():
        figure, axes = plt.subplots(1, panels, squeeze=False)
        for ax in axes[0]:
            ax.plot([0, 1, 2], [0, 3, 4], label=name)
            ax.set(xlabel="weeks since the first contact of two strangers in a town", **settings)
            ax.set_ylabel("pairs")
    return figure, axes[0]


def letters(figure):
    return [one for one in figure.findobj(Text) if one.get_text().strip() and one.get_visible()]


@pytest.mark.parametrize("panels", [1, 2, 3])
def test_lettering_is_eleven_pixels_and_nothing_is_cut_off(panels):
    title = "A title of a picture says what is seen" if panels > 1 else 2 * "A long title goes on "
    figure, axes = wide(panels, "online", title=title)
    for ax in axes:
        look.label_lines(ax)
    narrow(figure)
    figure.draw_without_rendering()
    for one in letters(figure):
        assert one.get_fontsize() * SHOWN / (72 * WIDTH) >= 11, one
        box = one.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= WIDTH * DPI + 1, one.get_text()
    lower = [ax.get_position().y0 for ax in axes]
    assert lower == sorted(lower, reverse=True) and len({ax.get_position().x0 for ax in axes}) == 1


def test_names_at_the_ends_of_lines_are_written_once():
    figure, (ax,) = wide()
    look.label_lines(ax)
    narrow(figure)
    assert [one.get_text() for one in ax.texts] == ["students who write\nonline"]


def test_names_below_the_axes_that_touch_are_turned_and_all_stay():
    figure, (ax,) = wide()
    names = ["the first of four", "the second of four", "the third of four", "the fourth"]
    with look.style():
        ax.set_xticks([0, 0.6, 1.2, 1.8], names)
    narrow(figure)
    assert [one.get_text() for one in ax.get_xticklabels()] == names
    assert {one.get_rotation() for one in ax.get_xticklabels()} == {35}


def test_the_browser_chooses_between_the_two(phones):
    figure, (ax,) = wide(title="Pairs")
    html = look.drawn(ax)._repr_mimebundle_()["text/html"]
    assert html.startswith('<picture><source media="(max-width: 640px)" srcset="data:image/png')
    assert html.count("<img alt=") == 1
    assert figure.get_size_inches()[0] == pytest.approx(WIDTH)


def test_without_phones_there_is_one_picture():
    _, (ax,) = wide(title="Pairs")
    made = look.drawn(ax)
    assert made.narrow is None and "<picture>" not in made._repr_mimebundle_()["text/html"]


def test_the_key_of_a_map_goes_on_in_a_second_row():
    from frontporch import community

    town = community.small_world(people=40, ties_each=4, seed=7)
    figure = community.plot_community(town).get_figure()
    parts = [one for one in figure.axes[0].texts if str(one.get_gid()).startswith("key ")]
    narrow(figure)
    figure.draw_without_rendering()
    assert all(one.get_window_extent().x1 <= WIDTH * DPI for one in parts)


def test_a_long_note_stands_below_the_axes_which_keep_their_height():
    note = "This is a note that says in many words what the picture leaves out. " * 3
    figure, (ax,) = wide()
    bare, _ = wide()
    ax.text(0.5, 3, note)
    narrow(figure)
    narrow(bare)
    figure.draw_without_rendering()
    (below,) = figure.texts
    assert below.get_text().split() == note.split()
    assert below.get_window_extent().y1 < ax.xaxis.label.get_window_extent().y0
    bare.draw_without_rendering()
    assert ax.bbox.height == pytest.approx(bare.axes[0].bbox.height, rel=0.05)


def test_numbers_that_touch_stand_upright():
    figure, (ax,) = wide()
    for k in range(20):
        ax.text(k / 10, 2, "35 %")
    narrow(figure)
    assert {one.get_rotation() for one in ax.texts} == {90}
