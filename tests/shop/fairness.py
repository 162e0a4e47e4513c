"""How fair and how balanced a year on Main Street is, measured in towns drawn at random.

``python tests/shop/fairness.py acts`` plays one part anew (`PARTS` lists them) into the tables in
`fairness_tables`; ``python tests/shop/fairness.py page`` writes docs/fairness.md from the tables.
"""

import functools
import json
import pathlib
import sys
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from frontporch import shop
from frontporch.shop.acts import ANSWER, DATA, EVENT, HELP, LETTERS, SUGGEST, WEB
from frontporch.shop.people import ACQUAINTANCE, BUYER, FRIEND, LOST, STRANGER, UNMET
from frontporch.shop.policies import FIXED, NAMES
from frontporch.shop.state import OLDEST
from frontporch.shop.trials import Trial
from frontporch.shop.week.meeting import CAUSES

MINUTES = 12
"""Of one processor, for all parts."""
TABLES = pathlib.Path(__file__).with_name("fairness_tables")

SHOPS = 4
PEOPLE = shop.World.people_for(SHOPS)
WEEKS = 52
RIVALS = ("usual",) * (SHOPS - 1)
FRESH = {
    "seats": 100_000,
    "acts": 200_000,
    "search": 300_000,
    "policies": 400_000,
    "learning": 500_000,
    "asking": 600_000,
}
"""Where the seeds of each part begin, so that no part uses a town of another."""

ASKED = {"data": "ask", "targeted": True}
CHANGES = {
    "friendlier counter, 4 h": ({"counter_hours": 4.0}, "4.1"),
    "friendlier counter, 10 h": ({"counter_hours": 10.0}, "4.1"),
    "loyalty scheme, 2 %": ({"loyalty": 0.02}, "2.6"),
    "event for friends": ({"event": "loyal"}, "3.6"),
    "event for new people": ({"event": "new"}, "3.6"),
    "promotion by post": ({"post": True}, "3.1"),
    "private sale": ({"private_sale": True}, ""),
    "newsletter": ({"newsletter": True}, ""),
    "2 trade shows a year": ({"trade_shows": 2}, ""),
    "4 trade shows a year": ({"trade_shows": 4}, ""),
    "no page, no site": ({"web": "none"}, "2.2"),
    "own site, no page": ({"web": "site"}, "2.2"),
    "page and own site": ({"web": "both"}, "2.2"),
    "4 posts a week": ({"posts": 4.0}, ""),
    "useful posts only": ({"useful": 1.0}, ""),
    "FAQ": ({"help": "faq"}, "2.5"),
    "ask-us box": ({"help": "ask"}, "2.5"),
    "ordering in one step": ({"easy": True}, "3.3"),
    "personal voice": ({"personal_voice": True}, "3.5"),
    "fan drive": ({"fan_drive": True}, "1.4"),
    "offer at once": ({"offer_week": 0}, "2.4"),
    "offer after 10 weeks": ({"offer_week": 10}, "2.4"),
    "0.25 messages a week": ({"messages": 0.25}, "1.1"),
    "1 message a week": ({"messages": 1.0}, "1.1"),
    "nothing answered": ({"answer": "none", "desk_hours": 0.0}, "1.3"),
    "all answered, 8 h": ({"answer": "all", "desk_hours": 8.0}, "1.3"),
    "desk 4 h": ({"desk_hours": 4.0}, "4.5"),
    "joining in, 5 h": ({"join_hours": 5.0}, "1.2"),
    "joining in, 10 h": ({"join_hours": 10.0}, "1.2"),
    "paid views, 60 dollars": ({"boost": 60.0}, "1.2"),
    "paid views, 150 dollars": ({"boost": 150.0}, "1.2"),
    "picked letters": ({"letters": "picked"}, "0.6"),
    "open reviews": ({"letters": "open"}, "3.7"),
    "data asked for, targeted": (ASKED, "4.6"),
    "data taken, targeted": ({"data": "take", "targeted": True}, "access"),
    "data asked for, suggestions": ({"data": "ask", "suggest": "similar"}, "3.2"),
    "data taken, suggestions": ({"data": "take", "suggest": "similar"}, "access"),
    "data asked for, popular items": ({"data": "ask", "suggest": "popular"}, "3.2"),
    "referral, 5 dollars": ({"referral": 5.0}, "3.4"),
    "vote on the assortment": ({"vote": True}, "tuning"),
}
"""What a shop does otherwise than the usual one, and the claim that it hangs on most."""


