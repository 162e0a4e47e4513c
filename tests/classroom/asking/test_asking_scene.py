"""What the browser is given: places apart, colours that can be read, shapes it knows; the ways."""

import pathlib
import re

import numpy as np
import pytest

import frontporch
from frontporch import community, data
from frontporch.classroom.asking.scene import HEIGHT, WIDTH, roomier, scene
from frontporch.classroom.asking.ways import AT_RANDOM, COMPUTED, grown, other_ways
from frontporch.community.pictures.layout import layout
from frontporch.community.seeding.choice import influence_maximization
from frontporch.look.contrast import contrast_ratio

HERE = pathlib.Path(frontporch.__file__).parent / "classroom" / "asking"
TABLES = [data.load("main_street_ties", name) for name in ("ties", "people")]
TOWN = community.on_main_street(*TABLES)
WORLDS = community.live_edges(TOWN, community.independent_cascade(0.1), 1_000, seed=7)
GRAPHS = {
    "town": TOWN,
    "club": community.from_table(data.load("karate_club")),
    "ring": community.ring(200, 4),
    "pair": community.from_arrays([0], [1]),
    "one": community.from_arrays([], [], people=1),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_everybody_stands_on_the_page_and_nobody_on_anybody(name):
    town = GRAPHS[name]
    drawn = scene(town, layout(town))
    at = np.array([(one["x"], one["y"]) for one in drawn["people"]])
    assert len(at) == town.size and drawn["radius"] >= 7
    assert (at >= 10).all() and (at <= [WIDTH - 10, HEIGHT - 10]).all()
    far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + 1e9 * np.eye(len(at))
    assert far.min() > 1.5 * drawn["radius"]
    for k, one in enumerate(drawn["people"]):
        assert one["near"] == town.neighbours(k if town.people is None else town.people[k]).tolist()
    assert sum(path.count("M") for path in drawn["ties"]) == town.ties


def test_groups_have_their_names_colours_and_shapes():
    names = ["Station", "Market", "Mill Lane", "Church Hill", "Harbour"]
    groups = scene(TOWN, layout(TOWN), names)["groups"]
    assert [one["name"] for one in groups] == names
    assert len({one["shape"] for one in groups}) == len({one["color"] for one in groups}) == 5
    assert all(contrast_ratio(one["ink"]) >= 4.5 for one in groups)
    assert all(contrast_ratio(one["color"]) >= 3 for one in groups)
    with pytest.raises(ValueError, match="names holds 1 names for 5 groups"):
        scene(TOWN, layout(TOWN), ["Market"])


def test_groups_grow_about_their_middle_and_stay_apart():
    places = layout(TOWN)
    at = roomier(places)
    assert np.ptp(at, axis=0).min() > np.ptp(places.at, axis=0).min()
    apart = places.group[:, None] != places.group[None]
    far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    assert far[apart].min() >= 0.5


def test_text_in_the_picture_can_be_read():
    style = (HERE / "live_picture.css").read_text(encoding="utf-8")
    for size in re.findall(r"(?:font|font-size): (?:700 )?(\d+)px", style):
        assert int(size) * 900 / WIDTH >= 14
    assert contrast_ratio("#1a1a1a", "#f04a0a") >= 4.5
    assert contrast_ratio("#595959") >= 4.5


def test_the_module_fetches_nothing_and_needs_no_inline_handler():
    code = (HERE / "live_picture.js").read_text(encoding="utf-8")
    assert re.findall(r"https?://[^\"]+", code) == ["http://www.w3.org/2000/svg"]
    handlers = ("innerHTML", "onclick", 'setAttribute("style')
    for forbidden in (*handlers, "import ", "import(", "fetch(", "eval("):
        assert forbidden not in code, forbidden


def test_other_ways_are_counted_on_the_same_worlds():
    ways = other_ways(WORLDS, 10, seed=7)
    assert list(ways) == [COMPUTED, "most ties", "inner core", "most loyal", AT_RANDOM]
    best = influence_maximization(TOWN, 10, WORLDS.rule, seed=7)
    assert ways[COMPUTED][10] == pytest.approx(WORLDS.reach(best.starters).mean)
    assert ways[COMPUTED][3] == pytest.approx(WORLDS.reach(best.starters[:3]).mean)
    for mean in ways.values():
        assert mean[0] == 0 and len(mean) == 11 and (np.diff(mean) > 0).all()
    assert ways[AT_RANDOM][10] < ways["most ties"][10] < ways[COMPUTED][10]
    known = grown(WORLDS, TOWN.numbers(["Zoe B.", "Sam H."]))
    assert known[2] == pytest.approx(WORLDS.reach(["Zoe B.", "Sam H."]).mean)
