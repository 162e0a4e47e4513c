"""What every estimator answers to degenerate inputs.

``python tests/docs/degenerate_inputs.py`` writes the tables to docs/degenerate_inputs.md.
"""

import pathlib
import sys
import traceback

import numpy as np
import pandas as pd

from frontporch.deepening import compare, fit, hazard_ratios
from frontporch.deepening.frailty import fit_frailty, within_person
from frontporch.deepening.offers import offer_effect, split_at_offer, trial
from frontporch.deepening.panel import fit_panel
from frontporch.deepening.reciprocity import Events, fit_hawkes
from frontporch.fans import fit_customers, fit_spend, growth, lift
from frontporch.stats import (
    aalen_johansen,
    cox,
    difference,
    kaplan_meier,
    life_table,
    logrank,
    mean_difference,
    nelson_aalen,
    risk_ratio,
    weibull_regression,
    wilson,
)

PEOPLE, PERIODS = 40, 12
PAGE = pathlib.Path(__file__).parents[2] / "docs" / "degenerate_inputs.md"


KEYS = ("covariate", "estimate")


class Waits:
    """Forty people of two groups, one of which comes twice as fast; made worse by `change`."""

    def __init__(self, **change):
        rng = np.random.default_rng(20_271)
        self.group = np.arange(PEOPLE) % 2
        self.age = rng.integers(18, 70, PEOPLE).astype(float)
        self.time = np.round(rng.exponential(8 / (1 + self.group)) + 0.1, 1)
        self.event = rng.random(PEOPLE) < 0.8
        self.entry = None
        for name, value in change.items():
            setattr(self, name, value(self) if callable(value) else value)

    @property
    def covariates(self):
        return pd.DataFrame({"group": self.group.astype(float), "age": self.age})

    @property
    def spells(self):
        """The same as stays of strangers; half of the people come twice, as two pairs."""
        after = np.where(np.asarray(self.event) == 1, "acquaintance", None).astype(object)
        coded = np.asarray(self.event)
        if coded.dtype != bool:
            after = coded.astype(object)
        return pd.DataFrame(
            {
                "pair": np.arange(PEOPLE),
                "person": np.arange(PEOPLE) // 4,
                "channel": np.where(self.group == 1, "online", "offline"),
                "stage": "stranger",
                "entered": np.zeros(PEOPLE) if self.entry is None else self.entry,
                "left": self.time,
                "next_stage": after,
                "age": self.age,
            }
        )

    @property
    def customers(self):
        """The same as customers: it happened where they came back, later where the wait is long."""
        end, wait = np.max(self.time) * 1.5, self.time / np.max(self.time)
        often = np.where(np.asarray(self.event) > 0, 1 + self.age.argsort() % 6, 0)
        return pd.DataFrame(
            {
                "frequency": often,
                "recency": np.where(often > 0, end * (0.25 + 0.75 * wait), 0.0),
                "age": end,
                "mean_spend": np.where(often > 0, 10 * wait / np.mean(wait), np.nan),
                "group": self.group,
                "years": self.age,
                # Half of those to whom it happened are fans; a coin chose the second group.
                "fan": (np.asarray(self.event) > 0) & (self.age.argsort() % 2 == 0),
                "invited": self.group == 1,
                "spend": self.time,
            }
        )

    @property
    def adopters(self):
        """The same as adopters in equal periods."""
        seen = np.asarray(self.time)[np.asarray(self.event) == 1]
        edges = np.linspace(0, np.max(self.time), PERIODS + 1)
        return pd.DataFrame(
            {"year": 2001 + np.arange(PERIODS), "adopters": np.histogram(seen, edges)[0]}
        )


def row(what, estimate, lower=None, upper=None, note=""):
    return {"what": what, "estimate": estimate, "lower": lower, "upper": upper, "note": note}


def of_curve(curve):
    time, lower, upper = curve.quantile()
    note = "; ".join(curve.notes)
    if not note and np.isnan([time, lower, upper]).any():
        note = "the curve, or a limit of it, does not come down to a half"
    return [row("median", time, lower, upper, note)]


def of_hazard(found):
    note = "; ".join(found.notes)
    if not len(found.times):
        return [row("cumulative hazard", 0.0, note=note)]
    ends = (found.hazard[-1], found.lower[-1], found.upper[-1])
    return [row("cumulative hazard", *ends, note)]


