"""The one style of every picture: readable from the back of a room, without colour, without sight.

A picture is drawn inside :func:`style`, its series get their looks from :func:`series`,
:func:`channel` or :func:`stage`, its lines their names from :func:`label_lines`. A lesson's cell
ends with :func:`show`, which gives one picture with alternative text made from its data.
"""

from .alternative_text import alt_text, set_alt_text
from .contrast import contrast_ratio, readable
from .diagram import draw_stages
from .direct_labels import label_lines
from .display import Picture, axes, drawn, picture, ready, show
from .house_style import style
from .scales import duration, hours_axis, percent_axis
from .series_looks import Look, channel, palette, series, stage
from .table import table

__all__ = [
    "Look",
    "Picture",
    "alt_text",
    "axes",
    "channel",
    "contrast_ratio",
    "draw_stages",
    "drawn",
    "duration",
    "hours_axis",
    "label_lines",
    "palette",
    "percent_axis",
    "picture",
    "readable",
    "ready",
    "series",
    "set_alt_text",
    "show",
    "stage",
    "style",
    "table",
]
