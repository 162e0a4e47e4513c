"""What came out in lesson 10: how far luck alone drives equal shops apart."""

from __future__ import annotations

from ...classroom.predicting.outcome import Outcome
from .equal_shops import equal_shops


def gap_by_luck(_dates: tuple[float, ...] = ()) -> float:
    """Thousand dollars between the richest and the poorest of four shops that do the same."""
    return equal_shops().gap / 1000


OUTCOMES = {
    "10.luck": Outcome(
        question="10.luck",
        truth=gap_by_luck,
        named="the richest less the poorest",
        what="gap between four equal shops after a year",
        unit="thousand dollars",
        title="Four shops that do the same end far apart",
    ),
}
