"""Rates from snapshots by maximum likelihood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...counting import bincount
from ...names import pick
from ...result import Result
from ...rounding import as_given
from ...stats.clustered import FEWEST_CLUSTERS, clusters, effective, meat, person_variances
from ...stats.information import Precision
from ...stats.intervals import FEWEST_EVENTS, normal_quantile, student_quantile
from ..ladder import STAGES, Ladder
from ..simulation import Transition
from .identification import aliased, too_rare, unsure
from .likelihood import PanelLikelihood
from .limits import one_sided, precision
from .observations import Observations, read_snapshots
from .optimise import NEXT_TO_NONE, at_risk, maximise, starting_rates
from .terms import Covariates, effects, read_terms
from .transition import transition_matrix

NO_TOP = "the likelihood has no top: limits by the profile likelihood"
NOT_TOLD = "the snapshots do not tell it: no interval"


@dataclass(frozen=True, eq=False)
class SharedPeople:
    """What each move from look to look changes in the parameters, and whose it is.

    Parameters
    ----------
    change : numpy.ndarray of float, shape (moves, size)
        What a little more weight of the move changes in each parameter.
    whose : numpy.ndarray of int, shape (moves, 1) or (moves, 2)
        As `stats.clustered.clusters` gives it.
    """

    change: NDArray[np.float64]
    whose: NDArray[np.int64]

    def covariance(self) -> NDArray[np.float64]:
        """Covariance of the parameters."""
        return meat(self.change, self.whose)

    def errors(
        self, picks: NDArray[np.float64], level: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give standard errors of sums of parameters, one a row, and half-widths in them."""
        change = self.change @ picks.T
        # How much of the information is each move's, by the squares of what it changes.
        held = change**2 / np.maximum((change**2).sum(axis=0), 1e-300)
        variance = person_variances(change, self.whose, held)
        degrees = effective(self.whose, held) - 1
        return np.sqrt(variance), np.array([student_quantile(level, float(d)) for d in degrees])


