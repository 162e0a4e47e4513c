"""Closing porches: what is taken, what comes online, how far word goes, and the pictures."""

from functools import partial

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community, look
from frontporch.classroom import Slider, panel
from frontporch.community.graph.main_street import PLACES
from frontporch.course import lesson_04
from frontporch.names import UnknownName

NEWS = community.independent_cascade(0.3)


@pytest.fixture(scope="module")
def street():
    return community.main_street().community()


def pairs(town, layer):
    one = town.of_layer(layer)
    return set(zip(one.sources.tolist(), one.targets.tolist(), strict=True))


def test_one_layer_keeps_its_ties_and_all_people(street):
    parts = [street.of_layer(layer) for layer in street.layers]
    assert sum(one.ties for one in parts) == street.ties
    assert {one.size for one in parts} == {street.size}
    with pytest.raises(UnknownName, match="layer"):
        street.of_layer("onlin")
    with pytest.raises(ValueError, match="no layers"):
        community.ring(people=12, ties_each=4).of_layer("local")


@settings(max_examples=15, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 99))
def test_a_larger_share_takes_the_same_ties_and_more(street, one, other, seed):
    less, more = sorted((one, other))
    left, fewer = (lesson_04.closed(street, share, seed=seed) for share in (less, more))
    assert pairs(fewer, "local") <= pairs(left, "local") <= pairs(street, "local")
    assert not pairs(fewer, "online")


def test_ties_to_other_neighbourhoods_stay(street):
    town = lesson_04.closed(street, removed=1.0, seed=7)
    local = street.of_layer("local")
    apart = street.group[local.sources] != street.group[local.targets]
    assert town.arcs == apart.sum()
    assert (town.group[town.sources] != town.group[town.targets]).all()


def test_what_is_moved_online_is_as_much_as_was_taken(street):
    before = street.of_layer("local").ties
    ties = [lesson_04.closed(street, 0.5, "moved", seed=k).ties for k in range(60)]
    lost = [before - lesson_04.closed(street, 0.5, seed=k).ties for k in range(60)]
    # Poisson draws of about 248 ties, of which pairs that are tied already are left out.
    error = np.sqrt(np.mean(lost) / 60)
    assert before - 0.05 * np.mean(lost) - 4 * error < np.mean(ties) < before + 4 * error
    assert lesson_04.closed(street, 0.0, "moved", seed=7).ties == before


def test_a_town_without_layers_and_with_a_wrong_wish():
    town = community.block_model([20, 20], seed=7)
    assert lesson_04.closed(town, 0.5, 1.0, seed=7).layers == ("local", "online")
    with pytest.raises(ValueError, match="moved"):
        lesson_04.closed(town, 0.5, "move", seed=7)
    for wrong in (-1.0, np.inf):
        with pytest.raises(ValueError, match="online is"):
            lesson_04.closed(town, 0.5, wrong, seed=7)
    with pytest.raises(ValueError, match="removed"):
        lesson_04.closed(town, 1.5, seed=7)
    with pytest.raises(ValueError, match="neighbourhood"):
        lesson_04.closed(community.ring(people=12, ties_each=4), 0.5, seed=7)


def test_reach_is_the_mean_of_spreads(street):
    found = lesson_04.reach(street, "café", NEWS, [0.5], online=1.0, draws=3, runs=20, seed=7)
    rng = np.random.default_rng(7).spawn(3)[0]
    taken, coins = (int(one) for one in rng.integers(2**62, size=2))
    town = lesson_04.closed(street, 0.5, 1.0, seed=taken)
    first = community.simulate(town, "café", NEWS, runs=20, seed=coins).mean
    assert found.reached[0, 0] == first
    assert found.mean[0] == found.reached.mean()


def test_reach_falls_with_the_neighbours_and_a_share_alone_is_the_share_among_others(street):
    whole = lesson_04.reach(street, "café", NEWS, seed=7)
    assert (np.diff(whole.mean) < 0).all()
    half = lesson_04.reach(street, "café", NEWS, [0.5], seed=7)
    assert half.reached[:, 0].tolist() == whole.reached[:, 2].tolist()
    table = whole.summary()
    assert (table["lower"] <= table["reached"]).all() and (table["upper"] <= whole.people).all()
    assert table["per_cent"].tolist() == pytest.approx((whole.mean / 2).tolist())


def test_the_interval_is_students(street):
    found = lesson_04.reach(street, "café", NEWS, [0.25], draws=3, runs=10, seed=7)
    values = found.reached[:, 0]
    # 4.302653: 0.975 quantile of Student's t with two degrees of freedom.
    width = 4.302653 * values.std(ddof=1) / np.sqrt(3)
    lower, upper = found.interval()
    assert upper[0] == pytest.approx(min(values.mean() + width, 200), rel=1e-6)
    assert lower[0] == pytest.approx(max(values.mean() - width, 0), rel=1e-6)


