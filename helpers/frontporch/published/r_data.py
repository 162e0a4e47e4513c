"""Data sets of R's packages, which are not part of this project and are read from a folder.

``write.csv(get("lung"), "lung.csv", row.names = FALSE)`` writes one of them.
"""

import functools
import os
from pathlib import Path

import numpy as np
import pandas as pd

from frontporch.counting import repeat
from frontporch.deepening import hazard_ratios
from frontporch.deepening.frailty.em import SharedFrailty
from frontporch.deepening.panel import fit_panel
from frontporch.deepening.panel.estimate import PanelEstimate
from frontporch.deepening.spells import read_spells
from frontporch.stats import cox, kaplan_meier, weibull_regression
from frontporch.stats.clustered import clusters, meat
from frontporch.stats.multistate import occupancy
from frontporch.stats.risk_sets import RiskSets

FOLDER = "FRONTPORCH_R_DATA"
MONTHS = (60, 120, 240, 360)
PLASMA = ("mgus", "pcm", "death")


def file_of(name: str) -> Path | None:
    """Return where R's data set lies, or None where the variable's folder has no such file."""
    folder = os.environ.get(FOLDER, "")
    file = Path(folder) / f"{name}.csv"
    return file if folder and file.is_file() else None


@functools.cache
def _read(file):
    return pd.read_csv(file)


def table(name: str) -> pd.DataFrame:
    """Read one of R's data sets.

    Raises
    ------
    FileNotFoundError
        If the folder has no such file.
    """
    file = file_of(name)
    if file is None:
        raise FileNotFoundError(f"{FOLDER} names no folder with R's {name}.csv.")
    return _read(file)


def _first_events():
    """Spells to plasma cell malignancy or death, whichever came first; months, as R counts."""
    raw = table("mgus2")
    progressed = raw["pstat"] == 1
    cause = np.select([progressed, raw["death"] == 1], ["pcm", "death"], None)
    return pd.DataFrame(
        {
            "pair": raw["id"],
            "stage": "mgus",
            "entered": 0.0,
            "left": np.where(progressed, raw["ptime"], raw["futime"]).astype(float),
            "next_stage": cause,
            "age": raw["age"].astype(float),
            "male": (raw["sex"] == "M").astype(float),
        }
    )


def _shares(spells):
    read = read_spells(spells, stages=PLASMA)["all"]
    found = occupancy(read).at(MONTHS)
    return found.set_index([found["stage"].astype(str), repeat(MONTHS, len(PLASMA))])


def gammopathy_first_events() -> dict[str, float]:
    """Count first events, and give their cumulative incidence in months."""
    spells = _first_events()
    counts, at = spells["next_stage"].value_counts(), _shares(spells)
    found = {"people": len(spells), "malignancies": counts["pcm"], "deaths": counts["death"]}
    for month in MONTHS:
        found[f"malignancy by month {month}"] = at.loc[("pcm", month), "share"]
        found[f"death by month {month}"] = at.loc[("death", month), "share"]
        found[f"standard error, malignancy by month {month}"] = at.loc[
            ("pcm", month), "standard_error"
        ]
    curve = kaplan_meier(spells["left"], spells["next_stage"] == "pcm")
    for month, share in zip(MONTHS[1:], curve.at(MONTHS[1:])["reached"], strict=True):
        found[f"1 - Kaplan-Meier, month {month}"] = share
    return found


def gammopathy_cox() -> dict[str, float]:
    """Give the effects of sex and age on malignancy, cause-specific, with Efron's ties."""
    stages = pd.CategoricalDtype(PLASMA)
    spells = _first_events().astype({"stage": stages, "next_stage": stages})
    found = hazard_ratios(spells, "mgus", "pcm", ("male", "age"))["log_hazard_ratio"]
    return {"male": found.iloc[0], "age": found.iloc[1]}


