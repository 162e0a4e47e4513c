"""Joining in and pushing at equal cost; two worlds that look alike; the pictures."""

import numpy as np
import pytest

from frontporch import community, look
from frontporch.course.lesson_06 import ContactWorld, by_budget, plot_by_reply, worlds
from frontporch.course.lesson_06.contact import KINDS, Contact
from frontporch.course.lesson_06.replies import by_reply

SMALL = ContactWorld(people=400, weeks=12)


def test_money_buys_replies_and_posts():
    world = ContactWorld(people=1_000, minutes=6, wage=20, thousand=8)
    # 6 minutes at 20 an hour are 2 a reply; 40 at 8 a thousand are 5,000 views of 1,000 people.
    assert world.bought(80, join=0.5) == (20.0, 5.0)
    rule = world.rule(80, 0.5)
    assert rule.replied.sum() == pytest.approx(20)
    assert rule.replied[0] == pytest.approx(8 * rule.replied[-1])
    assert np.ptp(world.rule(80, 0.5, by_coin=True).replied) == 0


def test_hazards_add_up_and_ties_begin_a_week_after_the_reply():
    pair = community.from_arrays([0], [1])
    rule = Contact(np.array([0.0, 0.1]), 0.2, 0.4, 0.3, np.array([0.0, 1e9]), 2.0)
    # Person 1: own taste, the friend who has adopted, boosted posts; the shop from week 2 on.
    drawn = community.simulate(pair, 0, rule, runs=20_000, seed=7, steps=1)
    expected = 1 - np.exp(-(0.1 + 0.2 + 0.6))
    assert abs(drawn.reached[1] - expected) < 4 * np.sqrt(expected * (1 - expected) / 20_000)
    drawn = community.simulate(pair, 0, rule, runs=20_000, seed=7, steps=2)
    stays = np.exp(-0.9) * np.exp(-1.3)
    assert abs(drawn.reached[1] - (1 - stays)) < 4 * np.sqrt(stays * (1 - stays) / 20_000)
    assert sum(drawn.carried.values()) == pytest.approx(drawn.mean - 1)


def test_who_is_tied_grows_with_the_weeks():
    rule = SMALL.rule(100, 1.0)
    luck, who = np.random.default_rng(7).random(400), np.arange(400)
    before = np.zeros(400, dtype=bool)
    for week in range(1, 10):
        now = rule.tied(luck, who, week)
        assert (now >= before).all() and (week > 1 or not now.any())
        before = now
    assert before.any()


def test_no_money_brings_nobody_and_more_brings_more():
    table = by_budget(SMALL, [0, 10, 40], seed=7, runs=30).summary()
    none = table[table["budget"] == 0]
    assert (none["adopters"] == 0).all() and none["money"].isna().all()
    for _, rows in table.groupby("way"):
        assert rows["adopters"].is_monotonic_increasing and rows["adopters"].iloc[-1] > 0
    assert (table["lower"] <= table["adopters"]).all()
    total = table[list(KINDS)].sum(axis=1)
    alone = none[list(KINDS)].sum(axis=1).iloc[0]
    assert (total - alone).to_numpy() == pytest.approx(table["adopters"].to_numpy(), abs=1e-9)
    assert (table.query("join == 0")["shop as a member"] == 0).all()
    assert (table.query("join == 1")["boosted posts"] == 0).all()


def log_shares(world, sets, by_coin):
    rows = []
    for seed in range(sets):
        log = world.simulate(100, 0.5, seed, by_coin=by_coin)
        told = log.groupby("replied")["adopted"].mean()
        rows.append([log["adopted"].mean(), log["replied"].mean(), told[True], told[False]])
    rows = np.array(rows)
    return rows.mean(axis=0), rows.std(axis=0, ddof=1) / np.sqrt(sets)


