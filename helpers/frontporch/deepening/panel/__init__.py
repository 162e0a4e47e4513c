"""Rates from snapshots: what is known of pairs that are looked at now and then."""

from .estimate import PanelEstimate, fit_panel
from .goodness import fitted_looks
from .likelihood import PanelLikelihood
from .observations import Observations, read_snapshots
from .pictures import plot_intervals, plot_looks
from .snapshots import snapshots
from .thinning import by_interval, crude_rates
from .transition import transition_matrix
from .worlds import LookedAt, readings, two_worlds_of_looks

__all__ = [
    "LookedAt",
    "Observations",
    "PanelEstimate",
    "PanelLikelihood",
    "by_interval",
    "crude_rates",
    "fit_panel",
    "fitted_looks",
    "plot_intervals",
    "plot_looks",
    "read_snapshots",
    "readings",
    "snapshots",
    "transition_matrix",
    "two_worlds_of_looks",
]
