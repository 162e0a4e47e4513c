"""Lessons that open and run in a browser alone: JupyterLite, with packages beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ... import __version__
from ...groups import require
from ..workbook import cleared, taught_files
from .distribution import LOCK, Distribution, SiteError, entry
from .pure_wheels import own_wheel, wheel

PYODIDE = Path("static", "pyodide")
"""Where the packages lie in the folder of the lessons that run."""
KERNEL = "@jupyterlite/pyodide-kernel-extension"
OVERRIDES = {
    # Every cell is on the page, so that the keyboard and a screen reader reach all of it.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
}
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "anywidget", KERNEL)
BUILT = (
    *("numpy", "pandas", "matplotlib", "scipy", "micropip", "ipython", "jedi"),
    *("ssl", "sqlite3"),
)
"""What the distribution has to bring."""
OURS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # Package: what it depends on, and what is imported from it.
    "anywidget": (("ipywidgets", "psygnal", "typing-extensions"), ("anywidget",)),
    "comm": ((), ("comm",)),
    "ipywidgets": (
        ("comm", "ipython", "jupyterlab-widgets", "widgetsnbextension"),
        ("ipywidgets",),
    ),
    "jupyterlab-widgets": ((), ("jupyterlab_widgets",)),
    "lazy-loader": (("packaging",), ("lazy_loader",)),
    "networkx": ((), ("networkx",)),
    "psygnal": ((), ("psygnal",)),
    "typing-extensions": ((), ("typing_extensions",)),
}
"""What is packed from this environment."""
NEEDED = (
    *("anywidget", "ipywidgets", "lazy-loader", "matplotlib", "networkx", "numpy", "pandas"),
    "scipy",
)
KERNELS_OWN = ("ipykernel", "piplite", "pyodide_kernel")
FIRST = (
    *("micropip", "ssl", "sqlite3", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"),
    *("piplite", "frontporch"),
)
"""What is loaded at once, while the page is drawn."""


def build(root: Path, into: Path, pyodide: Distribution, say: Callable[[str], None]) -> list[str]:
    """Make the folder of the lessons that run; give their places in it.

    Parameters
    ----------
    root : pathlib.Path
        The project: its folders `lessons` and `notebooks` are copied, without outputs.
    into : pathlib.Path
        The folder to make.
    pyodide : Distribution
        Python for the browser.
    say : callable
        Told how far it is.

    Raises
    ------
    SiteError
        If a package is missing, or is not the one that was checked.
    MissingPackage
        If JupyterLite is not installed.
    """
    require("A site whose lessons run", "jupyterlite_core", "jupyterlite_pyodide_kernel")
    with tempfile.TemporaryDirectory() as given:
        work = Path(given)
        places = _contents(root, work / "contents")
        _settings(work)
        say(f"{len(places)} notebooks are laid out for the browser.")
        _lite(work, into)
    _packages(pyodide, into / PYODIDE)
    say("The packages for the browser are those that their lists name.")
    return places


def _contents(root: Path, into: Path) -> list[str]:
    places = []
    for file, place in taught_files(root):
        (into / place).parent.mkdir(parents=True, exist_ok=True)
        (into / place).write_bytes(cleared(file))
        if place.suffix == ".ipynb":
            places.append(place.as_posix())
    return places


def _settings(work: Path) -> None:
    """Write what JupyterLite reads while it builds, and what its pages read."""
    extensions = Path(sys.prefix, "share", "jupyter", "labextensions")
    building = {
        "apps": ["lab", "notebooks", "tree"],
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(extensions / one) for one in EXTENSIONS],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }
    kernel = {
        "pyodideUrl": f"./{PYODIDE.as_posix()}/pyodide.js",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": list(FIRST)},
    }
    pages = {
        "appName": "Front Porch",
        "exposeAppInBrowser": True,
        "disabledExtensions": ["@jupyterlab/extensionmanager-extension"],
        "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        "showLoadingIndicator": True,
    }
    told = {"jupyter-lite-schema-version": 0, "jupyter-config-data": pages}
    (work / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": building}))
    (work / "jupyter-lite.json").write_text(json.dumps(told, indent=1))
    (work / "overrides.json").write_text(json.dumps(OVERRIDES))


def _lite(work: Path, into: Path) -> None:
    words = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(work)]
    words += ["--contents", str(work / "contents"), "--output-dir", str(into)]
    done = subprocess.run(
        words, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise SiteError(f"JupyterLite could not be built:\n{done.stdout[-3000:]}")


def _packages(pyodide: Distribution, into: Path) -> None:
    """Lay the packages beside their list, ours among them: an import brings what it needs."""
    entries = pyodide.copy(BUILT, into)
    for name, (depends, imports) in OURS.items():
        entries.setdefault(name, entry(wheel(name, into), depends, imports))
    entries.update(_kernels_own(into))
    own = own_wheel(__version__, into)
    entries["frontporch"] = entry(own, NEEDED, ["frontporch"])
    lock = pyodide.lock | {"packages": entries}
    (into / LOCK).write_text(json.dumps(lock), encoding="utf-8")


def _kernels_own(into: Path) -> dict[str, dict[str, Any]]:
    """What the kernel for the browser carries: loaded with all else, and not one by one."""
    carried = Path(sys.prefix, "share", "jupyter", "labextensions", KERNEL, "static", "pypi")
    found = {}
    for file in sorted(carried.glob("*.whl")):
        name = file.name.split("-")[0]
        if name in KERNELS_OWN or file.name.startswith("widgetsnbextension-4"):
            shutil.copyfile(file, into / file.name)
            one = entry(into / file.name, (), [name])
            found[one["name"]] = one
    return found
