"""Run a handed-in notebook behind a wall, with limits on time and memory.

Each notebook runs in processes of its own (`notebook_run`, `walled_kernel`), in a private folder
that is thrown away. What comes back is data, and is judged elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import site
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...groups import needs, require
from ...rounding import as_given

GRACE = 10.0  # seconds in which a notebook can be stopped gently once its time is up
START = 60.0  # seconds for the kernel to be there; they are not the student's
PROCESSES = 64  # behind the wall there are two
_RUN = "frontporch.classroom.grading.notebook_run"
_SPARE = 1.25  # the guard from outside steps in after the limit from inside
_PACKAGE = Path(__file__).resolve().parents[2]
# What programs and libraries read; the rest of the computer is not there.
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/bin",
    "/sbin",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/fonts",
    "/etc/alternatives",
    "/dev/null",
    "/dev/zero",
    "/dev/urandom",
    "/dev/random",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/cpuinfo",
    "/proc/filesystems",
    "/sys/devices/system/cpu",
)


@dataclass(frozen=True)
class Limits:
    """What one notebook may use.

    Parameters
    ----------
    seconds : float
        Time for all its cells.
    gigabytes : float
        Memory.

    Raises
    ------
    ValueError
        If one is too small for any notebook.
    """

    seconds: float = 60.0
    gigabytes: float = 2.0

    def __post_init__(self) -> None:
        if not self.seconds >= 1:
            raise ValueError(f"{as_given(self.seconds)} seconds are too few: give 1 or more.")
        if not self.gigabytes >= 0.5:
            raise ValueError(
                f"{as_given(self.gigabytes)} GB are too few: a kernel with the kit needs 0.5 or "
                "more."
            )


@dataclass(frozen=True)
class Outcome:
    """What came back from one notebook.

    Parameters
    ----------
    graded : bool
        Whether it was a notebook and its kernel started.
    team : str or None
        As the notebook named it.
    lesson : str
        From the notebook's metadata; empty where there is none.
    answers : dict
        What was last handed in for each exercise.
    problems : tuple of str
        What went wrong, in sentences.
    """

    graded: bool
    team: str | None = None
    lesson: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def run(
    notebook: bytes,
    limits: Limits | None = None,
    *,
    walled: bool = True,
    stop: threading.Event | None = None,
) -> Outcome:
    """Run a notebook and say what it handed in.

    Parameters
    ----------
    notebook : bytes
        The file's content.
    limits : Limits, optional
        60 seconds and 2 GB without it.
    walled : bool
        Whether to put it behind the wall.
    stop : threading.Event, optional
        Ends the run when it is set.

    Returns
    -------
    Outcome
    """
    require("Grading", "ipykernel", "jupyter_client", "nbclient", "nbformat", "psutil")
    limits = limits or Limits()
    # Not below another folder: the names of a kernel's sockets may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="porch-", ignore_cleanup_errors=True) as folder:
        told = {
            "folder": folder,
            "readable": [str(path) for path in readable()],
            "seconds": limits.seconds,
            "memory": int(limits.gigabytes * 1e9),
            "walled": walled,
        }
        with Path(folder, "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", _RUN, json.dumps(told)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=folder,
                env=environment(folder),
                start_new_session=True,
            )
        lines = _Lines(process, notebook)
        try:
            problem = _watch(process, lines, limits, stop)
        finally:
            _end(process, lines.last("kernel"))
            lines.join()
        if not lines.known("graded") and not problem:
            log_text = Path(folder, "log").read_text(encoding="utf-8", errors="replace")
            problem = f"It could not be run: {(log_text.strip() or 'no reason given')[-200:]}"
    return lines.outcome(problem)


def readable() -> list[Path]:
    """List what a walled notebook may read: the system's programs, Python and the kit."""
    paths = sysconfig.get_paths()
    python = [sys.prefix, sys.base_prefix, sys.exec_prefix, paths["stdlib"], paths["purelib"]]
    with contextlib.suppress(AttributeError):  # not where Python starts without `site`
        python.append(site.getusersitepackages())
    kit = [_PACKAGE.parent, _PACKAGE.parents[1] / "datasets"]
    return [Path(one) for one in (*_SYSTEM, *python, *kit)]


