"""`porch present`, killed by force: its server and its kernels do not go on alone."""

import json
import os
import pathlib
import subprocess
import sys
import urllib.request

import psutil
import pytest

ROOT = pathlib.Path(__file__).parents[3]


def present(folder, *words):
    """Start the command, and wait until it says where it answers."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "frontporch.cli",
            "present",
            "1",
            "--no-browser",
            *words,
            "--into",
            str(folder),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Open "):
            return process, line.removeprefix("Open ").strip()
    raise AssertionError("".join(said))


def start_kernel(address):
    """Start a kernel by the server's own interface, as an open notebook does."""
    server, token = address.partition("/lab/")[0], address.partition("token=")[2]
    asked = urllib.request.Request(
        f"{server}/api/kernels", data=b"{}", headers={"Authorization": f"token {token}"}
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert json.load(answer)["name"] == "python3"


@pytest.mark.parametrize("words", [[], ["--page", "--viewers", "1"]], ids=["lab", "page"])
def test_killed_by_force_it_leaves_no_server_and_no_kernel(words, tmp_path):
    process, address = present(tmp_path, *words)
    with process:
        try:
            if not words:
                start_kernel(address)
            family = psutil.Process(process.pid).children(recursive=True)
            commands = {one.pid: " ".join(one.cmdline()) for one in family}
            assert any("ipykernel" in one for one in commands.values()), commands
        finally:
            process.kill()
    _, alive = psutil.wait_procs(family, timeout=30)
    for one in alive:
        one.kill()
    assert [commands[one.pid] for one in alive] == []
    (folder,) = (tmp_path / "present").iterdir()
    if os.name == "posix":
        assert oct((folder / "ipython").stat().st_mode)[-3:] == "700"
