"""What profit depends on, and which act to choose in many towns."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from frontporch import look, shop
from frontporch.names import UnknownName
from frontporch.shop import sensitivity
from frontporch.shop.sensitivity.factors import REST, TOPICS, town
from frontporch.shop.sensitivity.indices import APART, NOT_APART, NOTHING
from frontporch.shop.sensitivity.years import USUAL, advice
from frontporch.shop.switches import SWITCHES

# Ishigami's function with a = 7, b = 0.1: Saltelli et al. (2008), Global Sensitivity Analysis:
# The Primer, section 4.7; the indices follow from its variances in closed form.
A, B = 7.0, 0.1
V1 = 0.5 * (1 + B * np.pi**4 / 5) ** 2
V2, V13 = A**2 / 8, B**2 * np.pi**8 * (1 / 18 - 1 / 50)
ALL = V1 + V2 + V13
ALONE = {"x1": V1 / ALL, "x2": V2 / ALL, "x3": 0.0, "idle": 0.0}
TOTAL = {"x1": (V1 + V13) / ALL, "x2": V2 / ALL, "x3": V13 / ALL, "idle": 0.0}
NAMES = list(ALONE)
EACH = {name: name for name in NAMES}


def sobol_base(pairs, many, seed=7):
    """Base towns from a scrambled Sobol sequence, which few factors may take."""
    places = qmc.Sobol(2 * many, seed=seed).random(pairs)
    return np.concatenate([places[:, :many], places[:, many:]])


def ishigami(base, seed=7):
    """Outcomes of a design of so many pairs, or of given base towns."""
    if not isinstance(base, int):
        base = pd.DataFrame(base, columns=NAMES)
    x = np.pi * (2 * sensitivity.worlds(base, EACH, seed=seed).to_numpy() - 1)
    return np.sin(x[:, 0]) * (1 + B * x[:, 2] ** 4) + A * np.sin(x[:, 1]) ** 2


def errors(pairs):
    """Mean distance of both indices from what they are, over eight draws of the towns."""
    far = []
    for seed in range(1, 9):
        table = sensitivity.fit(ishigami(pairs, seed), NAMES, resamples=50).table
        far += [abs(row.alone - ALONE[row.factor]) for row in table.itertuples()]
        far += [abs(row.total - TOTAL[row.factor]) for row in table.itertuples()]
    return np.mean(far)


def test_closed_form():
    # As printed: .3139, .4424, 0 and .5576, .4424, .2437.
    assert list(ALONE.values())[:2] == pytest.approx([0.3139, 0.4424], abs=5e-5)
    assert list(TOTAL.values())[:3] == pytest.approx([0.5576, 0.4424, 0.2437], abs=5e-5)
    found = sensitivity.fit(ishigami(sobol_base(1_024, 4)), NAMES, resamples=50)
    for row in found.table.itertuples():
        # The error of a scrambled sequence of this length is a few thousandths.
        assert row.alone == pytest.approx(ALONE[row.factor], abs=0.02)
        assert row.total == pytest.approx(TOTAL[row.factor], abs=0.02)
    assert found.variance == pytest.approx(ALL, rel=0.02)
    assert found.base == 1_024


def test_errors_fall_as_towns_are_added():
    few, more, many = (errors(pairs) for pairs in (16, 128, 1_024))
    assert few > 2 * more > 4 * many


def test_what_is_not_told_apart_is_said():
    says = sensitivity.fit(ishigami(512), NAMES).table.set_index("factor")["says"]
    assert says.to_dict() == {"x1": APART, "x2": APART, "x3": NOT_APART, "idle": NOTHING}
    notes = sensitivity.fit(ishigami(512), NAMES).notes
    assert notes[0].startswith("2 of 4 explain") and notes[-1].startswith("1 of 4 change nothing")


@pytest.mark.slow
@pytest.mark.parametrize(("pairs", "least"), [(16, 0.84), (32, 0.88), (256, 0.91)])
def test_limits_cover(pairs, least):
    """95 % limits hold what is true in 88 % of 200 draws of 16 pairs of towns, 91 % of 32."""
    held = []
    for seed in range(1, 201):
        table = sensitivity.fit(ishigami(pairs, seed), [*NAMES[:3], "idle"]).table
        for row in table[table["factor"] != "idle"].itertuples():
            held.append(row.alone_lower <= ALONE[row.factor] <= row.alone_upper)
            held.append(row.total_lower <= TOTAL[row.factor] <= row.total_upper)
    assert np.mean(held) >= least


def test_the_order_is_salibs():
    from SALib.sample import sobol

    each = dict(zip("abc", "abc", strict=True))
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    theirs = sobol.sample(problem, 8, calc_second_order=False, seed=3)
    base = pd.DataFrame(np.concatenate([theirs[::5], theirs[4::5]]), columns=list("abc"))
    np.testing.assert_array_equal(sensitivity.worlds(base, each), theirs)
    theirs = sobol.sample(problem | {"groups": ["x", "y", "x"]}, 8, calc_second_order=False, seed=3)
    ours = sensitivity.worlds(base, {"a": "x", "b": "y", "c": "x"})
    np.testing.assert_array_equal(ours, theirs)


def test_more_pairs_keep_the_first_ones():
    few, more = sensitivity.worlds(3, seed=3), sensitivity.worlds(8, seed=3)
    assert few.equals(more.iloc[: len(few)])


def test_no_two_factors_go_together_in_all_towns():
    """As they often do within the first points of a Sobol sequence."""
    design = sensitivity.worlds(16)
    step = sensitivity.describe()["topic"].nunique() + 2
    base = pd.concat([design[::step], design[step - 1 :: step]])
    halves = (base < 0.5).T.drop_duplicates()
    assert len(halves) == len(base.columns)


def test_a_group_has_the_indices_of_its_closed_form():
    groups = {"x1": "one and three", "x2": "two", "x3": "one and three"}
    base = pd.DataFrame(sobol_base(512, 3), columns=list(groups))
    places = sensitivity.worlds(base, groups).to_numpy()
    x = np.pi * (2 * places - 1)
    outcome = np.sin(x[:, 0]) * (1 + B * x[:, 2] ** 4) + A * np.sin(x[:, 1]) ** 2
    found = sensitivity.fit(outcome, ["one and three", "two"], resamples=50)
    table = found.table.set_index("factor")
    for name, share in (("one and three", (V1 + V13) / ALL), ("two", V2 / ALL)):
        assert table.loc[name, ["alone", "total"]].tolist() == pytest.approx([share] * 2, abs=0.04)


def test_every_parameter_has_a_topic_and_every_topic_its_parameters():
    table = sensitivity.describe()
    named = [name for names in TOPICS.values() for name in names]
    assert len(set(named)) == len(named) and set(named) <= set(table["factor"])
    assert set(table["topic"]) == {
        *TOPICS,
        REST,
        "luck",
        *(f"claims of article 00{k}" for k in range(5)),
    }


def test_a_place_is_a_town():
    table = sensitivity.describe().set_index("factor")
    low, seed = town(dict.fromkeys(table.index, 0.0))
    assert (low.need, seed) == (table.loc["need", "lowest"], 0)
    assert set(low.holds) == set(SWITCHES)
    high, seed = town(dict.fromkeys(table.index, 0.9999), people=50)
    assert high.need == pytest.approx(table.loc["need", "highest"], rel=1e-4)
    assert (high.holds, seed, high.people) == ((), 9_999, 50)
    with pytest.raises(UnknownName, match="'up1'"):
        town({})
    with pytest.raises(ValueError, match="need is 1"):
        town({**dict.fromkeys(table.index, 0.5), "need": 1})


def test_a_year_is_that_of_the_town():
    towns = sensitivity.worlds(2).iloc[:3]
    acts = {"idle": shop.Acts.idle(), "late": "late"}
    cents = sensitivity.simulate(towns, acts, ["usual"], weeks=2, people=60)
    world, seed = town(towns.iloc[1], people=60)
    year = shop.simulate(world, [shop.Acts.idle(), "usual"], 2, seed=seed)
    assert cents["idle"].iloc[1] == year.cash[0]
    assert cents.index.equals(towns.index)


def test_advice_is_what_the_claims_recommend():
    acts = advice()
    assert acts[USUAL] == shop.Acts() and len(set(acts.values())) == len(acts)
    for switch in SWITCHES.values():
        assert shop.Acts().but(**switch.act) in acts.values()


def test_what_cannot_be_asked():
    with pytest.raises(ValueError, match="base is 0"):
        sensitivity.worlds(0, {"a": "a"})
    with pytest.raises(ValueError, match="base has 3 rows"):
        sensitivity.worlds(pd.DataFrame({"a": [0.1, 0.2, 0.3]}), {"a": "a"})
    with pytest.raises(ValueError, match="multiple of 3"):
        sensitivity.fit([1.0, 2.0], ["a"])
    with pytest.raises(ValueError, match="outcome of row 1 is nan"):
        sensitivity.fit([1.0, np.nan, 2.0], ["a"])
    with pytest.raises(ValueError, match="no variance"):
        sensitivity.fit([1.0] * 6, ["a"])


def test_the_picture_says_what_it_shows():
    found = sensitivity.fit(ishigami(64), NAMES)
    assert "x1: " in look.alt_text(found.plot(rows=2))
    assert "idle" not in look.alt_text(found.plot(rows=2))
