"""The shop on Main Street: the three subjects in one year, and the market of several shops."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
