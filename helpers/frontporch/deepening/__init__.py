"""How fast a relationship goes from stranger to friend, online and offline."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
