from .backtesting import Backtest, backtest
from .comparison import CurveComparison, compare, likelihood_ratio
from .counts import read_counts
from .curves import bass, bass_with_churn, gompertz, logistic, shifted_gompertz, weibull
from .fitted_growth import Growth
from .fitting import fit
from .forecasting import Forecast, forecast
from .many_series import ManyGrowths, fit_many
from .parsing import parse_counts
from .pictures import plot_counts
from .priors import Prior
from .series import PageEvent, Series
from .simulation import Reports, simulate, simulate_counts

__all__ = [
    "Backtest",
    "CurveComparison",
    "Forecast",
    "Growth",
    "ManyGrowths",
    "PageEvent",
    "Prior",
    "Reports",
    "Series",
    "backtest",
    "bass",
    "bass_with_churn",
    "compare",
    "fit",
    "fit_many",
    "forecast",
    "gompertz",
    "likelihood_ratio",
    "logistic",
    "parse_counts",
    "plot_counts",
    "read_counts",
    "shifted_gompertz",
    "simulate",
    "simulate_counts",
    "weibull",
]
