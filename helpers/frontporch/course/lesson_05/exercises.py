"""Exercises of lesson 5: what a testimonial is worth."""

from __future__ import annotations

from functools import lru_cache

from ... import community
from ...classroom.checking.exercise import Diagnosis, Exercise
from ...rounding import as_given
from .. import lesson_05

QUALITY = 6
SHOWN_FROM = 8
"""The mark that stands in the lesson's own cells."""


def of_the_words(strangers: int) -> float:
    """Exercise 5.1: per cent of the words that are strangers'."""
    words = lesson_05.Praise(strangers=strangers).words()
    return float(words.loc["strangers", "per cent"])


def of_the_ties(strangers: int) -> float:
    """Count ties, in place of what they are worth."""
    ties = lesson_05.Praise(strangers=strangers).words()["ties"]
    return float(100 * ties["strangers"] / ties.sum())


def one_for_one(strangers: int) -> float:
    """Compare one tie with one tie."""
    worth = lesson_05.Praise(strangers=strangers).words()["worth of one"]
    return float(100 * worth["strangers"] / worth.sum())


@lru_cache
def believed(above: float, column: str = "naive") -> float:
    """Exercise 5.2: what a reader believes of a shop of quality 6."""
    return float(lesson_05.letters_shown([QUALITY], above=above)[column].iloc[0])


def breaks_even(blame: float) -> float:
    """Exercise 5.3: per cent of disappointed customers at which reviews are worth nothing."""
    return 100 / (1 + blame)


@lru_cache
def ahead(disappointed: int, first: str = "open reviews", second: str = "picked letters") -> float:
    """Exercise 5.4: newcomers by which one way is ahead of another."""
    found = lesson_05.ways(disappointed / 100).summary().set_index("way")["newcomers"]
    return float(found[first] - found[second])


@lru_cache
def world_that_holds(shuffle: int) -> str:
    """Exercise 5.5: the name of the world in which strangers convince."""
    return lesson_05.worlds(shuffle=shuffle).truth


@lru_cache
def bridges(share: float, of: str = "weak") -> float:
    """Exercise 5.6: per cent of weak ties that are local bridges; or of bridges that are weak."""
    street = community.main_street().community()
    weak, bridge = community.weak_ties(street, share=share), community.local_bridges(street)
    return 100 * float({"weak": bridge[weak], "bridge": weak[bridge], "all": bridge}[of].mean())


