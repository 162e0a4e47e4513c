"""Customers at the edges: any order, very many purchases, parameters that run away, covariates."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import expit, log_expit

from frontporch import data
from frontporch.fans.customers import (
    bg_nbd,
    fit_customers,
    fit_spend,
    lifetime_value,
    mbg_nbd,
    pareto_nbd,
    rfm_summary,
    simulate_orders,
)
from frontporch.fans.customers.buyers import Buyers, read_buyers

BG = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
MBG = {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}
PARETO = {"r": 0.553, "alpha": 10.58, "s": 0.606, "beta": 11.67}
MODELS = ["bg_nbd", "mbg_nbd", "pareto_nbd"]
TRUTHS = [("bg_nbd", BG), ("mbg_nbd", MBG), ("pareto_nbd", PARETO)]
LAWS = [bg_nbd, mbg_nbd, pareto_nbd]
NUMBERS = ["estimate", "standard_error", "lower", "upper"]


@pytest.fixture(scope="module")
def cdnow():
    return data.load("cdnow")


@pytest.fixture(scope="module")
def estimates(cdnow):
    return {model: fit_customers(cdnow, model) for model in MODELS}


def test_mbg_nbd_gives_the_published_estimates(estimates, printed):
    found = estimates["mbg_nbd"]
    for name, value in found.parameters.items():
        assert value == printed("mbg_nbd", name)
    assert found.estimator == "MBG/NBD by maximum likelihood" and not found.notes


def test_pareto_nbd_gives_the_published_standard_errors(estimates, printed):
    errors = estimates["pareto_nbd"].summary().set_index("parameter")["standard_error"]
    for name, error in errors.items():
        assert error == printed("pareto_nbd_errors", name)
    assert estimates["pareto_nbd"].log_likelihood == pytest.approx(-9594.976, abs=0.01)


# The histories of CLVTools' test "PAlive that produced NaNs in previous implementation".
def test_hundreds_of_purchases_leave_the_living_alive():
    recency, age = np.array([103.42857, 97.14286]), np.array([103.57143, 97.28571])
    buyers = Buyers(np.array([221.0, 254.0]), recency, age, np.ones(2), np.arange(2))
    alive = pareto_nbd.probability_alive((0.5143, 2.8845, 0.2856, 14.1087), buyers)
    assert ((alive > 0.99) & (alive <= 1)).all()


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_a_table_may_stand_in_any_order(estimates, cdnow, shuffler, some):
    rows = shuffler.sample(range(len(cdnow)), some)
    other = cdnow.iloc[rows]
    for bought in estimates.values():
        whole = bought.expected_purchases(52)
        np.testing.assert_allclose(bought.expected_purchases(52, other), whole[rows], rtol=1e-9)


def test_values_belong_to_customers_and_not_to_places(estimates, cdnow):
    spent = fit_spend(cdnow)
    value = lifetime_value(estimates["bg_nbd"], spent, cdnow, margin=0.4)
    order = np.argsort(-cdnow["frequency"].to_numpy(), kind="stable")
    got = lifetime_value(estimates["bg_nbd"], spent, cdnow.iloc[order], margin=0.4)
    np.testing.assert_allclose(got, value[order], rtol=1e-9)
    with pytest.raises(ValueError, match="no column 'mean_spend'"):
        lifetime_value(estimates["bg_nbd"], spent, cdnow.drop(columns="mean_spend"), margin=0.4)


def averaged(shape, ahead, a, b):
    """Purchases of the living by adding up over probabilities of leaving: slow, but plain."""
    low, high = -(45 / a + 30 + np.log1p(b)), 45 / b + 30 + np.log1p(a)
    logit = np.linspace(low, high, int(min(max((high - low) / 0.01, 20_000), 200_000)))
    weight = a * log_expit(logit) + b * log_expit(-logit)
    weight = np.exp(weight - weight.max())
    leaving = np.maximum(expit(logit), 1e-12)
    return weight @ (-np.expm1(-shape * np.log1p(leaving * ahead)) / leaving) / weight.sum()


@settings(max_examples=40, deadline=None)
@example(109, 1.0, (0.0, 0.0, 0.0, 0.0), 0.0, 0.0)  # a = 1: the closed form is 0 / 0
@example(50_000, 1.0, (0.0, 0.0, 0.0, 0.0), 0.0, -1.0)
@example(50_000, 1.0, (0.0, 0.0, 0.005, 0.0), 0.0, -1.0)  # just where the closed form begins
@given(
    st.integers(0, 50_000),
    st.floats(0.05, 1),
    st.tuples(*[st.floats(-1.0, 1.3)] * 4),
    st.sampled_from([0.0, 4.0]),
    st.floats(-1, 2.5),
)
def test_thousands_of_purchases_are_finite_and_right(bought, recent, logs, alike, ahead):
    """Rates that are usual or hardly differ, up to 50,000 purchases of one customer."""
    r, alpha, a, b = 10.0 ** np.add(logs, [0, 0, alike, alike])
    age, weeks = 200.0, 10**ahead
    recency = age * recent if bought else 0.0
    buyers = Buyers(*(np.array([one]) for one in (bought, recency, age, 1.0)), np.zeros(1, int))
    buyers = Buyers(*(np.asarray(one, float) for one in vars(buyers).values()))
    for law, first in ((bg_nbd, 0), (mbg_nbd, 1)):
        alive = law.probability_alive((r, alpha, a, b), buyers)
        made = law.expected_purchases((r, alpha, a, b), buyers, weeks)
        known = averaged(r + bought, weeks / (alpha + age), a, b + bought + first)
        assert 0 <= alive[0] <= 1 and made[0] == pytest.approx(
            known * alive[0], rel=1e-6, abs=1e-12
        )
    for law in LAWS:
        value, gradient = law.log_likelihood((r, alpha, a, b), buyers)
        assert np.isfinite(value) and np.isfinite(gradient).all()
        assert np.isfinite(law.expected_purchases((r, alpha, a, b), buyers, weeks)).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 20_000), st.floats(0.001, 0.999), st.tuples(*[st.floats(-1, 1.5)] * 4))
def test_who_bought_very_often_has_left_as_a_fine_sum_says(bought, recent, logs):
    """The likelihood of Pareto/NBD beside a hundred thousand rectangles."""
    r, alpha, s, beta = 10.0 ** np.array(logs)
    age = 100.0
    recency = age * recent
    buyers = Buyers(
        np.array([float(bought)]),
        np.array([recency]),
        np.array([age]),
        np.ones(1),
        np.zeros(1, int),
    )
    steps = np.linspace(0, 1, 100_001) ** 4  # finest just after the last purchase
    edges = recency + (age - recency) * steps
    at, wide = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    logs_at = -(r + bought) * np.log((alpha + at) / (alpha + recency)) - (s + 1) * np.log(beta + at)
    left = np.log(s) + np.log((np.exp(logs_at) * wide).sum())
    alive = -(r + bought) * np.log((alpha + age) / (alpha + recency)) - s * np.log(beta + age)
    known = np.exp(alive - np.logaddexp(alive, left))
    assert pareto_nbd.probability_alive((r, alpha, s, beta), buyers)[0] == pytest.approx(
        known, rel=1e-3, abs=1e-9
    )


def test_new_customers_of_mbg_buy_as_simulated():
    orders = simulate_orders(MBG, 40_000, 39, 7, model="mbg_nbd")
    counts = np.bincount(orders["customer"], minlength=40_000) - 1
    expected = float(mbg_nbd.mean_purchases(list(MBG.values()), 39.0))
    assert abs(counts.mean() - expected) < 4 * counts.std() / np.sqrt(len(counts))
    new = Buyers(*(np.array([one]) for one in (0.0, 0.0, 1e-12, 1.0)), np.zeros(1, int))
    ahead = mbg_nbd.expected_purchases(list(MBG.values()), new, 39.0)
    assert ahead[0] == pytest.approx(expected, rel=1e-9)


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(MODELS), st.integers(0, 99))
def test_what_ran_away_is_not_printed(model, seed):
    """Customers who all buy at one rate, and all leave at one rate, if at all."""
    rng = np.random.default_rng(seed)
    stays = np.minimum(rng.exponential(60, 400), 39.0)
    x = rng.poisson(0.1 * stays)
    recency = np.where(x > 0, stays * rng.beta(np.maximum(x, 1), 1), 0.0)
    found = fit_customers(pd.DataFrame({"frequency": x, "recency": recency, "age": 39.0}), model)
    rows = found.summary().set_index("parameter")[NUMBERS]
    shown = rows.drop(index=list(found.unknown))
    assert rows.loc[list(found.unknown)].isna().all(axis=None)
    assert np.isfinite(shown).all(axis=None) and (shown["upper"] < 1e9 * shown["lower"]).all()
    assert bool(found.unknown) == any("diverged" in note for note in found.notes)
    made = found.mean_purchases([10, 39])
    assert np.isfinite(made).all(axis=None) and (made["lower"] < made["upper"]).all()
    assert made["purchases"].iloc[1] == pytest.approx(x.mean(), rel=0.1)
    assert len(found.drawn(20, seed=1)) == 20


def test_where_nobody_leaves_no_ratio_is_printed():
    loyal = simulate_orders({"r": 0.8, "alpha": 8.0, "a": 0.001, "b": 20.0}, 1_000, 52, 7)
    found = fit_customers(rfm_summary(loyal, until=52.0))
    assert found.unknown == ("a", "b")
    assert "a/b is as good as 0: hardly anybody leaves" in found.notes[0]
    assert found.alive.min() > 0.99


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
@settings(max_examples=20, deadline=None)
@given(st.tuples(*[st.floats(0.1, 20)] * 4))
def test_parameters_of_each_history_are_the_common_ones_where_they_are_equal(
    law, cdnow, parameters
):
    buyers = read_buyers(cdnow.head(40))
    many = np.repeat(np.array(parameters)[:, None], len(buyers.count), axis=1)
    value, gradient = law.log_likelihood(parameters, buyers)
    same, apart = law.log_likelihood(many, buyers)
    assert same == pytest.approx(value) and apart.sum(axis=1) == pytest.approx(gradient)
    for of in (law.probability_alive, lambda p, b: law.expected_purchases(p, b, 20.0)):
        np.testing.assert_allclose(of(many, buyers), of(parameters, buyers), rtol=1e-12)


def two_kinds(truth, model, customers, seed, often, leaving):
    """Customers of two kinds, of whom the second buy and leave so many times as often."""
    law = {"bg_nbd": bg_nbd, "mbg_nbd": mbg_nbd, "pareto_nbd": pareto_nbd}[model]
    both = law.of_histories(np.array([*truth.values(), often, leaving]), np.array([[0.0], [1.0]]))
    tables = []
    for kind in (0, 1):
        own = dict(zip(truth, both[:, kind], strict=True))
        orders = simulate_orders(own, customers // 2, 52, seed + kind, model=model)
        tables.append(rfm_summary(orders, until=52.0).assign(online=kind))
    return pd.concat(tables, ignore_index=True)


@pytest.mark.parametrize(("model", "truth"), TRUTHS)
def test_covariates_are_found_again(model, truth):
    table = two_kinds(truth, model, 8_000, 5, 2.0, 1.5)
    found = fit_customers(table, model, covariates=["online"])
    rows = found.summary().set_index("parameter")
    true = pd.Series({**truth, "purchases, online": 2.0, "leaving, online": 1.5})
    z = np.log(rows["estimate"] / true) / (rows["standard_error"] / rows["estimate"])
    assert z.abs().max() < 4 and found.units[-1] == "times"
    # What is expected of each kind is what came of it.
    for kind in (0, 1):
        mean = table.loc[table["online"] == kind, "frequency"].mean()
        made = found.mean_purchases([52.0], {"online": kind})["purchases"].iloc[0]
        assert made == pytest.approx(mean, rel=0.06)
    np.testing.assert_allclose(
        found.expected_purchases(9, table.iloc[::-1]), found.expected_purchases(9)[::-1]
    )


@settings(max_examples=6, deadline=None)
@given(st.floats(-3, 3), st.floats(-9, 9), st.sampled_from(MODELS))
def test_a_covariate_may_have_any_unit(power, shift, model):
    """In another unit the effect is the same, per unit; a shift moves the parameters only."""
    table = two_kinds(BG if model != "pareto_nbd" else PARETO, model, 600, 3, 2.0, 1.5)
    unit = 10.0**power
    one = fit_customers(table, model, covariates=["online"])
    other = table.assign(online=(table["online"] + shift) * unit)
    two = fit_customers(other, model, covariates=["online"])
    assert two.log_likelihood == pytest.approx(one.log_likelihood, rel=1e-7)
    for name in ("purchases, online", "leaving, online"):
        effects = (unit * np.log(two.parameters[name]), np.log(one.parameters[name]))
        assert effects[0] == pytest.approx(effects[1], abs=2e-3)
    np.testing.assert_allclose(two.alive, one.alive, atol=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize(("model", "truth"), TRUTHS)
def test_intervals_of_covariates_cover(model, truth):
    hits, sets = np.zeros(2), 60
    for seed in range(sets):
        found = fit_customers(
            two_kinds(truth, model, 1_500, 10 * seed, 1.5, 1.3), model, covariates=["online"]
        )
        for k, (name, true) in enumerate((("purchases", 1.5), ("leaving", 1.3))):
            low, high = found.interval(f"{name}, online")
            hits[k] += low <= true <= high
    # Of 60 at 95 % fewer than 52 come up once in two thousand times.
    assert (hits >= 52).all()


@pytest.mark.parametrize(
    ("columns", "names", "said"),
    [
        ({"online": 1}, ["online"], "online is the same for all customers"),
        ({"online": "yes"}, ["online"], "row 1: online is 'yes', but a covariate is a number"),
        ({"a": range(12), "b": range(0, 24, 2)}, ["a", "b"], "b follows from a"),
        ({}, ["onlin"], "no column 'onlin'"),
        ({"online": [np.nan] * 12}, ["online"], "row 1: online is missing"),
    ],
)
def test_covariates_that_cannot_be_used_are_named(columns, names, said):
    table = pd.DataFrame(
        {"frequency": range(1, 13), "recency": np.arange(1, 13) / 2, "age": 9.0} | columns
    )
    with pytest.raises(ValueError, match=said):
        fit_customers(table, covariates=names)


def test_parameters_of_customers_who_are_not_there_are_not_printed():
    """Where nobody is near a covariate of 0, alpha and a of such a customer are not known."""
    table = two_kinds(BG, "bg_nbd", 1_000, 3, 2.0, 1.5)
    with pytest.raises(ValueError, match=r"Subtract a usual value: online - 202[67]\."):
        fit_customers(table.assign(online=2026 + table["online"]), covariates=["online"])
    few = table.groupby("online").head(30)
    found = fit_customers(few.assign(online=9 + few["online"]), covariates=["online"])
    near = fit_customers(few, covariates=["online"])
    assert "a" in found.unknown and "a would be that of customers" in found.notes[0]
    rows = found.summary().set_index("parameter")[NUMBERS]
    assert rows.loc[list(found.unknown)].isna().all(axis=None)
    np.testing.assert_allclose(found.expected_purchases(9), near.expected_purchases(9), rtol=1e-3)


def test_a_new_customer_needs_all_covariates():
    found = fit_customers(two_kinds(BG, "bg_nbd", 600, 3, 2.0, 1.5), covariates=["online"])
    with pytest.raises(ValueError, match="online is missing: give online"):
        found.mean_purchases([9], {})
    with pytest.raises(ValueError, match="Did you mean 'online'"):
        found.mean_purchases([9], {"onlin": 1.0})
    apart = found.mean_purchases([52], {"online": 1.0}), found.mean_purchases([52], {"online": 0})
    usual = found.mean_purchases([52])["purchases"].iloc[0]
    assert apart[1]["purchases"].iloc[0] < usual < apart[0]["purchases"].iloc[0]


def test_spends_that_hardly_differ_print_no_number_that_is_not_known():
    rng = np.random.default_rng(2)
    x = rng.integers(1, 9, 300)
    table = pd.DataFrame({"frequency": x, "recency": 5.0, "age": 9.0})
    alike = fit_spend(table.assign(mean_spend=rng.gamma(3.0 * x, 20 / (3.0 * x))))
    rows = alike.summary().set_index("parameter")[NUMBERS]
    assert alike.unknown and rows.loc[list(alike.unknown)].isna().all(axis=None)
    assert "diverged" in alike.notes[0]
    assert alike.expected([0, 5], [np.nan, 30.0]) == pytest.approx([20, 20], rel=0.1)