@functools.cache
def town(seed):
    """The town of a seed."""
    return shop.World.drawn(seed, people=PEOPLE)


def cash(shops, seed):
    """Dollars of each shop after a year."""
    year = shop.simulate(town(seed), shops, seed=seed)
    return np.array(year.cash) / 100


def acts(worlds, names=tuple(CHANGES), first=FRESH["acts"]):
    """What each act brings beside the usual shop, against usual rivals on the same luck."""
    rows = []
    for seed in range(first, first + worlds):
        usual = cash(["usual", *RIVALS], seed)[0]
        for name in names:
            change, claim = CHANGES[name]
            gain = cash([shop.Acts().but(**change), *RIVALS], seed)[0] - usual
            holds = claim in town(seed).holds if claim else ""
            rows.append((seed, name, claim, holds, round(gain)))
    return pd.DataFrame(rows, columns=["world", "act", "claim", "holds", "gain"])


def seats(worlds, first=FRESH["seats"]):
    """What four equal shops earn in each seat of the same town."""
    rows = []
    for seed in range(first, first + worlds):
        rows += [(seed, k, round(one)) for k, one in enumerate(cash(["usual"] * SHOPS, seed))]
    return pd.DataFrame(rows, columns=["world", "seat", "cash"])


CHOICES = {
    "counter_hours": (0.0, 2.0, 4.0, 10.0),
    "loyalty": (0.0, 0.02, 0.04),
    "event": EVENT,
    "post": (False, True),
    "private_sale": (False, True),
    "newsletter": (False, True),
    "trade_shows": (0, 2, 4),
    "web": WEB,
    "posts": (0.0, 2.0, 4.0),
    "useful": (0.0, 0.5, 1.0),
    "help": HELP,
    "easy": (False, True),
    "personal_voice": (False, True),
    "fan_drive": (False, True),
    "offer_week": (0, 1, 2, 4, 10),
    "messages": (0.25, 0.5, 0.75, 1.0),
    "answer": ANSWER,
    "desk_hours": (0.0, 4.0, 6.0, 8.0),
    "join_hours": (0.0, 2.0, 5.0, 10.0),
    "boost": (0.0, 60.0, 150.0),
    "letters": LETTERS,
    "data": DATA,
    "targeted": (False, True),
    "suggest": SUGGEST,
    "referral": (0.0, 5.0, 10.0),
    "vote": (False, True),
}
"""What a search chooses from: all acts but the hours in which nothing is done."""
TRIED = 207
"""Policies that a search draws at random before it improves the best of them."""


def together(values):
    """The acts of some values; who has no data about people does without what needs them."""
    if values["data"] == "none":
        values = values | {"targeted": False, "suggest": "none"}
    return shop.Acts(**values)


def any_policy(rng):
    """A policy that differs from the usual one in few acts or in many."""
    often = rng.uniform(0.1, 0.9)
    usual = {name: getattr(shop.Acts(), name) for name in CHOICES}
    return together(
        usual
        | {
            name: values[rng.integers(len(values))]
            for name, values in CHOICES.items()
            if rng.random() < often
        }
    )


def changed(acts, rng):
    """The same policy with one act changed, or two."""
    values = {name: getattr(acts, name) for name in CHOICES}
    for name in rng.choice(list(CHOICES), rng.integers(1, 3), replace=False).tolist():
        others = [one for one in CHOICES[name] if one != values[name]]
        values[name] = others[rng.integers(len(others))]
    return together(values)


