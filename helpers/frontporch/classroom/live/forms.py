"""What a phone asks: predictions, a decision and its memo, and how that becomes an entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...names import pick
from ...rounding import as_given, decimal
from ..copying.sources import FOLDER
from ..course_package import course
from ..deciding.decision import Decision
from ..predicting.asked import asked
from ..predicting.commitment import checked
from ..predicting.predictions import of_entry
from ..presenting.serving import PresentingError
from ..record.entry import Entry, RecordError, entry

LONGEST_REASON = 200
"""Characters of the line that says why."""
LONGEST_SENTENCE = 600
"""Characters of a sentence of the memo: three of them fit into what a phone may send."""


@dataclass(frozen=True)
class Form:
    """One question on a phone.

    Parameters
    ----------
    about : str
        What it is about, such as "5.strangers" or "5.decision".
    kind : str
        "curve", "number", "choice", "decision" or "memo".
    text : str
        The question.
    before : str
        What is told before it; may be empty.
    labels : tuple of str
        What each slider is called, or how each sentence of a memo begins.
    options : mapping of str to str
        What can be chosen, each with a sentence that may be empty.
    at : tuple of float
        Dates of a curve.
    low, high, step : float
        Ends and steps of the sliders.
    unit : str
        Unit of the numbers.
    rising : bool
        Whether a curve may not fall.
    decision : Decision, optional
        What is decided.
    """

    about: str
    kind: str
    text: str
    before: str = ""
    labels: tuple[str, ...] = ()
    options: Mapping[str, str] | None = None
    at: tuple[float, ...] = ()
    low: float = 0.0
    high: float = 100.0
    step: float = 1.0
    unit: str = ""
    rising: bool = False
    decision: Decision | None = None

    def plain(self) -> dict[str, Any]:
        """Give it as the page of a phone reads it."""
        said: dict[str, Any] = {
            "about": self.about,
            "kind": self.kind,
            "text": self.text,
            "before": self.before,
            "labels": list(self.labels),
            "options": [{"name": name, "means": one} for name, one in (self.options or {}).items()],
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "unit": self.unit,
        }
        if self.decision is not None and self.decision.amount is not None:
            slider = self.decision.amount
            said["amount"] = {
                "label": slider.label,
                "places": [{"says": says, "value": value} for says, value in slider.options],
                "value": slider.value,
            }
        return said

    def entry(self, sent: Mapping[str, Any], team: str) -> Entry:
        """Make the entry of a record from what a phone sends.

        Parameters
        ----------
        sent : mapping of str to object
            `value`, and what belongs to the kind: `because`, `sure`, `low`, `high`, `within`,
            `amount`, `expected`. Nothing else is read.
        team : str
            Under which name it is recorded.

        Raises
        ------
        ValueError
            If it does not fit; the message says to the person at the phone what would.
        """
        made = _MAKERS[self.kind](self, sent)
        plain = Entry(_KINDS.get(self.kind, "prediction"), self.about, team=team).plain()
        try:
            read = entry({**plain, **made}, "the answer")
        except RecordError as error:
            raise ValueError(str(error)) from None
        if self.kind not in _KINDS:
            of_entry(read)  # its parts have to fit together
        return read


def _curve(form: Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    heights = sent.get("value")
    if not isinstance(heights, list) or len(heights) != len(form.at):
        raise ValueError("Move every slider first.")
    placed = [_within(form, one) for one in heights]
    checked(placed, form.at, form.unit, form.rising)
    details: dict[str, Any] = {"at": list(form.at)}
    width = sent.get("within")
    if width is not None:
        reach = _number(width)
        if not 0 < reach <= form.high - form.low:
            raise ValueError(f"{as_given(reach)} is no range: choose one from the list.")
        details["low"] = [max(one - reach, form.low) for one in placed]
        details["high"] = [min(one + reach, form.high) for one in placed]
        details["sure"] = 80.0
    return _prediction(form, sent, placed, details)


def _one_number(form: Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    value, details = _within(form, sent.get("value")), dict[str, Any]()
    ends = [sent.get("low"), sent.get("high")]
    if any(one is not None for one in ends):
        if None in ends:
            raise ValueError("A range has two ends: give both, or neither.")
        low, high = (_within(form, one) for one in ends)
        details = {"low": low, "high": high, "sure": 80.0}
    return _prediction(form, sent, value, details)


def _choice(form: Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    value = _chosen(form, sent)
    details: dict[str, Any] = {"choices": list(form.options or {})}
    if sent.get("sure") is not None:
        details["sure"] = _number(sent["sure"])
    return _prediction(form, sent, value, details)


def _decided(form: Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    option, details = _chosen(form, sent), dict[str, Any]()
    if form.decision is not None and form.decision.amount is not None:
        amount = sent.get("amount")
        details["amount"] = form.decision.placed(None if amount is None else _number(amount))
    if sent.get("expected") is not None:
        expected = _number(sent["expected"])
        if abs(expected) > 1e7:
            raise ValueError("Expect at most ten million dollars.")
        details["expected"] = expected
    return {"value": option, "details": details}


def _memo(form: Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    given = sent.get("value")
    if not isinstance(given, list) or len(given) != len(form.labels):
        raise ValueError(f"A memo has {len(form.labels)} sentences.")
    if not all(isinstance(one, str) and len(one) <= LONGEST_SENTENCE for one in given):
        raise ValueError(f"A sentence has at most {LONGEST_SENTENCE} characters.")
    written = [" ".join(one.split()) for one in given]
    if not any(written):
        raise ValueError("All boxes are empty: write a sentence first.")
    return {"value": written, "details": {}}


_KINDS = {"decision": "decision", "memo": "memo"}
"""Of the entries of a record that are no predictions."""
_MAKERS: dict[str, Callable[[Form, Mapping[str, Any]], dict[str, Any]]] = {
    "curve": _curve,
    "number": _one_number,
    "choice": _choice,
    "decision": _decided,
    "memo": _memo,
}


def _prediction(
    form: Form, sent: Mapping[str, Any], value: Any, details: dict[str, Any]
) -> dict[str, Any]:
    because = sent.get("because") or ""
    if not isinstance(because, str) or len(because) > LONGEST_REASON:
        raise ValueError(f"The line that says why has at most {LONGEST_REASON} characters.")
    because = " ".join(because.split())
    told = {"unit": form.unit, "because": because}
    return {"value": value, "details": {**details, **{k: v for k, v in told.items() if v}}}


def _chosen(form: Form, sent: Mapping[str, Any]) -> str:
    value = sent.get("value")
    if not isinstance(value, str) or not value:
        raise ValueError("Choose one first.")
    return pick(value[:200], form.options or {}, "choice")


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("Move the slider first, or type a number such as 25.")
    if not abs(value) < 1e300:  # neither infinite nor missing
        raise ValueError("That number is too large.")
    return float(value)


def _within(form: Form, value: Any) -> float:
    said = _number(value)
    if not form.low <= said <= form.high:
        unit = f" {form.unit}" if form.unit else ""
        raise ValueError(
            f"{decimal(said)} is not between {as_given(form.low)} and {as_given(form.high)}{unit}."
        )
    return said


def of_lesson(source: Path) -> list[Form]:
    """Give what a lesson asks, in its order: every prediction, its decision, then the memo.

    Parameters
    ----------
    source : pathlib.Path
        Source of the lesson.

    Raises
    ------
    PresentingError
        If the lesson asks nothing, or a question cannot be read without the rest of the lesson.
    """
    book = json.loads(source.read_text(encoding="utf-8"))
    found, before = [], ""
    for cell in book["cells"]:
        told, text = cell["metadata"].get(FOLDER, {}), "".join(cell["source"])
        if told.get("audience") == "instructor":
            continue
        if cell["cell_type"] == "markdown":
            before = text
        elif told.get("role") == "predict" and "check" in told:
            found += _asked(text, _question(before), source)
    decision = course().decision(book["metadata"][FOLDER]["lesson"])
    if decision is not None:
        shop = f"{decision.shop[:1].upper()}{decision.shop[1:]}."
        options = dict(decision.options)
        found.append(
            Form(
                decision.id, "decision", decision.question, shop, options=options, decision=decision
            )
        )
        about = f"{decision.id.partition('.')[0]}.memo"
        found.append(Form(about, "memo", "Write three sentences.", shop, decision.memo))
    if not found:
        raise PresentingError(
            f"{source.name} asks for no prediction and no decision: there is nothing to answer "
            "on a phone."
        )
    return found


def _asked(code: str, words: tuple[str, str], source: Path) -> list[Form]:
    try:
        return [_form(kind, said, words) for kind, said in asked(code)]
    except Exception as error:
        raise PresentingError(
            f"A prediction of {source.name} cannot be asked on a phone ({error}). Let its cell use "
            "nothing that other cells make."
        ) from error


def _form(kind: str, said: Mapping[str, Any], words: tuple[str, str]) -> Form:
    about, (text, before) = str(said["question"]), words
    if kind == "choice":
        options = dict.fromkeys(map(str, said["choices"]), "")
        return Form(about, kind, text, before, options=options)
    if kind == "number":
        ends: dict[str, Any] = {
            "low": float(said["low"]),
            "high": float(said["high"]),
            "step": float(said["step"]),
        }
        label, unit = str(said["label"]), str(said["unit"])
        return Form(about, kind, text, before, (label,), unit=unit, **ends)
    return Form(
        about,
        kind,
        text,
        before,
        tuple(map(str, said["labels"])),
        at=tuple(map(float, said["at"])),
        high=float(said["highest"]),
        unit=str(said["unit"]),
        rising=bool(said["rising"]),
    )


def _question(markdown: str) -> tuple[str, str]:
    """The question of a text, which is the last that is printed bold, and what is told before it.

    Examples
    --------
    >>> _question("## ● Predict\\n\\nIt is `7` o'clock. **How many come?** Draw it.")
    ('How many come?', "It is 7 o'clock.")
    """
    lines = [one for one in markdown.splitlines() if not one.startswith("#")]
    text = " ".join(" ".join(lines).replace("`", "").split())
    before, bold, _ = text.rpartition("**")[0].rpartition("**")
    question = text.rpartition("**")[0].rpartition("**")[2]
    if not bold:
        return text.replace("**", ""), ""
    return question.strip(), before.replace("**", "").strip()


def one_of(forms: Sequence[Form], about: Any) -> Form:
    """Give the form of a question.

    Raises
    ------
    UnknownName
        If nothing of the kind is asked.
    """
    wanted = pick(about, [one.about for one in forms], "question")
    return next(one for one in forms if one.about == wanted)
