"""What came out in lesson 8: do fans become customers?"""

from __future__ import annotations

from functools import lru_cache

from ...classroom.predicting.outcome import Outcome
from .worlds import worlds


@lru_cache
def because_of_the_page() -> float:
    """Per cent that fans of the lesson's shop spend more because they are fans."""
    shop = worlds(shuffle=7)["A"]
    return 100 * float(shop.expected()["experiment"])


OUTCOMES = {
    "8.lift": Outcome(
        question="8.lift",
        truth=lambda _dates: because_of_the_page(),
        named="Elif's shop",
        what="what fans spend more because they are fans",
        unit="%",
        title="The comparison finds a lift, and the experiment none",
    ),
}
