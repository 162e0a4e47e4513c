"""Customers of data sets of R's packages, read from the folder of `r_data`."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd

from frontporch.fans import customers

from .r_data import table

LAST_DAY = "2006-12-31"
"""The first 104 weeks are fitted, as the authors of the data set do."""


@functools.cache
def _apparel() -> pd.DataFrame:
    return customers.rfm_summary(
        table("apparelTrans"), LAST_DAY, customer="Id", time="Date", value="Price"
    )


def apparel_pareto_nbd() -> dict[str, float]:
    """Fit Pareto/NBD to 600 customers of a clothes shop."""
    found = customers.fit_customers(_apparel(), "pareto_nbd")
    errors = found.summary().set_index("parameter")["standard_error"]
    return {
        "customers": len(_apparel()),
        **found.parameters,
        **{f"error of {name}": error for name, error in errors.items()},
        "log-likelihood": found.log_likelihood,
    }


def apparel_bg_nbd() -> dict[str, float]:
    """Fit BG/NBD to the same customers."""
    found = customers.fit_customers(_apparel(), "bg_nbd")
    return {**found.parameters, "log-likelihood": found.log_likelihood}


def apparel_gamma_gamma() -> dict[str, float]:
    """Fit Gamma-Gamma to what those of them spent who bought again."""
    found = customers.fit_spend(_apparel())
    return {**found.parameters, "log-likelihood": found.log_likelihood}


def apparel_covariates() -> dict[str, float]:
    """Fit Pareto/NBD with gender and the channel of acquisition of the same customers."""
    who = table("apparelStaticCov")
    both = _apparel().astype({"Id": str}).merge(who.astype({"Id": str}), on="Id")
    fitted = customers.fit_customers(both, "pareto_nbd", covariates=["Gender", "Channel"])
    found = fitted.summary().set_index("parameter")["estimate"]
    effects = [name for name in found.index if ", " in name]
    return {
        **found.drop(effects),
        **np.log(found[effects]),
        "log-likelihood": fitted.log_likelihood,
    }
