"""Pictures of communities: places that stay, marks that say what the numbers say, alt text."""

import subprocess
import sys
from collections import OrderedDict
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from frontporch import community, data, look
from frontporch.classroom import Slider, panel
from frontporch.community.graph.block_models import fortress
from frontporch.community.pictures.blocks import blocks_of
from frontporch.community.pictures.communities import plot_groups
from frontporch.community.pictures.layout import TALL, WIDE, layout
from frontporch.community.pictures.page import dot_size
from frontporch.community.pictures.spreads import plot_spread
from frontporch.community.pictures.steps import read_steps, shown_steps

NOW = look.palette[1].color


@pytest.fixture(scope="module")
def street():
    return community.main_street().community()


@pytest.fixture(scope="module")
def course(street):
    start = ["bakery", "hotel", "barber"]
    return community.trace(street, start, community.independent_cascade(0.3), seed=7)


def segments(ax):
    """Count the drawn ties: pieces of broken lines of three points each, key left out."""
    return sum(len(line.get_xdata()) // 3 for line in ax.artists + list(ax.lines))


def people_drawn(ax):
    return max(ax.collections, key=lambda one: len(one.get_offsets()))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=9), st.integers(0, 99))
def test_nobody_covers_anybody_or_leaves_the_page(sizes, seed):
    sizes = sizes[: max(1, int(np.searchsorted(np.cumsum(sizes), 200)))]
    where = layout(community.block_model(sizes, 4, 1, seed=seed))
    assert ((where.at >= 0) & (where.at <= [WIDE, TALL])).all()
    far = np.hypot(*(where.at[:, None] - where.at[None, :]).transpose(2, 0, 1))
    np.fill_diagonal(far, np.inf)
    # A dot's diameter in inches, and a page is 9 inches wide.
    assert far.min() > np.sqrt(dot_size(where, 1.0)) / 72
    for one in range(len(where.radius)):
        off = (where.at[where.group == one] - where.centre[one]) / [where.stretch, 1.0]
        assert (np.hypot(*off.T) <= where.radius[one] + 1e-9).all()


def test_a_place_follows_from_the_ties_alone(street):
    again = community.main_street().community()
    assert layout(again) is layout(street)
    louder = replace(street, strength=street.strength * 2)
    assert layout(louder) is layout(street)
    assert layout(fortress(street, 0.5, seed=7)) is not layout(street)


def test_a_layout_is_made_anew_with_the_same_places(street, monkeypatch):
    first = layout(street)
    monkeypatch.setattr(sys.modules["frontporch.community.pictures.layout"], "_kept", OrderedDict())
    second = layout(street)
    assert second is not first
    np.testing.assert_array_equal(second.at, first.at)


def test_those_who_are_tied_stand_nearer_than_chance():
    town = community.ring(40, 4)
    where = layout(town, groups=np.zeros(40))
    tied = np.hypot(*(where.at[town.sources] - where.at[town.targets]).T).mean()
    any_two = np.hypot(*(where.at[:, None] - where.at[None, :]).transpose(2, 0, 1)).mean()
    assert tied < 0.5 * any_two


def test_circles_are_found_where_nothing_is_known():
    club = community.from_table(data.load("karate_club"))
    where = layout(club)
    assert where.found and len(where.radius) == 4
    by_club = data.load("karate_club", "people")["club"]
    given_ = layout(club, by_club)
    assert not given_.found and len(given_.radius) == 2


def test_a_picture_has_everybody_and_every_tie_once(street):
    names = list(dict.fromkeys(data.load("main_street_ties", "people")["neighbourhood"]))
    ax = community.plot_community(street, names=names)
    where = layout(street)
    dots = people_drawn(ax)
    np.testing.assert_allclose(dots.get_offsets(), where.at)
    shown = [to_hex(one) for one in dots.get_facecolors()]
    assert shown == [look.palette[k].color.lower() for k in where.group]
    assert len({tuple(map(tuple, path.vertices)) for path in dots.get_paths()}) == 5
    assert segments(ax) == street.ties
    written = [text.get_text() for text in ax.texts]
    assert written[:5] == names and "weak online tie" in written
    text = look.alt_text(ax)
    assert "200 people and 679 ties" in text and "Mill Lane 38" in text
    assert f"{(~street.strong).sum() // 2} weak" in text


