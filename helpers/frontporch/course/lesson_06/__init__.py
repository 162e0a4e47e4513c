"""Join in, or push: what each brings at equal cost, and who would have come anyway."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
