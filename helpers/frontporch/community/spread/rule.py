"""What a rule of contagion is: all that the engines may know of it, in one place.

A plain function of the exposed ties is a rule. One that needs more says so by attributes of the
names below, or inherits from :class:`Rule`; the rules of this kit do. :func:`as_rule` reads them
once, where a call comes in, and everything behind it is given a :class:`Rule`.
"""

from __future__ import annotations

import types
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...names import nearest
from ...rounding import as_given
from .exposure import UNIT, Exposed


class Rule(ABC):
    """From the exposed ties to who adopts, and what else a rule may say of itself.

    Attributes
    ----------
    reads : tuple of str
        What is counted for it over a run: any of "exposures", "strong" and "pressure". Counting
        costs time, so a rule that reads nothing says `()`.
    adds_up : bool
        Whether it depends on a sum over all exposures, so that all who reach a person in the step
        that tips them share the credit; otherwise each tie has its own trial.
    each_period : bool
        Whether it is asked every period for everybody who has not adopted, rather than once for
        each tie of somebody who just has.
    settles : bool
        Whether a period in which nobody adopts is the last one.
    kinds : tuple of str
        Of a rule that is asked every period: what `parts` tells adopters apart by.

    Notes
    -----
    `chance`, `weigh`, `parts`, `name` and `title` are taken: a parameter of the rule needs
    another name, such as `probability`.

    Examples
    --------
    >>> class TwoFriends(Rule):
    ...     adds_up = True
    ...
    ...     def __call__(self, ties):
    ...         return ties.exposures >= 2
    >>> from frontporch import community
    >>> community.simulate(community.ring(12, 4), [0, 1], TwoFriends(), runs="exact").mean
    12.0
    """

    reads: tuple[str, ...] = ("exposures",)
    adds_up: bool = False
    each_period: bool = False
    settles: bool = False
    kinds: tuple[str, ...] = ()

    @abstractmethod
    def __call__(self, ties: Exposed) -> ArrayLike:
        """Answer each entry with True, False or a probability."""

    def chance(self, ties: Exposed) -> ArrayLike:
        """Give the probability of each entry: what an exact enumeration asks for."""
        return self(ties)

    def weigh(self, ties: Exposed) -> ArrayLike:
        """Give the weight of each tie, where the rule reads "pressure"."""
        raise AttributeError("a rule that reads 'pressure' needs a method `weigh`.")

    def parts(self, ties: Exposed) -> tuple[ArrayLike, ...]:
        """Give how much of the pressure each of `kinds` makes, where it is asked every period."""
        raise AttributeError("a rule with `kinds` needs a method `parts`.")

    @property
    def name(self) -> str:
        """What errors call it."""
        return type(self).__name__

    @property
    def title(self) -> str:
        """What a result says of it."""
        return repr(self)


AnyRule: TypeAlias = Rule | Callable[[Exposed], ArrayLike]
"""A rule, or a plain function of the exposed ties."""

SAID = ("reads", "adds_up", "each_period", "settles", "kinds", "chance", "weigh", "parts")
"""What a function or an object of one's own may say of itself."""


class OwnRule(Rule):
    """A function of one's own, with what it says of itself.

    Parameters
    ----------
    function : callable
        Of the exposed ties.
    """

    def __init__(self, function: Callable[[Exposed], ArrayLike]) -> None:
        self.function = function
        for name in SAID:
            if hasattr(function, name):
                setattr(self, name, getattr(function, name))

    def __call__(self, ties: Exposed) -> ArrayLike:
        """Ask the function."""
        return self.function(ties)

    @property
    def name(self) -> str:
        """What the function is called."""
        return getattr(self.function, "__name__", None) or type(self.function).__name__

    @property
    def title(self) -> str:
        """A function's name, or what an object says of itself."""
        plain = isinstance(self.function, types.FunctionType | types.MethodType)
        return self.name if plain else repr(self.function)


