"""What fans are worth: the funnel, the lift an experiment finds, and the cash register."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
