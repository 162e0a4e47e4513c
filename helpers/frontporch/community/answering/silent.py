"""What posts tell about the customers who stay silent: who speaks up is no sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from ...streams import Seed, generator


@dataclass(frozen=True)
class Voices:
    """Customers whose contentment decides whether they post.

    Parameters
    ----------
    unhappy : float
        Share of all customers who are unhappy, between 0 and 1.
    happy_post, unhappy_post : float
        Share of the happy and of the unhappy who post, above 0 and up to 1.

    Examples
    --------
    >>> round(Voices(unhappy=0.1, happy_post=0.02, unhappy_post=0.2).among_posters, 3)
    0.526
    """

    unhappy: float
    happy_post: float
    unhappy_post: float

    def __post_init__(self) -> None:
        """Check the shares."""
        for name in ("unhappy", "happy_post", "unhappy_post"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be above 0, up to 1.")

    @property
    def among_posters(self) -> float:
        """Share of the unhappy among those who post (Bayes' rule)."""
        loud, quiet = self.unhappy * self.unhappy_post, (1 - self.unhappy) * self.happy_post
        return loud / (loud + quiet)

    @property
    def among_silent(self) -> float:
        """Share of the unhappy among those who do not post; missing where all do."""
        loud = self.unhappy * (1 - self.unhappy_post)
        quiet = (1 - self.unhappy) * (1 - self.happy_post)
        return loud / (loud + quiet) if loud + quiet else float("nan")

    def weighed(self, seen: float) -> float:
        """Estimate the share of the unhappy among all from that among posters.

        Parameters
        ----------
        seen : float
            Share of the unhappy among posters, from 0 to 1.

        Returns
        -------
        float
            Each post counted by one over the share of its kind that posts: right only where
            these shares are known, from asking a random sample.
        """
        loud, quiet = seen / self.unhappy_post, (1 - seen) / self.happy_post
        return loud / (loud + quiet)

    def simulate(self, customers: int, seed: Seed) -> pd.DataFrame:
        """Draw customers: `unhappy` and `posts`, one row each."""
        rng = generator(seed)
        unhappy = rng.random(customers) < self.unhappy
        share = np.where(unhappy, self.unhappy_post, self.happy_post)
        return pd.DataFrame({"unhappy": unhappy, "posts": rng.random(customers) < share})


def answered_and_returned(
    askers: int, seed: Seed, *, answer_helps: bool, by_coin: bool = False
) -> pd.DataFrame:
    """Draw askers, whether they were answered within a day, and whether they came back.

    Parameters
    ----------
    askers : int
        How many.
    seed : int or numpy.random.Generator
        Where randomness comes from.
    answer_helps : bool
        Whether an answer within a day brings anybody back. Where it does not, the eager ask
        clearer questions, are answered sooner and come back anyway: a comparison of the
        answered with the others shows the same two shares in both worlds.
    by_coin : bool
        Whether a coin decides who is answered within a day: the experiment that tells the
        worlds apart.

    Returns
    -------
    pandas.DataFrame
        `answered` (within a day) and `returned`.
    """
    rng = generator(seed)
    eager = rng.standard_normal(askers)
    odds = 0.0 if by_coin or answer_helps else 1.5 * eager
    answered = rng.random(askers) < special.expit(odds)
    # Both give 31 % of the answered and 17 % of the others, where no coin decides.
    logit = np.where(answered, -0.8001, -1.5856) if answer_helps else -1.3037 + 0.8005 * eager
    return pd.DataFrame(
        {"answered": answered, "returned": rng.random(askers) < special.expit(logit)}
    )