def as_rule(given: AnyRule) -> Rule:
    """Give a rule, whatever was given as one.

    Raises
    ------
    TypeError
        If it is no rule, or is what makes one.

    Examples
    --------
    >>> def anybody(ties):
    ...     return True
    >>> as_rule(anybody).reads
    ('exposures',)
    """
    if isinstance(given, Rule):
        return given
    if not callable(given):
        raise TypeError(f"a rule is a function of the exposed ties, not {given!r}.")
    rule = OwnRule(given)
    told = getattr(given, "__annotations__", {})
    ours = str(getattr(given, "__module__", "")).startswith(__name__.partition(".")[0])
    if ours and "return" in told and "Exposed" not in told.values():
        raise TypeError(
            f"{rule.name} is no rule itself, but makes one: call it, such as "
            "independent_cascade(0.1)."
        )
    return rule


def worth_of(rule: Rule, exposed: Exposed) -> NDArray[np.int64]:
    """Give the weight of each tie under a rule that adds weights up, in `UNIT`."""
    return np.rint(np.asarray(rule.weigh(exposed), float) / UNIT).astype(np.int64)


def asked(rule: Rule, exposed: Exposed, chances: bool = False) -> NDArray[Any]:
    """Ask a rule, and say what is wrong with its answer.

    Parameters
    ----------
    rule : Rule
        The rule.
    exposed : Exposed
        What it is shown.
    chances : bool
        Whether a probability is wanted, as in an exact enumeration.

    Returns
    -------
    numpy.ndarray, shape (entries,)
        bool: who adopts. Where `chances`, float: with which probability.

    Raises
    ------
    TypeError
        If the rule fails; the text names the step and the error.
    ValueError
        If its answer has another shape, or is neither True, False nor a probability.
    """
    name = rule.name
    try:
        given = (rule.chance if chances else rule)(exposed)
    except Exception as error:
        raise TypeError(
            f"rule {name!r} failed in step {exposed.step}, when it was shown {len(exposed)} "
            f"{'people' if exposed.source is None else 'ties'}: {type(error).__name__}: {error}"
            f"{_meant(error)}"
        ) from error
    if given is None:
        raise ValueError(
            f"rule {name!r} gave no answer in step {exposed.step}: does it end with `return`?"
        )
    answer = np.asarray(given)
    if answer.shape not in ((), (len(exposed),)):
        raise ValueError(
            f"rule {name!r} gave an answer of shape {answer.shape} in step {exposed.step}, but "
            f"one for each of {len(exposed)} entries is needed."
        )
    answer = np.broadcast_to(answer, (len(exposed),))
    if answer.dtype == bool:
        return answer.astype(float) if chances else answer
    number = answer.dtype.kind in "fiu"
    wrong = ~((answer >= 0) & (answer <= 1)) if number else _odd(answer)
    if not number or wrong.any():
        value = as_given(answer[wrong][0]) if number else _shortly(answer[wrong][0])
        raise ValueError(
            f"rule {name!r} answered {value} to {wrong.sum():,} of {len(exposed):,} entries in "
            f"step {exposed.step}, but True, False or a probability from 0 to 1 is needed."
        )
    return answer.astype(float) if chances else exposed.coin < answer


def _meant(error: Exception) -> str:
    """Say what was probably meant where a rule of one's own failed."""
    name = getattr(error, "name", None)
    looked = isinstance(error, AttributeError) and isinstance(getattr(error, "obj", None), Exposed)
    if looked and not hasattr(Exposed, str(name)):
        known = {*Exposed.__dataclass_fields__, *vars(Exposed)}
        return f". {nearest(name, sorted(one for one in known if one[0] != '_'))}"
    if "truth value of an array" in str(error):
        return ". A rule is asked of all ties at once: write np.where(condition, 0.3, 0.1), not if."
    return ""


def _odd(answer: NDArray[Any]) -> NDArray[np.bool_]:
    """Say which answers are no numbers; all of them where Python's own stand in an object array."""
    odd = np.array([not isinstance(one, (bool, int, float)) for one in answer.tolist()], dtype=bool)
    return odd if odd.any() else np.ones(len(answer), dtype=bool)


def _shortly(value: object) -> str:
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return text if len(text) <= 60 else f"{text[:60]}…"
