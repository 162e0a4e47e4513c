from .comparison import compare, names

__all__ = ["compare", "names"]
