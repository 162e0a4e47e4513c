"""What a class predicted: every student's file in one table and one picture a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ..course_package import course
from .class_question import ClassQuestion, of_one_kind
from .outcome import Outcome
from .predictions import Prediction, PredictionsError, predictions
from .scoring import first, score

if TYPE_CHECKING:
    import pandas as pd

LARGEST = 1_000_000
"""Bytes of a file of predictions; one that is larger is none."""
MOST = 40
"""Questions that are gathered, those that most students answered."""


@dataclass(frozen=True)
class ClassPredictions:
    """The predictions of a class, question by question.

    Parameters
    ----------
    students : int
        How many files had predictions.
    questions : tuple of ClassQuestion
        In the order of their names.
    notes : tuple of str
        Files and predictions that are not counted, and why.
    outcomes : dict of str to Outcome
        Results by question, where there are any.
    """

    students: int
    questions: tuple[ClassQuestion, ...]
    notes: tuple[str, ...]
    outcomes: dict[str, Outcome]

    def table(self, *, with_result: bool = False) -> pd.DataFrame:
        """Give one row a question and date or choice, without any name.

        Columns are `question`, `kind`, `unit`, `at`, `choice`, `students`, `median`,
        `lower_quartile`, `upper_quartile`, `lowest`, `highest`; with the result also `result`,
        and of how many ranges (`ranges`) what share held it (`held`).
        """
        import pandas as pd

        rows = [row for one in self.questions for row in self._rows(one)]
        columns = [
            "question",
            "kind",
            "unit",
            "at",
            "choice",
            "students",
            "median",
            "lower_quartile",
            "upper_quartile",
            "lowest",
            "highest",
            "result",
            "ranges",
            "held",
        ]
        table = pd.DataFrame(rows, columns=columns)
        return table if with_result else table.drop(columns=["result", "ranges", "held"])

    def _rows(self, one: ClassQuestion) -> Iterator[dict[str, object]]:
        outcome = self.outcomes.get(one.question)
        truth = outcome.truth(one.at) if outcome else None
        row = {"question": one.question, "kind": one.kind, "unit": one.unit or None}
        if one.kind == "choice":
            for name, count in one.counts(outcome.choices if outcome else ()).items():
                right = None if truth is None else "right" if name == truth else "wrong"
                yield row | {"choice": name, "students": count, "result": right}
            return
        scored = [score(p, outcome)[0] for p in one.predictions] if outcome else []
        held = [s.held for s in scored if s and s.held is not None]
        ranges = {"ranges": len(held), "held": np.mean(held)} if held else {}
        at = one.at or (None,)
        truths = truth if isinstance(truth, tuple) else (truth,) * len(at)
        for date, heights, result in zip(at, one.heights.T, truths, strict=True):
            low, middle, high = np.quantile(heights, (0.25, 0.5, 0.75))
            yield (
                row
                | ranges
                | {
                    "at": date,
                    "students": len(heights),
                    "median": middle,
                    "lower_quartile": low,
                    "upper_quartile": high,
                    "lowest": heights.min(),
                    "highest": heights.max(),
                    "result": result,
                }
            )

    def write(self, into: str | Path, *, with_result: bool = False) -> list[tuple[Path, str]]:
        """Write a picture of each question (PNG) and the table (CSV).

        Parameters
        ----------
        into : str or pathlib.Path
            Folder; made where it is missing.
        with_result : bool
            Whether the result is laid over, where there is one.

        Returns
        -------
        list of tuple of pathlib.Path and str
            Each file and what is in it, in words.
        """
        from ... import tables
        from .pictures import plot_class

        into = Path(into)
        into.mkdir(parents=True, exist_ok=True)
        made, taken = [], set()
        for k, one in enumerate(self.questions):
            outcome = self.outcomes.get(one.question)
            picture = look.drawn(
                plot_class(one, outcome, with_result=with_result and outcome is not None)
            )
            name = _file_name(one.question)
            if name.lower() in taken:  # some systems do not tell a from A
                name = f"{name}_{k}"
            taken.add(name.lower())
            path = into / f"class_predictions_{name}.png"
            path.write_bytes(picture.png)
            made.append((path, picture.text))
        path = into / "class_predictions.csv"
        tables.write(self.table(with_result=with_result), path)
        return [*made, (path, "the numbers of the pictures, without any name")]


def gather(folder: str | Path, *, outcomes: dict[str, Outcome] | None = None) -> ClassPredictions:
    """Read every student's file of predictions in a folder and the folders in it.

    Each file whose name ends in .json is one student. Of each question a student's first
    prediction counts, as it does for calibration.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where the files are.
    outcomes : dict of str to Outcome, optional
        Results by question; those of all lessons without it.

    Returns
    -------
    ClassPredictions
        What could not be read is named in its notes.

    Raises
    ------
    ValueError
        If there is no such folder, or no file of predictions in it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"There is no folder {folder}: give the one with the students' files.")
    outcomes = course().outcomes() if outcomes is None else outcomes
    notes, students, seen = [], [], {}
    hidden = 0
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith((".", "__")) for part in path.relative_to(folder).parts):
            hidden += 1
            continue
        made, problem = _read(path)
        same = seen.get(made)
        if made and same:
            problem = f"holds the same as {same}, to the second: counted once"
        if problem:
            notes.append(f"{name} {problem}.")
            continue
        seen[made] = name
        students.append(made)
    if hidden:
        notes.append(f"{hidden} hidden files (copies that programs keep) were not read.")
    if not students:
        raise ValueError(" ".join([f"No predictions were found in {folder}.", *notes]))
    asked = _by_question(students)
    if len(asked) > MOST:
        notes.append(
            f"{len(asked)} questions: the {MOST} that most students answered are gathered."
        )
    kept = sorted(asked, key=lambda question: -len(asked[question]))[:MOST]
    questions = []
    for question in sorted(kept):
        one, note = of_one_kind(question, asked[question], outcomes.get(question))
        questions += [one] if one else []
        notes += note
    return ClassPredictions(len(students), tuple(questions), tuple(notes), outcomes)


def _read(path: Path) -> tuple[tuple[tuple[Prediction, str], ...], str]:
    """Predictions of one student with their times, or what is wrong with the file."""
    try:
        if path.is_symlink() or not path.is_file():
            return (), "is no file but a link or a folder: not counted"
        if path.stat().st_size > LARGEST:
            return (), "is larger than any file of predictions: not counted"
        made = predictions(file=path)
    except PredictionsError:
        return (), "cannot be read as predictions: not counted; ask for it again"
    except OSError as error:
        return (), f"cannot be opened ({error.strerror}): not counted"
    if not made:
        return (), "holds no prediction: not counted"
    return tuple((one, one.recorded_at) for one in made), ""


def _by_question(
    students: Sequence[tuple[tuple[Prediction, str], ...]],
) -> dict[str, list[Prediction]]:
    asked: dict[str, list[Prediction]] = {}
    for made in students:
        for one, _ in first(prediction for prediction, _ in made):
            asked.setdefault(one.question, []).append(one)
    return asked


def _file_name(question: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "_", question)[:40].strip(".") or "question"
