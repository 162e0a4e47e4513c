"""From a raw log of interactions to encounters, exchanges, spells and life tables."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