def of_table(table, what, estimate, note="note"):
    return [
        row(one[what], one[estimate], one["lower"], one["upper"], one[note])
        for one in table.to_dict("records")
    ]


def of_weibull(found):
    return of_table(found.summary(), "name", "coefficient")


def of_life_table(w):
    long = np.median(w.time) / 5
    whole = np.ceil(np.asarray(w.time) / long)
    edges = np.unique(whole)
    at = np.searchsorted(edges, whole)
    seen = np.asarray(w.event) == 1
    bins = pd.DataFrame(
        {
            "hours_up_to": edges * long,
            "reached": np.bincount(at[seen], minlength=len(edges)),
            "censored": np.bincount(at[~seen], minlength=len(edges)),
        }
    )
    return of_curve(life_table(bins))


def of_stages(w, shared=False):
    after = w.spells["next_stage"]
    stays = aalen_johansen(
        ["stranger"] * PEOPLE,
        after,
        w.spells["entered"],
        w.time,
        stages=["stranger", "acquaintance"],
        cluster=w.spells["person"] if shared else None,
    )
    last = stays.at(np.median(w.time)).iloc[-1]
    return [row("share", last["share"], last["lower"], last["upper"], last["note"])]


def of_fit(w, cluster=None):
    found = fit(w.spells, by="channel", cluster=cluster)
    if not len(found.summary()):
        return [row("rates", np.nan, note="; ".join(found.notes))]
    return of_table(found.summary(), "channel", "rate")


def of_mean_times(w):
    spells = w.spells
    stages = [*dict.fromkeys(["stranger", *spells["next_stage"].dropna().astype(str)])]
    group = fit(spells, cluster="person", stages=stages)["all"]
    horizon = float(np.max(w.time)) / 2
    return of_table(group.restricted_mean(horizon), "stage", "weeks")[:1]


def of_compare(w):
    found = fit(w.spells, by="channel")
    names = list(found.groups)
    last = min(w.time[w.group == k].max() for k in np.unique(w.group))
    weeks = min(np.median(w.time), last)
    both = compare(found[names[0]], found[names[-1]], goal="acquaintance", weeks=weeks)
    return of_table(both.summary(), "measure", "contrast")


def of_within(w):
    return of_table(within_person(w.spells), "covariate", "hazard_ratio")


def of_frailty(w):
    found = fit_frailty(w.spells, person="person")
    summary = found.summary()
    summary["note"] = np.where(summary["note"] == "", "; ".join(found.notes), summary["note"])
    return of_table(summary[["covariate", "estimate", "lower", "upper", "note"]], *KEYS)


def of_offer(w):
    pieces = split_at_offer(w.spells.assign(offered_at=np.where(w.group == 1, 0.0, np.nan)))
    return of_table(offer_effect(pieces, "acquaintance").summary(), "outcome", "hazard_ratio")


def two_looks(spells, after):
    """Looks at the entry and at the end."""
    return pd.DataFrame(
        {
            "pair": np.tile(spells["pair"], 2),
            "channel": np.tile(spells["channel"], 2),
            "time": np.append(spells["entered"], spells["left"]),
            "stage": np.append(spells["stage"], after),
        }
    )


def of_panel(w, shared=False):
    spells = w.spells
    after = spells["next_stage"].where(spells["next_stage"].notna(), "stranger")
    found = fit_panel(
        two_looks(spells, after),
        ["channel"],
        steps=[("stranger", "acquaintance")],
        exact=["acquaintance"],
        stages=["stranger", "acquaintance"],
    )
    if shared:
        found = found.over_people(np.tile(spells["person"], 2))
    return of_table(found.summary().replace({"covariate": {"": "rate"}}), "covariate", "estimate")


def of_shared_panel(w):
    """The same looks; the older half goes another step, and both share the effect."""
    spells = w.spells
    other = np.where(np.asarray(w.age) > np.median(w.age), "friend", "acquaintance")
    moved = spells["next_stage"].notna()
    known = spells["next_stage"] == "acquaintance"
    after = np.where(moved, np.where(known, other, "?"), "stranger")
    found = fit_panel(
        two_looks(spells, after),
        "~ same(channel)",
        steps=[("stranger", "acquaintance"), ("stranger", "friend")],
        exact=["acquaintance", "friend"],
        stages=["stranger", "acquaintance", "friend"],
    )
    rows = found.summary()
    rows["covariate"] = rows["covariate"].where(
        rows["covariate"] != "", "rate to " + rows["next_stage"]
    )
    return of_table(rows, "covariate", "estimate")


