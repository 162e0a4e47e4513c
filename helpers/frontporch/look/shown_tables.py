"""A table for reading, beside the pictures: see `frontporch.rounding.table`."""

from ..rounding.table import table

__all__ = ["table"]
