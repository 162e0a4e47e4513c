"""What the rooms `deepening` and `stats` draw and count."""

import numpy as np

from frontporch import deepening, stats
from frontporch.course import lesson_01, lesson_02, lesson_03
from frontporch.deepening import frailty, logs, offers, panel, reciprocity
from frontporch.deepening.frailty.bored import early_exit
from frontporch.deepening.frailty.closeness import unwanted_closeness
from frontporch.deepening.frailty.worlds import chosen_channel, hidden_speed
from frontporch.deepening.panel.worlds import two_worlds_of_looks
from frontporch.deepening.rates import rates
from frontporch.deepening.spells import read_spells
from frontporch.stats.stays import counts


def _ladder(law=deepening.exponential, pairs=3_000):
    return deepening.Ladder.online_and_offline().simulate(pairs, 104, seed=7, law=law)


def _ladders():
    ladder = deepening.Ladder.online_and_offline()
    return {
        "ladder": _ladder,
        "ladder with Weibull stays": lambda: _ladder(deepening.weibull),
        "ladder with gamma stays": lambda: _ladder(deepening.gamma, pairs=600),
        "ladder until a drawn week": lambda: ladder.simulate(3_000, (20, 104), seed=7),
        "worlds of arrivals": lambda: [one.simulate(seed=7) for one in lesson_01.worlds().values()],
        "snapshots": lambda: panel.snapshots(_ladder(), every=8),
        "worlds of looks": lambda: [dict(one.every) for one in two_worlds_of_looks()],
        "drawn looks": lambda: two_worlds_of_looks(1_000)[0].simulate(seed=7),
        "people with hidden speed": lambda: frailty.simulate_people(
            ladder, 2_000, seed=7, frailty=0.5, pairs_each=2
        ),
        "people with very unlike speed": lambda: frailty.simulate_people(
            ladder, 2_000, seed=7, frailty=2.0, pairs_each=2
        ),
    }


def _hidden():
    worlds = {
        "hidden speed": lambda: hidden_speed(2_000),
        "chosen channel": lambda: chosen_channel(2_000),
        "early exit": lambda: early_exit(2_000),
        "unwanted closeness": lambda: unwanted_closeness(2_000),
    }
    for name, both in worlds.items():
        yield name, lambda both=both: [one.simulate(seed=7) for one in both()]


def _offers():
    model = offers.OfferModel()
    return {
        "offers at a week": lambda: model.simulate(2_000, seed=7, timing=offers.at_week(4)),
        "offers at random": lambda: model.simulate(2_000, seed=7, timing=offers.at_random(10)),
        "offers and fading contacts": lambda: model.simulate(
            2_000, seed=7, timing=offers.at_random(10), policy=offers.fading(2)
        ),
        "trial of offers": lambda: model.randomise(pairs=2_000, seed=7),
        "two shops": lambda: [one.simulate(2_000, seed=7) for one in lesson_02.worlds().values()],
        "spells split at the offer": lambda: offers.split_at_offer(model.simulate(200, seed=7)),
    }


def _messages():
    pair = reciprocity.Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
    return {
        "messages that call for messages": lambda: pair.simulate(200, seed=7, pairs=40),
        "worlds of answers": lambda: [
            one.simulate(seed=7) for one in lesson_03.worlds(5, 7).values()
        ],
        "causes of messages": lambda: pair.causes(),
    }


def _log():
    return logs.Calibration.students_online().simulate(seed=7, people=400)


def _logs():
    def read():
        return logs.read(_log(), observed_from_start=True)

    return {
        "synthetic log": _log,
        "encounters of a log": lambda: logs.encounters(read()),
        "spells of a log": lambda: logs.spells(read()),
        "waits of a log": lambda: logs.waits(read()),
        "replies of a log": lambda: logs.replies(read()),
        "exchange ladder": lambda: logs.exchange_ladder(read()),
        "life tables of a log": lambda: logs.life_tables(read()),
    }


def _estimates():
    rng = np.random.default_rng(7)
    days, seen = rng.integers(1, 40, 300).astype(float), rng.random(300) < 0.7
    bins = {"hours_up_to": [1.0, 2.0, 5.0], "reached": [10, 5, 7], "censored": [20, 6, 52]}

    def curve(made):
        return made.survival, made.standard_error

    def spells():
        return next(iter(read_spells(_ladder()).values()))

    def life_table():
        import pandas as pd

        return curve(stats.life_table(pd.DataFrame(bins)))

    return {
        "Kaplan-Meier": lambda: curve(stats.kaplan_meier(days, seen)),
        "Nelson-Aalen": lambda: stats.nelson_aalen(days, seen).hazard,
        "life table": life_table,
        "counts of transitions": lambda: counts(spells()),
        "rates": lambda: rates(spells())[["events", "rate"]],
    }


def made():
    """Give what makes each result, by its name."""
    return {
        **_ladders(), **dict(_hidden()), **_offers(), **_messages(), **_logs(), **_estimates(),
    }  # fmt: skip
