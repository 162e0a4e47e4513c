"""What came out in lesson 6: join in, or push, and must we answer everything?"""

from __future__ import annotations

from ...classroom.predicting.outcome import Outcome
from ...community import answering


def in_time(rates: tuple[float, ...]) -> tuple[float, ...]:
    """Per cent answered within half an hour by one person, ten minutes an answer, by load."""
    return tuple(
        100 * answering.Queue(rate, minutes_per_post=10, people=1).answered_within(0.5)
        if rate > 0
        else 100.0
        for rate in rates
    )


OUTCOMES = {
    "6.in time": Outcome(
        question="6.in time",
        truth=in_time,
        named="Joe alone",
        what="posts answered within 30 minutes",
        unit="%",
        dates="posts per hour",
        title="The busier the desk, the fewer answers are in time",
    ),
}
