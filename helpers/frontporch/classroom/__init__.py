"""What a class holds in its hands: predictions, checks, controls and the evidence.

It knows no lesson: exercises and outcomes are those of the course that is plugged in, which
:func:`use_course` changes.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
