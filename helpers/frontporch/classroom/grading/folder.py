"""Grade a folder of handed-in notebooks: run each behind the wall, judge its answers here.

The student's kernel says only what was answered. Whether it is right is judged in the grader's
process, by the grader's installation: a notebook that changes `check` gains nothing.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from ...rounding import decimal
from ..checking.checks import judge, registered
from . import isolation
from .grades import FILE, OPEN, RIGHT, WRONG, Grade, read, save
from .isolation import Limits
from .notebook_run import short

LARGEST = 50_000_000  # bytes of a notebook


def handed_in(folder: Path) -> list[Path]:
    """List what was handed in, also in folders inside, in order.

    Left out are hidden files, what operating systems and Jupyter add, the grades, and files
    whose name ends in .json: these are predictions, for `porch class predictions`.

    Raises
    ------
    ValueError
        If there is nothing.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder: name the one with the handed-in notebooks.")
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith((".", "__MACOSX"))]
        found += [Path(place, one) for one in names if not one.startswith((".", "~$"))]
    left = {FILE, FILE + ".part", "Thumbs.db", "desktop.ini"}
    found = [one for one in found if one.name not in left and one.suffix.lower() != ".json"]
    if not found:
        raise ValueError(f"There is nothing to grade in {folder}: put the notebooks there.")
    return sorted(found)


def grade(
    folder: Path,
    into: Path | None = None,
    *,
    limits: Limits | None = None,
    walled: bool = True,
    again: bool = False,
    at_once: int | None = None,
    said: Callable[[Grade, int, int], None] = lambda _grade, _done, _all: None,
) -> list[Grade]:
    """Grade a folder and write one table, after every notebook anew.

    Parameters
    ----------
    folder : pathlib.Path
        The handed-in notebooks; they are only read.
    into : pathlib.Path, optional
        The table; `grades.csv` in the folder without it. What it has already is kept where
        the file has not changed.
    limits : Limits, optional
        Time and memory for each notebook.
    walled : bool
        Whether each notebook runs behind the wall; try it first with `snooping.leaks`.
    again : bool
        Grade all, also what has been graded.
    at_once : int, optional
        How many run side by side; one for each processor without it, at most four.
    said : callable
        Called after each notebook with its grade, how many are done, and how many there are.

    Returns
    -------
    list of Grade

    Raises
    ------
    ValueError
        If there is nothing to grade, or the table to write to holds something else.
    KeyboardInterrupt
        If it is interrupted; the table then has what was done.
    """
    into = into or folder / FILE
    files = [one for one in handed_in(folder) if one.resolve() != into.resolve()]
    names = {path: _name(path, folder) for path in files}
    before = read(into, set(names.values()))
    done: dict[str, Grade] = {}
    waiting = []
    for path in files:
        known = None if again else before.get(names[path])
        if known is not None and known.sha256 == _fingerprint(path):
            done[known.file] = known
        else:
            waiting.append(path)
    save(done, into)
    stop = threading.Event()
    pool = ThreadPoolExecutor(at_once or min(os.cpu_count() or 1, 4))
    every = [
        pool.submit(grade_one, path, names[path], limits, walled=walled, stop=stop)
        for path in waiting
    ]
    running = set(every)
    try:
        while running:
            ready, running = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            for one in ready:
                made = one.result()
                done[made.file] = made
                save(done, into)
                said(made, len(done), len(files))
    finally:
        # Before the others are stopped: what is whole at this moment is kept.
        whole = [one.result() for one in every if one.done() and not one.exception()]
        stop.set()
        save(done | {one.file: one for one in whole}, into)
        pool.shutdown(wait=True, cancel_futures=True)
    return [done[name] for name in names.values()]


def grade_one(
    path: Path,
    name: str,
    limits: Limits | None = None,
    *,
    walled: bool = True,
    stop: threading.Event | None = None,
) -> Grade:
    """Grade one file, whatever it is; parameters as in `grade`."""
    if path.is_symlink():
        return Grade(name, _fingerprint(path), reasons="It is a link to another file: not read.")
    try:
        size = path.stat().st_size
        if path.suffix.lower() != ".ipynb":
            reason = "It is not a notebook: its name does not end in .ipynb."
        elif size > LARGEST:
            reason = f"It is too large: {decimal(size / 1e6)} MB; clear its outputs."
        else:
            raw, reason = path.read_bytes(), ""
    except OSError as error:
        return Grade(name, "", reasons=f"It cannot be read: {error.strerror}.")
    if reason:
        return Grade(name, _fingerprint(path), reasons=reason)
    outcome = isolation.run(raw, limits, walled=walled, stop=stop)
    reasons = [short(one) for one in outcome.problems]
    marks: dict[str, str] = {}
    lesson = outcome.lesson or next((one.split(".")[0] for one in outcome.answers), "")
    if outcome.graded:
        for exercise in registered():
            if exercise.id.split(".")[0] == lesson:
                mark, why = _judged(exercise.id, outcome.answers.get(exercise.id), outcome.team)
                marks[exercise.id] = mark
                reasons += [f"{exercise.id}: {why}"] if mark == WRONG else []
        if not marks:
            reasons.append("There is no lesson with exercises that it belongs to.")
    reasons = reasons or ([] if marks else ["It could not be run."])
    content = hashlib.sha256(raw).hexdigest()
    return Grade(name, content, outcome.team, lesson, marks, " ".join(reasons))


def _judged(exercise_id: str, answer: Any, team: str | None) -> tuple[str, str]:
    if answer is not None and not isinstance(answer, (int, float, str)):
        answer = short(answer)
    try:
        verdict = judge(exercise_id, answer, team)
    except Exception as error:  # whatever was handed in, the other exercises count
        return WRONG, f"the answer cannot be judged ({short(error)})."
    return {True: RIGHT, False: WRONG, None: OPEN}[verdict.right], verdict.reason


def _name(path: Path, folder: Path) -> str:
    whole = path.relative_to(folder).as_posix()
    return whole.encode(errors="surrogateescape").decode(errors="replace")


def _fingerprint(path: Path) -> str:
    if path.is_symlink():
        return hashlib.sha256(str(path.readlink()).encode(errors="replace")).hexdigest()
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""