def of_hawkes(w):
    """Those of the first group wrote as the one, the others as the other, where it happened."""
    seen = np.asarray(w.event) == 1
    one, other = (np.sort(np.asarray(w.time)[seen & (w.group == k)]) for k in (0, 1))
    found = fit_hawkes(Events.of_two(one, other, hours=float(np.max(w.time)) * 1.01))
    table = found.summary()
    table["what"] = table["parameter"] + " " + table["who"]
    return of_table(table.iloc[:4], "what", "estimate")


def of_logrank(w):
    found = logrank(w.time, w.event, w.group, entry=w.entry)
    return [row("p-value", found.p_value, note="; ".join(found.notes))]


def of_shares(w):
    found = risk_ratio(w.event, w.group)
    return [row("risk ratio", *found, found.note)]


def of_means(w):
    a, b = (np.asarray(w.time)[w.group == k] for k in (1, 0))
    found = mean_difference(a, b)
    return [row("difference", *found, found.note)]


def of_difference(w):
    said = np.asarray(w.event)
    arms = [wilson(int(said[w.group == k].sum()), int((w.group == k).sum())) for k in (1, 0)]
    note = "nobody is in one group" if np.isnan(arms).any() else ""
    return [row("difference", *difference(*arms), note)]


def of_trial(w):
    spells, channels = w.spells, ("offline", "online")
    last = min(w.time[w.group == k].max() for k in np.unique(w.group))
    weeks = min(np.median(w.time), last)
    found = trial(spells, "acquaintance", weeks, by="channel", arms=channels)
    return [row("difference", found.difference, found.lower, found.upper, "; ".join(found.notes))]


def of_lift(w):
    found = lift(w.customers, past=None)
    rows = found.summary()[["estimator", "extra", "lower", "upper"]]
    return of_table(rows.assign(note="; ".join(found.notes)), "estimator", "extra")


def of_parameters(found):
    rows = found.summary().assign(note="; ".join(found.notes))
    return of_table(rows, "parameter", "estimate")


ESTIMATORS = {
    "`stats.kaplan_meier`": lambda w: of_curve(kaplan_meier(w.time, w.event, entry=w.entry)),
    "`stats.nelson_aalen`": lambda w: of_hazard(nelson_aalen(w.time, w.event, entry=w.entry)),
    "`stats.life_table`": of_life_table,
    "`stats.logrank`": of_logrank,
    "`stats.cox`": lambda w: of_table(
        cox(w.time, w.event, w.covariates, entry=w.entry).summary(), "covariate", "hazard_ratio"
    ),
    '`stats.cox`, penalty="firth"': lambda w: of_table(
        cox(w.time, w.event, w.covariates, entry=w.entry, penalty="firth").summary(),
        "covariate",
        "hazard_ratio",
    ),
    "`stats.weibull_regression`": lambda w: of_weibull(
        weibull_regression(w.time, w.event, w.covariates, entry=w.entry)
    ),
    "`stats.aalen_johansen`": of_stages,
    "`stats.aalen_johansen`, cluster=people": lambda w: of_stages(w, shared=True),
    "`stats.risk_ratio`": of_shares,
    "`stats.mean_difference`": of_means,
    "`stats.difference` of `stats.wilson`": of_difference,
    "`deepening.fit`": of_fit,
    '`deepening.fit`, cluster="person"': lambda w: of_fit(w, cluster="person"),
    "mean time of `deepening.fit`, the same": of_mean_times,
    "`deepening.hazard_ratios`": lambda w: of_table(
        hazard_ratios(w.spells, "stranger", "acquaintance"), "covariate", "hazard_ratio"
    ),
    "`deepening.compare`": of_compare,
    "`frailty.within_person`": of_within,
    "`frailty.fit_frailty`": of_frailty,
    "`offers.offer_effect`": of_offer,
    "`panel.fit_panel`": of_panel,
    "`panel.fit_panel`, `over_people`": lambda w: of_panel(w, shared=True),
    '`panel.fit_panel`, "~ same(channel)"': of_shared_panel,
    "`reciprocity.fit_hawkes`": of_hawkes,
    "`offers.trial`": of_trial,
    "`fans.lift`": of_lift,
    "`fans.fit`": lambda w: of_parameters(growth.fit(w.adopters)),
    '`fans.fit_customers`, covariates=["group", "years"]': lambda w: of_parameters(
        fit_customers(w.customers, covariates=["group", "years"])
    ),
    '`fans.fit_customers`, "mbg_nbd"': lambda w: of_parameters(
        fit_customers(w.customers, "mbg_nbd")
    ),
    '`fans.fit_customers`, "pareto_nbd"': lambda w: of_parameters(
        fit_customers(w.customers, "pareto_nbd")
    ),
    "`fans.fit_spend`": lambda w: of_parameters(fit_spend(w.customers)),
}

