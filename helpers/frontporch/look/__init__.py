"""The one style of every picture: readable from the back of a room, without colour, without sight.

A picture is drawn inside :func:`style`, its series get their looks from :func:`series`,
:func:`channel` or :func:`stage`, its lines their names from :func:`label_lines`. A lesson's cell
ends with :func:`show`, which gives one picture with alternative text made from its data.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
