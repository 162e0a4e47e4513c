"""A changed act changes only what it causes."""

import pickle

import numpy as np
import pytest

from frontporch import shop
from frontporch.shop.accounts import WAGE
from frontporch.shop.policies import best_earner

WORLD = shop.World(people=400, holds={"1.1", "2.4", "3.4", "1.2"})


def cash(*acts, seed=7, weeks=12, world=WORLD):
    return np.array(shop.simulate(world, list(acts), weeks=weeks, seed=seed).cash)


def test_a_wage_that_does_nothing_costs_the_wage_and_no_rival_a_cent():
    usual = cash("usual", "frugal", "online")
    paid = cash(shop.Acts(spare_hours=2.5), "frugal", "online")
    assert (usual - paid).tolist() == [12 * int(2.5 * WAGE), 0, 0]


@pytest.mark.parametrize("change", [{"join_hours": 5.0}, {"messages": 1.0}, {"letters": "picked"}])
def test_a_change_in_another_week_changes_nothing_before(change):
    def late(market, place):
        return shop.Acts(**change) if market.week >= 6 else shop.Acts()

    same = shop.simulate(WORLD, ["usual", "usual"], weeks=10, seed=7).weeks
    other = shop.simulate(WORLD, [late, "usual"], weeks=10, seed=7).weeks
    before = same["week"] <= 6
    assert before.sum() == 12
    assert same[before].equals(other[before])
    assert not same["cash"].equals(other["cash"])


def test_the_same_seed_is_the_same_cash_however_the_weeks_are_split():
    whole = shop.Market(WORLD, 2, 7)
    for _ in range(8):
        whole.play([shop.Acts(join_hours=5.0), shop.Acts()])
    split = shop.Market(WORLD, 2, 7)
    for _ in range(8):
        split = split.copy()
        split.play([shop.Acts(join_hours=5.0), shop.Acts()])
    assert whole.ledger.weeks == split.ledger.weeks
    assert whole.ledger.weeks != shop.simulate(WORLD, weeks=8, seed=8).weeks.to_dict("records")


def test_no_seat_is_better():
    """Four equal shops in forty small towns: the mean cash of no seat stands out."""
    world = shop.World(people=200)
    found = np.array([cash(*["usual"] * 4, seed=seed, weeks=6, world=world) for seed in range(40)])
    apart = found - found.mean(axis=1, keepdims=True)
    error = apart.std(axis=0, ddof=1) / np.sqrt(len(apart))
    assert (np.abs(apart.mean(axis=0)) < 3.5 * error).all()


def test_of_equal_earners_a_lot_decides_and_no_seat():
    markets = [shop.Market(shop.World(people=20), 2, seed) for seed in range(20)]
    for market in markets:
        market.ledger.weeks = [{"cash": 5}, {"cash": 5}]
    best = [best_earner(market, 4) for market in markets]
    assert 4 < sum(best) < 16
    markets[0].ledger.weeks = [{"cash": 5}, {"cash": 9}]
    assert best_earner(markets[0], 4) == 1


def test_keyed_coins_make_differences_certain():
    """The difference that an act makes varies less than cash does from town to town."""
    world = shop.World(people=400)
    seeds = range(12)
    usual = np.array([cash("usual", "usual", seed=s, world=world)[0] for s in seeds])
    desk = shop.Acts(desk_hours=7.0)
    changed = np.array([cash(desk, "usual", seed=s, world=world)[0] for s in seeds])
    assert (changed - usual).var() < usual.var() / 4


def test_a_market_goes_on_from_where_it_was_saved():
    market = shop.Market(WORLD, 2, 7)
    acts = [shop.Acts(join_hours=5.0, data="ask", suggest="similar"), shop.Acts()]
    for _ in range(5):
        market.play(acts)
    saved = pickle.loads(pickle.dumps(market))
    for _ in range(5):
        market.play(acts)
        saved.play(acts)
    assert market.ledger.weeks == saved.ledger.weeks


def test_a_world_reads_the_same_in_every_process():
    assert "holds=('0.3', '1.1', '2.4')" in repr(shop.World(holds={"2.4", "0.3", "1.1"}))