def scores(policies, seeds, rng, known):
    """Add what each policy earned beside the usual shop in its seat, four at a table by lot."""
    for seed in seeds:
        usual = cash(["usual"] * SHOPS, seed)
        order = rng.permutation(len(policies))
        for begin in range(0, len(order), SHOPS):
            table = [policies[k] for k in order[begin : begin + SHOPS]]
            earned = cash(table + ["usual"] * (SHOPS - len(table)), seed) - usual
            for one, gain in zip(table, earned, strict=False):
                known.setdefault(one, []).append(gain)


def best(known, many):
    """The policies with the highest mean; few years count less, as the best of many are lucky."""
    mean = {one: np.sum(gains) / (len(gains) + 2) for one, gains in known.items()}
    return sorted(mean, key=mean.get, reverse=True)[:many]


def added_up(known):
    """The policy whose acts are each the best on average, other acts being equal (ridge)."""
    columns = [(name, value) for name, values in CHOICES.items() for value in values]
    does = [[getattr(one, name) == value for name, value in columns] for one in known]
    years = np.array([len(gains) for gains in known.values()], float)
    mean = np.array([np.mean(gains) for gains in known.values()])
    weighted = np.array(does, float) * years[:, None]
    fitted = weighted.T @ np.array(does, float) + 20.0 * np.eye(len(columns))
    effect = np.linalg.solve(fitted, weighted.T @ (mean - np.average(mean, weights=years)))
    of_value = dict(zip(columns, effect.tolist(), strict=True))
    return {
        name: max(values, key=lambda value: of_value[name, value])
        for name, values in CHOICES.items()
    }


def candidates(known, rng, many):
    """New policies: the sum of the best acts with and without data, and changes of the leaders."""
    sums = [together(added_up(known) | {"data": data}) for data in ("none", "ask")]
    leaders = [*best(known, 4), *sums]
    new = sums + [changed(leaders[rng.integers(len(leaders))], rng) for _ in range(many)]
    return [one for one in dict.fromkeys(new) if one not in known]


def search(tried=TRIED, first=FRESH["search"]):
    """The strongest fixed policies that a search finds: by lot first, then by improving them.

    The best of the search before is among those that it begins with.
    """
    rng = np.random.default_rng(first)
    towns = iter(range(first, first + 1_000))
    begins = [FIXED["frugal"], best_found()]
    policies = list(dict.fromkeys([*begins, *(any_policy(rng) for _ in range(tried - 1))]))
    known = {}
    scores(policies, take(towns, 1), rng, known)
    for many, worlds in ((14, 2), (8, 2), (0, 3)):
        new = candidates(known, rng, many) if many else []
        scores([*new, *best(known, 24 if many == 14 else 8)], take(towns, worlds), rng, known)
    scores(best(known, 4), take(towns, 6), rng, known)
    return best(known, 4), known


def take(towns, many):
    """The next towns."""
    return [next(towns) for _ in range(many)]


SURVEYED, LIKELIER = 30, 2.0
"""People asked in a survey, and how many times as often those who want closeness answer."""
TRIED_OUT = {
    "2.4": ("first offer at once for half", {}, ("offer_week", 0)),
    "1.2": ("joining in 5 h against 60 dollars of views", {"join_hours": 5.0, "boost": 60.0}, None),
    "access": ("data taken from half, asked of half", {"data": "ask"}, ("data", "take")),
    "2.2": ("own log, steps online and offline", {}, None),
    "1.1": ("survey of 30", {}, None),
}
"""By claim: the research, what the whole shop does meanwhile, and what half of its people get."""


