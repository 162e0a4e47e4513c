"""Exercises of lesson 4: front porches and fortresses, who still talks to whom?"""

from __future__ import annotations

from functools import lru_cache

from ... import community, data
from ...classroom.checking.exercise import Diagnosis, Exercise
from ...community.spread.contagion import Spread
from .. import lesson_04


@lru_cache(maxsize=1)
def street() -> community.Community:
    """Give the main street with both of its layers."""
    return community.main_street().community()


def begun(year: int):
    """Give the ties of the street that began after 30 June of a year."""
    return data.load("main_street_ties", "ties").query(f"since > '{year}-06-30'")


def online_of_new(year: int) -> float:
    """Exercise 4.1: per cent of the ties begun since then that are online."""
    return 100 * float((begun(year)["layer"] == "online").mean())


def online_of_all() -> float:
    """Divide by all ties that are kept, in place of the new ones."""
    return 100 * float((data.load("main_street_ties", "ties")["layer"] == "online").mean())


def online_of_contacts(year: int) -> float:
    """Count contacts in place of ties."""
    new = begun(year)
    return 100 * float(new.query("layer == 'online'")["strength"].sum() / new["strength"].sum())


@lru_cache
def heard(removed: float, online: float = 0.0) -> float:
    """Exercise 4.2: people who hear of it, with a share of the ties among neighbours removed."""
    news = community.independent_cascade(0.3)
    found = lesson_04.reach(street(), "café", news, removed=[removed], online=online, seed=7)
    return float(found.mean[0])


@lru_cache
def both_layers(chance: float) -> Spread:
    """Let it spread over the street with both layers."""
    return community.simulate(street(), "café", community.independent_cascade(chance), seed=7)


@lru_cache
def neighbours_alone(chance: float) -> float:
    """Let it spread over the local layer alone."""
    local = street().of_layer("local")
    return community.simulate(local, "café", community.independent_cascade(chance), seed=7).mean


def lost(chance: float) -> float:
    """Exercise 4.3: how many fewer hear of it without the online layer."""
    return both_layers(chance).mean - neighbours_alone(chance)


@lru_cache
def reached(online: int, crowding_out: bool) -> float:
    """Exercise 4.4: people reached in a town of two layers."""
    town = community.two_layers(
        [40, 40, 40, 40, 40], budget=8, online=online, crowding_out=crowding_out, seed=7
    )
    return community.simulate(town, 0, community.independent_cascade(0.2), seed=7).mean


def world_that_holds(shuffle: int) -> str:
    """Exercise 4.5: the name of the world in which online replaces the neighbours."""
    return lesson_04.worlds(shuffle=shuffle).truth


def expected(cost: float, reading: str) -> float:
    """Exercise 4.6: what a reading of a town is to be expected to say."""
    return lesson_04.PorchWorld(crowding_out=cost).expected()[reading]


