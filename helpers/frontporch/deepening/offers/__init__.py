"""When should the shop offer to keep in touch? Offers in time, and what they do to whom."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
