"""`porch sweep`: long studies from a terminal, where nobody has to watch."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from .writing import stop

FAILED, INTERRUPTED = 3, 130
"""How the command ends if runs failed, and if it was interrupted; 1 is any other error."""
EXAMPLE = """study = {
    "function": reach,
    "design": {"chance": [0.05, 0.1]},
    "replications": 100,
    "seed": 7,
    "store": "reach.sqlite",
}"""

sweeps = typer.Typer(help="Run a study of many runs, and go on with it.", no_args_is_help=True)

Study = Annotated[Path, typer.Argument(help="Python file that sets study = {…}.")]
Stored = Annotated[Path, typer.Argument(help="The store of the study, such as reach.sqlite.")]
Engine = Annotated[
    str | None, typer.Option(help="here, cores or dask; by default as the study says.")
]
Workers = Annotated[
    str | None, typer.Option(help="How many cores; for dask, the scheduler's address.")
]


@sweeps.callback()
def _several() -> None:
    """Run a study of many runs, and go on with it."""


@sweeps.command(short_help="Compute what is missing of a study.")
def run(study: Study, engine: Engine = None, workers: Workers = None) -> None:
    """Compute what is missing of the study that a Python file describes.

    The file sets study = {…}, with the arguments of sweep.run. Ends with 0 if all runs gave a
    result, with 3 if some failed, and with 130 if it was interrupted.
    """
    with _errors():
        found = _loaded(study)
        if engine is not None:
            found |= {"engine": engine, "workers": None}
        if workers is not None:
            found["workers"] = int(workers) if workers.isdigit() else workers
        _run(study, found)


@sweeps.command(short_help="Say how far a study has come, while another process may be running it.")
def status(store: Stored) -> None:
    """Say how far a study has come, and show the first runs that failed."""
    with _errors():
        from .. import sweep

        made = sweep.read(store)
        typer.echo(str(made.status))
        _tell_failed(made)


@sweeps.command(short_help="Write all runs to a CSV or Parquet file.")
def export(
    store: Stored, into: Annotated[Path, typer.Argument(help="File ending in .csv or .parquet.")]
) -> None:
    """Write all runs that gave a result as a table, with the manifest beside it."""
    with _errors():
        from .. import sweep

        made = sweep.read(store).export(into)
        typer.echo(f"{made} and {made.with_suffix('.manifest.json').name} written")


@sweeps.command(short_help="Go on with a study that `porch sweep run` began.")
def resume(
    store: Stored,
    failed: Annotated[
        bool, typer.Option("--failed", help="Compute failed runs again as well.")
    ] = False,
) -> None:
    """Go on with a study, from the same file and with the same engine."""
    with _errors():
        from .. import sweep

        made = sweep.read(store)
        call = made.manifest.get("call")
        if not call:
            stop(f"{store} was not begun by  porch sweep run. Repeat the call that began it.")
        if failed:
            typer.echo(f"{made.forget_failed():,} failed runs are computed again")
        study = Path(call["file"])
        _run(study, _loaded(study) | {name: call[name] for name in ("engine", "workers")})


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Interrupted; the same command goes on.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except (ValueError, TypeError, KeyError, OSError) as error:
        stop(str(error))


def _loaded(file: Path) -> dict[str, Any]:
    """Run a study's file, and take what it says."""
    if not file.is_file():
        stop(f"there is no file {file}.")
    name = file.stem if file.stem.isidentifier() else "study"
    spec = importlib.util.spec_from_file_location(name, file.resolve())
    if spec is None or spec.loader is None:
        stop(f"{file} is no Python file: its name has to end in .py.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(file.resolve().parent))  # for what lies beside it
    spec.loader.exec_module(module)
    study = getattr(module, "study", None)
    if not isinstance(study, dict):
        _lacks(file, "says no study = {…}")
    for part in ("function", "design", "seed", "store"):
        if part not in study:
            _lacks(file, f"says nothing of {part!r} in its study")
    return dict(study)


def _lacks(file: Path, what: str) -> NoReturn:
    stop(f"{file} {what}. A study looks like this:\n{EXAMPLE}")


def _run(file: Path, study: dict[str, Any]) -> None:
    from ..sweep.running import run_called

    call: dict[str, Any] = {"file": str(file.resolve())}
    call |= {"engine": study.get("engine", "here"), "workers": study.get("workers")}
    made = run_called(call, **study)
    typer.echo(str(made.status))
    if _tell_failed(made):
        raise typer.Exit(FAILED)


def _tell_failed(made: Any) -> bool:
    """Show the first failures; say whether there is any."""
    failed = made.failures
    for row in failed.head(3).to_dict("records"):
        stage, message = row.pop("stage"), row.pop("message")
        where = ", ".join(f"{name}={one}" for name, one in row.items())
        typer.echo(f"- {where}: {message} ({stage})")
    if len(failed) > 3:
        typer.echo(f"- and {len(failed) - 3:,} more: sweep.read(…).failures lists all")
    return bool(len(failed))