def environment(folder: str) -> dict[str, str]:
    """Give the variables of a notebook's process: none of the grader's but where things are."""
    kept = ("LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT")
    made = {name: os.environ[name] for name in kept if name in os.environ}
    made["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    if sys.platform == "win32":
        made["PATH"] = os.environ.get("PATH", "")
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP")
    made |= dict.fromkeys(homes, folder)
    made |= {"IPYTHONDIR": f"{folder}/ipython", "MPLCONFIGDIR": f"{folder}/pictures"}
    made |= {"JUPYTER_DATA_DIR": f"{folder}/jupyter", "JUPYTER_RUNTIME_DIR": f"{folder}/runtime"}
    made |= {"JUPYTER_CONFIG_DIR": f"{folder}/settings", "JUPYTER_PLATFORM_DIRS": "1"}
    # One thread each: several notebooks run at once, and threads take memory of their own.
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
    made |= dict.fromkeys(threads, "1")
    made |= {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    return made


class _Lines:
    """What the process says, read beside the watching so that it never has to wait."""

    MOST = 2**24

    def __init__(self, process: subprocess.Popen[bytes], notebook: bytes) -> None:
        self.told: list[dict[str, Any]] = []
        self._process = process
        self._threads = [
            threading.Thread(target=self._read, args=(process,), daemon=True),
            threading.Thread(target=self._write, args=(process, notebook), daemon=True),
        ]
        for one in self._threads:
            one.start()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        size = 0
        for line in iter(lambda: process.stdout.readline(2**20), b""):
            size += len(line)
            with contextlib.suppress(ValueError, RecursionError):
                one = json.loads(line)
                if isinstance(one, dict) and size < self.MOST:
                    self.told.append(one)

    @staticmethod
    def _write(process: subprocess.Popen[bytes], notebook: bytes) -> None:
        with contextlib.suppress(OSError), process.stdin:
            process.stdin.write(notebook)

    def join(self) -> None:
        for one in self._threads:
            one.join(timeout=5)
        self._process.stdout.close()

    def known(self, name: str) -> bool:
        return any(name in one for one in list(self.told))

    def last(self, name: str) -> Any:
        return next((one[name] for one in reversed(list(self.told)) if name in one), None)

    def outcome(self, problem: str) -> Outcome:
        handed_in = self.last("handed_in") or {}
        problems = [str(one["problem"]) for one in self.told if "problem" in one]
        if problem:
            problems.append(problem)
        return Outcome(
            graded=bool(self.last("graded")) and self.known("kernel"),
            team=handed_in.get("team"),
            lesson=str(self.last("lesson") or ""),
            answers=dict(handed_in.get("answers") or {}),
            problems=tuple(problems),
        )


def _watch(
    process: subprocess.Popen[bytes],
    lines: _Lines,
    limits: Limits,
    stop: threading.Event | None,
) -> str:
    """Wait for the end; say why where this process is not let run to it."""
    with needs("Grading"):
        import psutil

    most = _SPARE * limits.gigabytes * 1e9
    end, running = time.monotonic() + START, False
    while process.poll() is None and not lines.known("done"):
        if stop is not None and stop.wait(0.1):
            return "It was interrupted."
        if stop is None:
            time.sleep(0.1)
        if lines.known("kernel") and not running:
            end, running = time.monotonic() + limits.seconds + GRACE, True
        if time.monotonic() > end:
            if not running:
                return f"Its kernel did not start within {as_given(START)} seconds."
            after = as_given(limits.seconds)
            return f"It did not stop after {after} seconds: it was ended from outside."
        used = 0
        with contextlib.suppress(psutil.Error):
            family = [psutil.Process(process.pid)]
            family += family[0].children(recursive=True)
            if len(family) > PROCESSES:
                return f"It started more than {PROCESSES} processes: it was ended."
            for one in family:
                with contextlib.suppress(psutil.Error):
                    used += one.memory_info().rss
        if used > most:
            return f"It used up the {as_given(limits.gigabytes)} GB of memory: it was ended."
    return ""


def _end(process: subprocess.Popen[bytes], kernel: int | None) -> None:
    """End the process, its kernel and whatever they started."""
    with needs("Grading"):
        import psutil

    # A number whose process has been waited for may be another's by now.
    numbers = [n for n in (process.pid if process.poll() is None else None, kernel) if n]
    family: list[psutil.Process] = []
    for number in numbers:
        with contextlib.suppress(psutil.Error):
            one = psutil.Process(number)
            family += [one, *one.children(recursive=True)]
    if os.name == "posix":
        for group in numbers:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
    for one in family:
        with contextlib.suppress(psutil.Error):
            one.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
