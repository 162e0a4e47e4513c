from .day import simulate_posts
from .erlang import Queue, people_needed
from .pictures import plot_answering, plot_load, plot_staffing, plot_waits
from .policy import Answering
from .silent import Voices

__all__ = [
    "Answering",
    "Queue",
    "Voices",
    "people_needed",
    "plot_answering",
    "plot_load",
    "plot_staffing",
    "plot_waits",
    "simulate_posts",
]
