"""What if: pictures of the door from plain numbers, for controls that redraw them."""

from .pictures import plot_contacts, plot_door, plot_power, plot_trap

__all__ = ["plot_contacts", "plot_door", "plot_power", "plot_trap"]
