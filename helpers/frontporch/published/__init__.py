"""Published numbers, and what the kit gives for them.

>>> from frontporch import published
>>> "karate_club" in published.names()
True
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
