"""What came out in lesson 4: front porches and fortresses, who still talks to whom?"""

from __future__ import annotations

from ... import community, data
from ...classroom.predicting.outcome import Outcome
from .. import lesson_04

PORCHES = ("fell", "stayed about the same", "rose")


def heard(removed: tuple[float, ...]) -> tuple[float, ...]:
    """How many people hear the news, by the share of ties among neighbours removed."""
    if not removed:
        return ()
    street = community.main_street().community()
    news = community.independent_cascade(0.3)
    found = lesson_04.reach(street, "café", news, removed, seed=7)
    return tuple(float(one) for one in found.mean)


def porch_share(_dates: tuple[float, ...]) -> str:
    """Whether the share of new houses with a porch fell, stayed or rose, by the evidence."""
    (finding,) = data.load("evidence").query("claim == '0.2'")["finding"]
    return next(one for one in PORCHES if f" {one} " in finding)


OUTCOMES = {
    "4.porches": Outcome(
        question="4.porches",
        truth=porch_share,
        named="Census and NAHB tabulations",
        what="share of new houses with a porch",
        choices=PORCHES,
        title="Among new houses, the share with a porch rose",
    ),
    "4.reach": Outcome(
        question="4.reach",
        truth=heard,
        named="the street, simulated",
        what="people who hear the news",
        unit="people",
        dates="share of the ties among neighbors removed",
        title="Half of the ties reach far fewer than half of the people",
    ),
}