def gammopathy_illness_death() -> dict[str, float]:
    """Give the share alive with a malignancy, when death may follow it."""
    raw = table("mgus2")
    progressed, died = raw["pstat"] == 1, raw["death"] == 1
    # Who progressed in the month of death, or of the last look, did so a tenth of a month earlier.
    tied = progressed & (raw["ptime"] == raw["futime"])
    when = np.where(tied, raw["ptime"] - 0.1, raw["ptime"])
    ending = pd.Series(None, raw.index, dtype=object).mask(died, "death")
    first = pd.DataFrame(
        {
            "pair": raw["id"],
            "stage": "mgus",
            "entered": 0.0,
            "left": np.where(progressed, when, raw["futime"]),
            "next_stage": ending.mask(progressed, "pcm"),
        }
    )
    second = first.assign(
        stage="pcm", entered=when, left=raw["futime"].astype(float), next_stage=ending
    )[progressed]
    spells = pd.concat([first, second], ignore_index=True)
    moves = spells.dropna(subset="next_stage").groupby(["stage", "next_stage"]).size()
    found = {
        "mgus to malignancy": moves["mgus", "pcm"],
        "mgus to death": moves["mgus", "death"],
        "malignancy to death": moves["pcm", "death"],
    }
    at = _shares(spells)
    return found | {
        f"with malignancy, month {month}": at.loc[("pcm", month), "share"] for month in MONTHS
    }


def lung_cancer() -> dict[str, float]:
    """Give the effects of sex and age on survival with lung cancer, by Cox and by Weibull."""
    raw = table("lung")
    both = raw[["sex", "age"]].astype(float)
    rows = cox(raw["time"], raw["status"] == 2, both).summary()
    line = weibull_regression(raw["time"], raw["status"] == 2, both)
    found = {}
    for name, row in zip(("sex", "age"), rows.itertuples(), strict=True):
        found[f"Cox, {name}"] = row.log_hazard_ratio
        found[f"Cox, error of {name}"] = row.standard_error
    for name, value in zip(("intercept", "sex", "age"), line.coefficients, strict=True):
        found[f"Weibull, {name}"] = value
    return {**found, "Weibull, scale": line.scale}


def kidney_catheters() -> dict[str, float]:
    """Fit a shared gamma frailty to two infections a patient: at R's variance, and at the top."""
    raw = table("kidney")
    sets = RiskSets(
        raw["time"].to_numpy(float),
        raw["status"].to_numpy() == 1,
        raw[["age", "sex"]].to_numpy(float),
        np.zeros(len(raw), int),
    )
    model = SharedFrailty(sets, pd.factorize(raw["id"])[0])
    given, best = model.fit_at(0.41217), model.fit()
    return {
        "rows": len(raw),
        "infections": sets.moves,
        "age, at R's variance": given.coefficients[0],
        "sex, at R's variance": given.coefficients[1],
        "log-likelihood, at R's variance": given.log_likelihood,
        "variance": best.variance,
        "age": best.coefficients[0],
        "sex": best.coefficients[1],
        "log-likelihood": best.log_likelihood,
    }


def rats_of_litters() -> dict[str, float]:
    """Fit a shared gamma frailty to the tumors of rats of 50 litters, without a covariate."""
    raw = table("rats").query("sex == 'f'")
    sets = RiskSets(
        raw["time"].to_numpy(float),
        raw["status"].to_numpy() == 1,
        np.empty((len(raw), 0)),
        np.zeros(len(raw), int),
    )
    model = SharedFrailty(sets, pd.factorize(raw["litter"])[0])
    given, best = model.fit_at(0.504), model.fit()
    return {
        "rats": len(raw),
        "tumors": sets.moves,
        "log-likelihood, at R's variance": given.log_likelihood,
        "variance": best.variance,
        "log-likelihood": best.log_likelihood,
    }


