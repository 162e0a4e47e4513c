"""Join in, or push: what each brings at equal cost."""

from .budgets import WAYS, by_budget
from .contact import KINDS, Contact
from .pictures import plot_by_budget, plot_by_reply, plot_who_brought
from .replies import by_reply
from .worlds import ContactWorld, two_contact_worlds

__all__ = [
    "KINDS",
    "WAYS",
    "Contact",
    "ContactWorld",
    "by_budget",
    "by_reply",
    "plot_by_budget",
    "plot_by_reply",
    "plot_who_brought",
    "two_contact_worlds",
]
