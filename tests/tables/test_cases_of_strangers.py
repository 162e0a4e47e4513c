"""Files that a stranger brought, written anew: each call gives the right value in two tries."""

import re

import numpy as np
import pandas as pd
import pytest
from mending import mended

from frontporch import community, deepening, fans, tables
from frontporch.deepening import logs, panel
from frontporch.fans.growth import read_counts

# 10: stages of one's own, with an age, from a file


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_own_stages_give_their_rate(saved, separator):
    rows = [(k, "shop", "free", 0, 5 + k, "arrested" if k % 3 else "", 20 + k) for k in range(60)]
    head = ("pair", "channel", "stage", "entered", "left", "next_stage", "age")
    text = "\n".join(separator.join(map(str, row)) for row in [head, *rows])
    spells = tables.read(saved(text + "\n"), "spells")
    rates = deepening.fit(spells)["all"].rates
    # Events over weeks at risk, by hand.
    assert rates.rate.tolist() == pytest.approx([40 / sum(5 + k for k in range(60))], rel=1e-12)
    assert spells.age.tolist() == list(range(20, 80))


# 11: a covariate of numbers is one number a row, also where R wrote NA


def test_a_covariate_with_na_is_said_and_becomes_numbers(saved):
    rng = np.random.default_rng(11)
    rows = [
        f"{k},x,stranger,0,{rng.exponential() / np.exp(0.4 * (k % 3)):.6f},acquaintance,"
        f"{'NA' if k == 7 else k % 3}"
        for k in range(300)
    ]
    file = saved("pair,channel,stage,entered,left,next_stage,dose\n" + "\n".join(rows) + "\n")
    spells = tables.read(file, "spells")
    note = tables.noticed(spells).set_index("example").loc["dose"]
    assert note.done == 'kept as text; missing=["NA"] makes it numbers'
    spells = tables.read(file, "spells", missing=["NA"]).dropna(subset="dose")
    found = deepening.hazard_ratios(spells, "stranger", "acquaintance", ["dose"])
    assert found.covariate.tolist() == ["dose"]
    assert found.log_hazard_ratio[0] == pytest.approx(0.4, abs=0.25)


# 15: days as text, with and without a zone


@pytest.mark.parametrize(
    "days",
    [
        ["2014-03-08 00:00:00", "2014-05-21 00:00:00", "2014-06-21 00:00:00"],
        ["2014-03-08T09:00:00Z", "2014-05-21T09:00:00Z", "2014-06-21T09:00:00Z"],
        ["2014-03-08T09:00:00+01:00", "2014-05-21T09:00:00+02:00", "2014-06-21T09:00:00+02:00"],
        ["08/03/2014", "21/05/2014", "21/06/2014"],
        ["3/8/14", "5/21/14", "6/21/14"],
        ["20140308", "20140521", "20140621"],
        ["41706", "41780", "41811"],
        ["1394236800", "1400630400", "1403308800"],
    ],
)
def test_orders_by_day_give_the_same_summary(saved, days):
    file = saved(
        "date,id\n" + "".join(f"{day},{who}\n" for day, who in zip(days, "011", strict=True))
    )
    made = mended(fans.rfm_summary, file)
    assert made.customer.tolist() == ["0", "1"] and made.frequency.tolist() == [0, 1]
    assert made.recency.tolist() == pytest.approx([0, 31 / 7], rel=1e-12)
    assert made.age.tolist() == pytest.approx([15, 31 / 7], rel=1e-12)
    frame = mended(fans.rfm_summary, pd.read_csv(file))
    assert frame.frequency.tolist() == [0, 1]


# 17: orders of value 0, in several spellings of the same table


