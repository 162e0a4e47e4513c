"""Exercises of lesson 5: what a testimonial is worth."""

from __future__ import annotations

from ...classroom.checking.exercise import Diagnosis, Exercise
from ...rounding import as_given
from ..apart import apart
from ..pairs import CHOICES, PAIRS, SETS, truth, turned
from . import experiments
from .experiments import NEIGHBORHOODS, QUALITY, newcomers, read, weak_and_bridges, words

COMPARED = (
    "open reviews bring than picked letters",
    "picked letters bring than asked regulars",
    "open reviews bring than asked regulars",
    "picked letters bring than doing nothing",
    "open reviews bring than doing nothing",
    "asked regulars bring than doing nothing",
)


def of_the_words(strangers: int, worth: int, of: str = "words of a friend") -> float:
    """Exercise 5.1: per cent of the words, of the ties, or of the worth that are strangers'."""
    heard = words(float(strangers), float(worth))[of]
    return float(100 * heard["strangers"] / heard.sum())


def too_high(above: float, written: int, reader: str = "naive") -> float:
    """Exercise 5.2: marks by which a reader overestimates a shop of quality 6."""
    return float(read(float(above), written)[reader]) - QUALITY


def as_good_as(letters: int, blame: float) -> float:
    """Exercise 5.3: per cent of disappointed customers at which reviews equal some letters."""
    return (100 - letters) / (1 + blame)


def ahead(compared: str, disappointed: int) -> float:
    """Exercise 5.4: newcomers by which one way is ahead of another."""
    first, second = compared.split(" bring than ")
    found = newcomers(disappointed)
    return found[first] - found[second]


def first_alone(compared: str, disappointed: int) -> float:
    """Leave the subtraction out."""
    return newcomers(disappointed)[compared.split(" bring than ")[0]]


def against_nothing(compared: str, disappointed: int) -> float | None:
    """Hold the first way against doing nothing."""
    if compared.endswith("doing nothing"):
        return None
    return first_alone(compared, disappointed) - newcomers(disappointed)["doing nothing"]


def tied_buy_more(pairs: int) -> tuple[str, ...]:
    """Exercise 5.5: the towns in which people tied to a customer are furthest ahead."""

    def most(pair: str) -> str:
        found = experiments.pair_of(pairs, pair)
        return max("AB", key=lambda name: found[name][1]["estimate"].iloc[0])

    return tuple(map(most, PAIRS))


def more_buyers(pairs: int) -> tuple[str, ...]:
    """Count buyers: the towns that have more."""

    def bought(pair: str) -> str:
        found = experiments.pair_of(pairs, pair)
        return max("AB", key=lambda name: int(found[name][0].people["bought"].sum()))

    return tuple(map(bought, PAIRS))


def bridges(share: int, neighborhood: str, of: str = "weak") -> float:
    """Exercise 5.6: per cent of weak ties that are local bridges, or of bridges that are weak."""
    found = weak_and_bridges(share, neighborhood)
    if of == "all":
        return 100 * found["bridges"] / found["ties"]
    return 100 * found["both"] / found[of]


