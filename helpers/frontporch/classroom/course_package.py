"""The course that is plugged in: where the exercises, outcomes and notebooks of a lesson are found.

A course is a package with a folder a lesson: `lesson_01`, `lesson_02` and so on. What a lesson
has stands there in files of fixed names, and each of them may be missing. This file alone knows
how they are found; nothing else in the classroom knows any lesson.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..names import UnknownName

if TYPE_CHECKING:
    from .checking.exercise import Exercise
    from .deciding.decision import Decision
    from .predicting.outcome import Outcome

OURS = "frontporch.course"
VARIABLE = "FRONTPORCH_COURSE"
"""Names the course's package. Kernels and commands that are started from here inherit it."""


class CourseError(ValueError):
    """A course whose parts do not fit together; the message says which, and what they should be."""


@dataclass(frozen=True)
class Course:
    """A course by the name of its package.

    Parameters
    ----------
    package : str
        Such as "frontporch.course".
    """

    package: str = OURS

    @property
    def lessons(self) -> Path:
        """Folder of the taught sequence: `LESSONS` of the package, else `lessons` where you are."""
        return Path(getattr(self._module(), "LESSONS", "lessons"))

    @property
    def porch(self) -> str:
        """The command as it is typed for this course."""
        return "porch" if self.package == OURS else f"porch --course {self.package}"

    @property
    def folder(self) -> Path:
        """Folder of the package, where a new lesson gets a folder of its own."""
        return Path(next(iter(self._module().__path__)))

    def numbers(self) -> list[int]:
        """Give the numbers of the lessons that have a folder in the package, in order."""
        found = (
            re.fullmatch(r"lesson_(\d{2,})", one.name)
            for one in pkgutil.iter_modules(self._module().__path__)
            if one.ispkg
        )
        return sorted(int(one[1]) for one in found if one)

    def exercises(self, number: int | str | None = None) -> list[Exercise]:
        """Give the exercises of a lesson, in order, or of all; none where it has none.

        Raises
        ------
        CourseError
            If the lesson's file lists none, or one whose number belongs to another lesson.
        """
        if number is None:
            return [one for lesson in self.numbers() for one in self.exercises(lesson)]
        part = self.part(number, "exercises")
        if part is None:
            return []
        found = list(_listed(part, "EXERCISES"))
        _belong((one.id for one in found), number, part)
        return found

    def outcomes(self, number: int | str | None = None) -> dict[str, Outcome]:
        """Give what came out in a lesson, or in all, by question; nothing where nothing did.

        Raises
        ------
        CourseError
            If the lesson's file lists none, or one whose number belongs to another lesson.
        """
        if number is None:
            lessons = [self.outcomes(lesson) for lesson in self.numbers()]
            return {question: one for found in lessons for question, one in found.items()}
        part = self.part(number, "outcomes")
        if part is None:
            return {}
        found = dict(_listed(part, "OUTCOMES"))
        _belong(found, number, part)
        return found

    def decision(self, number: int | str) -> Decision | None:
        """Give what is decided in a lesson; None where nothing is.

        Raises
        ------
        CourseError
            If the lesson's file has none, or one whose number belongs to another lesson.
        """
        part = self.part(number, "decision")
        if part is None:
            return None
        found: Decision = _listed(part, "DECISION")
        _belong([found.id], number, part)
        return found

    def part(self, number: int | str, name: str) -> ModuleType | None:
        """Import a part of a lesson, such as its exercises; None where the lesson has none."""
        if not str(number).isdecimal() or int(number) not in self.numbers():
            return None
        module = f"{self.package}.lesson_{int(number):02d}.{name}"
        return importlib.import_module(module) if importlib.util.find_spec(module) else None

    def _module(self) -> ModuleType:
        if not _is_package(self.package):
            raise UnknownName(
                f"There is no course {self.package!r}: Python finds no package of this name. "
                "Install it, make a folder of this name with an __init__.py where you are, or set "
                "PYTHONPATH to the folder that it lies in."
            )
        return importlib.import_module(self.package)


def course() -> Course:
    """Give the course that is plugged in.

    Examples
    --------
    >>> course().package
    'frontporch.course'
    """
    return Course(os.environ.get(VARIABLE, "").strip() or OURS)


def use_course(package: str | None = None) -> Course:
    """Plug in a course: from now on exercises and outcomes are those of this package.

    Parameters
    ----------
    package : str, optional
        Name of the package, such as "my_course"; without it Front Porch's own course again.

    Returns
    -------
    Course

    Raises
    ------
    UnknownName
        If Python finds no package of this name.

    Notes
    -----
    What is started from here (a kernel, a command) inherits the course. It is kept in the
    variable `FRONTPORCH_COURSE` of the environment, which you may also set yourself.

    Examples
    --------
    >>> use_course("my_curse")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    frontporch.names.UnknownName: There is no course 'my_curse': Python finds no package of ...
    >>> use_course("frontporch.course").numbers()[:3]
    [1, 2, 3]
    >>> use_course()
    Course(package='frontporch.course')
    """
    chosen = Course(OURS if package is None else package)
    chosen.numbers()  # says at once where there is no such package
    if chosen.package == OURS:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = chosen.package
    return chosen


@contextmanager
def plugged_in(package: str | None) -> Iterator[Course]:
    """Plug in a course for a while; the one before comes back afterwards."""
    before = os.environ.get(VARIABLE)
    try:
        yield course() if package is None else use_course(package)
    finally:
        if before is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = before


def _is_package(name: str) -> bool:
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):  # a folder above it is missing, or the name is no name
        return False
    return spec is not None and spec.submodule_search_locations is not None


def _listed(part: ModuleType, name: str) -> Any:
    if not hasattr(part, name):
        raise CourseError(f"{part.__name__} has no {name}: it has to list what the lesson has.")
    return getattr(part, name)


def _belong(ids: Iterable[str], number: int | str, part: ModuleType) -> None:
    for one in ids:
        if one.split(".")[0] != str(int(number)):
            raise CourseError(
                f"{part.__name__} holds {one!r}: in this lesson a number has to begin with "
                f"'{int(number)}.'."
            )
