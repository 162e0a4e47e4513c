"""The sixty items of the five articles, and where the kit answers each.

``python tests/docs/what_the_articles_say.py`` writes docs/what_the_articles_say.md from
tests/docs/sixty_items.csv, whose anchors are cells, exercises and decisions of lessons, and claims
and acts of the shop. An anchor that is not there fails the tests.
"""

import csv
import pathlib
import re
from functools import cache

import nbformat

from frontporch import data, shop
from frontporch.classroom.checking.checks import registered
from frontporch.classroom.copying import copies, sources
from frontporch.shop.policies import NAMES
from frontporch.shop.switches import SWITCHES
from frontporch.shop.year import Year

ROOT = pathlib.Path(__file__).parents[2]
PAGE = ROOT / "docs" / "what_the_articles_say.md"
TABLE = pathlib.Path(__file__).with_name("sixty_items.csv")
PLAYED = ROOT / "notebooks" / "every_claim.ipynb"
STATES = ("whole", "part", "none")
OF_003 = range(38, 49)
"""Items of the article that had none answered for longest."""

INTRODUCTION = """\
# What the five articles say, and where the kit answers

The articles make sixty claims, give advice, or tell examples. This page says where a student meets
each of them, and what there is to run.

- *whole*: the claim or act with what the studies say, and something that a student runs.
- *part*: something is missing, and the row names it.
- *none*: nothing answers it.

What a student runs is an exercise, a decision or a cell of a lesson. Where the row says *Every
claim*, it is the notebook [Every claim, on one street](../notebooks/every_claim.ipynb): a shop acts
on the advice for half a year, in a town where it holds and in one where it does not. A class meets
the same acts in the [game](game.md)."""


def items():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def anchors(cell):
    return [one.strip() for one in cell.split(";") if one.strip()]


@cache
def cells():
    """All cells of lessons that a student sees, by their names, with the lesson's number."""
    found = {}
    for number, path in sources.sources(ROOT / "lessons").items():
        for cell in copies.read(path).cells:
            if not cell.metadata["frontporch"].get("audience"):
                found[cell["id"]] = (number, cell)
    return found


@cache
def known():
    """What an anchor may name, by its kind."""
    return {
        "claim": {*SWITCHES, *data.load("evidence", table="verdicts")["claim"]},
        "act": set(shop.Acts().table()["act"]),
        "parameter": set(shop.World().table()["parameter"]),
        "policy": set(NAMES),
        "year": {name for name in dir(Year) if not name.startswith("_")},
    }


@cache
def playable():
    """Acts that the notebook lets a student choose, as its code lists them."""
    code = "".join(cell.source for cell in nbformat.read(PLAYED, 4).cells)
    return {act for act in known()["act"] if f'"{act}":' in code}


def title(name):
    """What a student reads above a block: its message, its heading, or what its cell calls."""
    cell = cells()[name][1]
    if told := cell.metadata["frontporch"].get("message"):
        return told
    if cell.cell_type == "code":
        pictured = re.findall(r'"([A-Z][^"]{14,})"', cell.source)
        called = re.search(r"classroom\.(evidence|verdict)\(\s*\"(.+?)\"", cell.source)
        if called:
            return f"the {called[1]} on claim {called[2]}"
        return pictured[-1] if pictured else "your year" if "my_year" in cell.source else ""
    heads = [one.strip("# ●○") for one in cell.source.splitlines() if one.startswith("#")]
    return heads[0] if heads else ""


def checked(item):
    """Raise where an anchor names what is not there."""
    for name in anchors(item["blocks"]):
        assert name in cells(), f"item {item['number']}: no lesson has a cell {name}"
    exercises = {one.id for one in registered()}
    for one in anchors(item["runs"]):
        kind, _, name = one.rpartition(" ")
        if kind == "decision":
            decides = f'classroom.decide("{name}.decision")'
            there = any(decides in cell.source for _, cell in cells().values())
        elif kind == "cell":
            there = name in cells() and cells()[name][1].cell_type == "code"
        else:
            asked = f'classroom.exercise("{name}")'
            there = name in exercises and any(asked in c.source for _, c in cells().values())
        assert there, f"item {item['number']}: {one} is not there"
    for one in anchors(item["shop"]):
        kind, name = one.split(" ")
        assert name in known()[kind], f"item {item['number']}: shop has no {one}"


def plays(item):
    """Whether the notebook lets a student act on it."""
    found = [one.split(" ") for one in anchors(item["shop"])]
    return any(
        (kind == "claim" and name in SWITCHES) or (kind == "act" and name in playable())
        for kind, name in found
    )


def state(item):
    if item["missing"]:
        return "part" if item["blocks"] or item["shop"] else "none"
    told = any(one.split(" ")[0] in ("claim", "act") for one in anchors(item["shop"]))
    return "whole" if told and (item["runs"] or plays(item)) else "part"


def met(item):
    """Where a student meets it, in words."""
    parts = [f"lesson {cells()[one][0]}, *{title(one)}*" for one in anchors(item["blocks"])]
    if item["shop"]:
        parts.append("`shop`: " + ", ".join(anchors(item["shop"])))
    return "; ".join(parts) or "nothing"


def to_run(item):
    parts = []
    for one in anchors(item["runs"]):
        kind, _, name = one.rpartition(" ")
        if kind == "decision":
            parts.append(f"the decision of lesson {name}")
        elif kind == "cell":
            parts.append(f"a cell of lesson {cells()[name][0]}")
        else:
            parts.append(f"exercise {name}")
    if plays(item):
        parts.append("*Every claim*")
    return ", ".join(parts)


def page():
    rows = items()
    for item in rows:
        checked(item)
    states = [state(item) for item in rows]
    many = {one: states.count(one) for one in STATES}
    whole = [item for item, one in zip(rows, states, strict=True) if one == "whole"]
    lesson = sum(bool(item["runs"]) for item in whole)
    of_003 = sum(int(item["number"]) in OF_003 for item in whole)
    counted = (
        f"{many['whole']} of {len(rows)} are whole, {many['part']} are answered in part and "
        f"{many['none']} not at all. Of those that are whole, {lesson} have something to run in a "
        f"lesson, and {len(whole) - lesson} in the notebook. Of the eleven of article 003 "
        f"(38 to 48), {of_003} are whole."
    )
    lines = ["| # | what is said | where it is met | what a student runs | state |"]
    lines.append("|---|---|---|---|---|")
    for item, one in zip(rows, states, strict=True):
        said = f"{one}: {item['missing']}" if item["missing"] else one
        told = [item["number"], item["said"], met(item), to_run(item), said]
        lines.append("| " + " | ".join(told) + " |")
    return "\n\n".join([INTRODUCTION, counted, "\n".join(lines)]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
