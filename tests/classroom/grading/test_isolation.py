"""What a handed-in notebook may use, and that it reaches nothing that is not its own."""

import json
import os
import pathlib
import socket
from concurrent.futures import ThreadPoolExecutor

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from frontporch.classroom.grading import isolation, notebook_run, snooping, wall
from frontporch.classroom.grading.isolation import Limits

needs_wall = pytest.mark.skipif(bool(wall.missing()), reason=wall.missing() or "-")
ROOT = pathlib.Path(__file__).parents[3]
NAMED = 'from frontporch import classroom\nclassroom.team("Blue Door")'
BEFORE = 'classroom.check("1.2", "before")'

# Written without the kit's own list of tries; what it gets hold of, it hands in as its answer.
SNOOP = """
import ctypes, glob, os, pathlib, socket, subprocess
got = {{}}
def attempt(name, function):
    try:
        got[name] = str(function())[:60]
    except BaseException as error:
        refused.append(type(error).__name__)
refused = []
attempt("neighbour", lambda: open({neighbour!r}).read())
attempt("above", lambda: [open(p).read() for p in glob.glob("../**/*.ipynb", recursive=True)][0])
attempt("up", lambda: os.listdir(".."))
attempt("root", lambda: os.listdir("/"))
attempt("home", lambda: os.listdir({home!r}))
attempt("key", lambda: open({key!r}).read())
attempt("history", lambda: os.listdir({checkout!r} + "/.git"))
attempt("environ", lambda: open("/proc/{grader}/environ", "rb").read())
attempt("own parent", lambda: open(f"/proc/{{os.getppid()}}/environ", "rb").read())
attempt("memory", lambda: open("/proc/{grader}/mem", "rb"))
attempt("command lines", lambda: glob.glob("/proc/[0-9]*/cmdline")[0])
attempt("variable", lambda: os.environ["FRONTPORCH_TEST_SECRET"])
attempt("kill", lambda: os.kill({grader}, 0))
attempt("shell", lambda: subprocess.check_output(["cat", {neighbour!r}]))
attempt("fork", lambda: os.fork())
attempt("network", lambda: socket.create_connection(("127.0.0.1", {port}), 2))
attempt("names", lambda: socket.getaddrinfo("example.org", 80)[0])
attempt("write", lambda: open({neighbour!r}, "a"))
attempt("delete", lambda: os.remove({neighbour!r}))
attempt("rights", lambda: os.chmod({neighbour!r}, 0o777))
attempt("datagram", lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))
def traced():
    if ctypes.CDLL(None).ptrace(16, {grader}, 0, 0) < 0:
        raise PermissionError
attempt("trace", traced)
"""
TOLD = 'classroom.team("got " + repr(got))\nclassroom.check("1.1", len(refused))'
TRIES = SNOOP.count("\nattempt(")


def book(*cells):
    """A notebook of code cells, as bytes."""
    return nbformat.writes(new_notebook(cells=[new_code_cell(one) for one in cells])).encode()


