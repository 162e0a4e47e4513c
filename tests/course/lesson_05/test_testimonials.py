"""Word of peers, of strangers and of the shop's page, weighed by how credible it is."""

from dataclasses import fields

import networkx as nx
import numpy as np
import pytest

from frontporch import community
from frontporch.course.lesson_05.testimonials import credibility_weighted, with_page


def fork():
    """Two adopters, a peer and a stranger, who reach one person."""
    return community.from_arrays([0, 1], [2, 2], strength=[3.0, 1.0], layer=["strong", "weak"])


def test_testimonials_are_hazards_that_add_up():
    rule = credibility_weighted(0.4, {"strong": 0.9, "weak": 0.5})
    expected = 2 + 1 - np.exp(-0.4 * (0.9 * 3 + 0.5 * 1))
    exact = community.simulate(fork(), [0, 1], rule, runs="exact")
    assert exact.mean == pytest.approx(expected, abs=1e-12)
    drawn = community.simulate(fork(), [0, 1], rule, runs=20_000, seed=7)
    assert abs(drawn.mean - expected) < 4 * drawn.standard_error


@pytest.mark.parametrize("weight", [1.0, 3.0])
def test_blame_weighs_more_than_praise(weight):
    rule = credibility_weighted(
        0.4, {"strong": 0.9, "weak": 0.5}, negative=0.3, negative_weight=weight
    )
    strong, weak = 0.4 * 0.9 * 3, 0.4 * 0.5
    expected = 2.0
    for peer in (1, -weight):
        for stranger in (1, -weight):
            chance = (0.7 if peer == 1 else 0.3) * (0.7 if stranger == 1 else 0.3)
            net = max(0.0, peer * strong + stranger * weak)
            expected += chance * (1 - np.exp(-net))
    drawn = community.simulate(fork(), [0, 1], rule, runs=40_000, seed=7)
    assert abs(drawn.mean - expected) < 4 * drawn.standard_error
    with pytest.raises(ValueError, match="exact enumeration tosses no coin"):
        community.simulate(fork(), [0, 1], rule, runs="exact")


def test_unlike_people_are_believed_less():
    pair = community.from_arrays([0], [1], strength=[1.0], group=[0, 1])
    rule = credibility_weighted(1.0, {"strong": 1.0}, unlike=0.25)
    mean = community.simulate(pair, 0, rule, runs="exact").mean
    assert mean == pytest.approx(2 - np.exp(-0.25), abs=1e-12)


def test_the_page_speaks_and_does_not_listen():
    town = with_page(fork(), visitors=[2], strength=2.0)
    assert (town.kinds, town.ties, town.directed) == (("strong", "weak", "page"), 5, True)
    rule = credibility_weighted(0.4)
    reach = community.simulate(town, 3, rule, runs="exact", steps=1)
    assert reach.reached.tolist() == pytest.approx([0, 0, 1 - np.exp(-0.4 * 0.4 * 2), 1])
    assert community.simulate(town, [0, 1], rule, runs=50, seed=7).reached[3] == 0
    drawn = community.simulate(town, [0, 1, 3], rule, runs=4_000, seed=7)
    assert all(drawn.carried[kind] > 0 for kind in ("weak", "strong", "page"))
    layered = with_page(community.ring(6, 2), [0])
    assert community.simulate(layered, 6, rule, runs=5, seed=7).runs == 5
    named = community.from_networkx(nx.Graph([("page", "ann")]))
    with pytest.raises(ValueError, match="already"):
        with_page(named, ["ann"])
    strange = community.from_arrays([0], [1], layer=["local"])
    with pytest.raises(KeyError, match=r"'local'\. Known"):
        community.simulate(strange, 0, rule, runs=2, seed=7)


def test_who_blames_does_not_hang_on_who_is_easily_convinced():
    town = community.small_world(200, 10, 0.1, seed=7)
    told = []

    class Watched(type(credibility_weighted(1.0))):
        def weigh(self, ties):
            blames = ties.luck(ties.source, 1) < 0.1
            told.append(np.stack([ties.run, ties.source, blames, ties.luck(ties.source)]))
            return super().weigh(ties)

    plain = credibility_weighted(1.0, negative=0.1)
    rule = Watched(*(getattr(plain, one.name) for one in fields(plain)))
    community.simulate(town, 0, rule, 50, 7, backend="numpy")
    once = np.unique(np.concatenate(told, axis=1), axis=1)
    blames, luck = once[2], once[3]
    assert len(blames) > 5_000
    assert blames.mean() == pytest.approx(0.1, abs=4 * (0.09 / len(blames)) ** 0.5)
    assert abs(np.corrcoef(blames, luck)[0, 1]) < 4 / len(blames) ** 0.5


@pytest.mark.parametrize(
    "make, text",
    [
        (lambda: credibility_weighted(-1), "persuasion"),
        (lambda: credibility_weighted(1, {"strong": 3}), "strong"),
        (lambda: credibility_weighted(1, negative_weight=0.5), "negative_weight"),
    ],
)
def test_numbers_out_of_range_are_named(make, text):
    with pytest.raises(ValueError, match=text):
        make()
