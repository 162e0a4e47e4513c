"""How a brand's fans grow, and what they are worth."""

from . import growth
from .growth import (
    Forecast,
    Growth,
    HeldOut,
    ManyGrowths,
    PageEvent,
    Parameter,
    Prior,
    bass,
    bass_with_churn,
    compare_curves,
    fit,
    fit_many,
    forecast,
    gompertz,
    hold_out,
    likelihood_ratio,
    logistic,
    plot_ceiling_profile,
    plot_counts,
    plot_growth,
    read_series,
    shifted_gompertz,
    simulate_adopters,
    simulate_counts,
    spoken_count,
    understand_counts,
    weak_prior,
    weibull,
)

_OF_CUSTOMERS = (
    "CustomerEstimate",
    "HoldOut",
    "SpendEstimate",
    "customers_from_orders",
    "discounted_purchases",
    "fit_customers",
    "fit_spend",
    "lifetime_value",
    "plot_holdout",
    "plot_lifetime_value",
    "plot_mean_purchases",
    "simulate_orders",
    "value_of_a_new_customer",
)

__all__ = [
    "CustomerEstimate",
    "Forecast",
    "Growth",
    "HeldOut",
    "HoldOut",
    "ManyGrowths",
    "PageEvent",
    "Parameter",
    "Prior",
    "SpendEstimate",
    "bass",
    "bass_with_churn",
    "compare_curves",
    "customers",
    "customers_from_orders",
    "discounted_purchases",
    "fit",
    "fit_customers",
    "fit_many",
    "fit_spend",
    "forecast",
    "gompertz",
    "growth",
    "hold_out",
    "lifetime_value",
    "likelihood_ratio",
    "logistic",
    "plot_ceiling_profile",
    "plot_counts",
    "plot_growth",
    "plot_holdout",
    "plot_lifetime_value",
    "plot_mean_purchases",
    "read_series",
    "returns",
    "shifted_gompertz",
    "simulate_adopters",
    "simulate_counts",
    "simulate_orders",
    "spoken_count",
    "understand_counts",
    "value_of_a_new_customer",
    "weak_prior",
    "weibull",
]


def __getattr__(name: str) -> object:
    """Bring customers and returns in when asked for: scipy's optimisers take long to import."""
    import importlib

    if name == "returns":
        return importlib.import_module(".returns", __name__)
    if name == "customers" or name in _OF_CUSTOMERS:
        room = importlib.import_module(".customers", __name__)
        return room if name == "customers" else getattr(room, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List what there is, brought in or not."""
    return sorted({*globals(), *__all__})
