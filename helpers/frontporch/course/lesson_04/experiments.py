"""What is tried in lesson 4 to answer its exercises: tables and a picture, by their controls."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ... import community, data
from ...classroom import Choice, Slider
from ...classroom.checking.experiment import Experiment
from ...classroom.prequestion import Prequestion
from ...community.spread.contagion import Spread
from ...streams import spawn
from .. import pairs
from ..town import Town
from .pictures import plot_neighbours
from .porch_world import PorchWorld
from .reaching import Reach, reach
from .worlds import worlds

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

STREET = "the whole street"
NEIGHBOURHOODS = ("Station", "Market", "Mill Lane", "Church Hill", "Harbour")
STARTS = (
    "café",
    "bicycle shop",
    "kiosk",
    "hotel",
    "bakery",
    "bookshop",
    "florist",
    "hardware shop",
    "laundry",
    "barber",
    "tailor",
    "boat hire",
)
DRAWS = 4
"""So many pairs of towns for each place; which of them is called A differs from team to team."""
CLEAR = 0.15
"""Neighbours by which an interval has to clear zero, or to hold it."""
SEED = 7
RUNS = 400
"""Enough for a table with one decimal; a whole class's questions are worked out in seconds."""


@lru_cache(maxsize=1)
def same_side() -> float:
    """Give of 100 ties of a real club those whose members went the same way when it split.

    Source: Zachary (1977), Journal of Anthropological Research 33:452-473, as in networkx.
    """
    import networkx as nx

    club = nx.karate_club_graph()
    went = nx.get_node_attributes(club, "club")
    together = sum(went[one] == went[other] for one, other in club.edges)
    return 100 * together / club.number_of_edges()


def first_guess() -> Prequestion:
    """Ask how often people who met went the same way when their club split."""
    return Prequestion(
        "A **real karate club** quarreled and split in two. Of every 100 pairs of members who met "
        "outside the club, how many went the same way? Move the slider, then press Show me.",
        Slider("guess", "your guess", 0, 100, 1, 50, unit="of 100 pairs"),
        came=same_side,
        meaning="By chance it would have been about half. Who talks to whom decides where news "
        "and opinions go, and where they stop.",
    )


@lru_cache(maxsize=1)
def street() -> community.Community:
    """Give the main street with both of its layers."""
    return community.main_street().community()


@lru_cache
def begun(year: int, neighbourhood: str = STREET) -> pd.DataFrame:
    """Give the ties that began after 30 June of a year, where somebody of a neighbourhood is."""
    ties = data.load("main_street_ties", "ties").query(f"since > '{year}-06-30'")
    if neighbourhood == STREET:
        return ties
    lives = data.load("main_street_ties", "people").set_index("person")["neighbourhood"]
    ends = (ties[end].map(lives) == neighbourhood for end in ("source", "target"))
    return ties[next(ends) | next(ends)]


def ties_begun(year: int, neighbourhood: str) -> pd.DataFrame:
    """Count the ties that began since, and their contacts, by layer."""
    counted = begun(year, neighbourhood).groupby("layer")["strength"].agg(["size", "sum"])
    counted = counted.reindex(["local", "online"], fill_value=0).astype(int)
    counted.loc["both"] = counted.sum()
    return counted.reset_index().set_axis(["layer", "ties", "contacts in the last year"], axis=1)


@lru_cache(maxsize=256)
def reached(removed: int, chance: int, online: float = 0.0) -> Reach:
    """Let it spread from the café, with per cent of the ties among neighbors removed."""
    news = community.independent_cascade(chance / 100)
    return reach(
        street(), "café", news, [removed / 100], online=online, draws=5, runs=RUNS // 5, seed=SEED
    )


def with_ties_removed(removed: int, chance: int, online: float) -> pd.DataFrame:
    """Show how many people hear of it with none of the ties removed, and with some."""
    import pandas as pd

    rows = []
    for share in dict.fromkeys((0, int(removed))):
        found = reached(share, int(chance), float(online))
        low, high = found.interval()
        rows.append((f"{share} %", found.mean[0], low[0], high[0]))
    columns = ["ties removed", "people who hear the news (of 200)", "95 % sure: from", "to"]
    return pd.DataFrame(rows, columns=columns).round(1)


@lru_cache(maxsize=256)
def both_layers(chance: int, start: str = "café") -> Spread:
    """Let it spread over the street with both layers."""
    rule = community.independent_cascade(chance / 100)
    return community.simulate(street(), start, rule, RUNS, SEED)


@lru_cache(maxsize=256)
def neighbours_alone(chance: int, start: str = "café") -> float:
    """Let it spread over the local layer alone."""
    rule = community.independent_cascade(chance / 100)
    return community.simulate(street().of_layer("local"), start, rule, RUNS, SEED).mean


def without_a_layer(chance: int, start: str) -> pd.DataFrame:
    """Show how many hear of it with both layers, and over which, and with the local one alone."""
    import pandas as pd

    both = both_layers(int(chance), start)
    carried = both.carried
    rows = [
        ("local and online", both.mean, carried["local"], carried["online"]),
        ("local alone", (alone := neighbours_alone(int(chance), start)), alone - 1, 0.0),
    ]
    columns = [
        "layers",
        "people who hear the news (of 200)",
        "over a local tie",
        "over an online tie",
    ]
    return pd.DataFrame(rows, columns=columns).round(1)


@lru_cache(maxsize=256)
def in_two_layers(online: int, chance: int, crowding_out: bool) -> float:
    """Count whom it reaches in a town of five neighbourhoods, online on top or in place."""
    rule = community.independent_cascade(chance / 100)
    return community.simulate(_layered(online, crowding_out), 0, rule, RUNS, SEED).mean


