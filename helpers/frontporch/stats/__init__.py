"""What several subjects estimate with: how long until something happens, and to how many."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
