"""The fixture whose numbers R printed: see tests/golden/README.md.

Reference: R 4.2.2, survival 3.5-3 (survfit, coxph), in tests/golden/r_reference.txt.
"""

import pytest

from frontporch.deepening import fit, hazard_ratios

# survfit(Surv(tstart, tstop, ev) ~ 1): stranger, acquaintance, buyer, friend, lost.
OCCUPANCY = {
    4: (0.44000, 0.27250000000, 0.0612500000, 0.003750000, 0.222500000),
    13: (0.06875, 0.22250000000, 0.1525000000, 0.063750000, 0.492500000),
    26: (0.00750, 0.08375000000, 0.1025000000, 0.152500000, 0.653750000),
    52: (0.00000, 0.00738630226, 0.0563089128, 0.171114629, 0.765190156),
    78: (0.00000, 0.00000000000, 0.0201108889, 0.140371429, 0.839517682),
}
BY_CHANNEL = {
    ("offline", 26): (0.0125, 0.10250000000, 0.0925000000, 0.112500000, 0.680000000),
    ("offline", 52): (0.0000, 0.00887982096, 0.0607093980, 0.138083502, 0.792327279),
    ("online", 26): (0.0025, 0.06500000000, 0.1125000000, 0.192500000, 0.627500000),
    ("online", 52): (0.0000, 0.00584089353, 0.0513451908, 0.204531487, 0.738282429),
}
# coxph on time since the stage was entered, and events by weeks at risk (offline, online).
# Standard errors of the first four transitions as printed.
COX = {
    ("stranger", "acquaintance"): (0.623028888, 0.0875209792, 0.106734111, 0.193207062),
    ("acquaintance", "buyer"): (0.379184599, 0.097720945, 0.0793242863, 0.114422433),
    ("buyer", "friend"): (0.0663238024, 0.130653138, 0.0549621512, 0.0597433541),
    ("stranger", "lost"): (0.129142264, 0.129589319, 0.0620154718, 0.0696596891),
}
# survfit()$transitions
TRANSITIONS = {
    ("stranger", "acquaintance"): 547,
    ("stranger", "lost"): 253,
    ("acquaintance", "buyer"): 439,
    ("acquaintance", "lost"): 196,
    ("buyer", "acquaintance"): 92,
    ("buyer", "friend"): 243,
    ("buyer", "lost"): 135,
    ("friend", "buyer"): 60,
    ("friend", "lost"): 69,
}


@pytest.mark.parametrize("week", OCCUPANCY)
def test_aalen_johansen_of_all_pairs(golden_spells, week):
    found = fit(golden_spells)["all"].occupancy.at(week)["share"]
    assert tuple(found) == pytest.approx(OCCUPANCY[week], abs=1e-9)


@pytest.mark.parametrize("channel_and_week", BY_CHANNEL)
def test_aalen_johansen_by_channel(golden_spells, channel_and_week):
    channel, week = channel_and_week
    found = fit(golden_spells, by="channel")[channel].occupancy.at(week)["share"]
    assert tuple(found) == pytest.approx(BY_CHANNEL[channel, week], abs=1e-9)


@pytest.mark.parametrize("step", COX)
def test_cox_of_one_transition(golden_spells, step):
    row = hazard_ratios(golden_spells, *step, reference="offline").iloc[0]
    coefficient, error, *_ = COX[step]
    assert row["covariate"] == "channel: online"
    assert row["log_hazard_ratio"] == pytest.approx(coefficient, abs=1e-6)
    assert row["standard_error"] == pytest.approx(error, abs=1e-6)


@pytest.mark.parametrize("step", COX)
def test_occurrence_exposure_rates(golden_spells, step):
    estimate = fit(golden_spells, by="channel")
    *_, offline, online = COX[step]
    for channel, expected in (("offline", offline), ("online", online)):
        rates = estimate[channel].rates.set_index(["stage", "next_stage"])["rate"]
        assert rates[step] == pytest.approx(expected, abs=1e-9)


def test_transitions_are_counted_as_in_r(golden_spells):
    rates = fit(golden_spells)["all"].rates
    steps = zip(rates["stage"], rates["next_stage"], strict=True)
    assert dict(zip(steps, rates["events"], strict=True)) == TRANSITIONS
