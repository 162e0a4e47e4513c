"""Set up Front Porch and open its lessons, or run its tests.

    python start.py                opens the lessons in JupyterLab
    python start.py test           runs the tests
    python start.py test --all     runs the slow tests as well
    python start.py test WORDS     hands the words to pytest, and runs nothing else

Everything is installed into the folder .venv, exactly as requirements.lock says; nothing outside
this project is changed. The lessons are copied to my-lessons, where your work is safe: the new
version of a lesson that you changed is put beside yours. Rename or delete your copy of a lesson,
and the next start brings a fresh one.
"""

# Only the standard library and old syntax, so that an old Python gets as far as the sentence
# that says what it lacks.
import argparse
import contextlib
import csv
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST, NEWEST = (3, 11), (3, 14)
VERSION = "{}.{}.{}".format(*sys.version_info)
STAMP = "frontporch.json"  # in .venv; written last, so that a .venv without it is unfinished
NO_NEWS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
}
# What tools and systems say when something around them is wrong, and what to do about it.
REASONS = {
    "The disk is full: free about 2 GB, then start again.": (
        "no space left|not enough space|quota exceeded|os error 28)|os error 112)|winerror 112]"
    ),
    "The path of {root} is too long: move the project to a shorter one, then start again.": (
        "name too long|path too long|extension is too long|os error 206)|winerror 206]"
    ),
    "A file could not be written: close JupyterLab if it is still running, or copy {root} to a "
    "folder of your own, then start again.": (
        "permission denied|read-only file system|access is denied|os error 5)|os error 32)"
        "|winerror 5]|winerror 32]"
    ),
    "A downloaded package is not the one that requirements.lock names, so it was not installed: "
    "try another network, then start again.": "hash mismatch|do not match the hashes",
    "A package is not made for this Python on this computer: use Python 3.13 from python.org, "
    "then start again.": "no usable wheels|has no wheels",
    "The network or a virus scanner replaces certificates: set SSL_CERT_FILE to the certificate "
    "file of your organisation or use another network, then start again.": (
        "unknownissuer|certificate verify failed|invalid peer certificate"
    ),
    "The packages could not be downloaded: check the internet connection (and the proxy, if your "
    "network has one), then start again.": (
        "error sending request|dns error|failed to fetch|connection|timed out|name resolution"
        "|network is unreachable|getaddrinfo|no matching distribution|tunnel|proxy"
    ),
}


class SetupError(Exception):
    """What went wrong and what to do, in a sentence for the person at the keyboard."""


def explain(said, root):
    """Turn what a tool or the system said into a sentence; None if it is nothing known."""
    if shutil.disk_usage(str(root)).free < 2**24:
        return next(iter(REASONS))  # a full disk, even where the tool hides it
    for sentence, signs in REASONS.items():
        if any(sign in said.lower() for sign in signs.split("|")):
            return sentence.format(root=root)
    return None


def python_problem(version, other):
    """Say what is wrong with a Python of this version (major, minor); None if nothing is."""
    if OLDEST <= version <= NEWEST:
        return None
    remedy = f"run  {other} start.py" if other else "install Python 3.13 from python.org"
    versions = "{}.{} to {}.{}; this is {}.{}".format(*OLDEST, *NEWEST, *version)
    return f"Front Porch needs Python {versions}: {remedy}."


def other_python():
    """Find the command of a Python of the right version on this computer, if there is one."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        words = ["py", f"-3.{minor}"] if os.name == "nt" else [f"python3.{minor}"]
        if shutil.which(words[0]):
            tried = subprocess.run([*words, "-c", ""], stderr=subprocess.DEVNULL, check=False)
            if tried.returncode == 0:
                return " ".join(words)
    return None


def block_of(name, lock):
    """Cut the version and the hashes of one package out of the text of a lock."""
    found = re.findall(rf"^{name}==.*\\\n(?:    --hash=.*\n)+", lock, re.MULTILINE)
    if len(found) != 1:
        raise SetupError(f"requirements.lock does not name {name} once: get a fresh copy of it.")
    return found[0]


def venv_python(root):
    """Give the path of the environment's Python."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages(root):
    """Give the folder that holds the environment's packages."""
    folder = "Lib" if os.name == "nt" else "lib/python{}.{}".format(*sys.version_info)
    return root / ".venv" / folder / "site-packages"


