"""What a program began ends with it, in order where it can and by force where it must."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from frontporch.classroom.presenting import ends_with_parent

SERVER = """
import os, pathlib, signal, subprocess, sys, time
said = pathlib.Path(sys.argv[1])
def stop(*_):
    said.write_text("stopped in order")
    sys.exit()
signal.signal(signal.SIGTERM, stop if sys.argv[2] == "kind" else signal.SIG_IGN)
child = [sys.executable, "-c", "import sys; print(repr(sys.stdin.read()))"]
heard = subprocess.check_output(child, encoding="utf-8").strip()
left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), heard, left.pid, flush=True)
time.sleep(60)
"""
PARENT = """
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background job ignores it
process = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)
time.sleep(60)
"""


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Start a small server by way of a parent; give the parent, and the server's number.

    The server leaves a child running, as one leaves a kernel that is still starting.
    """
    (tmp_path / "small_server.py").write_text(SERVER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    begun, left = [], []

    def start(manner):
        command = ends_with_parent.command("small_server", str(tmp_path / "said"), manner)
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, *command], stdout=subprocess.PIPE, encoding="utf-8"
        )
        begun.append(parent)
        number, heard, child = parent.stdout.readline().split()
        assert heard == "''"  # its own children read an empty input, not the pipe
        left.append(psutil.Process(int(child)))
        return parent, int(number)

    yield start
    for parent in begun:
        parent.kill()
        parent.wait()
        parent.stdout.close()
    _, alive = psutil.wait_procs(left, timeout=20)
    for child in alive:
        child.kill()
    assert alive == []


def has_ended(number, within):
    """Whether a process is gone within some seconds."""
    try:
        server = psutil.Process(number)
        until = time.monotonic() + within
        while server.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
    except psutil.NoSuchProcess:
        pass
    return True


pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals that Windows lacks")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_in_order_when_its_parent_is_killed(how, server, tmp_path):
    parent, number = server("kind")
    parent.send_signal(how)
    assert has_ended(number, 20)
    assert (tmp_path / "said").read_text(encoding="utf-8") == "stopped in order"


def test_a_closed_terminal_ends_it_in_order(server, tmp_path):
    _, number = server("kind")
    os.kill(number, signal.SIGHUP)
    assert has_ended(number, 20)
    assert (tmp_path / "said").read_text(encoding="utf-8") == "stopped in order"


def test_it_goes_on_while_its_parent_lives(server):
    _, number = server("kind")
    assert not has_ended(number, 0.5)


def test_a_server_that_will_not_stop_is_ended_by_force(server, monkeypatch, tmp_path):
    script = tmp_path / "impatient.py"
    script.write_text(
        "import sys\nfrom frontporch.classroom.presenting import ends_with_parent\n"
        "ends_with_parent.GRACE = 0.2\nends_with_parent.main(sys.argv[1:])\n",
        encoding="utf-8",
    )
    impatient = (sys.executable, str(script))
    monkeypatch.setattr(ends_with_parent, "command", lambda *words: [*impatient, *words])
    parent, number = server("stubborn")
    parent.kill()
    assert has_ended(number, 20)
    assert not (tmp_path / "said").exists()


def test_neighbours_of_the_file_are_no_modules():
    said = subprocess.run(
        ends_with_parent.command("serving"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert "No module named serving" in said.stderr


def test_without_a_pipe_nothing_is_watched(tmp_path, monkeypatch):
    (tmp_path / "hello.py").write_text("import sys; print(sys.argv[1:])", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said = subprocess.run(
        ends_with_parent.command("hello", "a b"), stdin=subprocess.DEVNULL, capture_output=True
    )
    assert said.stdout.strip() == b"['a b']"
