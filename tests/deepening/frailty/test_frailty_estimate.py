"""Hidden differences from repeated moves; and the refusal to make them up from single ones."""

import numpy as np
import pytest

from frontporch.deepening import Ladder, hazard_ratios
from frontporch.deepening.frailty import fit_frailty, simulate_people, within_person
from frontporch.deepening.frailty.worlds import meet_shops
from frontporch.streams import spawn

LADDER = Ladder.online_and_offline()


def test_single_spells_are_refused_in_words():
    spells = meet_shops(300, 2.0, 1.0, seed=7, shops=1)
    with pytest.raises(ValueError, match="every pair has a single spell at these steps"):
        fit_frailty(spells)
    with pytest.raises(ValueError, match="person=…"):
        fit_frailty(meet_shops(300, 2.0, 1.0, seed=7, shops=2))


def test_the_ratio_of_one_and_the_same_person_is_found():
    spells = meet_shops(800, 2.0, 1.0, seed=7, shops=3)
    found = fit_frailty(spells, person="person", reference="offline")
    row = found.table.iloc[0]
    assert row["lower"] < 2 < row["upper"]
    assert row["unadjusted"] < 1.7 < row["hazard_ratio"]
    assert abs(found.variance - 1) < 3.5 * found.variance_error
    assert found.variance_limits[0] < found.variance < found.variance_limits[1]
    assert found.p_value < 1e-10
    plain = hazard_ratios(spells, "stranger", "acquaintance", reference="offline").iloc[0]
    assert row["unadjusted"] == pytest.approx(plain["hazard_ratio"], rel=1e-8)


def test_liveliness_is_read_from_all_steps_of_a_pair():
    spells = simulate_people(LADDER, 600, 104, seed=7, frailty=1.0)
    found = fit_frailty(spells, reference="offline")
    assert len(found.table) == 9 and found.people == 600
    assert found.variance_limits[0] < 1 < found.variance_limits[1]
    truth = {"stranger to acquaintance": 1.8, "acquaintance to buyer": 1.5, "stranger to lost": 1.0}
    rows = found.table.set_index("step")
    for step, ratio in truth.items():
        error = np.log(rows.loc[step, "hazard_ratio"] / ratio) / rows.loc[step, "standard_error"]
        assert abs(error) < 3.5
    hidden = spells.drop_duplicates("pair").set_index("pair")["liveliness"]
    assert np.corrcoef(found.liveliness, hidden.loc[found.liveliness.index])[0, 1] > 0.4


def test_steps_that_are_left_out_do_not_count():
    spells = simulate_people(LADDER, 400, 104, seed=7, frailty=1.0)
    steps = [("stranger", "acquaintance"), ("acquaintance", "buyer")]
    found = fit_frailty(spells, steps=steps)
    assert found.table["step"].tolist() == ["stranger to acquaintance", "acquaintance to buyer"]
    with pytest.raises(KeyError, match="step that was made"):
        fit_frailty(spells, steps=[("stranger", "friend")])


def test_people_who_are_alike_are_said_to_be():
    notes = [
        fit_frailty(meet_shops(200, 2.0, 0.0, seed=seed), person="person") for seed in range(6)
    ]
    alike = [one for one in notes if one.variance == 0]
    assert alike and all("no sign of hidden differences" in one.notes[0] for one in alike)
    assert all(one.variance_limits[0] == 0 for one in alike)
    assert all(one.p_value == 1 and np.isnan(one.variance_error) for one in alike)
    assert all(
        one.table["hazard_ratio"].iloc[0] == pytest.approx(one.table["unadjusted"].iloc[0])
        for one in alike
    )


def test_few_repeated_moves_are_warned_of():
    found = fit_frailty(meet_shops(8, 2.0, 1.0, seed=8), person="person")
    assert any("people moved more than once" in note for note in found.notes)
    assert (found.table["note"] != "").all()


def test_the_result_tells_what_it_is():
    found = fit_frailty(meet_shops(100, 2.0, 1.0, seed=8), person="person")
    summary = found.summary()
    assert summary["covariate"].tolist()[-1] == "variance of hidden differences"
    assert "EM" in found.estimator and "frontporch" in found.versions
    with pytest.raises(ValueError, match="Did you mean 'person'"):
        fit_frailty(meet_shops(10, 2.0, 1.0, seed=8), person="persn")


def test_nobody_can_be_compared_with_themselves_in_one_channel_only():
    with pytest.raises(ValueError, match="nobody can be compared with themselves"):
        within_person(meet_shops(50, 2.0, 1.0, seed=8))
    with pytest.raises(ValueError, match="no column 'who'"):
        within_person(meet_shops(50, 2.0, 1.0, seed=8), person="who")


def covered(sets, seed, people=200, variance=1.0, ratio=2.0):
    """Shares of sets in which the intervals hold the ratio and the variance."""
    hits = np.zeros(2)
    for rng in spawn(seed, sets):
        found = fit_frailty(
            meet_shops(people, ratio, variance, rng), person="person", reference="offline"
        )
        row, (low, high) = found.table.iloc[0], found.variance_limits
        hits += (row["lower"] <= ratio <= row["upper"], low <= variance <= high)
    return hits / sets


