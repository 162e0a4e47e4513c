"""What came out in lesson 3: small talk, who opens up first?"""

from __future__ import annotations

from ... import data
from ...classroom.predicting.outcome import Outcome


def went_on(exchanges: tuple[float, ...]) -> tuple[float, ...]:
    """Per cent of the students online at each exchange that went on to the next."""
    ladder = data.load("exchange_ladder").query("community == 'students online'")
    shares = 100 * ladder["dyads_reaching_next"] / ladder["dyads_reaching"]
    known = dict(zip(ladder["exchange"].astype(float), shares.astype(float), strict=True))
    return tuple(known.get(float(one), float("nan")) for one in exchanges)


OUTCOMES = {
    "3.going on": Outcome(
        question="3.going on",
        truth=went_on,
        named="students online",
        what="pairs that went on to the next exchange",
        unit="%",
        dates="exchanges so far",
        title="Strangers often stop at once; those who go on keep going",
    ),
}
