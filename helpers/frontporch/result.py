"""What an estimate or a simulation gives: one readable table, and its pictures by kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from .citing import Citation, Made, citation, made_of, versions
from .names import pick

if TYPE_CHECKING:
    import pandas as pd

VERSIONS = "_versions"
"""Where a pickled result keeps the versions that made it."""


class Result(ABC):
    """What every result can do: tell itself in one table, show it in a notebook, be drawn.

    A class that inherits from it names its pictures by kind; the first is drawn when no kind is
    asked for.

    Attributes
    ----------
    PICTURES : mapping of str to str
        By kind, the function that draws it, as `"package.module:function"`. It takes the result,
        then `ax` and options by name, and returns the axes.

    Examples
    --------
    >>> import pandas as pd
    >>> class Mean(Result):
    ...     def __init__(self, values):
    ...         self.values = values
    ...     def summary(self):
    ...         return pd.DataFrame({"mean": [sum(self.values) / len(self.values)]})
    >>> "1.5" in Mean([1, 2])._repr_html_()
    True
    >>> Mean([1, 2]).plot()
    Traceback (most recent call last):
    TypeError: Mean has no picture. Its numbers are in .summary().
    """

    __slots__ = ()

    PICTURES: ClassVar[Mapping[str, str]] = {}

    @abstractmethod
    def summary(self) -> pd.DataFrame:
        """Give the result as one table."""

    def plot(self, kind: str | None = None, ax: Any = None, **options: Any) -> Any:
        """Draw the result.

        Parameters
        ----------
        kind : str, optional
            Which of its pictures; the most usual one if not given.
        ax : matplotlib.axes.Axes, optional
            Where; new axes if not given.
        **options
            What the function of this picture takes besides.

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        UnknownName
            If it has no picture of this kind; the nearest is named.
        """
        if not self.PICTURES:
            raise TypeError(f"{type(self).__name__} has no picture. Its numbers are in .summary().")
        if kind is None:
            kind = next(iter(self.PICTURES))
        module, name = self.PICTURES[pick(kind, self.PICTURES, "kind of picture")].split(":")
        return getattr(import_module(module), name)(self, ax=ax, **options)

    def cite(self, data: str = "") -> Citation:
        """Say how the result is cited: a sentence for the text, and BibTeX.

        Parameters
        ----------
        data : str
            What the data are and where they come from, in place of what is known of them: the
            file with its hash, the data set, or the model that drew them.

        Returns
        -------
        Citation
            `sentence` and `bibtex`; printed, it is both. They name the function, the versions,
            whom the method follows, the data and the seeds.

        Examples
        --------
        >>> from frontporch import stats
        >>> found = stats.kaplan_meier([1, 2, 3], [True, True, False])
        >>> found.cite("weeks until 3 customers came back").sentence.partition("after ")[2]
        'Kaplan & Meier (1958) and Greenwood (1926). Data: weeks until 3 customers came back.'
        """
        made = made_of(self)
        if made is None:
            made = Made(f"{type(self).__module__}:{type(self).__qualname__}")
        if data:
            made = replace(made, data=(data,))
        return citation(made, self.versions)

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of Python, the kit and the packages that made the result.

        A result that was pickled keeps those it was made with.
        """
        return getattr(self, "__dict__", {}).get(VERSIONS) or versions()

    def __getstate__(self) -> dict[str, Any]:
        """Keep the versions with a result that is pickled."""
        return {**self.__dict__, VERSIONS: dict(self.versions)}

    def _repr_html_(self) -> str:
        """Show the table in a notebook, to the digits that its errors support."""
        return readable(self.summary(), rest=" in .summary()")


def readable(whole: pd.DataFrame, rest: str = "") -> str:
    """Give a table as HTML for reading: its first rows, to the digits that its errors support.

    Parameters
    ----------
    whole : pandas.DataFrame
        The table; row numbers that only count are left out.
    rest : str
        Where all rows are, for the sentence below a long table.

    Examples
    --------
    >>> import pandas as pd
    >>> "<th>pairs</th>" in readable(pd.DataFrame({"pairs": [3, 4]}))
    True
    """
    from .rounding.shown_table import ROWS, as_html, rest_said
    from .rounding.table import table

    return as_html(table(whole.head(ROWS))) + rest_said(whole, rest, "<p>", "</p>")
