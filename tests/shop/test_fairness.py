"""The town and its acts are fair: quick looks here, the whole in `fairness.py` and its page."""

import fairness
import fairness_page
import numpy as np
import pytest

from frontporch import shop, stats


def test_shops_sell_as_much_in_a_larger_town_with_more_shops():
    sold = []
    for shops in (2, 4, 8):
        world = shop.World(people=shop.World.people_for(shops))
        year = shop.simulate(world, ["usual"] * shops, weeks=20, seed=7)
        sold.append(year.weeks["orders"].sum() / shops)
    assert max(sold) < 1.15 * min(sold)


def test_the_page_is_made_from_the_tables():
    assert fairness_page.PAGE.read_text(encoding="utf-8") == fairness_page.text()


def test_no_seat_is_better():
    """No seat is further from the town's mean than chance allows among four."""
    apart = fairness_page.beside_town(fairness.kept("seats"))
    error = apart.std(ddof=1) / np.sqrt(len(apart))
    assert (apart.mean().abs() < 3 * error).all()


def test_decisions_weigh_at_least_twice_as_much_as_luck():
    luck = fairness_page.luck_of(fairness.kept("seats"))
    assert fairness_page.decisions_of(fairness.kept("policies"), luck) > 2 * luck


def test_no_fixed_policy_wins_in_more_than_two_towns_of_five():
    played = fairness.kept("policies")
    top = played.loc[played.groupby("world")["cash"].idxmax(), "policy"].value_counts()
    assert set(played["policy"]) >= {fairness.FOUND, *fairness.NAMES}
    assert top.max() / top.sum() <= 0.4


def test_no_act_is_useless_and_none_a_free_lunch():
    """In each of two dozen towns; a setting that pays in nine of ten would be a free lunch."""
    played = fairness.kept("acts")
    assert set(played["act"]) == set(fairness.CHANGES) and played["world"].nunique() >= 24
    by_act = played.groupby("act")["gain"]
    assert by_act.apply(lambda gain: (gain > 0).mean()).max() < 0.9
    settings = {}
    for name, (change, _) in fairness.CHANGES.items():
        settings.setdefault(" and ".join(change), []).append(by_act.max()[name])
    useless = [act for act, most in settings.items() if max(most) <= 0]
    assert not useless


def test_every_act_is_tried():
    tried = {act for change, _ in fairness.CHANGES.values() for act in change}
    assert tried == set(fairness.CHOICES)
    assert tried | {"spare_hours"} == set(shop.Acts().table()["act"])


def test_research_in_the_game_finds_the_hidden_claims():
    played = fairness.kept("learning")
    for claim, of_claim in played[played["weeks"] == 12].groupby("claim"):
        assert fairness.d_prime(of_claim) > 1, claim


def test_one_round_of_research_at_two_percent_of_turnover_pays():
    played = fairness.kept("asking")
    gain = played["gain"] - 0.02 * played["turnover"]
    assert gain.mean() > 2 * gain.std(ddof=1) / np.sqrt(len(gain))


def test_an_act_is_played_as_its_table_says():
    """One town again: the same dollars, whatever the machine."""
    kept = fairness.kept("acts")
    first = int(kept["world"].min())
    again = fairness.acts(1, ["offer at once", "newsletter"], first)
    rows = kept[kept["world"] == first].set_index("act")["gain"]
    assert again.set_index("act")["gain"].to_dict() == rows[list(again["act"])].to_dict()


@pytest.mark.slow
def test_no_seat_is_better_in_other_towns():
    apart = fairness_page.beside_town(fairness.seats(30, first=900_000))
    error = apart.std(ddof=1) / np.sqrt(len(apart))
    assert (apart.mean().abs() < 3.5 * error).all()


@pytest.mark.slow
def test_the_found_policy_wins_in_no_more_than_half_of_other_towns():
    played = fairness.policies(30, fairness.best_found(), first=910_000)
    top = played.loc[played.groupby("world")["cash"].idxmax(), "policy"].value_counts()
    assert stats.wilson(int(top.max()), int(top.sum()))[1] < 0.4


@pytest.mark.slow
def test_asking_pays_in_other_towns():
    limits = fairness.thresholds(fairness.kept("learning"))
    played = fairness.asking(30, fairness.best_found(), limits, first=920_000)
    gain = played["gain"] - 0.02 * played["turnover"]
    assert gain.mean() > gain.std(ddof=1) / np.sqrt(len(gain))