@dataclass
class Watched:
    """What a shop can count about its own people while research lasts.

    Parameters
    ----------
    market : Market
        The town at the end.
    half : numpy.ndarray of bool
        Who got the other act.
    before : list of (numpy.ndarray, numpy.ndarray)
        By week: the stage of each person at its start, and weeks since the first meeting.
    """

    market: shop.Market
    half: np.ndarray
    before: list = field(default_factory=list)

    @classmethod
    def played(cls, world, seed, weeks, acts, trial):
        """Play some weeks in which a shop tries something out, against usual rivals."""
        market = shop.Market(world, SHOPS, seed)
        trials = [Trial(0, *trial, since=1)] if trial else []
        half = trials[0].half(market.luck) if trials else np.zeros(world.people, bool)
        found = cls(market, half)
        for _ in range(weeks):
            found.before.append((market.state.stage[0].copy(), market.state.age[0].copy()))
            market.play([acts, *[shop.Acts()] * (SHOPS - 1)], trials)
        return found

    def rate(self, stages, after, chosen, youngest=OLDEST):
        """Moves per person and week from some stages, of chosen people met lately enough."""
        moved = there = 0.5
        for (stage, age), (_, moves, _) in zip(self.before, self.market.ledger.moves, strict=True):
            at_risk = np.isin(stage, stages) & (age < youngest) & chosen
            there += np.count_nonzero(at_risk)
            mine = moves.flat < len(stage)
            who, was, now = moves.flat[mine], moves.before[mine], moves.after[mine]
            moved += np.count_nonzero(at_risk[who] & np.isin(was, stages) & after(was, now))
        return moved / there

    def met_by(self, cause):
        """How many people were met by something that the shop itself can see."""
        people, place = self.market.world.people, CAUSES.index(cause)
        return 0.5 + sum(
            int(np.count_nonzero((moves.flat < people) & (moves.cause == place)))
            for _, moves, _ in self.market.ledger.moves
        )


def lost(was, now):
    """Moves out of the shop's sight."""
    return now == LOST


def deeper(was, now):
    """Steps to the next stage."""
    return now == was + 1


def reading(claim, watched, seed):
    """The number by which research tells whether a claim holds; higher if it does."""
    half, known = watched.half, [STRANGER, ACQUAINTANCE, BUYER, FRIEND]
    if claim == "2.4":
        new = [STRANGER, ACQUAINTANCE]
        rates = [watched.rate(new, lost, who, youngest=4) for who in (half, ~half)]
    elif claim == "access":
        rates = [watched.rate(known, lost, who) for who in (~half, half)]
    elif claim == "2.2":
        online = watched.market.town.online(0)
        rates = [watched.rate([STRANGER, ACQUAINTANCE], deeper, who) for who in (~online, online)]
    elif claim == "1.2":
        rates = [watched.met_by(cause) for cause in ("paid view", "reply")]
    else:
        return survey(watched.market, seed)
    return float(np.log(rates[1] / rates[0]))


def survey(market, seed):
    """Share of those who answer a survey and say that they want a closer relationship."""
    rng = np.random.default_rng(seed)
    known = np.flatnonzero((market.state.stage[0] > UNMET) & (market.state.stage[0] < LOST))
    asked = rng.choice(known, SURVEYED, replace=False)
    close = market.town.close[asked]
    answers = rng.random(SURVEYED) < np.where(close, 0.3 * LIKELIER, 0.3)
    return float((close[answers].sum() + 0.5) / (answers.sum() + 1))


def learning(worlds, first=FRESH["learning"]):
    """What each piece of research shows after one round and after three."""
    rows = []
    for seed in range(first, first + worlds):
        for claim, (_, does, trial) in TRIED_OUT.items():
            for weeks in (4, 12):
                acts = shop.Acts().but(**does)
                watched = Watched.played(town(seed), seed, weeks, acts, trial)
                value = reading(claim, watched, seed)
                rows.append((seed, claim, weeks, claim in town(seed).holds, round(value, 4)))
    return pd.DataFrame(rows, columns=["world", "claim", "weeks", "holds", "reading"])


def d_prime(table):
    """Difference between worlds in which a claim holds and not, in standard deviations."""
    apart = table.groupby("holds")["reading"].agg(["mean", "var"])
    return (apart["mean"][True] - apart["mean"][False]) / np.sqrt(apart["var"].mean())


FOUND = "best found"
OTHERS = {"asks": shop.Acts(data="ask", targeted=True, suggest="similar")}
SECOND = shop.Acts(
    counter_hours=2.0,
    loyalty=0.02,
    post=True,
    newsletter=True,
    posts=4.0,
    useful=0.0,
    desk_hours=4.0,
    join_hours=10.0,
    boost=60.0,
    referral=5.0,
    vote=True,
)
"""With these, three tables of four are full: a shop that asks for data and uses them, and the best
of a second search."""


