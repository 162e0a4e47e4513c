"""What a page of picked letters tells of a shop: shops of any quality show the same letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .letters import Quality, believed_quality, draw_letters

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SPREAD, PRIOR_MEAN, PRIOR_SPREAD = 1.5, 5.0, 2.0
"""Marks from about 0 to 10: how far customers differ, and what a reader expects of any shop."""


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
        rows.append((
            float(one), len(every), len(shown), shown.mean() if len(shown) else np.nan,
            believed(shown).mean, knowing.mean, *knowing.interval(),
        ))  # fmt: skip
    columns = ["quality", "written", "shown", "mean shown", "naive", "knowing", "lower", "upper"]
    return pd.DataFrame(rows, columns=columns)
