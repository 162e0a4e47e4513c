"""The elementary functions themselves, over the whole range and at its ends."""

import numpy as np

from frontporch import elementary

ENDS = [0.0, -0.0, 1.0, -1.0, 5e-324, 2.0**-1022, 709.7, -745.1, np.inf, -np.inf, np.nan]


def made():
    """Give what makes each result, by its name."""
    rng = np.random.default_rng(7)
    wide = np.concatenate([rng.normal(size=20_000), rng.uniform(-700, 700, 5_000), ENDS])
    far = np.ldexp(rng.random(5_000), rng.integers(-1_000, 1_000, 5_000))
    many = np.concatenate([np.abs(wide), far])
    return {
        "exp": lambda: elementary.exp(wide),
        "expm1": lambda: elementary.expm1(wide),
        "tanh": lambda: elementary.tanh(wide),
        "log": lambda: elementary.log(many),
        "log1p": lambda: elementary.log1p(many),
        "power": lambda: elementary.power(many[: len(wide)], wide / 100),
    }
