"""What the room `shop` draws: a year in which every mechanism is at work."""

from frontporch import shop
from frontporch.shop import sensitivity

BUSY = shop.Acts(
    counter_hours=4.0, loyalty=0.02, event="new", post=True, private_sale=True, newsletter=True,
    trade_shows=2, web="both", posts=3.0, help="ask", easy=True,
    personal_voice=True, fan_drive=True, offer_week=1, messages=1.0, answer="all", desk_hours=8.0,
    join_hours=5.0, boost=60.0,
    letters="open", data="take", targeted=True, suggest="similar", referral=5.0, vote=True,
)  # fmt: skip


def _busy_year():
    world = shop.World.drawn(7, people=800, holds={"3.2", "3.7", "2.2", "1.2", "tuning"})
    shops = [BUSY, "usual", "copycat", BUSY.but(data="ask")]
    year = shop.simulate(world, shops, weeks=26, seed=7)
    return [year.weeks, year.moves, year.orders, year.posts, year.people, year.ties]


def made():
    """Give what makes each result, by its name."""
    return {
        "a busy year of shops": _busy_year,
        "towns in which everything differs": lambda: [sensitivity.worlds(8, seed=18)],
        "worlds of shops": lambda: [shop.World.drawn(seed).table() for seed in range(20)],
    }
