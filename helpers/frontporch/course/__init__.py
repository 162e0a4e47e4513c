"""The lessons of Front Porch: what one lesson alone needs, in a room of its own."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
