"""The one style of every picture: readable from the back of a room, without colour, without sight.

A picture is drawn inside :func:`frame`, which gives it axes with words and units. What is in it
are :func:`curve`, :func:`band` and :func:`dots` with their intervals, :func:`rows`, and lines to
compare with, :func:`reference`; anything else takes its look from :func:`series`, :func:`channel`
or :func:`stage`. A lesson's cell ends with :func:`show`, which gives one picture with alternative
text made from its data.
"""

import logging as _logging
import sys as _sys

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)

if _sys.platform == "emscripten":  # a browser keeps no list of fonts, and would say so each time
    _logging.getLogger("matplotlib.font_manager").setLevel(_logging.ERROR)
