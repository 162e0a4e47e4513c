"""What the room `fans` draws and counts."""

from frontporch import fans
from frontporch.fans import growth, returns
from frontporch.fans.customers import simulate_orders

BG_NBD = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
PARETO_NBD = {"r": 0.553, "alpha": 10.58, "s": 0.606, "beta": 11.67}
SPEND = {"p": 6.25, "q": 3.74, "v": 15.44}


def _growth():
    return {
        "adopters": lambda: fans.simulate_adopters(p=0.03, q=0.4, periods=200, seed=7),
        **{
            f"counts of {curve}": lambda curve=curve: [
                fans.simulate_counts(curve, counts=300, digits=digits, seed=7)
                for digits in (2, None)
            ]
            for curve in ("bass", "logistic", "gompertz", "weibull", "bass_with_churn",
                          "shifted_gompertz")
        },
        "growth worlds": lambda: [one.simulate(seed=7) for one in growth.two_growth_worlds()],
    }  # fmt: skip


def _customers():
    return {
        "orders, BG/NBD": lambda: simulate_orders(BG_NBD, 2_000, 39, 7, spend=SPEND),
        "orders, Pareto/NBD": lambda: simulate_orders(
            PARETO_NBD, 2_000, 39, 7, model="Pareto/NBD", arrivals=10
        ),
        "customers from orders": lambda: fans.customers_from_orders(
            simulate_orders(BG_NBD, 2_000, 39, 7), until=39.0
        ),
        "heavy buyers": lambda: returns.HeavyBuyers().simulate(5_000, seed=7),
    }


def _returns():
    return {
        "funnel": lambda: vars(returns.Funnel(weeks=60).simulate(7)),
        "conversions": lambda: returns.Funnel(weeks=60).simulate(7).weekly(),
        "messages by target": lambda: returns.Messages(people=5_000).simulate(7),
        "fan worlds": lambda: {
            name: one.simulate(5_000, seed=7) for name, one in returns.two_fan_worlds().items()
        },
        "cohorts": lambda: {
            name: one.simulate(5_000, seed=7) for name, one in returns.two_cohorts().items()
        },
        "page worlds": lambda: {
            name: one.simulate(5_000, seed=7) for name, one in returns.two_profit_worlds().items()
        },
        "draws of a quantity": lambda: returns.measured(40, 10, 70, law="log").draw(5_000, _rng()),
    }


def _rng():
    import numpy as np

    return np.random.default_rng(7)


def made():
    """Give what makes each result, by its name."""
    return {**_growth(), **_customers(), **_returns()}
