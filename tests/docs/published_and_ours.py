"""Every published number beside ours.

``python tests/docs/published_and_ours.py`` writes docs/published_and_ours.md. Cases that need one
of R's data sets keep what the page says of them where FRONTPORCH_R_DATA names no folder with it.
"""

import csv
import math
import pathlib

from frontporch import data, published
from frontporch.rounding import decimal, number

ROOT = pathlib.Path(__file__).parents[2]
PAGE = ROOT / "docs" / "published_and_ours.md"
KINDS = {
    "printed": "printed in a paper or a manual",
    "program": "given by another program",
    "closed form": "follow by mathematics or enumeration",
}
HEAD = ["quantity", "published", "ours", "difference", "tolerance"]


def printed_values():
    """Published numbers and tolerances as they were typed."""
    with (ROOT / "datasets/published_numbers/numbers.csv").open(encoding="utf-8") as file:
        return {(row["case"], row["quantity"]): row for row in csv.DictReader(file)}


def line(row, typed):
    """One number: ours to a digit more than the tolerance can tell apart."""
    places = 0
    if row["tolerance"] > 0:
        places = max(0, 1 - math.floor(math.log10(row["tolerance"])))
    off = row["difference"]
    small = row["tolerance"] / 100
    said = "0" if off == 0 else number(off, 2) if off >= small else f"below {number(small, 1)}"
    cells = [row["quantity"], typed["value"], decimal(row["ours"], places), said]
    return cells, typed["tolerance"]


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, cells)) + " |" for cells in lines)


def section(case, rows, typed):
    """What is said of one case."""
    cells = []
    for row in rows.to_dict("records"):
        (quantity, value, ours, off), tolerance = line(row, typed[row["case"], row["quantity"]])
        cells.append([quantity, value, ours, off, tolerance])
    needs = ""
    if isinstance(case["needs"], str):
        files = " and ".join(f"`{one}.csv`" for one in case["needs"].split(" and "))
        needs = f" Needs R's {files} in the folder that `FRONTPORCH_R_DATA` names."
    return "\n\n".join(
        [
            f"### {case['title']}",
            f"{case['source']}. Data: {case['uses']}.{needs}",
            f'`published.compare("{case["case"]}")`, computed in '
            f"[{case['file']}.py](../helpers/frontporch/published/{case['file']}.py)",
            table(HEAD, cells),
        ]
    )


def overview(cases, numbers):
    counted = numbers.merge(cases[["case", "kind", "needs"]], on="case")
    rows = []
    for kind, meaning in KINDS.items():
        of = counted[counted["kind"] == kind]
        kit = of["needs"].isna().sum()
        rows.append([meaning, of["case"].nunique(), len(of), kit, len(of) - kit])
    total = counted["needs"].isna().sum()
    rows.append(["all", len(cases), len(numbers), total, len(numbers) - total])
    return table(["numbers that are", "cases", "numbers", "with data of the kit", "R's"], rows)


INTRODUCTION = """\
# Published and ours

Every number that papers, manuals and other programs print and that the kit reproduces,
beside ours. The numbers stand in one table, the data set `published_numbers`; tests and
this page read them from it. Each has a source and a tolerance, an absolute difference.
Where only rounded digits were printed, the tolerance is half a unit of the last one.

```python
from frontporch import published

published.compare()  # every number, in some seconds
published.compare("karate_club")  # one case
```

The notebook [published_and_ours.ipynb](../notebooks/published_and_ours.ipynb) does the
same and shows the code of a case. `python start.py test tests/published` holds the kit to
every number, and fails where one differs by more than its tolerance. `python
tests/docs/published_and_ours.py` writes this page anew.

Some cases need a data set of one of R's packages `survival`, `msm` and `CLVTools`, which are
not part of this project. In R, `write.csv(lung, "lung.csv", row.names = FALSE)` writes one; name
the folder in the environment variable `FRONTPORCH_R_DATA`. Without it these cases are not
run, and say so.

Not here: the data set `groceryElog` of R's BTYDplus. The source of its vignette computes the
estimates where it is made and prints none, and no printed copy could be read; the estimates
of the same models are held to CDNOW and to `apparelTrans` instead."""


def sections_of(page):
    """The sections of a page by their headings."""
    parts = page.split("\n### ")[1:]
    return {part.partition("\n")[0]: f"### {part.rstrip()}" for part in parts}


def page(found, stored=""):
    """The page as text, with `found` from `published.compare()`."""
    cases, numbers = (data.load("published_numbers", name) for name in ("cases", "numbers"))
    typed, before = printed_values(), sections_of(stored)
    parts = [INTRODUCTION, overview(cases, numbers)]
    for case in cases.to_dict("records"):
        rows = found[found["case"] == case["case"]]
        if rows["ours"].notna().any():
            parts.append(section(case, rows, typed))
        elif case["title"] in before:
            parts.append(before[case["title"]])
        else:
            raise SystemExit(f"{case['title']}: {rows['says'].iloc[0]}, and the page lacks it.")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    PAGE.write_text(page(published.compare(), old), encoding="utf-8")
