"""Before a class: a lesson in JupyterLab for the projector, or as a page without code."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import tempfile
import urllib.parse
from pathlib import Path
from typing import Any

from ...groups import needs, require
from ..copying import copies
from ..copying.routes import on_route
from ..copying.sources import is_solution
from . import ends_with_parent, presenter_layout
from .serving import PresentingError, Server, free_port

IPYTHON = "ipython"
IDLE = 30 * 60
"""Seconds after which the kernel of a viewer that nobody touches is ended."""


def presenters_copy(book: Any) -> Any:
    """Make the copy for the projector: what is not for the class stands folded at its place.

    Questions stand as students see them, so that an answer from the class can be tried; the
    solution, the typical wrong answers and the notes open on a click.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source; it is left as it is.
    """
    with needs("A lesson for the projector"):
        from nbconvert.preprocessors import ClearOutputPreprocessor
        from nbformat.v4 import new_markdown_cell

    made, _ = ClearOutputPreprocessor().preprocess(copies.instructor(book), {})
    cells = []
    for cell in made.cells:
        told = cell.metadata.get(copies.FOLDER, {})
        if is_solution(cell):
            solved = _folded(f"Solution to {told['check']}", f"```python\n{cell.source}\n```")
            cell = new_markdown_cell(solved, id=cell["id"], metadata=cell.metadata)
        elif told.get("audience") == "instructor" or cell["id"].endswith("-wrong"):
            cell.source = _folded("For the instructor", cell.source)
        cells.append(cell)
        if cell.cell_type == "code":
            cell.metadata["scrolled"] = False  # output in view, however long it is
    made.cells = cells
    return made


def _folded(name: str, markdown: str) -> str:
    return f"<details><summary>{name}</summary>\n\n{markdown}\n\n</details>"


def lab(source: Path, into: Path, *, port: int | None = None, dark: bool = False) -> Server:
    """Prepare JupyterLab for a projector, on a fresh copy of a lesson.

    Parameters
    ----------
    source : pathlib.Path
        Source of the lesson; it is only read.
    into : pathlib.Path
        Gets a new folder with the copy and JupyterLab's settings.
    port : int, optional
        Where it listens, on this machine alone; a free one without it.
    dark : bool
        White on black, for a dark room.

    Raises
    ------
    PresentingError
        If the port is taken.
    MissingPackage
        If JupyterLab is not installed.
    """
    require("A lesson for the projector", "jupyterlab", "nbconvert", "nbformat")
    import nbformat

    port = free_port(port, "127.0.0.1")
    folder = _fresh(source, into)
    nbformat.write(presenters_copy(copies.read(source)), folder / "lesson" / source.name)
    token = secrets.token_urlsafe(16)
    command = [
        *ends_with_parent.command("jupyterlab", "--no-browser"),
        *presenter_layout.write(folder / "jupyter", dark),
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder / 'lesson'}",
        "--ServerApp.answer_yes=True",
        "--ServerApp.allow_root=True",
    ]
    here = f"http://127.0.0.1:{port}"
    page = urllib.parse.quote(source.name)
    return Server(
        tuple(command),
        _variables(folder, token),
        f"{here}/lab/tree/{page}?token={token}",
        f"{here}/api/status?token={token}",
        folder,
    )


def page(
    source: Path,
    into: Path,
    *,
    port: int | None = None,
    viewers: int = 12,
    share: bool = False,
    route: int | None = None,
) -> Server:
    """Prepare a lesson as a page without code, for several viewers at once.

    Each viewer has a kernel and a folder of their own; kernels run the lesson before anybody
    comes, and one that nobody touches for half an hour is ended.

    Parameters
    ----------
    source : pathlib.Path
        Source of the lesson; it is only read.
    into : pathlib.Path
        Gets a new folder with the copy and Voilà's settings.
    port : int, optional
        Where it listens; a free one without it.
    viewers : int
        How many may look at once; the next one is told so.
    share : bool
        Whether other machines of the network may open the page too.
    route : int, optional
        Minutes of the route whose cells are kept; all of them without it.

    Raises
    ------
    UnknownName
        If there is no such route.
    PresentingError
        If the port is taken.
    MissingPackage
        If Voilà is not installed.
    """
    require("A page without code", "voila", "nbconvert", "nbformat")
    import nbformat

    book = on_route(copies.read(source), route)

    from .voila_page import page as pages_copy

    ip = "0.0.0.0" if share else "127.0.0.1"
    port = free_port(port, ip)
    folder = _fresh(source, into)
    notebook = folder / "lesson" / source.name
    nbformat.write(pages_copy(book), notebook)
    config = folder / "jupyter" / "voila.json"
    config.parent.mkdir()
    (folder / "viewers").mkdir()
    config.write_text(json.dumps(_voila(notebook, ip, port, viewers), indent=1), encoding="utf-8")
    token = secrets.token_urlsafe(16)
    command = ends_with_parent.command(
        "frontporch.classroom.presenting.voila_server",
        "--no-browser",
        f"--Voila.config_file_paths={config.parent}",
    )
    name = name_in_network() if share else "127.0.0.1"
    return Server(
        tuple(command),
        _variables(folder, token),
        f"http://{name}:{port}/?token={token}",
        f"http://127.0.0.1:{port}/places?token={token}",
        folder,
        viewers,
    )


def _voila(notebook: Path, ip: str, port: int, viewers: int) -> dict[str, Any]:
    """Voilà's settings: nothing that a viewer can change, and nothing beside the lesson."""
    return {
        "Voila": {
            "notebook_path": str(notebook),
            "ip": ip,
            "port": port,
            "port_retries": 0,
            "auto_token": True,
            "log_level": 30,
        },
        "VoilaConfiguration": {
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "theme": "light",
            "strip_sources": True,
            "show_tracebacks": False,
            "file_allowlist": [],
            "file_denylist": [".*"],
            "preheat_kernel": True,
            "default_pool_size": viewers,
            "extension_allowlist": [
                "@jupyter-widgets/jupyterlab-manager",
                "@voila-dashboards/widgets-manager8",
                "anywidget",
            ],
            "multi_kernel_manager_class": "frontporch.classroom.presenting.voila_server.Places",
        },
        "VoilaKernelManager": {"fill_delay": 0.0},
        "Places": {
            "places": viewers,
            "folders": str(notebook.parents[1] / "viewers"),
            "cull_idle_timeout": IDLE,
            "cull_interval": 60,
            "cull_connected": True,
        },
    }


def _fresh(source: Path, into: Path) -> Path:
    """A new folder for one presentation; earlier ones stay."""
    try:
        into.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{source.stem[:2]}-", dir=into)).resolve()
        (folder / "lesson").mkdir()
        (folder / IPYTHON).mkdir(mode=0o700)  # IPython would let others read its history
    except OSError as error:
        raise PresentingError(
            f"{into} cannot be written ({error.strerror}): start in a folder of your own."
        ) from None
    return folder


def _variables(folder: Path, token: str) -> dict[str, str]:
    """Jupyter keeps to the folder; the token is not seen among the running commands."""
    own = {"CONFIG": "jupyter", "RUNTIME": "runtime"}
    places = {f"JUPYTER_{one}_DIR": str(folder / name) for one, name in own.items()}
    return places | {"JUPYTER_TOKEN": token, "IPYTHONDIR": str(folder / IPYTHON)}


def name_in_network() -> str:
    """The address that other machines know this one by; no packet is sent."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(("192.0.2.1", 9))
        return str(asked.getsockname()[0])
    return socket.gethostname()
