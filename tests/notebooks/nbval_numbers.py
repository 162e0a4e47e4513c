"""A plugin of pytest: nbval runs the notebooks, and their outputs are compared as numbers.

No cell may be left out: nbval's marks for skipping a cell or its output are refused here.
"""

import os
from contextlib import ExitStack

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, coalesce_streams
from numeric_outputs import differences, tolerance_of

MOST = 5  # differences shown of a cell
os.environ.setdefault("CI", "1")  # kernels write no line of progress, which a slow computer would


class Cell(IPyNbCell):
    """A cell whose outputs are words, which must be equal, and numbers, which must be close."""

    def runtest(self):
        """Run the cell; one that would not be compared is an error of the notebook."""
        if self.options["skip"] or not self.options["check"]:
            self.raise_cell_error("This cell is left out of the comparison, which no cell may be.")
        if self.cell.execution_count is None:
            self.raise_cell_error("This cell was stored without having been run: run it and save.")
        super().runtest()

    def compare_outputs(self, test, ref, skip_compare=None):
        """Compare new outputs with the stored ones, in place of nbval's comparison of texts."""
        found = differences(ref, coalesce_streams(test), tolerance_of(self.cell))
        self.comparison_traceback = [f"{self.nodeid}: {one}" for one in found]
        left = len(self.comparison_traceback) - MOST
        if left > 0:
            self.comparison_traceback[MOST:] = [f"and {left} more differences"]
        return not self.comparison_traceback


class Notebook(IPyNbFile):
    """A notebook whose cells are compared as numbers."""

    def setup(self):
        """Start the kernel, a second time where another process took one of its ports.

        Results are open in it, and its record is in a folder of its own.
        """
        # Not before: pytest loads this plugin ahead of everything that measures imports.
        from frontporch.classroom.predicting.open_results import open_results

        self._results = ExitStack()
        self._results.enter_context(open_results())
        try:
            super().setup()
        except RuntimeError:
            super().setup()

    def teardown(self):
        """End the kernel, and what was set for it."""
        try:
            super().teardown()
        finally:
            self._results.close()

    def collect(self):
        """Yield each code cell."""
        for cell in super().collect():
            yield Cell.from_parent(
                self, name=cell.name, cell_num=cell.cell_num, cell=cell.cell, options=cell.options
            )


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Put our notebook in the place of nbval's."""
    collectors = yield
    return [
        Notebook.from_parent(parent, path=file_path) if type(one) is IPyNbFile else one
        for one in collectors
    ]
