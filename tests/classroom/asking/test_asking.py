"""Whom to ask first, without a browser: clicks as they arrive, and what is said of them."""

import re
import sys

import ipywidgets
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython import display
from matplotlib import pyplot as plt

from frontporch import classroom, community, data, look
from frontporch.community import seeding
from frontporch.look.display import Picture
from frontporch.names import UnknownName
from frontporch.rounding import decimal

TABLES = [data.load("main_street_ties", name) for name in ("ties", "people")]
TOWN = community.on_main_street(*TABLES)
WORLDS = community.live_edges(TOWN, community.independent_cascade(0.1), 300, seed=7)


def control(**keywords):
    return classroom.ask_first(WORLDS, **({"budget": 3, "compare": False} | keywords))


def click(asked, number):
    """What the browser sends, handled as in a kernel."""
    asked.view._handle_custom_msg({"click": number}, [])


@pytest.fixture
def screen(monkeypatch):
    """Stands in for the notebook: keeps what is displayed, and what takes its place."""

    class Screen:
        shown, updates = [], []

        def update(self, what):
            self.updates.append(what)

    stand_in = Screen()
    stand_in.shown, stand_in.updates = [], []
    monkeypatch.setattr(
        display, "display", lambda what, display_id=False: stand_in.shown.append(what) or stand_in
    )
    yield stand_in
    assert plt.get_fignums() == []


def test_a_click_asks_somebody_and_the_reach_is_that_of_the_worlds():
    asked = control()
    names = ["Zoe B.", "Sam H.", "Olga M."]
    for k, name in enumerate(names, start=1):
        click(asked, TOWN.number(name))
        assert asked.starters == tuple(names[:k])
        assert (asked.reach.sizes == WORLDS.reach(names[:k]).sizes).all()
        assert asked.view.told["chances"] == pytest.approx(WORLDS.chances(names[:k]), abs=5e-5)
    means = [0, *(WORLDS.reach(names[:k]).mean for k in (1, 2, 3))]
    assert asked.gains == pytest.approx(np.diff(means))
    assert (
        asked.told.headline
        == f"3 of 3 asked: {decimal(means[3], 1)} of 200 people reached on average"
    )
    low, high = (WORLDS.reach(names).quantile(share) for share in (0.05, 0.95))
    assert f"Nine of ten worlds: {low} to {high} people" in asked.told.band
    assert asked.told.ends == (low, high)
    assert asked.told.last.startswith(
        f"Last click: Olga M. adds {decimal(means[3] - means[2], 1)} people"
    )


def test_clicking_again_takes_somebody_back():
    asked = control(starters=["Zoe B.", "Sam H."])
    before = asked.reach.mean
    click(asked, TOWN.number("Zoe B."))
    assert asked.starters == ("Sam H.",)
    lost = before - WORLDS.reach("Sam H.").mean
    assert asked.told.last == f"Last click: Zoe B. is taken back, {decimal(lost, 1)} people fewer"
    click(asked, "clear")
    assert asked.starters == () and asked.reach.mean == 0 and not asked.chances.any()
    assert "You may ask 3 of 200 people" in asked.told.headline


def test_more_than_the_budget_is_said_and_nothing_changes():
    asked = control(starters=["Zoe B.", "Sam H.", "Olga M."])
    click(asked, TOWN.number("Ada B."))
    assert asked.starters == ("Zoe B.", "Sam H.", "Olga M.")
    assert asked.told.last == "All 3 are asked: take somebody back before you ask Ada B."
    assert asked.view.told["last"] == asked.told.last
    answers = []
    asked.view.observe(lambda change: answers.append(change["new"]["last"]), "told")
    click(asked, TOWN.number("Ada B."))
    assert answers == [asked.told.last]


@pytest.mark.parametrize("sent", [-1, 200, 1.0, True, "5", None, [1], {"a": 1}])
def test_what_does_not_fit_is_not_taken_from_a_page(sent):
    asked = control()
    click(asked, sent)
    asked.view._handle_custom_msg(sent, [])
    assert asked.starters == ()


@given(st.lists(st.integers(0, 199), max_size=12))
def test_any_clicks_leave_what_they_should(numbers):
    asked = control(budget=200)
    for number in numbers:
        asked.click(number)
    odd = [one for one in dict.fromkeys(numbers) if numbers.count(one) % 2]
    assert sorted(asked.starters) == sorted(TOWN.names(odd) if odd else [])
    assert sum(asked.gains) == pytest.approx(asked.reach.mean)
    assert asked.reach.mean == WORLDS.reach(asked.starters).mean


