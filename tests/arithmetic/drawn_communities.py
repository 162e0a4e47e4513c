"""What the room `community` draws and counts, each under the name of what makes it."""

import numpy as np

from frontporch import community, data
from frontporch.community import answering
from frontporch.community.answering.silent import answered_and_returned
from frontporch.community.graph.block_models import fortress, with_shortcuts
from frontporch.community.graph.meetings import trade_shows, triadic_closure
from frontporch.community.measures.structure import modularity
from frontporch.community.measures.triangles import closed_ties
from frontporch.community.measures.weak_ties import overlap
from frontporch.community.pictures.layout import layout
from frontporch.community.seeding.heuristics import heuristic_choices
from frontporch.community.seeding.reverse_reachable import reverse_reachable_sets
from frontporch.community.spread.adoption import homophily_alone
from frontporch.community.spread.granovetter import equilibrium
from frontporch.community.word_of_mouth.weekly import Weeks
from frontporch.course import lesson_04, lesson_05, lesson_06
from frontporch.course.lesson_05.letters import draw_letters
from frontporch.course.lesson_05.testimonials import credibility_weighted, with_page


def _town():
    return community.block_model([60, 50, 40], sociability=0.7, seed=7)


def _spreads():
    """Every rule by both engines: numpy and numba draw the same bits."""
    town, shop = _town(), community.main_street().community()
    page = with_page(shop, visitors=shop.names(range(0, 20, 3)))
    credible = {"local": 0.6, "online": 0.8, "page": 1.0}
    cases = {
        "independent cascade": (town, community.independent_cascade(0.15)),
        "weighted cascade": (town, community.weighted_cascade()),
        "linear threshold": (town, community.linear_threshold()),
        "linear threshold by strength": (shop, community.linear_threshold(by_strength=True)),
        "complex contagion": (town, community.complex_contagion(2)),
        "by exposure": (town, community.by_exposure([0.05, 0.1, 0.3])),
        "credibility": (
            page,
            credibility_weighted(0.3, credible),
        ),
        "cascade with kinds": (page, community.independent_cascade(0.2)),
    }
    for backend in ("numpy", "numba"):
        for name, (of, rule) in cases.items():
            chosen = backend if backend == "numpy" or name != "credibility" else "auto"
            yield (
                f"spread of {name}, {backend}",
                lambda of=of, rule=rule, chosen=chosen: community.simulate(
                    of, of.names([0, 7, 11]), rule, runs=300, seed=7, backend=chosen
                ),
            )
            if backend == "numba":
                yield (
                    f"spread of {name}, two threads",
                    lambda of=of, rule=rule, chosen=chosen: community.simulate(
                        of, of.names([0, 7, 11]), rule, runs=300, seed=7, backend=chosen, threads=2
                    ),
                )
    weak = community.goldenberg_libai_muller(0.005, 0.01, 0.04)
    alone = homophily_alone(np.linspace(0.01, 0.2, town.size))
    for name, of, rule in (
        ("goldenberg", shop, weak),
        ("bass", town, community.bass_on_ties(0.03, 0.38, period=0.1)),
        ("homophily", town, alone),
    ):
        yield (
            f"spread of {name}",
            lambda of=of, rule=rule: community.simulate(
                of, of.names([0]), rule, runs=100, seed=7, steps=20
            ),
        )


def _seeding():
    town, rule = _town(), community.independent_cascade(0.1)
    street = community.block_model([40], seed=7)
    for backend in ("numpy", "numba"):
        yield (
            f"live-edge worlds, {backend}",
            lambda backend=backend: vars(
                community.live_edges(town, rule, runs=200, seed=7, backend=backend).reach([0, 9])
            ),
        )
        yield (
            f"reverse-reachable sets, {backend}",
            lambda backend=backend: (
                reverse_reachable_sets(town, rule, 2_000, seed=7, backend=backend).members
            ),
        )
        for method in ("reverse reachable", "lazy greedy"):
            yield (
                f"seeds by {method}, {backend}",
                lambda backend=backend, method=method: list(
                    community.influence_maximization(
                        street,
                        2,
                        rule,
                        seed=7,
                        method=method,
                        precision=community.Precision(runs=50),
                        backend=backend,
                    ).starters
                ),
            )
    yield "seeds by hand", lambda: heuristic_choices(town, 5, 7, np.array([], dtype=int))


