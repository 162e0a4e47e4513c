"""A day at the desk, hour by hour: posts come in the evening, people answer when they are there."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...citing import cited
from ...counting import repeat
from ...rounding import as_given
from ...stats import SurvivalCurve, kaplan_meier
from ...streams import Seed, generator

HOURS = 24


@cited
def simulate_posts(
    posts_per_hour: Sequence[float],
    people: Sequence[int],
    minutes_per_post: float,
    *,
    days: int,
    seed: Seed,
    patience_hours: float = math.inf,
) -> pd.DataFrame:
    """Draw posts over some days, and when each is answered.

    Parameters
    ----------
    posts_per_hour : sequence of float, length 24
        Posts that come in during each hour of the day.
    people : sequence of int, length 24
        People who answer during each hour; an answer that was begun is finished.
    minutes_per_post : float
        Mean work for one answer.
    days : int
        How many.
    seed : int or numpy.random.Generator
        Where randomness comes from.
    patience_hours : float
        Mean time after which a poster who still waits gives up.

    Returns
    -------
    pandas.DataFrame
        One row a post: `posted` and `answered` (hours from the first midnight; missing where no
        answer was begun before the end), `given_up` (hours; missing where nobody did), and
        `watched` (hours until which the post was followed).

    Raises
    ------
    ValueError
        If there are not 24 hours of each, or a number is negative.
    """
    rates, staff = _day(posts_per_hour, "posts_per_hour"), _day(people, "people").astype(int)
    if not minutes_per_post > 0:
        raise ValueError(f"minutes_per_post is {minutes_per_post}, but must be above 0.")
    rng = generator(seed)
    end = float(HOURS * days)
    counts = rng.poisson(np.tile(rates, days))
    posted = np.sort(repeat(np.arange(HOURS * days), counts) + rng.random(counts.sum()))
    patience = np.full(len(posted), np.inf)
    if math.isfinite(patience_hours):
        patience = rng.exponential(patience_hours, len(posted))
    work = rng.exponential(minutes_per_post / 60, len(posted))
    answered, busy = np.full(len(posted), np.nan), []
    now = 0.0
    for k, moment in enumerate(posted):  # in turn: who posted first is answered first
        now = max(now, moment)
        leaves = moment + patience[k]
        while now < min(leaves, end):
            while busy and busy[0] <= now:
                heapq.heappop(busy)
            if len(busy) < staff[int(now) % HOURS]:
                break
            turn = math.floor(now) + 1.0
            now = min(busy[0], turn) if busy else turn
        if now < min(leaves, end):
            answered[k] = now
            heapq.heappush(busy, now + work[k])
        else:
            now = min(now, max(leaves, moment))
    gone = np.where(np.isnan(answered) & (posted + patience < end), posted + patience, np.nan)
    last = np.where(np.isnan(answered), np.where(np.isnan(gone), end, gone), answered)
    return pd.DataFrame({"posted": posted, "answered": answered, "given_up": gone, "watched": last})


@cited
def reply_latency(posts: pd.DataFrame, *, level: float = 0.95) -> SurvivalCurve:
    """Estimate how long posts wait for an answer, with those unanswered counted as censored.

    Parameters
    ----------
    posts : pandas.DataFrame
        `posted`, `answered` (missing where there is none) and `watched` (until when the post was
        followed), in hours, or the first two alone where all were followed to the last moment.
    level : float
        Confidence level.

    Returns
    -------
    SurvivalCurve
        Hours from post to answer. To leave out the unanswered would make every desk look fast.

    Raises
    ------
    ValueError
        If a column is missing, or an answer comes before its post.

    Examples
    --------
    >>> posts = pd.DataFrame({"posted": [0.0, 1, 2, 3], "answered": [1.0, np.nan, 6, np.nan],
    ...                       "watched": [1.0, 11, 6, 13]})
    >>> reply_latency(posts).at(5)["reached"].round(2).tolist()
    [0.5]
    """
    for name in ("posted", "answered"):
        if name not in posts.columns:
            raise ValueError(f"the posts have no column {name!r}.")
    posted, answered = posts["posted"].to_numpy(float), posts["answered"].to_numpy(float)
    last = np.nanmax(np.r_[posted, answered])
    watched = (
        posts["watched"].to_numpy(float)
        if "watched" in posts.columns
        else np.full(len(posts), last)
    )
    until = np.where(np.isnan(answered), watched, answered)
    wrong = ~(until >= posted)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"row {row + 1}: posted at {as_given(posted[row])}, but answered or watched until "
            f"{as_given(until[row])}: an answer comes after its post."
        )
    kept = until > posted  # an answer in the same moment waits for no time
    at_once = ~kept & ~np.isnan(answered)
    waits = np.where(at_once, np.finfo(float).tiny, until - posted)
    return kaplan_meier(
        waits[kept | at_once], ~np.isnan(answered[kept | at_once]), unit="hours", level=level
    )


def _day(values: Sequence[float], name: str) -> np.ndarray:
    given = np.asarray(values, float)
    if given.shape != (HOURS,) or not (np.isfinite(given) & (given >= 0)).all():
        raise ValueError(f"{name} needs {HOURS} numbers from 0 up, one for each hour of the day.")
    return given
