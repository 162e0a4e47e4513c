from .alternative_text import alt_text, set_alt_text
from .contrast import contrast_ratio, readable
from .diagram import draw_stages
from .direct_labels import label_lines
from .display import Picture, drawn, picture, ready, show
from .framing import axes, band, curve, dots, frame, reference, rows
from .house_style import style
from .scales import duration, hours_axis, percent_axis
from .series_looks import Look, channel, palette, series, stage
from .shown_tables import table

__all__ = [
    "Look",
    "Picture",
    "alt_text",
    "axes",
    "band",
    "channel",
    "contrast_ratio",
    "curve",
    "dots",
    "draw_stages",
    "drawn",
    "duration",
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