def test_ties_moved_online_carry_word_farther_than_porches(street):
    """Ties that lead anywhere are wasted less often on people who have heard."""
    shares = [0.0, 0.25, 0.5]
    moved = lesson_04.reach(street, "café", NEWS, shares, online="moved", draws=30, seed=7)
    lower, upper = moved.interval(0.999)
    assert (lower[1:] > upper[0]).all()


def test_one_draw_has_no_interval(street):
    with pytest.raises(ValueError, match="from 2 up"):
        lesson_04.reach(street, "café", NEWS, draws=1, seed=7)


def test_lines_of_the_picture_are_the_people_who_hear(street):
    found = lesson_04.reach(street, "café", NEWS, draws=2, runs=20, seed=7)
    ax = lesson_04.plot_reach({"no online ties": found})
    line = next(one for one in ax.lines if one.get_label() == "no online ties")
    assert line.get_ydata().tolist() == found.mean.tolist()
    assert f"{found.mean[0]:.0f} at 0%" in look.alt_text(ax)
    assert ax.get_ylim()[1] == 200
    assert found.plot().get_xlabel() == "ties among neighbors removed"


def test_the_street_is_shaded_by_how_often_each_hears(street):
    ax = lesson_04.plot_street(0.5, 1.0)
    town = lesson_04.closed(street, 0.5, 1.0, seed=7)
    mean = community.simulate(town, "café", NEWS, runs=200, seed=7).mean
    assert f"{mean:.0f} of 200 people hear the news" in look.alt_text(ax)
    people = max(ax.collections, key=lambda one: len(one.get_offsets()))
    assert len(people.get_facecolors()) == 200
    sizes = people.get_sizes()
    assert sizes.argmax() == street.number("café") and (sizes == sizes.max()).sum() == 1
    silent = lesson_04.plot_street(1.0, 0.0, 0.0)
    assert "From the café, 1 of 200" in look.alt_text(silent)


def test_a_step_is_that_of_the_run(street):
    town = lesson_04.closed(street, 0.25, 1.0, seed=7)
    course = community.trace(town, "café", NEWS, run=3, seed=7)
    heard = int((course["step"] <= 2).sum())
    ax = lesson_04.plot_step(2, 0.25, 1.0, run=3)
    assert f"Step 2: {heard} of 200 people" in look.alt_text(ax)
    assert all(place in look.alt_text(ax) for place in PLACES)


def test_readings_stand_where_they_were_read():
    towns = lesson_04.worlds(shuffle=3)
    readings = {name: towns.read(world.simulate(seed=7)) for name, world in towns.items()}
    ax = lesson_04.plot_neighbours(readings)
    marks = [one[0].get_xdata()[0] for one in ax.containers]
    assert marks == [one for table in readings.values() for one in table["estimate"]]
    assert len(ax.get_yticklabels()) == 4
    alone = lesson_04.plot_neighbours(readings["A"])
    assert look.alt_text(alone).count(" to ") == 2


def test_the_same_contacts_are_fewer_people_and_more_circles_week_by_week():
    found = lesson_04.shows_or_weekly(runs=50, seed=7).summary().set_index("contact")
    weekly, shows = found.loc["every week"], found.loc["two trade shows a year"]
    assert weekly["people met in the year"] < shows["people met in the year"]
    assert weekly["of 100 pairs of them, in touch"] > 2 * shows["of 100 pairs of them, in touch"]
    heard = "people who hear the news (of 200)"
    assert weekly[heard] < shows[heard] / 3


def test_the_real_club_has_as_many_closed_triangles_as_the_street(street):
    club = community.from_networkx(networkx.karate_club_graph(), strength=None)
    # Zachary (1977), Figure 1: 34 members and 78 ties.
    assert (club.size, club.ties) == (34, 78)
    both = (club, lesson_04.closed(street, seed=7))
    real, made = (community.describe(one)["transitivity"].item() for one in both)
    assert abs(real - made) < 0.02


def test_sliders_redraw_street_and_step():
    sliders = [Slider("removed", "removed", 0, 1, 0.05, 0), Slider("online", "each", 0, 2, 0.25, 0)]
    for function in (lesson_04.plot_street, partial(lesson_04.plot_step, 3)):
        one = panel(function, *sliders)
        before = str(one.picture())
        one.set(removed=0.5, online=1)
        assert str(one.picture()) != before
