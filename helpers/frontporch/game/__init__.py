"""A year on Main Street: teams run rival shops in one town whose rules they have to find out."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