def test_two_worlds_look_alike_until_a_coin_decides():
    shops = worlds()
    joins, pushes = shops["joining in works"], shops["pushing works"]
    seen = [world.expected(100, 0.5) for world in (joins, pushes)]
    assert seen[0].to_numpy() == pytest.approx(seen[1].to_numpy(), rel=1e-8)
    # The closed form has no network: it is near what is drawn.
    drawn, errors = zip(*(log_shares(one, 12, False) for one in shops.values()), strict=True)
    for one in drawn:
        assert one == pytest.approx(seen[0].to_numpy(), rel=0.06)
    assert (np.abs(drawn[0] - drawn[1]) < 4 * np.hypot(*errors)).all()
    by_coin = [world.expected(100, 0.5, by_coin=True) for world in (joins, pushes)]
    assert by_coin[0]["adopted_replied"] > 2 * by_coin[0]["adopted_others"]
    assert by_coin[1]["adopted_replied"] == pytest.approx(by_coin[1]["adopted_others"])
    for world, expected in zip((joins, pushes), by_coin, strict=True):
        found, error = log_shares(world, 12, True)
        assert found[2] - found[3] == pytest.approx(
            expected["adopted_replied"] - expected["adopted_others"],
            abs=4 * np.hypot(error[2], error[3]) + 0.01,
        )


# Mochon et al. (2017): only boosted posts had an effect.
def test_the_best_half_is_another_in_each_world():
    for name, world in worlds().items():
        table = by_budget(world, [100], seed=7, runs=20).summary().set_index("way")
        better, worse = ("join in", "push") if name == "joining in works" else ("push", "join in")
        assert table.loc[better, "lower"] > table.loc[worse, "upper"]
    assert table.loc["join in", "adopters"] == 0


def test_shuffled_worlds_lose_their_names():
    found = {tuple(w.member for w in worlds(shuffle=s).values()) for s in range(8)}
    assert len(found) == 2 and set(worlds(shuffle=1)) == {"A", "B"}


def test_pictures_tell_the_table():
    found = by_budget(SMALL, [10, 40], seed=7, runs=10)
    table, ax = found.summary(), found.plot()
    lines = {line.get_label(): np.asarray(line.get_ydata()).tolist() for line in ax.lines}
    for way, rows in table.groupby("way"):
        assert lines[way] == rows["adopters"].tolist()
        assert way in look.alt_text(ax)
    assert look.picture(ax)[1:4] == b"PNG"
    ax = found.plot("who brought", budget=40)
    widths = sum(bar.get_width() for bar in ax.patches)
    assert widths == pytest.approx(table[table["budget"] == 40][list(KINDS)].sum().sum())
    assert "user talk" in look.alt_text(ax) and look.picture(ax)[1:4] == b"PNG"
    with pytest.raises(ValueError, match="has 10, 40"):
        found.plot("who brought", budget=30)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"talk": -1}, "from 0 up"),
        ({"wage": 0}, "above 0"),
        ({"keen": 1.0}, "below 1"),
        ({"weeks": 1}, "2 weeks"),
    ],
)
def test_a_number_out_of_range_is_named(change, text):
    with pytest.raises(ValueError, match=text):
        ContactWorld(**change)


def test_wrong_calls_are_named():
    with pytest.raises(ValueError, match="budget is -1"):
        SMALL.bought(-1, 0.5)
    with pytest.raises(ValueError, match="share from 0 to 1"):
        SMALL.rule(10, 1.5)
    with pytest.raises(ValueError, match="from 2 up"):
        by_budget(SMALL, [10], seed=7, runs=1)
    with pytest.raises(TypeError, match="tastes for"):
        community.simulate(community.ring(10, 2), [], SMALL.rule(10, 1.0), 2, 7, steps=3)


def test_a_log_is_read_by_reply_and_a_coin_tells_the_worlds_apart():
    works, pushing = worlds().values()

    def lead(world, by_coin):
        found = by_reply(world.simulate(100, 0.5, seed=7, by_coin=by_coin)).set_index("reply")
        assert found["people"].sum() == world.people
        assert (found["lower"] < found["adopted"]).all() and (
            found["adopted"] < found["upper"]
        ).all()
        return found.loc["a reply", "lower"] - found.loc["no reply", "upper"]

    assert lead(works, False) > 0.05 and lead(pushing, False) > 0.05
    assert lead(works, True) > 0.05 and lead(pushing, True) < 0


def test_the_picture_by_reply_tells_every_log():
    log = SMALL.simulate(40, 0.5, seed=7)
    rows = by_reply(log).itertuples()
    text = look.drawn(plot_by_reply({"shop A": log})).text
    for row in rows:
        assert f"{row.adopted:.0%} of {row.people} with {row.reply}" in text


def test_a_log_without_replies_is_named():
    log = SMALL.simulate(40, 0.5, seed=7)
    with pytest.raises(ValueError, match="nobody in the log has a reply"):
        by_reply(log.assign(replied=False))
    with pytest.raises(ValueError, match="no column 'replied'"):
        by_reply(log.drop(columns="replied"))