def policies(worlds, found, first=FRESH["policies"]):
    """What twelve policies earn in the same towns, four at a table by lot."""
    field_of = {name: name for name in NAMES} | OTHERS
    field_of |= {FOUND: found, "found second": SECOND}
    names, rows = list(field_of), []
    for seed in range(first, first + worlds):
        order = np.random.default_rng(seed).permutation(len(names))
        for begin in range(0, len(names), SHOPS):
            table = [names[k] for k in order[begin : begin + SHOPS]]
            earned = cash([field_of[one] for one in table], seed)
            place = (-earned).argsort().argsort()
            rows += [
                (seed, one, round(dollars), bool(rank == 0))
                for one, dollars, rank in zip(table, earned, place, strict=True)
            ]
    return pd.DataFrame(rows, columns=["world", "policy", "cash", "first"])


ASKING = {"offer_week": 4, "join_hours": 5.0, "boost": 60.0}
"""What a shop does in the round in which it asks: half of its people get the offer at once."""
ANSWERED = {
    "2.4": ({"offer_week": 0}, {"offer_week": 4}),
    "1.2": ({"join_hours": 10.0, "boost": 0.0}, {"join_hours": 0.0, "boost": 150.0}),
    "1.1": ({"messages": 1.0}, {"messages": 0.5}),
}
"""What a shop does from then on where it has read that a claim holds, and that it does not."""
ROUND = 4
PRICES = (0.0, 0.01, 0.02, 0.05)
"""Shares of the round's turnover that the research costs."""


def thresholds(table):
    """The reading from which on a claim is taken as true: half-way between the means."""
    rows = table[table["weeks"] == ROUND]
    return rows.groupby(["claim", "holds"])["reading"].mean().groupby("claim").mean().to_dict()


def asking(worlds, found, limits, first=FRESH["asking"]):
    """What one round of research brings beside the best fixed policy, on the same luck."""
    rows = []
    for seed in range(first, first + worlds):
        fixed = cash([found, *RIVALS], seed)[0]
        watched = Watched.played(town(seed), seed, ROUND, found.but(**ASKING), ("offer_week", 0))
        market, acts, right = watched.market, found, 0
        turnover = sum(row["sales"] for row in market.ledger.weeks if row["shop"] == 0) / 100
        for claim, (if_true, if_false) in ANSWERED.items():
            holds = reading(claim, watched, seed) > limits[claim]
            acts = acts.but(**(if_true if holds else if_false))
            right += holds == (claim in town(seed).holds)
        for _ in range(WEEKS - ROUND):
            market.play([acts, *[shop.Acts()] * (SHOPS - 1)])
        gain = market.state.cash[0] / 100 - fixed
        rows.append((seed, round(gain), round(turnover), right))
    return pd.DataFrame(rows, columns=["world", "gain", "turnover", "right"])


def kept(name):
    """A table that was played before."""
    return pd.read_csv(TABLES / f"{name}.csv", dtype={"claim": str}, keep_default_na=False)


def best_found():
    """The strongest fixed policy of the last search."""
    rows = pd.read_csv(TABLES / "found.csv")
    return shop.Acts(**{act: json.loads(value) for act, value in rows.to_numpy().tolist()})


def found_table():
    """Search, and write down the strongest policy."""
    (one, *_), _ = search()
    rows = [(name, json.dumps(getattr(one, name))) for name in CHOICES]
    return pd.DataFrame(rows, columns=["act", "value"])


PARTS = {
    "seats": lambda: seats(60),
    "acts": lambda: acts(24),
    "found": found_table,
    "policies": lambda: policies(24, best_found()),
    "learning": lambda: learning(60),
    "asking": lambda: asking(20, best_found(), thresholds(kept("learning"))),
}
"""What is played, in this order: later parts read earlier ones."""

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        if part == "page":
            import fairness_page

            fairness_page.write()
        else:
            PARTS[part]().to_csv(TABLES / f"{part}.csv", index=False)
