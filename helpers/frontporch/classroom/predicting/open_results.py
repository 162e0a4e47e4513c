"""For notebooks that are made or compared: results are open, and the record is nobody's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..record.kept import FILE
from ..record.kept import VARIABLE as RECORD
from .result import VARIABLE as RESULTS


@contextmanager
def open_results() -> Iterator[None]:
    """Let kernels that start meanwhile show every result, and keep their record to themselves.

    Without it a run would stop at buttons that nobody presses, and would write answers into the
    folder of the lesson, or into the record of whoever makes the copy.

    Examples
    --------
    >>> with open_results():
    ...     os.environ[RESULTS]
    'shown'
    """
    with tempfile.TemporaryDirectory() as folder:
        wanted = {RESULTS: "shown", RECORD: str(Path(folder, FILE))}
        before = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)
        try:
            yield
        finally:
            for name, old in before.items():
                if old is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = old
