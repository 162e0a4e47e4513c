"""Posts that wait for an answer: a queue with several people, and posters who may give up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

_TAIL = 1e-14  # share of time in longer queues that may be left out


def erlang_b(people: int, load: float) -> float:
    """Share of posts that find everybody busy where none may wait.

    Parameters
    ----------
    people : int
        People who answer, from 0 up.
    load : float
        Offered load: hours of work that come in per hour.

    Notes
    -----
    Source: Erlang (1917); the recursion in the number of people.

    Examples
    --------
    >>> round(erlang_b(10, 10.0), 10)
    0.2145823431
    """
    _check(people, load)
    blocked = 1.0
    for k in range(1, people + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(people: int, load: float) -> float:
    """Share of posts that have to wait where all do so until they are answered.

    Parameters
    ----------
    people : int
        People who answer, from 1 up.
    load : float
        Offered load: hours of work that come in per hour, from 0 up.

    Returns
    -------
    float
        1 where the work is more than the people can do: the queue grows for ever.

    Notes
    -----
    Source: Erlang (1917).

    Examples
    --------
    >>> round(erlang_c(3, 2.0), 6)
    0.444444
    """
    if load >= people:
        return 1.0
    blocked = erlang_b(people, load)
    return blocked / (1 - load / people * (1 - blocked))


@dataclass(frozen=True)
class Queue:
    """People who answer posts, and the posts that come in.

    Parameters
    ----------
    posts_per_hour : float
        Posts that come in per hour, above 0.
    minutes_per_post : float
        Work for one answer, in minutes, above 0.
    people : int
        People who answer at the same time, from 1 up.
    patience_hours : float
        Mean time after which a poster who still waits gives up; infinite where none does.

    Examples
    --------
    >>> desk = Queue(posts_per_hour=8, minutes_per_post=15, people=3)
    >>> round(desk.load, 6), round(desk.waits, 6), round(60 * desk.mean_wait, 3)
    (2.0, 0.444444, 6.667)
    """

    posts_per_hour: float
    minutes_per_post: float
    people: int
    patience_hours: float = math.inf

    def __post_init__(self) -> None:
        """Check the ranges."""
        for name in ("posts_per_hour", "minutes_per_post", "patience_hours"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be above 0.")
        if self.people != int(self.people) or self.people < 1:
            raise ValueError(f"people is {self.people}, but must be a whole number from 1 up.")

    @property
    def load(self) -> float:
        """Hours of work that come in per hour."""
        return self.posts_per_hour * self.minutes_per_post / 60

    @property
    def stable(self) -> bool:
        """Whether the queue stays finite: always where posters give up."""
        return math.isfinite(self.patience_hours) or self.load < self.people

    @cached_property
    def _lengths(self) -> NDArray[np.float64]:
        """Share of time with so many posts at the desk, waiting or being answered."""
        done, gives_up = 60 / self.minutes_per_post, 1 / self.patience_hours
        logs, number = [0.0], 0
        while True:
            number += 1
            serving = min(number, self.people) * done
            leaving = serving + max(number - self.people, 0) * gives_up
            logs.append(logs[-1] + math.log(self.posts_per_hour / leaving))
            falls = self.posts_per_hour < 0.999 * leaving
            if number > self.people and falls and logs[-1] < max(logs) + math.log(_TAIL):
                break
        shares = np.exp(np.array(logs) - max(logs))
        return shares / shares.sum()

    @property
    def waits(self) -> float:
        """Share of posts that have to wait at all."""
        if not self.stable:
            return 1.0
        if math.isinf(self.patience_hours):
            return erlang_c(self.people, self.load)
        return min(float(self._lengths[self.people :].sum()), 1.0)

    @property
    def queue(self) -> float:
        """Mean number of posts that wait."""
        if not self.stable:
            return math.inf
        if math.isinf(self.patience_hours):
            return self.waits * self.load / (self.people - self.load)
        numbers = np.arange(len(self._lengths))
        return float(np.maximum(numbers - self.people, 0) @ self._lengths)

    @property
    def mean_wait(self) -> float:
        """Mean hours that a post waits, until it is answered or given up (Little's law)."""
        return self.queue / self.posts_per_hour

    @property
    def given_up(self) -> float:
        """Share of posts whose poster gives up before the answer."""
        if math.isinf(self.patience_hours):
            return 0.0
        return self.queue / self.patience_hours / self.posts_per_hour

    @property
    def busy(self) -> float:
        """Share of the people's time that goes into answers."""
        return min(self.load * (1 - self.given_up) / self.people, 1.0)

    def answered_within(self, hours: float) -> float:
        """Share of all posts whose answer begins within some hours.

        Parameters
        ----------
        hours : float
            From 0 up.

        Notes
        -----
        Without patience: 1 - C exp(-(c mu - lambda) t). With it, a post that finds k before it
        in the queue moves up whenever an answer ends or somebody before it gives up. Source of
        the model: Garnett, Mandelbaum & Reiman (2002), Manufacturing & Service Operations
        Management 4(3).
        """
        if not hours >= 0:
            raise ValueError(f"hours is {hours}, but a number from 0 up is needed.")
        if not self.stable:
            return 0.0
        done = 60 / self.minutes_per_post
        if math.isinf(self.patience_hours):
            spare = self.people * done - self.posts_per_hour
            return 1 - self.waits * math.exp(-spare * hours)
        found = self._lengths[self.people :]
        before = np.arange(len(found))
        # The time until k before it are gone is -log(B) times the mean patience, with B from
        # Beta(c mu / theta, k + 1); who waits must have the patience for it.
        first = self.people * done * self.patience_hours
        stays = first / (first + before + 1)
        soon = special.betaincc(first + 1, before + 1, math.exp(-hours / self.patience_hours))
        return float(1 - found.sum() + found @ (stays * soon))


def square_root_people(load: float, beta: float) -> int:
    """People for a load by the square-root rule: the load, and beta times its root on top.

    Parameters
    ----------
    load : float
        Hours of work that come in per hour, above 0.
    beta : float
        How safe: 0 makes half or more wait, 1 about a fifth, 2 one in forty.

    Notes
    -----
    Source: Halfin & Whitt (1981), Operations Research 29(3).

    Examples
    --------
    >>> square_root_people(100, 1), square_root_people(4, 1)
    (110, 6)
    """
    _check(1, load)
    return max(math.ceil(load + beta * math.sqrt(load) - 1e-9), 1)


def halfin_whitt(beta: float) -> float:
    """Share of posts that wait at a very large desk staffed by the square-root rule.

    Parameters
    ----------
    beta : float
        Above 0.

    Notes
    -----
    Source: Halfin & Whitt (1981), proposition 1.

    Examples
    --------
    >>> round(halfin_whitt(1.0), 7)
    0.2233613
    """
    if not beta > 0:
        raise ValueError(f"beta is {beta}, but must be above 0: else everybody waits in the end.")
    density = math.exp(-(beta**2) / 2) / math.sqrt(2 * math.pi)
    return 1 / (1 + beta * float(special.ndtr(beta)) / density)


def people_needed(
    posts_per_hour: float,
    minutes_per_post: float,
    *,
    share: float,
    within_hours: float,
    patience_hours: float = math.inf,
) -> int:
    """Fewest people who begin the answer to a share of the posts within some hours.

    Parameters
    ----------
    posts_per_hour, minutes_per_post : float
        What comes in, and the work for each.
    share : float
        From above 0 to below 1.
    within_hours : float
        From 0 up.
    patience_hours : float
        Mean time after which a poster who still waits gives up.

    Examples
    --------
    >>> people_needed(8, 15, share=0.9, within_hours=0.25)
    4
    """
    if not 0 < share < 1:
        raise ValueError(f"share is {share}, but must lie between 0 and 1, such as 0.9.")
    people = 1
    while (
        Queue(posts_per_hour, minutes_per_post, people, patience_hours).answered_within(
            within_hours
        )
        < share
    ):
        people += 1
    return people


def _check(people: int, load: float) -> None:
    if people != int(people) or people < 0:
        raise ValueError(f"people is {people}, but must be a whole number from 0 up.")
    if not (math.isfinite(load) and load >= 0):
        raise ValueError(f"load is {load}, but must be a number from 0 up: posts times hours each.")
