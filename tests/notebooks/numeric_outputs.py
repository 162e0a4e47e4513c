"""Outputs of a notebook, compared as words and numbers.

Two texts agree where their words are equal and every number lies close to the stored one. A whole
number is a count and must be equal; a number with a decimal point or an exponent was computed, and
its last digits belong to the processor that computed it.
"""

import math
import re
from dataclasses import dataclass
from itertools import zip_longest

RELATIVE, ABSOLUTE = 1e-6, 1e-9

# Digits behind a letter (x1, lesson_05) or a second point (1.2.3) are part of a name.
NUMBER = re.compile(
    r"((?<![\w.])[-+−]?(?>\d{1,3}(?:,\d{3})+(?!\d)|\d+|(?=\.\d))(?>(?:\.\d+)?)"
    r"(?:[eE][-+]?\d+)?(?!\.?\d))"
)
PICTURE = re.compile(r"data:image/(\w+);base64,[A-Za-z0-9+/=]+")
CONTEXT = 40
MODEL = "application/vnd.jupyter.widget-view+json"
SCRIPT = "application/javascript"


@dataclass(frozen=True)
class Tolerance:
    """How far a computed number may lie from the stored one."""

    relative: float = RELATIVE
    absolute: float = ABSOLUTE

    def allows(self, stored, new):
        """Tell whether two numbers are close enough; the share is of the stored one."""
        apart = abs(new - stored)
        return apart <= max(self.relative * abs(stored), self.absolute)


def tolerance_of(cell):
    """Read the tolerance that a cell states in its metadata; it needs a reason."""
    stated = dict(cell.metadata.get("frontporch", {}).get("tolerance", {}))
    reason = stated.pop("reason", "")
    if stated and not str(reason).strip():
        raise ValueError(f"the tolerance {stated} of this cell lacks its `reason`")
    return Tolerance(**stated)


def differences(stored, new, tolerance):
    """Yield what differs between the outputs of a cell as stored and as run, in sentences.

    Outputs are compared in their order, each kind of content in it; of a picture and of a control
    only that it is there, as its bytes and its number change from run to run. A script beside a
    control is the kit's own source and no result: that it is there is enough.
    """
    for place, (before, after) in enumerate(zip_longest(stored, new), 1):
        if before is None or after is None:
            here, there = ("now", "stored") if before is None else ("stored", "now")
            yield f"output {place} is {here} {contents(before or after)} and not {there}"
            continue
        before, after = contents(before), contents(after)
        if list(before) != list(after):
            yield f"output {place} was {list(before)} and is now {list(after)}"
            continue
        for kind, text in before.items():
            for sentence in text_differences(text, after[kind], tolerance):
                yield f"output {place}, {kind}: {sentence}"


def contents(output):
    """Give the contents of an output by kind, in a fixed order, as texts."""
    if output["output_type"] == "stream":
        return {output["name"]: str(output["text"])}
    if output["output_type"] == "error":
        return {"error": f"{output['ename']}: {output['evalue']}"}
    found = {f"{output['output_type']} {kind}": kind for kind in sorted(output["data"])}
    seen_only = (MODEL, SCRIPT, "image/png", "image/jpeg")
    return {
        name: "there" if kind in seen_only else _as_text(output["data"][kind])
        for name, kind in found.items()
    }


def _as_text(content):
    return content if isinstance(content, str) else repr(content)


def text_differences(stored, new, tolerance):
    """Yield what differs between two texts, up to the first words that do."""
    before, after = _pieces(stored), _pieces(new)
    for at, (old, fresh) in enumerate(zip_longest(before, after, fillvalue="")):
        if at % 2 and old and fresh:
            sentence = number_difference(old, fresh, tolerance)
            if sentence:
                yield f"{sentence}, in {''.join(before[max(at - 1, 0) : at + 2])[-2 * CONTEXT :]!r}"
        elif old != fresh:
            yield word_difference("".join(before[at:]), "".join(after[at:]))
            return


def _pieces(text):
    """Cut a text into words, number, words, number, …, words; the width of columns is left out."""
    return NUMBER.split(re.sub(r"[ \t]+", " ", PICTURE.sub(r"picture/\1", text)))


def number_difference(stored, new, tolerance):
    """Say how far a number lies from the stored one; None where it is close enough."""
    if stored == new:
        return None
    counted = is_count(stored) or is_count(new)
    before, after = value(stored), value(new)
    if not counted and tolerance.allows(before, after):
        return None
    apart = after - before
    share = f", relative {abs(apart / before):.2g}" if before and math.isfinite(apart) else ""
    rule = "; whole numbers are counts and must be equal" if counted else ""
    return f"stored {stored}, now {new} (difference {apart:.3g}{share}{rule})"


def value(text):
    """Turn a written number into one."""
    return float(text.replace(",", "").replace("−", "-"))


def is_count(text):
    """Tell whether a number is written as a whole one."""
    return not re.search(r"[.eE]", text)


def word_difference(stored, new):
    """Show the first place at which two texts part."""
    pairs = zip_longest(stored, new)
    at = next(place for place, (old, fresh) in enumerate(pairs) if old != fresh)
    start = max(at - CONTEXT // 4, 0)
    return f"stored {stored[start : at + CONTEXT]!r}, now {new[start : at + CONTEXT]!r}"