@lru_cache(maxsize=32)
def _layered(online: int, crowding_out: bool) -> community.Community:
    return community.two_layers(
        [40, 40, 40, 40, 40], budget=8, online=online, crowding_out=crowding_out, seed=SEED
    )


def on_top_or_in_place(online: int, chance: int) -> pd.DataFrame:
    """Show how many hear of it where online comes on top, and where it costs a neighbor."""
    import pandas as pd

    rows = [
        ("come on top", in_two_layers(int(online), int(chance), False)),
        ("cost a neighbor each", in_two_layers(int(online), int(chance), True)),
    ]
    columns = ["online ties", "people who hear the news (of 200)"]
    return pd.DataFrame(rows, columns=columns).round(1)


@lru_cache(maxsize=32)
def drawn(place: int, draw: int) -> dict[str, tuple[Town, pd.DataFrame]]:
    """Draw two towns, and read them; by the name of their world.

    The first draw in which the wired streets leave no doubt. In the first pair the users of the
    town that loses neighbors lead by less, in the second by more: comparing them helps nobody.
    """
    both = worlds()
    for seed in spawn(100 * place + draw, 200):
        found = {
            name: (town := world.simulate(seed), both.read(town)) for name, world in both.items()
        }
        users, wired = (
            {name: read.iloc[row] for name, (_, read) in found.items()} for row in (0, 1)
        )
        costs = min(users, key=lambda name: users[name]["estimate"])
        misleads = place == 2 or (costs == both.truth) == (place == 0)
        holds, fails = (wired[name] for name in both)
        if (
            misleads
            and holds["upper"] < -CLEAR
            and fails["lower"] < -CLEAR < CLEAR < fails["upper"]
        ):
            return found
    raise ValueError(f"no draw of pair {place} leaves no doubt.")


def pair_of(number: int, pair: str) -> dict[str, tuple[Town, pd.DataFrame]]:
    """Give both towns of a pair of a team's set, called A and B, with what is read in them."""
    found = drawn(pairs.PAIRS.index(pair), number % DRAWS)
    return pairs.named(number, pair, found.values())


def two_towns(pair: str, pairs: int) -> Axes:
    """Draw both readings of both towns of a pair."""
    found = pair_of(pairs, pair)
    return plot_neighbours({f"town {name}": found[name][1] for name in "AB"})


@lru_cache(maxsize=256)
def price_of_online(cost: float, known: float) -> dict[str, float]:
    """Say what is to be expected of a town where an online tie costs so many local ones."""
    return PorchWorld(crowding_out=cost, budget=known).expected()


def two_readings(cost: float, known: float) -> pd.DataFrame:
    """Show what each reading of such a town says."""
    import pandas as pd

    found = price_of_online(float(cost), float(known))
    rows = [
        ("people online, compared with others", found["naive"]),
        ("wired streets, compared with others", found["experiment"]),
    ]
    columns = ["comparison", "difference in neighbors known"]
    return pd.DataFrame(rows, columns=columns).round(3)


NEW_TIES = Experiment(
    ties_begun,
    (
        Slider("year", "began after June 30", 1996, 2009, 1, 2007, year=True),
        Choice("neighbourhood", "neighborhood", (STREET, *NEIGHBOURHOODS), STREET),
    ),
    'new_ties = ties.query("since > \'{year}-06-30\'")\nnew_ties["layer"].value_counts()',
)
REMOVED = Experiment(
    with_ties_removed,
    (
        Slider("removed", "ties removed", 0, 100, 5, 30, unit="%"),
        Slider("chance", "chance per tie", 10, 50, 5, 30, unit="%"),
        Slider("online", "online ties", 0, 2, 0.5, 0, unit="each"),
    ),
    "rule = community.independent_cascade({chance} / 100)\n"
    "shares = [0, {removed} / 100]\n"
    'lesson_04.reach(street, "café", rule, shares, online={online}, seed=7).summary()',
)
LAYERS = Experiment(
    without_a_layer,
    (
        Slider("chance", "chance per tie", 5, 60, 5, 30, unit="%"),
        Choice("start", "it starts at the", STARTS, "café"),
    ),
    "rule = community.independent_cascade({chance} / 100)\n"
    'both = community.simulate(street, "{start}", rule, seed=7).mean\n'
    'alone = community.simulate(street.of_layer("local"), "{start}", rule, seed=7).mean\n'
    "both, alone",
)
CROWDED = Experiment(
    on_top_or_in_place,
    (
        Slider("online", "online ties", 0, 8, 1, 1, unit="each"),
        Slider("chance", "chance per tie", 10, 30, 1, 20, unit="%"),
    ),
    "rule = community.independent_cascade({chance} / 100)\n"
    "for crowding_out in (False, True):\n"
    "    town = community.two_layers(\n"
    "        [40] * 5, online={online}, crowding_out=crowding_out, seed=7\n"
    "    )\n"
    "    print(crowding_out, community.simulate(town, 0, rule, seed=7).mean)",
)
TOWNS = Experiment(two_towns, (Choice("pair", "pair of towns", pairs.PAIRS, pairs.PAIRS[0]),))
PRICE = Experiment(
    two_readings,
    (
        Slider("cost", "one online tie costs", 0, 1.5, 0.1, 0.3, unit="neighbors"),
        Slider("known", "with nobody online", 4, 12, 1, 7, unit="neighbors"),
    ),
    "lesson_04.PorchWorld(crowding_out={cost}, budget={known}).expected()",
)