@dataclass(frozen=True, eq=False)
class PanelEstimate(Result):
    """What snapshots say of the rates between stages.

    Parameters
    ----------
    steps : tuple of (str, str)
        Moves that can happen at once: stage and next stage.
    covariates : tuple of str
        Names of the covariates.
    parameters : numpy.ndarray of float, shape (size,)
        Logarithms of the rates where every covariate is 0, then the effects.
    told : Precision
        Inverse of the observed information, and the combinations of which nothing is told.
    one_sided : mapping of int to tuple of float
        Limits of the logarithms of the parameters that have no top, by number.
    log_likelihood : float
        At the estimate.
    likelihood : PanelLikelihood
        What was maximised, with the moves from look to look.
    level : float
        Confidence level of every interval.
    estimator : str
        Its name.
    notes : tuple of str
        What a reader must know, in words.
    over : SharedPeople, optional
        Whose the pairs are, where errors hold for pairs that share people.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "looks": "frontporch.deepening.panel.pictures:plot_looks",
    }

    steps: tuple[Transition, ...]
    covariates: tuple[str, ...]
    parameters: NDArray[np.float64]
    told: Precision
    one_sided: Mapping[int, tuple[float, float]]
    log_likelihood: float
    likelihood: PanelLikelihood
    level: float
    estimator: str
    notes: tuple[str, ...] = ()
    over: SharedPeople | None = None

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Covariance of the parameters, missing for those of which nothing is told."""
        sound = self.told.estimable(np.eye(len(self.parameters)))
        found = self.told.covariance if self.over is None else self.over.covariance()
        return np.where(np.outer(sound, sound), found, np.nan)

    @cited
    def over_people(self, cluster: ArrayLike | pd.DataFrame) -> PanelEstimate:
        """Give the same estimate with errors that hold for pairs that share people.

        Parameters
        ----------
        cluster : array_like, shape (looks,) or (looks, 2)
            The person of each row of the snapshots, or the two people of its pair.

        Returns
        -------
        PanelEstimate

        Raises
        ------
        ValueError
            If a person is missing, or all pairs are one person's.

        Notes
        -----
        The scores of all moves of a person are summed (sandwich), those of a pair counted once;
        intervals are by Student's t. Limits by the profile likelihood, where there is no top,
        stay those of independent pairs. Source: Aronow, Samii & Assenova (2015), Political
        Analysis 23:564-577.

        Examples
        --------
        >>> from frontporch.deepening import Ladder
        >>> from frontporch.deepening.panel import snapshots
        >>> spells = Ladder.online_and_offline().simulate(pairs=300, weeks=104, seed=7)
        >>> looks = snapshots(spells.assign(owner=spells["pair"] % 150), every=8)
        >>> fit_panel(looks, "channel").over_people(looks["owner"]).notes[-1]
        'errors hold for pairs that share people, 150 in all.'
        """
        seen = self.likelihood.seen
        whose = clusters(cluster, seen.looks)[seen.look]
        many = len(np.unique(whose))
        if many == 1:
            raise ValueError(
                "cluster names one person in all rows: there is nobody to compare with."
            )
        change = self.likelihood.scores(self.parameters)[seen.kind] @ self.told.covariance
        few = ": intervals are a little too narrow" if many < FEWEST_CLUSTERS else ""
        said = f"errors hold for pairs that share people, {many} in all{few}."
        return replace(
            self,
            over=SharedPeople(change, whose),
            estimator=f"{self.estimator}, errors over people",
            notes=(*self.notes, said),
        )

    def summary(self) -> pd.DataFrame:
        """Show every rate and every effect with its interval, one row each.

        Returns
        -------
        pandas.DataFrame
            `stage`, `next_stage` (joined by "or", or "any", where steps share an effect),
            `covariate` ("" for the rate where every covariate is 0), `estimate` (rate per week,
            or ratio of rates), `log_error` (standard error of the logarithm), `lower`, `upper`,
            `note`.
        """
        rows = [(a, b, "") for a, b in self.steps]
        rows += [
            (*_stages_of(self.likelihood.acted_on(number), self.steps), self.covariates[m])
            for number, m in enumerate(self.likelihood.of_covariate)
        ]
        frame = pd.DataFrame(rows, columns=["stage", "next_stage", "covariate"])
        sizes = self.likelihood.sizes
        frame = frame.assign(**self._limits(np.eye(len(self.parameters)), sizes))
        for k, (low, high) in self.one_sided.items():
            ends = np.exp([low, high])
            # Where one limit is missing the likelihood is highest at that end.
            best = [ends[0], ends[1]] if np.isinf([low, high]).sum() == 1 else [np.nan] * 2
            where = best[0] if np.isinf(low) else best[1]
            frame.loc[k, ["estimate", "lower", "upper", "note"]] = where, *ends, NO_TOP
        return frame

    def rates(self, **values: float) -> pd.DataFrame:
        """Give the rate of every step where the covariates have given values.

        Parameters
        ----------
        **values : float or str
            Values of the covariates, 0 where not given; a text covariate by its group, such as
            `channel="online"`.

        Returns
        -------
        pandas.DataFrame
            `stage`, `next_stage`, `rate` (per week), `log_error`, `lower`, `upper`, `note`.
        """
        design = self._design(values)
        picks = np.zeros((len(self.steps), len(self.parameters)))
        picks[:, : len(self.steps)] = np.eye(len(self.steps))
        for k, m in zip(*np.nonzero(self.likelihood.effects), strict=True):
            picks[k, len(self.steps) + self.likelihood.numbers[k, m]] = design[m]
        frame = pd.DataFrame(list(self.steps), columns=["stage", "next_stage"])
        limits = self._limits(picks)
        return frame.assign(rate=limits.pop("estimate"), **limits)

    def ladder(self, name: str = "all", **values: float) -> Ladder:
        """Give the ladder with the estimated rates, for all questions that a ladder answers."""
        found = self.rates(**values)
        rates = zip(found["stage"], found["next_stage"], found["rate"], strict=True)
        return Ladder(
            {name: dict(self._steps_made(rates))},
            self.likelihood.seen.stages,
        )

    def _steps_made(
        self, rates: Iterable[tuple[str, str, float]]
    ) -> list[tuple[Transition, float]]:
        none = NEXT_TO_NONE / at_risk(self.likelihood)
        return [
            ((a, b), float(r)) for (a, b, r), least in zip(rates, none, strict=True) if r > least
        ]

    def _design(self, values: Mapping[str, float | str]) -> NDArray[np.float64]:
        design = np.zeros(len(self.covariates))
        text = {name.split(": ")[0] for name in self.covariates if ": " in name}
        for name, value in values.items():
            if name in text:
                asked = f"{name}: {value}"
                if asked in self.covariates:
                    design[self.covariates.index(asked)] = 1
                continue
            design[self.covariates.index(pick(name, self.covariates, "covariate"))] = value
        return design

    def _limits(
        self, picks: NDArray[np.float64], sizes: NDArray[np.float64] | float = 1.0
    ) -> dict[str, object]:
        log = picks @ self.parameters
        error, quantile = self.told.errors(picks), normal_quantile(self.level)
        if self.over is not None:
            own, quantile = self.over.errors(picks, self.level)
            error = np.where(np.isnan(error), np.nan, own)
        width = quantile * error
        # What an interval of this width from head counts alone would rest on: 1/error² moves.
        # Of an effect over the whole range of its covariate, whose unit says nothing.
        few = error / sizes >= 1 / np.sqrt(FEWEST_EVENTS)
        note = (
            f"no better known than from fewer than {FEWEST_EVENTS} timed moves: "
            "do not rely on the interval"
        )
        with np.errstate(over="ignore"):
            return {
                "estimate": np.exp(log),
                "log_error": error,
                "lower": np.exp(log - width),
                "upper": np.exp(log + width),
                "note": np.select([few, np.isnan(error)], [note, NOT_TOLD], ""),
            }