INPUTS = {
    "As it should be": {},
    "No event": {"event": np.zeros(PEOPLE, bool)},
    "One event": {"event": np.arange(PEOPLE) == 6},
    "All at one time": {"time": np.full(PEOPLE, 5.0)},
    "One group is done before the other begins": {"time": lambda w: w.time + 100 * w.group},
    "Seen late, all of them": {"entry": lambda w: w.time / 2},
    "One group empty": {"group": np.zeros(PEOPLE, int)},
    "No event in a group": {"event": lambda w: w.event & (w.group == 1)},
    "Codes 1 and 2 for events": {"event": lambda w: 1 + w.event},
    "Huge times": {"time": lambda w: w.time * 1e12},
    "Tiny times": {"time": lambda w: w.time * 1e-12},
    "A covariate in another unit": {"age": lambda w: 1e9 * w.age + 1e12},
}


def answer(name, change):
    """Run one estimator on one input; say what came out and whether a reader was told enough."""
    try:
        rows = ESTIMATORS[name](Waits(**change))
    except (ValueError, KeyError) as error:
        # Raised by a line of ours that says so, and not by what such a line calls.
        last = traceback.extract_tb(error.__traceback__)[-1]
        ours = "frontporch" in pathlib.Path(last.filename).parts and "raise " in last.line
        return "refused: " + first_sentence(str(error)), ours
    told = all(
        one["note"] or all(np.isfinite(x) for x in ends(one) if x is not None) for one in rows
    )
    words, notes = [], set()
    for one in rows:
        # What several numbers have in common is said once.
        words.append(said(one | {"note": "" if one["note"] in notes else one["note"]}))
        notes.add(one["note"])
    return "; ".join(dict.fromkeys(words)), told


def ends(one):
    return [one["estimate"], one["lower"], one["upper"]]


def said(one):
    """An answer in the words of the page."""
    words = f"{one['what']} {short(one['estimate'])}"
    if one["lower"] is not None:
        words += f" ({short(one['lower'])} to {short(one['upper'])})"
    if one["note"]:
        words += f" [{first_sentence(one['note'])}]"
    return words


def short(number):
    if number is None or np.isnan(number):
        return "missing"
    if np.isinf(number):
        return "∞" if number > 0 else "−∞"
    return f"{number:.3g}"


def first_sentence(text):
    one = " ".join(text.split()).replace("|", "/")
    return one if len(one) <= 150 else one[:150].rsplit(" ", 1)[0] + " …"


def tables():
    """The page, and the cells in which a reader is not told enough."""
    lines = [
        "# Degenerate inputs, and what is answered",
        "",
        "Forty people in two groups wait for something, half of them twice as fast. Each section",
        "makes them worse in one way. No answer is another package's exception, and none is a",
        "missing number, an infinity or a zero without a word: the words in brackets stand in a",
        "column `note` or in `.notes`. Made by `python tests/docs/degenerate_inputs.py`, and held",
        "to what runs by `tests/docs/test_degenerate_inputs.py`. Synthetic.",
    ]
    silent = []
    for title, change in INPUTS.items():
        lines += ["", f"## {title}", "", "| estimator | answer |", "|---|---|"]
        for name in ESTIMATORS:
            words, told = answer(name, change)
            lines.append(f"| {name} | {words} |")
            if not told:
                silent.append((title, name, words))
    return "\n".join(lines) + "\n", silent


if __name__ == "__main__":
    page, silent = tables()
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    sys.exit("\n".join(map(str, silent)))
