"""Speed of a year on Main Street, and how much keyed coins are worth.

``python benchmarks/shops.py`` prints CPU seconds of a year, of people telling their neighbors
beside a loop over persons and beside mesa where it is installed, and the variance of the
difference that a changed act makes: with keyed coins, and with one seeded stream. ``python
benchmarks/shops.py 1000`` plays as many drawn worlds on two processors instead. Nothing here is a
test.
"""

import importlib.util
import random
import sys
import time

import numpy as np

from frontporch import shop
from frontporch.elementary import log1p
from frontporch.shop.luck import Luck
from frontporch.shop.people import STRANGER, UNMET

SEED = 20_270
BUSY = shop.Acts(
    counter_hours=4.0,
    event="new",
    newsletter=True,
    web="both",
    personal_voice=True,
    answer="all",
    desk_hours=8.0,
    join_hours=5.0,
    boost=60.0,
    letters="open",
    data="ask",
    targeted=True,
    suggest="similar",
    vote=True,
)
CHANGES = {
    "answer all, two more desk hours": {"answer": "all", "desk_hours": 8.0},
    "newsletter": {"newsletter": True},
    "join 10 h and 3 % loyalty": {"join_hours": 10.0, "loyalty": 0.03},
}
CHANCE, WEEKS, BEGIN = 0.25, 20, 50


def cpu(task, repeats=5):
    """Median CPU seconds of a task."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return float(np.median(times))


class Stream(Luck):
    """The same coins from one seeded stream, in the order in which they are asked for."""

    def __init__(self, luck, seed):
        vars(self).update(vars(luck))
        self.rng = np.random.default_rng(seed)

    def pairs(self, week, purpose, turn=0):
        return self.rng.random(self._pair.shape)

    def some(self, week, purpose, flat, turn=0):
        return self.rng.random(np.shape(flat))

    def several(self, week, purposes, flat, turn):
        return self.rng.random((len(purposes), len(flat)))

    def persons(self, week, purpose, who=slice(None)):
        return self.rng.random(len(self._person[who]))

    def shops(self, week, purpose):
        return self.rng.random(len(self._shop))


def cash(acts, seed, *, stream):
    """Dollars of the first of four shops."""
    market = shop.Market(shop.World(people=2_000), 4, seed)
    if stream:
        market.luck = Stream(market.luck, seed)
    for _ in range(52):
        market.play([acts, *[shop.Acts()] * 3])
    return market.state.cash[0] / 100


def same_luck(towns=20):
    """Print how much the difference between two acts varies with luck."""
    usual = {way: [cash(shop.Acts(), s, stream=way) for s in range(towns)] for way in (0, 1)}
    for name, change in CHANGES.items():
        acts, spread = shop.Acts().but(**change), []
        for way in (0, 1):
            other = [cash(acts, seed, stream=way) for seed in range(towns)]
            difference = np.subtract(other, usual[way])
            spread.append(difference.std(ddof=1))
            if not way:
                print(f"{name}: mean {difference.mean():.0f} dollars", end="")
        ratio = (spread[1] / spread[0]) ** 2
        print(f", sd keyed {spread[0]:.0f}, one stream {spread[1]:.0f}, ratio {ratio:.0f}")


def telling():
    """Give a market in which people only tell their neighbors, and some who begin."""
    still = dict.fromkeys(
        ("up1", "up2", "up3", "loss1", "loss2", "loss3", "loss4", "back3", "back4"), 0.0
    )
    world = shop.World.without_effects(
        talk_street=float(-log1p(-CHANCE)),
        tells=1.0,
        saturates=0.0,
        need=0.0,
        meet=0.0,
        returns=0.0,
        **still,
    )
    market = shop.Market(world, 1, SEED)
    market.state.stage[:] = UNMET
    market.state.stage[:, :BEGIN] = STRANGER
    ties = market.town.ties[0]
    near = ties.targets[: ties.starts[BEGIN]]
    market.state.street[0] = world.talk_street * np.bincount(near, minlength=ties.size)
    return market


def ours():
    """Let people tell their neighbors for some weeks."""
    market = telling()
    for _ in range(WEEKS):
        market.play([shop.Acts.idle()])
    return int((market.state.stage != UNMET).sum())


def loop():
    """Do the same, a person after the other, in plain Python."""
    ties = telling().town.ties[0]
    near = [ties.targets[ties.starts[k] : ties.starts[k + 1]].tolist() for k in range(ties.size)]
    draw = random.Random(SEED)
    met, new = set(range(BEGIN)), list(range(BEGIN))
    for _ in range(WEEKS):
        later = []
        for person in range(ties.size):
            if person not in met:
                words = sum(one in new for one in near[person])
                if draw.random() > (1 - CHANCE) ** words:
                    later.append(person)
        met.update(later)
        new = set(later)
    return len(met)


def with_mesa():
    """Give the same as a model of mesa 3, or None where it is not installed."""
    if importlib.util.find_spec("mesa") is None:
        return None
    import mesa

    class Person(mesa.Agent):
        def __init__(self, model):
            super().__init__(model)
            self.met = self.new = False
            self.later = False

        def hear(self):
            if not self.met:
                words = sum(one.new for one in self.near)
                self.later = self.random.random() > (1 - CHANCE) ** words

        def change(self):
            self.new, self.met, self.later = self.later, self.met or self.later, False

    def run():
        model = mesa.Model(seed=SEED)
        ties = telling().town.ties[0]
        people = [Person(model) for _ in range(ties.size)]
        for k, one in enumerate(people):
            near = ties.targets[ties.starts[k] : ties.starts[k + 1]]
            one.near = [people[other] for other in near.tolist()]
            one.met = one.new = k < BEGIN
        for _ in range(WEEKS):
            model.agents.do("hear")
            model.agents.do("change")
        return sum(one.met for one in model.agents)

    return run


def cash_of(seed):
    """Cents of the first of four usual shops in a drawn world."""
    return shop.simulate(shop.World.drawn(seed), seed=seed).cash[0]


def many_worlds(many):
    """Print how long drawn worlds take on two processors, on the clock."""
    from joblib import Parallel, delayed

    start = time.perf_counter()
    cents = Parallel(n_jobs=2)(delayed(cash_of)(seed) for seed in range(many))
    seconds = time.perf_counter() - start
    print(f"{many} worlds of 5,000 people and four shops on two processors: {seconds:.0f} s")
    print(f"  the first shop's cash: mean {np.mean(cents) / 100:.0f}, sd {np.std(cents) / 100:.0f}")


def main():
    """Print all of it."""
    world = shop.World()
    for name, shops in (("usual", ["usual"] * 4), ("busiest", [BUSY] * 4)):
        seconds = cpu(lambda shops=shops: shop.simulate(world, shops, seed=SEED))
        print(f"a year of 5,000 people and four {name} shops: {seconds:.3f} s")
        print(f"  1,000 such worlds on two cores: {500 * seconds:.0f} s")
    mine = cpu(ours)
    print(f"5,000 people tell their neighbors, {WEEKS} weeks: {mine:.3f} s")
    print(f"  a loop over persons takes {cpu(loop, 3) / mine:.1f} times as long")
    mesa_model = with_mesa()
    if mesa_model is None:
        print("  mesa is not installed: uv pip install --group peers")
    else:
        print(f"  mesa takes {cpu(mesa_model, 3) / mine:.1f} times as long")
        print(f"  who knows the shop in the end: ours {ours()}, loop {loop()}, mesa {mesa_model()}")
    same_luck()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        many_worlds(int(sys.argv[1]))
    else:
        main()
