"""Posts that people write, the desk that answers them, and those who give up waiting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..luck import Floats, Ints, Purpose, clock
from ..people import LOST, UNMET
from ..state import Post, Week

COMPLAINT, QUESTION, PRAISE = range(3)
KINDS = ("complaint", "question", "praise")
SHARES = (0.45, 0.25, 0.30)
"""Shares of posts of each kind where there is neither FAQ nor box."""
ANSWERED_AN_HOUR = 5.0
ANSWERS = {
    "none": (),
    "complaints": (COMPLAINT, QUESTION),
    "all": (COMPLAINT, QUESTION, PRAISE),
}
WARMS = (1.0, 0.5, 0.5)
"""Warmth of an answer to each kind, beside a complaint; praise only where 1.3 holds."""
FOUND, AT_ONCE = 0.8, 1.0
"""Where there is a FAQ: share of questions that are looked up, and the warmth of an answer that is
found there without a wait, beside an answered complaint."""
NEVER = float("inf")


@dataclass(frozen=True)
class Ended:
    """A post that was answered, or whose writer gave up.

    Parameters
    ----------
    post : Post
        What was written.
    at : float
        When, in weeks from the start of the year.
    answered : bool
        Whether it was answered.
    """

    post: Post
    at: float
    answered: bool


def written(week: Week, bought: Ints) -> list[list[Post]]:
    """Let some of those who bought write, and some whose complaint was answered once more.

    Notes
    -----
    An answered complaint calls forth another: Ma, Sun & Kekre (2015), Marketing Science 34(5).
    """
    luck, number = week.luck, week.number
    writes = luck.some(number, Purpose.WRITE, bought) < week.world.writes
    again = week.state.again
    once_more = luck.some(number, Purpose.AGAIN, again) < week.world.calls_forth
    flat = np.concatenate([bought[writes], again[once_more]])
    kind = np.concatenate(
        [
            _about(week, bought[writes]),
            np.zeros(int(once_more.sum()), np.int8),
        ]
    )
    flat, first = np.unique(flat, return_index=True)
    kind = kind[first]
    good = (kind >= 0) & ~week.state.writing.ravel()[flat]
    flat, kind = flat[good], kind[good]
    patience = week.town.patience[flat % week.town.size]
    when = number - 1 + luck.some(number, Purpose.ARRIVE, flat)
    waits = clock(luck.some(number, Purpose.WAIT, flat))
    leaves = np.where(patience > 0, when + waits / np.where(patience > 0, patience, 1.0), NEVER)
    work = clock(luck.some(number, Purpose.SERVICE, flat))
    for_good = luck.some(number, Purpose.LEAVE, flat) < week.world.leaves
    posts: list[list[Post]] = [[] for _ in week.acts]
    order = np.argsort(when, kind="stable")
    columns = (flat[order], kind[order], when[order], leaves[order], work[order], for_good[order])
    for one in zip(*(column.tolist() for column in columns), strict=True):
        posts[one[0] // week.town.size].append(Post(*one))
    return posts


def _about(week: Week, flat: Ints) -> np.ndarray:
    """Give what each post is about; −1 where a FAQ answered the question before it was asked."""
    coin = week.luck.some(week.number, Purpose.ABOUT, flat)
    kind = (coin >= SHARES[0]).astype(np.int8) + (coin >= SHARES[0] + SHARES[1])
    search = week.luck.some(week.number, Purpose.SEARCH, flat)
    faq = week.at(week.each("help", lambda one: one == "faq"), flat) & (kind == QUESTION)
    gave_up = faq & (search < FOUND * week.world.search_cost)
    leaves = week.luck.some(week.number, Purpose.LEAVE, flat) < week.world.leaves
    for one in flat[gave_up & leaves].tolist():
        week.lost[one] = "gave up searching"
    found = faq & (search < FOUND) & ~gave_up
    week.warmer.ravel()[flat[found]] += week.world.answer_gain * AT_ONCE
    # With a box, half of those who would have praised ask something instead.
    box = week.at(week.each("help", lambda one: one == "ask"), flat) & (kind == PRAISE)
    kind = np.where(box & (search < 0.5), QUESTION, kind)
    return np.where(faq & (search < FOUND), -1, kind)


def serve(week: Week, shop: int, new: list[Post]) -> tuple[list[Ended], list[Post]]:
    """Answer the posts of one shop in turn until the week is over.

    Returns
    -------
    list of Ended, list of Post
        What came to an end, and what still waits.

    Notes
    -----
    One person at the desk, whose hours are spread over the week: the queue M/M/1+M. Its
    long-run waits are those of `community.answering.Queue`.
    """
    acts, end = week.acts[shop], float(week.number)
    speed = ANSWERED_AN_HOUR * acts.desk_hours
    kinds = [ANSWERS[one.answer] if speed > 0 else () for one in week.arms.acts]
    free = float(week.state.free_at[shop])
    ended, waiting = [], []
    posts = [*week.state.posts[shop], *new]
    arms = week.arms.at(np.array([post.flat for post in posts], np.intp), week.town.size)
    for post, arm in zip(posts, arms.tolist(), strict=True):
        begins = max(free, post.written, end - 1.0) if post.kind in kinds[arm] else NEVER
        if post.leaves <= begins and post.leaves < end:
            ended.append(Ended(post, post.leaves, False))
        elif begins < end:
            ended.append(Ended(post, begins, True))
            free = begins + post.work / speed
        else:
            waiting.append(post)
    week.state.free_at[shop] = free
    return ended, waiting


def felt(week: Week, ended: list[Ended]) -> tuple[list[int], Floats]:
    """Warm those who were answered, and lose those who gave up.

    Returns
    -------
    list of int, numpy.ndarray
        Pairs whose complaint was answered; what speaks for the shop, and all that is read of it:
        an answered complaint counts half.
    """
    warmer, state, world = week.warmer.ravel(), week.state, week.world
    complained, heard = [], np.zeros(2)
    for one in ended:
        post = one.post
        if post.kind != QUESTION:
            heard += (1.0 if post.kind == PRAISE else 0.5 * one.answered, 1.0)
        if one.answered:
            if post.kind != PRAISE or world.true("1.3"):
                warmer[post.flat] += world.answer_gain * WARMS[post.kind]
            if post.kind == COMPLAINT:
                complained.append(post.flat)
        elif (
            post.kind != PRAISE
            and post.leaves_for_good
            and UNMET < state.stage.ravel()[post.flat] < LOST
        ):
            week.lost[post.flat] = "gave up waiting"
    return complained, heard
