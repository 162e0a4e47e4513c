"""The debrief of a game as a notebook, from which its slides are made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...groups import needs
from . import copies
from .sources import FOLDER

if TYPE_CHECKING:
    from ...game.play import Play

SECONDS = 3_600
"""How long the notebook may take: the game is played again some hundred times."""
SETUP = """\
from frontporch import game, look

played = game.load(".").play()  # the folder of the game, where this notebook lies
told = game.debrief(played)"""


def notebook(played: Play) -> Any:
    """Write the debrief of a game as a notebook, not yet run.

    Parameters
    ----------
    played : Play
        The game, after some rounds.

    Returns
    -------
    nbformat.NotebookNode
    """
    with needs("A notebook"):
        from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    book = new_notebook()
    book.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    title = "A year on Main Street: looking back"
    book.metadata[FOLDER] = {"title": title, "lang": "en"}
    kinds = {"md": new_markdown_cell, "code": new_code_cell}
    for number, (kind, text, slide) in enumerate(_cells(title, played)):
        cell = kinds[kind](text, metadata={"slideshow": {"slide_type": slide}})
        cell["id"] = f"debrief-{number}"
        book.cells.append(cell)
    return book


def run(book: Any, folder: Path) -> Any:
    """Run the notebook in the folder of its game.

    Raises
    ------
    CellFailedError
        If a cell fails; the message says which and why.
    """
    return copies.run(book, "debrief.ipynb", place=folder, seconds=SECONDS)


def _cells(title: str, played: Play) -> list[tuple[str, str, str]]:
    """List the cells: kind, text, and what they are on slides."""
    many = len(played.game.players)
    teams = f"{many} teams" if many > 1 else "One team"
    return [
        ("md", f"# {title}\n\n{teams}, {played.rounds} rounds, one town.", "slide"),
        ("code", SETUP, "skip"),
        (
            "md",
            "## Who came in where?\n\nThe band shows how far luck alone spreads equal teams. Teams "
            "inside it may have differed by luck.",
            "slide",
        ),
        ("code", 'look.show(told.plot("cash"))', "-"),
        (
            "md",
            "## What would the same luck have brought otherwise?\n\nEach row is one shop. Each "
            "mark is the cash that a plan would have brought there, with the same people and the "
            "same luck. Look for the team whose decisions do well in every row.",
            "slide",
        ),
        ("code", 'look.show(told.plot("instead"))', "-"),
        ("code", 'told.table("came")', "subslide"),
        (
            "md",
            "## Which advice paid in this town?\n\nA bar shows what following a claim for the "
            "whole game brings, in the shop of the team that followed it longest. Five claims were "
            "hidden. You see the twelve that changed most. A claim can be true and its advice "
            "still cost more than it brings.",
            "slide",
        ),
        ("code", 'look.show(told.plot("claims"))', "-"),
        (
            "code",
            'told.table("claims")[["the claim", "true here", "who followed (rounds)", '
            '"what it brought ($)", "what studies say"]]',
            "skip",
        ),
        *_closing(),
    ]


def _closing() -> list[tuple[str, str, str]]:
    """List the cells after those about plans and advice."""
    return [
        (
            "md",
            "## Was research worth its price?\n\n*Worth knowing* is what the better choice brings "
            "beyond going on as before, from the next round to the end.",
            "slide",
        ),
        ("code", 'told.table("research")', "-"),
        (
            "md",
            "## Did you know how much you knew?\n\nA dot on the line is a prediction that came "
            "true. The last column of the table is the distance of somebody who always says that "
            "the next round brings what the last one brought.",
            "slide",
        ),
        ("code", 'look.show(told.plot("predictions"))', "-"),
        ("code", 'told.table("calibration")', "subslide"),
        (
            "md",
            "## Talk about it\n\n1. Which decision would you take back, and what did you know when "
            "you took it?\n2. Which of your rivals' decisions would have paid in your shop?\n"
            "3. What did your research tell you, and what did you take it to say?\n4. Your town is "
            "one of many. Which of your rules would you take to another one?",
            "slide",
        ),
        (
            "md",
            "**Limits.** The town is made up, and every size in it is an assumption. It shows what "
            "follows from the rules. It does not show what happens on a real street.",
            "slide",
        ),
    ]
