"""Whether this is a page without code: nothing typed there outlives the page."""

from __future__ import annotations

import os

VARIABLE = "FRONTPORCH_PAGE"
"""Set in the kernels of a page without code."""


def on_page() -> bool:
    """Tell whether somebody looks at a page without code, and not at a notebook.

    Examples
    --------
    >>> on_page()
    False
    """
    return bool(os.environ.get(VARIABLE, "").strip())
