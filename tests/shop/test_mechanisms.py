"""Each act and each claim does something, and what was promised can be seen."""

import numpy as np
import pytest

from frontporch import shop
from frontporch.shop.people import LOST, OLDER
from frontporch.shop.switches import SWITCHES

ALL = shop.World(people=300, holds=set(SWITCHES), platform_loss=0.0, writes=0.5)
OTHER = {
    "counter_hours": {"counter_hours": 8.0},
    "loyalty": {"loyalty": 0.05},
    "event": {"event": "loyal"},
    "post": {"post": True},
    "private_sale": {"private_sale": True},
    "newsletter": {"newsletter": True},
    "trade_shows": {"trade_shows": 6},
    "web": {"web": "none"},
    "posts": {"posts": 7.0},
    "useful": {"useful": 1.0},
    "help": {"help": "faq"},
    "easy": {"easy": True},
    "personal_voice": {"personal_voice": True},
    "fan_drive": {"fan_drive": True},
    "offer_week": {"offer_week": 20},
    "messages": {"messages": 2.0},
    "answer": {"answer": "none"},
    "desk_hours": {"desk_hours": 0.5},
    "join_hours": {"join_hours": 10.0},
    "boost": {"boost": 150.0},
    "letters": {"letters": "open"},
    "targeted": {"data": "ask", "targeted": True},
    "data": {"data": "take"},
    "suggest": {"data": "ask", "suggest": "similar"},
    "referral": {"referral": 10.0},
    "vote": {"vote": True},
}


def buyers_of(world, acts, weeks=26, seed=7):
    return shop.simulate(world, [acts, "usual"], weeks=weeks, seed=seed)


def happened(year):
    """What happened in the town, whatever it cost."""
    weeks = year.weeks[["unmet", "stranger", "buyer", "friend", "lost", "orders", "fans"]]
    state = year.market.state
    return [*weeks.to_numpy().ravel().tolist(), state.warmth.tolist(), state.street.tolist()]


@pytest.fixture(scope="module")
def usual():
    return happened(buyers_of(ALL, shop.Acts()))


def test_every_act_is_listed_here():
    assert set(OTHER) | {"spare_hours"} == set(shop.Acts().table()["act"])


@pytest.mark.parametrize("name", OTHER)
def test_every_act_changes_the_town(usual, name):
    assert happened(buyers_of(ALL, shop.Acts().but(**OTHER[name]))) != usual


@pytest.mark.parametrize("claim", SWITCHES)
def test_every_claim_changes_the_town_by_itself(claim):
    """With its act in use, the town differs from the one where the claim does not hold."""
    busy = shop.Acts(
        join_hours=5.0,
        web="both",
        referral=5.0,
        boost=60.0,
        post=True,
        personal_voice=True,
        counter_hours=4.0,
        answer="all",
        desk_hours=1.0,
        event="loyal",
        vote=True,
        help="ask",
    )
    acts = busy.but(**SWITCHES[claim].act)
    if claim in ("access", "3.3", "4.1"):
        acts = busy.but(**SWITCHES[claim].instead)
    if claim == "4.5":
        acts = busy  # a desk with an hour, where patience counts
    if claim == "2.3":
        acts = busy.but(web="none")
    others = {"2.2"} if claim == "2.3" else set()
    with_it = happened(buyers_of(ALL.but(holds=others | {claim}), acts))
    without = happened(buyers_of(ALL.but(holds=others), acts))
    assert with_it != without


def test_impatience_reaches_sales():
    """Who gives up waiting is lost to the shop, and buys elsewhere."""
    world = shop.World(people=1_000, holds={"4.5"}, writes=0.4)
    slow = buyers_of(world, shop.Acts(desk_hours=0.0), weeks=40)
    quick = buyers_of(world, shop.Acts(desk_hours=12.0), weeks=40)
    left = slow.moves[(slow.moves["shop"] == 0) & (slow.moves["cause"] == "gave up waiting")]
    assert len(left) > 50 and (left["to"] == "lost").all()
    orders = [year.summary()["orders"] for year in (slow, quick)]
    assert orders[0][0] < 0.97 * orders[1][0]
    assert orders[0][1] > orders[1][1]


def test_who_gives_up_a_search_does_not_always_leave():
    """A FAQ loses those who give up the search as often as a desk loses those who wait."""
    asks = shop.Acts(help="faq")
    for leaves, some in ((0.0, False), (0.3, True)):
        world = shop.World(people=1_000, writes=1.0, search_cost=1.0, leaves=leaves)
        moves = buyers_of(world, asks, weeks=12).moves
        assert (moves["cause"] == "gave up searching").any() == some
    assert set(moves.loc[moves["cause"] == "gave up searching", "shop"]) == {0}


def test_the_early_mover_keeps_a_part():
    """Equal acts from week 14 on, and who began in week 1 is still ahead at the end."""
    world, ahead, sold = shop.World(people=1_000, holds={"1.2", "0.7"}), [], []
    for seed in range(4):
        year = shop.simulate(world, ["participant", "late"], weeks=40, seed=seed)
        end = year.weeks[year.weeks["week"] == 40]
        early, late = end["buyer"] + end["friend"]
        ahead.append(early - late)
        sold.append(-year.summary()["orders"].diff().iloc[1])
    assert min(sold) > 0
    assert np.mean(ahead) > 2 * np.std(ahead, ddof=1) / np.sqrt(len(ahead))


