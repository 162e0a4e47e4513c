"""Front Porch: how strangers become friends, friends a community, and a community fans.

>>> import frontporch as fp
>>> "community" in dir(fp)
True
"""

import lazy_loader as _lazy

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
