"""Set up Front Porch and open its lessons, or run its tests.

    python start.py                opens the lessons in JupyterLab
    python start.py setup          only sets up, and opens nothing
    python start.py test           runs the tests
    python start.py test --all     runs the slow tests as well, and prints which lines all reach
    python start.py test WORDS     hands the words to pytest, and runs nothing else
    python start.py doctor         says what is installed, what is missing, and what is odd here

Lessons need nothing more. --with adds a group of packages, to any of these commands, and later
starts keep it: teach (slides, and lessons as pages without code), logs (large logs, Parquet
files), elsewhere (logs in a database), fast (large communities), regression (how long influence
lasts), sweep (many runs, on all cores or a cluster), browser (tests that drive a browser), site
(pages whose lessons run in a browser), test, or all.

Everything is installed into the folder .venv, exactly as requirements.lock says; nothing outside
this project is changed. Packages of your own that every set-up is to install go into a file
my-packages.txt beside this one. The lessons are copied to my-lessons, where your work is safe: the
new version of a lesson that you changed is put beside yours. Rename or delete your copy of a
lesson, and the next start brings a fresh one.
"""

# Only the standard library and old syntax, so that an old Python gets as far as the sentence
# that says what it lacks.
import argparse
import ast
import contextlib
import csv
import difflib
import errno
import hashlib
import importlib.util
import json
import operator
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST, NEWEST = (3, 11), (3, 14)
VERSION = "{}.{}.{}".format(*sys.version_info)
SYSTEM = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
STAMP = "frontporch.json"  # in .venv; written last, so that a .venv without it is unfinished
MINE = "my-packages.txt"  # beside this file: what a user wants installed as well
WHEELS = "wheels"  # beside this file: all packages, for a class without a network
ALWAYS = ("lab", "build")  # extras of pyproject.toml that every set-up has
# What the tests need beside them.
TESTED = ("elsewhere", "fast", "logs", "regression", "sweep", "teach", "test")
NO_NEWS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
}
# What tools and systems say when something around them is wrong, and what to do about it.
REASONS = {
    "The disk is full: free about 2 GB, then start again.": (
        "no space left|not enough space|quota exceeded|os error 28)|os error 112)|winerror 112]"
    ),
    "The path of {root} contains {separator}, which separates paths: rename the folder, then start "
    "again.": "contains the path separator",
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
            return sentence.format(root=root, separator=os.pathsep)
    return None


def python_problem(version, other):
    """Say what is wrong with a Python of this version (major, minor); None if nothing is."""
    if OLDEST <= version <= NEWEST:
        return None
    remedy = f"run  {other} start.py" if other else "install Python 3.13 from python.org"
    versions = "{}.{} to {}.{}; this is {}.{}".format(*OLDEST, *NEWEST, *version)
    return f"Front Porch needs Python {versions}: {remedy}."


def typed(*words):
    """Write the command that starts this file with these words, as it can be typed here."""
    python = Path(sys.executable or "python").name
    python = python[:-4] if python.lower().endswith(".exe") else python
    return " ".join([python, "start.py", *words])


def other_python():
    """Find the command of a Python of the right version on this computer, if there is one."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        words = ["py", f"-3.{minor}"] if os.name == "nt" else [f"python3.{minor}"]
        if shutil.which(words[0]):
            tried = subprocess.run([*words, "-c", ""], stderr=subprocess.DEVNULL, check=False)
            if tried.returncode == 0:
                return " ".join(words)
    return None


# The lock, and the part of it that a set-up needs

Block = namedtuple("Block", "name version marker parents text")
SIGNS = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def blocks(lock):
    """Split the text of a lock into its packages, each with its marker, hashes and parents."""
    found = []
    for text in re.findall(r"^\S+==.*\\\n(?:    .*\n)+", lock, re.MULTILINE):
        first, _, rest = text.partition("\\\n")
        pinned, _, marker = first.partition(" ; ")
        name, _, version = pinned.strip().partition("==")
        hashes = "".join(re.findall(r"    --hash=.*\n", rest)).rstrip(" \\\n") + "\n"
        parents = re.findall(r"^ +# (?:via |  )([\w.-]+)", rest, re.MULTILINE)
        entry = first + "\\\n" + hashes
        found.append(Block(plain(name), version, marker.strip(), set(map(plain, parents)), entry))
    return found


def plain(name):
    """Write the name of a package as all tools do that compare names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def block_of(name, lock):
    """Cut the version and the hashes of one package out of the text of a lock."""
    found = [block.text for block in blocks(lock) if block.name == name]
    if len(found) != 1 or "--hash=" not in found[0]:
        raise SetupError(f"requirements.lock does not name {name} once: get a fresh copy of it.")
    return found[0]


def extras(root):
    """Give the project's dependencies and its groups of packages, from pyproject.toml."""
    import tomllib  # not in an old Python, which does not get this far

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project.get("dependencies", []), project.get("optional-dependencies", {})


def groups_called(words, root):
    """Turn what was given to --with into names of groups; a ValueError names the nearest."""
    known = sorted(set(extras(root)[1]) - set(ALWAYS))
    wanted = set()
    for word in ",".join(words).replace(",", " ").split():
        if word == "all":
            wanted.update(known)
        elif word in known:
            wanted.add(word)
        else:
            near = difflib.get_close_matches(word.lower(), [*known, "all"], 1, 0.5)
            hint = f" Did you mean {near[0]}?" if near else ""
            names = ", ".join([*known, "all"])
            raise ValueError(f"There is no group {word!r}.{hint} The groups are {names}.")
    return wanted


def locked(root, groups=(), minor=None, system=None):
    """Cut out of requirements.lock what a set-up with some groups installs.

    Parameters
    ----------
    root : pathlib.Path
        The folder of the project, with its `pyproject.toml` and `requirements.lock`.
    groups : iterable of str
        Groups of packages beside what lessons need, for example ``["teach"]``: the names of the
        extras of `pyproject.toml`. What lessons need and what builds the kit are always there.
    minor : int, optional
        12 leaves out what no Python 3.12 needs.
    system : {"linux", "macos", "windows"}, optional
        Leaves out what this system does not need. Where only one of the two is given, the other
        is that of the running Python.

    Returns
    -------
    str
        Whole entries of the lock, with markers and hashes: a file of requirements for pip and uv.
        Two versions of one package may be among them, where they differ by the last digit of
        Python's version.
    """
    return "".join(block.text for block in chosen(root, groups, minor, system))


def chosen(root, groups=(), minor=None, system=None):
    """Give the entries of the lock that a set-up with some groups needs; see `locked`."""
    dependencies, by_group = extras(root)
    words = list(dependencies)
    for group in sorted({*ALWAYS, *groups}):
        words += by_group.get(group, [])
    wanted = {plain(re.match(r"[\w.-]+", word).group()) for word in words}
    entries = blocks((root / "requirements.lock").read_text(encoding="utf-8"))
    found = len(wanted) - 1
    while found < len(wanted):  # until no package brings a further one
        found = len(wanted)
        wanted.update(block.name for block in entries if block.parents & wanted)
    entries = [block for block in entries if block.name in wanted]
    if minor is None and system is None:
        return entries
    minor, system = minor or sys.version_info[1], system or SYSTEM
    pythons = [f"3.{minor}.{micro}" for micro in (0, 99)]
    return [block for block in entries if any(holds(block.marker, p, system) for p in pythons)]


def holds(marker, python, system):
    """Tell whether a marker of the lock is true for a full version of Python and a system."""
    if not marker:
        return True
    known = {
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": {"windows": "win32", "macos": "darwin"}.get(system, system),
        "platform_system": {"windows": "Windows", "macos": "Darwin"}.get(system, "Linux"),
        "os_name": "nt" if system == "windows" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_machine": platform.machine(),
    }
    return truth(ast.parse(marker, mode="eval").body, known)  # a marker is written as Python is


def truth(node, known):
    """Evaluate a part of a marker."""
    if isinstance(node, ast.BoolOp):
        together = all if isinstance(node.op, ast.And) else any
        return together(truth(part, known) for part in node.values)
    name, value = node.left.id, ast.literal_eval(node.comparators[0])
    here = known[name]
    if "version" in name:
        if value.endswith(".*"):
            value, here = value[:-2], ".".join(here.split(".")[: value.count(".")])
        value, here = ([int(part) for part in one.split(".")] for one in (value, here))
    return SIGNS[type(node.ops[0])](here, value)


# What of the surroundings reaches our commands: all that is about the network, and nothing that
# changes which packages are installed, where they go, or which kernel Jupyter takes

FOREIGN = re.compile(
    "(PYTHON|__PYVENV|PIP_|UV_|HATCH_|JUPYTER_|JUPYTERLAB_|JPY_|IPYTHON|MPLBACKEND|MATPLOTLIBRC)"
)
PIP_KEPT = {
    "index-url",
    "extra-index-url",
    "no-index",
    "find-links",
    "trusted-host",
    "proxy",
    "cert",
    "client-cert",
    "timeout",
    "default-timeout",
    "retries",
    "cache-dir",
    "no-cache-dir",
    "keyring-provider",
    "disable-pip-version-check",
}
UV_KEPT = {
    "index",
    "index-url",
    "extra-index-url",
    "no-index",
    "find-links",
    "index-strategy",
    "keyring-provider",
    "allow-insecure-host",
    "native-tls",
    "system-certs",
    "offline",
    "cache-dir",
    "no-cache",
    "link-mode",
    "http-proxy",
    "https-proxy",
    "no-proxy",
}
KEPT = re.compile(
    "(PIP|UV)_CONFIG_FILE|PIP_({})|UV_(INDEX|DEFAULT_INDEX|EXTRA_INDEX|FIND_LINKS|NO_INDEX"
    "|KEYRING|INSECURE|NATIVE_TLS|SYSTEM_CERTS|HTTP|REQUEST|CACHE|NO_CACHE|OFFLINE|LINK_MODE|CREDENTIALS).*|JUPYTER_TOKEN"
    "|PYTHON(PYCACHEPREFIX|UNBUFFERED|HASHSEED|FAULTHANDLER"
    "|_KEYRING_BACKEND)".format("|".join(key.upper().replace("-", "_") for key in PIP_KEPT))
)


def is_foreign(name):
    """Tell whether a variable of the surroundings is kept from our commands."""
    return bool(FOREIGN.match(name)) and not KEPT.fullmatch(name)


def environment(root):
    """Give the variables for our commands: .venv comes first, Jupyter keeps to .jupyter."""
    variables = {name: value for name, value in os.environ.items() if not is_foreign(name)}
    variables["VIRTUAL_ENV"] = str(root / ".venv")
    variables["PATH"] = str(venv_python(root).parent) + os.pathsep + variables.get("PATH", "")
    variables["PYTHONUTF8"] = "1"  # names of files and what is printed, in every locale
    told = next(filter(None, map(variables.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "C")
    if os.name != "nt" and told in ("C", "POSIX"):
        variables["LC_ALL"] = "C.UTF-8"  # pip reads its settings by the locale even so
    variables["PIP_USER"] = "0"  # so that pip works in a notebook, whatever its settings say
    variables["JUPYTER_PREFER_ENV_PATH"] = "1"
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        variables[name] = str(root / ".jupyter" / name.replace("JUPYTER_", "").lower())
    if sys.platform in ("win32", "darwin"):
        variables.setdefault("UV_SYSTEM_CERTS", "1")  # virus scanners and campuses add their own
    return variables


def pip_settings(root, python):
    """Ask a Python's pip for its settings; give those that are kept, and the names of others."""
    variables = {**environment(root), "PIP_QUIET": "0", "PIP_VERBOSE": "0"}
    said = subprocess.run(
        [str(python), "-m", "pip", "config", "list"],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        check=False,
    ).stdout
    found = re.findall(r"^(global|install|:env:)\.([\w-]+)=(['\"].*)$", said, re.MULTILINE)
    kept, aside = {}, set()
    for section in ("global", "install", ":env:"):  # the later ones are the stronger ones
        for where, key, value in found:
            value = ast.literal_eval(value)
            if where == section and key in PIP_KEPT and value:  # pip, too, skips an empty one
                kept[key] = value
            elif where == section != ":env:" and key not in PIP_KEPT:
                aside.add(key)
    return kept, sorted(aside)


def uv_files(root):
    """Find the files of settings that uv would read here, the strongest first."""
    if os.environ.get("UV_CONFIG_FILE"):
        return [Path(os.environ["UV_CONFIG_FILE"])]
    above = [folder / "uv.toml" for folder in (root, *root.parents)]
    if os.name == "nt":
        own = [Path(os.environ.get("APPDATA", ""), "uv", "uv.toml")]
        system = [Path(os.environ.get("SYSTEMDRIVE", "C:") + "/ProgramData/uv/uv.toml")]
    else:
        config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111
        own = [Path(config, "uv", "uv.toml")]
        places = os.environ.get("XDG_CONFIG_DIRS", "").split(":")
        system = [Path(place, "uv", "uv.toml") for place in [*filter(None, places), "/etc"]]
    first = (
        next((file for file in files if file.is_file()), None) for files in (above, own, system)
    )
    return [file for file in first if file]


def uv_settings(root):
    """Read uv's settings; give those that are kept, and the names of others."""
    import tomllib

    kept, aside = {}, set()
    for file in uv_files(root):
        try:
            settings = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        settings.update(settings.pop("pip", {}))
        for key, value in settings.items():
            if key not in UV_KEPT:
                aside.add(key)
            elif isinstance(value, list):
                kept[key] = kept.get(key, []) + value
            else:
                kept.setdefault(key, value)
    return kept, sorted(aside)


def pip_for_uv(pip, uv):
    """Give uv what pip knows about the network, where uv has been told nothing itself."""
    uv, variables = dict(uv), {}
    told = any("index" in key for key in uv) or any(
        "INDEX" in name for name in os.environ if name.startswith("UV_")
    )
    if not told and ("index-url" in pip or "no-index" in pip):
        lists = {key: pip[key].split() for key in ("extra-index-url", "find-links") if key in pip}
        uv.update(lists, **{"index-strategy": "unsafe-best-match"})  # as pip; hashes guard it
        if "index-url" in pip:
            uv["index-url"] = pip["index-url"]
        if pip.get("no-index", "0").lower() in ("1", "true", "yes", "on"):
            uv["no-index"] = True
    if "trusted-host" in pip:
        uv.setdefault("allow-insecure-host", pip["trusted-host"].split())
    for key, name in (("cert", "SSL_CERT_FILE"), ("client-cert", "SSL_CLIENT_CERT")):
        if key in pip and name not in os.environ:
            variables[name] = pip[key]
    if "proxy" in pip and not {"HTTPS_PROXY", "ALL_PROXY"} & {name.upper() for name in os.environ}:
        variables["ALL_PROXY"] = pip["proxy"]
    return uv, variables


def toml(value):
    """Write a setting as TOML does."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, (bool, int)):
        return json.dumps(value)
    return json.dumps(str(value), ensure_ascii=False)


def installers(root, folder):
    """Give the words and variables with which pip and uv install from requirements.lock alone."""
    pip = [venv_python(root), "-m", "pip", "install", "--no-compile"]
    pip += ["--disable-pip-version-check", "--no-warn-script-location"]
    uv = [venv_python(root), "-m", "uv", "pip", "install", "--python", venv_python(root)]
    variables = {"PIP_CONFIG_FILE": os.devnull, "UV_CONFIG_FILE": str(Path(folder, "uv.toml"))}
    settings = {}
    if (root / WHEELS).is_dir():
        for name in os.environ:
            if re.match("(PIP_|UV_(?!CACHE_DIR|LINK_MODE))", name):
                variables.setdefault(name, None)
        pip += ["--no-index", "--find-links", WHEELS]
        uv += ["--no-index", "--find-links", WHEELS, "--offline"]
    else:
        known = pip_settings(root, venv_python(root))[0]
        for key, value in known.items():
            variables["PIP_" + key.upper().replace("-", "_")] = value
        settings, more = pip_for_uv(known, uv_settings(root)[0])
        variables.update(more)
    text = "".join(f"{key} = {toml(value)}\n" for key, value in settings.items())
    Path(folder, "uv.toml").write_text(text, encoding="utf-8")
    return pip, uv, variables


# The environment


def venv_python(root):
    """Give the path of the environment's Python."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages(root):
    """Give the folder that holds the environment's packages."""
    folder = "Lib" if os.name == "nt" else "lib/python{}.{}".format(*sys.version_info)
    return root / ".venv" / folder / "site-packages"


def installed(root):
    """Find the records of all packages in .venv, whichever Python it is of, by plain name."""
    places = [".venv/lib/python*/site-packages", ".venv/Lib/site-packages"]
    records = (one for place in places for one in root.glob(place + "/*.dist-info"))
    return {plain(record.name.partition("-")[0]): record for record in records}


def version_of(record):
    """Read the version of a package off the name of its record."""
    return record.name[: -len(".dist-info")].partition("-")[2]


def remembered(root):
    """Read what the last set-up wrote down; nothing where there was none."""
    try:
        stamp = json.loads((root / ".venv" / STAMP).read_text(encoding="utf-8"))
        return stamp if isinstance(stamp, dict) else {}
    except (OSError, ValueError):
        return {}


def remember(root, news):
    """Write down what the set-up did, beside what it wrote down before."""
    text = json.dumps({**remembered(root), **news}, indent=1)
    (root / ".venv" / STAMP).write_text(text, encoding="utf-8")


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


def condition(root, groups=()):
    """Say what .venv is, "ready", to "update" in place or to "rebuild", and why."""
    stamp = remembered(root)
    if not {"python", "root", "packages", "installed", "groups"} <= set(stamp):
        there = (root / ".venv").exists()
        return "rebuild", "its set-up was not finished" if there else "there is none yet"
    if stamp["python"] != VERSION:
        return "rebuild", "it was made by Python {}, and this is {}".format(
            stamp["python"], VERSION
        )
    if stamp["root"] != str(root):
        return "rebuild", "it was made in another folder"
    if not is_whole(root, stamp["packages"]):
        return "rebuild", "files of it are missing"
    if stamp["installed"] != fingerprint(root):
        return "update", "requirements.lock or pyproject.toml has changed"
    lacking = set(groups) - set(stamp["groups"])
    if lacking:
        return "update", "it lacks " + ", ".join(sorted(lacking))
    return "ready", "nothing is missing"


def run(step, command, root, variables=None):
    """Run a step of the set-up, show that it lives, and keep what it says in .venv/setup.log."""
    print(step, "...", flush=True)
    said = []
    known = {**environment(root), **(variables or {})}
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=str(root),
        env={name: value for name, value in known.items() if value is not None},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,  # a step keeps the lock of one_at_a_time even if this program is killed
    ) as process:
        try:
            for line in process.stdout:
                said.append(line)
                if re.match(r" *Downloading .*\d M", line):  # only what takes a while
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
    (root / ".jupyter").mkdir(mode=0o700, exist_ok=True)  # it will hold keys of kernels
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


def set_up(root, asked=(), anew=False):
    """Bring .venv to what requirements.lock says of some groups, from any state it may be in."""
    groups = sorted({*remembered(root).get("groups", []), *asked} & set(extras(root)[1]))
    state, why = condition(root, groups)
    if state != "ready":
        check_wheels(root, groups)
        if state == "rebuild":
            make_venv(root, why)
            remember(root, {"groups": groups})  # so that they outlast an interruption
        install(root, groups)
        check_kernel(root)
        ours = {"frontporch", *(block.name for block in chosen(root, groups))}
        records = (record.name for name, record in installed(root).items() if name in ours)
        stamp = {"python": VERSION, "root": str(root), "installed": fingerprint(root)}
        remember(root, {**stamp, "groups": groups, "packages": sorted(records), "mine": None})
        print("Front Porch is set up.", flush=True)
    install_mine(root, anew)


def make_venv(root, why):
    """Make an empty .venv, in place of an old one."""
    venv = root / ".venv"
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        version = "{}.{}".format(*sys.version_info)
        remedy = f"install it (on Debian and Ubuntu:  sudo apt install python{version}-venv)"
        raise SetupError(f"This Python lacks its venv module: {remedy}, then start again.")
    if venv.is_dir() and not venv.is_symlink():
        print(f"Removing the old .venv: {why}.", flush=True)
        name_what_goes(root)
        shutil.rmtree(str(venv))
    elif venv.exists() or venv.is_symlink():
        venv.unlink()
    base = getattr(sys, "_base_executable", sys.executable)  # also when started from .venv
    run("1/4 Making a Python environment in .venv", [base, "-m", "venv", venv], root)


def name_what_goes(root):
    """Name the packages that a user has installed into .venv, and how to have them again."""
    stamp = remembered(root)
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    ours = {"frontporch", "pip", "setuptools", "wheel", *(block.name for block in blocks(lock))}
    ours.update(stamp.get("brought", []))
    ours.update(plain(name.partition("-")[0]) for name in stamp.get("packages", []))
    words = []
    for name, record in sorted(installed(root).items()):
        if name in ours:
            continue
        words.append(f"{name}=={version_of(record)}")
        with contextlib.suppress(OSError, ValueError, KeyError):
            source = json.loads((record / "direct_url.json").read_text(encoding="utf-8"))
            words[-1] = f'"{name} @ {source["url"]}"'
    if words:
        python = venv_python(Path()).as_posix() if os.name != "nt" else str(venv_python(Path()))
        print("With it go packages that you installed: " + ", ".join(words) + ".")
        print(f"To have them again:  {python} -m pip install {' '.join(words)}")
        print(f"To keep them from now on, write them into {MINE}, one a line.", flush=True)


def install(root, groups):
    """Install the packages of some groups and the kit itself."""
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    wanted = locked(root, groups)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "wanted.txt")
        exact = ["--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", file]
        tool, uv, variables = installers(root, folder)
        if "uv" in {block.name for block in blocks(wanted)}:
            file.write_text(block_of("uv", lock), encoding="utf-8")
            run("2/4 Fetching a fast installer", [*tool, *exact], root, variables)
            tool = uv
        file.write_text(wanted, encoding="utf-8")
        step = "2/4 Installing the packages (a few minutes the first time)"
        run(step, [*tool, *exact], root, variables)
        kit = [*tool, "--no-build-isolation", "--no-deps", "-e", "."]
        run("3/4 Installing Front Porch itself", kit, root, variables)
    lead_to_the_kit(root)
    settings = root / ".venv" / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "overrides.json").write_text(json.dumps(NO_NEWS), encoding="utf-8")