def snoop(neighbour, port):
    """A notebook that tries everything, and hands in what it got."""
    told = {
        "neighbour": str(neighbour),
        "home": str(pathlib.Path.home()),
        "key": str(next((ROOT / "lessons" / "instructor").glob("*.ipynb"))),
        "checkout": str(ROOT),
        "grader": os.getpid(),
        "port": port,
    }
    return book("from frontporch import classroom", SNOOP.format(**told), TOLD)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came back from one notebook of each kind, all run behind the wall."""
    if wall.missing():
        pytest.skip(wall.missing())
    neighbour = tmp_path_factory.mktemp("handed-in") / "neighbour.ipynb"
    neighbour.write_text("the neighbour's answers", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        os.environ["FRONTPORCH_TEST_SECRET"] = "the grader's"
        kinds = {
            "loops": book(
                NAMED,
                BEFORE,
                "1 / 0",
                'classroom.check("1.1", 5)',
                "while True:\n    pass",
                'classroom.check("1.3", "never reached")',
            ),
            "eats": book(
                NAMED,
                BEFORE,
                "hog = []\nwhile True:\n    hog.append(bytearray(10**8))",
                'hog = None\nclassroom.check("1.1", 5)',
            ),
            "dies": book(NAMED, BEFORE, "import os\nos._exit(3)"),
            "prints": book(NAMED, BEFORE, "while True:\n    print('x' * 10_000)"),
            "snoops": snoop(neighbour, door.getsockname()[1]),
            "shadows": book(
                NAMED, BEFORE, "print = json = type = repr = 3\nimport sys\nsys.stdout = None"
            ),
        }
        with ThreadPoolExecutor(2) as pool:
            limits = Limits(seconds=12, gigabytes=1)
            made = dict(
                zip(
                    kinds, pool.map(lambda b: isolation.run(b, limits), kinds.values()), strict=True
                )
            )
        del os.environ["FRONTPORCH_TEST_SECRET"]
        assert neighbour.read_text(encoding="utf-8") == "the neighbour's answers"
        with pytest.raises(BlockingIOError):  # nobody knocked
            door.accept()
    return made


@pytest.mark.slow
@needs_wall
def test_a_snoop_is_refused_everything(outcomes):
    made = outcomes["snoops"]
    assert made.problems == ()
    assert made.team == "got {}"
    assert made.answers == {"1.1": TRIES}


@pytest.mark.slow
@needs_wall
def test_a_loop_is_stopped_and_what_was_handed_in_before_counts(outcomes):
    made = outcomes["loops"]
    assert made.graded and made.team == "Blue Door"
    assert made.answers == {"1.2": "before", "1.1": 5}
    assert made.problems == (
        "Code cell 3 (1 / 0) fails: ZeroDivisionError: division by zero.",
        "Code cell 5 (while True:) was still running after 12 seconds: it was stopped there.",
    )


@pytest.mark.slow
@needs_wall
def test_memory_has_an_end_and_cells_after_it_still_count(outcomes):
    made = outcomes["eats"]
    assert made.answers == {"1.2": "before", "1.1": 5}
    assert made.problems == ("Code cell 3 (hog = []) used up the 1 GB of memory.",)


@pytest.mark.slow
@needs_wall
def test_a_dead_kernel_a_flood_and_shadowed_names_lose_no_answer(outcomes):
    assert outcomes["dies"].problems == ("Code cell 3 (import os) ended the kernel.",)
    # Memory or time, whichever is used up first.
    (flood,) = outcomes["prints"].problems
    assert "used up the 1 GB" in flood or "was still running" in flood
    for kind in ("dies", "prints", "shadows"):
        assert outcomes[kind].answers == {"1.2": "before"}, kind


@needs_wall
def test_the_probe_reaches_nothing_behind_the_wall():
    instructor = sorted((ROOT / "lessons" / "instructor").iterdir())
    assert snooping.leaks(instructor) == []


def test_the_probe_finds_what_can_be_reached_without_a_wall():
    reached = snooping.leaks([pathlib.Path(__file__)], walled=False)
    assert {
        "read its neighbours' files",
        "read handed-in or the instructor's files",
        "list its neighbours",
        "change another's file",
        "start processes",
        "reach a program by tcp",
        "reach a program by udp",
    } <= set(reached)
    assert "see the grader's variables" not in reached


@pytest.mark.slow
def test_who_swallows_the_interrupt_is_ended_from_outside(monkeypatch):
    monkeypatch.setattr(isolation, "GRACE", 2.0)
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    walled = not wall.missing()
    made = isolation.run(book(NAMED, BEFORE, stubborn), Limits(seconds=6), walled=walled)
    assert made.answers == {"1.2": "before"}
    assert made.problems == ("It did not stop after 6 seconds: it was ended from outside.",)


@pytest.mark.slow
def test_without_a_wall_what_a_notebook_starts_is_ended_with_it():
    start = (
        "import subprocess, sys\n"
        "one = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        'classroom.check("1.1", one.pid)\nwhile True: pass'
    )
    made = isolation.run(book(NAMED, start), Limits(seconds=8), walled=False)
    made_again = isolation.run(book(NAMED, BEFORE), Limits(seconds=8), walled=False)
    assert made_again.problems == () and made.problems
    started = [one for one in psutil.process_iter() if "time.sleep(600)" in _command(one)]
    assert started == []


def _command(process):
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "It is empty."),
        (b"\x89PNG\r\n\x1a\n\x00", "It is not a notebook: it is not even text."),
        (b"PK and so on", "It is not a notebook, although"),
        (b'{"title": 1}', "It is not a notebook, although"),
        (b"[" * 100_000, "It is not a notebook, although"),
        (book("1 + 1")[:-30], "It is cut off in the middle"),
        (book("1 + 1")[:90], "It is cut off in the middle"),
        (book("1 + 1").replace(b'"cells":', b'"cells"'), "It is damaged in line "),
        (json.dumps({"cells": 5, "nbformat": 4, "metadata": {}}).encode(), "It is not a sound"),
        (json.dumps({"cells": [7], "nbformat": 4, "metadata": {}}).encode(), "It is not a sound"),
    ],
    ids=range(10),  # a notebook made here has other cell ids in every process
)
def test_what_is_no_notebook_is_said_in_a_sentence(raw, said):
    made, problem = notebook_run.read(raw)
    assert made is None and problem.startswith(said), problem


def test_a_sound_notebook_is_read():
    made, problem = notebook_run.read(book("1 + 1"))
    assert problem == "" and made.cells[0].source == "1 + 1"


def test_the_process_gets_none_of_the_graders_variables(monkeypatch):
    monkeypatch.setenv("COURSE_PASSWORD", "secret")
    made = isolation.environment("folder")
    assert "secret" not in made.values() and made["HOME"] == "folder"
    assert not {"COURSE_PASSWORD", "SSH_AUTH_SOCK", "PYTHONPATH"} & set(made)


def test_neither_the_lessons_nor_the_checkout_is_readable():
    allowed = [path.resolve() for path in isolation.readable()]
    for secret in (ROOT / "lessons" / "instructor", ROOT / ".git", ROOT / "tests"):
        assert not any(secret.is_relative_to(one) for one in allowed), secret


@pytest.mark.parametrize(("seconds", "gigabytes"), [(0.5, 2), (float("nan"), 2), (60, 0.1)])
def test_limits_that_no_notebook_fits_are_refused(seconds, gigabytes):
    with pytest.raises(ValueError, match="are too few"):
        Limits(seconds, gigabytes)


def test_every_refused_call_has_a_number_of_its_own():
    for machine in (0, 1):
        numbers = [one[machine] for one in wall.REFUSED.values() if one[machine] is not None]
        numbers += [one[0][machine] for one in wall.ONLY.values()]
        assert len(set(numbers)) == len(numbers)
    assert len(wall._program(0)) < 256, "a jump in the filter spans at most 255 steps"
