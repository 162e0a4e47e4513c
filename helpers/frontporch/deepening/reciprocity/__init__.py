"""Give and take: who opens up to whom, how deep, and whether one message calls for another."""

from .answering import AnsweringTest, test_answering
from .disclosure import Disclosure
from .events import Events
from .hawkes import Hawkes
from .hawkes_fit import HawkesEstimate, fit_hawkes
from .opening import Opening, conversations, who_opens
from .pictures import plot_depths, plot_messages, plot_path, plot_phase, plot_who_opens
from .policy import by_the_script, in_kind, once_told
from .rescaling import goodness, rescaled_gaps
from .worlds import AnsweringWorld, answering_worlds, readings

__all__ = [
    "AnsweringTest",
    "AnsweringWorld",
    "Disclosure",
    "Events",
    "Hawkes",
    "HawkesEstimate",
    "Opening",
    "answering_worlds",
    "by_the_script",
    "conversations",
    "fit_hawkes",
    "goodness",
    "in_kind",
    "once_told",
    "plot_depths",
    "plot_messages",
    "plot_path",
    "plot_phase",
    "plot_who_opens",
    "readings",
    "rescaled_gaps",
    "test_answering",
    "who_opens",
]
