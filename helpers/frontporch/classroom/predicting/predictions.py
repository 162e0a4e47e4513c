"""Predictions, recorded before the result is seen, in a file that the student owns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...rounding import as_given
from .commitment import Height, certainty, checked, number

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
    sure : float, optional
        How sure, in per cent: that the choice is right, or that the truth lies in the range.
    low, high : float or tuple of float, optional
        The range of a number, or of each height of a curve.
    choices : tuple of str
        What a choice was made from; empty where it was not said.
    recorded_at : str
        When it was recorded (UTC); two predictions are equal whatever their time.
    """

    question: str
    value: float | str | tuple[float, ...]
    at: tuple[float, ...] = ()
    unit: str = ""
    because: str = ""
    sure: float | None = None
    low: Height | None = None
    high: Height | None = None
    choices: tuple[str, ...] = ()
    recorded_at: str = field(default="", compare=False)

    @property
    def kind(self) -> str:
        """Number, choice or curve."""
        if isinstance(self.value, tuple):
            return "curve"
        return "choice" if isinstance(self.value, str) else "number"

    def __repr__(self) -> str:
        """Say it in words; without the time, so that it is the same on every day."""
        unit = f" {self.unit}" if self.unit else ""
        told = repr(self.value) if self.kind == "choice" else _listed(self.value) + unit
        if self.low is not None:
            between = f"{_listed(self.low)} to {_listed(self.high)}{unit}"
            told += f" ({as_given(self.sure)} % sure: {between})"
        elif self.sure is not None:
            told += f" ({as_given(self.sure)} % sure)"
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
    sure: float | None = None,
    low: float | Sequence[float] | None = None,
    high: float | Sequence[float] | None = None,
    choices: Sequence[str] = (),
    rising: bool = False,
    file: str | Path | None = None,
) -> Prediction:
    """Record what you expect, before you see the result, and how sure you are of it.

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
    sure : float, optional
        How sure you are, in per cent. Of a choice: from 100 shared among all choices (a mere
        guess) to 100; `choices` must then be given. Of a range: from 50 to 99, 80 where
        nothing is said.
    low, high : float or sequence of float, optional
        The range in which the truth lies, `sure` per cent sure; of a curve one of each a date.
        Half of what is left over should lie below it, half above.
    choices : sequence of str
        Everything that could have been chosen.
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
    dates = tuple(number(one, "") for one in at)
    fits = checked(value, dates, unit, rising)
    said = certainty(fits, unit, choices, sure, low, high)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made = Prediction(str(question), fits, dates, unit, because, *said, tuple(choices), now)
    path = Path(file or FILE)
    records = _records(path)
    records.append(asdict(made) | {"kind": made.kind})
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
    names = {one.name for one in fields(Prediction)}
    return [
        Prediction(
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in record.items()
                if name in names
            }
        )
        for record in _records(Path(file or FILE))
    ]


def _records(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        sound = isinstance(records, list) and all(_is_record(one) for one in records)
    except (ValueError, RecursionError):  # lists in lists in lists ...
        sound = False
    if not sound:
        raise PredictionsError(
            f"{path.name} cannot be read as predictions. It was left as it is: rename it, and "
            "record your prediction again."
        )
    return records


def _is_record(one: Any) -> bool:
    """Whether a record can be given as a prediction; what was not yet recorded may be missing."""
    if not isinstance(one, dict) or not isinstance(one.get("question"), str):
        return False
    texts = [one.get(name, "") for name in ("unit", "because", "recorded_at")]
    value, at, choices = one.get("value"), one.get("at", []), one.get("choices", [])
    if not isinstance(at, list) or not isinstance(choices, list):
        return False
    if not all(isinstance(text, str) for text in [*texts, *choices]):
        return False
    unit, sure, low, high = (one.get(name) for name in ("unit", "sure", "low", "high"))
    try:
        dates = tuple(number(date, "") for date in at)
        certainty(
            checked(value, dates, unit or "", rising=False), unit or "", choices, sure, low, high
        )
    except (ValueError, OverflowError):  # a whole number beyond any float
        return False
    return True


def _listed(heights: Height) -> str:
    several = heights if isinstance(heights, tuple) else (heights,)
    return ", ".join(as_given(height) for height in several)
