"""The page of sixty items is current, and every block, exercise and act that it names is there."""

import importlib.util
import pathlib

import pytest

from frontporch.game.form import fields

MADE = pathlib.Path(__file__).with_name("what_the_articles_say.py")


def module():
    spec = importlib.util.spec_from_file_location("what_the_articles_say", MADE)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


maker = module()
ITEMS = maker.items()


def test_the_page_is_current():
    assert maker.PAGE.read_text(encoding="utf-8") == maker.page()


def test_there_are_sixty_and_most_are_whole():
    assert [int(item["number"]) for item in ITEMS] == list(range(1, 61))
    states = [maker.state(item) for item in ITEMS]
    assert states.count("whole") >= 55
    assert all(states[number - 1] == "whole" for number in maker.OF_003)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["number"])
def test_what_is_named_is_there(item):
    maker.checked(item)
    for name in maker.anchors(item["blocks"]):
        assert maker.title(name), name
    offered = {one.name for one in fields()}
    acts = {one.split(" ")[1] for one in maker.anchors(item["shop"]) if one.startswith("act ")}
    assert acts <= offered


@pytest.mark.parametrize(
    ("column", "anchor", "said"),
    [
        ("blocks", "l04-999", "no lesson has a cell l04-999"),
        ("runs", "4.99", "4.99 is not there"),
        ("runs", "decision 99", "decision 99 is not there"),
        ("runs", "cell l04-22", "cell l04-22 is not there"),  # a text, which nobody runs
        ("shop", "act shout", "shop has no act shout"),
        ("shop", "claim 9.9", "shop has no claim 9.9"),
    ],
)
def test_an_anchor_that_is_not_there_is_found(column, anchor, said):
    with pytest.raises(AssertionError, match=said):
        maker.checked({**ITEMS[0], column: anchor})


def test_an_item_without_anything_to_run_is_not_whole():
    bare = {**ITEMS[0], "runs": "", "shop": "claim 0.1"}  # a claim that changes nothing in a town
    assert maker.state(bare) == "part"
    assert maker.state({**bare, "blocks": "", "shop": "", "missing": "all of it"}) == "none"