_ASKED = (
    Exercise(
        id="5.1",
        question="A person has as many friends as on Main Street, and hears {strangers} strangers. "
        "A stranger's word is worth {worth} % of a friend's. What per cent of all the praise that "
        "reaches this person comes from strangers? (One decimal.)",
        options={
            "strangers": (15, 25, 30, 35, 40, 45, 50, 55),
            "worth": (20, 10, 30, 40, 50, 60, 70),
        },
        answer=lambda strangers, worth: of_the_words(strangers, worth),
        absolute_tolerance=0.1,
        unit="%",
        hint="Set the sliders to {strangers} strangers and {worth} %. The last column counts the "
        "praise: divide the strangers' number by the sum of both.",
        solution="With {strangers} strangers and {worth} % set: the strangers' words, divided by "
        "friends' and strangers' words together, times 100.",
        diagnoses=(
            Diagnosis(
                lambda strangers, worth: of_the_words(strangers, worth, "ties"),
                "this is the share of strangers among the people heard: it takes a stranger's word "
                "to be worth as much as a friend's.",
            ),
            Diagnosis(
                lambda strangers, worth: of_the_words(strangers, worth, "worth of one"),
                "this compares one stranger with one friend, and leaves out how many there are.",
            ),
            Diagnosis(
                lambda strangers, worth: 100 - of_the_words(strangers, worth),
                "this is the share of friends.",
            ),
            Diagnosis(
                lambda strangers, worth: of_the_words(20, worth),
                lambda strangers, worth: f"this is for 20 strangers; yours are {strangers}.",
            ),
            Diagnosis(
                lambda strangers, worth: of_the_words(strangers, 20),
                lambda strangers, worth: f"this is for a worth of 20 %; yours is {worth} %.",
            ),
        ),
        experiment=experiments.PRAISE,
    ),
    Exercise(
        id="5.2",
        question="The customers' true mean mark is 6. Of {written} letters, the shop shows those "
        "from mark {above} up. A reader thinks that these are all the letters. By how many marks "
        "does this reader overestimate the shop? (Two decimals.)",
        options={
            "above": (7, 7.5, 8.5, 6.5, 9, 6, 5.5, 5),
            "written": (100, 50, 150, 250, 300, 350, 400),
        },
        answer=too_high,
        absolute_tolerance=0.006,
        unit="marks",
        hint="1. Set the sliders to mark {above} and {written} letters. 2. Read the mean mark "
        "in the row “a reader who thinks these are all the letters”. 3. Subtract the true mean "
        "of 6.",
        solution="Set the sliders to mark {above} and {written} letters. Subtract 6 from the mean "
        "mark in the row “a reader who thinks these are all the letters”.",
        diagnoses=(
            Diagnosis(
                lambda above, written: too_high(above, written) + QUALITY,
                "this is what the reader believes; subtract the true mean of 6.",
            ),
            Diagnosis(
                lambda above, written: too_high(above, written, "knowing"),
                "this is the reader who knows that letters were picked.",
            ),
            Diagnosis(
                lambda above, written: too_high(8, written),
                lambda above, written: (
                    f"this is for letters from mark 8 up; yours are shown from {as_given(above)}."
                ),
            ),
            Diagnosis(
                lambda above, written: too_high(above, 200),
                lambda above, written: f"this is for 200 letters; in your drawer are {written}.",
            ),
        ),
        experiment=experiments.READERS,
    ),
    Exercise(
        id="5.3",
        question="One word of blame undoes {blame} words of praise. Elif's picked letters are "
        "worth {letters} words of praise. What share of customers must be disappointed before 100 "
        "open reviews are worth less than the letters? (Per cent, one decimal.)",
        options={
            "blame": (3, 1.5, 2.5, 3.5, 4, 5),
            "letters": (10, 20, 30, 40, 50, 60, 15, 25),
        },
        answer=lambda blame, letters: as_good_as(letters, blame),
        absolute_tolerance=0.12,
        unit="%",
        hint="Set one blame to {blame}, and move the disappointed until {letters} words are left.",
        solution="Move the disappointed until {letters} words of praise are left. In numbers: "
        "100 − {letters}, divided by 1 + {blame}; every disappointed customer costs one word of "
        "praise, and undoes {blame} more.",
        diagnoses=(
            Diagnosis(
                lambda blame, letters: as_good_as(0, blame),
                lambda blame, letters: (
                    f"from there on reviews do harm; the letters are worth {letters} words."
                ),
            ),
            Diagnosis(
                lambda blame, letters: (100 - letters) / blame,
                "a disappointed customer also does not praise: count one word more for each.",
            ),
            Diagnosis(
                lambda blame, letters: as_good_as(letters, 2),
                lambda blame, letters: (
                    f"this is so if blame undoes 2 words; yours undoes {as_given(blame)}."
                ),
            ),
            Diagnosis(
                lambda blame, letters: as_good_as(letters, 1),
                "this is so if blame weighed no more than praise.",
            ),
            Diagnosis(
                lambda blame, letters: 100 - as_good_as(letters, blame),
                "this is the share of satisfied customers that is needed.",
            ),
        ),
        experiment=experiments.BALANCE,
    ),
    Exercise(
        id="5.4",
        question="Of 100 customers of Elif's, {disappointed} are disappointed. How many more "
        "newcomers do {compared}, on average? (Below 0: fewer. Two decimals.)",
        options={"disappointed": (5, 15, 20, 25, 30, 35), "compared": COMPARED},
        answer=lambda disappointed, compared: ahead(compared, disappointed),
        absolute_tolerance=0.012,
        unit="people",
        hint="Set the disappointed to {disappointed} of 100. Take the newcomers of the way that is "
        "named second from those of the way that is named first.",
        solution="With {disappointed} of 100 set: newcomers of the way that is named first, less "
        "those of the way that is named second.",
        diagnoses=(
            Diagnosis(
                lambda disappointed, compared: -ahead(compared, disappointed),
                "you took the first from the second; the question asks the other way round.",
            ),
            Diagnosis(
                lambda disappointed, compared: first_alone(compared, disappointed),
                "this is what the first way brings; subtract what the second brings.",
            ),
            Diagnosis(
                lambda disappointed, compared: against_nothing(compared, disappointed),
                "this compares with doing nothing; the question names another way.",
            ),
            Diagnosis(
                lambda disappointed, compared: ahead(compared, 10),
                lambda disappointed, compared: (
                    f"this is for 10 disappointed in 100; yours are {disappointed}."
                ),
            ),
        ),
        experiment=experiments.BY_WAY,
    ),
    Exercise(
        id="5.5",
        question="Your team has three pairs of towns of its own, number {pairs}. "
        "In which town of each pair do "
        "strangers' letters convince?",
        options={"pairs": SETS},
        answer=truth,
        choices=CHOICES,
        hint="Look at one pair after the other, and there at the letters that chance had shown. In "
        "which town does the range in brackets leave out 0?",
        solution="In one town of each pair of set {pairs}, more of a writer's contacts buy where "
        "the letter was shown, and the range in brackets leaves out 0. In the other town, people "
        "who are tied share a taste, and the taste buys.",
        diagnoses=(
            Diagnosis(
                turned,
                "in these towns letters that were shown brought no more buyers than letters that "
                "were not: the taste buys.",
            ),
            Diagnosis(
                tied_buy_more,
                "you compared people tied to a customer with others. They share a taste; look at "
                "the letters that chance had shown.",
            ),
            Diagnosis(
                more_buyers,
                "these are the towns with more buyers in all. Ask who brought them: look at the "
                "letters that chance had shown.",
            ),
        ),
        experiment=experiments.TOWNS,
    ),
    Exercise(
        id="5.6",
        question="Look at the ties of people in {neighborhood}. Call the {share} % of all ties "
        "with the fewest contacts weak. Of the weak ties there, what per cent are local bridges? "
        "(One decimal.)",
        options={
            "share": (20, 10, 15, 25, 30, 35, 40, 45, 55, 60, 65, 70),
            "neighborhood": NEIGHBORHOODS,
        },
        answer=lambda share, neighborhood: bridges(share, neighborhood),
        absolute_tolerance=0.1,
        unit="%",
        hint="Set {share} % and choose {neighborhood}. In the row of weak ties, divide the "
        "bridges by how many there are.",
        solution="With {share} % and {neighborhood} set: local bridges among the weak ties, "
        "divided by the weak ties, times 100.",
        diagnoses=(
            Diagnosis(
                lambda share, neighborhood: bridges(share, neighborhood, "bridges"),
                "this is the share of weak ties among the bridges; the question asks for the "
                "share of bridges among the weak ties.",
            ),
            Diagnosis(
                lambda share, neighborhood: bridges(share, neighborhood, "all"),
                "this is the share of bridges among all ties.",
            ),
            Diagnosis(
                lambda share, neighborhood: bridges(50, neighborhood),
                lambda share, neighborhood: f"this is for the weaker half; yours is {share} %.",
            ),
            Diagnosis(
                lambda share, neighborhood: bridges(share, experiments.STREET),
                lambda share, neighborhood: (
                    f"this is the whole street; your neighborhood is {neighborhood}."
                ),
            ),
        ),
        experiment=experiments.BRIDGES,
    ),
)

EXERCISES = tuple(map(apart, _ASKED))
