"""What a team gets after a round without any server: tables, a text, and the next form."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd

from ..rounding import as_given, decimal
from .form import Field, form, values_of
from .play import Play
from .requests import KINDS, TESTABLE
from .team import Team

HOW_TO = """\
# How to play

You run a shop on Main Street, and so do the other teams. All serve the same people. A round is
{weeks} weeks, and there are {rounds} rounds. You do not know the rules of the town: `told.csv`
says which of the claims are true here, and which ones you have to find out.

1. Copy `{decision}` to `round_{number:02d}/{team}.json` in the folder of the game.
2. Change the values in `acts`. `{form}` lists what there is and what it costs. An act that
   you leave out stays as it was.
3. Write what you expect in `prediction`: your cash in dollars at the end of the round. Say why in
   `memo`, in three sentences.
4. You may put up to two pieces of research into `research`. You get the results after this round.
5. `budget` is optional: a decision that costs more is refused, and you are told.

If your file is missing or cannot be used, your shop does what it did before, without research.
"""


def folder_name(play: Play, team: str) -> str:
    """Give the name of the folder that a team gets now."""
    return f"{team}_after_round_{play.rounds}" if play.rounds else f"{team}_start"


def write_folder(into: Path, play: Play, team: str) -> Path:
    """Write what a team may see into a folder of its own, which is there as a whole or not at all.

    Parameters
    ----------
    into : pathlib.Path
        Where the folder is made; one that is there is replaced.
    play : Play
        The game so far.
    team : str
        Whose.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    folder = into / folder_name(play, team)
    beside = into / f".{folder.name}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    view = play.team(team)
    for name, table in _tables(play, view).items():
        table.to_csv(beside / f"{name}.csv", index=False, lineterminator="\n")
    texts = {"what_happened.md": happened(play, view)} if play.rounds else {}
    if not play.over:
        texts |= _next(play, team)
    for name, text in texts.items():
        (beside / name).write_text(text, encoding="utf-8", newline="\n")
    shutil.rmtree(folder, ignore_errors=True)
    beside.replace(folder)
    return folder


def _tables(play: Play, view: Team) -> dict[str, pd.DataFrame]:
    found = {"told": play.game.told(), "standings": play.standings()}
    if view.round:
        found |= {"weeks": view.weeks, "flows": view.flows}
        found |= {"orders": view.orders, "posts": view.posts}
    for name, tables in view.research.get(view.round, {}).items():
        for part, table in tables.items():
            found[f"research_{name}_{part}".replace(" ", "_")] = table
    return found


def _next(play: Play, team: str) -> dict[str, str]:
    """Give the files for the coming round: how to play, the form, and a decision to change."""
    number = play.rounds + 1
    names = {"decision": f"decision_round_{number}.json", "form": f"form_round_{number}.csv"}
    how = HOW_TO.format(
        weeks=play.game.weeks_a_round, rounds=play.game.rounds, number=number, team=team, **names
    )
    last = play.decisions[-1][team].acts if play.rounds else None
    opened = form(number)
    kept = {one.name: one.default for one in opened} if last is None else values_of(last)
    plain = {
        "team": team,
        "round": number,
        "acts": {one.name: kept[one.name] for one in opened},
        "research": [],
        "prediction": None,
        "memo": "",
        "budget": None,
    }
    rows = [_row(one) for one in opened] + _research_rows(play, opened)
    columns = ["part", "name", "what", "unit", "values", "costs"]
    table = pd.DataFrame(rows, columns=columns)
    return {
        "how_to_play.md": how,
        names["decision"]: json.dumps(plain, ensure_ascii=False, indent=2) + "\n",
        names["form"]: table.to_csv(index=False, lineterminator="\n"),
    }


def _row(one: Field) -> tuple[str, ...]:
    values = "; ".join(
        f"{json.dumps(choice.value)} = {choice.label}"
        + (f" ({decimal(choice.price)} dollars a week)" if choice.price else "")
        for choice in one.choices
    )
    if one.is_number:
        values += f"; or any from {as_given(one.lowest or 0.0)} to {as_given(one.highest or 0.0)}"
    return "acts", one.name, one.label, one.unit, values, one.costs


def _research_rows(play: Play, opened: tuple[Field, ...]) -> list[tuple[str, ...]]:
    able = [one.name for one in opened if one.name in TESTABLE]
    rows: list[tuple[str, ...]] = []
    for kind, what in KINDS.items():
        example = f'{{"kind": "{kind}"}}'
        if kind == "ab_test":
            example = '{"kind": "ab_test", "act": "messages", "value": 1} with act: '
            example += ", ".join(able)
        price = f"{decimal(play.game.prices[kind])} dollars"
        rows.append(("research", kind, what, "", example, price))
    return rows


def happened(play: Play, view: Team) -> str:
    """Tell a team in words what its last round brought."""
    shown, last = view.screen(), view.decisions[-1] if view.decisions else None
    up = "more" if view.change >= 0 else "less"
    lines = [
        f"# {view.name} after round {view.round} of {play.game.rounds}",
        "",
        f"You have {decimal(view.cash)} dollars, {decimal(abs(view.change))} {up} than a round "
        f"ago. You are number {view.rank} of {len(play.game.teams)}. Luck alone spreads equal "
        f"teams by about {decimal(view.luck)} dollars by now.",
    ]
    if shown["reason"]:
        lines += ["", f"**Your decision did not count.** {shown['reason']}"]
        lines += ["Your shop did what it did before, without research."]
    if last and last.prediction is not None:
        lines += ["", f"You expected {decimal(last.prediction)} dollars."]
    people = ", ".join(f"{decimal(many)} {stage}" for stage, many in view.stages.items())
    lines += [
        "",
        f"- People: {people}.",
        f"- You met {_counted(shown['met'])}.",
        f"- You lost {_counted(shown['lost'])}.",
        f"- Orders: {_then_now(shown['orders'])}. Sales in dollars: {_then_now(shown['sales'])}.",
        "- Posts: " + ", ".join(f"{decimal(n)} {what}" for what, n in shown["posts"].items()) + ".",
    ]
    if shown["research"]:
        lines += ["- Research came back: " + ", ".join(shown["research"]) + "."]
    return "\n".join(lines) + "\n"


def _counted(parts: dict[str, int]) -> str:
    total = decimal(sum(parts.values()))
    if not parts:
        return "nobody"
    return f"{total}: " + ", ".join(f"{decimal(many)} {what}" for what, many in parts.items())


def _then_now(values: list[float]) -> str:
    if len(values) == 1:
        return decimal(values[0])
    return f"{decimal(values[-1])} (the round before: {decimal(values[0])})"
