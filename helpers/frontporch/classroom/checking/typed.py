"""What people type into a box, read as a number or as names.

A decimal comma and a decimal point, spaces and commas between thousands, signs of currencies, a
unit behind the number and the minus signs of text programs are all understood. Only what has
two readings is asked back, in a sentence that offers both.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence

from ...names import nearest

LONGEST = 200
"""Characters that are read of what somebody typed."""

_MINUS = dict.fromkeys("−–—‐‑‒﹣－", "-")
_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›"
_SIGNS = str.maketrans(_MINUS | {"⁄": "/", "∕": "/", "％": "%", "﹪": "%", "，": ",", "．": "."})
_MONEY = "$€£¥"
_ABOUT = re.compile(r"^(?:about|approximately|approx\.?|circa|ca\.?|roughly|~|≈)\s*", re.I)
_ASSIGNED = re.compile(r"^[^\W\d]\w*\s*[=:]\s*(.*)$|^=\s*(.*)$")
# Possessive: a long text is read once, however odd.
_NUMBER = r"[.,]?\d[\d.,' ’_]*+"
_PARTS = re.compile(
    rf"(?P<before>[+-]?)\s*(?P<money>[{_MONEY}]|usd\b)?\s*(?P<sign>[+-]?)\s*"
    rf"(?P<number>{_NUMBER}(?:e[+-]?\d++)?+(?:\s*/\s*{_NUMBER})?+)(?P<unit>.*)",
    re.I,
)
_WORDS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
]

# Names of one unit; those of one line measure the same thing, and are told apart.
_UNITS = (
    ("%", "per cent", "percent", "pct", "percentage points", "percentage point", "pp", "points"),
    ("hours", "hour", "hrs", "hr", "h"),
    ("minutes", "minute", "mins", "min"),
    ("days", "day", "d"),
    ("weeks", "week", "wks", "wk", "w"),
    ("months", "month"),
    ("years", "year", "yrs", "yr", "y"),
    ("dollars", "dollar", "usd", "us$", "$"),
    ("thousand dollars", "k$", "$k", "k dollars", "k usd", "thousand $"),
    ("euros", "euro", "eur", "€"),
    ("pounds", "pound", "gbp", "£"),
    ("times", "time", "x", "×", "fold", "-fold"),
)
_UNIT_OF = {name: names[0] for names in _UNITS for name in names}
_THOUSANDS = {"k": 1e3, "thousand": 1e3, "million": 1e6}
_ALIKE = {"a": "per", "an": "per", "each": "per", "person": "people"}


def number_typed(text: str, unit: str = "") -> tuple[float | None, str]:
    """Read a number as people type it.

    Parameters
    ----------
    text : str
        What was typed.
    unit : str
        The unit that the question asks for; it may follow the number.

    Returns
    -------
    value : float or None
        None where it cannot be read.
    problem : str
        A sentence that says what to type instead; empty where it was read.

    Examples
    --------
    >>> [number_typed(one)[0] for one in ("40,8", "−1.6", "12 500", "1/3", "1.234", "12.500,75")]
    [40.8, -1.6, 12500.0, 0.3333333333333333, 1.234, 12500.75]
    >>> number_typed("$37", "dollars"), number_typed("40.8 %", "%")
    ((37.0, ''), (40.8, ''))
    >>> number_typed("1,234")
    (None, 'Do you mean 1.234 or 1234? Type 1.234 or 1234.')
    >>> number_typed("40 weeks", "days")
    (None, 'You typed weeks, but the question asks for days. Type the number of days.')
    """
    typed = _plain(text)
    if len(typed) > LONGEST:
        return None, _one_number(unit)
    problem = _no_number(typed)
    if problem:
        return None, problem
    found = _PARTS.fullmatch(_ABOUT.sub("", typed))
    if found is None or (found["before"] and found["sign"]):
        return None, _one_number(unit)
    sign = -1.0 if "-" in (found["before"], found["sign"]) else 1.0
    said = found["unit"].strip().casefold()
    factor, problem = _by_unit(said, found["money"], unit)
    if problem:
        return None, problem
    money = bool(found["money"]) or _UNIT_OF.get(said) == "dollars"
    value, problem = _value(found["number"].strip(), sign, money)
    if value is None:
        return None, problem or _one_number(unit)
    value *= sign * factor
    if not math.isfinite(value) or abs(value) > 1e200:
        return None, "This number is too large. Type a smaller one."
    return value, ""


def names_typed(
    typed: str | Sequence[str], choices: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, ...] | None, str]:
    """Read one name for each row of choices, as people type them.

    Parameters
    ----------
    typed : str or sequence of str
        One text with commas or semicolons between the names, or one text a row.
    choices : mapping of str to sequence of str
        The names that can be chosen, by what each row is called.

    Returns
    -------
    names : tuple of str or None
        As they stand in `choices`; None where one cannot be read.
    problem : str
        A sentence that says what to type instead; empty where all were read.

    Examples
    --------
    >>> pairs = {"first pair": ("A", "B"), "second pair": ("A", "B")}
    >>> names_typed("town a, B", pairs)
    (('A', 'B'), '')
    >>> names_typed("A", pairs)
    (None, 'Give 2 answers, one each for first pair, second pair, such as "A, B".')
    """
    parts = _several(typed, choices)
    if not any(parts) or all(set(one) <= set(".… ") for one in parts):
        return None, "Choose an answer first."
    if len(parts) == len(choices) and not all(parts):
        left = " and ".join(row for row, part in zip(choices, parts, strict=True) if not part)
        return None, f"Choose an answer for {left}, too."
    if len(parts) != len(choices):
        such = ", ".join(names[k % len(names)] for k, names in enumerate(choices.values()))
        if len(choices) == 1:
            return None, f"Give one answer: {_either(next(iter(choices.values())))}."
        rows = ", ".join(choices)
        return None, f'Give {len(choices)} answers, one each for {rows}, such as "{such}".'
    found: list[str] = []
    for part, (row, names) in zip(parts, choices.items(), strict=True):
        name = _known(part, names)
        if name is None:
            where = f" for {row}" if len(choices) > 1 else ""
            said = f"{part[:60]!r} is not one of the choices{where}."
            return None, f"{said} {nearest(part[:60], names)}"
        found.append(name)
    return tuple(found), ""


def _plain(text: str) -> str:
    """Give a text with plain signs: digits of any script, one kind of space, minus and slash."""
    made = []
    for sign in text.strip()[: 2 * LONGEST].translate(_SIGNS):
        kind = unicodedata.category(sign)
        if kind == "Nd":
            made.append(str(unicodedata.decimal(sign)))
        elif kind == "No" and "VULGAR" in unicodedata.name(sign, ""):
            space = " " if made and made[-1].isdigit() else ""
            made.append(space + unicodedata.normalize("NFKC", sign).replace("⁄", "/"))
        elif kind in ("Zs", "Cf") or sign.isspace():
            # Signs without width, such as the mark of a direction, come with copied text.
            made.append("" if kind == "Cf" else " ")
        else:
            made.append(sign)
    plain = " ".join("".join(made).split())
    return plain.strip(_QUOTES + " ") if plain[:1] in _QUOTES else plain


def _no_number(typed: str) -> str:
    """Say what is wrong with a text that holds no number, or more than a number."""
    if not typed:
        return "Type a number first."
    if set(typed) <= set(".… "):
        return "Type a number in place of the dots."
    assigned = _ASSIGNED.match(typed)
    if assigned:
        alone = (assigned[1] or assigned[2] or "").strip()
        return f"Type the number alone{f': {alone}' if alone else ', such as 12.5'}."
    word = _ABOUT.sub("", typed).casefold().lstrip("+-").strip()
    if word in _WORDS:
        return f"Type the number in digits: {_WORDS.index(word)}."
    if word in ("nan", "na", "n/a", "none", "–"):
        return f"{typed!r} means that there is no number. Look at the note beside it."
    if word in ("inf", "infinity", "∞"):
        return "Type a number that is not infinite."
    if not any(sign.isdigit() for sign in typed):
        return "Type the number in digits, such as 12.5."
    return ""


def _one_number(unit: str) -> str:
    within = "" if not unit else f" {unit}" if unit.startswith("per ") else f", in {unit}"
    return f"Type one number alone, such as 12.5{within}."


def _by_unit(said: str, money: str | None, asked: str) -> tuple[float, str]:
    """Give what a number is to be multiplied by for the words around it, and what is wrong."""
    wanted = asked.casefold().strip()
    factor, said = _thousands(said, wanted)
    if money and said in ("", money):
        said = _UNIT_OF.get(money.casefold(), money)
        if not wanted:
            return factor, ""
    got, meant = _UNIT_OF.get(said, said), _UNIT_OF.get(wanted, wanted)
    if got == "thousand dollars" and meant == "dollars":
        return 1e3, ""
    if not said or got == meant or _same_words(got, wanted) or _same_words(said, wanted):
        return factor, ""
    if said not in _UNIT_OF:
        return 1.0, _one_number(asked)
    if wanted:
        return 1.0, _other_unit(got, asked)
    # Where no unit is asked, 40 % is the share 0.4.
    return factor / 100 if got == "%" else factor, ""


def _other_unit(got: str, asked: str) -> str:
    said = "per cent" if got == "%" else got
    if asked == "%":
        return f"You typed {said}, but the question asks for per cent. Type the number in per cent."
    if asked.startswith("per "):
        return f"You typed {said}, but the question asks for a number {asked}. Type that."
    return f"You typed {said}, but the question asks for {asked}. Type the number of {asked}."


def _thousands(said: str, wanted: str) -> tuple[float, str]:
    """Take "k" and "million" off the words behind a number, where no unit is called so."""
    first, _, rest = said.partition(" ")
    if first in _THOUSANDS and said not in _UNIT_OF and first not in wanted.split():
        return _THOUSANDS[first], rest
    return 1.0, said


def _same_words(said: str, wanted: str) -> bool:
    """Whether what was typed are words of the unit, whatever their number."""

    def stems(words: str) -> set[str]:
        found = (one.rstrip("s") for one in re.findall(r"[^\W\d]+", words))
        return {_ALIKE.get(one, one) for one in found}

    return bool(stems(said)) and stems(said) <= stems(wanted) and not said.startswith("thousand")


def _value(typed: str, sign: float, money: bool) -> tuple[float | None, str]:
    """Read digits with their separators, a power of ten, or a fraction."""
    mixed = re.fullmatch(r"(\d+) (\d+)\s*/\s*(\d+)", typed)
    if mixed:
        whole, above, below = (int(one) for one in mixed.groups())
        return (whole + above / below, "") if below else (None, _BY_NOUGHT)
    if "/" in typed:
        parts = [_value(one.strip(), 1.0, True) for one in typed.split("/")]
        if len(parts) != 2:
            return None, ""
        (top, _), (bottom, _) = parts
        if top is None or bottom is None:
            return None, ""
        return (top / bottom, "") if bottom else (None, _BY_NOUGHT)
    digits, _, power = typed.lower().partition("e")
    value, problem = _digits(digits.strip(), sign, money)
    if value is None or not power:
        return value, problem
    try:
        return value * 10.0 ** int(power), ""
    except OverflowError:
        return math.inf, ""


_BY_NOUGHT = "This divides by 0. Type the number itself."
_GROUPS = r"\d{1,3}(?:[%s]\d{3})+"


def _digits(typed: str, sign: float, money: bool) -> tuple[float | None, str]:
    """Read digits with points, commas and spaces between them."""
    spaced = re.sub(r"[’_]", "'", typed)
    whole = re.match(_GROUPS % " " + r"(?!\d)|" + _GROUPS % "'" + r"(?!\d)", spaced)
    if whole:  # spaces or apostrophes between thousands
        bare = re.sub("[ ']", "", whole[0])
        rest = spaced[whole.end() :]
        return (float(bare + rest.replace(",", ".")), "") if _decimals(rest) else (None, "")
    if not re.fullmatch(r"[\d.,]+", spaced) or not re.search(r"\d", spaced):
        return None, ""
    points, commas = spaced.count("."), spaced.count(",")
    if points and commas:
        decimal, group = (".", ",") if spaced.rfind(".") > spaced.rfind(",") else (",", ".")
        whole_part, _, rest = spaced.rpartition(decimal)
        if decimal in whole_part or not re.fullmatch(_GROUPS % re.escape(group), whole_part):
            return None, ""
        return float(whole_part.replace(group, "") + "." + (rest or "0")), ""
    if points + commas > 1:
        group = "." if points else ","
        if re.fullmatch(_GROUPS % re.escape(group), spaced):
            return float(spaced.replace(group, "")), ""
        return None, ""
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", spaced) and not money:
        point, alone = spaced.replace(",", "."), spaced.replace(",", "")
        one, other = (f"{'-' if sign < 0 else ''}{text}" for text in (point, alone))
        return None, f"Do you mean {one} or {other}? Type {one} or {other}."
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", spaced):
        return float(spaced.replace(",", "")), ""
    return float(spaced.replace(",", ".")), ""


def _decimals(rest: str) -> bool:
    return not rest or re.fullmatch(r"[.,]\d*", rest) is not None


def _several(typed: str | Sequence[str], choices: Mapping[str, Sequence[str]]) -> list[str]:
    """Give one text a row of choices."""
    if not isinstance(typed, str):
        return [str(one).strip() for one in typed]
    text = typed[:LONGEST].strip().strip("()[]").strip()
    if len(choices) == 1:
        return [_bare(text)]
    parts = re.split(r"[,;/|\n]+", text.strip(",; "))
    if len(parts) == 1:
        parts = text.split() if len(text.split()) == len(choices) else parts
    if len(parts) == 1 and len(text) == len(choices):  # ABA
        parts = list(text)
    return [_bare(one) for one in parts]


def _bare(text: str) -> str:
    return text.strip().strip(_QUOTES).strip()


def _known(typed: str, names: Sequence[str]) -> str | None:
    """Give the name that is meant: without capitals and the words around it, where it is one."""
    words = _words(typed)
    for name in names:
        if _words(name) == words:
            return name
    ends = [
        name
        for name in names
        if _words(name)
        and len(_words(name)) < len(words)
        and words[-len(_words(name)) :] == _words(name)
    ]
    begins = [name for name in names if words and _words(name)[: len(words)] == words]
    for found in (ends, begins):
        if len(found) == 1:
            return found[0]
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def _either(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
