"""The published evidence on a claim, with the design of every study."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from .. import data
from ..names import UnknownName, nearest, pick
from .forest.scales import UNREAD

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DESIGNS = {
    "experiment": "●",
    "quasi-experiment": "◐",
    "association": "○",
    "opinion": "◇",
    "theory": "□",
}
"""From the strongest design to the weakest, with the sign that tells them apart."""

PREFIX = "C-"
"""Before the number of a claim on the screen, so that nobody takes it for an exercise."""

FEW = 3
"""Studies on a claim that are shown before anybody asks for the rest."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """Studies on one claim, the strongest designs first; a few are shown, the rest is opened.

    Parameters
    ----------
    claim : str
        Which claim, such as "2.2".
    statement : str
        What is claimed.
    studies : pandas.DataFrame
        One row a study.
    first : tuple of str
        Studies to show first, where their author chose them; else those that decide.
    """

    claim: str
    statement: str
    studies: pd.DataFrame
    first: tuple[str, ...] = ()

    @property
    def deciding(self) -> pd.DataFrame:
        """The few studies that are shown at once.

        Unless they were chosen: the strongest design first; among equals one that takes sides, and
        one whose n was seen. Beside it the strongest study of every other bearing; three in all.
        """
        rows = self.studies
        if self.first:
            place = {name: k for k, name in enumerate(self.first)}
            chosen = rows[rows["study"].isin(place)]
            return chosen.sort_values("study", key=lambda names: names.map(place))
        rank = rows["design"].map(list(DESIGNS).index)
        order = rows.assign(
            rank=rank, aside=rows["bearing"] == "qualifies", unseen=rows["n"].isna()
        )
        order = order.sort_values(["rank", "aside", "unseen"], kind="stable")
        sides = order.drop_duplicates("bearing")
        rest = order.drop(sides.index)
        return rows.loc[[*sides.index, *rest.index][:FEW]]

    @property
    def note(self) -> str:
        """How to read the few rows that are shown."""
        shown = self.deciding
        votes = "Do not count the rows as votes: designs and measures differ."
        unseen = "Not seen: the text that was read does not say."
        return " ".join([votes] * (len(shown) > 1) + [unseen] * bool(shown["n"].isna().any()))

    @property
    def more(self) -> str:
        """How many studies there are besides, by design; empty if there are none."""
        rest = self.studies.drop(self.deciding.index)
        if rest.empty:
            return ""
        counts = rest["design"].value_counts()
        designs = ", ".join(_counted(counts[one], one) for one in DESIGNS if one in counts)
        return f"{_counted(len(rest), 'more study')}: {designs}"

    def plot(self, leave_out: Sequence[str] = (), sort: str = "design") -> Axes:
        """Draw all studies: a panel for each scale of effect, arrows where none was seen.

        The sign is the design, its size grows with n, its color is the side. An interval is drawn
        only where one was published, or computed for a share of n.

        Parameters
        ----------
        leave_out : sequence of str
            Studies to leave out.
        sort : str
            "design", "bearing", "year" or "n": the strongest design, the side, the latest or the
            largest study first.

        Returns
        -------
        matplotlib.axes.Axes
            The first panel.

        Raises
        ------
        UnknownName
            If there is no such study or order; the message names the nearest.
        ValueError
            If no study is left.

        Examples
        --------
        >>> evidence("4.2").plot(leave_out=["NSBA 2010"], sort="n").get_xlabel()
        'per cent of all'
        """
        from .forest.pictures import plot_forest
        from .forest.scales import chosen, panels

        rows = chosen(self.studies, leave_out, sort, list(DESIGNS))
        side = rows["bearing"].mask(rows["read"] == UNREAD, "not read")
        counts = {told: int((side == one).sum()) for one, told in _SIDES.items()}
        if unread := int((side == "not read").sum()):
            counts["were not read"] = unread
        sides = ", ".join(f"{told}: {many}" for told, many in counts.items())
        left = f" Left out: {', '.join(leave_out)}." if leave_out else ""
        signs = ", ".join(f"{sign} {name}" for name, sign in DESIGNS.items())
        below = f"Studies that {sides}.{left} {signs}. A larger sign: a larger n."
        title = f"Claim {PREFIX}{self.claim}: {verdict(self.claim).verdict}"
        return plot_forest(title, panels(rows), below)

    def table(self) -> pd.DataFrame:
        """Show all studies: name, n, design, finding, bearing and what was read of each."""
        return _told(self.studies)

    def __repr__(self) -> str:
        """Give one line for each of the few studies, and say how many more there are."""
        lines = [f"Claim {PREFIX}{self.claim}: {self.statement}"]
        for row in _told(self.deciding).itertuples():
            lines.append(f"{row.design} | {row.study} | n {row.n} | {row.bearing} | {row.finding}")
        rest = f"{self.more} (.table() shows all)" if self.more else ""
        return "\n".join([*lines, *filter(None, [self.note, rest])])

    def _repr_html_(self) -> str:
        few = _told(self.deciding).drop(columns="read")
        more = ""
        if self.more:
            rest = self.studies.drop(self.deciding.index)
            more = (
                f"<details><summary>{html.escape(self.more)}</summary>"
                f'<div style="overflow-x:auto">{_as_html(_told(rest))}</div></details>'
            )
        return (
            f"<p><b>Claim {PREFIX}{html.escape(self.claim)}:</b> {html.escape(self.statement)}</p>"
            f'<div style="overflow-x:auto">{_as_html(few)}</div>'
            f"<p>{html.escape(self.note)}</p>{more}"
        )


def _counted(many: int, what: str) -> str:
    """Write how many there are of something.

    Examples
    --------
    >>> _counted(1, "more study"), _counted(2, "more study"), _counted(4, "opinion")
    ('1 more study', '2 more studies', '4 opinions')
    """
    return f"{many} {what if many == 1 else f'{what}s'.replace('ys', 'ies')}"


_SIDES = {"supports": "support it", "contradicts": "contradict it", "qualifies": "limit it"}


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """Write studies as they are read."""
    n = rows["n"].map(lambda one: "not seen" if pd.isna(one) else f"{int(one):,}")
    units = rows["units"].fillna("").where(rows["n"].notna(), "")
    return pd.DataFrame(
        {
            "study": rows["study"],
            "n": (n + " " + units).str.strip(),
            "design": [f"{DESIGNS[one]} {one}" for one in rows["design"]],
            "finding": rows["finding"],
            "bearing": rows["bearing"].mask(rows["read"] == UNREAD, "not read"),
            "read": rows["read"],
        }
    )


@dataclass(frozen=True)
class ClaimVerdict:
    """What the evidence on a claim comes to.

    Parameters
    ----------
    claim, statement : str
        Which claim, and what is claimed.
    verdict : str
        In a few words.
    say : str
        What an honest lesson says.
    """

    claim: str
    statement: str
    verdict: str
    say: str

    def __repr__(self) -> str:
        """Give verdict and explanation in words."""
        return f"Claim {PREFIX}{self.claim}: {self.statement}\nVerdict: {self.verdict}. {self.say}"

    def _repr_html_(self) -> str:
        return (
            f"<p><b>Verdict on claim {PREFIX}{html.escape(self.claim)}: "
            f"{html.escape(self.verdict)}.</b> "
            f"{html.escape(self.say)}</p>"
        )


@dataclass(frozen=True, eq=False)
class Verdicts:
    """Several claims with their verdicts, and the strongest design among the studies on each.

    Parameters
    ----------
    claims : pandas.DataFrame
        One row a claim: `claim`, `statement`, `verdict`, `strongest design`, `studies`.
    """

    claims: pd.DataFrame

    def table(self) -> pd.DataFrame:
        """Show claim, what is claimed, verdict, strongest design and number of studies."""
        return self.claims.copy()

    def __repr__(self) -> str:
        """Give one line a claim."""
        return "\n".join(
            f"{PREFIX}{claim} {statement} | {verdict} | {design} | studies {studies}"
            for claim, statement, verdict, design, studies in self.claims.itertuples(index=False)
        )

    def _repr_html_(self) -> str:
        return _as_html(self.claims.assign(claim=PREFIX + self.claims["claim"]))


def evidence(claim: str, *first: str) -> Evidence:
    """Show the published studies on a claim: the few that decide, and the rest on request.

    Parameters
    ----------
    claim : str
        Which claim, such as "2.2"; `data.load("evidence")` has them all.
    *first : str
        Studies to show first, in this order, such as "Aron et al. 1997". If none is named: the
        strongest design, beside it the strongest study of every other bearing, three in all.

    Returns
    -------
    Evidence

    Raises
    ------
    UnknownName
        If there is no study on it, or none of a name in `first`; the message names the nearest.

    Examples
    --------
    >>> shown = evidence("2.2")
    >>> shown.studies["design"].iloc[0]
    'experiment'
    >>> shown.deciding["bearing"].tolist()
    ['supports', 'contradicts', 'qualifies']
    """
    studies, claim = data.load("evidence"), str(claim).removeprefix(PREFIX)
    chosen = studies[studies["claim"] == claim]
    if chosen.empty:
        raise UnknownName(
            f"There is no study on claim {claim!r}. {nearest(claim, _known(studies))}"
        )
    rank = {name: k for k, name in enumerate(DESIGNS)}
    order = chosen["design"].map(rank).to_numpy().argsort(kind="stable")
    chosen = chosen.iloc[order].reset_index(drop=True)
    for name in first:
        pick(name, chosen["study"], f"study on claim {claim}")
    return Evidence(claim, chosen["statement"].iloc[0], chosen, first)


def verdict(claim: str) -> ClaimVerdict:
    """Say what the evidence on a claim comes to.

    Parameters
    ----------
    claim : str
        Which claim, such as "2.2".

    Returns
    -------
    ClaimVerdict

    Raises
    ------
    UnknownName
        If there is no such claim; the message names the nearest.

    Examples
    --------
    >>> verdict("2.2").verdict
    'Mixed'
    """
    table, claim = data.load("evidence", table="verdicts"), str(claim).removeprefix(PREFIX)
    row = table[table["claim"] == claim]
    if row.empty:
        raise UnknownName(f"There is no claim {claim!r}. {nearest(claim, _known(table))}")
    return ClaimVerdict(claim, *row.iloc[0][["statement", "verdict", "say"]])


def verdicts(*claims: str) -> Verdicts:
    """Say what the evidence on several claims comes to, one row a claim.

    Parameters
    ----------
    *claims : str
        Which claims, such as "2.2"; all of them where none is named.

    Returns
    -------
    Verdicts

    Raises
    ------
    UnknownName
        If there is no such claim; the message names the nearest.

    Examples
    --------
    >>> verdicts("2.2", "4.3").table()["strongest design"].tolist()
    ['● experiment', 'no study']
    """
    known, studies = data.load("evidence", table="verdicts"), data.load("evidence")
    rows = []
    for one in [verdict(claim) for claim in claims or known["claim"]]:
        on_it = (studies["claim"] == one.claim) & (studies["read"] != UNREAD)
        designs = studies.loc[on_it, "design"].tolist()
        best = next((f"{sign} {name}" for name, sign in DESIGNS.items() if name in designs), None)
        rows.append((one.claim, one.statement, one.verdict, best or "no study", len(designs)))
    return Verdicts(
        pd.DataFrame(rows, columns=["claim", "statement", "verdict", "strongest design", "studies"])
    )


def _as_html(cells: pd.DataFrame) -> str:
    head = "".join(f'<th scope="col" style="text-align:left">{name}</th>' for name in cells)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align:left;vertical-align:top">{html.escape(str(value))}</td>'
            for value in row
        )
        + "</tr>"
        for row in cells.itertuples(index=False)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _known(table: pd.DataFrame) -> list[str]:
    return sorted(set(table["claim"]))
