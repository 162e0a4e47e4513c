"""Front Porch: how strangers become friends, friends a community, and a community fans.

>>> import frontporch as fp
>>> "community" in dir(fp)
True
"""

import copyreg as _copyreg
import importlib as _importlib

import lazy_loader as _lazy

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)


def _by_name(room):
    return _importlib.import_module, (room.__name__,)


# A room is sent to another process by its name, as modules are; this class of them is not.
if hasattr(_lazy, "_ShadowGuardModule"):
    _copyreg.pickle(_lazy._ShadowGuardModule, _by_name)
