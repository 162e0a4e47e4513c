"""What came out in lesson 7: how brands grow, and what a forecast is worth."""

from __future__ import annotations

from ... import data
from ...classroom.predicting.outcome import Outcome


def fans_in_2012(_dates: tuple[float, ...] = ()) -> float:
    """Starbucks' fans on Facebook in the middle of May 2012, in millions."""
    counts = data.load("brand_fans").query("brand == 'Starbucks' and platform == 'Facebook'")
    last = counts.sort_values("date_to").iloc[-1]
    return float(last["fans"]) / 1e6


OUTCOMES = {
    "7.fans in 2012": Outcome(
        question="7.fans in 2012",
        truth=fans_in_2012,
        named="Starbucks on Facebook",
        what="fans in the middle of May 2012",
        unit="million fans",
        title="What came lies above every forecast",
    ),
}
