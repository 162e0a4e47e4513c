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

_LATER = {
    "customers": (
        "bg_nbd",
        "fit_customers",
        "fit_spend",
        "holdout",
        "lifetime_value",
        "pareto_nbd",
        "plot_lifetime_value",
        "rfm_summary",
        "simulate_orders",
    ),
    "returns": (
        "Cohort",
        "Funnel",
        "PageAccount",
        "break_even",
        "conversions",
        "customers_won",
        "fixed",
        "lift",
        "measured",
        "plot_lift",
        "supposed",
        "tenure_against_profit",
        "worth_of_a_customer",
    ),
}

__all__ = [
    "Cohort",
    "Forecast",
    "Funnel",
    "Growth",
    "HeldOut",
    "ManyGrowths",
    "PageAccount",
    "PageEvent",
    "Parameter",
    "Prior",
    "bass",
    "bass_with_churn",
    "bg_nbd",
    "break_even",
    "compare_curves",
    "conversions",
    "customers",
    "customers_won",
    "fit",
    "fit_customers",
    "fit_many",
    "fit_spend",
    "fixed",
    "forecast",
    "gompertz",
    "growth",
    "hold_out",
    "holdout",
    "lifetime_value",
    "lift",
    "likelihood_ratio",
    "logistic",
    "measured",
    "pareto_nbd",
    "plot_ceiling_profile",
    "plot_counts",
    "plot_growth",
    "plot_lifetime_value",
    "plot_lift",
    "read_series",
    "returns",
    "rfm_summary",
    "shifted_gompertz",
    "simulate_adopters",
    "simulate_counts",
    "simulate_orders",
    "spoken_count",
    "supposed",
    "tenure_against_profit",
    "understand_counts",
    "weak_prior",
    "weibull",
    "worth_of_a_customer",
]


def __getattr__(name: str) -> object:
    """Bring customers and returns in when asked for: scipy's optimisers take long to import."""
    import importlib

    for room, names in _LATER.items():
        if name == room or name in names:
            found = importlib.import_module(f".{room}", __name__)
            return found if name == room else getattr(found, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List what there is, brought in or not."""
    return sorted({*globals(), *__all__})
