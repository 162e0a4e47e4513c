"""Does the model fit? Time run so fast that messages should come as at random."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .hawkes_fit import HawkesEstimate


def rescaled_gaps(estimate: HawkesEstimate) -> pd.DataFrame:
    """Give the gaps between messages on a clock on which one message an hour is expected.

    Parameters
    ----------
    estimate : HawkesEstimate
        What `fit_hawkes` returns.

    Returns
    -------
    pandas.DataFrame
        One row a message: `who`, `gap`. Under the model gaps are exponential with mean 1 and
        independent. Pairs stand one behind the other on the clock, so that no gap is cut off
        at a pair's end.

    Notes
    -----
    Source: Brown et al. (2002), The time-rescaling theorem, Neural Computation 14:325-346.

    Examples
    --------
    >>> from frontporch.deepening.reciprocity.hawkes import Hawkes
    >>> from frontporch.deepening.reciprocity.hawkes_fit import fit_hawkes
    >>> pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
    >>> gaps = rescaled_gaps(fit_hawkes(pair.events(2_000, seed=7)))
    >>> bool(0.95 < gaps["gap"].mean() < 1.05)
    True
    """
    events = estimate.events
    at_events, at_end = estimate.likelihood.compensator(estimate.numbers)
    parts = []
    for k, name in enumerate(estimate.hawkes.names):
        before = np.append(0.0, np.cumsum(at_end[k]))[:-1]
        mine = events.who == k
        clock = before[events.pair[mine]] + at_events[k, mine]
        parts.append(pd.DataFrame({"who": name, "gap": np.diff(clock, prepend=0.0)}))
    return pd.concat(parts, ignore_index=True)


def goodness(estimate: HawkesEstimate) -> pd.DataFrame:
    """Test whether the rescaled gaps are exponential, person by person.

    Parameters
    ----------
    estimate : HawkesEstimate
        What `fit_hawkes` returns.

    Returns
    -------
    pandas.DataFrame
        Indexed by who: `messages`, `distance` (Kolmogorov-Smirnov) and `p_value`. The numbers
        were fitted to the same messages, so the p-value is rather too large: a small one
        says that the model does not fit, a large one says little.
    """
    from scipy.stats import kstest

    rows = {}
    for name, gaps in rescaled_gaps(estimate).groupby("who", sort=False)["gap"]:
        found = kstest(gaps, "expon")
        rows[name] = {
            "messages": len(gaps), "distance": float(found.statistic),
            "p_value": float(found.pvalue),
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("who")
