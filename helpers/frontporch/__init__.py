"""Front Porch: how strangers become friends, friends a community, and a community fans.

>>> from frontporch import data, deepening, look
"""

__version__ = "0.1.0"
