"""Several brands side by side."""

from .pictures import plot_brands

__all__ = ["plot_brands"]
