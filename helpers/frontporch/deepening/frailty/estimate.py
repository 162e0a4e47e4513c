"""Hazard ratios of one and the same person, with hidden differences between people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...citing import cited
from ...names import nearest, pick
from ...result import Result
from ...stats.durations import same_times
from ...stats.information import Precision
from ...stats.intervals import FEWEST_EVENTS, normal_quantile
from ...stats.likelihood_limits import likelihood_limit
from ...stats.partial_likelihood import Maximum, maximise
from ...stats.risk_sets import RiskSets
from ..hazards import design_matrix
from ..simulation import Transition
from ..spells import Spells, read_spells
from .em import LARGEST, SMALLEST, Fitted, SharedFrailty, with_time_before


@dataclass(frozen=True, eq=False)
class FrailtyEstimate(Result):
    """What repeated moves say of hidden differences, and of covariates beside them.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a covariate and step: `step`, `covariate`, `log_hazard_ratio`,
        `standard_error`, `hazard_ratio`, `lower`, `upper` (for one and the same person),
        `unadjusted` (what Cox's model says that knows of no differences), `note`.
    variance, variance_error : float
        θ and its standard error (missing at θ = 0).
    variance_limits : tuple of float
        Limits of θ by the profile likelihood.
    liveliness : pandas.Series
        What is expected of each person's multiplier, by person.
    log_likelihood, log_likelihood_without : float
        With hidden differences integrated out, and with none.
    people, moves : int
        How many people and moves there are.
    level : float
        Confidence level of every interval.
    estimator : str
        Its name.
    notes : tuple of str
        What a reader must know, in words.
    """

    table: pd.DataFrame
    variance: float
    variance_error: float
    variance_limits: tuple[float, float]
    liveliness: pd.Series
    log_likelihood: float
    log_likelihood_without: float
    people: int
    moves: int
    level: float
    estimator: str
    notes: tuple[str, ...] = ()

    def summary(self) -> pd.DataFrame:
        """Show every hazard ratio and, in the last row, the variance of hidden differences."""
        last = {
            "step": "all",
            "covariate": "variance of hidden differences",
            "estimate": self.variance,
            "standard_error": self.variance_error,
            "lower": self.variance_limits[0],
            "upper": self.variance_limits[1],
            "note": "" if np.isfinite(self.variance_limits[1]) else "no upper limit",
        }
        rows = self.table.rename(columns={"hazard_ratio": "estimate"})
        columns = ["step", "covariate", "estimate", "lower", "upper", "unadjusted", "note"]
        frame = pd.concat([rows, pd.DataFrame([last])], ignore_index=True)[columns]
        return frame.assign(note=frame["note"].fillna(""))

    @property
    def p_value(self) -> float:
        """How often equal people would look as different as these, or more.

        Likelihood-ratio test of θ = 0, which lies on the boundary: half a chi-squared with one
        degree of freedom. Source: Self & Liang (1987), JASA 82:605-610.
        """
        from scipy import special

        gain = max(2 * (self.log_likelihood - self.log_likelihood_without), 0.0)
        return float(special.chdtrc(1, gain) / 2) if gain > 0 else 1.0


@cited
def fit_frailty(
    spells: pd.DataFrame,
    covariates: Sequence[str] = ("channel",),
    *,
    steps: Iterable[Transition] | None = None,
    person: str = "pair",
    reference: str | None = None,
    level: float = 0.95,
) -> FrailtyEstimate:
    """Estimate hazard ratios and how much people differ beyond what is seen of them.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract, with the covariates and the person as further columns.
    covariates : sequence of str
        Names of columns; text becomes 0/1 against the reference. Each has a coefficient of its
        own at every step.
    steps : iterable of (str, str), optional
        Steps that a person's liveliness multiplies; all that were made without it. Steps left
        out count as censored: that is right only if liveliness has no part in them.
    person : str
        Column that says whose a pair is; the pairs themselves without it.
    reference : str, optional
        The group that a text covariate is compared with.
    level : float
        Confidence level.

    Returns
    -------
    FrailtyEstimate

    Raises
    ------
    ValueError
        If nobody has more than one spell in which the steps could be made: hidden differences
        and a hazard that falls with time then look the same.

    Notes
    -----
    Hazard z·λ₀(u)·exp(βᵀx) at u weeks since the stage was entered, with a baseline λ₀ of any
    shape for every step and z from a gamma distribution with mean 1 and variance θ, one a
    person. z must not depend on the covariates: where the lively choose a channel, compare
    each person with themselves (`within_person`). Coefficients' errors contain that θ is
    estimated. Who comes under observation late, in the stage in which all begin, is compared
    with people who got through as long without a step: slow people are more frequent among
    them. Of a person with several pairs none may be missing because it was gone before.
    Source: Klein (1992), Biometrics 48:795-806; Murphy & van der Vaart (2000), JASA 95:449-465;
    Eriksson, Martinussen & Scheike (2015), Scandinavian Journal of Statistics 42:1065-1082.

    Examples
    --------
    >>> from frontporch.deepening import Ladder
    >>> from frontporch.deepening.frailty import simulate_people
    >>> spells = simulate_people(Ladder.online_and_offline(), 300, 104, seed=7, frailty=1.0)
    >>> found = fit_frailty(spells, steps=[("stranger", "acquaintance"), ("stranger", "lost"),
    ...                                    ("acquaintance", "buyer"), ("acquaintance", "lost")])
    >>> 0.5 < found.variance < 1.5
    True
    """
    data = read_spells(spells)["all"]
    if person not in spells.columns:
        raise ValueError(f"there is no column {person!r}. {nearest(person, spells.columns)}")
    made = sorted(
        {(int(a), int(b)) for a, b in zip(data.stage, data.following, strict=True) if b >= 0}
    )
    known = {f"{data.stages[a]} to {data.stages[b]}": (a, b) for a, b in made}
    if steps is not None:
        known = {
            name: known[name]
            for name in (pick(f"{a} to {b}", known, "step that was made") for a, b in steps)
        }
    if not made:
        raise ValueError("nobody was seen to move: no hazard can be estimated.")
    design = design_matrix(spells, covariates, reference) if covariates else pd.DataFrame()
    whose, unknown, late = _whose(spells[person], data)
    stays, labels = _stacked(data, design, known, ~unknown[whose])
    codes, names = pd.factorize(spells[person].iloc[stays[-1]])
    _repeated(codes, stays[-1], person)
    plain, model = _modelled(stays, codes.astype(np.int64), labels, level)
    without, best = model.without(), model.fit()
    if not np.isfinite(best.log_likelihood):
        raise ValueError(
            "too few people are seen from the start to tell how many were gone before the others "
            "were first seen: leave out those who are seen late."
        )
    told = [one for one, sound in zip(labels, plain.sound, strict=True) if sound]
    table, error, limits = _limits(model, best, without, told, level)
    table = _with_the_others(table, plain, labels)
    return FrailtyEstimate(
        table,
        best.variance,
        error,
        limits,
        pd.Series(np.exp(best.log_frailty), index=names, name="liveliness"),
        best.log_likelihood,
        without.log_likelihood,
        len(names),
        model.sets.moves,
        level,
        "Cox's model with gamma frailty (EM), errors by profile likelihood",
        _notes(model, best, int(late.sum()), int(unknown.sum())),
    )


def _whose(people: pd.Series, data: Spells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number the person of every stay; whose earlier steps are unknown, and who is seen late."""
    whose, names = pd.factorize(people)
    late, unknown = np.zeros((2, len(names)), bool)
    of_late = data.late_pairs[data.pair]
    late[whose[of_late]] = True
    # Seen in the stage in which all begin: nothing is known but that no step had been made.
    begins = np.full(len(data.late_pairs), np.inf)
    np.minimum.at(begins, data.pair, data.entered)
    first = data.entered == begins[data.pair]
    unknown[whose[of_late & first & (data.since != 0)]] = True
    if late.all():
        raise ValueError(
            "all pairs are observed only from some time after their first contact: the lively "
            "among them were gone before, so hidden differences cannot be told. Give pairs that "
            "are seen from the start."
        )
    return whose, unknown, late & ~unknown


def _stacked(
    data: Spells, design: pd.DataFrame, steps: dict[str, tuple[int, int]], kept: np.ndarray
) -> tuple[tuple[np.ndarray, ...], list[tuple[str, str]]]:
    """Lay the stays of all steps below each other, each step a stratum with its own columns."""
    parts, labels, width = [], [], design.shape[1]
    largest = float(data.left.max(initial=0.0))
    since = np.where(np.isfinite(data.since), data.since, data.entered)
    time, entry = same_times(data.left - since, data.entered - since, out_of=largest)
    for number, (name, (here, there)) in enumerate(steps.items()):
        at = np.flatnonzero((data.stage == here) & kept)
        wide = np.zeros((len(at), len(steps) * width))
        if width:
            wide[:, number * width : (number + 1) * width] = design.to_numpy()[at]
        moved = data.following[at] == there
        parts.append((time[at], entry[at], moved, wide, np.full(len(at), number), at))
        labels += [(name, column) for column in design]
    return tuple(np.concatenate(one) for one in zip(*parts, strict=True)), labels


def _modelled(
    stays: tuple[np.ndarray, ...], person: np.ndarray, labels: list[tuple[str, str]], level: float
) -> tuple[Maximum, SharedFrailty]:
    """Fit Cox's model without hidden differences, and lay out the one with them."""
    time, entry, moved, wide, stratum, _ = stays
    begun = np.where(entry > 0, entry, -np.inf) if (entry > 0).any() else None
    # Where the likelihood has no maximum without hidden differences, it has none with them.
    plain = maximise(
        RiskSets(time, moved, wide, stratum, begun),
        [f"{name}: {of}" for name, of in labels],
        level=level,
    )
    sets = RiskSets(time, moved, wide[:, plain.sound], stratum, begun)
    shift = wide[:, ~plain.sound] @ plain.held[~plain.sound]
    return plain, with_time_before(sets, person, shift)


def _repeated(person: np.ndarray, spell: np.ndarray, column: str) -> None:
    """Refuse where nobody has two spells."""
    own = pd.DataFrame({"person": person, "spell": spell}).drop_duplicates()
    if own.groupby("person").size().max() < 2:
        raise ValueError(
            f"every {column} has a single spell at these steps: a hazard that falls because the "
            "lively are gone and one that falls for everybody look the same, so the variance of "
            "hidden differences cannot be estimated. Give steps that follow one another, or the "
            "column that says which pairs are one person's: person=…"
        )


def _with_the_others(table: pd.DataFrame, plain: Maximum, labels: list) -> pd.DataFrame:
    """Put the effects that have no maximum in their places, with the limit that exists."""
    rows = table.set_axis(np.flatnonzero(plain.sound))
    others = np.flatnonzero(~plain.sound)
    if not len(others):
        return table
    ratio = np.exp(plain.coefficients[others])
    more = pd.DataFrame([labels[k] for k in others], columns=["step", "covariate"]).assign(
        log_hazard_ratio=plain.coefficients[others],
        standard_error=np.nan,
        hazard_ratio=ratio,
        lower=np.exp(plain.lower[others]),
        upper=np.exp(plain.upper[others]),
        unadjusted=ratio,
        note=[
            plain.notes[k] + (" of people who are alike" if np.isinf(one) else "")
            for k, one in zip(others, plain.coefficients[others], strict=True)
        ],
    )
    joined = [one for one in (rows, more.set_axis(others)) if len(one)]
    return pd.concat(joined).sort_index()


def _limits(
    model: SharedFrailty, best: Fitted, without: Fitted, labels: list, level: float
) -> tuple[pd.DataFrame, float, tuple[float, float]]:
    size = len(best.coefficients)
    if best.variance > 0:
        own = Precision.of(model.information(best)).errors(np.eye(size + 1))
        errors, error = own[:size], float(best.variance * own[-1])
    else:
        nobody = np.zeros(len(model.person)) + model.shift
        information = model.sets.evaluate(best.coefficients, nobody)[2]
        errors, error = Precision.of(information).errors(np.eye(size)), float("nan")
    width = normal_quantile(level) * errors
    events = [_fewest(model.sets, k) for k in range(size)]
    few = f"fewer than {FEWEST_EVENTS} moves in a group: do not rely on the interval"
    table = pd.DataFrame(labels, columns=["step", "covariate"]).assign(
        log_hazard_ratio=best.coefficients,
        standard_error=errors,
        hazard_ratio=np.exp(best.coefficients),
        lower=np.exp(best.coefficients - width),
        upper=np.exp(best.coefficients + width),
        unadjusted=np.exp(without.coefficients),
        note=np.where(np.array(events, int) < FEWEST_EVENTS, few, ""),
    )
    return table, error, _variance_limits(model, best, without, level)


def _fewest(sets: RiskSets, column: int) -> int:
    """Moves in the smaller of two groups, or all moves of the step beside a number."""
    own = sets.stratum[np.flatnonzero(sets.design[:, column])[0]]
    values = sets.design[sets.moved & (sets.stratum == own), column]
    groups, counts = np.unique(values, return_counts=True)
    return int(counts.min() if len(groups) == 2 else counts.sum())


def _variance_limits(
    model: SharedFrailty, best: Fitted, without: Fitted, level: float
) -> tuple[float, float]:
    """Variances whose profile likelihood is not significantly below the best."""
    drop = normal_quantile(level) ** 2 / 2

    def missing(log_variance: float) -> float:
        fitted = model.fit_at(float(np.exp(log_variance)), best)
        return best.log_likelihood - fitted.log_likelihood - drop

    begin = float(np.log(max(best.variance, SMALLEST)))
    lower, upper = 0.0, float("inf")
    if best.log_likelihood - without.log_likelihood > drop:
        down = likelihood_limit(missing, begin, -0.5, begin - float(np.log(SMALLEST)))
        lower = 0.0 if np.isnan(down) else float(np.exp(down))
    up = likelihood_limit(missing, begin, 0.5, float(np.log(LARGEST)) - begin)
    return lower, upper if np.isnan(up) else float(np.exp(up))


def _notes(model: SharedFrailty, best: Fitted, late: int, unknown: int) -> tuple[str, ...]:
    twice = int((model.moves >= 2).sum())
    notes = []
    if best.variance == 0:
        notes.append("no sign of hidden differences: their variance is estimated as 0.")
    if twice < FEWEST_EVENTS:
        notes.append(
            f"only {twice} people moved more than once: do not rely on the variance of hidden "
            "differences."
        )
    if late:
        notes.append(
            f"{late} people are seen late: each is compared with people who had also made no step "
            "by then."
        )
    if unknown:
        notes.append(
            f"{unknown} people are left out, because they are seen late and in a later stage: "
            "nobody knows how fast they got there."
        )
    return tuple(notes)
