"""Lesson 7: how brands grow, and what a forecast is worth."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