PORCH = """#!/bin/sh
'''exec' env PYTHONUTF8=1 "$(dirname -- "$(realpath -- "$0")")/python" "$0" "$@"
' '''
import sys
from frontporch.cli import app
sys.exit(app())
"""


def lead_to_the_kit(root):
    """Let Python and the command porch find the kit in every locale, whatever its path contains."""
    for file in site_packages(root).glob("_frontporch*.pth"):
        # In letters that every code page has: older Pythons read this file by the locale.
        place = 'os.path.abspath(os.path.join(sys.prefix, os.pardir, "helpers"))'
        file.write_text(f"import os, sys; sys.path.append({place})\n", encoding="ascii")
    porch = root / ".venv" / "bin" / "porch"
    plain_path = re.fullmatch(r"[\w./-]+", str(root), re.ASCII)
    if porch.exists() and not plain_path:  # what the installer wrote may not run there
        porch.write_text(PORCH, encoding="utf-8")


def install_mine(root, anew=False):
    """Install what a user's own list names, last and without touching what the kit needs."""
    try:
        text = (root / MINE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if remembered(root).get("mine") == digest and not anew:
        return
    before, failed = set(installed(root)), []
    with tempfile.TemporaryDirectory() as folder:
        pip, uv, variables = installers(root, folder)
        pins, wanted = Path(folder, "pins.txt"), Path(folder, "wanted.txt")
        lock = blocks((root / "requirements.lock").read_text(encoding="utf-8"))
        pins.write_text("".join(one.text.partition("\\\n")[0] + "\n" for one in lock), "utf-8")
        command = [*(uv if "uv" in before else pip), "-c", pins, "-r"]
        try:
            run(f"Installing your packages from {MINE}", [*command, root / MINE], root, variables)
        except SetupError:
            lines = [line.partition(" #")[0].strip() for line in text.splitlines()]
            options = [line for line in lines if line.startswith("-")]
            for line in lines:
                if not line or line.startswith(("#", "-")):
                    continue
                wanted.write_text("\n".join([*options, line, ""]), encoding="utf-8")
                try:
                    run(f"Installing {line}", [*command, wanted], root, variables)
                except SetupError as error:
                    failed.append(f"{line} ({error})")
    brought = set(installed(root)) - before | set(remembered(root).get("brought", []))
    remember(root, {"mine": digest, "brought": sorted(brought)})
    if failed:
        print("Front Porch itself is set up. Not installed from " + MINE + ":")
        print(*("  " + one for one in failed), sep="\n")
        print(f"To try these once more:  {typed('setup')}", flush=True)


# A folder of wheels, for a class without a network


def check_wheels(root, groups):
    """Say what a folder of wheels lacks for this Python and system, before anything is changed."""
    if not (root / WHEELS).is_dir():
        return
    there = set()
    for file in (root / WHEELS).glob("*.whl"):
        name, version = file.name.split("-")[:2]
        there.add((plain(name), version))
    minor = sys.version_info[1]
    needed = [
        block
        for block in chosen(root, groups, minor, SYSTEM)
        if holds(block.marker, VERSION, SYSTEM)
    ]
    missing = [block.name for block in needed if (block.name, block.version) not in there]
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        made = json.loads((root / WHEELS / "made_for.json").read_text(encoding="utf-8"))
        if f"3.{minor}" not in made["pythons"] or SYSTEM not in made["systems"]:
            others = f"this is Python 3.{minor} on {SYSTEM}"
            raise SetupError(f"{made_for(made)}: {others}. {without_wheels()}")
    if missing:
        names = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if missing[5:] else "")
        raise SetupError(f"The folder {WHEELS} lacks {names}. {without_wheels()}")