def test_a_starter_who_is_nobody_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match=r"no person 'Zoe C\.'.*mean 'Zoe R\.'"):
        control(starters=["Zoe C."])
    asked = control(starters="Ada B.")
    for wrong, why in (
        (["Ben B.", "Ben B."], "'Ben B.' is named twice"),
        (["Ada B.", "Ben B.", "Cora B.", "Dan B."], "4 people are named, but the budget is 3"),
    ):
        with pytest.raises(ValueError, match=why):
            asked.starters = wrong
    with pytest.raises(UnknownName):
        asked.toggle("Nobody")
    assert asked.starters == ("Ada B.",)


def test_what_cannot_be_shown_is_an_error_with_its_remedy():
    directed = community.from_arrays([0, 1], [1, 2], directed=True)
    with pytest.raises(ValueError, match=r"have a direction.*directed=False.*probability=0\.1"):
        classroom.ask_first(directed, budget=1)
    line = community.from_arrays([0, 1], [1, 2])
    with pytest.raises(ValueError, match=r"carries better one way.*probability=0\.1"):
        classroom.ask_first(line, probability=lambda exposed: 0.1 * (1 + exposed.source), budget=1)
    with pytest.raises(ValueError, match="2,000 people have no room to be clicked: 200 have"):
        classroom.ask_first(community.ring(2_000, 2))
    large = community.live_edges(
        community.ring(300, 2), community.independent_cascade(0.1), 5, seed=7
    )
    with pytest.raises(ValueError, match="300 people have no room"):
        classroom.ask_first(large)
    for budget in (0, 4, True):
        with pytest.raises(ValueError, match=rf"budget is {budget}, but .* from 1 to 3"):
            classroom.ask_first(line, budget=budget)
    with pytest.raises(ValueError, match="worlds is that of the worlds already"):
        classroom.ask_first(WORLDS, worlds=5)
    with pytest.raises(ValueError, match="probability is"):
        classroom.ask_first(line, probability=2, budget=1)


def test_the_first_picture_stands_without_any_control(screen):
    asked = control(starters=["Zoe B."])
    asked._ipython_display_()
    picture, view = screen.shown
    assert isinstance(picture, Picture) and "Asked first: Zoe B." in picture.text
    assert view is asked.view and view.still == picture.text
    assert repr(view) == "a picture of 200 people that can be clicked"
    mimes = view._repr_mimebundle_()[0]
    assert "application/vnd.jupyter.widget-view+json" in mimes


def test_the_typed_call_draws_the_same():
    asked = control(starters=["Zoe B.", "Sam H."])
    assert asked.typed == "worlds.plot(\"starters\", starters=['Zoe B.', 'Sam H.'])"
    same = look.drawn(eval(asked.typed, {"seeding": seeding, "worlds": asked.worlds}))
    assert same.text == asked.drawn().text


def test_without_anywidget_names_are_chosen_in_a_list(screen, monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    asked = control(budget=2)
    asked._ipython_display_()
    picture, box = screen.shown
    assert isinstance(picture, Picture) and isinstance(box, ipywidgets.VBox)
    why, names, said = box.children
    assert "anywidget" in why.value
    zoe, sam, ada = (TOWN.number(one) for one in ("Zoe B.", "Sam H.", "Ada B."))
    names.value = (sam, zoe)
    assert set(asked.starters) == {"Zoe B.", "Sam H."}
    reached = WORLDS.reach(["Zoe B.", "Sam H."]).mean
    assert f"{decimal(reached, 1)} of 200 people" in said.value
    assert "Sam H." in screen.updates[-1].text
    names.value = (ada, sam, zoe)
    assert "take somebody back before you ask Ada B." in said.value
    assert set(names.value) == {sam, zoe}
    names.value = (sam,)
    assert asked.starters == ("Sam H.",)
    asked.starters = ["Ada B."]
    assert names.value == (ada,)


def test_a_community_without_names_or_ties_can_be_asked():
    alone = community.from_arrays([], [], people=3)
    asked = classroom.ask_first(alone, worlds=4, budget=2, starters=[2])
    asked.toggle(0)
    assert asked.starters == (2, 0) and asked.reach.mean == 2
    assert asked.view.scene["people"][0]["name"] == "0"
    assert re.search(r"± 0\.0 \(95 %\)", asked.told.band)
    single = classroom.ask_first(alone, worlds=1, budget=1, starters=[1])
    assert "known to nothing, from one world" in single.told.band
