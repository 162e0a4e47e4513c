"""A rule of one's own: typical mistakes are named with a remedy, and runs can be taken in parts."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from frontporch import community
from frontporch.tables import TableError

TOWN = community.from_networkx(nx.karate_club_graph())


def half_missing(ties):
    return np.where(np.arange(len(ties)) % 2 == 0, np.nan, 0.1)


def forgets_to_return(ties):
    np.where(ties.exposures >= 2, 0.3, 0.1)


def asks_one_tie(ties):
    return 0.3 if ties.exposures >= 2 else 0.1


def by_exposure(ties):
    return np.minimum(0.1 * ties.exposures, 1)


@pytest.mark.parametrize(
    ("rule", "error", "words"),
    [
        (half_missing, ValueError, "answered nan to 8 of 16 entries in step 1"),
        (lambda ties: ties.exposures * 0.6 + 0.6, ValueError, r"answered 1\.2 to 16 of 16"),
        (lambda ties: np.where(ties.strong, "yes", "no"), ValueError, "answered '(yes|no)' to 16"),
        (lambda ties: np.array([True, None] * 8), ValueError, "answered None to 8 of 16"),
        (forgets_to_return, ValueError, "does it end with `return`"),
        (asks_one_tie, TypeError, r"write np\.where\(condition"),
        (lambda ties: ties.exposure >= 2, TypeError, "Did you mean 'exposures'"),
        (community.independent_cascade, TypeError, r"call it, such as independent_cascade\(0\.1\)"),
        (community.weighted_cascade, TypeError, "makes one: call it"),
    ],
)
@pytest.mark.parametrize("call", [community.simulate, community.trajectories])
def test_a_typical_mistake_is_named_with_its_remedy(call, rule, error, words):
    with pytest.raises(error, match=words):
        call(TOWN, 0, rule, runs=1, seed=7)


def test_a_property_that_fails_keeps_its_own_words():
    def thinks_of_pressure(ties):
        return ties.pressure > 1

    with pytest.raises(TypeError, match="name it in the rule's `reads`") as caught:
        community.simulate(TOWN, 0, thinks_of_pressure, runs=1, seed=7)
    assert "Did you mean" not in str(caught.value)


def test_whom_to_ask_first_says_how_a_function_of_ones_own_is_given():
    with pytest.raises(TypeError, match=r"not for by_exposure: .*independent_cascade\(function\)"):
        community.influence_maximization(TOWN, 2, by_exposure, seed=7)


@pytest.mark.parametrize("call", [community.simulate, community.trajectories])
def test_runs_in_parts_are_the_runs_of_one_call(call):
    rule = community.independent_cascade(0.2)
    whole = call(TOWN, 0, rule, runs=300, seed=7)
    parts = [call(TOWN, 0, rule, runs=range(k, k + 100), seed=7) for k in (0, 100, 200)]
    if call is community.trajectories:
        ends = [one.adopters[:, -1] for one in parts]
        assert (np.concatenate(ends) == whole.adopters[:, -1]).all()
        return
    assert (np.concatenate([one.sizes for one in parts]) == whole.sizes).all()
    assert [one.runs for one in parts] == [100, 100, 100]
    carried = {kind: sum(one.carried[kind] for one in parts) / 3 for kind in whole.carried}
    assert carried == pytest.approx(whole.carried)


@pytest.mark.parametrize("runs", [0, 1e3, True, "many", range(5, 5), range(-2, 4), None])
def test_a_wrong_number_of_runs_is_named(runs):
    for call in (community.simulate, community.trajectories):
        with pytest.raises(ValueError, match="a whole number from 1 up"):
            call(TOWN, 0, community.independent_cascade(0.2), runs=runs, seed=7)


def test_a_missing_layer_is_named():
    ties = pd.DataFrame(
        {"source": ["ann", "bob"], "target": ["bob", "cas"], "layer": ["local", None]}
    )
    with pytest.raises(TableError, match="row 1, column 'layer': is missing"):
        community.from_table(ties)


class TestWhoIsCreditedWhereWeightsAddUp:
    """Of those who reach a person in the step that tips it, each by its weight."""

    @pytest.mark.parametrize("backend", ["numpy", "numba"])
    def test_credit_goes_by_weight(self, backend):
        if backend == "numba":
            pytest.importorskip("numba")
        # Two tell a third at once: one weighs three times the other, together they always tip.
        town = community.from_arrays(
            [0, 1], [2, 2], 3, directed=True, strength=[3.0, 1.0], layer=["near", "far"]
        )
        rule = community.linear_threshold(by_strength=True)
        found = community.simulate(town, [0, 1], rule, 20_000, 7, backend=backend)
        assert found.mean == 3
        error = (0.75 * 0.25 / 20_000) ** 0.5
        assert found.carried["near"] == pytest.approx(0.75, abs=4 * error)
        assert found.carried["near"] + found.carried["far"] == pytest.approx(1)