@cited
def fit_panel(
    snapshots: pd.DataFrame,
    covariates: Covariates = (),
    *,
    steps: Iterable[Transition] | None = None,
    exact: Sequence[str] = ("lost",),
    stages: Sequence[str] | None = None,
    reference: str | None = None,
    unit: str = "weeks",
    level: float = 0.95,
) -> PanelEstimate:
    """Estimate rates between stages from looks at pairs now and then.

    Parameters
    ----------
    snapshots : pandas.DataFrame
        The `snapshots` contract; covariates as further columns. The value at a look holds
        until the next.
    covariates : str, sequence of str, or mapping of (stage, next stage) to columns
        Formulas of the columns that multiply rates: "age + channel" on all steps, "stranger to
        acquaintance, stranger to lost ~ age" on the steps named. Each step has an effect of its
        own; "~ same(age)" is one effect for all of them. Text becomes 0/1 against the
        reference, numbers are taken as they are.
    steps : iterable of (str, str), optional
        Moves that can happen at once, such as `Ladder.rates["online"]`; without it those of
        `Ladder.online_and_offline`. A move that was seen must be possible in one or more steps.
    exact : sequence of str
        Stages whose moment of entry is known, and which nothing leaves.
    stages : sequence of str, optional
        All stages in order, for a ladder of your own.
    reference : str, optional
        The group that a text covariate is compared with.
    unit : str
        What times are counted in, if not in weeks. The estimates are the same in every unit.
    level : float
        Confidence level of every interval. Pairs are taken as independent of each other;
        `over_people` of the result gives errors for pairs that share people.

    Returns
    -------
    PanelEstimate

    Raises
    ------
    ValueError
        If the table is no snapshots table, or a move was seen that no steps lead to.

    Notes
    -----
    Rates are constant in time. The interval is normal for the logarithm of a rate, with the
    observed information. Looks must not be chosen by what happens: pairs that write when they
    are close are looked at when they are close. Source: Kalbfleisch & Lawless (1985), JASA
    80:863-871; Jackson (2011), Journal of Statistical Software 38(8).

    Examples
    --------
    >>> from frontporch.deepening import Ladder
    >>> from frontporch.deepening.panel import snapshots
    >>> spells = Ladder.online_and_offline().simulate(pairs=400, weeks=104, seed=7)
    >>> estimate = fit_panel(snapshots(spells, every=8), ["channel"])
    >>> estimate.rates(channel="online")["rate"].round(2).tolist()[:2]
    [0.2, 0.11]
    >>> same = fit_panel(snapshots(spells, every=8), ["stranger to lost ~ channel",
    ...     "stranger to acquaintance, acquaintance to buyer ~ same(channel)"])
    >>> same.summary()["stage"].tolist()[-2:]
    ['stranger or acquaintance', 'stranger']
    """
    # Stages may be numbers: a table's are text.
    stages = tuple(map(str, stages)) if stages is not None else None
    exact = tuple(map(str, exact))
    given = None if steps is None else tuple((str(a), str(b)) for a, b in steps)
    chosen = given if given is not None else _house_steps(stages)
    terms = read_terms(covariates, chosen, snapshots.columns)
    wanted = list(dict.fromkeys(term.column for term in terms))
    seen = read_snapshots(snapshots, wanted, exact=exact, stages=stages, reference=reference)
    seen = replace(seen, unit=unit)
    _possible(seen, chosen)
    numbers = effects(terms, chosen, seen.names)
    likelihood = PanelLikelihood(seen, chosen, numbers >= 0, numbers)
    found, sound = maximise(likelihood, starting_rates(seen, chosen))
    told = precision(likelihood, found)
    limits = one_sided(likelihood, found, told, normal_quantile(level))
    notes = []
    if not sound:
        notes.append("the search for the best rates did not end: do not rely on any number here.")
    estimate = PanelEstimate(
        chosen,
        seen.names,
        found,
        told,
        MappingProxyType(limits),
        likelihood.value(found),
        likelihood,
        level,
        "maximum likelihood for snapshots of a continuous-time Markov process",
    )
    return _noted(estimate, notes)