def test_strong_and_weak_ties_differ_by_more_than_colour(street):
    ax = community.plot_community(street)
    drawn = [line for line in ax.artists + list(ax.lines) if len(line.get_xdata()) % 3 == 0]
    solid = [line for line in drawn if line.get_linestyle() == "-"]
    broken = [line for line in drawn if line.get_linestyle() == "--"]
    assert sum(len(line.get_xdata()) // 3 for line in broken) == (~street.strong).sum() // 2
    assert min(one.get_linewidth() for one in solid) > max(one.get_linewidth() for one in broken)


def test_local_bridges_are_marked_and_counted():
    club = community.from_table(data.load("karate_club"))
    ax = community.plot_community(club, bridges=True)
    marked = [one for one in ax.artists + list(ax.lines) if one.get_color() == NOW]
    assert [len(one.get_xdata()) // 3 for one in marked if len(one.get_xdata()) > 2] == [11]
    assert "11 are local bridges" in look.alt_text(ax)
    assert {str(k) for k in range(34)} <= {text.get_text() for text in ax.texts}


def test_places_of_another_picture_are_kept(street):
    fewer = fortress(street, 1.0, seed=7)
    ax = community.plot_community(fewer, places=layout(street))
    np.testing.assert_allclose(people_drawn(ax).get_offsets(), layout(street).at)
    with pytest.raises(ValueError, match="200 people, but there are 10"):
        community.plot_community(community.ring(10, 2), places=layout(street))
    with pytest.raises(ValueError, match="2 names for 5 groups"):
        community.plot_community(street, names=["a", "b"])


def test_a_large_community_is_drawn_by_its_groups():
    town = community.block_model([100, 300, 200], 8, 1, seed=7)
    with pytest.raises(ValueError, match="600 people have no room"):
        layout(town)
    ax = community.plot_community(town, names=["north", "east", "south"])
    assert {text.get_text() for text in ax.texts} >= {"north\n100", "east\n300", "south\n200"}
    parts = blocks_of(town)
    apart = town.group[town.sources] != town.group[town.targets]
    assert parts.between.sum() == apart.sum() and (parts.between == parts.between.T).all()
    area = parts.radius**2
    np.testing.assert_allclose(area / area.sum(), np.array([1, 3, 2]) / 6)
    with pytest.raises(ValueError, match="give groups"):
        plot_groups(community.ring(3_000, 4))


def test_what_is_not_drawn_is_told():
    ax = plot_groups(community.block_model([100] * 23 + [20], 8, 4, seed=7))
    assert any("not drawn" in one.get_text() and "320 people" in one.get_text() for one in ax.texts)


def test_a_step_shows_who_has_adopted_and_who_just_has(street, course):
    step = 2
    ax = community.plot_spread_at(course, street, step)
    taken = course["step"].fillna(99).to_numpy(int)
    faces = np.array([to_hex(one) for one in people_drawn(ax).get_facecolors()])
    assert (faces[taken == step] == NOW.lower()).all()
    assert (faces[taken < step] == look.palette[0].color.lower()).all()
    assert (faces[taken > step] == "#ffffff").all()
    sizes = people_drawn(ax).get_sizes()
    assert sizes[taken == step].min() > sizes[taken != step].max()
    newest = [one for one in ax.artists + list(ax.lines) if one.get_color() == NOW]
    assert sum(len(one.get_xdata()) // 3 for one in newest) == (taken == step).sum()
    text = look.alt_text(ax)
    assert f"Step 2: {(taken <= step).sum()} of 200" in text and "local" in text


def test_a_slider_moves_through_the_steps(street, course):
    last = int(course["step"].max())
    moved = panel(
        partial(community.plot_spread_at, course, street), Slider("step", "step", 0, last, 1, 0)
    )
    first = moved.picture()
    assert "Step 0: 3 of 200" in repr(first)
    moved.set(step=last)
    assert f"Step {last}:" in repr(moved.picture())
    after = community.plot_spread_at(course, street, last + 3)
    assert "0 of them now" in look.alt_text(after)
    for bad in (-1, 1.5, True):
        with pytest.raises(ValueError, match="whole number from 0 up"):
            community.plot_spread_at(course, street, bad)


def test_small_multiples_have_a_panel_a_step(street, course):
    ax = plot_spread(course, street)
    chosen = shown_steps(int(course["step"].max()))
    panels = [one for one in ax.figure.axes if len(one.collections) and len(one.texts)]
    titles = [one.texts[0].get_text() for one in ax.figure.axes[:-1]]
    assert [title.split(":")[0] for title in titles] == [f"step {k}" for k in chosen]
    assert len(panels) == len(chosen) + 1  # and the key
    assert f"and {course['step'].notna().sum()} by step" in look.alt_text(ax.figure)
    with pytest.raises(ValueError, match="one to nine"):
        plot_spread(course, street, steps=range(10))


def test_a_large_spread_fills_groups_by_their_share():
    town = community.block_model([150, 150], 8, 1, seed=7)
    found = community.trace(town, [0], community.independent_cascade(0.4), seed=7)
    ax = community.plot_spread_at(found, town, int(found["step"].max()))
    share = found["step"].notna().groupby(town.group).mean()
    texts = {text.get_text() for text in ax.texts}
    assert {f"group {k + 1}\n{share[k]:.0%}" for k in (0, 1)} <= texts
    plot_spread(found, town)


def test_a_course_of_other_people_is_refused(street, course):
    with pytest.raises(ValueError, match="200 other people than the 10"):
        community.plot_spread_at(course, community.ring(10, 2), 0)
    with pytest.raises(ValueError, match="no column through"):
        community.plot_spread_at(course.drop(columns="through"), street, 0)
    assert read_steps(course, street).brought(1).keys() == {"local", "online"}


def test_courses_are_the_runs_of_a_spread(street):
    rule = community.independent_cascade(0.15)
    many = community.trajectories(street, ["bakery"], rule, runs=60, seed=7)
    reach = community.simulate(street, ["bakery"], rule, runs=60, seed=7)
    np.testing.assert_allclose(many.mean, reach.adopters)
    np.testing.assert_array_equal(many.adopters[:, -1], reach.sizes)
    one = community.trace(street, ["bakery"], rule, run=3, seed=7)["step"].dropna()
    assert many.adopters[3, 1] == (one <= 1).sum()
    assert many.summary().shape == (len(many.mean), 3)
    with pytest.raises(ValueError, match="runs is 0"):
        community.trajectories(street, ["bakery"], rule, runs=0, seed=7)


def test_adopters_are_drawn_with_what_lies_between_runs(street):
    rule = community.independent_cascade(0.15)
    many = community.trajectories(street, ["bakery"], rule, runs=60, seed=7)
    reach = community.simulate(street, ["barber"], rule, runs=60, seed=7)
    ax = many.plot("adopters", beside={"bakery": many, "barber": reach})
    lines = {line.get_label(): line for line in ax.lines}
    assert lines["bakery"].get_ydata()[len(many.mean) - 1] == many.mean[-1]
    band = ax.collections[0].get_paths()[0].vertices
    assert band[:, 1].max() == np.quantile(many.adopters[:, -1], 0.95, method="closest_observation")
    assert "bakery goes from 1 at 0" in look.alt_text(ax)


def test_who_carried_it_in_all_and_by_tie(street):
    reach = community.simulate(street, ["bakery"], community.independent_cascade(0.2), 60, seed=7)
    ax = reach.plot("carried", community=street)
    total, each = ax.figure.axes
    heights = [bar.get_height() for bar in total.patches]
    assert heights == [reach.carried["local"], reach.carried["online"]]
    assert [bar.get_height() for bar in each.patches] == pytest.approx(
        [100 * reach.carried["local"] / 528, 100 * reach.carried["online"] / 151]
    )
    assert f"local {heights[0]:.3g}, online {heights[1]:.3g}" in look.alt_text(ax.figure)
    plain = community.simulate(community.ring(10, 2), 0, community.independent_cascade(0.2), 9, 7)
    with pytest.raises(ValueError, match="does not say who carried it"):
        plain.plot("carried")


def test_advertising_has_no_ties_to_divide_by(street):
    known = replace(street, layer=None, layers=())
    rule = community.goldenberg_libai_muller(0.01, 0.01, 0.04)
    reach = community.simulate(known, [], rule, runs=20, steps=10, seed=7)
    ax = reach.plot("carried", beside={"advertised": reach, "again": reach}, community=known)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["weak", "strong"]


def test_pictures_leave_the_settings_as_they_were(street, course):
    import matplotlib

    before = dict(matplotlib.rcParams)
    look.picture(community.plot_community(street))
    plot_spread(course, street)
    assert dict(matplotlib.rcParams) == before


def test_a_spread_alone_needs_no_picture():
    code = (
        "import sys\n"
        "from frontporch import community\n"
        "heavy = {'matplotlib', 'numba', 'pandas', 'networkx'}\n"
        "assert not heavy & set(sys.modules)\n"
        "assert set(community.__all__) <= set(dir(community))\n"
        "community.plot_community\n"
        "assert not {'matplotlib', 'numba', 'pandas', 'networkx'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="plot_comunity"):
        community.plot_comunity  # noqa: B018
