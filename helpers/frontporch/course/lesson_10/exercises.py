"""Exercises of lesson 10: a year on Main Street."""

from __future__ import annotations

from ...classroom.checking.exercise import Diagnosis, Exercise
from .. import pairs
from ..apart import apart
from . import experiments as tried


def as_far_apart(weeks: float, lead: float) -> float:
    """Exercise 10.1: per cent of equal pairs that luck drives at least so far apart."""
    return 100 - tried.luck(weeks, lead)["smaller"]


def one_shop(weeks: float, lead: float) -> float:
    """Take the luck of one shop for that of a gap between two."""
    from scipy.special import ndtr

    return float(200 * (1 - ndtr(lead / tried.luck(weeks, lead)["one"])))


def more_lost(town: int, weeks: int) -> float:
    """Exercise 10.2: per cent by which more were lost with the offer at once."""
    return tried.test_in(town, weeks).more_lost


def points(town: int, weeks: int) -> float:
    """Subtract the shares in place of dividing them."""
    (many, lost), (others, gone) = map(tried.test_in(town, weeks).counts, tried.HALVES)
    return 100 * (lost / many - gone / others)


def bare_counts(town: int, weeks: int) -> float:
    """Compare how many were lost, and not how many of those whom the half met."""
    (_, lost), (_, gone) = map(tried.test_in(town, weeks).counts, tried.HALVES)
    return 100 * (lost / gone - 1)


def turned(town: int, weeks: int) -> float:
    """Divide the wrong way round."""
    return 100 * (1 / (1 + more_lost(town, weeks) / 100) - 1)


def worth_knowing(chance: float, gain: float, loss: float) -> float:
    """Exercise 10.3: dollars by which knowing beats the better of following and leaving."""
    found = tried.knowing(chance, gain, loss)
    return found["know"] - max(found["follow"], found["leave"])


def brought(town: int, act: str, weeks: int) -> float:
    """Exercise 10.5: dollars that an act brings on the same luck."""
    found = tried.on_luck(town, act, weeks)
    return found["with"] - found["without"]


def against_other_luck(town: int, act: str, weeks: int) -> float:
    """Compare with a year of other luck."""
    found = tried.on_luck(town, act, weeks)
    return found["with"] - found["other luck"]


