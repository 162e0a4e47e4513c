"""Two worlds each: the same surface, a naive reading that is fooled, and a coin that is not."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from frontporch.course import lesson_04, lesson_05
from frontporch.course.lesson_05.stranger_world import StrangerWorld

DRAWS = 120


@lru_cache
def letters():
    return tuple(lesson_05.worlds().values())


@lru_cache
def porches():
    return tuple(lesson_04.worlds().values())


def letters_surface(world, seed):
    found = world.simulate(seed)
    reading = lesson_05.worlds().read(found).set_index("reading")
    week = found.people["week"].dropna().to_numpy(int)
    return found, reading, np.bincount(week, minlength=world.weeks + 1)[1:]


@pytest.fixture(scope="module")
def letter_draws():
    return [[letters_surface(world, seed) for seed in range(DRAWS)] for world in letters()]


@pytest.fixture(scope="module")
def porch_draws():
    return [
        [(found := world.simulate(seed), lesson_04.worlds().read(found)) for seed in range(DRAWS)]
        for world in porches()
    ]


def alike(first, second, share=0.0):
    """Whether two sets of draws have one mean, within four standard errors and a share of it."""
    first, second = np.asarray(first, float), np.asarray(second, float)
    error = np.hypot(first.std(axis=0, ddof=1), second.std(axis=0, ddof=1)) / np.sqrt(len(first))
    gap = np.abs(first.mean(axis=0) - second.mean(axis=0))
    return (gap <= 4 * error + share * first.mean(axis=0)).all()


def missed(tables, row, truth):
    return np.mean([not t["lower"].iloc[row] <= truth <= t["upper"].iloc[row] for t in tables])


def within_nominal(rate, level=0.05, draws=DRAWS):
    low, high = stats.binom.ppf([1e-4, 1 - 1e-4], draws, level) / draws
    return low <= rate <= high


# Letters: strangers convince, or taste alone.


def test_letters_have_the_same_surface(letter_draws):
    both = [[one[1]["estimate"].iloc[0] for one in draws] for draws in letter_draws]
    # The double is solved from forty drawn towns, which leaves a few per cent.
    assert alike(*both, share=0.05)
    weeks = [[one[2] for one in draws] for draws in letter_draws]
    assert alike(*weeks, share=0.08)
    assert np.mean(both[1]) > 1.7


def test_the_naive_reading_is_fooled_and_the_coin_is_not(letter_draws):
    true, false = ([one[1].reset_index() for one in draws] for draws in letter_draws)
    assert missed(false, 0, 1.0) > 0.95
    assert within_nominal(missed(false, 2, 0.0))
    assert missed(true, 2, 0.0) > 0.6
    # Like with like tells them apart too, where taste was recorded.
    assert within_nominal(missed(false, 1, 1.0)) or missed(false, 1, 1.0) < 0.05
    assert missed(true, 1, 1.0) > 0.7


def test_a_coin_shows_half_of_the_letters():
    found = letters()[0].simulate(7)
    table = found.people
    assert table["customer"].sum() == 80 and table["shown"].sum() == 40
    assert (table["shown"] <= table["customer"]).all()
    assert table["taste"][table["customer"]].all()
    assert table["bought"][table["customer"]].isna().all()
    assert table["bought"][~table["customer"]].notna().all()
    assert (table["week"].dropna() >= 1).all() and table["week"].max() <= 12
    assert found.community.layers == ("local", "online")


def test_taste_alone_reads_no_letter():
    taste = np.arange(1_000) < 300
    for world in (letters()[1], replace(letters()[1], season=())):
        assert world.convinced == 0 and world.rule(taste).reads == ()
    assert letters()[0].rule(taste).reads == ("exposures",)
    season = letters()[1].season
    assert sum(season) == pytest.approx(12, rel=1e-6) and season[-1] > season[0] > 0


# Porches: online replaces the neighbours, or comes on top.


def test_porches_have_the_same_surface(porch_draws):
    first, second = (world.expected() for world in porches())
    for name in ("users_unwired", "users_wired", "local_users", "local_others", "naive"):
        assert first[name] == pytest.approx(second[name], rel=1e-6)
    assert first["experiment"] < -1 and abs(second["experiment"]) < 1e-9
    ties = ["local", "online"]
    both = [
        [found.people.groupby("user")[ties].mean().to_numpy().ravel() for found, _ in draws]
        for draws in porch_draws
    ]
    assert alike(*both, share=0.01)


def test_what_is_expected_comes_out(porch_draws):
    for world, draws in zip(porches(), porch_draws, strict=True):
        known = world.expected()
        estimates = np.array([reading["estimate"] for _, reading in draws])
        error = estimates.std(axis=0, ddof=1) / np.sqrt(DRAWS)
        gap = np.abs(estimates.mean(axis=0) - [known["naive"], known["experiment"]])
        assert (gap < 4 * error).all()
        shares = [found.people.groupby("wired")["user"].mean() for found, _ in draws]
        expected = [known["users_unwired"], known["users_wired"]]
        np.testing.assert_allclose(pd.concat(shares, axis=1).mean(axis=1), expected, atol=0.01)


def test_the_survey_sees_no_loss_and_the_wire_does(porch_draws):
    true, false = ([reading for _, reading in draws] for draws in porch_draws)
    assert np.mean([one["estimate"].iloc[0] > 0 for one in true]) > 0.9
    assert missed(true, 1, 0.0) > 0.95
    for world, tables in zip(porches(), (true, false), strict=True):
        assert within_nominal(missed(tables, 1, world.expected()["experiment"]))


def test_both_ends_of_a_tie_are_on_one_street_or_online():
    town = porches()[0].simulate(7).community
    same = town.group[town.sources] == town.group[town.targets]
    assert same[town.layer == 0].all() and same[town.layer == 1].mean() < 0.1
    user = porches()[0].simulate(7).people["user"].to_numpy()
    online = town.layer == 1
    assert user[town.sources[online]].all() and user[town.targets[online]].all()


# Both.


@pytest.mark.parametrize("make", [lesson_05.worlds, lesson_04.worlds])
def test_worlds_can_come_without_their_names(make):
    plain = list(make().values())
    orders = set()
    for seed in range(8):
        mixed = make(shuffle=seed)
        assert list(mixed) == ["A", "B"]
        orders.add(tuple(plain.index(world) for world in mixed.values()))
    assert orders == {(0, 1), (1, 0)}
    assert [world.claim_holds for world in plain] == [True, False]


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: StrangerWorld(customers=200), "customers is 200"),
        (lambda: StrangerWorld(convinced=2), "convinced is 2"),
        (lambda: StrangerWorld(weeks=0, season=()), "weeks is 0"),
        (lambda: StrangerWorld(season=(1.0,) * 12), "season"),
        (lambda: lesson_05.worlds(0.5), "convinced is 0.5"),
        (lambda: lesson_04.PorchWorld(streets=2), "streets is from 4"),
        (lambda: lesson_04.PorchWorld(online=-1), "online is -1"),
        (lambda: lesson_04.PorchWorld(sociability=0), "sociability is 0"),
        (lambda: lesson_04.PorchWorld(crowding_out=9), "crowding_out · online / budget"),
        (lambda: lesson_04.worlds(3), "crowding_out is 3"),
    ],
)
def test_numbers_that_make_no_world_are_named(make, named):
    with pytest.raises(ValueError, match=named):
        make()
