"""The ladder: stays and snapshots on which R was run as well, and closed forms."""

import pandas as pd

from frontporch import data
from frontporch.deepening import Ladder, fit, hazard_ratios
from frontporch.deepening.ladder import STAGES
from frontporch.deepening.panel import fit_panel, read_snapshots
from frontporch.deepening.reciprocity import Disclosure, Hawkes
from frontporch.stats import weibull_regression

STEPS = [("stranger", "acquaintance"), ("acquaintance", "buyer"), ("buyer", "friend")]
STEPS += [("stranger", "lost")]
CHANNELS = ("offline", "online")


def _stays():
    raw = data.load("ladder_reference", "transitions")
    names = dict(enumerate(STAGES))
    return pd.DataFrame(
        {
            "pair": raw["id"],
            "channel": raw["online"].map(dict(enumerate(CHANNELS))),
            "stage": raw["from"].map(names),
            "entered": raw["tstart"],
            "left": raw["tstop"],
            "next_stage": raw["to"].map(names).astype(object),
        }
    )


def _looks():
    raw = data.load("ladder_reference", "panel")
    return pd.DataFrame(
        {
            "pair": raw["id"],
            "channel": raw["online"].map(dict(enumerate(CHANNELS))),
            "time": raw["week"],
            "stage": raw["state"].map(dict(enumerate(STAGES, start=1))),
        }
    )


def shares_in_stages() -> dict[str, float]:
    """Give the share of pairs in each stage by week, by Aalen and Johansen's estimator."""
    spells = _stays()
    parts = {"all": fit(spells)["all"], **{k: fit(spells, by="channel")[k] for k in CHANNELS}}
    weeks = {"all": (4, 13, 26, 52, 78), "offline": (26, 52), "online": (26, 52)}
    return {
        f"{part}, {stage}, week {week}": share
        for part, found in parts.items()
        for week in weeks[part]
        for stage, share in zip(STAGES, found.occupancy.at(week)["share"], strict=True)
    }


def moves() -> dict[str, float]:
    """Count moves from stage to stage."""
    rates = fit(_stays())["all"].rates
    return {f"{row.stage} to {row.next_stage}": row.events for row in rates.itertuples()}


def cox_by_step() -> dict[str, float]:
    """Compare the channels step by step: Cox regression on time since the stage was entered."""
    found: dict[str, float] = {}
    spells = _stays()
    for step in STEPS:
        row = hazard_ratios(spells, *step, reference="offline").iloc[0]
        found[f"{' to '.join(step)}, log hazard ratio"] = row["log_hazard_ratio"]
        found[f"{' to '.join(step)}, standard error"] = row["standard_error"]
    return found


def rates_by_channel() -> dict[str, float]:
    """Divide moves by weeks at risk."""
    estimate = fit(_stays(), by="channel")
    found: dict[str, float] = {}
    for channel in CHANNELS:
        rates = estimate[channel].rates.set_index(["stage", "next_stage"])["rate"]
        found |= {f"{' to '.join(step)}, {channel}": rates[step] for step in STEPS}
    return found


def weibull_by_step() -> dict[str, float]:
    """Compare the channels step by step: Weibull regression."""
    found: dict[str, float] = {}
    spells = _stays()
    for stage, after in STEPS:
        rows = spells[spells["stage"] == stage]
        fitted = weibull_regression(
            rows["left"] - rows["entered"],
            (rows["next_stage"] == after).to_numpy(bool),
            pd.DataFrame({"online": (rows["channel"] == "online").astype(float)}),
        )
        numbers = (*fitted.coefficients, fitted.scale, fitted.log_likelihood)
        for name, value in zip(
            ("intercept", "online", "scale", "log-likelihood"), numbers, strict=True
        ):
            found[f"{stage} to {after}, {name}"] = value
    return found


def rates_from_snapshots() -> dict[str, float]:
    """Fit rates per week to looks every eight weeks, with the time of loss known."""
    looks = _looks()
    estimate = fit_panel(looks)
    found = {"-2 log-likelihood": -2 * estimate.log_likelihood}
    for row in estimate.rates().itertuples():
        found[f"rate, {row.stage} to {row.next_stage}"] = row.rate
    after = estimate.ladder().transition_matrix("all", 26)
    seen = read_snapshots(looks).table()
    for k, stage in enumerate(STAGES[:-1]):
        for j, other in enumerate(STAGES):
            found[f"{stage} to {other} in 26 weeks"] = after[k, j]
            found[f"{stage}, then {other} at the next look"] = seen[k, j]
    return found


def first_steps() -> dict[str, float]:
    """Give what follows from the ladder's rates by first-step analysis."""
    ladder = Ladder.online_and_offline()
    friends, weeks = ladder.reach("friend"), ladder.expected_weeks("lost")
    at = ladder.occupancy(26).set_index("channel")
    found: dict[str, float] = {}
    for channel in CHANNELS:
        found[f"friend before lost, {channel}"] = friends[channel]
        found[f"weeks to loss, {channel}"] = weeks[channel]
        found |= {f"{stage} in week 26, {channel}": at.loc[channel, stage] for stage in STAGES}
    return found


def message_for_message() -> dict[str, float]:
    """Give the mean rates of two who answer each other, and how far they excite each other."""
    pair = Hawkes((0.2, 0.1), ((0.1, 0.5), (0.6, 0.1)), 1.0)
    first, second = pair.mean_rates()
    alone = Hawkes((0.5, 0.5), ((0.5, 0), (0, 0)), 2.0)
    return {
        "rate of A": first,
        "rate of B": second,
        "spectral radius": pair.radius,
        "variance by mean, excitation 0.5": alone.dispersion()[0],
    }


def give_and_take() -> dict[str, float]:
    """Give where two who disclose in turn settle, and how slowly."""
    pair = Disclosure((0.2, 0.3), (0.5, 0.6))
    first, second = pair.rest_point()
    slow = max(pair.eigenvalues()) / pair.speed
    return {"depth of A": first, "depth of B": second, "slow eigenvalue by pace": slow}
