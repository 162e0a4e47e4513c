"""Pictures of what a whole class predicted, without and with the result."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import look
from ...rounding import as_given, number
from .outcome import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .class_question import ClassQuestion


def plot_class(
    question: ClassQuestion,
    outcome: Outcome | None = None,
    ax: Axes | None = None,
    *,
    with_result: bool = False,
) -> Axes:
    """Draw what a class predicted: thin curves and their median, dots, or bars; nobody's name.

    Parameters
    ----------
    question : ClassQuestion
        One question and what each student predicted before the result.
    outcome : Outcome, optional
        What the axes are called, and the result.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    with_result : bool
        Whether the result is laid over.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the result is wanted and there is none.
    """
    if with_result and outcome is None:
        raise ValueError(f"{question.question} has no result to lay over.")
    draw = {"curve": _curves, "number": _numbers, "choice": _choices}[question.kind]
    with look.frame(ax, title=_title(question, outcome)) as ax:
        told = draw(ax, question, outcome, with_result)
        look.set_alt_text(ax, f"{' '.join(ax.get_title('left').split())}. {told}")
    return ax


def _curves(ax: Axes, question: ClassQuestion, outcome: Outcome | None, result: bool) -> str:
    for one in question.predictions:
        ax.plot(one.at, one.value, color="#505050", linewidth=1, alpha=0.45, label="_one student")
    middle = question.middle
    ax.plot(question.at, middle, label=f"median of {question.students}", **_marked(0))
    told = f"Thin lines: one a student. Median: {_pairs(question.at, middle, question.unit)}."
    if result:
        truth = np.asarray(outcome.truth(question.at), float)
        ax.plot(question.at, truth, label=outcome.named, **_marked(1))
        told += f" Result, {outcome.named}: {_pairs(question.at, truth, question.unit)}."
    dates = outcome.dates if outcome else "date"
    if "hours" in dates and min(min(one.at) for one in question.predictions) > 0:
        look.hours_axis(ax)
        dates = dates.replace("(hours)", "(log scale)")
    what = outcome.what if outcome else "predicted"
    if question.unit == "%":
        look.percent_axis(ax, whole=100)
        ax.set_ylim(0, 100)
    unit = "" if question.unit in ("", "%") else f" ({_plain(question.unit)})"
    ax.set(xlabel=dates, ylabel=f"{what}{unit}")
    look.label_lines(ax)
    return told


def _numbers(ax: Axes, question: ClassQuestion, outcome: Outcome | None, result: bool) -> str:
    values = np.sort([one.value for one in question.predictions])
    (middle,) = question.middle
    marks = [(middle, "median", 0)]
    if result:
        marks.append((float(outcome.truth(())), outcome.named, 1))
    span = np.ptp([*values, *(mark[0] for mark in marks)]) or max(abs(middle), 1.0)
    bins = np.round((values - values[0]) / (span / 40)).astype(int)
    height = np.concatenate([1 + np.arange(sum(1 for _ in group)) for _, group in groupby(bins)])
    ax.scatter(values[0] + bins * span / 40, height, s=120, color="#505050", alpha=0.75)
    ax.set_ylim(0, max(height.max() * 1.35, 4))
    low = min(values[0], *(mark[0] for mark in marks))
    ax.set_xlim(low - 0.3 * span, low + 1.3 * span)
    first = min(mark[0] for mark in marks)
    for at, name, k in marks:
        looks = look.series(k)
        ax.axvline(at, color=looks["color"], linestyle=looks["linestyle"])
        left = len(marks) > 1 and at == first and k == marks.index(min(marks))
        ax.annotate(
            f"{name}\n{number(at)} {_plain(question.unit)}".rstrip(),
            (at, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-8 if left else 8, -4),
            textcoords="offset points",
            ha="right" if left else "left",
            va="top",
            color=look.readable(looks["color"]),
        )
    ax.yaxis.get_major_locator().set_params(integer=True)
    unit = f" ({_plain(question.unit)})" if question.unit else ""
    ax.set(xlabel=f"{outcome.what if outcome else 'predicted'}{unit}", ylabel="students")
    told = "; ".join(f"{name} {number(at)} {question.unit}".rstrip() for at, name, _ in marks)
    return (
        f"One dot a student, from {number(values[0])} to {number(values[-1])} "
        f"{question.unit}".rstrip()
        + f"; {told}."
    )


def _choices(ax: Axes, question: ClassQuestion, outcome: Outcome | None, result: bool) -> str:
    counts = question.counts(outcome.choices if outcome else ())
    truth = outcome.truth(()) if result else None
    place = np.arange(len(counts))[::-1]
    for at, (name, count) in zip(place, counts.items(), strict=True):
        right = name == truth
        ax.barh(at, count, height=0.6, **look.series(1 if right else 0, fill=True))
        mark = "  ← the result" if right else ""
        ax.annotate(
            f"{count}{mark}", (count, at), xytext=(6, 0), textcoords="offset points", va="center"
        )
    ax.set_yticks(place, [_plain(name, 22) for name in counts])
    ax.set_xlim(0, max(counts.values()) * 1.35)
    ax.grid(axis="y", visible=False)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel="students", ylabel="choice")
    ax.yaxis.label.set_visible(False)
    told = "; ".join(f"{name} {count}" for name, count in counts.items())
    return f"Bars: {told}." + (f" The result: {truth}." if result else "")


def _marked(k: int) -> dict[str, Any]:
    """Look of a line of few dates: every one has its marker."""
    return look.series(k) | {"markevery": None, "zorder": 5}


def _pairs(at: Sequence[float], heights: Sequence[float], unit: str) -> str:
    said = unit if unit in ("", "%") else f" {unit}"
    pairs = [
        f"{number(y)}{said} at {as_given(x)}"
        for x, y in zip(at, heights, strict=True)
        if np.isfinite(y)
    ]
    return ", ".join(pairs) or "none"


def _students(count: int) -> str:
    return f"{count} student{'' if count == 1 else 's'}"


def _title(question: ClassQuestion, outcome: Outcome | None) -> str:
    """What was asked, in its words; a question without a result has only its name."""
    asked = outcome.what if outcome else f"question {_plain(question.question)}"
    return textwrap.fill(f"What {_students(question.students)} expected: {asked}", 52)


def _plain(text: str, longest: int = 30) -> str:
    """Text of a student: short, in one row, and not read as a formula."""
    words = " ".join(text.split()).replace("$", r"\$")
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
