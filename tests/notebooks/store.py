"""Run notebooks and store what their cells show now, where it differs from what is stored.

    python tests/notebooks/store.py lessons/instructor/05_*.ipynb
    python tests/notebooks/store.py --pictures lessons/instructor/05_*.ipynb

A cell whose words and numbers are as stored stays as it is, so that a change can be read. Whoever
changed how a picture is drawn adds `--pictures`: a picture that looks otherwise is stored, too.
"""

import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from numeric_outputs import differences, tolerance_of

from frontporch.classroom.copying.cell_failed import CellFailedError, failed
from frontporch.classroom.predicting.open_results import open_results

os.environ.setdefault("CI", "1")  # kernels write no line of progress, which a slow computer would
PICTURE = re.compile(r"base64,([A-Za-z0-9+/=]+)")


def pictures(outputs):
    """The pictures that a cell shows, as they are stored."""
    found = []
    for one in outputs:
        for kind, told in one.get("data", {}).items():
            text = told if isinstance(told, str) else ""
            found += [text.strip()] if kind == "image/png" else PICTURE.findall(text)
    return found


def store(path, with_pictures=False):
    """Run a notebook from top to bottom; return the places of the code cells that changed.

    A cell that fails raises CellFailedError, and nothing is stored.
    """
    stored = nbformat.read(path, 4)
    run = nbformat.read(path, 4)
    client = NotebookClient(
        run,
        timeout=600,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # a kernel's warnings are about itself
        resources={"metadata": {"path": path.parent}},
    )
    try:
        with open_results():
            client.execute()
    except (CellControlSignal, DeadKernelError) as error:
        raise failed(run, path.name, error) from None
    changed = []
    pairs = [pair for pair in zip(stored.cells, run.cells, strict=True) if "outputs" in pair[0]]
    for place, (old, new) in enumerate(pairs):
        new_run = old.execution_count is None
        redrawn = with_pictures and pictures(old.outputs) != pictures(new.outputs)
        if new_run or redrawn or any(differences(old.outputs, new.outputs, tolerance_of(old))):
            old.outputs = new.outputs
            changed.append(place)
        # A cell that is new moves the counts of all below it.
        old.execution_count = new.execution_count
        for one in old.outputs:
            if one.output_type == "execute_result":
                one.execution_count = new.execution_count
    nbformat.write(stored, path)
    return changed


if __name__ == "__main__":
    names = [one for one in sys.argv[1:] if one != "--pictures"]
    for name in names:
        try:
            print(name, "changed in code cells", store(Path(name), "--pictures" in sys.argv))
        except CellFailedError as error:
            sys.exit(str(error))
