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
        "A stranger's word is worth {worth} % of a friend's. How much of the praise that reaches "
        "this person comes from strangers? (In per cent, one decimal.)",
        options={
            "strangers": (15, 25, 30, 35, 40, 45, 50, 55),
            "worth": (20, 10, 30, 40, 50, 60, 70),
        },
        answer=lambda strangers, worth: of_the_words(strangers, worth),
        absolute_tolerance=0.1,
        unit="%",
        hint="1. Set the sliders to {strangers} strangers and {worth} %. 2. In the last column, "
        "divide the strangers' words by the sum of both rows, and multiply by 100.",
        solution="With {strangers} strangers and {worth} % set: the strangers' words, divided by "
        "friends' and strangers' words together, times 100.",
        diagnoses=(
            Diagnosis(
                lambda strangers, worth: of_the_words(strangers, worth, "ties"),
                "this is the share of strangers among the people heard. It counts a stranger's "
                "word as much as a friend's.",
            ),
            Diagnosis(
                lambda strangers, worth: of_the_words(strangers, worth, "worth of one"),
                "you compared one stranger with one friend. Also count how many there are of each.",
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
        "with mark {above} or more. A reader thinks that these are all the letters. By how many "
        "marks does this reader overestimate the shop? (Two decimals.)",
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
                    f"this is for letters with mark 8 or more; yours have {as_given(above)} or "
                    f"more."
                ),
            ),
            Diagnosis(
                lambda above, written: too_high(above, 200),
                lambda above, written: f"this is for 200 letters; your drawer has {written}.",
            ),
        ),
        experiment=experiments.READERS,
    ),
    Exercise(
        id="5.3",
        question="One word of blame undoes {blame} words of praise. Elif's picked letters are "
        "worth {letters} words of praise. How many of 100 customers may be disappointed before "
        "their 100 open reviews are worth less than the letters? (In per cent, one decimal.)",
        options={
            "blame": (3, 1.5, 2.5, 3.5, 4, 5),
            "letters": (10, 20, 30, 40, 50, 60, 15, 25),
        },
        answer=lambda blame, letters: as_good_as(letters, blame),
        absolute_tolerance=0.12,
        unit="%",
        hint="1. Set what one blame undoes to {blame}. 2. Move the disappointed until {letters} "
        "words are left. 3. Read off the disappointed.",
        solution="Move the disappointed until {letters} words of praise are left. In numbers: "
        "100 − {letters}, divided by 1 + {blame}. Each disappointed customer gives no praise, and "
        "undoes {blame} words of others.",
        diagnoses=(
            Diagnosis(
                lambda blame, letters: as_good_as(0, blame),
                lambda blame, letters: (
                    f"from there on reviews are worth nothing; stop where {letters} words are left."
                ),
            ),
            Diagnosis(
                lambda blame, letters: (100 - letters) / blame,
                "a disappointed customer also gives no praise: count one more word for each.",
            ),
            Diagnosis(
                lambda blame, letters: as_good_as(letters, 2),
                lambda blame, letters: (
                    f"this is for blame that undoes 2 words; yours undoes {as_given(blame)}."
                ),
            ),
            Diagnosis(
                lambda blame, letters: as_good_as(letters, 1),
                "this is for blame that undoes only one word of praise.",
            ),
            Diagnosis(
                lambda blame, letters: 100 - as_good_as(letters, blame),
                "this is the share of satisfied customers; the question asks for the disappointed.",
            ),
        ),
        experiment=experiments.BALANCE,
    ),
    Exercise(
        id="5.4",
        question="{disappointed} % of Elif's customers are disappointed. How many more newcomers "
        "do {compared}, on average? (Below 0 if they bring fewer. Two decimals.)",
        options={"disappointed": (5, 15, 20, 25, 30, 35), "compared": COMPARED},
        answer=lambda disappointed, compared: ahead(compared, disappointed),
        absolute_tolerance=0.012,
        unit="people",
        hint="1. Set the disappointed to {disappointed} %. 2. Find the two ways that your question "
        "names. 3. Newcomers of the first, minus newcomers of the second.",
        solution="With {disappointed} % set: newcomers of the way that your question names first, "
        "minus those of the way that it names second.",
        diagnoses=(
            Diagnosis(
                lambda disappointed, compared: -ahead(compared, disappointed),
                "the sign is wrong: subtract the second way from the first.",
            ),
            Diagnosis(
                lambda disappointed, compared: first_alone(compared, disappointed),
                "this is what the first way brings; subtract what the second brings.",
            ),
            Diagnosis(
                lambda disappointed, compared: against_nothing(compared, disappointed),
                "you compared with doing nothing; the question names another way.",
            ),
            Diagnosis(
                lambda disappointed, compared: ahead(compared, 10),
                lambda disappointed, compared: (
                    f"this is for 10 % disappointed; yours are {disappointed} %."
                ),
            ),
        ),
        experiment=experiments.BY_WAY,
    ),
    Exercise(
        id="5.5",
        question="Your team has its own three pairs of towns (set {pairs}). "
        "In which town of each pair do strangers' letters convince?",
        options={"pairs": SETS},
        answer=truth,
        choices=CHOICES,
        hint="Choose one pair after the other, and look at the last row: letters picked by chance. "
        "In which town is 0 outside the range in brackets?",
        solution="In one town of each pair of set {pairs}, more of a writer's contacts buy where "
        "the letter was shown, and 0 is outside the range in brackets. In the other town, friends "
        "only share a taste, and buy because of it.",
        diagnoses=(
            Diagnosis(
                turned,
                "in these towns, letters that were shown brought no more buyers than letters that "
                "were not. People buy because of their taste.",
            ),
            Diagnosis(
                tied_buy_more,
                "you compared people tied to a customer with others. They share a taste; look at "
                "the letters picked by chance.",
            ),
            Diagnosis(
                more_buyers,
                "these are the towns with more buyers in all. Ask who brought them: look at the "
                "letters picked by chance.",
            ),
        ),
        experiment=experiments.TOWNS,
    ),
    Exercise(
        id="5.6",
        question="Look at the ties of people in {neighborhood}. The {share} % of all ties with the "
        "fewest contacts are weak. What per cent of the weak ties in {neighborhood} are local "
        "bridges? (One decimal.)",
        options={
            "share": (20, 10, 15, 25, 30, 35, 40, 45, 55, 60, 65, 70),
            "neighborhood": NEIGHBORHOODS,
        },
        answer=lambda share, neighborhood: bridges(share, neighborhood),
        absolute_tolerance=0.1,
        unit="%",
        hint="1. Set {share} % and choose {neighborhood}. 2. In the row of weak ties, divide the "
        "local bridges by the ties, and multiply by 100.",
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
