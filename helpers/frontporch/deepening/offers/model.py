"""Offers to strangers, who become friends, go to a competitor, or are lost by too much contact."""

from __future__ import annotations

import math
import numbers
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...elementary import expm1
from ...names import pick
from ...stats.intervals import difference, logit
from ...streams import Seed, generator, spawn
from .contact import (
    Policy,
    Timing,
    at_random,
    at_week,
    contacts_of,
    ideal_point,
    offers_of,
    steady,
)
from .incidence import cut_at, ended, grid_of

OUTCOMES = ("friend", "competitor", "over-contact")
"""How the time as a stranger can end, in the order of the hazards."""
ARMS = ("as usual", "from the first visit")
"""The arms of a trial: offers as they come, and an offer at once."""
CHUNK = 4_000_000
"""Cells that are held in memory at a time."""


@dataclass(frozen=True)
class OfferModel:
    """Hazards of a stranger before and after the shop makes an offer to keep in touch.

    All numbers are assumptions for teaching; none is fitted to a log.

    Parameters
    ----------
    befriend : float
        Rate per week of becoming a friend (a regular customer) while there is no contact.
    competitor : float
        Rate per week of going to a competitor while there is no contact.
    offer_ratio : float
        How many times as fast strangers become friends at the ideal volume of contact.
    hold_ratio : float
        How many times as fast they go to a competitor at the ideal volume; below 1 the
        offer holds them.
    pushed : float
        Rate per week of losing a stranger for each contact per week above the ideal.
    ideal : float
        Ideal volume, in contacts per week, once the acquaintance is ripe.
    ripening : float
        Weeks in which the ideal volume grows to 63 per cent of that; with 0 it is there from
        first contact on.

    Raises
    ------
    ValueError
        If a number is out of range.

    Notes
    -----
    With volume v(t) and ideal i(t) = ideal·(1 − exp(−t/ripening)) the response is r·exp(1 − r),
    r = v/i; the hazards are befriend·(1 + (offer_ratio − 1)·response), competitor·(1 −
    (1 − hold_ratio)·response) and pushed·max(v − i, 0). That repurchase falls beyond an ideal
    volume is after Godfrey, Seiders & Voss (2011), Journal of Marketing 75(4).

    Examples
    --------
    >>> model = OfferModel()
    >>> model.hazards(8.0, 1.0).round(3).tolist()  # friend, competitor, over-contact
    [0.06, 0.024, 0.0]
    """

    befriend: float = 0.02
    competitor: float = 0.06
    offer_ratio: float = 3.0
    hold_ratio: float = 0.4
    pushed: float = 0.05
    ideal: float = 1.0
    ripening: float = 0.0

    def __post_init__(self) -> None:
        """Check every number."""
        for one in fields(self):
            value = getattr(self, one.name)
            if not (isinstance(value, (int, float)) and math.isfinite(value) and value >= 0):
                raise ValueError(f"{one.name} is {value!r}, but must be a number from 0 up.")
        if self.ideal == 0:
            raise ValueError("ideal is 0, but must be a number of contacts per week above 0.")

    @classmethod
    def without_effect(cls, befriend: float = 0.02, competitor: float = 0.06) -> OfferModel:
        """Build a model in which an offer changes nothing."""
        return cls(befriend, competitor, offer_ratio=1.0, hold_ratio=1.0, pushed=0.0)

    def ideal_at(self, week: ArrayLike) -> NDArray[np.float64]:
        """Give the ideal contact volume, in contacts per week, by week since first contact."""
        t = np.asarray(week, float)
        if self.ripening == 0:
            return np.full_like(t, self.ideal)
        with np.errstate(over="ignore"):
            return -self.ideal * expm1(-t / self.ripening)

    def hazards(self, week: ArrayLike, contacts: ArrayLike) -> NDArray[np.float64]:
        """Give the hazards of the three outcomes, per week.

        Parameters
        ----------
        week : array_like of float, shape (...)
            Weeks since first contact.
        contacts : array_like of float, shape (...)
            Contacts per week.

        Returns
        -------
        numpy.ndarray of float, shape (3, ...)
            Of `OUTCOMES`: friend, competitor, over-contact.
        """
        volume, ideal = np.broadcast_arrays(np.asarray(contacts, float), self.ideal_at(week))
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            ratio = np.where(volume > 0, volume / ideal, 0.0)
        response = ideal_point(ratio)
        return np.stack(
            [
                self.befriend * (1 + (self.offer_ratio - 1) * response),
                self.competitor * (1 - (1 - self.hold_ratio) * response),
                self.pushed * np.maximum(volume - ideal, 0.0),
            ]
        )

    def shares(
        self,
        offered: ArrayLike,
        weeks: float = 52.0,
        *,
        policy: Policy | None = None,
        step: float = 0.25,
    ) -> pd.DataFrame:
        """Give how strangers have ended by some week, by week of the offer.

        Parameters
        ----------
        offered : array_like of float
            Weeks of the offer since first contact; infinity is never.
        weeks : float
            The horizon, in weeks since first contact.
        policy : callable, optional
            Contact policy; one contact per week from the offer on without it.
        step : float
            Weeks within which hazards are taken as constant; exact where they are constant.

        Returns
        -------
        pandas.DataFrame
            One row an offer: `offered`, the shares `friend`, `competitor`, `over-contact`, and
            `stranger` (still one); they add to 1.

        Examples
        --------
        >>> OfferModel().shares([0, 26], weeks=52)["friend"].round(3).tolist()
        [0.705, 0.298]
        """
        asked = np.atleast_1d(np.asarray(offered, float))
        if not (asked >= 0).all():
            raise ValueError("offered must be numbers of weeks from 0 up (infinity: never).")
        edges, hazards = cells(self, asked, weeks, policy or steady(), step)
        return self._shares("offered", asked, edges, hazards)

    def _shares(self, what: str, values: NDArray, edges: NDArray, hazards: NDArray) -> pd.DataFrame:
        found = ended(edges, hazards)
        frame = pd.DataFrame({what: values, **dict(zip(OUTCOMES, found, strict=True))})
        return frame.assign(stranger=1 - found.sum(axis=0))

    def gain(
        self,
        offered: ArrayLike,
        weeks: float = 52.0,
        *,
        policy: Policy | None = None,
        goal: str = "friend",
        step: float = 0.25,
    ) -> pd.DataFrame:
        """Give the expected gain of an offer by its week, against none.

        Parameters
        ----------
        offered, weeks, policy, step
            As in `shares`.
        goal : str
            The outcome that is gained.

        Returns
        -------
        pandas.DataFrame
            One row an offer: `offered`, `share` (of strangers who have reached the goal by
            then) and `gain` (less that share without an offer).

        Notes
        -----
        Where hazards are constant, with totals h before and k after the offer at u, and a, b
        those of the goal: a/h·(e^(−hT) − e^(−hu)) + e^(−hu)·b/k·(1 − e^(−k(T−u))).

        Examples
        --------
        >>> OfferModel().gain([0, 26, 52])["gain"].round(3).tolist()
        [0.459, 0.052, 0.0]
        """
        pick(goal, OUTCOMES, "outcome")
        asked = np.atleast_1d(np.asarray(offered, float))
        share = self.shares(np.append(asked, np.inf), weeks, policy=policy, step=step)[goal]
        share = share.to_numpy()
        return pd.DataFrame({"offered": asked, "share": share[:-1], "gain": share[:-1] - share[-1]})

    def by_contacts(
        self, contacts: ArrayLike, offered: float = 0.0, weeks: float = 52.0, *, step: float = 0.25
    ) -> pd.DataFrame:
        """Give how strangers have ended, by how often the shop gets in touch.

        Parameters
        ----------
        contacts : array_like of float
            Contacts per week from the offer on.
        offered : float
            Week of the offer.
        weeks, step
            As in `shares`.

        Returns
        -------
        pandas.DataFrame
            One row a volume: `contacts` and the shares as in `shares`.

        Examples
        --------
        >>> OfferModel().by_contacts([0, 1, 4])["friend"].round(3).tolist()
        [0.246, 0.705, 0.121]
        """
        asked = np.atleast_1d(np.asarray(contacts, float))
        if not (np.isfinite(asked).all() and (asked >= 0).all() and offered >= 0):
            raise ValueError("contacts per week and the week of the offer are numbers from 0 up.")
        edges = cut_at(grid_of(weeks, step), np.full(len(asked), min(offered, weeks)))
        middle = (edges[:, 1:] + edges[:, :-1]) / 2
        volume = np.where(middle >= offered, asked[:, None], 0.0)
        return self._shares("contacts", asked, edges, self.hazards(middle, volume))

    def simulate(
        self,
        pairs: int = 2_000,
        weeks: float = 52.0,
        seed: Seed | None = None,
        *,
        timing: Timing | None = None,
        policy: Policy | None = None,
        step: float = 0.25,
    ) -> pd.DataFrame:
        """Draw one spell a stranger: how long, how it ended, and when the offer came.

        Parameters
        ----------
        pairs : int
            How many strangers, from 1 up.
        weeks : float
            How long each is observed.
        seed : int, numpy.random.SeedSequence or numpy.random.Generator
            Where the draws come from.
        timing : callable, optional
            Draws the week of each offer; at random after ten weeks on average without it.
        policy : callable, optional
            Contacts per week; one from the offer on without it.
        step : float
            Weeks within which hazards are taken as constant; exact where they are constant.

        Returns
        -------
        pandas.DataFrame
            The `spells` contract with a further column: `pair`, `channel` (online), `stage`
            (stranger), `entered` (0), `left` (weeks since first contact), `next_stage` (friend,
            competitor or over-contact; missing: still a stranger), `offered_at` (week of the
            offer; missing where none was made before the stay ended).

        Raises
        ------
        TypeError
            If there is no seed, or a function is none.
        ValueError
            If a number is out of range.

        Examples
        --------
        >>> OfferModel().simulate(pairs=3, weeks=52, seed=7)["stage"].tolist()
        ['stranger', 'stranger', 'stranger']
        """
        if not isinstance(pairs, numbers.Integral) or pairs < 1:
            raise ValueError(f"pairs is {pairs!r}, but must be a whole number from 1 up.")
        rng, pairs, policy = generator(seed), int(pairs), policy or steady()
        offered = offers_of(timing or at_random(), rng, pairs)
        draw, which = rng.standard_exponential(pairs), rng.random(pairs)
        left, outcome = np.empty(pairs), np.full(pairs, -1)
        size = max(CHUNK // (len(grid_of(weeks, step)) + 1), 1)
        for start in range(0, pairs, size):
            part = slice(start, start + size)
            edges, hazards = cells(self, offered[part], weeks, policy, step)
            left[part], outcome[part] = _ends(edges, hazards, draw[part], which[part], weeks)
        names = pd.CategoricalDtype(["stranger", *OUTCOMES])
        following = np.where(outcome < 0, -1, outcome + 1)
        return pd.DataFrame(
            {
                "pair": np.arange(pairs),
                "channel": "online",
                "stage": pd.Categorical.from_codes(np.zeros(pairs, int), dtype=names),
                "entered": 0.0,
                "left": left,
                "next_stage": pd.Categorical.from_codes(following, dtype=names),
                "offered_at": np.where(offered < left, offered, np.nan),
            }
        )

    def simulate_gain(
        self,
        offered: ArrayLike,
        pairs: int = 4_000,
        weeks: float = 52.0,
        seed: Seed | None = None,
        *,
        policy: Policy | None = None,
        goal: str = "friend",
        level: float = 0.95,
        step: float = 0.25,
    ) -> pd.DataFrame:
        """Draw strangers for each week of the offer and for none, and compare the shares.

        Parameters
        ----------
        offered : array_like of float
            Weeks of the offer.
        pairs : int
            Strangers for each.
        weeks : float
            The horizon.
        seed : int, numpy.random.SeedSequence or numpy.random.Generator
            Where the draws come from.
        policy : callable, optional
            Contact policy.
        goal : str
            The outcome that is gained.
        level : float
            Confidence level.
        step : float
            As in `simulate`.

        Returns
        -------
        pandas.DataFrame
            One row an offer: `offered`, `share`, `gain`, `standard_error`, `lower`, `upper`.

        Examples
        --------
        >>> OfferModel().simulate_gain([0, 26], pairs=500, seed=7)["gain"].round(1).tolist()
        [0.4, 0.1]
        """
        pick(goal, OUTCOMES, "outcome")
        asked = np.atleast_1d(np.asarray(offered, float))
        found = []
        timings = [at_week(week) for week in (np.inf, *asked)]
        for rng, timing in zip(spawn(seed, len(timings)), timings, strict=True):
            spells = self.simulate(pairs, weeks, rng, timing=timing, policy=policy, step=step)
            share = float((spells["next_stage"] == goal).mean())
            error = float(np.sqrt(share * (1 - share) / pairs))
            low, high = (float(limit[0]) for limit in logit([share], [error], level))
            found.append(((share, low, high), error))
        (without, base), rows = found[0], []
        for week, (with_it, error) in zip(asked, found[1:], strict=True):
            value, *limits = difference(with_it, without)
            rows.append((week, with_it[0], value, float(np.hypot(error, base)), *limits))
        columns = ["offered", "share", "gain", "standard_error", "lower", "upper"]
        return pd.DataFrame(rows, columns=columns)

    def randomise(
        self,
        pairs: int = 1_000,
        weeks: float = 26.0,
        seed: Seed | None = None,
        *,
        usual: Timing | None = None,
        tried: Timing | None = None,
        policy: Policy | None = None,
        step: float = 0.25,
    ) -> pd.DataFrame:
        """Draw a trial: a coin decides for each stranger when the offer comes.

        Parameters
        ----------
        pairs : int
            Strangers in all, half to each arm.
        weeks : float
            How long each is observed.
        seed : int, numpy.random.SeedSequence or numpy.random.Generator
            Where the draws come from.
        usual, tried : callable, optional
            Timings of the arms: at random after ten weeks on average, and at first contact.
        policy : callable, optional
            Contact policy of both.
        step : float
            As in `simulate`.

        Returns
        -------
        pandas.DataFrame
            The `spells` contract with `offered_at` and `arm`. Synthetic.

        Examples
        --------
        >>> OfferModel().randomise(pairs=10, seed=7)["arm"].value_counts().tolist()
        [5, 5]
        """
        if pairs < 2:
            raise ValueError(f"pairs is {pairs!r}, but at least 2 are needed, one for each arm.")
        counts = (pairs - pairs // 2, pairs // 2)
        timings = (usual or at_random(10.0), tried or at_week(0))
        mixed, *streams = spawn(seed, 3)
        arms = [
            self.simulate(n, weeks, rng, timing=timing, policy=policy, step=step).assign(arm=name)
            for n, rng, timing, name in zip(counts, streams, timings, ARMS, strict=True)
        ]
        both = pd.concat(arms, ignore_index=True)
        both["pair"] = mixed.permutation(pairs)
        return both.sort_values("pair", ignore_index=True)


def cells(
    model: OfferModel, offered: NDArray, weeks: float, policy: Policy, step: float
) -> tuple[NDArray, NDArray]:
    """Cut each pair's weeks at its offer and in steps, with the hazards of every cell.

    Parameters
    ----------
    model : OfferModel
        The hazards.
    offered : numpy.ndarray of float, shape (n,)
        Weeks of the offers.
    weeks, step : float
        Horizon and longest cell, above 0.
    policy : callable
        The contact policy.

    Returns
    -------
    tuple of numpy.ndarray
        Edges, shape (n, k + 1), and hazards in the middle of the cells, shape (3, n, k).
    """
    edges = cut_at(grid_of(weeks, step), np.minimum(offered, weeks))
    middle = (edges[:, 1:] + edges[:, :-1]) / 2
    volume = contacts_of(policy, middle, np.broadcast_to(offered[:, None], middle.shape))
    return edges, model.hazards(middle, volume)


def _ends(
    edges: NDArray, hazards: NDArray, draw: NDArray, which: NDArray, weeks: float
) -> tuple[NDArray, NDArray]:
    """Give when each pair leaves and by which outcome, -1 for none, from its two draws."""
    total = hazards.sum(axis=0)
    summed = np.cumsum(total * np.diff(edges), axis=1)
    goes = summed[:, -1] >= draw
    cell = np.argmax(summed >= draw[:, None], axis=1)
    row = np.arange(len(cell))
    over = summed[row, cell] - draw
    rate = np.where(goes, total[row, cell], 1.0)
    left = np.where(goes, edges[row, cell + 1] - over / rate, weeks)
    up_to = np.cumsum(hazards[:, row, cell], axis=0) / rate
    cause = (which >= up_to[:-1]).sum(axis=0)
    return left, np.where(goes, cause, -1)