def _communities():
    return {
        "small world": lambda: community.small_world(300, 6, 0.05, seed=7),
        "neighbourhoods": _town,
        "fortress": lambda: fortress(_town(), 0.4, seed=7),
        "shortcuts": lambda: with_shortcuts(_town(), 1.0, seed=7),
        "two layers": lambda: community.two_layers(
            [50] * 4, crowding_out=True, sociability=0.5, seed=7
        ),
        "triadic closure": lambda: triadic_closure(people=80, periods=60, seed=7),
        "trade shows": lambda: trade_shows(people=100, seed=7),
        "main street": lambda: community.main_street(),
        "porches closed": lambda: lesson_04.closed(
            community.main_street().community(), 0.5, "moved", seed=7
        ),
        "porch worlds": lambda: {
            name: world.simulate(seed=7) for name, world in lesson_04.worlds().items()
        },
        "stranger worlds": lambda: {
            name: world.simulate(seed=7) for name, world in lesson_05.worlds().items()
        },
        "taste worlds": lambda: {
            name: world.simulate(seed=7) for name, world in lesson_06.taste_worlds().items()
        },
    }


def _stories():
    busy = [0] * 8 + [6, 8, 9, 9, 7, 6, 8, 9, 8, 6] + [2] * 6
    desk = [0] * 8 + [2] * 10 + [0] * 6
    street = community.main_street
    return {
        "courses": lambda: community.trajectories(
            _town(), 0, community.independent_cascade(0.2), runs=50, seed=7
        ),
        "trace": lambda: community.trace(_town(), 0, community.independent_cascade(0.4), seed=7),
        "letters": lambda: draw_letters(500, quality=0.3, above=1.0, seed=7),
        "letters shown": lambda: lesson_05.letters_shown([4, 6, 8])["shown"],
        "praise": lambda: lesson_05.Praise(readers=50).simulate(runs=50, seed=7),
        "town of praise": lambda: lesson_05.Praise(readers=50).town(seed=7),
        "ways of praise": lambda: lesson_05.ways(0.1, towns=1, runs=20).table,
        "weeks of word of mouth": lambda: Weeks().simulate(2_000, seed=7),
        "log of contacts": lambda: lesson_06.ContactWorld().simulate(100, 0.5, seed=7),
        "contacts by coin": lambda: lesson_06.ContactWorld().simulate(
            100, 0.5, seed=7, by_coin=True
        ),
        "contacts by budget": lambda: lesson_06.by_budget(
            lesson_06.ContactWorld(people=200, weeks=8), [20], seed=7, runs=20
        ),
        "reach without porches": lambda: (
            lesson_04.reach(
                street().community(), "café", community.independent_cascade(0.3), draws=3, seed=7
            ).mean
        ),
        "posts and answers": lambda: answering.simulate_posts(
            busy, desk, 15, days=60, seed=7, patience_hours=4
        ),
        "voices": lambda: answering.Voices(0.1, 0.02, 0.2).simulate(2_000, seed=7),
        "answered and returned": lambda: answered_and_returned(2_000, seed=7, answer_helps=True),
    }


def _counts():
    club = data.load("karate_club")
    return {
        "structure": lambda: community.describe(community.from_table(club)),
        "people of a community": lambda: community.people(community.from_table(club)).drop(
            columns="betweenness"
        ),
        "closed ties": lambda: vars(closed_ties(_town())),
        "overlap": lambda: overlap(_town()),
        "modularity": lambda: modularity(_town(), _town().group.tolist()),
        "circles": lambda: community.detect_communities(_town(), seed=7),
        "ties of a log": lambda: community.from_interactions(_messages(), decay_days=30),
        "crowds": lambda: equilibrium(0.25, [0.05, 0.122, 0.123, 0.3]),
        "places in a picture": lambda: layout(_town()).at,
    }


def _messages():
    import pandas as pd

    rng = np.random.default_rng(7)
    ends = rng.integers(30, size=(2, 4_000))
    ends = ends[:, ends[0] != ends[1]]
    start = pd.Timestamp("2026-01-01") + pd.to_timedelta(
        np.sort(rng.integers(8_000_000, size=ends.shape[1])), unit="s"
    )
    return pd.DataFrame(
        {"start": start, "source": ends[0].astype(str), "target": ends[1].astype(str),
         "channel": "message"}
    )  # fmt: skip


def made():
    """Give what makes each result, by its name."""
    return {**dict(_spreads()), **dict(_seeding()), **_communities(), **_stories(), **_counts()}
