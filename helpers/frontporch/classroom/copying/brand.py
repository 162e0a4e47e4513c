"""The looks of a school on slides: its logo, two colors and a font, within limits of contrast."""

from __future__ import annotations

import base64
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...look import palette, readable
from ...look.contrast import TEXT_RATIO, contrast_ratio
from ...names import nearest
from ...rounding import decimal

LARGEST = 500_000
"""Bytes of a logo, which stands in the page."""
_KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_PARTS = ("name", "logo", "font", "title", "accent")
_FONT = re.compile(r"[A-Za-z0-9 ,'-]+")


class BrandError(ValueError):
    """What is wrong in the file of a brand, and what to write instead."""


@dataclass(frozen=True)
class Brand:
    """How slides look.

    Parameters
    ----------
    name : str
        Whose slides these are; said for the logo to those who do not see it.
    logo : str
        The picture as a data address; empty for none.
    font : str
        Name of a font that is on the computer which shows the slides; empty for the kit's.
    title, accent : str
        Colors of the first slide and of headings, and of links and rules.
    """

    name: str = ""
    logo: str = ""
    font: str = ""
    title: str = next(one.color for one in palette if one.name == "navy")
    accent: str = next(one.color for one in palette if one.name == "blue")


OURS = Brand()


def read(file: Path) -> Brand:
    """Read the looks of a school from a TOML file; what it does not say stays as it is.

    Parameters
    ----------
    file : pathlib.Path
        With `name`, `logo` (a PNG, JPEG or SVG file beside it), `font`, `title` and `accent`
        (colors such as "#003366"); all of them are optional.

    Raises
    ------
    BrandError
        If there is no such file, if a part is unknown, or if a color cannot be read on white.

    Notes
    -----
    Source: Web Content Accessibility Guidelines 2.2 (2023): text has a contrast of 4.5 to 1.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "brand.toml"
    >>> _ = file.write_text('name = "North School"\\ntitle = "#003366"\\n')
    >>> read(file).title
    '#003366'
    """
    try:
        told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise BrandError(
            f'There is no file {file}. Write one with lines such as  title = "#003366"'
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrandError(f"{file} is not TOML: {error}.") from None
    for part, value in told.items():
        if part not in _PARTS:
            raise BrandError(f"{file} has {part!r}. {nearest(part, _PARTS)}")
        if not isinstance(value, str):
            raise BrandError(f'{file}: {part} is {value!r}; put it in quotes:  {part} = "{value}"')
    if told.get("font") and not _FONT.fullmatch(told["font"]):
        raise BrandError(f'{file}: font is {told["font"]!r}; write a name such as "Georgia".')
    for part in ("title", "accent"):
        if part in told:
            _require_readable(file, part, told[part])
    if "logo" in told:
        told["logo"] = _logo(file, told["logo"])
    return Brand(**told)


def _require_readable(file: Path, part: str, color: str) -> None:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
        raise BrandError(f'{file}: {part} is {color!r}; write a color such as  {part} = "#003366"')
    ratio = contrast_ratio(color)
    if ratio < TEXT_RATIO:
        raise BrandError(
            f"{file}: {part} {color} has a contrast of {decimal(ratio)} to 1 with white, and text "
            f'needs {decimal(TEXT_RATIO)}. The nearest that can be read:  {part} = "'
            f'{readable(color)}"'
        )


def _logo(file: Path, name: str) -> str:
    picture = file.parent / name
    kind = _KINDS.get(picture.suffix.lower())
    if kind is None:
        raise BrandError(f"{file}: logo is {name!r}; it has to be a PNG, JPEG or SVG file.")
    try:
        held = picture.read_bytes()
    except OSError:
        raise BrandError(
            f"{file}: there is no logo {picture}. Name it as it is called beside {file.name}."
        ) from None
    if len(held) > LARGEST:
        raise BrandError(
            f"{file}: the logo {name} has {len(held):,} bytes; save it smaller, at most "
            f"{LARGEST:,}."
        )
    return f"data:{kind};base64,{base64.b64encode(held).decode('ascii')}"
