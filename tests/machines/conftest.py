"""start.py as a module, and small projects that the real start.py sets up without a network.

The packages of the running environment are packed into wheels again, and a lock is written for
them: so nothing is downloaded, and a set-up takes seconds.
"""

import base64
import csv
import hashlib
import importlib.util
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.tags import sys_tags
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
GROUPS = {
    "lab": ["ipykernel"],
    "build": ["hatchling"],
    "fast": ["sortedcontainers"],
    "test": ["uv"],
}
UNLISTED = "iniconfig"  # a wheel that no lock names: what a user might want
MADE_BY_INSTALLERS = ("INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "RECORD")
PYPROJECT = """
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"
[project]
name = "frontporch"
version = "0.1.0"
dependencies = []
[project.scripts]
porch = "frontporch.cli:app"
[tool.hatch.build.targets.wheel]
packages = ["helpers/frontporch"]
[tool.hatch.build]
dev-mode-dirs = ["helpers"]
[project.optional-dependencies]
"""
PORCH = """
import sys
def app():
    print("porch of", __file__, "UTF-8" if sys.flags.utf8_mode else sys.getfilesystemencoding())
"""
# Stands in for JupyterLab: begins a kernel, says where it is, and waits.
JUPYTERLAB = """
import json, os, pathlib, signal, subprocess, sys, time, warnings
warnings.warn("on a normal start", UserWarning) if os.environ.get("PYTHONWARNINGS") else None
kernel = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
def stop(*_):
    kernel.terminate()
    sys.exit()
signal.signal(signal.SIGTERM, stop)
place = pathlib.Path(os.environ["JUPYTER_DATA_DIR"]).parent / "running.json"
place.write_text(json.dumps([os.getpid(), kernel.pid, sys.argv[1:]]))
time.sleep(60)
"""


@pytest.fixture(scope="session")
def start():
    """The set-up program, loaded as a module."""
    spec = importlib.util.spec_from_file_location("front_porch_start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reached(words):
    """Each package that some lead to, with those that need it."""
    parents = {canonicalize_name(word): {"frontporch"} for word in words}
    open_ones = list(parents)
    while open_ones:
        name = open_ones.pop()
        for need in map(Requirement, metadata.requires(name) or []):
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                child = canonicalize_name(need.name)
                if child not in parents:
                    open_ones.append(child)
                parents.setdefault(child, set()).add(name)
    return parents


def pack(name, folder):
    """Pack an installed package into a wheel again; return its version and the wheel's hash."""
    package = metadata.distribution(name)
    scripts = {point.name for point in package.entry_points}
    tags = re.findall("^Tag: (.*)$", package.read_text("WHEEL"), re.MULTILINE)
    tag = next(tag for tag in map(str, sys_tags()) if tag in tags)
    stem = f"{canonicalize_name(name).replace('-', '_')}-{package.version}"
    info = Path(str(package.locate_file(""))) / f"{stem}.dist-info"
    prefix, records = Path(sys.prefix).resolve(), []
    wheel = folder / f"{stem}-{tag}.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for file in package.files:
            if file.suffix == ".pyc" or file.name in MADE_BY_INSTALLERS:
                continue
            place, source = file.as_posix(), Path(os.path.normpath(str(file.locate())))
            if place.startswith(".."):
                place = source.relative_to(prefix).as_posix()
                if place.split("/")[0] in ("bin", "Scripts"):
                    if source.stem in scripts:
                        continue
                    place = f"{stem}.data/scripts/{source.name}"
                else:
                    place = f"{stem}.data/data/{place}"
            elif ".dist-info/" in place:
                place = f"{stem}.dist-info/" + place.partition(".dist-info/")[2]
            packed.write(source, place)
            digest = base64.urlsafe_b64encode(hashlib.sha256(source.read_bytes()).digest())
            records.append([place, "sha256=" + digest.decode().rstrip("="), source.stat().st_size])
        text = io.StringIO()
        csv.writer(text).writerows([*records, [f"{stem}.dist-info/RECORD", "", ""]])
        packed.writestr(f"{info.name}/RECORD", text.getvalue())
    return package.version, hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.fixture(scope="session")
def packed(tmp_path_factory):
    """A folder of wheels, and the text of the lock that names them all but one."""
    folder, lock = tmp_path_factory.mktemp("wheels"), ""
    for name, parents in sorted(reached(itertools.chain(*GROUPS.values())).items()):
        version, digest = pack(name, folder)
        via = "".join(f"    #   {parent}\n" for parent in sorted(parents))
        lock += f"{name}=={version} \\\n    --hash=sha256:{digest}\n    # via\n{via}"
    pack(UNLISTED, folder)
    return folder, lock


class Project:
    """A small project with the real start.py."""

    def __init__(self, folder, lock):
        self.folder = folder
        rooms = folder / "helpers" / "frontporch"
        for part in ("classroom/presenting", "cli"):
            (rooms / part).mkdir(parents=True)
        (folder / "lessons").mkdir()
        real = ROOT / "helpers" / "frontporch" / "classroom"
        for file in ("workbook.py", "presenting/ends_with_parent.py"):
            shutil.copy(real / file, rooms / "classroom" / file)
        shutil.copy(ROOT / "start.py", folder)
        extras = "".join(f"{name} = {json.dumps(words)}\n" for name, words in GROUPS.items())
        for file, text in {
            folder / "pyproject.toml": PYPROJECT + extras,
            folder / "requirements.lock": lock,
            folder / "helpers" / "jupyterlab.py": JUPYTERLAB,
            rooms / "__init__.py": "",
            rooms / "cli" / "__init__.py": PORCH,
            rooms / "cli" / "__main__.py": "print('numbers agree')\n",
        }.items():
            file.write_text(text, encoding="utf-8")

    def command(self, *words, python=sys.executable):
        return [str(python), str(self.folder / "start.py"), *words]

    def start(self, *words, **variables):
        """Run start.py to its end, in these surroundings beside the usual ones."""
        return subprocess.run(
            self.command(*words),
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )

    def python(self, code, *options, **variables):
        """Run a piece of code by the Python of .venv."""
        place = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        command = [str(self.folder / ".venv" / place), *options, "-c", code]
        environment = {**os.environ, **variables}
        return subprocess.run(command, env=environment, capture_output=True, check=False)


@pytest.fixture(scope="session")
def project(packed, tmp_path_factory):
    """Make a small project in a new folder of a given name."""

    def make(name="project", stick=True):
        made = Project(tmp_path_factory.mktemp("machine") / name, packed[1])
        if stick:
            os.symlink(packed[0], made.folder / "wheels")  # noqa: PTH211
        return made

    return make


@pytest.fixture(scope="session")
def cut_off():
    """Variables with which no address beyond this machine answers."""
    nobody = "http://127.0.0.1:9"
    return {"HTTPS_PROXY": nobody, "HTTP_PROXY": nobody, "NO_PROXY": ""}


@pytest.fixture(scope="session")
def stick(project, cut_off, tmp_path_factory):
    """A project set up from a stick with the network cut, and what the set-up said."""
    made, empty = project("Été d'un stick"), tmp_path_factory.mktemp("cache")
    index = {"PIP_INDEX_URL": "http://x.invalid", "UV_CACHE_DIR": str(empty)}
    return made, made.start("setup", **cut_off, **index)
