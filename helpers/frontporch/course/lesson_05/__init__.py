"""What a testimonial is worth: from friends, from strangers, and from the shop itself."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
