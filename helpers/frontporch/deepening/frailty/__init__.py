"""Hidden differences: what nobody sees of people, and what it does to what is seen of all."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
