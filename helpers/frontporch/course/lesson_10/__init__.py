"""A year on Main Street: one shop, its decisions round by round, and what luck had to do."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
