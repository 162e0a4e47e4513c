"""Exercises of lesson 4: front porches and fortresses, who still talks to whom?"""

from __future__ import annotations

from ...classroom.checking.exercise import Diagnosis, Exercise
from ..apart import apart
from ..pairs import CHOICES, PAIRS, SETS, truth, turned
from . import experiments
from .experiments import (
    NEIGHBOURHOODS,
    STARTS,
    begun,
    both_layers,
    in_two_layers,
    neighbours_alone,
    price_of_online,
    reached,
)


def online_share(year: int, neighbourhood: str, of: str = "ties") -> float:
    """Exercise 4.1: per cent of the ties begun since then, or of their contacts, online."""
    new = begun(year, neighbourhood)
    online = new["layer"] == "online"
    if of == "ties":
        return 100 * float(online.mean())
    return 100 * float(new["strength"][online].sum() / new["strength"].sum())


def fewer(removed: int, chance: int, online: float = 0.0) -> float:
    """Exercise 4.2: how many fewer hear of it than with no tie removed."""
    return float(reached(0, chance).mean[0] - reached(removed, chance, online).mean[0])


def lost(chance: int, start: str) -> float:
    """Exercise 4.3: how many fewer hear of it without the online layer."""
    return both_layers(chance, start).mean - neighbours_alone(chance, start)


def crowded_out(online: int, chance: int) -> float:
    """Exercise 4.4: how many fewer hear of it where online ties cost a neighbor each."""
    return in_two_layers(online, chance, False) - in_two_layers(online, chance, True)


def users_lead_less(pairs: int) -> tuple[str, ...]:
    """Compare users with others: the towns where they know fewer neighbors more."""

    def lead(pair: str) -> str:
        found = experiments.pair_of(pairs, pair)
        return min("AB", key=lambda name: found[name][1]["estimate"].iloc[0])

    return tuple(map(lead, PAIRS))


def more_online(pairs: int) -> tuple[str, ...]:
    """Count who is online: the towns that have more."""

    def users(pair: str) -> str:
        found = experiments.pair_of(pairs, pair)
        return max("AB", key=lambda name: int(found[name][0].people["user"].sum()))

    return tuple(map(users, PAIRS))