def environment(root):
    """Give the variables for our commands: .venv comes first, Jupyter keeps to .jupyter."""
    foreign = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__", "PIP_USER", "PIP_TARGET")
    variables = {name: value for name, value in os.environ.items() if name not in foreign}
    variables["VIRTUAL_ENV"] = str(root / ".venv")
    variables["PATH"] = str(venv_python(root).parent) + os.pathsep + variables.get("PATH", "")
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        variables[name] = str(root / ".jupyter" / name.replace("JUPYTER_", "").lower())
    if sys.platform in ("win32", "darwin"):
        variables.setdefault("UV_SYSTEM_CERTS", "1")  # virus scanners and campuses add their own
    return variables


def fingerprint(root):
    """Hash the two files that say what is installed."""
    files = [root / "requirements.lock", root / "pyproject.toml"]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def is_whole(root, packages):
    """Tell whether the environment's Python runs and none of the packages has lost a file."""
    try:
        for package in packages:
            with (site_packages(root) / package / "RECORD").open(encoding="utf-8") as record:
                files = [row[0] for row in csv.reader(record) if not row[0].endswith(".pyc")]
            if not all((site_packages(root) / file).exists() for file in files):
                return False
        return subprocess.call([str(venv_python(root)), "-c", ""], env=environment(root)) == 0
    except OSError:
        return False


def condition(root):
    """Say what the environment is: "ready", to "update" (another lock) or to "rebuild"."""
    try:
        stamp = json.loads((root / ".venv" / STAMP).read_text(encoding="utf-8"))
        same = (stamp["python"], stamp["root"]) == (VERSION, str(root))
        packages, installed = stamp["packages"], stamp["installed"]
    except (OSError, ValueError, KeyError, TypeError):
        return "rebuild"
    if not same or not is_whole(root, packages):
        return "rebuild"
    return "ready" if installed == fingerprint(root) else "update"


def run(step, command, root):
    """Run a step of the set-up, show that it lives, and keep what it says in .venv/setup.log."""
    print(step, "...", flush=True)
    said = []
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=str(root),
        env=environment(root),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,  # a step keeps the lock of one_at_a_time even if this program is killed
    ) as process:
        try:
            for line in process.stdout:
                said.append(line)
                if line.startswith("Downloading"):
                    print("     " + line.strip(), flush=True)
        except BaseException:
            process.kill()
            raise
    with contextlib.suppress(OSError):
        log = root / ".venv" / "setup.log"
        earlier = log.read_text(encoding="utf-8") if log.exists() else ""
        log.write_text(earlier + step + "\n" + "".join(said), encoding="utf-8")
    if process.returncode:
        reason = explain("".join(said), root)
        if reason is None:
            print("".join(said[-15:]))
            reason = "This step failed; the lines above are the last that it said."
        raise SetupError(reason)


@contextlib.contextmanager
def one_at_a_time(root):
    """Hold the lock of the set-up; the system frees it when its holder ends, however it ends."""
    (root / ".jupyter").mkdir(exist_ok=True)
    with (root / ".jupyter" / "setup.lock").open("a") as lock:
        os.set_inheritable(lock.fileno(), True)
        if not take(lock.fileno()):
            print("Another start is setting up this folder; waiting for it ...", flush=True)
            while not take(lock.fileno()):
                time.sleep(0.5)
        yield


def take(number):
    """Try to lock an open file; False while another process holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # a network drive without locks is no reason to stop
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def set_up(root):
    """Bring .venv to what requirements.lock says, from any state it may be in."""
    state = condition(root)
    if state == "ready":
        return
    venv, python, lock = root / ".venv", venv_python(root), root / "requirements.lock"
    if state == "rebuild":
        if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
            version = "{}.{}".format(*sys.version_info)
            remedy = f"install it (on Debian and Ubuntu:  sudo apt install python{version}-venv)"
            raise SetupError(f"This Python lacks its venv module: {remedy}, then start again.")
        if venv.is_dir() and not venv.is_symlink():
            print("Removing the unfinished or outdated .venv ...", flush=True)
            shutil.rmtree(str(venv))
        elif venv.exists() or venv.is_symlink():
            venv.unlink()
        base = getattr(sys, "_base_executable", sys.executable)  # also when started from .venv
        run("1/4 Making a Python environment in .venv", [base, "-m", "venv", venv], root)
    with tempfile.TemporaryDirectory() as folder:
        installer = Path(folder, "installer.txt")
        installer.write_text(block_of("uv", lock.read_text(encoding="utf-8")), encoding="utf-8")
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
        run("2/4 Fetching the installer", [*pip, "--require-hashes", "-r", installer], root)
    uv, here = [python, "-m", "uv", "pip"], ["--python", python]
    sync = [*uv, "sync", *here, "--require-hashes", "--no-build", lock]
    run("3/4 Installing the packages (a few minutes the first time)", sync, root)
    install = [*uv, "install", *here, "--no-build-isolation", "--no-deps", "-e", "."]
    run("4/4 Installing Front Porch itself", install, root)
    settings = venv / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(exist_ok=True)
    (settings / "overrides.json").write_text(json.dumps(NO_NEWS), encoding="utf-8")
    stamp = {"python": VERSION, "root": str(root), "installed": fingerprint(root)}
    stamp["packages"] = sorted(folder.name for folder in site_packages(root).glob("*.dist-info"))
    (venv / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    print("Front Porch is set up.", flush=True)


def copy_lessons(root):
    """Bring the lessons to my-lessons, never over a student's work; return what to tell."""
    file = root / "helpers" / "frontporch" / "classroom" / "workbook.py"
    spec = importlib.util.spec_from_file_location("workbook", str(file))
    workbook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(workbook)
    return workbook.copy_lessons(root)


