"""From the project's folder to a folder that needs no network."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...names import pick
from .fetching import StickError, Wheels, fetch
from .targets import MACHINES, targets

ABOUT = "made_for.json"
"""Beside the wheels: for which systems, Pythons and groups they were fetched."""

PROJECT = ("start.py", "requirements.lock", "pyproject.toml")
_OURS_ALONE = {
    ".git",
    ".venv",
    ".jupyter",
    "my-lessons",
    "my-packages.txt",
    "my-answers.json",
    "predictions.json",
    "wheels",
    "build",
    "dist",
    "htmlcov",
    "__pycache__",
    ".ipynb_checkpoints",
    ".hypothesis",
    ".pytest_cache",
    ".ruff_cache",
}


@dataclass(frozen=True)
class Stick:
    """What was made.

    Parameters
    ----------
    folder : pathlib.Path
        Where it is.
    size : int
        Its bytes.
    systems, pythons, groups : tuple of str
        What it was made for; groups are those beside what lessons need.
    lacking : tuple of str
        A sentence for each kind of computer for which there are no wheels of some packages.
    """

    folder: Path
    size: int
    systems: tuple[str, ...]
    pythons: tuple[str, ...]
    groups: tuple[str, ...]
    lacking: tuple[str, ...]


def make(
    root: Path,
    folder: Path,
    systems: Iterable[str] = (),
    pythons: Iterable[str] = (),
    groups: Iterable[str] = (),
    say: Callable[[str], None] = print,
) -> Stick:
    """Put the project and all wheels of its set-up into a folder, from which `start.py` sets up.

    What the folder was made for before is kept; wheels of an older lock go. After an interruption
    the same call goes on from there.

    Parameters
    ----------
    root : pathlib.Path
        The project's folder.
    folder : pathlib.Path
        An empty folder, one that does not exist, or a stick to add to.
    systems : iterable of {"linux", "macos", "windows"}
        This computer's without it.
    pythons : iterable of str
        Such as "3.13"; this one without it.
    groups : iterable of str
        Beside what lessons need, as `start.py --with` takes them.
    say : callable
        Told how far it is.

    Raises
    ------
    StickError
        If the folder holds something else, or a package cannot be fetched.
    """
    start = _start(root)
    if folder.resolve() == root.resolve():
        raise StickError(f"{folder} is the project itself: name a folder outside of it.")
    made = _made_for(folder)
    wanted = {
        "systems": [pick(one, MACHINES, "system") for one in systems or [start.SYSTEM]],
        "pythons": [_python(one, start) for one in pythons or [f"3.{sys.version_info[1]}"]],
        "groups": sorted(start.groups_called(groups, root)),
    }
    wanted = {key: list(dict.fromkeys([*made.get(key, ()), *wanted[key]])) for key in wanted}
    about = folder / start.WHEELS / ABOUT
    about.parent.mkdir(parents=True, exist_ok=True)
    # Written first, so that an interrupted stick is known as one.
    about.write_text(json.dumps(wanted, indent=1), encoding="utf-8")
    say("Copying the project ...")
    _copy(root, folder)
    lacking = tuple(_fetch_all(start, root, about.parent, wanted, say))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Stick(folder, size, *map(tuple, wanted.values()), lacking)


def _start(root: Path) -> Any:
    """Load the project's start.py, which knows what is in the lock."""
    if not all((root / name).is_file() for name in PROJECT):
        raise StickError(f"{root} is not the project's folder: start in the one with start.py.")
    spec = importlib.util.spec_from_file_location("start", root / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _made_for(folder: Path) -> dict[str, list[str]]:
    """Say for what a stick was made; refuse a folder that holds something else."""
    about = folder / "wheels" / ABOUT
    try:
        made = json.loads(about.read_text(encoding="utf-8"))
        return {key: [str(one) for one in made[key]] for key in made}
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (ValueError, TypeError, AttributeError):
        raise StickError(f"{about} is damaged: delete it, or name a new folder.") from None
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise StickError(
            f"{folder} holds something else already: name a new folder, such as "
            f"{(folder.parent if folder.is_file() else folder) / 'front-porch'}."
        )
    return {}


def _python(word: str, start: Any) -> str:
    known = [f"3.{minor}" for minor in range(start.OLDEST[1], start.NEWEST[1] + 1)]
    return pick(word, known, "Python that Front Porch knows,")


def _copy(root: Path, folder: Path) -> None:
    """Copy the project's own files, and nothing that its user or its tools have made."""
    try:
        for name in list(_tracked(root)):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, folder / name)
    except OSError as error:
        raise StickError(f"{error.filename} cannot be copied: {error.strerror}.") from None


def _tracked(root: Path) -> Iterator[Path]:
    """List what git tracks; where there is no git, all but what is known to be made here."""
    if (root / ".git").exists() and shutil.which("git"):
        # Whoever runs a container may not own the folder; git would refuse it without this.
        asked = ["git", "-c", f"safe.directory={root.as_posix()}", "ls-files", "-z"]
        told = subprocess.run(asked, cwd=root, capture_output=True, check=False)
        if told.returncode == 0:
            names = map(Path, os.fsdecode(told.stdout).split("\0")[:-1])
            yield from (name for name in names if (root / name).is_file())
            return
    for place, folders, files in os.walk(root):
        folders[:] = [
            one
            for one in folders
            if one not in _OURS_ALONE
            and not one.endswith(".egg-info")
            and not (Path(place, one) / "wheels" / ABOUT).is_file()
        ]
        yield from (Path(place, one).relative_to(root) for one in files if one not in _OURS_ALONE)


def _fetch_all(
    start: Any, root: Path, folder: Path, wanted: dict[str, list[str]], say: Callable[[str], None]
) -> Iterator[str]:
    """Fetch the wheels of every kind of computer; give a sentence for each that lacks some."""
    groups = wanted["groups"]
    wheels = Wheels(folder, start.chosen(root, groups))
    minors = [int(one.split(".")[1]) for one in wanted["pythons"]]
    pip = _pip(start, root)
    for target in targets(wanted["systems"], minors):
        entries = start.chosen(root, groups, target.minor, target.system)
        try:
            lacking = fetch(wheels, target, entries, pip, say)
        except StickError as error:
            last = str(error).strip().splitlines()[-1:] or ["It says nothing."]
            reason = start.explain(str(error), root) or f"pip cannot go on: {last[0]}"
            raise StickError(f"{reason} What was fetched is kept.") from None
        if lacking:
            yield f"{target}: there is no wheel of {', '.join(lacking)}."


def _pip(start: Any, root: Path) -> Callable[[list[str]], subprocess.CompletedProcess[str]]:
    """Give a function that runs pip's `download`, with the settings that are about the network."""
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check"]
    if (root / start.WHEELS).is_dir():  # a stick that is made from a stick
        command += ["--no-index", "--find-links", str(root / start.WHEELS)]
    kept = start.pip_settings(root, sys.executable)[0]
    settings = {"PIP_" + re.sub("-", "_", key).upper(): value for key, value in kept.items()}
    variables = start.environment(root) | {"PIP_CONFIG_FILE": os.devnull} | settings

    def run(words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *words],
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    return run
