"""What a page of picked letters says of a shop: shops of any quality show the same letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...result import Result
from ...rounding import as_given
from ...streams import Seed, generator

if TYPE_CHECKING:
    import pandas as pd

GRID = 4_001
SPREAD, PRIOR_MEAN, PRIOR_SPREAD = 1.5, 5.0, 2.0
"""Marks from about 0 to 10: how far customers differ, and what a reader expects of any shop."""


@dataclass(frozen=True, eq=False)
class Quality(Result):
    """What a reader believes about quality after some letters.

    Parameters
    ----------
    quality : numpy.ndarray of float, shape (grid,)
        Values that quality can have.
    density : numpy.ndarray of float, shape (grid,)
        Posterior density of each.
    letters : int
        How many letters were read.
    above : float
        Opinion from which the firm shows a letter; −inf if it shows all.
    """

    quality: NDArray[np.float64]
    density: NDArray[np.float64]
    letters: int
    above: float

    @property
    def mean(self) -> float:
        """Posterior mean."""
        return float(np.average(self.quality, weights=self.density))

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Give the central interval that holds this share of the posterior."""
        if not 0 < level < 1:
            raise ValueError(f"level is {level}, but a share between 0 and 1 is needed.")
        upto = np.cumsum(self.density) / self.density.sum()
        tails = ((1 - level) / 2, (1 + level) / 2)
        lower, upper = np.interp(tails, upto, self.quality)
        return float(lower), float(upper)

    def summary(self, level: float = 0.95) -> pd.DataFrame:
        """Show the mean with its interval."""
        import pandas as pd

        lower, upper = self.interval(level)
        read = "shown all" if np.isneginf(self.above) else f"shown from {as_given(self.above)} up"
        row = {"letters": self.letters, "read as": read, "mean": self.mean}
        return pd.DataFrame([row | {"lower": lower, "upper": upper}])


def draw_letters(
    customers: int, quality: float, spread: float = 1.0, *, above: float = -np.inf, seed: Seed
) -> NDArray[np.float64]:
    """Draw opinions of customers, and keep those that a firm would show.

    Parameters
    ----------
    customers : int
        How many write a letter.
    quality, spread : float
        Mean and standard deviation of opinions, which are normal.
    above : float
        Opinion from which a letter is shown.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Examples
    --------
    >>> letters = draw_letters(200, quality=0.0, above=1.0, seed=7)
    >>> bool(letters.min() >= 1.0), len(letters) < 60
    (True, True)
    """
    if customers < 1 or not spread > 0:
        raise ValueError("customers is from 1 up, and spread above 0.")
    opinions = generator(seed).normal(quality, spread, customers)
    return opinions[opinions >= above]


def believed_quality(
    letters: ArrayLike,
    spread: float = 1.0,
    *,
    above: float = -np.inf,
    prior_mean: float = 0.0,
    prior_spread: float = 2.0,
) -> Quality:
    """Read letters by Bayes' rule, knowing (or not) that only elated ones are shown.

    Parameters
    ----------
    letters : array_like of float
        Opinions that were shown.
    spread : float
        Standard deviation of opinions, above 0.
    above : float
        Opinion from which the reader takes letters to be shown; −inf reads them as if all were.
    prior_mean, prior_spread : float
        What the reader believed of quality before: normal.

    Returns
    -------
    Quality

    Raises
    ------
    ValueError
        If a letter lies below `above`, which the reader takes to be impossible.

    Notes
    -----
    Each letter x counts as φ((x − q)/σ) / (1 − Φ((a − q)/σ)): a truncated normal sample.

    Examples
    --------
    >>> letters = draw_letters(2_000, quality=0.0, above=1.0, seed=7)
    >>> naive, knowing = believed_quality(letters), believed_quality(letters, above=1.0)
    >>> naive.mean > 1.4, abs(knowing.mean) < 0.4
    (True, True)
    """
    from scipy import special

    values = np.asarray(letters, float).ravel()
    if not (spread > 0 and prior_spread > 0):
        raise ValueError("spread and prior_spread are above 0.")
    if not np.isfinite(values).all():
        raise ValueError("letters holds something that is not a number.")
    if len(values) and values.min() < above:
        raise ValueError(
            f"a letter of {as_given(values.min())} is shown, below {as_given(above)}: lower "
            "`above`."
        )
    reach = 8 * prior_spread
    quality = np.linspace(prior_mean - reach, prior_mean + reach, GRID)
    log = -((quality - prior_mean) ** 2) / (2 * prior_spread**2)
    if len(values):
        centred = (values.mean() - quality) ** 2
        log = log - len(values) * centred / (2 * spread**2)
    if np.isfinite(above):
        log = log - len(values) * special.log_ndtr((quality - above) / spread)
    return Quality(quality, np.exp(log - log.max()), len(values), float(above))


def written_and_shown(
    quality: float, above: float, written: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the marks of all letters, and of those that the shop shows."""
    every = draw_letters(written, quality, SPREAD, seed=seed)
    return every, every[every >= above]


def believed(shown: NDArray[np.float64], above: float | None = None) -> Quality:
    """Give what a reader believes who takes letters to be shown from a mark up, or all."""
    known = {} if above is None else {"above": above}
    return believed_quality(
        shown, SPREAD, prior_mean=PRIOR_MEAN, prior_spread=PRIOR_SPREAD, **known
    )


def letters_shown(
    quality: float | Sequence[float] = (4, 5, 6, 7, 8),
    above: float = 8.0,
    written: int = 200,
    seed: int = 3,
) -> pd.DataFrame:
    """Compare shops by the letters that they show.

    Parameters
    ----------
    quality : float or sequence of float
        Mean mark of each shop's customers, from about 0 to 10. Synthetic.
    above : float
        Mark from which a letter is shown.
    written : int
        How many letters each shop has.
    seed : int
        Where the letters come from; the same customers, happier or less so, in each shop.

    Returns
    -------
    pandas.DataFrame
        One row a shop: `quality`, `written`, `shown` (letters), `mean shown` (mark; missing
        where none is shown), `naive` (what a reader believes who takes the letters for all that
        were written), `knowing` (who knows from which mark on they are shown), and `lower` and
        `upper`, between which the latter believes quality to lie, 95 % sure.

    Examples
    --------
    >>> letters_shown([5, 7])["shown"].tolist()
    [7, 56]
    """
    import pandas as pd

    rows = []
    for one in np.atleast_1d(quality):
        every, shown = written_and_shown(float(one), above, written, seed)
        knowing = believed(shown, above)
        mean_shown = shown.mean() if len(shown) else np.nan
        means = mean_shown, believed(shown).mean, knowing.mean
        rows.append((float(one), len(every), len(shown), *means, *knowing.interval()))
    columns = ["quality", "written", "shown", "mean shown", "naive", "knowing", "lower", "upper"]
    return pd.DataFrame(rows, columns=columns)
