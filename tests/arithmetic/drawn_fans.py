"""What the room `fans` draws and counts."""

from frontporch import fans
from frontporch.course import lesson_07, lesson_08, lesson_09
from frontporch.fans import growth, simulate_orders

BG_NBD = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
PARETO_NBD = {"r": 0.553, "alpha": 10.58, "s": 0.606, "beta": 11.67}
SPEND = {"p": 6.25, "q": 3.74, "v": 15.44}


def _growth():
    return {
        "adopters": lambda: fans.simulate(p=0.03, q=0.4, periods=200, seed=7),
        **{
            f"counts of {curve}": lambda curve=curve: [
                growth.simulate_counts(
                    curve, counts=300, reports=growth.Reports(digits=digits), seed=7
                )
                for digits in (2, None)
            ]
            for curve in ("bass", "logistic", "gompertz", "weibull", "bass_with_churn",
                          "shifted_gompertz")
        },
        "growth worlds": lambda: [
            one.simulate(seed=7) for one in lesson_07.worlds().values()
        ],
    }  # fmt: skip


def _customers():
    return {
        "orders, BG/NBD": lambda: simulate_orders(BG_NBD, 2_000, 39, 7, spend=SPEND),
        "orders, Pareto/NBD": lambda: simulate_orders(
            PARETO_NBD, 2_000, 39, 7, model="pareto_nbd", arrivals=10
        ),
        "customers from orders": lambda: fans.rfm_summary(
            simulate_orders(BG_NBD, 2_000, 39, 7), until=39.0
        ),
        "heavy buyers": lambda: lesson_08.HeavyBuyers().simulate(5_000, seed=7),
    }


def _returns():
    return {
        "funnel": lambda: vars(fans.Funnel(weeks=60).simulate(7)),
        "conversions": lambda: fans.Funnel(weeks=60).simulate(7).weekly(),
        "messages by target": lambda: lesson_08.Messages(people=5_000).simulate(7),
        "fan worlds": lambda: {
            name: one.simulate(5_000, seed=7) for name, one in lesson_08.worlds().items()
        },
        "cohorts": lambda: {
            name: one.simulate(5_000, seed=7) for name, one in lesson_09.cohorts().items()
        },
        "page worlds": lambda: {
            name: one.simulate(5_000, seed=7) for name, one in lesson_09.worlds().items()
        },
        "draws of a quantity": lambda: fans.measured(40, 10, 70, law="log").draw(5_000, _rng()),
    }


def _rng():
    import numpy as np

    return np.random.default_rng(7)


def made():
    """Give what makes each result, by its name."""
    return {**_growth(), **_customers(), **_returns()}
