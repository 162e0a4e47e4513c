"""Which advice pays, and when: what profit depends on, and which act is best in many towns."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
