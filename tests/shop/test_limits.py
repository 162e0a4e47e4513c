"""Limits in which the year is a model whose answer is known."""

import numpy as np
import pytest
from drawn_acts import some_acts
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community, fans, shop
from frontporch.community.answering import Queue
from frontporch.elementary import log1p
from frontporch.shop.market import Market
from frontporch.shop.people import ALL_STAGES, BUYER, STRANGER, UNMET
from frontporch.shop.state import Post, Week
from frontporch.shop.week.desk import ANSWERED_AN_HOUR, serve

STILL = dict.fromkeys(
    ("up1", "up2", "up3", "loss1", "loss2", "loss3", "loss4", "back3", "back4", "returns", "meet"),
    0.0,
)


@pytest.mark.parametrize(("holds", "channel"), [((), "offline"), (("2.2",), "online")])
def test_stages_follow_the_ladder(holds, channel):
    """With constant rates the shares are those of the Markov process, not of weekly steps."""
    world = shop.World.without_effects(
        meet=0.0, returns=0.0, people=5_000, holds=holds, ratio1=1.8, ratio2=1.5, ratio3=1.2
    )
    market = Market(world, 4, 7)
    market.state.stage[:] = STRANGER
    market.town.online_from[:] = 0.0 if channel == "online" else np.inf
    for _ in range(26):
        market.play([shop.Acts.idle()] * 4)
    found = market.stages().sum(axis=0)[1:] / 20_000
    wanted = world.ladder().occupancy(26.0).set_index("channel").loc[channel, list(ALL_STAGES[1:])]
    wanted = wanted.to_numpy(float)
    error = np.sqrt(wanted * (1 - wanted) / 20_000)
    assert (np.abs(found - wanted) < 4 * error).all()


@pytest.mark.parametrize(("posts", "hours", "patience"), [(24, 4, 0.5), (10, 6, 0.2), (30, 2, 1.5)])
def test_waits_follow_the_queue(posts, hours, patience):
    world = shop.World(people=20)
    market = Market(world, 1, 7)
    rng = np.random.default_rng(7)
    acts = shop.Acts(answer="all", desk_hours=float(hours))
    gave_up = ended_in_all = 0
    waits, weeks = 0.0, 1_500
    for number in range(1, weeks + 1):
        when = number - 1 + np.sort(rng.random(rng.poisson(posts)))
        new = [Post(0, 0, at, at + rng.exponential(1 / patience), rng.exponential()) for at in when]
        week = Week(number, world, market.town, market.luck, market.state, (acts,))
        ended, market.state.posts[0] = serve(week, 0, new)
        gave_up += sum(not one.answered for one in ended)
        waits += sum(one.at - one.post.written for one in ended)
        ended_in_all += len(ended)
    queue = Queue(posts, 60 / (ANSWERED_AN_HOUR * hours), 1, 1 / patience)
    assert gave_up / ended_in_all == pytest.approx(queue.given_up, abs=0.015)
    assert waits / ended_in_all == pytest.approx(queue.mean_wait, rel=0.08, abs=0.002)


def test_words_spread_as_a_cascade():
    """Where everybody newly met tells every neighbor once, it is the independent cascade."""
    chance, people, shops = 0.15, 300, 16
    world = shop.World.without_effects(
        talk_street=float(-log1p(-chance)),
        tells=1.0,
        saturates=0.0,
        need=0.0,
        people=people,
        platform_loss=0.0,
        **STILL,
    )
    sizes, expected = [], []
    for seed in range(6):
        market = Market(world, shops, seed)
        street = market.town.ties[0]
        market.state.stage[:] = UNMET
        market.state.stage[:, 0] = STRANGER
        near = street.targets[street.starts[0] : street.starts[1]]
        market.state.street[:, near] = world.talk_street
        for _ in range(40):
            market.play([shop.Acts.idle()] * shops)
        assert not market.state.street.any()
        sizes += (people - market.stages()[:, UNMET]).tolist()
        rule = community.independent_cascade(chance)
        runs = community.simulate(street, 0, rule, seed=seed, runs=400)
        expected.append(runs.sizes.mean())
    error = np.std(sizes, ddof=1) / np.sqrt(len(sizes))
    assert abs(np.mean(sizes) - np.mean(expected)) < 4 * error
    assert np.mean(sizes) > 3


def test_fans_follow_bass():
    world = shop.World.without_effects(
        need=0.0, fan_own=0.01, fan_copy=0.05, platform_loss=0.0, people=5_000, **STILL
    )
    market = Market(world, 2, 7)
    market.state.stage[:] = BUYER
    market.town.online_from[:] = 0.0
    for _ in range(52):
        market.play([shop.Acts()] * 2)
    share = market.state.fan.mean()
    # Weekly steps lag behind the continuous curve by less than half a week's growth.
    assert share == pytest.approx(float(fans.growth.bass(51.5, 0.01, 0.05)), abs=0.02)


@given(st.integers(0, 2**32), some_acts())
@settings(max_examples=25)
def test_without_effects_acts_differ_by_their_cost_alone(seed, acts):
    drawn = shop.World.drawn(seed, people=150)
    world = shop.World.without_effects(holds=drawn.holds, people=150)
    one, other = Market(world, 2, seed), Market(world, 2, seed)
    for _ in range(4):
        one.play([shop.Acts.idle(), shop.Acts()])
        other.play([acts, shop.Acts()])
    assert (one.state.stage == other.state.stage).all()
    for (_, mine), (_, theirs) in zip(one.ledger.orders, other.ledger.orders, strict=True):
        assert (mine.flat == theirs.flat).all() and (mine.price == theirs.price).all()
        assert (mine.goods == theirs.goods).all()
    assert one.state.cash[1] == other.state.cash[1]
