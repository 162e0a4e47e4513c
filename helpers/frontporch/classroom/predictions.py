"""Predictions, recorded before the result is seen, in a file that the student owns."""

from __future__ import annotations

import json
import math
import numbers
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

FILE = "predictions.json"


@dataclass(frozen=True)
class Prediction:
    """What somebody expected, and why.

    Parameters
    ----------
    question : str
        Which question, such as "1.curve".
    value : float, str or tuple of float
        A number, a choice, or the heights of a curve.
    at : tuple of float
        Where a curve has these heights; empty otherwise.
    unit : str
        Unit of the number or the heights.
    because : str
        The reason given, in one line.
    """

    question: str
    value: float | str | tuple[float, ...]
    at: tuple[float, ...] = ()
    unit: str = ""
    because: str = ""

    @property
    def kind(self) -> str:
        """Number, choice or curve."""
        if isinstance(self.value, tuple):
            return "curve"
        return "choice" if isinstance(self.value, str) else "number"

    def __repr__(self) -> str:
        """Say it in words; without the time, so that it is the same on every day."""
        unit = f" {self.unit}" if self.unit else ""
        if self.kind == "choice":
            told = repr(self.value)
        elif self.kind == "number":
            told = f"{self.value:g}{unit}"
        else:
            told = ", ".join(f"{height:g}" for height in self.value) + unit
        because = f", because {self.because}" if self.because else ""
        return f"Prediction {self.question}: {told}{because}"


class PredictionsError(ValueError):
    """The file of predictions cannot be read; nothing was changed."""


def predict(
    question: str,
    value: float | str | Sequence[float],
    *,
    at: Sequence[float] = (),
    unit: str = "",
    because: str = "",
    rising: bool = False,
    file: str | Path | None = None,
) -> Prediction:
    """Record what you expect, before you see the result.

    Parameters
    ----------
    question : str
        Which question, such as "1.curve".
    value : float, str or sequence of float
        A number, a choice, or the heights of a curve at the dates `at`.
    at : sequence of float
        Dates of a curve, as many as heights, rising.
    unit : str
        Unit; "%" keeps numbers from 0 to 100.
    because : str
        One line why.
    rising : bool
        Whether the heights may not fall, as of a share that has arrived.
    file : str or pathlib.Path, optional
        Where it is kept; `predictions.json` in the working folder without it. Every
        prediction is added, none is ever overwritten.

    Returns
    -------
    Prediction

    Raises
    ------
    ValueError
        If the value does not fit; the message says what was expected.
    PredictionsError
        If the file is damaged; it is left as it is.
    """
    dates = tuple(_number(one, "") for one in at)
    made = Prediction(str(question), _value(value, dates, unit, rising), dates, unit, because)
    path = Path(file or FILE)
    records = _records(path)
    record = asdict(made) | {"kind": made.kind}
    record["recorded_at"] = datetime.now(UTC).isoformat(timespec="seconds")
    records.append(record)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)
    return made


def prediction(question: str, *, file: str | Path | None = None) -> Prediction | None:
    """Give the newest prediction for a question; None where there is none.

    Parameters
    ----------
    question : str
        Which question.
    file : str or pathlib.Path, optional
        Where predictions are kept.
    """
    found = [one for one in predictions(file=file) if one.question == str(question)]
    return found[-1] if found else None


def predictions(*, file: str | Path | None = None) -> list[Prediction]:
    """Give every prediction in the order in which they were made."""
    made = []
    for record in _records(Path(file or FILE)):
        value = record["value"]
        made.append(
            Prediction(
                record["question"], tuple(value) if isinstance(value, list) else value,
                tuple(record.get("at", ())), record.get("unit", ""), record.get("because", ""),
            )
        )  # fmt: skip
    return made


def _records(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        sound = isinstance(records, list) and all(_is_record(one) for one in records)
    except ValueError:
        sound = False
    if not sound:
        raise PredictionsError(
            f"{path.name} cannot be read as predictions. It was left as it is: rename it, and "
            "record your prediction again."
        )
    return records


def _is_record(one: Any) -> bool:
    """Whether a record can be given as a prediction."""
    if not isinstance(one, dict) or not isinstance(one.get("question"), str):
        return False
    value, at = one.get("value"), one.get("at", [])
    if isinstance(value, str):
        value = []
    heights = value if isinstance(value, list) else [value]
    return isinstance(at, list) and all(type(x) in (int, float) for x in [*heights, *at])


def _value(
    value: Any, dates: Sequence[float], unit: str, rising: bool
) -> float | str | tuple[float, ...]:
    if hasattr(value, "tolist"):  # an array or a column of a frame
        value = value.tolist()
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("the choice is empty: name one.")
        return value
    if not isinstance(value, Sequence):
        return _number(value, unit)
    heights = tuple(_number(one, unit) for one in value)
    if len(heights) != len(dates) or not heights:
        raise ValueError(
            f"the curve has {len(heights)} heights for {len(dates)} dates: give one each."
        )
    if any(b <= a for a, b in pairwise(dates)):
        raise ValueError(f"the dates {', '.join(f'{date:g}' for date in dates)} must rise.")
    if rising and any(b < a for a, b in pairwise(heights)):
        raise ValueError(
            f"the heights {list(heights)} fall, but a share that has arrived can only grow."
        )
    return heights


def _number(value: Any, unit: str) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise ValueError(f"{value!r} is no number: give one such as 25.")
    if unit == "%" and not 0 <= value <= 100:
        raise ValueError(f"{value:g} % is not between 0 and 100.")
    return float(value)
