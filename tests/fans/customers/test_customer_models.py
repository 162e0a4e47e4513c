"""BG/NBD, Pareto/NBD and Gamma-Gamma: exact likelihoods, simulation, limits."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln, hyp2f1

from frontporch import data
from frontporch.fans.customers import (
    bg_nbd,
    fit_customers,
    fit_spend,
    holdout,
    pareto_nbd,
    rfm_summary,
    simulate_orders,
)
from frontporch.fans.customers.buyers import Buyers, read_buyers
from frontporch.names import UnknownName
from frontporch.tables import TableError

BG = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
PARETO = {"r": 0.553, "alpha": 10.58, "s": 0.606, "beta": 11.67}
positive = st.floats(0.1, 20.0)


@pytest.fixture(scope="module")
def cdnow():
    return data.load("cdnow")


@pytest.fixture(scope="module")
def histories():
    frequency = np.array([0, 0, 1, 2, 5, 30], float)
    recency = np.array([0, 0, 3.1, 38.9, 12.0, 30.0])
    age = np.array([38.9, 0.5, 38.9, 38.9, 20.0, 30.0])
    return Buyers(frequency, recency, age, np.array([9.0, 3, 2, 1, 1, 1]), np.arange(6))


def test_the_estimator_is_named_and_nothing_is_in_doubt(cdnow):
    found = fit_customers(cdnow)
    assert found.estimator == "BG/NBD by maximum likelihood" and found.notes == ()


def hypergeometric(parameters, buyers):
    """The likelihood as it is printed: Fader & Hardie (2005), equation 20."""
    r, alpha, s, beta = parameters
    x = buyers.frequency

    def part(at):
        if alpha >= beta:
            z = (alpha - beta) / (alpha + at)
            return hyp2f1(r + s + x, s + 1, r + s + x + 1, z) / (alpha + at) ** (r + s + x)
        z = (beta - alpha) / (beta + at)
        return hyp2f1(r + s + x, r + x, r + s + x + 1, z) / (beta + at) ** (r + s + x)

    alive = 1 / ((alpha + buyers.age) ** (r + x) * (beta + buyers.age) ** s)
    left = s / (r + s + x) * (part(buyers.recency) - part(buyers.age))
    logs = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    return buyers.count @ (logs + np.log(alive + left))


@pytest.mark.parametrize(
    "parameters", [(0.55, 10.6, 0.6, 11.7), (0.55, 11.7, 0.6, 3.0), (2, 0.3, 0.2, 40), (3, 9, 9, 9)]
)
def test_quadrature_is_the_printed_likelihood(parameters, cdnow):
    buyers = read_buyers(cdnow)
    value, _ = pareto_nbd.log_likelihood(parameters, buyers)
    assert value == pytest.approx(hypergeometric(parameters, buyers), rel=1e-11)


@pytest.mark.parametrize("law", [bg_nbd, pareto_nbd], ids=lambda law: law.name)
@given(parameters=st.tuples(positive, positive, positive, positive))
def test_the_gradient_is_that_of_the_likelihood(law, parameters, histories):
    at = np.array(parameters)
    _, gradient = law.log_likelihood(at, histories)
    for k, step in enumerate(1e-6 * np.diag(at)):
        up, down = (
            law.log_likelihood(at + step, histories),
            law.log_likelihood(at - step, histories),
        )
        slope = (up[0] - down[0]) / (2 * step[k])
        assert gradient[k] == pytest.approx(slope, rel=1e-4, abs=1e-4 * (1 + abs(up[0])))


@pytest.mark.parametrize("law", [bg_nbd, pareto_nbd], ids=lambda law: law.name)
@given(parameters=st.tuples(positive, positive, positive, positive))
def test_expectations_are_possible(law, parameters, histories):
    alive = law.probability_alive(parameters, histories)
    assert ((alive >= 0) & (alive <= 1)).all()
    soon, later = (law.expected_purchases(parameters, histories, weeks) for weeks in (4, 40))
    assert (soon >= -1e-9).all() and (later >= soon - 1e-9).all()
    made = law.mean_purchases(parameters, np.array([0.0, 1, 10, 100]))
    assert made[0] == pytest.approx(0, abs=1e-9) and (np.diff(made) >= -1e-9).all()


@pytest.mark.parametrize("law", [bg_nbd, pareto_nbd], ids=lambda law: law.name)
def test_a_new_customer_is_one_without_a_history(law):
    """Mean purchases are the expected purchases of somebody observed for no time."""
    new = Buyers(*(np.array([one]) for one in (0.0, 0.0, 1e-12, 1.0)), np.zeros(1, int))
    parameters = list((BG if law is bg_nbd else PARETO).values())
    ahead = law.expected_purchases(parameters, new, 39.0)
    assert ahead[0] == pytest.approx(float(law.mean_purchases(parameters, 39.0)), rel=1e-9)


@pytest.mark.parametrize("edge", [1.0, 1 - 1e-9, 1 + 1e-9])
def test_where_the_closed_form_divides_by_zero_its_limit_is_taken(edge, histories):
    near = pareto_nbd.expected_purchases((0.5, 9, 1.0001, 11), histories, 20)
    at = pareto_nbd.expected_purchases((0.5, 9, edge, 11), histories, 20)
    np.testing.assert_allclose(at, near, rtol=1e-3)
    near = bg_nbd.expected_purchases((0.3, 5, 1.0001, 2.5), histories, 20)
    at = bg_nbd.expected_purchases((0.3, 5, edge, 2.5), histories, 20)
    np.testing.assert_allclose(at, near, rtol=1e-3)
    near = bg_nbd.expected_purchases((0.3, 5, 0.5, 0.5001), histories, 20)
    at = bg_nbd.expected_purchases((0.3, 5, 0.5, edge - 0.5), histories, 20)
    np.testing.assert_allclose(at, near, rtol=1e-3)


@pytest.mark.parametrize(("model", "truth"), [("bg_nbd", BG), ("pareto_nbd", PARETO)])
def test_simulated_customers_buy_as_the_closed_form_says(model, truth):
    orders = simulate_orders(truth, 40_000, 39, 7, model=model)
    counts = np.bincount(orders["customer"], minlength=40_000) - 1
    law = bg_nbd if model == "bg_nbd" else pareto_nbd
    expected = float(law.mean_purchases(list(truth.values()), 39.0))
    assert abs(counts.mean() - expected) < 4 * counts.std() / np.sqrt(len(counts))


@pytest.mark.parametrize(("model", "truth"), [("bg_nbd", BG), ("pareto_nbd", PARETO)])
def test_what_was_simulated_is_found_again(model, truth):
    orders = simulate_orders(truth, 20_000, 39, 11, model=model, arrivals=12)
    table = rfm_summary(orders, until=39.0)
    found = fit_customers(table, model)
    rows = found.summary().set_index("parameter")
    z = np.log(rows["estimate"] / pd.Series(truth)) / (rows["standard_error"] / rows["estimate"])
    assert z.abs().max() < 4
    # Who is alive is known in the simulation only for Pareto/NBD customers; purchases are for all.
    later = rfm_summary(
        simulate_orders(truth, 20_000, 60, 11, model=model, arrivals=12), until=60.0
    )
    assert len(later) == len(table)


def test_simulated_spends_are_found_again():
    truth = {"p": 6.25, "q": 3.74, "v": 15.44}
    orders = simulate_orders(BG, 20_000, 39, 3, spend=truth)
    found = fit_spend(rfm_summary(orders, until=39.0, value="value"))
    rows = found.summary().set_index("parameter")
    z = np.log(rows["estimate"] / pd.Series(truth)) / (rows["standard_error"] / rows["estimate"])
    assert z.abs().max() < 4
    assert found.mean == pytest.approx(6.25 * 15.44 / 2.74, rel=0.03)


@pytest.mark.parametrize("unit", [1 / 7, 7, 52.18])
@pytest.mark.parametrize("model", ["bg_nbd", "pareto_nbd"])
def test_another_unit_of_time_changes_only_the_times(cdnow, model, unit):
    other = cdnow.assign(recency=cdnow["recency"] * unit, age=cdnow["age"] * unit)
    one, two = fit_customers(cdnow, model), fit_customers(other, model)
    for name, factor in zip(
        one.parameters, (1, unit, 1, unit if model == "pareto_nbd" else 1), strict=True
    ):
        assert two.parameters[name] == pytest.approx(factor * one.parameters[name], rel=1e-4)
    np.testing.assert_allclose(two.alive, one.alive, atol=1e-5)


def test_identical_customers_are_counted_once_and_change_nothing(cdnow):
    twice = pd.concat([cdnow, cdnow], ignore_index=True)
    one, two = fit_customers(cdnow), fit_customers(twice)
    assert len(two.buyers.count) == len(one.buyers.count) < len(cdnow)
    assert two.log_likelihood == pytest.approx(2 * one.log_likelihood, rel=1e-9)
    for name, value in one.parameters.items():
        assert two.parameters[name] == pytest.approx(value, rel=1e-5)
    np.testing.assert_allclose(two.alive[: len(cdnow)], one.alive, rtol=1e-5)


def test_groups_are_fitted_each_by_itself(cdnow):
    halves = cdnow.assign(source=np.where(np.arange(len(cdnow)) % 2, "fan page", "shop window"))
    found = fit_customers(halves, by="source")
    assert list(found) == ["fan page", "shop window"]
    alone = fit_customers(halves[halves["source"] == "fan page"].reset_index(drop=True))
    assert found["fan page"].parameters == pytest.approx(alone.parameters)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"frequency": -1}, "frequency"),
        ({"recency": 50.0}, "recency"),
        ({"recency": 3.0}, "row 1: recency is above 0 with a frequency of 0"),
        ({"age": 0.0}, "row 1: age is 0"),
        ({"frequency": 1}, "row 1: recency is 0 with a frequency above 0"),
    ],
)
def test_a_history_that_cannot_be_is_named(row, said):
    table = pd.DataFrame([{"frequency": 0, "recency": 0.0, "age": 9.0} | row] * 12)
    with pytest.raises((TableError, ValueError), match=said):
        fit_customers(table)


def test_too_few_who_bought_again_and_unknown_models_are_answered(cdnow):
    with pytest.raises(ValueError, match="0 customers bought again"):
        fit_customers(cdnow[cdnow["frequency"] == 0].reset_index(drop=True))
    with pytest.raises(UnknownName, match="mean 'bg_nbd'"):
        fit_customers(cdnow, "bgnbd")
    with pytest.raises(ValueError, match="no column 'sourse'"):
        fit_customers(cdnow, by="sourse")


def test_customers_who_are_all_alike_are_a_note_and_not_a_failure():
    rng = np.random.default_rng(5)
    x = rng.poisson(4, 2_000)
    recency = np.where(x > 0, 39 * rng.beta(np.maximum(x, 1), 1), 0)
    found = fit_customers(pd.DataFrame({"frequency": x, "recency": recency, "age": 39.0}))
    assert any("diverged" in note for note in found.notes)
    assert "of the two only a/b is known, 0.0" in found.notes[-1]
    assert found.expected_purchases(39).mean() == pytest.approx(4, rel=0.05)


def test_a_model_of_ones_own_passes_through_everything(cdnow):
    mine = replace(bg_nbd, name="my own")
    found = fit_customers(cdnow, mine)
    assert found.parameters == fit_customers(cdnow).parameters
    assert found.estimator == "my own by maximum likelihood"
    orders = simulate_orders(found.parameters, 500, 52, 7, model=mine)
    held = holdout(orders, 26.0, model=mine)
    assert held.bought.model == "my own" and len(held.summary()) == 8
    lower, upper = found.interval("r")
    assert lower < found.parameters["r"] < upper


def test_orders_at_one_moment_but_for_rounding_are_one_purchase():
    orders = pd.DataFrame({"customer": [1, 1, 1, 2], "ordered_at": [0.0, 0.3, 0.1 + 0.2, 1.0]})
    assert rfm_summary(orders, until=9.0)["frequency"].tolist() == [1, 0]
