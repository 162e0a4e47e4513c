"""What a year gives: tables that the subjects' tools read, and pictures."""

import re

import numpy as np
import pandas as pd
import pytest

from frontporch import data, deepening, look, shop
from frontporch.community.answering.day import reply_latency
from frontporch.shop.market import CAUSES
from frontporch.shop.week.suggesting import purchases, scores, similarity


@pytest.fixture(scope="module")
def year():
    acts = shop.Acts(join_hours=5.0, boost=60.0, trade_shows=4)
    world = shop.World(people=800, holds={"2.2", "3.4"})
    return shop.simulate(world, [acts, "usual", "copycat"], weeks=30, seed=7)


def test_deepening_reads_the_steps():
    """The first step is 1.8 times as fast online, and `deepening.fit` finds it in the year."""
    world = shop.World.without_effects(people=6_000, holds={"2.2"}, ratio1=1.8, meet=0.05)
    spells = shop.simulate(world, [shop.Acts.idle()], weeks=40, seed=7).spells(0)
    found = deepening.hazard_ratios(spells, "stranger", "acquaintance", reference="offline")
    first = found.iloc[0]
    assert abs(first["log_hazard_ratio"] - np.log(1.8)) < 3 * first["standard_error"]
    assert first["upper"] - first["lower"] < 0.5
    assert deepening.fit(spells, by="channel").summary().shape[0] > 10


def test_who_talked_of_the_weather_leaves_early():
    """Strangers online are lost faster in their first two weeks, and not afterwards."""
    world = shop.World.without_effects(people=4_000, bored=0.2, meet=0.05, returns=0.0)
    stays = shop.simulate(world, [shop.Acts.idle()], weeks=30, seed=7).spells(0)
    stays = stays[stays["stage"] == "stranger"]
    stays["weeks"] = stays["left"] - stays["entered"]
    early, late = [], []
    for channel in ("online", "offline"):
        mine = stays[stays["channel"] == channel]
        lost = mine["next_stage"] == "lost"
        early.append((lost & (mine["weeks"] < 1)).sum() / mine["weeks"].clip(upper=1).sum())
        late.append((lost & (mine["weeks"] > 3)).sum() / (mine["weeks"] - 3).clip(lower=0).sum())
    assert early[0] > 2 * early[1]
    assert late[0] == pytest.approx(late[1], rel=0.25)


def test_answering_reads_the_posts(year):
    posts = year.posts[(year.posts["shop"] == 1) & (year.posts["kind"] != "praise")]
    waits = reply_latency(posts[["posted", "answered", "watched"]])
    reached = waits.at(0.01)["reached"].iloc[0]
    assert 0.2 < reached < 1


def test_the_summary_is_the_books(year):
    summary = year.summary()
    assert (summary["cash"] * 100).round().astype(int).tolist() == year.cash
    assert summary["orders"].sum() == len(year.orders)
    paid = year.orders.groupby("shop")["cents"].sum() / 100
    assert np.allclose(summary["sales"] - summary["discounts"], paid)
    assert year.won().sum().tolist() == summary["met"].tolist()
    assert year.seen().sum().tolist() == summary["met"].tolist()
    assert list(year.won().index) == list(CAUSES)
    assert len(year.people) == 800 and {"street", "online"} == set(year.ties["layer"])


def test_similar_buyers_say_more_than_popular_items():
    year = shop.simulate(shop.World(people=1_500), ["usual"], weeks=40, seed=7)
    found = year.recall(0, week=26).set_index("way")
    assert found.loc["similar", "share"] > 1.3 * found.loc["popular", "share"]


def test_cosines_of_a_small_table():
    """Three people by hand: items 0 and 1 share one buyer of one and two."""
    bought = [(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 5]))]
    table = purchases(bought, 1, 3)[0]
    cosine = similarity(table) / 2**20
    assert cosine[0, 1] == pytest.approx(1 / np.sqrt(2), abs=1e-6)
    assert cosine[0, 5] == cosine[0, 0] == 0
    suits = scores(table, "similar")
    assert suits[1].argmax() == 0 and suits[1, 1] == -1
    assert scores(table, "popular")[2].argmax() == 1


