"""What start.py runs once all is set up: it ends what it began, and says at once what is wrong."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest


def begun(made, cut_off, *words):
    """Start the lessons and wait until the false JupyterLab says that it runs."""
    said = made.folder / ".jupyter" / "running.json"
    said.unlink(missing_ok=True)
    if hasattr(signal, "SIGHUP"):  # a child of tests that run under nohup would not hear it either
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    program = subprocess.Popen(
        made.command("--no-browser", *words),
        env={**os.environ, **cut_off},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while not (said.exists() and said.read_text(encoding="utf-8").endswith("]")):
        assert program.poll() is None, program.stdout.read().decode()
        assert time.monotonic() < until
        time.sleep(0.05)
    server, kernel, told = json.loads(said.read_text(encoding="utf-8"))
    return program, server, kernel, told


def are_gone(numbers, within=10):
    until = time.monotonic() + within
    while time.monotonic() < until:
        running = [one for one in numbers if psutil.pid_exists(one)]
        alive = [one for one in running if psutil.Process(one).status() != psutil.STATUS_ZOMBIE]
        if not alive:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(os.name == "nt", reason="sends signals that Windows lacks")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_jupyterlab_and_its_kernels_end_with_start(how, stick, cut_off):
    made, _ = stick
    program, server, kernel, told = begun(made, cut_off, "--port", "0")
    assert psutil.pid_exists(server)
    assert f"--ServerApp.root_dir={made.folder / 'my-lessons'}" in told
    assert "--KernelManager.transport_encryption=auto" in told
    program.send_signal(how)
    assert are_gone([program.pid, server, kernel])
    program.wait()
    assert b"1/4" not in program.stdout.read()
    program.stdout.close()


@pytest.mark.parametrize("words", [[], ["setup"]])
def test_a_taken_port_is_said_at_once_with_a_free_one(words, project):
    made = project(stick=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = made.start(*words, "--port", str(port), "--no-browser")
    said = ended.stdout.decode()
    assert ended.returncode == 1
    assert f"Port {port} is taken" in said
    advised = int(said.rpartition("--port ")[2])
    with socket.socket() as free:
        free.bind(("127.0.0.1", advised))
    assert not (made.folder / ".venv").exists()


def test_a_port_that_is_no_port_is_refused(project, start):
    with pytest.raises(SystemExit):
        start.main(["--port", "65536"], project(stick=False).folder)


def test_the_doctor_works_before_a_set_up_and_installs_nothing(project):
    made = project(stick=False)
    ended = made.start("doctor")
    said = ended.stdout.decode()
    assert "rebuild (there is none yet)" in said
    assert "the next start builds it" in said
    assert "start.py setup --with fast" in said
    assert sys.version.split()[0] in said
    assert not (made.folder / ".venv").exists()
    assert not (made.folder / ".jupyter").exists()


def test_a_normal_start_warns_of_nothing(stick, cut_off):
    made, _ = stick
    ended = subprocess.run(
        [sys.executable, "-W", "error", str(made.folder / "start.py"), "setup"],
        env={**os.environ, **cut_off},
        capture_output=True,
        check=True,
    )
    assert ended.stderr == b""
