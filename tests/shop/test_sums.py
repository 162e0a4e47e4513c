"""People and money add up, in every week of any world, whatever the shops do."""

import dataclasses

import numpy as np
import pytest
from drawn_acts import some_acts
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import shop
from frontporch.shop.accounts import PARTS
from frontporch.shop.people import ALL_STAGES

seeds = st.integers(0, 2**32)
tables = st.lists(some_acts(), min_size=1, max_size=4)


def add_up(seed, acts, weeks, people):
    world = shop.World.drawn(seed, people=people)
    market = shop.Market(world, len(acts), seed)
    before, cash = market.stages(), np.zeros(len(acts), np.int64)
    for _ in range(weeks):
        market.play(acts)
        rows = market.ledger.weeks[-len(acts) :]
        number, moves, _ = market.ledger.moves[-1]
        now = market.stages()
        # Nobody appears or goes.
        assert (now.sum(axis=1) == people).all()
        assert [[row[stage] for stage in ALL_STAGES] for row in rows] == now.tolist()
        # What moved is what changed.
        flow = np.zeros_like(now)
        shops = moves.flat // people
        np.add.at(flow, (shops, moves.before), -1)
        np.add.at(flow, (shops, moves.after), 1)
        assert (before + flow == now).all()
        before = now
        # Who needed something bought it somewhere, once.
        orders = market.ledger.orders[-1][1]
        assert len(orders.flat) + orders.elsewhere == orders.needs
        assert len(np.unique(orders.flat % people)) == len(orders.flat)
        assert sum(row["orders"] for row in rows) == len(orders.flat)
        # Cash is what it was, and sales less everything else.
        cash += [row["sales"] - sum(row[part] for part in PARTS[1:]) for row in rows]
        assert [row["cash"] for row in rows] == cash.tolist() == market.state.cash.tolist()
        assert sum(row["sales"] for row in rows) == orders.price.sum()
        assert all(row[part] >= 0 for row in rows for part in PARTS)
        assert np.isfinite(market.state.warmth).all()
        assert number == market.week
    return market


@given(seeds, tables)
@settings(max_examples=60)
def test_people_and_money_add_up(seed, acts):
    add_up(seed, acts, weeks=3, people=80)


@pytest.mark.slow
@given(seeds, tables)
@settings(max_examples=1_000)
def test_people_and_money_add_up_in_a_thousand_worlds(seed, acts):
    add_up(seed, acts, weeks=14, people=120)


@given(seeds, some_acts())
@settings(max_examples=15)
def test_every_post_ends_once_or_is_open(seed, acts):
    market = add_up(seed, [acts, acts], weeks=6, people=120)
    posts = shop.simulate(market.world, [acts, acts], weeks=6, seed=seed).posts
    ended = posts[["answered", "given_up"]].notna().sum(axis=1)
    assert (ended <= 1).all()
    assert (ended == 0).sum() == sum(len(one) for one in market.state.posts)
    open_now = posts[ended == 0]
    assert not open_now.duplicated(["shop", "person"]).any()
    assert (posts["watched"] >= posts["posted"]).all()


@pytest.mark.parametrize("name", [one.name for one in dataclasses.fields(shop.Acts)])
def test_every_act_has_a_cost_a_mechanism_and_what_was_read(name):
    row = shop.Acts().table().set_index("act").loc[name]
    assert row.drop("value").str.len().gt(3).all()
