"""The page of sixty items names only what is there, and counts them rightly."""

import pathlib
import re
from collections import Counter

import pytest

from frontporch import shop
from frontporch.game.form import fields
from frontporch.shop.policies import NAMES
from frontporch.shop.switches import SWITCHES
from frontporch.shop.year import Year

ROOT = pathlib.Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "what_the_articles_say.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| \d", line)
]
KNOWN = {
    "claim": set(SWITCHES),
    "act": set(shop.Acts().table()["act"]),
    "parameter": set(shop.World().table()["parameter"]),
    "policy": set(NAMES),
}


def test_there_are_sixty_and_they_are_counted():
    assert [int(row[0]) for row in ROWS] == list(range(1, 61))
    found = Counter(row[3] for row in ROWS)
    assert set(found) == {"whole", "engine", "part", "none"}
    said = [
        int(one)
        for one in re.search(
            r"(\d+) are whole, (\d+) are in the engine, (\d+) are answered in part and (\d+) not",
            PAGE,
        ).groups()
    ]
    assert said == [found[one] for one in ("whole", "engine", "part", "none")]
    # The aim was 50 of the sixty, and 9 of the eleven of article 003.
    assert found["whole"] + found["engine"] >= 50
    of_003 = Counter(row[3] for row in ROWS[37:48])["engine"]
    assert f"(38 to 48), {of_003} are in the engine" in PAGE


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_is_named_is_there(row):
    where, state = row[2], row[3]
    for number in re.findall(r"lessons? (\d)(?: and (\d))?", where):
        for one in filter(None, number):
            assert list((ROOT / "lessons").glob(f"0{one}_*.ipynb"))
    for kind, name in re.findall(r"(claim|act|parameter|policy) ([\w.]+)", where):
        assert name.rstrip(".") in KNOWN[kind], (kind, name)
    for name in re.findall(r"year\.(\w+)", where):
        assert hasattr(Year, name)
    if state == "engine":
        assert "`shop`" in where
        offered = {one.name for one in fields()}
        assert set(re.findall(r"act (\w+)", where)) <= offered
    if state == "whole":
        assert "lesson" in where