EXERCISES = (
    Exercise(
        id="5.1",
        question="A person has as many friends as on Main Street, and hears {strangers} strangers, "
        "each worth a fifth of a friend. What per cent of all the praise that reaches this person "
        "comes from strangers?",
        options={"strangers": (15, 25, 60)},
        answer=of_the_words,
        absolute_tolerance=0.3,
        unit="%",
        hint="Put {strangers} into `lesson_05.Praise(strangers=...)`, and read the column "
        "`per cent` in the row of strangers.",
        solution="Ties times worth of one, for friends and for {strangers} strangers; then the "
        "share of the second in the sum.",
        diagnoses=(
            Diagnosis(
                of_the_ties,
                "this is the share of strangers among the ties: it takes a stranger's word to be "
                "worth as much as a friend's.",
            ),
            Diagnosis(
                one_for_one,
                "this holds one stranger against one friend, and leaves out how many there are.",
            ),
            Diagnosis(
                lambda strangers: 100 - of_the_words(strangers),
                "this is the share of friends.",
            ),
        ),
    ),
    Exercise(
        id="5.2",
        question="The customers' true mean is 6, and the shop shows letters from mark {above} up. "
        "By how many marks is a reader too high who takes the shown letters for all?",
        options={"above": (7, 7.5, 8.5)},
        answer=lambda above: believed(above) - QUALITY,
        absolute_tolerance=0.03,
        hint="Put {above} in place of the 8, read the column `naive`, and subtract the quality.",
        solution="`lesson_05.letters_shown([6], above={above})`: `naive` less `quality`.",
        diagnoses=(
            Diagnosis(believed, "this is what the reader believes; subtract the true mean of 6."),
            Diagnosis(
                lambda above: believed(above, "knowing") - QUALITY,
                "this is the reader who knows that letters were picked.",
            ),
            Diagnosis(
                lambda above: believed(SHOWN_FROM) - QUALITY,
                lambda above: f"this is for letters from mark 8 up; yours are shown from {above}.",
            ),
        ),
    ),
    Exercise(
        id="5.3",
        question="One word of blame undoes {blame} words of praise. From what per cent of "
        "disappointed customers on are open reviews worth less than none?",
        options={"blame": (3, 5, 2.5)},
        answer=breaks_even,
        absolute_tolerance=0.6,
        unit="%",
        hint="Try shares in `lesson_05.net_words(..., blame={blame})` until the result is 0.",
        solution="Praise and blame balance where the satisfied are {blame} times as many as the "
        "disappointed: one in every 1 + {blame}.",
        diagnoses=(
            Diagnosis(
                lambda blame: 100 / blame,
                lambda blame: (
                    f"one in {as_given(blame)} has {as_given(blame - 1)} satisfied for each one "
                    f"that is disappointed, but {as_given(blame)} are needed."
                ),
            ),
            Diagnosis(50.0, "this is so if blame weighed no more than praise."),
            Diagnosis(
                lambda blame: 100 - breaks_even(blame),
                "this is the share of satisfied customers that is needed.",
            ),
        ),
    ),
    Exercise(
        id="5.4",
        question="Of Elif's customers {disappointed} in 100 are disappointed. How many more "
        "newcomers do open reviews bring, on average, than picked letters? (Below 0: fewer.)",
        options={"disappointed": (5, 20, 30)},
        answer=ahead,
        absolute_tolerance=0.06,
        unit="people",
        hint="Write {disappointed} in 100 as a share, and subtract `newcomers` of the picked "
        "letters from those of the open reviews.",
        solution="`lesson_05.ways({disappointed} / 100)`: newcomers of the open reviews less those "
        "of the picked letters.",
        diagnoses=(
            Diagnosis(
                lambda disappointed: -ahead(disappointed),
                "the other way round: open reviews less picked letters.",
            ),
            Diagnosis(
                lambda disappointed: ahead(disappointed, second="as now"),
                "this holds open reviews against doing nothing; the question has picked letters.",
            ),
            Diagnosis(
                lambda disappointed: ahead(10),
                lambda disappointed: f"this is for 10 in 100; yours are {disappointed}.",
            ),
        ),
    ),
    Exercise(
        id="5.5",
        question="In which of your two towns (shuffle {shuffle}) do strangers' letters convince: "
        "A or B?",
        options={"shuffle": (7, 3, 0, 2)},
        answer=world_that_holds,
        hint="Read the row of the coin in both tables: in which is `no_effect` outside the "
        "interval?",
        solution="Only in one town do more of a customer's online contacts buy where a coin had "
        "the letter shown. In the other, those who are tied share a taste.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_that_holds(shuffle) == "A" else "A",
                "in this town letters that were shown brought no more buyers than letters that "
                "were not: the taste buys.",
            ),
            Diagnosis("both", "the naive rows are alike; the rows of the coin are not."),
            Diagnosis("neither", "look at the rows of the coin: in one town they show an effect."),
        ),
    ),
    Exercise(
        id="5.6",
        question="Call the ties with the fewest contacts weak: a share of {share} of all ties. Of "
        "these weak ties, what per cent are local bridges?",
        options={"share": (0.1, 0.3, 0.4)},
        answer=bridges,
        absolute_tolerance=0.3,
        unit="%",
        hint="Put {share} in place of the 0.5, and take the mean of `bridge[weak]`.",
        solution="`100 * bridge[weak].mean()` with `community.weak_ties(street, share={share})`.",
        diagnoses=(
            Diagnosis(
                lambda share: bridges(share, "bridge"),
                "this is the share of weak ties among the bridges; the question asks for the "
                "share of bridges among the weak ties.",
            ),
            Diagnosis(
                lambda share: bridges(share, "all"),
                "this is the share of bridges among all ties.",
            ),
            Diagnosis(
                lambda share: bridges(0.5),
                lambda share: f"this is for the weaker half; yours is a share of {share}.",
            ),
        ),
    ),
)
