"""Dollars as people type them, and as they read them."""

from __future__ import annotations

import re

from ...rounding import decimal

LARGEST = 1e9
_FORM = re.compile(
    r"(?P<sign>[+-]?)\$?(?P<sign2>[+-]?)"
    r"(?P<whole>\d{1,3}(?:[,.'’]\d{3})+|\d*)(?P<part>[.,]\d*)?(?P<thousand>k?)\$?"
)


def dollars(text: float | str) -> float:
    """Read an amount as people type it; in dollars, groups of three digits are thousands.

    Parameters
    ----------
    text : str or float
        Such as "4,000", "$ 4000", "−1.6k", "4 000 dollars".

    Raises
    ------
    ValueError
        If it is no amount; the message is a sentence for whoever typed it.

    Examples
    --------
    >>> [dollars(text) for text in ("4,000", "$4000", "−1.6 k$", "4 000 dollars", "+250.50")]
    [4000.0, 4000.0, -1600.0, 4000.0, 250.5]
    >>> dollars("a lot")
    Traceback (most recent call last):
    ValueError: 'a lot' is not an amount. Type a number of dollars, such as 4000 or -1500.
    """
    if isinstance(text, str):
        plain = re.sub(r"\s|usd|dollars?|\u2009|\u202f", "", text.strip().casefold())
        found = _FORM.fullmatch(plain.replace("−", "-").replace("–", "-"))
        if not plain:
            raise ValueError("Type how many dollars you expect, such as 4000 or -1500.")
        if found is None or not re.search(r"\d", plain):
            raise ValueError(
                f"{text.strip()[:40]!r} is not an amount. Type a number of dollars, such as 4000 "
                "or -1500."
            )
        whole = re.sub(r"\D", "", found["whole"]) or "0"
        part = re.sub(r"\D", "", found["part"] or "") or "0"
        value = float(f"{whole}.{part}") * (1_000 if found["thousand"] else 1)
        value = -value if "-" in found["sign"] + found["sign2"] else value
    else:
        value = float(text)
    if not abs(value) < LARGEST:
        raise ValueError("This is more than a small shop has. Type a number of dollars.")
    return value


def said(value: float, *, sign: bool = True) -> str:
    """Write dollars for a sentence, to the nearest ten.

    Examples
    --------
    >>> said(4_012.3), said(-1_600), said(0.4), said(120, sign=False)
    ('+4,010', '−1,600', '0', '120')
    """
    written = decimal(value, -1, signed=sign)
    return "0" if not written.strip("+-0") else written.replace("-", "−")
