"""What it takes to answer everything, what it brings, and what posts tell of the silent."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
