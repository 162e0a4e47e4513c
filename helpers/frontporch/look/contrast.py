"""How well a colour stands out from its background, and what makes it readable as text.

Source: Web Content Accessibility Guidelines 2.2, World Wide Web Consortium (2023): contrast
ratio and relative luminance; 3:1 for graphics (1.4.11), 4.5:1 for text (1.4.3).
"""

from __future__ import annotations

TEXT_RATIO = 4.5
_WEIGHTS = (0.2126, 0.7152, 0.0722)


def contrast_ratio(color: str | tuple[float, ...], background: str = "white") -> float:
    """Contrast ratio of two colours, from 1 (the same) to 21 (black on white).

    Parameters
    ----------
    color, background
        Any colour matplotlib knows; transparency is ignored.

    Source: Web Content Accessibility Guidelines 2.2 (2023).

    Examples
    --------
    >>> round(contrast_ratio("black"), 1)
    21.0
    >>> round(contrast_ratio("#767676"), 2)
    4.54
    """
    brighter, darker = sorted((_luminance(color), _luminance(background)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def readable(color: str | tuple[float, ...]) -> str:
    """Return the colour, darkened just enough to be read as text on white (4.5:1), as a hex string.

    Hue is kept: the three linear-light channels shrink by one factor.

    Examples
    --------
    >>> readable("#003366")
    '#003366'
    >>> round(contrast_ratio(readable("orange")), 1)
    4.5
    """
    # What counts is the colour as it is written, in 256 steps, not the one between two of them.
    color = _hex(color)
    if contrast_ratio(color) >= TEXT_RATIO:
        return color
    # (1 + 0.05) / (luminance + 0.05) = ratio, solved for the luminance
    brightest = 1.05 / TEXT_RATIO - 0.05
    shrink = brightest / _luminance(color)
    channels = [int(255 * _encode(shrink * value)) for value in _linear(color)]  # rounds to darker
    return "#{:02X}{:02X}{:02X}".format(*channels)


def _luminance(color: str | tuple[float, ...]) -> float:
    return sum(w * value for w, value in zip(_WEIGHTS, _linear(color), strict=True))


def _linear(color: str | tuple[float, ...]) -> list[float]:
    """Light of the red, green and blue channel, each from 0 to 1."""
    from matplotlib.colors import to_rgb

    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]


def _encode(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _hex(color: str | tuple[float, ...]) -> str:
    from matplotlib.colors import to_hex

    return to_hex(color).upper()
