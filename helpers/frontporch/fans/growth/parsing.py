"""Counts as people write them: "7M", "7,000,000", "over 7 million"."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from ...tables import Fault, TableError

_TIMES = {
    "": 1,
    **dict.fromkeys(("k", "thousand"), 1_000),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions"), 1_000_000),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
}
_MORE = ("over", "more than", "at least", "above", "surpasses", "surpassed", ">", "≥")
_WRITTEN = re.compile(
    rf"(?P<more>{'|'.join(map(re.escape, _MORE))})?\s*"
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<times>[a-z]*)\s*(?P<plus>\+)?\s*(?:fans|likes|followers|users|people)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ParsedCount:
    """A count that was written out.

    Parameters
    ----------
    fans : int
        The number.
    at_least : bool
        Whether the words say "over" or put a plus sign.
    rounded_to : int
        The place of the last digit that was written: 100,000 for "7.4 million".
    """

    fans: int
    at_least: bool
    rounded_to: int


def parse_count(text: str) -> ParsedCount:
    """Understand a count as people write it.

    Parameters
    ----------
    text : str
        Digits, with commas or spaces between thousands, a decimal point, and K, M, B,
        thousand, million or billion after them; "over", "more than" or "+" make it a lower bound.

    Raises
    ------
    ValueError
        If it is written otherwise, also where a comma could be a decimal one, as in "7,4M".

    Examples
    --------
    >>> parse_count("over 7.4 million")
    ParsedCount(fans=7400000, at_least=True, rounded_to=100000)
    >>> parse_count("7,000,000").fans
    7000000
    """
    match = _WRITTEN.fullmatch(" ".join(str(text).split()))
    if not match or match["times"].lower() not in _TIMES:
        raise ValueError(
            f'A count is {text!r}: write all digits, such as 7000000, or "7M", "7,000,000", '
            '"over 7 million".'
        )
    times = _TIMES[match["times"].lower()]
    digits = re.sub(r"[^\d.]", "", match["digits"])
    decimals = len(digits.partition(".")[2])
    place = times // 10**decimals if times % 10**decimals == 0 else 0
    whole = int(digits.replace(".", ""))
    if not place:
        raise ValueError(f"A count is {text!r}, which is no whole number: write all digits.")
    fans = whole * place
    if times == 1:
        place = rounding(fans)
    return ParsedCount(fans, bool(match["more"] or match["plus"]), place)


def rounding(fans: int) -> int:
    """Give the place to which a count was probably rounded: its zeros, but two digits at least.

    Examples
    --------
    >>> rounding(7_400_000), rounding(30_000_000), rounding(7_606_987)
    (100000, 1000000, 1)
    """
    digits = str(int(fans))
    zeros = len(digits) - len(digits.rstrip("0")) if int(fans) else 0
    return 10 ** max(min(zeros, len(digits) - 2), 0)


def parse_counts(table: pd.DataFrame, column: str = "fans") -> pd.DataFrame:
    """Turn counts written as text into whole numbers, with what the words say beside them.

    Parameters
    ----------
    table : pandas.DataFrame
        A table with a column of counts; numbers stay as they are.
    column : str
        The column.

    Returns
    -------
    pandas.DataFrame
        The table with whole numbers; `at_least` is true where it was, or where the words say so;
        `rounded_to` is the place of the last digit written.

    Raises
    ------
    TableError
        Naming row and value of every count that is not understood.

    Examples
    --------
    >>> table = pd.DataFrame({"fans": ["over 7 million", "100,000"]})
    >>> parse_counts(table)["at_least"].tolist()
    [True, False]
    """
    found, faults = [], []
    for row, value in table[column].items():
        try:
            found.append(parse_count(value if isinstance(value, str) else _plain(value)))
        except ValueError as error:
            faults.append(Fault(row, column, value, "is not understood", str(error)))
    if faults:
        raise TableError("counts", faults)
    said = pd.Series([one.at_least for one in found], index=table.index)
    if "at_least" in table:
        said |= table["at_least"].astype(str).str.lower().isin(["true", "1"])
    fans, places = [one.fans for one in found], [one.rounded_to for one in found]
    return table.assign(**{column: fans}, at_least=said, rounded_to=places)


def _plain(value: object) -> str:
    number = float(value)  # type: ignore[arg-type]
    if number != number or number < 0 or number != int(number):
        raise ValueError(
            f"A count is {value!r}, which is no whole number from 0 up: write all digits."
        )
    return str(int(number))
