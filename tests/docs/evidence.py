"""The studies on every claim, as a page with a picture each.

``python tests/docs/evidence.py`` writes docs/evidence.md and its pictures in docs/evidence. They
come from the calls that the notebook "What do we know?" makes.
"""

import pathlib
from functools import cache

from frontporch import classroom, data, look
from frontporch.classroom.evidence_shown import DESIGNS
from frontporch.classroom.forest.pictures import words_of
from frontporch.classroom.forest.scales import UNREAD, chosen, panels
from frontporch.rounding import as_given

ROOT = pathlib.Path(__file__).parents[2]
PAGE = ROOT / "docs" / "evidence.md"
SIDES = {"supports": "support it", "contradicts": "contradict it", "qualifies": "limit it"}
PICTURES = ROOT / "docs" / "evidence"

INTRODUCTION = """\
# What do we know?

Five business articles make 32 claims about customers and the Internet. This page shows the
studies that we found on each claim, and what they come to. It says how much was read of each
study, and leaves empty what was not seen.

**How to read a picture.** Every sign is a study.

- *Shape*: how the study was made. ● is an experiment: chance decided who got what. ◐ is a
  quasi-experiment: chance did not decide, but like was compared with like. ○ is an association,
  ◇ an opinion, □ a theory.
- *Size*: how many people, firms or studies it looked at. The smallest sign means that the text we
  read does not say.
- *Color and word*: whether the study supports the claim, contradicts it, or limits it.
- *Lines*: an interval is drawn only where one was published, or where a share and its n were.
- *Panels*: effects on different scales cannot be compared, so each scale has an axis of its own.
- *Arrows*: no size was in what we read. The arrow gives the direction, and nothing of how far.

Do not count the signs as votes. One good experiment can outweigh five associations.

In the notebook [What do we know?](../notebooks/what_do_we_know.ipynb) you can leave a study out,
sort the studies, and put in one of your own. `data.describe("evidence")` gives the rule for the
designs. `python tests/docs/evidence.py` makes this page anew from the data set `evidence`."""


studies = cache(classroom.evidence)  # each reads its table
verdict = cache(classroom.verdict)


def name_of(claim):
    return f"claim_{claim.replace('.', '_')}.svg"


@cache
def drawn(claim):
    """The rows of a claim in the order of its picture."""
    rows = chosen(studies(claim).studies, [], "design", list(DESIGNS))
    return [row for panel in panels(rows).values() for row in panel.itertuples()]


def words(claim):
    """What a picture writes beside its signs, line by line."""
    return [line for row in drawn(claim) for line in words_of(row)]


def alternative(claim):
    """Count in two sentences what the picture shows; the table below it has the rest."""
    rows = drawn(claim)
    read = [row for row in rows if row.read != UNREAD]
    sides = [f"{sum(row.bearing == one for row in read)} {told}" for one, told in SIDES.items()]
    if len(read) < len(rows):
        sides.append(f"{len(rows) - len(read)} not read")
    made = [
        f"{many} by {one}" for one in DESIGNS if (many := sum(row.design == one for row in rows))
    ]
    sizes = sum(row.effect == row.effect for row in rows)
    return (
        f"Studies on claim C-{claim}: {', '.join(sides)}. {', '.join(made)}; "
        f"{sizes} of {len(rows)} with the size of an effect. The table below names them."
    )


def effect(row):
    if row.effect != row.effect:
        return "not seen"
    limits = f", {as_given(row.lower)} to {as_given(row.upper)}" if row.lower == row.lower else ""
    return f"{as_given(row.effect)}{limits} {row.effect_unit}"


def table(claim):
    told = studies(claim).table().set_index("study")
    lines = [
        "| study | n | design | bearing | effect | finding | what was read |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in drawn(claim):
        one = told.loc[row.study]
        cells = [row.study, one["n"], one["design"], one["bearing"], effect(row)]
        cells += [one["finding"], f"{row.read}: {row.source}"]
        lines.append("| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines)


def section(claim, with_studies):
    found = verdict(claim)
    parts = [f"## C-{claim} {found.statement}", f"**{found.verdict}.** {found.say}"]
    if with_studies:
        parts += [f"![{alternative(claim)}](evidence/{name_of(claim)})", table(claim)]
    return "\n\n".join(parts)


def contents(claims):
    lines = ["| claim | what is claimed | what the studies come to |", "|---|---|---|"]
    for claim in claims:
        found = verdict(claim)
        lines.append(f"| {claim} | {found.statement} | {found.verdict} |")
    return "\n".join(lines)


def known():
    """All claims, and those among them on which there is a study."""
    rows, verdicts = data.load("evidence"), data.load("evidence", table="verdicts")
    return list(verdicts["claim"]), set(rows["claim"])


def page():
    claims, studied = known()
    parts = [section(one, one in studied) for one in claims]
    return "\n\n".join([INTRODUCTION, contents(claims), *parts]) + "\n"


def draw(claim, to):
    """Draw a claim as the notebook does; words stay words, so that the file is small."""
    from matplotlib import pyplot as plt
    from matplotlib import rc_context

    figure = studies(claim).plot().figure
    with look.style(), rc_context({"svg.fonttype": "none", "svg.hashsalt": claim}):
        figure.savefig(to, format="svg", metadata={"Date": None, "Title": alternative(claim)})
    plt.close(figure)


def make(folder=PICTURES):
    folder.mkdir(exist_ok=True)
    for claim in sorted(known()[1]):
        draw(claim, folder / name_of(claim))


if __name__ == "__main__":
    make()
    PAGE.write_text(page(), encoding="utf-8")