def eyes_of_patients() -> dict[str, float]:
    """Give the effects of diabetes' type and of a treatment on loss of sight, two eyes a patient.

    R's robust errors are the sums over patients alone. Those that `cox` prints are a little
    longer, because the estimate has bent towards whoever holds much of the information.
    """
    raw = table("retinopathy")
    x = pd.DataFrame({"adult": (raw["type"] == "adult").astype(float), "treated": raw["trt"]})
    time, seen = raw["futime"].to_numpy(float), raw["status"].to_numpy() == 1
    rows = cox(time, seen, x.astype(float)).summary()
    sets = RiskSets(time, seen, x.to_numpy(float), np.zeros(len(raw), int))
    at, nobody = rows["log_hazard_ratio"].to_numpy(), np.zeros(len(raw))
    value, _, information = sets.evaluate(at, nobody)
    bread = np.linalg.inv(information)
    robust = bread @ meat(sets.scores(at, nobody)[0], clusters(raw["id"], len(raw))) @ bread
    found: dict[str, float] = {"eyes": len(raw), "eyes that lost sight": seen.sum()}
    for k, row in enumerate(rows.itertuples()):
        found |= {
            row.covariate: row.log_hazard_ratio,
            f"hazard ratio, {row.covariate}": row.hazard_ratio,
            f"error, {row.covariate}": row.standard_error,
            f"robust error, {row.covariate}": np.sqrt(robust[k, k]),
        }
    found["likelihood ratio"] = 2 * (value - sets.evaluate(0 * at, nobody)[0])
    return found


def veterans_lung_cancer() -> dict[str, float]:
    """Give eight effects on survival in a trial of veterans with lung cancer."""
    raw = table("veteran")
    x = pd.DataFrame(
        {
            "treatment": raw["trt"] - 1.0,
            **{
                name: (raw["celltype"] == code).astype(float)
                for name, code in (
                    ("small cell", "smallcell"),
                    ("adeno", "adeno"),
                    ("large cell", "large"),
                )
            },
            "Karnofsky score": raw["karno"].astype(float),
            "months since diagnosis": raw["diagtime"].astype(float),
            "age": raw["age"].astype(float),
            "prior therapy": (raw["prior"] == 10).astype(float),
        }
    )
    rows = cox(raw["time"], raw["status"] == 1, x).summary()
    found = {}
    for name, row in zip(x.columns, rows.itertuples(), strict=True):
        found[name] = row.log_hazard_ratio
        found[f"error of {name}"] = row.standard_error
    return found


def colon_cancer() -> dict[str, float]:
    """Give the effects of two treatments on recurrence of colon cancer."""
    raw = table("colon").query("etype == 1")
    names = {"levamisole": "Lev", "levamisole and fluorouracil": "Lev+5FU"}
    x = pd.DataFrame({name: (raw["rx"] == code).astype(float) for name, code in names.items()})
    rows = cox(raw["time"], raw["status"] == 1, x).summary()
    found: dict[str, float] = {"people": len(raw), "recurrences": raw["status"].sum()}
    for name, row in zip(names, rows.itertuples(), strict=True):
        found[name] = row.log_hazard_ratio
        found[f"error of {name}"] = row.standard_error
        found[f"hazard ratio of {name}"] = row.hazard_ratio
        found[f"lower, {name}"] = row.lower
        found[f"upper, {name}"] = row.upper
    return found


def ovarian_cancer() -> dict[str, float]:
    """Give the effects of two covariates on survival with ovarian cancer, by Weibull."""
    raw = table("ovarian")
    both = raw[["ecog.ps", "rx"]].astype(float)
    line = weibull_regression(raw["futime"], raw["fustat"] == 1, both)
    errors = np.sqrt(np.diag(line.covariance))
    found = {}
    for k, name in enumerate(("intercept", "performance", "treatment")):
        found[name] = line.coefficients[k]
        found[f"error of {name}"] = errors[k]
    return {**found, "scale": line.scale, "log-likelihood": line.log_likelihood}


HEART = {1: "none", 2: "mild", 3: "severe", 4: "dead"}
HEART_STEPS = [("none", "mild"), ("none", "dead"), ("mild", "none"), ("mild", "severe")]
HEART_STEPS += [("mild", "dead"), ("severe", "mild"), ("severe", "dead")]


