"""Influence and friends who are only alike, told apart."""

import numpy as np
import pytest

from frontporch import look
from frontporch.community.word_of_mouth.influence import METHODS, influence
from frontporch.course.lesson_06 import overstated, taste_worlds
from frontporch.course.lesson_06.tastes import Tastes
from frontporch.streams import spawn


def test_the_closed_form_of_tastes():
    world = Tastes(people=60_000, influence=0.05)
    drawn = []
    for rng in spawn(7, 6):
        _, people = world.simulate(rng)
        one = people[~people["may"] & ~people["early"]]
        drawn.append(
            [one["adopted"].mean(), np.polyfit(one["early_friends"], one["adopted"], 1)[0]]
        )
    drawn = np.array(drawn)
    error = drawn.std(axis=0, ddof=1) / np.sqrt(6)
    expected = world.expected()[["adopted", "naive"]].to_numpy()
    assert (np.abs(drawn.mean(axis=0) - expected) < 5 * error + 0.01 * expected).all()


def test_two_worlds_have_one_surface():
    one, two = taste_worlds().values()
    first, second = one.expected(), two.expected()
    assert first[["adopted", "naive"]].to_numpy() == pytest.approx(
        second[["adopted", "naive"]].to_numpy(), rel=1e-7
    )
    assert first["true"] > 0.01 and second["true"] == 0
    assert one.first.tolist() == two.first.tolist()
    orders = {tuple(w.influence for w in taste_worlds(shuffle=s).values()) for s in range(8)}
    assert len(orders) == 2


# Aral, Muchnik & Sundararajan (2009), PNAS 106:21544-21549: methods that do not look at why friends
# are alike overstate influence; Shalizi & Thomas (2011): from such logs the two are not told apart.
def test_in_a_world_of_homophily_alone_only_the_honest_keep_their_rate():
    sets = 120
    table = overstated(taste_worlds()["friends are only alike"], sets, 7).set_index("method")
    assert table.loc["all compared", "claims"] > 0.95
    assert table.loc["matched on what shows", "claims"] > 0.8
    naive, shows = table.loc["all compared", "effect"], table.loc["matched on what shows", "effect"]
    assert naive > shows > 0.5 * naive
    # Nominal: one in forty claims too much; 95 % hold the truth, give or take four errors.
    slack = 4 * np.sqrt(0.95 * 0.05 / sets)
    for method in METHODS[2:]:
        assert table.loc[method, "claims"] < 0.025 + 4 * np.sqrt(0.025 * 0.975 / sets)
        assert 0.95 - slack < table.loc[method, "covers"]
        assert abs(table.loc[method, "effect"]) < 0.25 * naive


def test_where_friends_influence_all_methods_find_it():
    table = overstated(taste_worlds()["friends influence each other"], 60, 7)
    assert table["times"].between(0.75, 1.2).all()
    table = table.set_index("method")
    assert table.loc["matched on the taste itself", "claims"] > 0.9
    assert table.loc["encouraged by a coin", "claims"] > 0.4


def test_where_both_are_there_the_naive_overstate():
    table = overstated(Tastes(influence=0.01), 40, 7).set_index("method")
    assert (
        table.loc["all compared", "times"] > 1.5 > table.loc["matched on the taste itself", "times"]
    )
    assert table.loc["matched on the taste itself", "times"] == pytest.approx(1, abs=0.15)


def test_the_coin_says_when_it_moved_too_few():
    found = influence(*Tastes(people=400, encourage=0.0, tastes=2).simulate(seed=7))
    low, high = found.effect("encouraged by a coin")[1:]
    assert (low, high) == (-np.inf, np.inf) and "too few" in found.notes[0]


def test_a_wrong_log_is_named():
    town, people = Tastes(people=400).simulate(seed=7)
    with pytest.raises(ValueError, match="no column 'taste'"):
        influence(town, people.drop(columns="taste"))
    with pytest.raises(ValueError, match="399 rows for 400"):
        influence(town, people.iloc[1:])
    with pytest.raises(ValueError, match="watched half"):
        influence(town, people.assign(encouraged=True))
    with pytest.raises(ValueError, match="from 0 to 1"):
        Tastes(influence=1.5)
    with pytest.raises(ValueError, match="more often than always"):
        Tastes(early=0.4)


def test_the_picture_tells_what_was_found():
    towns = taste_worlds()
    found = {name: towns.read(town.simulate(7)) for name, town in towns.items()}
    one = found["friends are only alike"]
    ax = one.plot(beside=found, truth={"friends are only alike": 0.0})
    assert "true 0.0%" in look.alt_text(ax) and "matched on" in look.alt_text(ax)
    assert look.picture(ax)[1:4] == b"PNG"
    unknown = influence(*Tastes(people=400, encourage=0.0, tastes=2).simulate(seed=7))
    assert look.picture(unknown.plot())[1:4] == b"PNG"
