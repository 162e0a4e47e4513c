"""Give and take: who opens up to whom, how deep, and whether one message calls for another."""

from .answering import AnsweringTest, test_answering
from .disclosure import Disclosure
from .events import Events
from .hawkes import Hawkes
from .hawkes_fit import HawkesEstimate, fit_hawkes
from .policy import by_the_script, in_kind, once_told
from .rescaling import goodness, rescaled_gaps

__all__ = [
    "AnsweringTest",
    "Disclosure",
    "Events",
    "Hawkes",
    "HawkesEstimate",
    "by_the_script",
    "fit_hawkes",
    "goodness",
    "in_kind",
    "once_told",
    "rescaled_gaps",
    "test_answering",
]
