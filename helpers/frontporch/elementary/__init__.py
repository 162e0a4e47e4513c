"""Exponentials and logarithms with the same bits on every processor.

What numpy and the system compute differs in the last bits from processor to processor. Here
they are put together from operations that IEEE 754 defines to the bit (+ − × ÷, comparisons,
and shifts of the exponent), so that what is drawn with them is the same on every machine.
Simulations use them; estimates, which pass through linear algebra anyway, use numpy's.

Source: fdlibm (Sun Microsystems 1993; Ng, Kahan). Errors are at most 2 units in the last place.
"""

from .exponentials import exp, expm1, tanh
from .logarithms import log, log1p, log_of_one
from .powers import power, whole_power

__all__ = ["exp", "expm1", "log", "log1p", "log_of_one", "power", "tanh", "whole_power"]