def _noted(estimate: PanelEstimate, notes: list[str]) -> PanelEstimate:
    likelihood = estimate.likelihood
    rates = likelihood.rates(estimate.parameters)
    gap = likelihood.seen.usual_gap()
    base = estimate.summary()
    names = [f"{a} to {b}" for a, b in estimate.steps]
    for number, m in enumerate(likelihood.of_covariate):
        acted = likelihood.acted_on(number)
        told = ", ".join(f"{a} to {b}" for a, b in acted)
        names.append(f"{'any step' if len(acted) > 3 else told} {estimate.covariates[m]}")
    none = NEXT_TO_NONE / at_risk(likelihood)
    for k, (low, high) in estimate.one_sided.items():
        which = [word for word, end in (("lower", low), ("upper", high)) if np.isfinite(end)]
        kept = f"it has only {_article(which[0])} limit" if len(which) == 1 else "it has no limits"
        nothing = ": no sign of such a move at all" if k < len(none) and np.isinf(low) else ""
        notes.append(f"{names[k]}{nothing}: the likelihood has no top, so {kept}.")
    notes += too_rare(likelihood.seen, estimate.steps, rates)
    if aliased(likelihood.generators(rates), gap):
        notes.append(
            f"at looks {as_given(gap)} {likelihood.seen.unit} apart other rates give the very "
            "same shares (aliasing)."
        )
    notes += unsure(names, base["log_error"].to_numpy() / likelihood.sizes)
    return replace(estimate, notes=tuple(notes))


def _stages_of(acted: tuple[Transition, ...], steps: tuple[Transition, ...]) -> tuple[str, str]:
    """Name the stages and the next stages of the steps on which an effect acts."""
    if len(acted) > 1 and len(acted) == len(steps):
        return "any", "any"
    here, there = (list(dict.fromkeys(one)) for one in zip(*acted, strict=True))
    return " or ".join(here), " or ".join(there)


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _house_steps(stages: Sequence[str] | None) -> tuple[Transition, ...]:
    if stages is not None and tuple(stages) != STAGES:
        raise ValueError("name the steps of a ladder of your own: steps=[(stage, next stage), …].")
    return tuple(Ladder.online_and_offline().rates["offline"])


def _possible(seen: Observations, steps: tuple[Transition, ...]) -> None:
    """Refuse a move that no steps lead to, and a timed stage that something leaves."""
    for step in steps:
        for stage in step:
            pick(stage, seen.stages, "stage")
        if seen.exact[seen.stages.index(step[0])]:
            raise ValueError(
                f"{step[0]!r} is left again, but a stage whose moment is known must not be: take "
                "it out of exact."
            )
    ways = np.eye(len(seen.stages), dtype=bool)
    for a, b in steps:
        ways[seen.stages.index(a), seen.stages.index(b)] = True
    for _ in seen.stages:
        ways = ways @ ways
    wrong = ~ways[seen.start, seen.end] | seen.exact[seen.start]
    if wrong.any():
        k = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"{int(seen.count[wrong].sum())} moves from look to look are not possible, such as "
            f"{seen.stages[seen.start[k]]} to {seen.stages[seen.end[k]]}: no steps lead there."
        )


def fitted_looks(estimate: PanelEstimate) -> pd.DataFrame:
    """Set what was seen at the looks beside what the rates say should be.

    Parameters
    ----------
    estimate : PanelEstimate
        What `fit_panel` returns.

    Returns
    -------
    pandas.DataFrame
        `stage` (at a look), `next_stage` (at the next), `seen` and `expected` (moves).

    Notes
    -----
    Moves to a stage whose moment is known are compared with its share at the usual next look, so
    only the moves between looks of the usual gap, and the losses before them, are counted. Each
    group of a covariate has a usual gap of its own.
    """
    seen = estimate.likelihood.seen
    rates = estimate.likelihood.rates(estimate.parameters)
    generators = estimate.likelihood.generators(rates)
    gaps = seen.usual_gaps()
    gap = gaps[seen.group]
    part = seen.of(np.isclose(seen.gap, gap) | (seen.timed & (seen.gap <= gap)))
    size = len(seen.stages)
    expected = np.zeros((size, size))
    for k, generator in enumerate(generators):
        at = part.group == k
        began = bincount(part.start[at], part.count[at], size)
        expected += began[:, None] * transition_matrix(generator, gaps[k])
    here, there = np.nonzero((part.table() > 0) | (expected > 0.5))
    names = np.array(seen.stages, object)
    return pd.DataFrame(
        {
            "stage": names[here],
            "next_stage": names[there],
            "seen": part.table()[here, there],
            "expected": expected[here, there],
        }
    )