@pytest.mark.parametrize("kind", ["year", "map", "won"])
def test_pictures_say_what_they_show(year, kind):
    text = look.alt_text(year.plot(kind, shop=1))
    assert "shop 2" in text
    if kind == "map":
        stages = year.people["stage_1"].value_counts()
        assert f"{stages['friend']:,} friend" in text
    for ask in (lambda: year.plot(kind, shop=3), lambda: year.spells(3), lambda: year.recall(-1)):
        with pytest.raises(ValueError, match="whole number from 0 to 2"):
            ask()


def test_a_year_shows_itself_as_a_table(year):
    assert "cash" in year._repr_html_()


def test_the_copycat_does_as_the_best_earner(year):
    acts = year.market.ledger.acts
    cash = year.weeks.pivot(index="week", columns="shop", values="cash")
    assert acts[0][2] == shop.Acts()
    for week in (8, 16, 28):
        earned = cash.loc[week] - cash.loc[week - 4]
        assert acts[week][2] == acts[week - 1][earned.idxmax()]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: shop.simulate(shop.World(), "usual", seed=7), "a list with one entry a shop"),
        (lambda: shop.simulate(shop.World(), ["usul"], seed=7), "Did you mean 'usual'"),
        (lambda: shop.simulate(shop.World(), [3], seed=7), "a shop is 3"),
        (lambda: shop.simulate(shop.World(), [], seed=7), "from 1 to 16"),
        (lambda: shop.simulate(shop.World(), ["usual"], 0, seed=7), "weeks is 0"),
        (lambda: shop.simulate(shop.World(), ["usual"], "12", seed=7), "weeks is '12'"),
        (lambda: shop.World(holds="1.1"), "holds={'1.1'}"),
        (lambda: shop.World(holds={"1.11"}), "Did you mean '1.1'"),
        (lambda: shop.World(people=3), "from 20 up"),
        (lambda: shop.World(margin=1.2), "from 0 to 1"),
        (lambda: shop.World().but(margn=0.2), "Did you mean 'margin'"),
        (lambda: shop.World.drawn(7, margn=0.2), "Did you mean 'margin'"),
        (lambda: shop.Acts(web="pages"), "Did you mean 'page'"),
        (lambda: shop.Acts(offer_week=2.5), "a whole number from 0 to 52"),
        (lambda: shop.Acts(messages=-1), "from 0 to 7"),
        (lambda: shop.Acts(vote=1), "True or False"),
        (lambda: shop.Acts(suggest="similar"), 'add data="ask"'),
        (lambda: shop.Acts().but(mesages=1.0), "Did you mean 'messages'"),
        (lambda: shop.Market(shop.World(people=50), 2, 7).play([shop.Acts()]), "acts for 1"),
    ],
)
def test_bad_input_is_named(wrong, says):
    with pytest.raises((ValueError, TypeError, KeyError)) as caught:
        wrong()
    assert says in str(caught.value)


def test_the_table_of_numbers_says_what_supports_each():
    table = shop.World().table()
    assert (table["lowest"] < table["highest"]).all()
    assert ((table["lowest"] <= table["value"]) & (table["value"] <= table["highest"])).all()
    claims = set(data.load("evidence", table="verdicts")["claim"])
    supported = table[table["support"] != "assumption"]
    assert set(supported["support"]) <= claims and len(supported) > 20
    assert isinstance(table, pd.DataFrame)


READ = ("abstract", "first page", "vendors' figures", "none found", "no study")


@pytest.mark.parametrize("name", list(shop.Acts().table()["act"]))
def test_an_act_says_what_was_read(name):
    evidence = shop.Acts().table().set_index("act").loc[name, "evidence"]
    assert any(word in evidence for word in READ), evidence
    for claim in re.findall(r"\b\d\.\d\b", evidence):
        assert claim in set(data.load("evidence", table="verdicts")["claim"])


@pytest.mark.parametrize("name", list(shop.Acts().table()["act"]))
def test_what_an_act_cites_stands_in_the_evidence_under_the_claim_that_it_names(name):
    says = shop.Acts().table().set_index("act").loc[name, "evidence"]
    studies = data.load("evidence")
    known = studies.loc[studies["claim"].isin(re.findall(r"\b\d\.\d\b", says)), "study"]
    for surname, year in re.findall(r"([A-Z][^\s,;:]+)[^;:()\d]*? ((?:19|20)\d\d)\b", says):
        pattern = rf"^{re.escape(surname)}\b.* {year}$|^{re.escape(surname)} {year}$"
        assert known.str.contains(pattern).any(), (surname, year)