def test_intervals_cover_in_a_few_sets():
    assert covered(15, seed=20_266, people=100).min() >= 0.8


@pytest.mark.slow
def test_intervals_cover_at_the_nominal_rate():
    ratio, variance = covered(600, seed=20_267)
    assert 0.93 <= ratio <= 0.97
    assert 0.93 <= variance <= 0.97


def test_a_step_that_one_group_never_makes_loses_no_other_number():
    spells = simulate_people(LADDER, 200, 104, seed=7, frailty=1.0)
    never = (spells["channel"] == "offline") & (spells["next_stage"] == "buyer")
    spells = spells[~spells["pair"].isin(spells["pair"][never])].assign(flat=1.0)
    steps = [("stranger", "acquaintance"), ("stranger", "lost"), ("acquaintance", "buyer")]
    found = fit_frailty(spells, ("channel", "flat"), steps=steps)
    rows = found.table.set_index(["step", "covariate"])
    last = rows.loc[("acquaintance to buyer", "channel: online")]
    assert last["upper"] == np.inf and 1 < last["lower"] < np.inf and "no maximum" in last["note"]
    assert rows.xs("flat", level=1)["note"].str.contains("says nothing").all()
    assert rows.xs("channel: online", level=1)["standard_error"].notna().tolist() == [1, 1, 0]
    assert np.isfinite(found.variance_limits).all() and np.isfinite(found.log_likelihood)
    both = meet_shops(60, 2.0, 1.0, seed=7).assign(flat=1.0)
    both["channel"] = np.where(np.arange(len(both)) % 2, "online", "offline")
    own = within_person(both, covariates=("channel", "flat"))
    assert own["note"][1].startswith("flat is the same") and own["standard_error"][0] > 0


ALL_STEPS = [("stranger", "acquaintance"), ("stranger", "lost")]
ALL_STEPS += [("acquaintance", "buyer"), ("acquaintance", "lost")]


def seen_late(seed, people=200, share=0.6, latest=12.0, known=False):
    """Spells of people of variance 1; of a share of them the log begins some weeks after contact.

    Who is a stranger then is seen from then on. Who is further is found in the middle of a stage
    (or, if `known`, with the week in which it began), and who is lost is not seen at all.
    """
    spells = simulate_people(LADDER, people, 104, seed=seed, frailty=1.0, steps=tuple(ALL_STEPS))
    rng = np.random.default_rng([seed, 1])  # not the stream that drew their liveliness
    begins = np.where(rng.random(people) < share, rng.uniform(0, latest, people), 0.0)
    begin = begins[spells["pair"]]
    seen = spells[spells["left"] > begin]
    cut = np.maximum(seen["entered"], begin[seen.index])
    return seen.assign(entered=cut, since=seen["entered"] if known else np.nan)


def test_people_who_are_seen_late_are_compared_with_those_who_got_as_far():
    table = seen_late(7)
    found = fit_frailty(table, steps=ALL_STEPS)
    assert any("are seen late: each is compared" in note for note in found.notes)
    assert any("seen late and in a later stage" in note for note in found.notes)
    late = table["pair"].isin(
        table["pair"][
            (table["entered"] > 0) & (table["stage"] != "stranger") & ~table["pair"].duplicated()
        ]
    )
    alone = fit_frailty(table[~late], steps=ALL_STEPS)
    assert found.variance == pytest.approx(alone.variance, rel=1e-6)
    assert found.variance_limits[0] < 1 < found.variance_limits[1]
    with pytest.raises(ValueError, match="all pairs are observed only from some time after"):
        begun = table.groupby("pair")["entered"].transform("min") > 0
        fit_frailty(table[begun], steps=ALL_STEPS)


def test_people_who_are_found_in_a_later_stage_are_left_out_whatever_is_known_of_it():
    table = seen_late(8, known=True)
    first = table.drop_duplicates("pair")
    further = first["pair"][(first["entered"] > 0) & (first["stage"] != "stranger")]
    found = fit_frailty(table, steps=ALL_STEPS)
    alone = fit_frailty(table[~table["pair"].isin(further)], steps=ALL_STEPS)
    assert found.variance == pytest.approx(alone.variance, rel=1e-6)
    assert f"{len(further)} people are left out" in found.notes[-1]


def late_covered(sets, seed, people):
    """How often intervals hold the truth: the variance, and the ratio of the first step."""
    hits = np.zeros(2)
    for k in range(sets):
        found = fit_frailty(
            seen_late(seed + k, people), steps=ALL_STEPS, reference="offline", level=0.95
        )
        row = found.table.iloc[0]
        hits += [
            found.variance_limits[0] <= 1 <= found.variance_limits[1],
            row["lower"] <= 1.8 <= row["upper"],
        ]
    return hits / sets


@pytest.mark.slow
def test_intervals_of_people_seen_late_cover():
    # 100 sets: three standard errors are 6.5 points.
    assert (late_covered(100, 1_000, 200) >= 0.885).all()
