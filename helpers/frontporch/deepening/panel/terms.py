"""Which covariate acts on which step, written as short formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...names import pick
from ..simulation import Transition

Covariates = str | Sequence[str] | Mapping[Transition, str | Sequence[str]]


@dataclass(frozen=True)
class Term:
    """One column that multiplies the rates of some steps.

    Parameters
    ----------
    column : str
        Its name.
    steps : tuple of (str, str)
        Whose rates it multiplies.
    same : bool
        Whether its effect on all these steps is one and the same number.
    """

    column: str
    steps: tuple[Transition, ...]
    same: bool


def read_terms(
    covariates: Covariates, steps: tuple[Transition, ...], columns: Iterable[str]
) -> tuple[Term, ...]:
    """Read formulas of covariates.

    Parameters
    ----------
    covariates : str, sequence of str, or mapping of (stage, next stage) to columns
        Formulas: columns joined by +, after ~ where they act on some steps only.
    steps : tuple of (str, str)
        Moves that can happen at once.
    columns : iterable of str
        Columns of the table. What is the name of a column is that column.

    Returns
    -------
    tuple of Term

    Raises
    ------
    KeyError
        If there is no such step.
    ValueError
        If a formula lacks a part, or a column stands twice for one step.

    Examples
    --------
    >>> steps = (("stranger", "buyer"), ("buyer", "friend"))
    >>> read_terms(["stranger to buyer ~ age", "~ same(channel)"], steps, ["age", "channel"])[1]
    Term(column='channel', steps=(('stranger', 'buyer'), ('buyer', 'friend')), same=True)
    """
    known = set(map(str, columns))
    if isinstance(covariates, Mapping):
        found = _of_mapping(covariates, steps, known)
    else:
        given = [covariates] if isinstance(covariates, str) else list(covariates)
        found = [term for one in given for term in _formula(str(one), steps, known)]
    seen: set[tuple[str, Transition]] = set()
    for term in found:
        for step in term.steps:
            if (term.column, step) in seen:
                raise ValueError(
                    f"covariate {term.column!r} stands twice for {step[0]} to {step[1]}: name it "
                    "once for each step."
                )
            seen.add((term.column, step))
    return tuple(found)


def effects(
    terms: Sequence[Term], steps: tuple[Transition, ...], names: Sequence[str]
) -> NDArray[np.int64]:
    """Number the effects, step after step; -1 where a covariate does not act on a step.

    Parameters
    ----------
    terms : sequence of Term
        What acts on what.
    steps : tuple of (str, str)
        Moves that can happen at once.
    names : sequence of str
        Names of the covariates: a column, or a column and its group, as "channel: online".

    Returns
    -------
    numpy.ndarray of int64, shape (steps, covariates)
        Steps that share an effect have one number.
    """
    at = {step: k for k, step in enumerate(steps)}
    acts = np.full((len(steps), len(names)), -1)
    for number, term in enumerate(terms):
        for step in term.steps:
            for m, name in enumerate(names):
                if name == term.column or name.startswith(f"{term.column}: "):
                    acts[at[step], m] = number
    found = np.full(acts.shape, -1)
    numbered: dict[tuple[int, int, int], int] = {}
    for k, m in zip(*np.nonzero(acts >= 0), strict=True):
        same = terms[acts[k, m]].same
        own = (int(acts[k, m]), int(m), -1 if same else int(k))
        found[k, m] = numbered.setdefault(own, len(numbered))
    return found.astype(np.int64)


def _of_mapping(
    covariates: Mapping[Transition, str | Sequence[str]],
    steps: tuple[Transition, ...],
    columns: set[str],
) -> list[Term]:
    found = []
    for (a, b), theirs in covariates.items():
        step = _step(f"{a} to {b}", steps)
        given = [theirs] if isinstance(theirs, str) else list(theirs)
        for one in given:
            for term in _columns(str(one), (step,), columns, str(one)):
                if term.same:
                    raise ValueError(
                        f"{one!r} stands for {a} to {b} alone. For one effect on several steps "
                        f"write a list: covariates=['{a} to {b}, … ~ {one}']."
                    )
                found.append(term)
    return found


def _formula(text: str, steps: tuple[Transition, ...], columns: set[str]) -> list[Term]:
    if text in columns:
        return [Term(text, steps, False)]
    left, tilde, right = text.partition("~")
    if not tilde:
        return _columns(text, steps, columns, text)
    named = [one.strip() for one in left.split(",")]
    if named in ([""], ["all"]):
        acted = steps
    else:
        acted = tuple(dict.fromkeys(_step(one, steps) for one in named))
    return _columns(right, acted, columns, text)


def _columns(text: str, steps: tuple[Transition, ...], columns: set[str], whole: str) -> list[Term]:
    if text in columns:
        return [Term(text, steps, False)]
    found = []
    for one in map(str.strip, text.split("+")):
        within = re.fullmatch(r"same\(\s*(.*?)\s*\)", one) if one not in columns else None
        column = within.group(1) if within else one
        if not column:
            raise ValueError(
                f"covariates: {whole!r} lacks the name of a column. Write such as 'age', "
                "'age + channel', or 'stranger to buyer ~ age'."
            )
        found.append(Term(column, steps, bool(within)))
    return found


def _step(text: str, steps: tuple[Transition, ...]) -> Transition:
    known = {f"{a} to {b}": (a, b) for a, b in steps}
    return known[pick(" ".join(text.split()), known, "step")]
