"""Rates from snapshots: what is known of pairs that are looked at now and then."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
