"""Whom to ask first: worlds, certified choices, and what people do by hand beside them."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
