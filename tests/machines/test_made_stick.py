"""A stick that `porch stick` made, and a set-up from it in a room without a network."""

import os
import subprocess
import sys

import pytest

from frontporch import groups
from frontporch.classroom.stick import making, targets

# Only this machine itself is left, as in a room without a network: kernels talk over it.
ALONE = """
import fcntl, os, socket, struct, sys
with socket.socket() as one:
    fcntl.ioctl(one, 0x8914, struct.pack("16sh", b"lo", 1))
    one.settimeout(2)
    try:
        one.connect(("192.0.2.1", 443))
    except OSError as error:
        assert error.errno == 101, error  # the network is unreachable
os.execv(sys.argv[1], sys.argv[1:])
"""
LESSON = """
import nbformat, pathlib, sys
from nbclient import NotebookClient
file = sorted(pathlib.Path("my-lessons").glob("01_*.ipynb"))[0]
book = NotebookClient(nbformat.read(file, 4), timeout=300, kernel_name="python3").execute()
print(sum(bool(cell.get("outputs")) for cell in book.cells), "cells with a result")
"""


@pytest.fixture
def alone(tmp_path):
    """Run a Python in a folder, with an empty home and the network cut."""
    cut = ["unshare", "-rn"]
    try:
        subprocess.run([*cut, sys.executable, "-c", ALONE, sys.executable, "-c", ""], check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the network cannot be cut here: that needs Linux and its command unshare")
    home = tmp_path / "home"
    home.mkdir()
    variables = {"HOME": str(home), "UV_CACHE_DIR": str(home / "uv"), "PATH": os.environ["PATH"]}

    def run(folder, *words, python=sys.executable):
        return subprocess.run(
            [*cut, sys.executable, "-c", ALONE, str(python), *words],
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    return run


def test_a_small_stick_is_made_by_pip_and_set_up_with_the_network_cut(
    project, alone, tmp_path, monkeypatch
):
    # The wheels of the running environment may ask for a newer Linux than a class may have.
    monkeypatch.setattr(targets, "GLIBC", 50)
    said = []
    made = making.make(project().folder, tmp_path / "stick", say=said.append)
    assert made.lacking == (), said
    ended = alone(made.folder, "start.py", "setup")
    assert "Front Porch is set up." in ended.stdout, ended.stdout
    assert ended.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(
    os.environ.get("CI") != "true" or not groups._is_projects_own(),
    reason="fetches 180 MB; CI=true runs it with the packages of the lock",
)
def test_a_lesson_runs_from_a_whole_stick_with_the_network_cut(alone, tmp_path):
    made = making.make(groups.ROOT, tmp_path / "stick")
    assert made.lacking == ()
    ended = alone(made.folder, "start.py", "setup")
    assert "Front Porch is set up." in ended.stdout, ended.stdout
    ran = alone(made.folder, "-c", LESSON, python=made.folder / ".venv" / "bin" / "python")
    assert ran.returncode == 0, ran.stdout
    count, *_ = ran.stdout.splitlines()[-1].split()
    assert int(count) > 10