_ASKED = (
    Exercise(
        id="10.1",
        question="After {weeks} weeks you are {lead:,} dollars ahead of a rival who does the same "
        "as you. Luck alone can do that. In what percentage of such pairs is the gap this large "
        "or larger, whoever is ahead? (One decimal.)",
        options={
            "weeks": (48, 44, 40, 36),
            "lead": (4_000, 3_000, 5_000, 6_000, 7_000, 8_000, 9_000, 2_000),
        },
        answer=as_far_apart,
        absolute_tolerance=0.15,
        unit="%",
        hint="Set the sliders to {weeks} weeks and {lead:,} dollars. The last row gives the "
        "percentage of pairs with a smaller gap.",
        solution="With {weeks} weeks and {lead:,} dollars: 100 minus the percentage of pairs with "
        "a smaller gap.",
        experiment=tried.LUCK,
        diagnoses=(
            Diagnosis(
                lambda weeks, lead: tried.luck(weeks, lead)["smaller"],
                "these are the pairs whose gap is smaller; the question asks for the others.",
            ),
            Diagnosis(
                lambda weeks, lead: as_far_apart(weeks, lead) / 2,
                "this counts the pairs in which you are ahead; your rival may be as lucky.",
            ),
            Diagnosis(
                one_shop,
                "this takes the luck of one shop. A gap has the luck of two, and is wider.",
            ),
            Diagnosis(
                lambda weeks, lead: as_far_apart(24, lead),
                lambda weeks, lead: (
                    f"this is for 24 weeks, where the slider begins; yours are {weeks}."
                ),
            ),
        ),
    ),
    Exercise(
        id="10.2",
        question="In town {town}, a test runs for {weeks} weeks: a coin gives half of the "
        "newcomers an offer at once. By what percentage is the share of lost newcomers higher in "
        "this half than in the other? Give a negative number if it is lower. (One decimal.)",
        options={"town": (7, 4, 2, 6), "weeks": (24, 22, 20, 18, 16, 14, 12, 10)},
        answer=more_lost,
        absolute_tolerance=0.3,
        unit="%",
        hint="Set the sliders to town {town} and {weeks} weeks. Work out the share of lost in each "
        "half, divide the first by the second, and subtract 1.",
        solution="With town {town} and {weeks} weeks: lost divided by newcomers in the half with "
        "the offer at once, divided by the same of the other half, less 1, times 100.",
        experiment=tried.TEST,
        diagnoses=(
            Diagnosis(
                points,
                "these are percentage points: divide one share by the other, and subtract 1.",
            ),
            Diagnosis(
                bare_counts,
                "this compares how many were lost; the halves did not meet equally many people.",
            ),
            Diagnosis(
                turned,
                "this compares the later offer with the one at once; turn it around.",
            ),
            Diagnosis(
                lambda town, weeks: 100 + more_lost(town, weeks),
                "this is the share as a percentage of the other one; subtract 100.",
            ),
            Diagnosis(
                lambda town, weeks: more_lost(town, 8),
                lambda town, weeks: (
                    f"this is after 8 weeks, where the slider begins; yours are {weeks}."
                ),
            ),
            Diagnosis(
                lambda town, weeks: None if town == 1 else more_lost(1, weeks),
                lambda town, weeks: f"this is town 1, where the slider begins; yours is {town}.",
            ),
        ),
    ),
    Exercise(
        id="10.3",
        question="There is a {chance} % chance that a claim holds in your town. If it holds, "
        "following it brings {gain:,} dollars; if not, it costs {loss:,}. Research would tell you "
        "which. What is the most that you should pay for it, in dollars?",
        options={
            "chance": (60, 30, 40, 70, 80, 20),
            "gain": (2_000, 1_300, 1_700, 2_600, 2_300, 1_500),
            "loss": (900, 500, 1_400, 700),
        },
        answer=worth_knowing,
        absolute_tolerance=2.0,
        unit="dollars",
        hint="Set the three sliders. Subtract the better of the first two rows from the third.",
        solution="With {chance} %, {gain:,} and {loss:,} dollars: what you have on average if you "
        "know first, minus the better of following the claim and ignoring it.",
        experiment=tried.KNOWING,
        diagnoses=(
            Diagnosis(
                lambda chance, gain, loss: tried.knowing(chance, gain, loss)["know"],
                "this is what you have if you know; subtract what you have without research.",
            ),
            Diagnosis(
                lambda chance, gain, loss: tried.knowing(chance, gain, loss)["follow"],
                "this is what following the claim brings on average.",
            ),
            Diagnosis(
                lambda chance, gain, loss: (
                    tried.knowing(chance, gain, loss)["know"]
                    - tried.knowing(chance, gain, loss)["follow"]
                ),
                "this compares with following the claim; here it is better to ignore it.",
            ),
            Diagnosis(
                lambda chance, gain, loss: float(gain - loss),
                "this takes no account of how likely each town is.",
            ),
            Diagnosis(
                lambda chance, gain, loss: worth_knowing(50, gain, loss),
                lambda chance, gain, loss: (
                    f"this is for a chance of 50 %, where the slider begins; yours is {chance} %."
                ),
            ),
        ),
    ),
    Exercise(
        id="10.4",
        question="You have three pairs of towns (set {pairs}). Each town ran a test on halves. In "
        "each pair, in which town does an early offer keep newcomers: in A or in B?",
        options={"pairs": pairs.SETS},
        answer=pairs.truth,
        choices=pairs.CHOICES,
        hint="Choose a pair. Within each town, compare the shares of lost newcomers in the two "
        "halves. In which town does the half with the offer at once lose fewer?",
        solution="In each pair the two towns have the same people and the same luck. Where the "
        "claim holds, the half with the offer at once loses fewer than the other half of its town.",
        experiment=tried.PAIRS,
        diagnoses=pairs.diagnoses(
            "in these towns the half with the offer at once loses more than the other half.",
            "Compare the halves of the same town, as shares and not as counts.",
        ),
    ),
    Exercise(
        id="10.5",
        question="In town {town}, a shop {act}. How many dollars has that brought after {weeks} "
        "weeks, compared with the usual shop on the same luck? Costs are already taken off. Give "
        "a negative number if it cost more than it brought.",
        options={
            "town": (7, 4, 2, 6),
            "act": tuple(tried.ACTS),
            "weeks": (24, 12, 18, 6, 9, 15, 21),
        },
        answer=brought,
        absolute_tolerance=5.0,
        unit="dollars",
        hint="Set town {town}, choose that the shop {act}, and set {weeks} weeks. Compare the "
        "first row with the row of the same luck.",
        solution="With town {town}, a shop that {act}, and {weeks} weeks: the first row minus the "
        "second. In the third row the luck differs too, so it does not show what the act brought.",
        experiment=tried.SAME_LUCK,
        diagnoses=(
            Diagnosis(
                against_other_luck,
                "this compares with a year of different luck: most of the difference is luck.",
            ),
            Diagnosis(
                lambda town, act, weeks: -brought(town, act, weeks),
                "the sign is wrong: subtract the usual shop from the one that acts.",
            ),
            Diagnosis(
                lambda town, act, weeks: brought(town, act, 6),
                lambda town, act, weeks: (
                    f"this is after 6 weeks, where the slider begins; yours are {weeks}."
                ),
            ),
            Diagnosis(
                lambda town, act, weeks: brought(
                    town, next(one for one in tried.ACTS if one != act), weeks
                ),
                lambda town, act, weeks: f"this is the other act; in your question the shop {act}.",
            ),
        ),
    ),
)

EXERCISES = tuple(map(apart, _ASKED))
