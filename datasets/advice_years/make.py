"""Play the years of the data set `advice_years`, and describe it.

    python datasets/advice_years/make.py           # 32 pairs of towns
    python datasets/advice_years/make.py 128 8     # 128 pairs, on eight processors

The tables hold what this code gives, to the cent; a test plays some rows again. Whoever changes
what a year comes to runs it anew, and then stores the notebook `which_advice_pays.ipynb`. The years
are kept in `build/advice_years.sqlite`: the same call goes on where it was interrupted. Remove that
file after such a change.
"""

import json
import pathlib
import sys

import pandas as pd

from frontporch import sweep
from frontporch.shop import World, sensitivity, simulate
from frontporch.shop.sensitivity.factors import town
from frontporch.shop.sensitivity.years import USUAL, advice

FOLDER = pathlib.Path(__file__).resolve().parent
STORE = FOLDER.parents[1] / "build" / "advice_years.sqlite"
PAIRS, SEED = 32, 18
RIVALS = ["usual"]
PEOPLE = World.people_for(2)
STEP = sensitivity.describe()["topic"].nunique() + 2


def year(row, act, seed):
    """Play a year of one shop; its luck is the town's, and `seed` is not used."""
    world, luck = town(sensitivity.worlds(row // STEP + 1, seed=SEED).iloc[row], people=PEOPLE)
    return {"cents": simulate(world, [advice()[act], *RIVALS], seed=luck).cash[0]}


def rows_of_base(pairs):
    """Give the rows of the base towns in the design: the first ones, then their partners."""
    first = range(0, pairs * STEP, STEP)
    return [*first, *(row + STEP - 1 for row in first)]


def played(pairs, workers):
    """Play the usual shop in every town of the design, and all acts in the base towns."""
    design = [{"row": row, "act": USUAL} for row in range(pairs * STEP)]
    design += [
        {"row": row, "act": act} for row in rows_of_base(pairs) for act in advice() if act != USUAL
    ]
    STORE.parent.mkdir(exist_ok=True)
    study = sweep.run(year, design, seed=SEED, store=STORE, engine="cores", workers=workers)
    if len(study.failures):
        sys.exit(study.failures.to_string())
    return study.table.set_index(["act", "row"])["cents"].astype(int)


def column(name, kind, title, description, unit="", **constraints):
    """Describe a column."""
    found = {"name": name, "type": kind, "title": title, "description": description}
    if unit:
        found["unit"] = unit
    return found | {"constraints": {"required": True, **constraints}}


def table(name, title, description, frame, fields, key):
    """Write a table, and describe it."""
    frame.to_csv(FOLDER / f"{name}.csv", index=False, lineterminator="\n")
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": title,
        "description": description,
        "rows": len(frame),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": key},
    }


def towns(base):
    """Describe the base towns: the place of each factor in each town."""
    fields = [column("town", "integer", "Town", "Number of the town.", "identifier", minimum=0)]
    for row in sensitivity.describe().itertuples():
        told = {
            "parameter": f"{row.meaning} ({row.unit}): 0 stands for {row.lowest}, 1 for "
            f"{row.highest}.",
            "claim": f"{row.meaning} It holds where the place is below 0.5.",
            "luck": "Ten thousand times the place is the seed of the year.",
        }[row.kind]
        fields.append(
            column(
                row.factor,
                "number",
                row.factor[0].upper() + row.factor[1:],
                told[0].upper() + told[1:],
                "place from 0 to 1",
                minimum=0,
                maximum=0.9999,
            )
        )
    return table(
        "towns",
        "Towns",
        "One row per base town. The first half and the second half are partners, in order.",
        base.rename_axis("town").reset_index(),
        fields,
        ["town"],
    )


CENTS = column("cents", "integer", "Profit", "Profit of the first shop.", "US cents a year")


def usual(cents):
    """Give what the usual shop earned in every town of the design."""
    frame = cents[USUAL].sort_index().rename_axis("row").reset_index()
    where = "Row of the design, as sensitivity.worlds gives it from the base towns."
    fields = [column("row", "integer", "Row", where, "identifier", minimum=0), CENTS]
    said = "One row per town of the Sobol design: what the usual shop earns beside another one."
    return table("usual", "The usual shop", said, frame, fields, ["row"])


def acts(cents, pairs):
    """Give what every act earned in every base town."""
    base = list(enumerate(rows_of_base(pairs)))
    rows = [(town, act, cents[act, row]) for act in advice() for town, row in base]
    frame = pd.DataFrame(rows, columns=["town", "act", "cents"])
    fields = [
        column("town", "integer", "Town", "Number of the town.", "identifier", minimum=0),
        column("act", "string", "Act", "What the shop does, as changes of the usual shop."),
        CENTS,
    ]
    said = "One row per base town and act: what the shop earns beside a usual shop."
    return table("acts", "Acts", said, frame, fields, ["town", "act"])


def main(pairs=PAIRS, workers=2):
    """Make the tables and datapackage.json."""
    design = sensitivity.worlds(pairs, seed=SEED)
    base = design.iloc[rows_of_base(pairs)].reset_index(drop=True)
    cents = played(pairs, workers)
    resources = [towns(base), usual(cents), acts(cents, pairs)]
    many = resources[1]["rows"] + resources[2]["rows"]
    package = {
        "profile": "tabular-data-package",
        "name": "advice_years",
        "title": "Which advice pays: years of a shop in many towns (synthetic)",
        "description": (
            f"Simulated, not observed: {many:,} years of one shop in towns of {PEOPLE:,} people, "
            "beside one usual shop. Every parameter and every claim of `shop` differs from town to "
            f"town, and so does luck. {pairs} pairs of base towns are drawn "
            f"with seed {SEED}, and cut to four digits. All sizes are assumptions, so "
            "the dollars say nothing about a real shop.\n\n**How to make it again**: "
            "`python datasets/advice_years/make.py`."
        ),
        "licenses": [
            {
                "name": "CC0-1.0",
                "title": "Creative Commons Zero 1.0 Universal",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            }
        ],
        "sources": [
            {
                "title": "Simulated for Front Porch by datasets/advice_years/make.py; a test plays "
                "some rows again and compares"
            }
        ],
        "synthetic": True,
        "citation": "Synthetic data made for Front Porch by frontporch.shop.sensitivity.",
        "resources": resources,
    }
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (FOLDER / "datapackage.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
