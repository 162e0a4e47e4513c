"""What came out in lesson 5: what a testimonial is worth."""

from __future__ import annotations

from ...classroom.predicting.outcome import Outcome
from .. import lesson_05


def brought(strangers: tuple[float, ...]) -> tuple[float, ...]:
    """Per cent of newcomers whom strangers bring, by how many strangers a person hears."""
    shares = lesson_05.by_strangers(strangers).summary()["share"]
    return tuple(100 * float(share) for share in shares)


OUTCOMES = {
    "5.strangers": Outcome(
        question="5.strangers",
        truth=brought,
        named="Main Street",
        what="newcomers brought by strangers",
        unit="%",
        dates="strangers whom a person hears",
        title="From about thirty on, strangers bring more than half",
    ),
}
