"""One picture in the notebook, with its alternative text."""

from __future__ import annotations

import base64
import html
import io
import itertools
import sys
from pathlib import Path
from typing import Any

from ..groups import needs
from . import narrow as phone
from .alternative_text import alt_text
from .house_style import style

_shown = itertools.count(1)


def ready() -> None:
    """Load what draws, so that the first picture of a lesson comes as soon as the others."""
    import matplotlib.pyplot as plt

    with style():
        figure = plt.figure()
        try:
            figure.add_subplot().set_title("ready")
            picture(figure, quick=True)
        finally:
            plt.close(figure)


class Picture:
    """What Jupyter is given: an HTML image with its alternative text, and that text alone.

    JupyterLab, and nbconvert's lab and slides templates, take no alternative text from the
    metadata of an image/png output; an HTML img carries it everywhere. The title stands above the
    image as text: it keeps its size on a phone, and goes on in a new line there.
    """

    def __init__(self, png: bytes, text: str, narrow: bytes | None = None, title: str = "") -> None:
        self.png, self.text, self.narrow, self.title = png, text, narrow, title

    def __repr__(self) -> str:
        end = "" if self.title.endswith(("?", "!")) else "."
        return f"{self.title}{end} {self.text}" if self.title else self.text

    def html(self, style: str = "") -> str:
        """Give it as HTML; `style` is that of the image."""
        looks = f'style="{style}" ' if style else ""
        image = f'<img alt="{html.escape(self.text)}" {looks}src="{_data(self.png)}">'
        if self.narrow:
            screen = f"(max-width: {phone.MOST}px)"
            other = f'<source media="{screen}" srcset="{_data(self.narrow)}">'
            image = f"<picture>{other}{image}</picture>"
        if not self.title:
            return image
        title = f"<figcaption><strong>{html.escape(self.title)}</strong></figcaption>"
        return f'<figure style="margin: 0">{title}{image}</figure>'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": repr(self)}


def for_phones() -> None:
    """Draw every picture a second time from now on, for a narrow screen.

    The browser shows the one that fits its window.
    """
    global _for_phones
    _for_phones = True


_for_phones = False


def _data(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def picture(ax: Any, *, quick: bool = False) -> bytes:
    """Draw the figure of an axes as PNG; the same figure gives the same bytes.

    The figure is taken from pyplot's list of open ones, so that it is neither shown a second time
    nor kept in memory; it can still be drawn on and pictured again.

    Parameters
    ----------
    ax
        matplotlib axes or figure.
    quick
        Compress less, a little larger and a fifth sooner, for pictures that follow a slider.

    Returns
    -------
    bytes
        A PNG file: 990 by 550 pixels for a picture of default size.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> picture(Figure())[1:4]
    b'PNG'
    """
    import matplotlib.pyplot as plt

    figure = ax.figure
    file = io.BytesIO()
    try:
        # Ticks are made when they are first drawn, so the style has to hold here as well.
        with style():
            if quick:
                _save_quickly(figure, file)
            else:
                # Without "Software" the bytes do not name matplotlib's version.
                figure.savefig(file, format="png", dpi=figure.dpi, metadata={"Software": None})
    finally:
        plt.close(figure)
    return file.getvalue()


def _save_quickly(figure: Any, file: io.BytesIO) -> None:
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    # Pictures have a white ground, so nothing shows through and three channels are enough.
    seen = np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3])
    Image.fromarray(seen).save(file, format="png", compress_level=1, compress_type=3)


def show(ax: Any, title: str = "") -> None:
    """Show the figure of an axes as one picture with alternative text, and close it.

    Ends a cell that draws: nothing is returned, so nothing else is shown. Outside a notebook the
    picture becomes a PNG file in the current folder, and a line says its name and what it shows.
    ``analysis.py`` writes ``analysis-1.png``, ``analysis-2.png`` and so on, and the same files
    when it runs again. A session without a script takes a name that is free.

    Parameters
    ----------
    ax
        matplotlib axes or figure.
    title
        What the picture says, in a sentence without a full stop. It stands above the picture.

    Raises
    ------
    ValueError
        Where an axes has no label or nothing that can be told; see :func:`alt_text`.
    """
    if title and not _in_notebook():
        ax.figure.suptitle(title)  # a file has no text above it
    made = drawn(ax, title=title)
    if _in_notebook():
        with needs("A picture in a notebook"):
            from IPython.display import display

        display(made)
    else:
        file = _next_file()
        file.write_bytes(made.png)
        print(f"{file}: {made}")


def _in_notebook() -> bool:
    """Say whether something runs this that can show pictures; a terminal cannot."""
    # Whatever runs cells has loaded IPython by now; a plain script need not have it.
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and type(shell).__name__ != "TerminalInteractiveShell"


def _next_file() -> Path:
    """Name the next picture of a script after the script."""
    script = getattr(sys.modules["__main__"], "__file__", None)
    if script is not None:
        return Path(f"{Path(script).stem}-{next(_shown)}.png")
    return next(file for n in _shown if not (file := Path(f"picture-{n}.png")).exists())


def drawn(ax: Any, *, quick: bool = False, title: str = "") -> Picture:
    """Draw the figure of an axes as a picture that Jupyter can show, and close it.

    Parameters
    ----------
    ax
        matplotlib axes or figure.
    quick
        Compress less, as of :func:`picture`.
    title
        What the picture says, to stand above it.

    Returns
    -------
    Picture
        With its PNG bytes as ``png`` and its alternative text as ``text``.

    Raises
    ------
    ValueError
        Where an axes has no label or nothing that can be told; see :func:`alt_text`.
    """
    import matplotlib.pyplot as plt

    figure = ax.figure
    try:
        wide, text = picture(figure, quick=quick), alt_text(figure)
        if not _for_phones:
            return Picture(wide, text, title=title)
        phone.narrow(figure)
        return Picture(wide, text, picture(figure, quick=quick), title)
    finally:
        plt.close(figure)
