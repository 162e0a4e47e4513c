"""Growth curves: estimates of textbook series, each by the estimator that was used."""

import numpy as np

from frontporch import data
from frontporch.fans import growth
from frontporch.fans.growth.priors import PUBLISHED_MEAN

SERIES = {
    "air conditioners": "room_air_conditioners",
    "color television": "color_television",
    "clothes dryers": "clothes_dryers",
}


def _sold(series):
    return data.load("bass_classics").query("series == @series")


def _table(series, estimator):
    found = growth.fit(_sold(series), growth.bass, estimator=estimator, prior=None)
    return found.summary().set_index("parameter").loc[["ceiling", "p", "q"]]


def bass_per_period() -> dict[str, float]:
    """Fit sales year by year by nonlinear least squares, without priors."""
    found: dict[str, float] = {}
    for name, series in SERIES.items():
        for row in _table(series, "per-period").itertuples():
            found[f"{name}, {row.Index}"] = row.estimate
            found[f"{name}, error of {row.Index}"] = row.standard_error
    return found


def bass_density() -> dict[str, float]:
    """Fit sales of video recorders by the density of the Bass curve, without priors."""
    found: dict[str, float] = {}
    for row in _table("vcr_us", "density").itertuples():
        found[row.Index] = row.estimate
        found[f"error of {row.Index}"] = row.standard_error
    return found


def bass_regression() -> dict[str, float | None]:
    """Regress sales on the total and its square."""
    found: dict[str, float | None] = {}
    for name, series in SERIES.items():
        fitted = growth.fit(_sold(series), growth.bass, estimator="Bass regression")
        found[f"{name}, p"] = fitted.parameters["p"]
        found[f"{name}, q"] = fitted.parameters["q"]
        found[f"{name}, R squared"] = fitted.estimate.r_squared
    return found


def meta_analysis() -> dict[str, float]:
    """Give the center of the weak priors."""
    return dict(PUBLISHED_MEAN)


def starbucks() -> dict[str, float]:
    """Fit two curves to the log totals of one brand's fans, without priors."""
    counts = data.load("brand_fans").query(
        "brand == 'Starbucks' and platform == 'Facebook' and confidence != 'low'"
    )
    found: dict[str, float] = {"counts": len(counts)}
    for curve in (growth.logistic, growth.gompertz):
        fitted = growth.fit(counts, curve, estimator="log totals", prior=None)
        off = np.log(fitted.fitted()["counted"] / fitted.fitted()["curve"])
        found[f"ceiling, {curve.__name__}"] = fitted.ceiling
        found[f"mean error of logs, {curve.__name__}"] = np.sqrt((off**2).mean())
    return found
