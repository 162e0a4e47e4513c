"""The town and its acts are fair: quick looks here, the whole in `fairness.py` and its page."""

from frontporch import shop


def test_shops_sell_as_much_in_a_larger_town_with_more_shops():
    sold = []
    for shops in (2, 4, 8):
        world = shop.World(people=shop.World.people_for(shops))
        year = shop.simulate(world, ["usual"] * shops, weeks=20, seed=7)
        sold.append(year.weeks["orders"].sum() / shops)
    assert max(sold) < 1.15 * min(sold)
