"""What came out in lesson 1: do strangers become close faster online?"""

from __future__ import annotations

from ... import data, deepening
from ...classroom.predicting.outcome import Outcome


def met_again(hours: tuple[float, ...]) -> tuple[float, ...]:
    """Per cent of the students online that met again by each of these hours."""
    curve = deepening.encounter_curves(data.load("deepening_life_tables"))["students online"]
    return tuple(100 * share for share in curve.at(hours)["reached"].astype(float))


OUTCOMES = {
    "1.curve": Outcome(
        question="1.curve",
        truth=met_again,
        named="students online",
        what="pairs that met again",
        unit="%",
        dates="time since the first encounter (hours)",
        title="Within a day, the students online are ahead",
    ),
}
