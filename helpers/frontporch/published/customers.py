"""Customers and shares of people: models of purchasing, and intervals of a difference."""

from frontporch import data
from frontporch.fans import customers
from frontporch.fans.returns.shares import share_difference


def bg_nbd() -> dict[str, float]:
    """Fit BG/NBD to the customers of CDNOW."""
    found = customers.fit_customers(data.load("cdnow"))
    return {**found.parameters, "log-likelihood": found.log_likelihood}


def pareto_nbd() -> dict[str, float]:
    """Fit Pareto/NBD to the customers of CDNOW."""
    found = customers.fit_customers(data.load("cdnow"), "pareto_nbd")
    return {**found.parameters, "log-likelihood": found.log_likelihood}


def pareto_nbd_errors() -> dict[str, float]:
    """Give the standard errors of Pareto/NBD for the customers of CDNOW."""
    found = customers.fit_customers(data.load("cdnow"), "pareto_nbd").summary()
    return dict(zip(found["parameter"], found["standard_error"], strict=True))


def mbg_nbd() -> dict[str, float]:
    """Fit MBG/NBD, in which a customer may leave after the first purchase, to CDNOW."""
    return dict(customers.fit_customers(data.load("cdnow"), "mbg_nbd").parameters)


def gamma_gamma() -> dict[str, float]:
    """Fit Gamma-Gamma to what the customers of CDNOW spent who bought again."""
    found = customers.fit_spend(data.load("cdnow"))
    return {**found.parameters, "customers": found.customers}


def difference_of_shares() -> dict[str, float]:
    """Give the limits of a difference of two shares by Newcombe's method 10."""
    found = {}
    pairs = [((56, 70), (48, 80)), ((9, 10), (3, 10)), ((10, 10), (0, 10)), ((10, 10), (0, 20))]
    for one, other in pairs:
        name = f"{one[0]} of {one[1]} less {other[0]} of {other[1]}"
        _, found[f"{name}, lower"], found[f"{name}, upper"] = share_difference(one, other)
    return found
