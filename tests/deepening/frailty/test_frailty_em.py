"""EM beside independent computations of the same likelihood."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special
from statsmodels.duration.hazard_regression import PHReg

from frontporch.deepening.frailty.em import SharedFrailty, with_time_before
from frontporch.stats.risk_sets import RiskSets


def drawn(people, variance, seed, *, events=3, digits=None, strata=1):
    """Repeated waits of people, half of them twice as fast, in a few strata."""
    rng = np.random.default_rng(seed)
    z = rng.gamma(1 / variance, variance, people) if variance else np.ones(people)
    person = np.repeat(np.arange(people), events)
    x = (person % 2).astype(float)
    wait = rng.exponential(1 / (0.1 * z[person] * np.exp(np.log(2) * x)))
    limit = rng.uniform(5, 40, len(wait))
    time = np.minimum(wait, limit)
    if digits is not None:
        time = np.ceil(time * 10**digits) / 10**digits
    stratum = np.arange(len(person)) % events % strata
    return RiskSets(time, wait <= limit, x[:, None], stratum), person


@given(st.integers(0, 1_000), st.sampled_from([None, 0]), st.sampled_from([1, 3]))
@settings(max_examples=15)
def test_the_partial_likelihood_is_that_of_statsmodels(seed, digits, strata):
    sets, person = drawn(40, 1.0, seed, digits=digits, strata=strata)
    offset = np.random.default_rng(seed).normal(size=len(person))
    theirs = PHReg(
        sets.time,
        sets.design,
        status=sets.moved.astype(int),
        ties="efron",
        strata=sets.stratum,
        offset=offset,
    )
    at = np.array([0.3])
    value, gradient, information = sets.evaluate(at, offset)
    assert value == pytest.approx(theirs.loglike(at), abs=1e-8)
    assert gradient == pytest.approx(theirs.score(at), abs=1e-8)
    assert information == pytest.approx(-theirs.hessian(at), abs=1e-7)
    value, score, expected = sets.expected(at, offset)
    assert value == pytest.approx(theirs.loglike(at), abs=1e-8)
    assert score == pytest.approx(gradient, abs=1e-8)
    assert expected.sum() == pytest.approx(sets.moves)


def test_coefficients_are_those_of_statsmodels():
    sets, person = drawn(200, 1.0, 7, digits=0)
    theirs = PHReg(sets.time, sets.design, status=sets.moved.astype(int), ties="efron").fit(disp=0)
    found = SharedFrailty(sets, person).without()
    assert found.coefficients == pytest.approx(theirs.params, abs=1e-8)
    assert found.log_likelihood == pytest.approx(theirs.llf, abs=1e-8)


def direct(sets, person, variance):
    """Maximise the integrated likelihood over jumps of the hazard and the coefficient, by BFGS."""
    moments = np.unique(sets.time[sets.moved])
    at_risk = sets.time[:, None] >= moments
    x, moves = sets.design[:, 0], np.bincount(person, sets.moved)
    shape = 1 / variance

    def loss(parameters):
        beta, log_jumps = parameters[0], parameters[1:]
        hazard = np.exp(beta * x) * (at_risk @ np.exp(log_jumps))
        summed = np.bincount(person, hazard)
        log_rate = log_jumps[np.searchsorted(moments, sets.time[sets.moved])]
        value = (beta * x[sets.moved] + log_rate).sum() + (
            special.gammaln(shape + moves)
            - special.gammaln(shape)
            + shape * np.log(shape)
            - (shape + moves) * np.log(shape + summed)
        ).sum()
        pull = (shape + moves) / (shape + summed)
        by_row = pull[person] * np.exp(beta * x)
        by_jump = 1 - (by_row @ at_risk) * np.exp(log_jumps)
        by_beta = x[sets.moved].sum() - (pull[person] * hazard * x).sum()
        return -value, -np.concatenate([[by_beta], by_jump])

    start = np.full(1 + len(moments), np.log(1 / len(moments)))
    start[0] = 0
    best = optimize.minimize(
        loss, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 5_000}
    )
    return best.x[0], -best.fun


@pytest.mark.parametrize("variance", [0.3, 1.5])
def test_em_is_the_direct_maximum_over_all_jumps_of_the_hazard(variance):
    # Without ties Efron's method is Breslow's, whose jumps maximise this very likelihood; at no
    # frailty it is the partial one less the number of moves.
    sets, person = drawn(25, 1.0, 3)
    found = SharedFrailty(sets, person).fit_at(variance)
    beta, value = direct(sets, person, variance)
    assert found.coefficients[0] == pytest.approx(beta, abs=1e-4)
    assert found.log_likelihood - sets.moves == pytest.approx(value, abs=1e-6)


def late(people, seed, stays=3):
    """Waits of people of variance 1, half of whom are seen from some time after the start only."""
    rng = np.random.default_rng(seed)
    rows = []
    while len(rows) < people * stays:
        z, x = rng.gamma(1.0, 1.0), float(rng.random() < 0.5)
        entry = rng.uniform(0, 8) if rng.random() < 0.5 else 0.0
        waits = rng.exponential(1 / (0.1 * z * 2**x), stays)
        if waits[0] <= entry:
            continue
        for k, wait in enumerate(waits):
            limit, begun = rng.uniform(8, 30), entry if k == 0 else 0.0
            rows.append((len(rows) // stays, x, min(wait, limit), begun, wait <= limit))
    person, x, time, entry, moved = map(np.array, zip(*rows, strict=True))
    sets = RiskSets(
        time, moved, x[:, None], np.zeros(len(x), int), np.where(entry > 0, entry, -np.inf)
    )
    return sets, person


@pytest.mark.parametrize("variance", [0.3, 1.5])
def test_late_people_em_is_the_direct_maximum_too(variance):
    """Of the likelihood divided by the probability to get through the time before."""
    sets, person = late(40, 3)
    moments = np.unique(sets.time[sets.moved])
    ends = np.searchsorted(moments, sets.time, side="right")
    begins = np.searchsorted(moments, sets.entry, side="right")
    x, shape = sets.design[:, 0], 1 / variance
    moves = np.bincount(person, sets.moved)

    def loss(parameters):
        beta, log_jumps = parameters[0], parameters[1:]
        hazard = np.concatenate([[0.0], np.cumsum(np.exp(log_jumps))])
        ratio = np.exp(beta * x)
        all_, before = (np.bincount(person, ratio * hazard[at]) for at in (ends, begins))
        log_rate = log_jumps[ends[sets.moved] - 1]
        value = (beta * x[sets.moved] + log_rate).sum() + (
            special.gammaln(shape + moves)
            - special.gammaln(shape)
            - (shape + moves) * np.log(shape + all_)
            + shape * np.log(shape + before)
        ).sum()
        now, then = ((shape + moves) / (shape + all_))[person], (shape / (shape + before))[person]
        weight = now * ratio * (np.arange(1, len(hazard))[:, None] <= ends)
        weight -= then * ratio * (np.arange(1, len(hazard))[:, None] <= begins)
        by_jump = 1 - weight.sum(axis=1) * np.exp(log_jumps)
        pull = now * ratio * hazard[ends] - then * ratio * hazard[begins]
        return -value, -np.concatenate([[x[sets.moved].sum() - (pull * x).sum()], by_jump])

    start = np.append(0.0, np.full(len(moments), np.log(1 / len(moments))))
    best = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 5_000, "ftol": 1e-15}
    )
    model = with_time_before(sets, person, np.zeros(len(person)))
    found = model.fit_at(variance)
    assert found.coefficients[0] == pytest.approx(best.x[0], abs=1e-4)
    assert found.log_likelihood - sets.moves == pytest.approx(-best.fun, abs=1e-6)
    slope = [model.fit_at(variance * np.exp(d)).log_likelihood for d in (1e-4, -1e-4)]
    assert found.gradient[-1] == pytest.approx((slope[0] - slope[1]) / 2e-4, abs=1e-3)
    assert found.gradient[0] == pytest.approx(0, abs=1e-5)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**16))
def test_late_people_without_differences_are_coxs_model_with_entries(seed):
    sets, person = late(30, seed)
    model = with_time_before(sets, person, np.zeros(len(person)))
    plain = SharedFrailty(sets, person).without()
    found = model.without()
    assert found.coefficients == pytest.approx(plain.coefficients, abs=1e-9)
    assert found.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-9)
    small = model.fit_at(1e-4)
    assert small.log_likelihood == pytest.approx(plain.log_likelihood, abs=0.05)


def parametric(sets, person):
    """Maximise the integrated likelihood with a Weibull hazard: β, log θ, and their errors."""
    x, moves = sets.design[:, 0], np.bincount(person, sets.moved)

    def loss(parameters):
        beta, log_theta, log_rate, log_k = parameters
        shape, k = np.exp(-log_theta), np.exp(log_k)
        summed = np.bincount(person, np.exp(log_rate + beta * x) * sets.time**k)
        log_hazard = log_rate + beta * x + log_k + (k - 1) * np.log(sets.time)
        return -(
            log_hazard[sets.moved].sum()
            + (
                special.gammaln(shape + moves)
                - special.gammaln(shape)
                + shape * np.log(shape)
                - (shape + moves) * np.log(shape + summed)
            ).sum()
        )

    best = optimize.minimize(loss, [0.0, 0.0, -2.0, 0.0], method="BFGS").x
    eye, second = 1e-3 * np.eye(4), np.empty((4, 4))
    for i in range(4):
        for j in range(4):
            a, b = eye[i], eye[j]
            second[i, j] = (
                loss(best + a + b) - loss(best + a - b) - loss(best - a + b) + loss(best - a - b)
            ) / 4e-6
    return best, np.sqrt(np.diag(np.linalg.inv(second)))


def test_em_and_a_parametric_baseline_agree():
    apart, errors = [], []
    for seed in range(8):
        sets, person = drawn(200, 1.0, 100 + seed)
        model = SharedFrailty(sets, person)
        found = model.fit()
        other, error = parametric(sets, person)
        own = np.sqrt(np.diag(np.linalg.inv(model.information(found))))
        apart.append([found.coefficients[0] - other[0], np.log(found.variance) - other[1]])
        errors.append(own / error[:2])
    # Of two estimators the difference has about the difference of their variances (Hausman 1978):
    # with errors of .160 and .153 of log θ that is .047 a set, and three times .047/√8 for eight.
    assert np.abs(np.mean(apart, axis=0)[0]) < 0.02
    assert np.abs(np.mean(apart, axis=0)[1]) < 0.05
    np.testing.assert_allclose(np.mean(errors, axis=0), [1, 1.04], atol=0.06)


def test_the_gradient_is_that_of_finite_differences():
    sets, person = drawn(100, 0.8, 5, digits=0, strata=3)
    model = SharedFrailty(sets, person)
    held = np.array([0.4])
    at, step = model.fit_at(0.5, coefficients=held), 1e-4
    for k, moved in enumerate(([held + step, held - step], [held, held])):
        theta = (0.5, 0.5) if k == 0 else (0.5 * np.exp(step), 0.5 * np.exp(-step))
        up, down = (model.fit_at(t, coefficients=b) for t, b in zip(theta, moved, strict=True))
        slope = (up.log_likelihood - down.log_likelihood) / (2 * step)
        assert at.gradient[k] == pytest.approx(slope, abs=1e-4)


def test_the_best_variance_has_no_slope_and_lies_above_both_sides():
    sets, person = drawn(200, 1.0, 9)
    model = SharedFrailty(sets, person)
    best = model.fit()
    assert np.abs(best.gradient).max() < 1e-3
    for factor in (0.8, 1.25):
        assert model.fit_at(best.variance * factor).log_likelihood < best.log_likelihood


def test_people_who_are_alike_have_no_variance_half_of_the_time():
    found = [SharedFrailty(*drawn(100, 0, seed)).fit().variance for seed in range(12)]
    assert 2 <= sum(one == 0 for one in found) <= 11
    assert max(found) < 0.5


def test_frailties_average_to_one():
    sets, person = drawn(200, 1.0, 9)
    found = SharedFrailty(sets, person).fit()
    assert np.exp(found.log_frailty).mean() == pytest.approx(1, abs=1e-6)
    moves = pd.Series(np.bincount(person, sets.moved))
    assert np.corrcoef(moves, found.log_frailty)[0, 1] > 0.5