EXERCISES = (
    Exercise(
        id="4.1",
        question="Of the ties of the street that began after 30 June {year}, what per cent are "
        "online?",
        options={"year": (2008, 2009, 2006)},
        answer=online_of_new,
        absolute_tolerance=0.3,
        unit="%",
        hint="Put {year} in place of the year in the cell above, and read the share of `online`; "
        "make it per cent.",
        solution="Keep the ties that began after 30 June {year}; of these, divide the online ones "
        "by all.",
        diagnoses=(
            Diagnosis(
                lambda year: online_of_all(),
                "this is the share of all ties that are kept. The question asks for the new ones.",
            ),
            Diagnosis(
                online_of_contacts,
                "this is the share of the contacts over these ties. The question asks for ties.",
            ),
            Diagnosis(
                lambda year: online_of_new(2007),
                lambda year: f"these are the ties begun after 30 June 2007; yours is {year}.",
            ),
        ),
    ),
    Exercise(
        id="4.2",
        question="With {removed} of the ties among neighbours removed and nobody online, how many "
        "of the 200 people hear of it on average?",
        options={"removed": (0.4, 0.15, 0.6)},
        answer=lambda removed: heard(removed),
        absolute_tolerance=0.6,
        unit="people",
        hint="Put {removed} in the place of the 0.3 in `removed=[0.3]`, and read the column "
        "`reached`.",
        solution='`lesson_04.reach(street, "café", news, removed=[{removed}], seed=7).mean`: with '
        "fewer ties each hearer tells fewer people, and these again fewer.",
        diagnoses=(
            Diagnosis(
                lambda removed: heard(removed) / 2,
                "this is the per cent of the street; the question asks for people, of whom there "
                "are 200.",
            ),
            Diagnosis(
                lambda removed: heard(removed, 1.0),
                "this is with one online tie each; in the question nobody is online.",
            ),
            Diagnosis(
                lambda removed: heard(0.3),
                lambda removed: f"this is for 0.3 removed; yours is {removed}.",
            ),
        ),
    ),
    Exercise(
        id="4.3",
        question="On the street as it is, where a tie passes it on with a chance of {chance}: how "
        "many fewer people hear of it if the online layer is taken away?",
        options={"chance": (0.25, 0.2, 0.15)},
        answer=lost,
        absolute_tolerance=0.6,
        unit="people",
        hint="Put {chance} in the place of the 0.3, run the cell, and take the second number from "
        "the first.",
        solution="With both layers, less with the local layer alone, both at a chance of {chance}: "
        "whom the online ties brought, and all whom these told.",
        diagnoses=(
            Diagnosis(
                lambda chance: both_layers(chance).carried["online"],
                "this is how many heard over an online tie. Without the layer, those whom they "
                "told are lost too.",
            ),
            Diagnosis(
                neighbours_alone,
                "this is how many hear of it over local ties alone; take it from those with both.",
            ),
            Diagnosis(
                lambda chance: lost(0.3),
                lambda chance: f"this is for a chance of 0.3; yours is {chance}.",
            ),
        ),
    ),
    Exercise(
        id="4.4",
        question="Everybody has {online} online ties. How many fewer people hear of it if each of "
        "them costs a neighbour, compared with online on top?",
        options={"online": (3, 2, 4)},
        answer=lambda online: reached(online, False) - reached(online, True),
        absolute_tolerance=0.6,
        unit="people",
        hint="Put {online} in the place of `online=1` in both lines, and take the second number "
        "from the first.",
        solution="`two_layers` with {online} online ties, without and with crowding out: the "
        "difference of the two means.",
        diagnoses=(
            Diagnosis(
                lambda online: reached(online, True),
                "this is how many hear of it with crowding out; the question asks how many fewer "
                "that is.",
            ),
            Diagnosis(
                lambda online: reached(online, True) - reached(0, False),
                "this compares with nobody online; compare with online on top.",
            ),
            Diagnosis(
                lambda online: reached(1, False) - reached(1, True),
                lambda online: f"this is for one online tie each; yours has {online}.",
            ),
        ),
    ),
    Exercise(
        id="4.5",
        question="In which of your two towns (shuffle {shuffle}) does contact online replace the "
        "neighbours: A or B?",
        options={"shuffle": (3, 0, 8, 1)},
        answer=world_that_holds,
        hint='Read the rows "by the coin": wired streets beside the others.',
        solution="Only in one town do people in wired streets know fewer neighbours. The coin "
        "chose the streets, so nothing else tells them apart.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_that_holds(shuffle) == "A" else "A",
                "in this town the interval of the wired streets holds zero: online comes on top.",
            ),
            Diagnosis(
                "both", 'the rows "users less others" are alike, the rows "by the coin" are not.'
            ),
            Diagnosis(
                "neither", 'look at the rows "by the coin": in one town neighbours are lost.'
            ),
        ),
    ),
    Exercise(
        id="4.6",
        question="If an online tie costs {cost} local ties, how many neighbours fewer do people in "
        "wired streets know, by the coin?",
        options={"cost": (0.5, 0.75, 1.0)},
        answer=lambda cost: -expected(cost, "experiment"),
        absolute_tolerance=0.006,
        unit="people",
        hint="Put {cost} in the place of the 0.25, and read `experiment`; *fewer* has no minus.",
        solution='`lesson_04.PorchWorld(crowding_out={cost}).expected()["experiment"]`, without '
        "its minus.",
        diagnoses=(
            Diagnosis(
                lambda cost: expected(cost, "experiment"),
                "the size is right. The question asks how many *fewer*, so leave out the minus.",
            ),
            Diagnosis(
                lambda cost: expected(cost, "naive"),
                "this is what users have *more* than others: the naive reading.",
            ),
            Diagnosis(
                lambda cost: -expected(0.25, "experiment"),
                lambda cost: f"this is for a cost of 0.25; yours is {cost}.",
            ),
        ),
    ),
)
