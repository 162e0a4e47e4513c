from .estimate import fit_panel, fitted_looks
from .looks import snapshots
from .observations import read_snapshots
from .pictures import plot_intervals
from .thinning import by_interval, crude_rates

__all__ = [
    "by_interval",
    "crude_rates",
    "fit_panel",
    "fitted_looks",
    "plot_intervals",
    "read_snapshots",
    "snapshots",
]
