"""What is known to differ between kinds of arithmetic: the comparison must find it."""

import numpy as np


def made():
    """Give a product of matrices and numpy's own exponentials."""
    rng = np.random.default_rng(7)
    square, line = rng.normal(size=(64, 64)), rng.normal(size=20_000)
    return {"product": lambda: square @ square, "exponentials": lambda: np.exp(line)}