def made_for(made):
    """Say which Pythons and systems a folder of wheels was made for."""
    pythons, systems = " and ".join(made["pythons"]), " and ".join(made["systems"])
    return f"This stick was made for Python {pythons} on {systems}"


def without_wheels():
    """Say what to do where a folder of wheels does not fit."""
    return (
        "Start it with a Python and with groups that it was made for, or rename the folder "
        f"{WHEELS} to set up over the internet."
    )


# The kernel of the lessons

TRY_KERNEL = '''
import ast, json
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel
# Every room, so that what is broken is met now, and no lesson waits for its first compilation.
rooms = """
import importlib, pkgutil
import frontporch
for room in pkgutil.iter_modules(frontporch.__path__):
    importlib.import_module("frontporch." + room.name)
"""
told = {"place": "", "file": "", "error": ""}
try:
    told["place"] = KernelSpecManager().get_kernel_spec("python3").resource_dir
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=120)
    try:
        reply = client.execute_interactive(
            rooms, silent=True, store_history=False, timeout=120,
            user_expressions={"file": "frontporch.__file__"}, output_hook=lambda message: None,
        )["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if reply["status"] == "ok":
        told["file"] = ast.literal_eval(reply["user_expressions"]["file"]["data"]["text/plain"])
    else:
        told["error"] = reply["ename"] + ": " + reply["evalue"]
except Exception as error:
    told["error"] = type(error).__name__ + ": " + str(error)
print(json.dumps(told))
'''