def lab_command(root, port, browser):
    """Give the command that opens my-lessons: at first lesson one, later where one stopped."""
    lessons = sorted(file.name for file in (root / "lessons").glob("[0-9]*.ipynb"))
    again = (root / ".jupyter" / "config_dir" / "lab" / "workspaces").exists()
    page = "/lab" if again or not lessons else "/lab/tree/" + urllib.parse.quote(lessons[0])
    command = [
        *(str(venv_python(root)), "-m", "jupyterlab", "--log-level=WARN"),
        f"--ServerApp.root_dir={root / 'my-lessons'}",
        f"--LabApp.default_url={page}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.answer_yes=True",  # one Ctrl-C stops it
        "--ServerApp.use_redirect_file=False",  # browsers from a snap cannot open hidden files
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",  # neither asks the network for extensions
    ]
    if port is not None:  # the port that was asked for, or an error; otherwise the next free one
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container
    return command


def open_lab(root, port, browser):
    """Run JupyterLab until it is stopped; return its exit code."""
    if not any((root / "lessons").glob("*.ipynb")):
        print("There are no lessons in the folder lessons yet.")
    print("JupyterLab opens in your browser; press Ctrl-C here to stop it.", flush=True)
    process = subprocess.Popen(lab_command(root, port, browser), env=environment(root))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches JupyterLab itself
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    return process.wait()


def run_tests(root, slow, words):
    """Run the tests, pytest's own summary last; return 0 if all passed."""
    python = [str(venv_python(root)), "-m"]
    lanes = {
        "ruff check": [*python, "ruff", "check"],
        "ruff format": [*python, "ruff", "format", "--check"],
        "notebooks": [*python, "pytest", "--nbval", "lessons", "notebooks"],
        "tests": [*python, "pytest", *([] if slow else ["-m", "not slow"]), *words],
    }
    failed, beside = [], None
    options = {"cwd": str(root), "env": environment(root)}
    with tempfile.TemporaryFile() as said:
        for lane in ["tests"] if words else lanes:
            if lane == "notebooks":  # beside the tests, and told of afterwards
                beside = subprocess.Popen(lanes[lane], stdout=said, stderr=said, **options)
                continue
            print(f"\n{lane}", flush=True)
            if subprocess.call(lanes[lane], **options):
                failed.append(lane)
        if beside:
            if beside.wait():
                failed.append("notebooks")
            said.seek(0)
            print("\nnotebooks\n" + said.read().decode("utf-8", "replace"), end="", flush=True)
    if failed:
        print("Failed: " + ", ".join(failed))
    return 1 if failed else 0


def main(argv=None, root=ROOT):
    """Do what the words on the command line say; return the exit code."""
    if python_problem(sys.version_info[:2], None):
        print(python_problem(sys.version_info[:2], other_python()))
        return 1
    sys.stdout.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(
        usage="python start.py [--no-browser] [--port N] | test [--all] [words for pytest]",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("command", nargs="?", choices=["test"], help="run the tests")
    parser.add_argument("--all", action="store_true", help="with test: the slow tests as well")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--port", type=int, metavar="N", help="JupyterLab's port")
    options, words = parser.parse_known_args(argv)
    if words and options.command != "test":
        parser.error("unknown: " + " ".join(words))
    try:
        with one_at_a_time(root):
            set_up(root)
            for sentence in [] if options.command == "test" else copy_lessons(root):
                print(sentence)
        if options.command == "test":
            return run_tests(root, options.all, words)
        return open_lab(root, options.port, not options.no_browser)
    except KeyboardInterrupt:
        print("\nStopped; the next start carries on.")
        return 130
    except (SetupError, OSError) as error:
        print(explain(str(error), root) or error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
