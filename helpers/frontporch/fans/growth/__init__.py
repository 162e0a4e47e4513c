"""How a brand's fans grow: curves, fits with honest intervals, forecasts beside baselines."""

from .bootstrap import Bootstrap
from .compare import CurveComparison, NestedTest, compare_curves, likelihood_ratio
from .curves import bass, bass_with_churn, gompertz, logistic, shifted_gompertz, weibull
from .estimate import Growth
from .events import PageEvent
from .fit import fit
from .forecast import Forecast, forecast
from .hold_out import HeldOut, hold_out
from .many import ManyGrowths, fit_many
from .parameters import Parameter
from .pictures import plot_ceiling_profile, plot_counts, plot_growth
from .priors import Prior, weak_prior
from .profile import CeilingProfile
from .reading import read_series
from .series import Series
from .simulate import simulate_adopters, simulate_counts
from .spoken import spoken_count, understand_counts

__all__ = [
    "Bootstrap",
    "CeilingProfile",
    "CurveComparison",
    "Forecast",
    "Growth",
    "HeldOut",
    "ManyGrowths",
    "NestedTest",
    "PageEvent",
    "Parameter",
    "Prior",
    "Series",
    "bass",
    "bass_with_churn",
    "compare_curves",
    "fit",
    "fit_many",
    "forecast",
    "gompertz",
    "hold_out",
    "likelihood_ratio",
    "logistic",
    "plot_ceiling_profile",
    "plot_counts",
    "plot_growth",
    "read_series",
    "shifted_gompertz",
    "simulate_adopters",
    "simulate_counts",
    "spoken_count",
    "understand_counts",
    "weak_prior",
    "weibull",
]
