"""Front porches and fortresses: how far word goes without neighbors, and with online."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