@pytest.mark.parametrize(("holds", "more"), [({"4.1"}, False), (set(), True)])
def test_touch_is_a_substitute_or_a_complement(holds, more):
    """A friendlier counter warms less online where 4.1 holds, and more where it does not."""
    found = []
    for web in ("none", "page"):
        world = shop.World(people=400, holds=holds, platform_loss=0.0)
        market = shop.Market(world, 1, 7)
        market.play([shop.Acts(web=web, posts=0.0, messages=0.0, counter_hours=10.0)])
        warm = market.state.warmth[0]
        found.append(warm[warm > 0].min())
    assert (found[1] > found[0]) == more


def test_a_page_can_be_taken_away_and_a_site_cannot():
    world = shop.World(people=300, platform_loss=1.0)
    market = shop.Market(world, 2, 7)
    for _ in range(3):
        market.play([shop.Acts(web="page", fan_drive=True), shop.Acts(web="both")])
    assert not market.state.page.any() and not market.state.fan.any()
    year = shop.simulate(world, [shop.Acts(web="page"), shop.Acts(web="both")], 10, seed=7)
    online = year.won().loc[["online", "post"]].sum()
    later = year.moves[(year.moves["week"] > 1) & year.moves["cause"].isin(["online", "post"])]
    assert (later["shop"] == 1).all() and online[1] > 0


def test_older_people_come_online_where_the_claim_holds():
    for holds, grows in (({"0.4"}, True), (set(), False)):
        town = shop.Market(shop.World(people=2_000, holds=holds), 1, 7).town
        older = town.age >= OLDER
        before, after = (town.online(week)[older].mean() for week in (0, 52))
        assert (after > before + 0.2) == grows
        # Published shares of each age group: the data set age_and_channel, May 2010.
        for group, share in enumerate((0.86, 0.61, 0.47, 0.26)):
            assert town.online(0)[town.age == group].mean() == pytest.approx(share, abs=0.07)


def test_taken_data_that_are_noticed_cost_trust():
    world = shop.World(people=500, holds={"access"}, notice=1.0)
    market = shop.Market(world, 2, 7)
    for _ in range(2):
        market.play([shop.Acts(data="take"), shop.Acts(data="ask")])
    taken, asked = market.state.warmth.min(axis=1)
    assert taken < -0.4 and asked == 0
    # Everybody notices at once here, and has the data deleted; nobody is shocked twice.
    assert not market.state.data[0].any() and market.state.data[1].any()
    assert taken >= -0.6
    careless = shop.Market(world.but(holds=()), 2, 7)
    careless.play([shop.Acts(data="take"), shop.Acts(data="ask")])
    assert careless.state.data[0].sum() > careless.state.data[1].sum() > 0


def test_votes_move_the_assortment_towards_those_who_vote():
    market = shop.Market(shop.World(people=1_000), 2, 7)
    for _ in range(8):
        market.play([shop.Acts(vote=True), shop.Acts()])
    mine, other = market.state.assortment
    assert mine.sum() == pytest.approx(1) and (other == 1 / 6).all()
    assert mine[0] > 0.2 > mine[5]


def test_one_open_post_a_pair_and_nobody_waits_who_is_lost_twice():
    year = buyers_of(shop.World(people=400, writes=0.6), shop.Acts(answer="none"), weeks=20)
    moves = year.moves
    assert not ((moves["from"] == "lost") & (moves["to"] == "lost")).any()
    assert (year.market.state.stage <= LOST).all()


def test_being_known_brings_people_closer_only_where_3_3_does_not_hold():
    asks = [shop.Acts(data="ask"), shop.Acts()]
    warm = {}
    for holds in ((), ("3.3",)):
        market = shop.Market(shop.World(people=600, agrees=1.0, holds=holds), 2, 7)
        for _ in range(6):
            market.play(asks)
        warm[holds] = market.state.warmth[0][market.state.data[0]].mean()
    assert warm[()] > warm["3.3",] + 0.01


def test_easy_orders_come_from_people_online_while_the_shop_is_there():
    world = shop.World(people=3_000, easy_gain=0.5, platform_loss=0.0)
    usual, easy, away = (
        shop.simulate(world, [acts, "usual"], weeks=3, seed=7)
        for acts in ("usual", shop.Acts(easy=True), shop.Acts(easy=True, web="none"))
    )
    online = usual.people["online"].to_numpy()
    counts = [
        [(one.orders["shop"].eq(0) & (online[one.orders["person"]] == on)).sum() for on in (1, 0)]
        for one in (usual, easy)
    ]
    assert counts[1][0] > counts[0][0] + 5
    # Offline only what differs because some shop now has other friends and fans.
    assert abs(counts[1][1] - counts[0][1]) <= 5
    none = shop.simulate(world, [shop.Acts(web="none"), "usual"], weeks=3, seed=7)
    assert away.weeks["orders"].equals(none.weeks["orders"])


def test_a_page_shows_younger_people_than_the_customers_are():
    year = shop.simulate(shop.World(people=2_000), ["usual", "idle"], weeks=20, seed=7)
    table = year.page().set_index("age")
    assert table["fans"].sum() == year.summary().loc[0, "fans"]
    assert table["customers"].sum() == year.summary().loc[0, "buyers"]
    assert (
        table.loc["65 and older", "share_of_fans"] < table.loc["65 and older", "share_of_customers"]
    )
    nobody = year.page(1)
    assert nobody["fans"].sum() == 0 and nobody["share_of_fans"].isna().all()
