"""What came out in lesson 2: when should the shop open the door?"""

from __future__ import annotations

from ...classroom.predicting.outcome import Outcome
from ...deepening import offers
from .worlds import worlds


def gained(weeks: tuple[float, ...]) -> tuple[float, ...]:
    """Friends gained in 100 strangers within a year, by week of the offer, in the shop's log."""
    if not weeks:
        return ()
    log = worlds()["waiting loses customers"].simulate(pairs=2_000, seed=7)
    return tuple(100 * float(one) for one in offers.fit_gain(log).at(weeks)["gain"])


OUTCOMES = {
    "2.gain": Outcome(
        question="2.gain",
        truth=gained,
        named="Amir's log",
        what="friends gained in 100 strangers",
        unit="friends",
        dates="week of the offer since first contact",
        title="In this log, every week of waiting costs friends",
    ),
}
