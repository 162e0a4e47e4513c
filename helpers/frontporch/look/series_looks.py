"""Seven looks that are told apart by colour, and as well without: line, marker and hatch."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Look:
    """How one series looks.

    Parameters
    ----------
    name
        What the colour is called.
    color
        Hex string; at least 3:1 against white.
    linestyle
        matplotlib's: a string, or an offset and lengths of dash and gap in line widths.
    marker, hatch
        matplotlib's codes.
    """

    name: str
    color: str
    linestyle: str | tuple[int, tuple[float, ...]]
    marker: str
    hatch: str


palette: tuple[Look, ...] = (
    Look("blue", "#0056B7", "-", "o", "//"),
    Look("vermilion", "#F04A0A", (0, (4, 1.5)), "s", "\\\\"),
    Look("green", "#14A77F", (0, (5, 1.2, 1, 1.2)), "^", ".."),
    Look("lavender", "#9186AC", (0, (1, 1)), "D", "xx"),
    Look("navy", "#00123B", (0, (9, 2)), "v", "--"),
    Look("brown", "#812905", (0, (5, 1.2, 1, 1.2, 1, 1.2)), "P", "++"),
    Look("grey", "#505050", (0, (2, 1)), "X", "oo"),
)
"""The looks in the order in which series take them.

Every pair differs by 15 or more (CIEDE2000) for normal vision, protanopia, deuteranopia and
tritanopia; a test holds it to that.
"""

_CHANNELS = {
    # through a screen is blue, in person is vermilion, wherever they stand
    "online": 0,
    "online message": 0,
    "offline": 1,
    "face to face": 1,
    "text message": 2,
}
_STAGES = {"stranger": 3, "acquaintance": 0, "buyer": 2, "friend": 1, "lost": 6}


def series(i: int, *, fill: bool = False) -> dict[str, Any]:
    """Keywords that give the i-th series of a picture its look.

    Parameters
    ----------
    i
        Place in the palette, from 0 to 6.
    fill
        False: keywords for a line (``ax.plot``, ``ax.step``, ``ax.errorbar``). True: for a filled
        shape (``ax.bar``, ``ax.fill_between``, ``ax.hist``), with its hatch.

    Raises
    ------
    ValueError
        Where the picture would have an eighth series: no palette tells so many apart.

    Examples
    --------
    >>> series(0)["color"], series(1)["marker"]
    ('#0056B7', 's')
    >>> sorted(series(0, fill=True))
    ['edgecolor', 'facecolor', 'hatch']
    """
    if isinstance(i, bool) or i != int(i) or not 0 <= i < len(palette):
        raise ValueError(
            f"series({i!r}): expected a whole number from 0 to {len(palette) - 1}, because "
            f"a reader tells at most {len(palette)} series apart. Draw fewer, or use panels."
        )
    look = palette[int(i)]
    if fill:
        return {"facecolor": look.color, "edgecolor": "white", "hatch": look.hatch}
    return {
        "color": look.color,
        "linestyle": look.linestyle,
        "marker": look.marker,
        "markeredgecolor": "white",
        # By distance on the page, so that a long curve is not one row of markers; each series
        # starts elsewhere, so that curves on top of each other show both.
        "markevery": (0.02 + 0.018 * int(i), 0.13),
    }


def channel(name: str, *, fill: bool = False) -> dict[str, Any]:
    """Keywords that give a channel its look, the same in every picture.

    "online" and "online message" are blue, "offline" and "face to face" are vermilion,
    "text message" is green. Any other name has a look too, the same on every day and machine;
    two such names may share one: give them places with :func:`series` if they stand together.

    Examples
    --------
    >>> channel("online")["color"]
    '#0056B7'
    >>> channel("carrier pigeon") == channel("carrier pigeon")
    True
    """
    return series(_place(name, _CHANNELS), fill=fill)


def stage(name: str, *, fill: bool = False) -> dict[str, Any]:
    """Keywords that give a stage its look, the same in every picture.

    "stranger", "acquaintance", "buyer", "friend" and "lost" have five different ones; any other
    name is treated as in :func:`channel`.

    Examples
    --------
    >>> stage("friend", fill=True)["facecolor"]
    '#F04A0A'
    """
    return series(_place(name, _STAGES), fill=fill)


def _place(name: str, known: dict[str, int]) -> int:
    key = " ".join(str(name).lower().replace("_", " ").replace("-", " ").split())
    # Python's own hash of a string changes from one start to the next; this one does not.
    return known.get(key, zlib.crc32(key.encode("utf-8")) % len(palette))
