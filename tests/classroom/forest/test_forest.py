"""The forest picture of a claim shows what the table holds, and no interval that was not seen."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from frontporch import data, look
from frontporch.classroom import evidence
from frontporch.classroom.evidence_shown import DESIGNS
from frontporch.classroom.forest.scales import ORDERS, chosen, panels, scale_of
from frontporch.names import UnknownName

STUDIES = data.load("evidence")
CLAIMS = sorted(set(STUDIES["claim"]))


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def bars(figure):
    return sum(len(part.get_segments()) for ax in figure.axes for part in ax.collections)


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_study_stands_in_one_panel_and_only_published_limits_are_drawn(claim):
    rows = STUDIES[STUDIES["claim"] == claim]
    figure = evidence(claim).plot().figure
    told = look.alt_text(figure)
    signs = [line for ax in figure.axes for line in ax.lines if line.get_label() == "_study"]
    assert len(signs) == len(rows)
    assert bars(figure) == rows["lower"].notna().sum()
    arrows = sum(len(ax.texts) for ax in figure.axes if not ax.get_xticks().size)
    sides = rows["effect"].isna() & (rows["bearing"] != "qualifies")
    assert (arrows > 0) == rows["effect"].isna().any() and arrows >= sides.sum()
    for study in rows["study"]:
        assert study in told


def test_a_study_that_was_not_read_takes_no_side():
    unread = "Wu, Ye & Chu 2024"
    shown = evidence("1.3")
    told = look.alt_text(shown.plot().figure)
    assert f"{unread}: association, not read · n not seen" in told
    assert shown.table().set_index("study").loc[unread, "bearing"] == "not read"
    below = shown.plot().figure._supxlabel.get_text().replace("\n", " ")
    assert "were not read: 2." in below
    assert "not read" not in evidence("4.2").plot().figure._supxlabel.get_text()


def test_a_panel_names_its_scale():
    figure = evidence("4.5").plot().figure
    named = [ax.get_xlabel() for ax in figure.axes]
    assert named[0] == "times as much" and "percentage points" in named
    assert named[-1] == "direction only: no size in what was read"


@pytest.mark.parametrize("unit", sorted(set(STUDIES["effect_unit"].dropna())))
def test_every_effect_has_a_scale(unit):
    assert scale_of(unit)


def test_an_unknown_scale_is_refused_with_those_that_are_known():
    with pytest.raises(ValueError, match=r"'miles' begins like no known scale\. Known: percentage"):
        scale_of("miles")


def test_a_study_is_left_out_and_the_picture_says_so():
    whole, rest = evidence("4.2").plot(), evidence("4.2").plot(leave_out=["NSBA 2010"])
    assert "NSBA 2010" in look.alt_text(whole.figure)
    assert "Left out: NSBA 2010." in " ".join(rest.figure._supxlabel.get_text().split())
    assert rest.get_xlim()[0] > 0 or len(rest.figure.axes[0].lines) < len(
        whole.figure.axes[0].lines
    )
    with pytest.raises(UnknownName, match="Did you mean 'NSBA 2010'"):
        evidence("4.2").plot(leave_out=["NSBA 2011"])
    with pytest.raises(ValueError, match="leave out fewer"):
        evidence("2.3").plot(leave_out=["Shankar, Smith & Rangaswamy 2003"])


@pytest.mark.parametrize("sort", ORDERS)
def test_studies_are_sorted(sort):
    found = chosen(evidence("2.2").studies, [], sort, list(DESIGNS))
    if sort in ("year", "n"):
        values = found[sort].dropna().tolist()
        assert values == sorted(values, reverse=True)
        assert not found[sort].isna().to_numpy()[: len(values)].any(), "unseen ones come last"
    else:
        order = list(DESIGNS) if sort == "design" else ["supports", "contradicts", "qualifies"]
        places = found[sort].map(order.index)
        assert places.is_monotonic_increasing
    with pytest.raises(UnknownName, match="Did you mean 'year'"):
        chosen(found, [], "yearr", list(DESIGNS))


def test_a_larger_n_has_a_larger_sign_and_an_unseen_one_the_smallest():
    rows = pd.DataFrame(
        {
            "study": ["Many 2001", "Few 2002", "Unseen 2003"],
            "n": pd.array([1_000_000, 10, None], dtype="Int64"),
            "design": ["experiment"] * 3,
            "read": ["abstract"] * 3,
            "bearing": ["supports"] * 3,
            "effect": [1.0, 2.0, 3.0],
            "effect_unit": ["hours"] * 3,
            "lower": [0.5, None, None],
            "upper": [1.5, None, None],
        }
    )
    from frontporch.classroom.forest.pictures import plot_forest

    ax = plot_forest("Claim", panels(rows))
    sizes = [line.get_markersize() for line in ax.lines if line.get_label() == "_study"]
    assert sizes[0] > sizes[1] > sizes[2]
    assert "1 (0.5 to 1.5) hours" in look.alt_text(ax.figure)