@pytest.mark.parametrize("zero", ["0", "0.0", "0,00", "-0"])
def test_an_order_of_value_0_is_a_purchase(saved, zero):
    comma = "," in zero
    text = f"id;when;value\n1;1997-01-01;{zero}\n1;1997-01-18;29.73\n1;1997-02-01;{zero}\n"
    text += "2;1997-02-01;14.96\n2;1997-09-30;5\n"
    file = saved(text.replace(".", ",") if comma else text)
    made = mended(fans.rfm_summary, file, value="value", until="1997-10-31")
    assert made.frequency.tolist() == [2, 1]
    assert made.mean_spend.tolist() == pytest.approx([29.73, 5])
    said = tables.noticed(made).set_index("what")
    assert said.example["orders with a value of 0"] == "lines 2, 4"


# 18: followers that only fall


def test_followers_that_fall_have_no_ceiling_above_what_was_counted(saved):
    dates = pd.date_range("2022-11-08", periods=33, freq="7D").strftime("%Y-%m-%d")
    text = "date,users\n" + "".join(f"{d},{11_763 - 6 * k}\n" for k, d in enumerate(dates))
    counts = read_counts(saved(text))
    said = [note for note in counts.notes if "falls in 32 of 32 steps" in note]
    assert len(said) == 1 and "can only rise" in said[0]
    found = fans.growth.fit(counts)
    assert any("falls in 32 of 32 steps" in note for note in found.notes)


# 21 and 22: counts by day under other names, stages as numbers


@pytest.mark.parametrize("names", ["date,fans", "Day,Followers", "when,subscribers", "month,likes"])
def test_counts_by_day_need_one_error_at_most(saved, names):
    file = saved(f"{names}\n2019-01-01,100\n2019-07-01,300\n2020-01-01,700\n2020-07-01,1400\n")
    assert mended(read_counts, file).totals.tolist() == [100, 300, 700, 1400]
    assert mended(fans.growth.fit, file).series.totals.tolist() == [100, 300, 700, 1400]


def test_stages_that_are_numbers_are_names(saved):
    text = "pair,channel,time,stage\n1,clinic,0,1\n1,clinic,1,2\n2,clinic,0,1\n2,clinic,2,1\n"
    looks = tables.read(saved(text), "snapshots")
    found = panel.fit_panel(looks, stages=(1, 2), steps=[(1, 2)], exact=())
    # One step in (0, 1], none in (0, 2]: the likelihood (1 − e^−r)·e^−2r is highest at ln 1.5.
    assert found.rates().rate.tolist() == pytest.approx([np.log(1.5)], rel=1e-4)


# 12, 14, 23, 26: ties


def test_ties_of_gephi_names_and_directions(saved):
    town = mended(community.from_table, saved("Source,Target,Weight\na,b,5\nb,c,31\na,c,2\n"))
    assert town.to_table().strength.tolist() == [5, 2, 31]
    both = mended(community.from_table, saved("source,target,strength\na,b,1\nb,a,2\nb,c,3\n"))
    assert both.directed and both.to_table().strength.tolist() == [1, 2, 3]
    matrix = pd.DataFrame([[0, 2, 0], [2, 0, 1], [0, 1, 0]], index=list("xyz"), columns=list("xyz"))
    assert community.from_matrix(matrix).people == ("x", "y", "z")
    file = saved("source,target\nZo\u00eb,Bob\nZoe\u0308,Ann\nCas,Bob\nCas ,Ann\n")
    notes = community.from_table(file).noticed
    option = re.search(r'spelling="tidy"', notes[0].done)
    assert notes[0].count == 4 and option
    assert community.from_table(file, spelling="tidy").size == 4


# 04, 09: logs of epoch seconds


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000])
def test_epochs_of_any_unit(saved, unit):
    rows = [(1_709_283_600, "ann", "bob"), (1_709_283_900, "bob", "ann")]
    text = "".join(f"{a * unit},{b},{c}\n" for a, b, c in rows)
    for head in ("start,source,target\n", "Timestamp,From,To\n", ""):
        log = mended(logs.read, saved(head + text), channel="m")
        assert (log.begins, log.pairs) == (pd.Timestamp("2024-03-01 09:00"), 1)
