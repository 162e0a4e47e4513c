"""What it takes to answer everything, what it brings, and what posts tell of the silent."""

from .day import reply_latency, simulate_posts
from .erlang import Queue, erlang_b, erlang_c, halfin_whitt, people_needed, square_root_people
from .pictures import plot_answering, plot_load, plot_staffing, plot_waits
from .policy import Answering
from .silent import Voices, answered_and_returned

__all__ = [
    "Answering",
    "Queue",
    "Voices",
    "answered_and_returned",
    "erlang_b",
    "erlang_c",
    "halfin_whitt",
    "people_needed",
    "plot_answering",
    "plot_load",
    "plot_staffing",
    "plot_waits",
    "reply_latency",
    "simulate_posts",
    "square_root_people",
]
