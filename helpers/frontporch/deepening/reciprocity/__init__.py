"""Give and take: who opens up to whom, how deep, and whether one message calls for another."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
