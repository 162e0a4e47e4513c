from .alternative_text import alt_text, set_alt_text
from .contrast import readable
from .diagram import draw_stages
from .direct_labels import label_lines
from .display import drawn, picture, ready, show
from .framing import axes, band, curve, dots, frame, reference, rows
from .house_style import style
from .scales import hours_axis, percent_axis
from .series_looks import channel, palette, series, stage
from .shown_tables import table

__all__ = [
    "alt_text",
    "axes",
    "band",
    "channel",
    "curve",
    "dots",
    "draw_stages",
    "drawn",
    "frame",
    "hours_axis",
    "label_lines",
    "palette",
    "percent_axis",
    "picture",
    "readable",
    "ready",
    "reference",
    "rows",
    "series",
    "set_alt_text",
    "show",
    "stage",
    "style",
    "table",
]
