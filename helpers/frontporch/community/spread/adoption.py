"""Rules that are asked every period: advertising beside word of mouth, and no contagion at all.

A rule with `each_period = True` is shown everybody who has not adopted, period by period, and
answers with a probability each. `parts` says how much of the pressure came from where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...elementary import expm1, log1p, whole_power
from ..graph.shares import share
from .exposure import Exposed
from .rule import Rule


@dataclass(frozen=True)
class WordOfMouth(Rule):
    """Advertising, weak ties and strong ties; see `goldenberg_libai_muller`."""

    advertising: float
    weak: float
    strong: float
    each_period: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ("exposures", "strong")
    kinds: ClassVar[tuple[str, ...]] = ("weak", "strong", "advertising")

    def probability(self, weak: ArrayLike, strong: ArrayLike) -> NDArray[np.float64]:
        """Give the probability of adopting in one period.

        Parameters
        ----------
        weak, strong : array_like of int
            j and m, how many contacts over weak and strong ties have adopted.

        Examples
        --------
        >>> rule = goldenberg_libai_muller(advertising=0.005, weak=0.01, strong=0.04)
        >>> round(float(rule.probability(weak=3, strong=2)), 10)
        0.1102435794
        """
        silent = whole_power(1 - self.weak, np.asarray(weak)) * whole_power(
            1 - self.strong, np.asarray(strong)
        )
        return 1 - (1 - self.advertising) * silent

    def __call__(self, people: Exposed) -> NDArray[np.float64]:
        """Give the probability of each person."""
        return self.probability(people.exposures - people.strong_exposures, people.strong_exposures)

    def parts(self, people: Exposed) -> tuple[ArrayLike, ...]:
        """Give the hazards of weak ties, of strong ties and of advertising."""
        # A certain source has no finite hazard: a very large one takes all the credit.
        weak, strong, advertising = (
            -log1p(-min(one, 1 - 1e-15)) for one in (self.weak, self.strong, self.advertising)
        )
        return (
            (people.exposures - people.strong_exposures) * weak,
            people.strong_exposures * strong,
            advertising,
        )


@cited
def goldenberg_libai_muller(advertising: float, weak: float, strong: float) -> WordOfMouth:
    """Let advertising, weak ties and strong ties work on everybody, period by period.

    Parameters
    ----------
    advertising : float
        α, probability per period that advertising convinces.
    weak, strong : float
        β_w and β_s, probability per period that one contact who has adopted does, over a weak
        and over a strong tie.

    Notes
    -----
    p = 1 − (1 − α)(1 − β_w)^j (1 − β_s)^m. Source: Goldenberg, Libai & Muller (2001), Marketing
    Letters 12:211-223.

    Examples
    --------
    >>> goldenberg_libai_muller(0.005, 0.01, 0.04).kinds
    ('weak', 'strong', 'advertising')
    """
    given = {"advertising": advertising, "weak": weak, "strong": strong}
    return WordOfMouth(**{name: share(value, name) for name, value in given.items()})


@dataclass(frozen=True)
class BassOnTies(Rule):
    """Innovation and imitation among one's contacts; see `bass_on_ties`."""

    innovation: float
    imitation: float
    period: float
    each_period: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ("exposures",)
    kinds: ClassVar[tuple[str, ...]] = ("ties", "advertising")

    def parts(self, people: Exposed) -> tuple[ArrayLike, ...]:
        """Give the hazards of imitation and of innovation."""
        adopted = people.exposures / np.maximum(people.degree, 1)
        return self.imitation * adopted * self.period, self.innovation * self.period

    def __call__(self, people: Exposed) -> NDArray[np.float64]:
        """Give the probability of each person."""
        imitation, innovation = self.parts(people)
        return -expm1(-(imitation + innovation))


@cited
def bass_on_ties(innovation: float, imitation: float, period: float = 1.0) -> BassOnTies:
    """Let people innovate by themselves, and imitate the share of their contacts who have adopted.

    Parameters
    ----------
    innovation, imitation : float
        p and q, rates per unit of time, from 0 up.
    period : float
        Length of one step in units of time, above 0. Shorter steps are closer to the
        differential equation, and more of them are needed.

    Notes
    -----
    In a step the probability is 1 − exp(−(p + q·a/k)·period), where a of a person's k contacts
    have adopted. Where everybody knows everybody this is Bass (1969), Management Science
    15:215-227.

    Examples
    --------
    >>> bass_on_ties(innovation=0.03, imitation=0.38, period=0.1).period
    0.1
    """
    for name, value in (("innovation", innovation), ("imitation", imitation)):
        if not (np.isfinite(value) and value >= 0):
            raise ValueError(f"{name} is {value!r}, but must be a rate from 0 up.")
    if not (np.isfinite(period) and period > 0):
        raise ValueError(f"period is {period!r}, but must be above 0.")
    return BassOnTies(float(innovation), float(imitation), float(period))


@dataclass(frozen=True, eq=False)
class Alone(Rule):
    """No contagion at all; see `homophily_alone`."""

    rates: NDArray[np.float64]
    each_period: ClassVar[bool] = True
    reads: ClassVar[tuple[str, ...]] = ()
    kinds: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        """Say how many rates there are."""
        return f"homophily_alone(<{len(self.rates)} rates>)"

    def __call__(self, people: Exposed) -> NDArray[np.float64]:
        """Give the probability of each person."""
        if len(self.rates) != people.community.size:
            raise ValueError(
                f"there are {len(self.rates)} rates for {people.community.size} people."
            )
        return self.rates[people.target]


def homophily_alone(rates: ArrayLike) -> Alone:
    """Let everybody adopt by their own taste, whatever their contacts do.

    Where those of one taste are tied to each other this looks like contagion.

    Parameters
    ----------
    rates : sequence of float, shape (people,)
        Probability per period of each person, from 0 to 1.

    Notes
    -----
    The double of contagion: see Aral, Muchnik & Sundararajan (2009), PNAS 106:21544-21549.

    Examples
    --------
    >>> from frontporch import community
    >>> town = community.ring(6, 2)
    >>> rule = homophily_alone([0.5, 0.5, 0.5, 0, 0, 0])
    >>> community.simulate(town, [], rule, runs="exact", steps=1).mean
    1.5
    """
    values = np.array(rates, dtype=float)
    if values.ndim != 1 or not ((values >= 0) & (values <= 1)).all():
        raise ValueError("rates holds one probability from 0 to 1 for each person.")
    values.flags.writeable = False
    return Alone(values)
