"""The published evidence on a claim, with the design of every study."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pandas as pd

from .. import data
from ..names import UnknownName, nearest

DESIGNS = {"experiment": "●", "quasi-experiment": "◐", "association": "○", "opinion": "◇"}
"""From the strongest design to the weakest, with the sign that tells them apart."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """Studies on one claim, the strongest designs first.

    Parameters
    ----------
    claim : str
        Which claim, such as "2.2".
    statement : str
        What is claimed.
    studies : pandas.DataFrame
        One row a study.
    """

    claim: str
    statement: str
    studies: pd.DataFrame

    @property
    def note(self) -> str:
        """How to read the table."""
        many = len(self.studies) > 1
        votes = "Designs and measures differ: do not count the rows as votes." if many else ""
        unseen = "Where n is not seen, the sample size was not in what was read."
        return " ".join(filter(None, [votes, unseen if self.studies["n"].isna().any() else ""]))

    def table(self) -> pd.DataFrame:
        """Show study, year, n, design, finding and bearing as a frame."""
        rows = self.studies
        n = rows["n"].map(lambda one: "not seen" if pd.isna(one) else f"{int(one):,}")
        units = rows["units"].fillna("").where(rows["n"].notna(), "")
        return pd.DataFrame(
            {
                "study": rows["study"],
                "n": (n + " " + units).str.strip(),
                "design": [f"{DESIGNS[one]} {one}" for one in rows["design"]],
                "finding": rows["finding"],
                "bearing": rows["bearing"],
            }
        )

    def __repr__(self) -> str:
        """Give one line a study."""
        lines = [f"Claim {self.claim}: {self.statement}"]
        for row in self.table().itertuples():
            lines.append(f"{row.design} | {row.study} | n {row.n} | {row.bearing} | {row.finding}")
        return "\n".join([*lines, *filter(None, [self.note])])

    def _repr_html_(self) -> str:
        return (
            f"<p><b>Claim {html.escape(self.claim)}:</b> {html.escape(self.statement)}</p>"
            f"{_as_html(self.table())}<p>{html.escape(self.note)}</p>"
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
        return f"Claim {self.claim}: {self.statement}\nVerdict: {self.verdict}. {self.say}"

    def _repr_html_(self) -> str:
        return (
            f"<p><b>Verdict on claim {html.escape(self.claim)}: {html.escape(self.verdict)}.</b> "
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
            f"{claim} {statement} | {verdict} | {design} | studies {studies}"
            for claim, statement, verdict, design, studies in self.claims.itertuples(index=False)
        )

    def _repr_html_(self) -> str:
        return _as_html(self.claims)


def evidence(claim: str) -> Evidence:
    """Show the published studies on a claim, the strongest designs first.

    Parameters
    ----------
    claim : str
        Which claim, such as "2.2"; `data.load("evidence")` has them all.

    Returns
    -------
    Evidence

    Raises
    ------
    UnknownName
        If there is no study on it; the message names the nearest claim.

    Examples
    --------
    >>> evidence("2.2").studies["design"].iloc[0]
    'experiment'
    """
    studies = data.load("evidence")
    chosen = studies[studies["claim"] == str(claim)]
    if chosen.empty:
        raise UnknownName(
            f"There is no study on claim {claim!r}. {nearest(claim, _known(studies))}"
        )
    rank = {name: k for k, name in enumerate(DESIGNS)}
    order = chosen["design"].map(rank).to_numpy().argsort(kind="stable")
    chosen = chosen.iloc[order].reset_index(drop=True)
    return Evidence(str(claim), chosen["statement"].iloc[0], chosen)


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
    table = data.load("evidence", table="verdicts")
    row = table[table["claim"] == str(claim)]
    if row.empty:
        raise UnknownName(f"There is no claim {claim!r}. {nearest(claim, _known(table))}")
    return ClaimVerdict(str(claim), *row.iloc[0][["statement", "verdict", "say"]])


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
        designs = studies.loc[studies["claim"] == one.claim, "design"].tolist()
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
