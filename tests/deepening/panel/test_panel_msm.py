"""Covariates of the panel beside R's msm, on data sets of its own.

Where FRONTPORCH_R_DATA names no folder with `cav.csv` and `psor.csv` these tests are skipped, as
docs/published_and_ours.md says.
"""

import pandas as pd
import pytest

from frontporch.deepening.panel import fit_panel
from frontporch.published.r_data import file_of


def table(name):
    """One of R's data sets, or a test that is skipped."""
    file = file_of(name)
    if file is None:
        pytest.skip(f"R's {name}.csv is not here")
    return pd.read_csv(file)


CAV_STEPS = [
    ("none", "mild"),
    ("none", "dead"),
    ("mild", "none"),
    ("mild", "severe"),
    ("mild", "dead"),
    ("severe", "mild"),
    ("severe", "dead"),
]


def cav(covariates):
    """The panel of heart transplants, data `cav` of R's package msm (GPL), written as the others.

    Who has no primary diagnosis is left out where it is a covariate, as msm does.
    """
    raw = table("cav")
    if "ischaemic" in str(covariates):
        raw = raw[raw["pdiag"].notna()]
    stages = {1: "none", 2: "mild", 3: "severe", 4: "dead"}
    looks = pd.DataFrame(
        {
            "pair": raw["PTNUM"],
            "time": raw["years"],
            "stage": raw["state"].map(stages),
            "sex": raw["sex"].astype(float),
            "ischaemic": (raw["pdiag"] == "IHD").astype(float),
        }
    )
    return fit_panel(
        looks,
        covariates,
        steps=CAV_STEPS,
        exact=["dead"],
        stages=list(stages.values()),
        unit="years",
    )


def test_heart_transplants_without_and_with_sex():
    # msm 1.8.2, its own tests (tests/slow/test_fits.r): 3968.7978930519 and 3954.77700438268.
    assert -2 * cav([]).log_likelihood == pytest.approx(3968.7978930519, abs=1e-4)
    found = cav("sex")
    # The effect on mild to dead has no top: msm's search ends 4e-4 short of the limit.
    assert -2 * found.log_likelihood == pytest.approx(3954.77700438268, abs=1e-3)
    assert -2 * found.log_likelihood < 3954.77700438268
    rows = found.summary().iloc[7:].reset_index(drop=True)
    # Jackson (2011), Multi-state modelling with R: the msm package, section 2.8, as printed.
    ratios = {0: 0.5633, 1: 1.129, 2: 1.291, 3: 1.077, 5: 1.097, 6: 2.414}
    for k, ratio in ratios.items():
        assert rows["estimate"][k] == pytest.approx(ratio, abs=6e-5 if ratio < 1 else 6e-4)
    assert rows["lower"].drop(4).notna().all()
    assert rows["note"][4]


def test_heart_transplants_with_effects_that_steps_share():
    # msm's own tests: covariates = ~ sex, constraint = list(sex = c(1,2,3,1,2,3,2)).
    found = cav(
        [
            "none to mild, mild to severe ~ same(sex)",
            "none to dead, mild to dead, severe to dead ~ same(sex)",
            "mild to none, severe to mild ~ same(sex)",
        ]
    )
    assert -2 * found.log_likelihood == pytest.approx(3959.35551766943, abs=1e-4)
    assert len(found.summary()) == 10


def test_heart_transplants_with_diagnosis():
    # Jackson, Multi-state modelling with msm: a practical course, section 4.10: ratios with
    # their limits, and AIC with effects on two steps and with one shared by the two.
    printed = [
        (1.5279, 1.15331, 2.024),
        (1.4870, 0.94878, 2.331),
        (0.9270, 0.51291, 1.675),
        (0.9633, 0.60716, 1.528),
        (0.9333, 0.07213, 12.076),
        (0.7380, 0.27167, 2.005),
        (0.7412, 0.44660, 1.230),
    ]
    rows = cav("ischaemic").summary().iloc[7:]
    assert rows["estimate"].tolist() == pytest.approx([row[0] for row in printed], abs=1e-4)
    for name, place in (("lower", 1), ("upper", 2)):
        assert rows[name].tolist() == pytest.approx([row[place] for row in printed], rel=1e-3)
    own, same = (f"none to mild, none to dead ~ {one}" for one in ("ischaemic", "same(ischaemic)"))
    for formula, aic in ((own, 3945), (same, 3943)):
        found = cav(formula)
        assert round(-2 * found.log_likelihood + 2 * len(found.parameters)) == aic


def test_joints_with_effects_that_steps_share():
    """Data `psor` of R's package msm (GPL), written as the others."""
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
    settings = {"steps": [("1", "2"), ("2", "3"), ("3", "4")], "exact": [], "unit": "months"}
    # msm's own tests: constraint = list(hieffusn = c(1,1,1), ollwsdrt = c(1,1,2)).
    formulas = ["~ same(effused)", "1 to 2, 2 to 3 ~ same(slow)", "3 to 4 ~ slow"]
    found = fit_panel(looks, formulas, stages=list("1234"), **settings)
    assert -2 * found.log_likelihood == pytest.approx(1114.89946121717, abs=1e-4)
    # The course, section 4.7: hazard.msm of ~ hieffusn + ollwsdrt.
    rows = fit_panel(looks, "effused + slow", stages=list("1234"), **settings).summary()
    ratios = rows.set_index(["stage", "covariate"])[["estimate", "lower", "upper"]]
    assert tuple(ratios.loc[("1", "effused")]) == pytest.approx((2.34, 1.094, 5.00), rel=2e-3)
    assert tuple(ratios.loc[("2", "slow")]) == pytest.approx((0.458, 0.264, 0.793), rel=2e-3)
