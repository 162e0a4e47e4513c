"""What a class predicted: every student's file in one table and one picture a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ..course_package import course
from . import class_files
from .class_question import ClassQuestion, of_one_kind
from .outcome import Outcome
from .predictions import Prediction, counted
from .scoring import score

if TYPE_CHECKING:
    import pandas as pd

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
    """Read every student's record or hand-in in a folder and the folders in it.

    Each file whose name ends in .json is one student; files that name the same person are put
    together. Of each question a student's last prediction before the result counts, as it does
    for calibration.

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
    students, notes = class_files.students(folder)
    if not students:
        raise ValueError(" ".join([f"No predictions were found in {folder}.", *notes]))
    asked: dict[str, list[Prediction]] = {}
    late: Counter[str] = Counter()
    for entries in students:
        for one in counted(entries):
            question = one.prediction.question
            if one.late:
                late[question] += 1
            else:
                asked.setdefault(question, []).append(one.prediction)
    notes += [
        f"{question}: {count} predicted only after the result was shown, and are left out."
        for question, count in sorted(late.items())
    ]
    if len(asked) > MOST:
        notes.append(
            f"{len(asked)} questions: the {MOST} that most students answered are gathered."
        )
    questions = []
    for question in class_files.most_asked((one for one in asked for _ in asked[one]), MOST):
        kept, note = of_one_kind(question, asked[question], outcomes.get(question))
        questions += [kept] if kept else []
        notes += note
    return ClassPredictions(len(students), tuple(questions), tuple(notes), outcomes)


def _file_name(question: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "_", question)[:40].strip(".") or "question"
