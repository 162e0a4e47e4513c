from .answering import answering_test
from .disclosure import Disclosure
from .events import Events
from .hawkes import Hawkes
from .hawkes_fit import fit_hawkes
from .pictures import plot_path
from .policy import by_the_script, in_kind, once_told

__all__ = [
    "Disclosure",
    "Events",
    "Hawkes",
    "answering_test",
    "by_the_script",
    "fit_hawkes",
    "in_kind",
    "once_told",
    "plot_path",
]
