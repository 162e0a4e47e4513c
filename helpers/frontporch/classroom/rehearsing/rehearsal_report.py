"""A rehearsal in words: what is not fine first, then the figures."""

from __future__ import annotations

from ...rounding import decimal
from .rehearsal import CELL_SECONDS, LESSON_SECONDS, PRINTED, SMALLEST, Rehearsal


def report(held: Rehearsal) -> str:
    """Write a rehearsal in Markdown.

    Parameters
    ----------
    held : Rehearsal
        Made by `rehearse`.
    """
    parts = [f"# Rehearsal: {held.title}", "", *_findings(held), "", "## Time", ""]
    parts += [
        f"All cells together: {decimal(held.seconds, 1)} of {decimal(LESSON_SECONDS)} seconds. The "
        f"kernel started in {decimal(held.kernel_seconds, 1)} seconds before that. A cell has "
        f"{decimal(CELL_SECONDS)} seconds.",
        "",
        "| cell | seconds | begins with |",
        "|---|---:|---|",
    ]
    parts += [
        f"| {one.cell} | {decimal(one.seconds, 2)} | {_code(one.begins)} |" for one in held.cells
    ]
    parts += ["", "## Smallest text", ""]
    parts += [
        f"In pixels at 1280 by 720: at least {decimal(SMALLEST)}, and {decimal(PRINTED)} on a "
        "handout.",
        "",
    ]
    parts += [f"- {where}: {decimal(size)} pixels" for where, size in held.texts]
    parts += ["", f"## Stills: {len(held.stills)} pictures", ""]
    parts += [f"{one.number}. {one.title} ({one.cell})" for one in held.stills]
    parts += ["", "## Versions", ""]
    parts += [f"- {name} {version}" for name, version in held.versions.items()]
    if held.notes:
        parts += ["", "## Not looked at", "", *(f"- {note}" for note in held.notes)]
    return "\n".join(parts) + "\n"


def _findings(held: Rehearsal) -> list[str]:
    if not held.findings:
        return ["**Everything is fine:** it runs, in time, without a network, and can be read."]
    count = len(held.findings)
    told = [f"**{count} {'thing is' if count == 1 else 'things are'} not fine:**", ""]
    return told + [f"- {one.where}: {one.what}; {one.remedy}." for one in held.findings]


def _code(line: str) -> str:
    """A line of code as a cell of a table."""
    short = line if len(line) <= 60 else line[:57] + "..."
    return "`" + short.replace("|", "\\|").replace("`", "'") + "`"
