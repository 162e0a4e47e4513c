"""Many runs of one function: on this machine or a cluster, kept in one file that survives."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