def heart(covariates: str | list[str]) -> PanelEstimate:
    """Fit the panel of heart transplants; without a diagnosis only where it is no covariate."""
    raw = table("cav")
    if "ischaemic" in str(covariates):
        raw = raw[raw["pdiag"].notna()]
    looks = pd.DataFrame(
        {
            "pair": raw["PTNUM"],
            "time": raw["years"],
            "stage": raw["state"].map(HEART),
            "sex": raw["sex"].astype(float),
            "ischaemic": (raw["pdiag"] == "IHD").astype(float),
        }
    )
    return fit_panel(
        looks,
        covariates,
        steps=HEART_STEPS,
        exact=["dead"],
        stages=list(HEART.values()),
        unit="years",
    )


def heart_transplants() -> dict[str, float]:
    """Fit rates a year to yearly looks after a heart transplant, with the day of death known."""
    estimate = heart([])
    found = {"-2 log-likelihood": -2 * estimate.log_likelihood}
    for row in estimate.rates().itertuples():
        found |= {
            f"{row.stage} to {row.next_stage}{what}": value
            for what, value in (("", row.rate), (", lower", row.lower), (", upper", row.upper))
        }
    after = estimate.ladder().transition_matrix("all", 5)
    for k, stage in enumerate(list(HEART.values())[:-1]):
        for j, other in enumerate(HEART.values()):
            found[f"{stage} to {other} in 5 years"] = after[k, j]
    return found


def heart_transplants_by_sex() -> dict[str, float]:
    """Give the ratios of sex on seven rates; one of them has next to no maximum."""
    estimate = heart("sex")
    ratios = estimate.summary()["estimate"].iloc[len(HEART_STEPS) :]
    found = {"-2 log-likelihood": -2 * estimate.log_likelihood}
    for (stage, after), ratio in zip(HEART_STEPS, ratios, strict=True):
        if (stage, after) != ("mild", "dead"):
            found[f"{stage} to {after}"] = ratio
    return found


def heart_transplants_shared_effects() -> dict[str, float]:
    """Fit effects of sex that several steps share."""
    formulas = [
        "none to mild, mild to severe ~ same(sex)",
        "none to dead, mild to dead, severe to dead ~ same(sex)",
        "mild to none, severe to mild ~ same(sex)",
    ]
    return {"-2 log-likelihood": -2 * heart(formulas).log_likelihood}


def heart_transplants_by_diagnosis() -> dict[str, float]:
    """Give the ratios of an ischaemic diagnosis, and AIC with effects on two steps."""
    rows = heart("ischaemic").summary().iloc[len(HEART_STEPS) :]
    found = {}
    for row in rows.itertuples():
        for what, value in (("", row.estimate), (", lower", row.lower), (", upper", row.upper)):
            found[f"{row.stage} to {row.next_stage}{what}"] = value
    for name, one in (("own", "ischaemic"), ("shared", "same(ischaemic)")):
        fitted = heart(f"none to mild, none to dead ~ {one}")
        aic = -2 * fitted.log_likelihood + 2 * len(fitted.parameters)
        found[f"AIC, {name} effects of two steps"] = aic
    return found


def arthritic_joints() -> dict[str, float]:
    """Fit damage to joints: with effects that steps share, and with effects of each step's own."""
    raw = table("psor").dropna()
    looks = pd.DataFrame(
        {
            "pair": raw["ptnum"],
            "time": raw["months"],
            "stage": raw["state"].astype(int).astype(str),
            "effused": raw["hieffusn"],
            "slow": raw["ollwsdrt"],
        }
    )
    steps = [("1", "2"), ("2", "3"), ("3", "4")]

    def joints(formulas: str | list[str]) -> PanelEstimate:
        stages = list("1234")
        return fit_panel(looks, formulas, steps=steps, exact=[], stages=stages, unit="months")

    shared = joints(["~ same(effused)", "1 to 2, 2 to 3 ~ same(slow)", "3 to 4 ~ slow"])
    rows = joints("effused + slow").summary().set_index(["stage", "covariate"])
    found = {"-2 log-likelihood, shared effects": -2 * shared.log_likelihood}
    for stage, name in (("1", "effused"), ("2", "slow")):
        row = rows.loc[(stage, name)]
        found |= {
            f"{name}, from {stage}{w}": row[c]
            for w, c in (("", "estimate"), (", lower", "lower"), (", upper", "upper"))
        }
    return found
