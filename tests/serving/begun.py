"""Runs a command that serves until it is ready, and ends it in order."""

import contextlib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]
PRESENT = "import typer, frontporch.cli.presenting as one; typer.run(one.present)"
"""`porch present`, without the other commands."""


@contextlib.contextmanager
def begun(code, *words, ready="Open "):
    """Give the process and the lines that it said; the last one begins with `ready`."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if line.startswith(ready):
                    break
            assert said and said[-1].startswith(ready), "".join(said)
            yield process, said
        finally:
            process.terminate()
            process.wait(60)