_ASKED = (
    Exercise(
        id="4.1",
        question="Look at the ties of people in {neighbourhood} that began after June 30, {year}. "
        "What per cent of these ties are online? (One decimal.)",
        options={
            "neighbourhood": NEIGHBOURHOODS,
            "year": (2008, *range(1996, 2006)),
        },
        answer=lambda year, neighbourhood: online_share(year, neighbourhood),
        absolute_tolerance=0.1,
        unit="%",
        hint="1. Choose {neighbourhood}. 2. Move the year to {year}. 3. Divide the online ties by "
        "all ties in the table, and multiply by 100.",
        solution="With {neighbourhood} and {year} set: online ties, divided by all ties in the "
        "table, times 100.",
        diagnoses=(
            Diagnosis(
                lambda year, neighbourhood: online_share(1900, neighbourhood),
                "this is the share of all ties. The question asks for the new ones.",
            ),
            Diagnosis(
                lambda year, neighbourhood: online_share(year, neighbourhood, "contacts"),
                "this is the share of the contacts over these ties. The question asks for ties.",
            ),
            Diagnosis(
                lambda year, neighbourhood: online_share(2007, neighbourhood),
                lambda year, neighbourhood: (
                    f"these are the ties begun after June 30, 2007; your year is {year}."
                ),
            ),
            Diagnosis(
                lambda year, neighbourhood: online_share(year, experiments.STREET),
                lambda year, neighbourhood: (
                    f"this is the whole street; your neighborhood is {neighbourhood}."
                ),
            ),
        ),
        experiment=experiments.NEW_TIES,
    ),
    Exercise(
        id="4.2",
        question="A tie passes the news on with a chance of {chance} %, and nobody is online. "
        "{removed} % of the ties among neighbors are removed. How many fewer of the 200 people "
        "hear the news than with no tie removed?",
        options={
            "removed": (40, 10, 15, 20, 25, 35, 45, 50, 55, 60, 65, 70, 75, 80),
            "chance": (25, 35, 40),
        },
        answer=lambda removed, chance: fewer(removed, chance),
        absolute_tolerance=0.6,
        unit="people",
        hint="1. Set the ties removed to {removed} % and the chance per tie to {chance} %, with no "
        "online ties. 2. Subtract the people in the second row from those in the first.",
        solution="With {removed} % removed and a chance of {chance} %: people who hear the news in "
        "the first row, minus those in the second.",
        diagnoses=(
            Diagnosis(
                lambda removed, chance: fewer(removed, chance) / 2,
                "this is per cent of the street; the question asks for people, of whom there are "
                "200.",
            ),
            Diagnosis(
                lambda removed, chance: float(reached(removed, chance).mean[0]),
                "this is how many still hear the news. The question asks how many fewer do.",
            ),
            Diagnosis(
                lambda removed, chance: float(
                    reached(0, chance, 1.0).mean[0] - reached(removed, chance, 1.0).mean[0]
                ),
                "this is with one online tie each; in the question nobody is online.",
            ),
            Diagnosis(
                lambda removed, chance: fewer(30, chance),
                lambda removed, chance: f"this is for 30 % removed; yours is {removed} %.",
            ),
            Diagnosis(
                lambda removed, chance: fewer(removed, 30),
                lambda removed, chance: f"this is for a chance of 30 %; yours is {chance} %.",
            ),
        ),
        experiment=experiments.REMOVED,
    ),
    Exercise(
        id="4.3",
        question="News starts at the {start}, on the street as it is. A tie passes it on with a "
        "chance of {chance} %. How many fewer people hear it if the online layer is taken away?",
        options={"start": STARTS, "chance": (25, 15, 20, 35, 40)},
        answer=lost,
        absolute_tolerance=0.15,
        unit="people",
        hint="1. Choose the {start} and set the chance to {chance} %. 2. Subtract the second "
        "number of people from the first.",
        solution="With the {start} and {chance} % set: people who hear the news with both layers, "
        "minus those with the local layer alone. The loss is everybody who heard online, and "
        "everybody whom these people told.",
        diagnoses=(
            Diagnosis(
                lambda chance, start: both_layers(chance, start).carried["online"],
                "this is how many heard over an online tie. Without the layer, the people whom "
                "they told are lost too.",
            ),
            Diagnosis(
                lambda chance, start: neighbours_alone(chance, start),
                "this is how many hear it over local ties alone; subtract it from the number with "
                "both layers.",
            ),
            Diagnosis(
                lambda chance, start: lost(30, start),
                lambda chance, start: f"this is for a chance of 30 %; yours is {chance} %.",
            ),
            Diagnosis(
                lambda chance, start: None if start == "café" else lost(chance, "café"),
                lambda chance, start: (
                    f"this is for news from the café; yours starts at the {start}."
                ),
            ),
        ),
        experiment=experiments.LAYERS,
    ),
    Exercise(
        id="4.4",
        question="Everybody has {online} online ties, and a tie passes the news on with a chance "
        "of {chance} %. How many fewer people hear the news if each online tie costs a neighbor "
        "than if online ties come on top?",
        options={"online": (3, 2, 4, 5, 6, 7), "chance": (18, 13, 14, 15, 16, 17, 19, 21, 22)},
        answer=crowded_out,
        absolute_tolerance=0.6,
        unit="people",
        hint="1. Set both sliders: {online} online ties and a chance of {chance} %. 2. Subtract "
        "the second number from the first.",
        solution="With {online} online ties and {chance} % set: people who hear the news where "
        "online comes on top, minus those where it costs a neighbor.",
        diagnoses=(
            Diagnosis(
                lambda online, chance: in_two_layers(online, chance, True),
                "this is how many hear the news if online costs neighbors; the question asks how "
                "many fewer that is.",
            ),
            Diagnosis(
                lambda online, chance: (
                    in_two_layers(online, chance, True) - in_two_layers(0, chance, False)
                ),
                "you compared with nobody online; compare with online ties on top.",
            ),
            Diagnosis(
                lambda online, chance: crowded_out(1, chance),
                lambda online, chance: f"this is for one online tie each; yours has {online}.",
            ),
            Diagnosis(
                lambda online, chance: crowded_out(online, 20),
                lambda online, chance: f"this is for a chance of 20 %; yours is {chance} %.",
            ),
        ),
        experiment=experiments.CROWDED,
    ),
    Exercise(
        id="4.5",
        question="Your team has its own three pairs of towns (set {pairs}). "
        "In which town of each pair does "
        "contact online replace the neighbors?",
        options={"pairs": SETS},
        answer=truth,
        choices=CHOICES,
        hint="Choose one pair after the other, and look at the rows of the wired streets. In "
        "which town do people in wired streets know fewer neighbors, with a line that does not "
        "cross zero?",
        solution="In one town of each pair of set {pairs}, people in wired streets know fewer "
        "neighbors, and the line of that row does not cross zero. Chance picked these streets, so "
        "the online list is the reason.",
        diagnoses=(
            Diagnosis(
                turned,
                "in these towns the line of the wired streets crosses zero: online comes on top.",
            ),
            Diagnosis(
                users_lead_less,
                "you compared people online with others. People choose to go online; look "
                "at the wired streets, which chance picked.",
            ),
            Diagnosis(
                more_online,
                "these are the towns with more people online. Ask what it costs them: look at the "
                "wired streets.",
            ),
        ),
        experiment=experiments.TOWNS,
    ),
    Exercise(
        id="4.6",
        question="People know {known} neighbors on average while nobody is online, and each "
        "online tie costs {cost} neighbors. How many fewer neighbors do people in wired streets "
        "know?",
        options={
            "cost": (0.5, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5),
            "known": (6, 4, 5, 9, 12),
        },
        answer=lambda cost, known: -price_of_online(cost, known)["experiment"],
        absolute_tolerance=0.006,
        unit="people",
        hint="1. Set the cost to {cost} and the neighbors to {known}. 2. Read the row of the "
        "wired streets. 3. Leave out the minus: the question already says fewer.",
        solution="With a cost of {cost} and {known} neighbors set: the difference in the row of "
        "the wired streets, without its minus.",
        diagnoses=(
            Diagnosis(
                lambda cost, known: price_of_online(cost, known)["experiment"],
                "the size is right. The question asks how many fewer, so leave out the minus.",
            ),
            Diagnosis(
                lambda cost, known: price_of_online(cost, known)["naive"],
                "this compares people online with others, who also differ in other ways.",
            ),
            Diagnosis(
                lambda cost, known: -price_of_online(0.3, known)["experiment"],
                lambda cost, known: f"this is for a cost of 0.3; yours is {cost}.",
            ),
            Diagnosis(
                lambda cost, known: -price_of_online(cost, 7)["experiment"],
                lambda cost, known: f"this is for 7 neighbors; yours know {known}.",
            ),
        ),
        experiment=experiments.PRICE,
    ),
)

EXERCISES = tuple(map(apart, _ASKED))