def check_kernel(root):
    """Import the kit in the kernel that the lessons will get, and see that it is this kit."""
    print("4/4 Trying it in the kernel of the lessons ...", flush=True)
    tried = subprocess.run(
        [str(venv_python(root)), "-c", TRY_KERNEL],
        cwd=str(root / ".jupyter"),
        env=environment(root),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    try:
        told = json.loads(tried.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        told = {"place": "", "file": "", "error": tried.stdout.strip()[-500:]}
    if told["file"]:
        ours = root / "helpers" / "frontporch" / "__init__.py"
        if os.path.exists(told["file"]) and os.path.samefile(told["file"], str(ours)):  # noqa: PTH110, PTH121
            return
        told["error"] = "it imports another one, " + told["file"]
    place = told["place"] or "nowhere"
    remedy = f"delete the folder {place}, then start again"
    if not told["place"] or root in Path(place).parents:
        remedy = "start again, and .venv is built anew; if it stays so, run  " + typed("doctor")
    raise SetupError(
        "The packages are installed, but the kernel of the lessons (python3, described in "
        f"{place}) does not import this kit: {told['error']}. To mend it, {remedy}."
    )


# What is run


def copy_lessons(root):
    """Bring the lessons to my-lessons, never over a student's work; return what to tell."""
    file = root / "helpers" / "frontporch" / "classroom" / "workbook.py"
    spec = importlib.util.spec_from_file_location("workbook", str(file))
    workbook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(workbook)
    return workbook.copy_lessons(root)


def can_listen(port):
    """Tell whether JupyterLab could use a port of this machine; otherwise why not."""
    with socket.socket() as tried:
        if os.name != "nt":  # as JupyterLab does: a port that was just freed is free
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError as error:
            return error
    return None


def check_port(port):
    """Say at once that a port is taken, and name a free one."""
    problem = can_listen(port)
    if problem is None:
        return
    if problem.errno in (errno.EACCES, errno.EPERM):
        what = f"Port {port} is kept for the system"
    else:
        what = f"Port {port} is taken: another program listens there, perhaps an earlier start"
    free = next((one for one in range(max(port, 8887) + 1, 65536) if not can_listen(one)), 0)
    raise SetupError(f"{what}. Choose another:  {typed('--port', str(free))}")


def lab_command(root, port, browser):
    """Give the command that opens my-lessons: at first lesson one, later where one stopped."""
    lessons = sorted(file.name for file in (root / "lessons").glob("[0-9]*.ipynb"))
    again = (root / ".jupyter" / "config_dir" / "lab" / "workspaces").exists()
    page = "/lab" if again or not lessons else "/lab/tree/" + urllib.parse.quote(lessons[0])
    rooms = root / "helpers" / "frontporch" / "classroom"
    command = [
        str(venv_python(root)),
        str(rooms / "presenting" / "ends_with_parent.py"),
        *("jupyterlab", "--log-level=WARN"),
        f"--ServerApp.root_dir={root / 'my-lessons'}",
        f"--LabApp.default_url={page}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.answer_yes=True",  # one Ctrl-C stops it
        "--ServerApp.use_redirect_file=False",  # browsers from a snap cannot open hidden files
        "--KernelManager.transport_encryption=auto",  # otherwise each kernel warns that it lacks it
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
    # JupyterLab ends when the other end of this pipe closes: with this program, however it ends.
    process = subprocess.Popen(
        lab_command(root, port, browser), env=environment(root), stdin=subprocess.PIPE
    )
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches JupyterLab itself
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    return process.wait()


def run_tests(root, slow, words):
    """Run the tests and the notebooks, on every processor; return 0 if all passed."""
    python = [str(venv_python(root)), "-m"]
    kept = ["--cov", "--cov-report=term"] if slow else ["-m", "not slow"]
    # A file, and so a notebook with its kernel, stays in one process.
    spread = ["-n", "auto", "--maxprocesses", "8", "--dist", "loadfile"]
    everything = ["--nbval", "tests", "helpers", "lessons", "notebooks"]
    lanes = {
        "ruff check": [*python, "ruff", "check"],
        "ruff format": [*python, "ruff", "format", "--check"],
        "tests": [*python, "pytest", *kept, *(words or [*spread, *everything])],
    }
    failed = []
    for lane in ["tests"] if words else lanes:
        print(f"\n{lane}", flush=True)
        if subprocess.call(lanes[lane], cwd=str(root), env=environment(root)):
            failed.append(lane)
    if failed:
        print("Failed: " + ", ".join(failed))
    return 1 if failed else 0


# What is here

VERSIONS = ("numpy", "scipy", "pandas", "networkx", "matplotlib", "statsmodels", "jupyterlab")
BLAS_KERNEL = """
import ctypes, pathlib, numpy
folder = pathlib.Path(numpy.__file__).parent
for file in [*folder.parent.glob("numpy.libs/*openblas*"), *folder.glob(".dylibs/*openblas*")]:
    library = ctypes.CDLL(str(file))
    for name in ("scipy_openblas_get_corename64_", "openblas_get_corename64_"):
        if hasattr(library, name):
            asked = getattr(library, name)
            asked.restype = ctypes.c_char_p
            print(asked().decode())
"""


def processor():
    """Give the name of this machine's processor."""
    with contextlib.suppress(OSError):
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
        found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
        if found:
            return found.group(1)
    return platform.processor() or platform.machine()


def listen_to(command, root):
    """Run a short command of the environment and give what it prints; nothing if it fails."""
    try:
        return subprocess.run(
            [str(word) for word in command],
            env=environment(root),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            check=True,
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def left_aside(root):
    """Name the settings of the surroundings that the set-up does not follow."""
    told = sorted(filter(is_foreign, os.environ))
    python = venv_python(root) if venv_python(root).exists() else sys.executable
    told += [f"{key} (pip's settings)" for key in pip_settings(root, python)[1]]
    told += [f"{key} (uv.toml)" for key in uv_settings(root)[1]]
    return told


def describe(root):
    """Say what is installed and missing, as pairs of a word and a text."""
    state, why = condition(root)
    records, has = installed(root), remembered(root).get("groups", [])
    yield "Python", f"{platform.python_version()}, {sys.executable}"
    yield "System", platform.platform()
    yield "Processor", processor()
    if "numpy" in records:
        kernel = listen_to([venv_python(root), "-c", BLAS_KERNEL], root)
        yield "Linear algebra", f"OpenBLAS with its kernel {kernel}" if kernel else "not OpenBLAS"
    yield ".venv", state + f" ({why})"
    if state == "rebuild":
        yield "", "the next start builds it:  " + typed("setup")
        for group in sorted(set(extras(root)[1]) - {*ALWAYS, *has}):
            yield "", f"and with {group}:  " + typed("setup", "--with", group)
    else:
        yield "Installed", ", ".join(["lessons", *has])
    known = [f"{name} {version_of(records[name])}" for name in VERSIONS if name in records]
    yield "Versions", ", ".join(known) or "nothing is installed"
    yield "Left aside", ", ".join(left_aside(root)) or "nothing"
    yield "Port 8888", "free" if can_listen(8888) is None else "taken; the next free one is used"


def doctor(root):
    """Say what is installed, missing and odd here, and whether numbers agree; install nothing."""
    for word, text in describe(root):
        print(f"{word:15}{text}", flush=True)
    if condition(root)[0] == "rebuild":
        print("Numbers cannot be compared before the set-up.")
        return 1
    command = [str(venv_python(root)), "-m", "frontporch.cli", "doctor"]
    compared = subprocess.run(
        command,
        cwd=str(root),
        env=environment(root),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if "No such command" in compared.stderr:
        print("This copy of the kit has no numbers to compare.")
        return 0
    print(compared.stderr, end="")
    return compared.returncode


def reader():
    """Give what reads the command line."""
    parser = argparse.ArgumentParser(
        usage="python start.py [--no-browser] [--port N] | setup | test [--all] [words for pytest] "
        "| doctor   [--with GROUP]",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    choices = ["setup", "test", "doctor"]
    parser.add_argument("command", nargs="?", choices=choices, help="instead of opening lessons")
    parser.add_argument(
        "--with",
        action="append",
        default=[],
        metavar="GROUP",
        dest="groups",
        help="a group of packages to add, or several: --with teach,fast",
    )
    parser.add_argument("--all", action="store_true", help="with test: the slow tests as well")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--port", type=int, metavar="N", help="JupyterLab's port")
    return parser


def main(argv=None, root=ROOT):
    """Do what the words on the command line say; return the exit code."""
    if python_problem(sys.version_info[:2], None):
        print(python_problem(sys.version_info[:2], other_python()))
        return 1
    sys.stdout.reconfigure(errors="replace")
    parser = reader()
    options, words = parser.parse_known_args(argv)
    if words and options.command != "test":
        parser.error("unknown: " + " ".join(words))
    if options.port is not None and not 0 <= options.port < 65536:
        parser.error(f"--port {options.port}: a port is a number from 0 to 65535")
    try:
        groups = groups_called(options.groups, root)
    except ValueError as error:
        parser.error(str(error))
    try:
        return obey(options, groups, words, root)
    except KeyboardInterrupt:
        print("\nStopped; the next start carries on.")
        return 130
    except BrokenPipeError:  # whoever read what is printed has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (SetupError, OSError) as error:
        print(explain(str(error), root) or error)
        return 1


def obey(options, groups, words, root):
    """Do what the words on the command line say, once they are understood."""
    check_path(root)
    if options.command == "doctor":
        return doctor(root)
    if options.port is not None:
        check_port(options.port)
    if options.command == "test":
        groups = groups | set(TESTED)
    with one_at_a_time(root):
        set_up(root, groups, anew=options.command == "setup")
        for sentence in [] if options.command == "test" else copy_lessons(root):
            print(sentence)
    if options.command == "setup":
        has = remembered(root).get("groups", [])
        print("Installed: " + ", ".join(["what lessons need", *has]) + ".")
        print(f"To open the lessons:  {typed()}")
        return 0
    if options.command == "test":
        return run_tests(root, options.all, words)
    return open_lab(root, options.port, not options.no_browser)


def check_path(root):
    """Refuse a folder whose name is not text: some tools could not write it down."""
    try:
        str(root).encode("utf-8")
    except UnicodeEncodeError:
        raise SetupError(
            "The path of this folder contains a letter in an old encoding: rename the folder, then "
            "start again."
        ) from None


def start_in_utf8():
    """Start again in Python's UTF-8 mode where the locale would garble the names of files."""
    if sys.version_info >= (3, 7) and sys.getfilesystemencoding().lower() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])


if __name__ == "__main__":
    start_in_utf8()
    sys.exit(main())
