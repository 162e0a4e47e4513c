"""A result knows what made it: function, data, seed, whom it follows, and the versions."""

import ast
import doctest
import hashlib
import importlib
import inspect
import pathlib
import pickle
import re

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import frontporch
from frontporch import citing, community, data, deepening, fans, stats, tables
from frontporch.citing import Made, bibtex, made_of, sources_in
from frontporch.deepening import logs

PACKAGE = pathlib.Path(frontporch.__file__).parent
ROOT = PACKAGE.parents[1]
# What follows nobody but arithmetic, or says so in words of its own.
OWN_METHODS = {
    "community.compare",
    "community.simulate",
    "community.trajectories",
    "community.fit",
    "deepening.compare",
    "deepening.encounter_curves",
    "deepening.logs.reply_latency",
    "deepening.offers.fit_gain",
    "deepening.offers.trial",
    "fans.backtest",
    "fans.compare",
    "fans.fit",
    "fans.fit_many",
    "fans.forecast",
    "fans.holdout",
    "fans.conversions",
    "fans.lift",
    "fans.break_even",
}


ROOMS = ("community", "deepening", "fans", "stats")  # where research begins


def trees():
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] in ROOMS:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def classes_of_results():
    """Every class that inherits from Result, by its module and name."""
    known, before = {"Result"}, 0
    found = set()
    while len(known) > before:
        before = len(known)
        for path, tree in trees():
            for node in ast.walk(tree):
                bases = [getattr(one, "id", "") for one in getattr(node, "bases", ())]
                if isinstance(node, ast.ClassDef) and set(bases) & known:
                    known.add(node.name)
                    found.add((path, node.name))
    return found


def makers():
    """Public functions whose annotation says that they give a result."""
    results = {name for _, name in classes_of_results()}
    for path, tree in trees():
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        module = importlib.import_module(".".join(("frontporch", *parts)))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.returns is not None:
                words = set(re.findall(r"\w+", ast.unparse(node.returns)))
                name = citing.public_name(f"{module.__name__}:{node.name}")
                public = name != f"{module.__name__}.{node.name}"
                if public and words & results and path.stem != "curves":  # its Shares are none
                    yield name.removeprefix("frontporch."), getattr(module, node.name)


MAKERS = dict(makers())


def test_there_are_many_makers():
    assert len(MAKERS) > 35


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_what_gives_a_result_lets_it_know(name):
    function = MAKERS[name]
    assert hasattr(function, "__wrapped__"), f"{function.__module__}: put @cited above it"
    assert inspect.unwrap(function).__globals__ is function.__globals__


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_a_method_says_whom_it_follows(name):
    found = sources_in(MAKERS[name])
    assert (name in OWN_METHODS) == (not found), found
    assert all(re.match(r".+ \(\d{4}\)", one) for one in found)


def test_examples_are_still_found():
    module = importlib.import_module("frontporch.stats.product_limit")
    names = {one.name for one in doctest.DocTestFinder().find(module) if one.examples}
    assert "frontporch.stats.product_limit.kaplan_meier" in names


def test_from_the_file_to_the_citation(tmp_path):
    file = tmp_path / "messages.csv"
    sent = logs.Calibration.students_online().simulate(seed=7).head(2_000)
    sent.to_csv(file, index=False)
    log = logs.read(file, observed_from_start=True)
    found = logs.bootstrap(logs.waits(log), logs.share_within(24), seed=3, runs=100).cite()
    told = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    assert found.made.data == (
        f"file messages.csv ({file.stat().st_size:,} bytes, SHA-256 {told})",
    )
    assert found.made.seeds == ("3",)
    assert found.sentence.startswith(
        f"Computed with frontporch.deepening.logs.bootstrap of Front Porch {frontporch.__version__}"
    )
    assert "after Owen (2007)" in found.sentence and found.sentence.endswith("Seed: 3.")
    assert "howpublished = {The pigeonhole bootstrap" in found.bibtex


def test_a_data_set_is_cited_as_it_says(tmp_path):
    sold = data.load("bass_classics").query("series == 'vcr_us'")
    growth = fans.fit(sold, fans.bass)
    ahead = fans.forecast(growth, periods=3)
    said = data.describe("bass_classics").citation.rstrip(".")
    for found in (growth, ahead):
        assert found.cite().made.data == (f"data set bass_classics: {said}",)
        assert found.cite().made.sources == ("Bass (1969), Management Science 15:215-227",)
    assert "my own words" in growth.cite("my own words").sentence
    assert said not in growth.cite("my own words").sentence


def test_draws_comparisons_and_parts():
    ladder = deepening.Ladder.online_and_offline()
    one = deepening.fit(ladder.simulate(pairs=100, seed=7), by="channel")
    two = deepening.fit(ladder.simulate(pairs=100, seed=8), by="channel")
    both = deepening.compare(one["online"], two["offline"]).cite().made
    assert both.data == ("synthetic: drawn by frontporch.deepening.Ladder.simulate",)
    assert both.seeds == ("7", "8")
    part = one["online"].reach("friend").cite()
    assert part.made.where.endswith("GroupEstimate.reach") and part.made.seeds == ("7",)


def test_a_rule_hands_its_sources_on():
    town = community.main_street(seed=7).community()
    spread = community.simulate(
        town, "café", community.independent_cascade(0.1), runs=20, seed=9
    ).cite()
    assert spread.made.sources[0].startswith("Goldenberg, Libai & Muller (2001)")
    assert town.synthetic and spread.made.data == (f"synthetic: {town.synthetic}",)
    assert spread.made.seeds == ("9",)


def test_what_is_not_known_is_said():
    curve = stats.kaplan_meier([1, 2, 3], [True, True, False])
    assert "Data: not named." in curve.cite().sentence
    table = pd.DataFrame({"date": ["2020-01-01", "2021-01-01", "2022-01-01"], "users": [1, 5, 9]})
    assert fans.fit(table, fans.bass).cite().made.data == ("a table of 3 rows",)


def test_what_passes_through_stays_as_it_was():
    sold = data.load("bass_classics").query("series == 'vcr_us'")
    series = fans.read_counts(sold)
    made = made_of(series)
    assert fans.read_counts(series) is series and made_of(series) is made


def test_a_pickled_result_keeps_the_versions_that_made_it(monkeypatch):
    curve = stats.kaplan_meier([1, 2, 3], [True, True, False])
    monkeypatch.setattr("frontporch.result.versions", lambda: {"frontporch": "0.0.1"})
    kept = pickle.dumps(curve)
    monkeypatch.undo()
    again = pickle.loads(kept)
    assert again.versions == {"frontporch": "0.0.1"}
    assert again.cite().sentence.startswith(
        "Computed with frontporch.stats.kaplan_meier of Front Porch 0.0.1"
    )
    assert curve.versions["frontporch"] == frontporch.__version__
    assert {"python", "numpy", "pandas", "scipy"} <= set(curve.versions)


def test_parquet_keeps_what_made_a_table(tmp_path):
    pytest.importorskip("pyarrow")
    sent = logs.Calibration.students_online().simulate(seed=7).head(10)
    sent.to_parquet(tmp_path / "sent.parquet")
    assert made_of(pd.read_parquet(tmp_path / "sent.parquet")) == made_of(sent)


def test_the_kit_is_cited_as_its_own_file_says():
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert said["title"] == citing.TITLE and said["authors"][0]["name"] == citing.AUTHOR
    assert said["version"] == frontporch.__version__


@given(st.lists(st.text(max_size=30), max_size=3))
def test_bibtex_is_whole_whatever_the_data_are_called(names):
    made = Made("a:b", ("Cox (1972), JRSS B 34:187-220", "Cox (1972), Other 1:2"), tuple(names))
    told = bibtex(made, {"frontporch": "1"})
    assert told.count("{") == told.count("}")
    keys = re.findall(r"^@\w+{([^,]*),$", told, re.MULTILINE)
    assert keys == [
        "frontporch",
        "cox1972",
        "cox1972b",
        *(f"data{k + 1}" for k in range(len(names))),
    ]
    titles = re.findall(r"^  title = {{(.*)}},$", told, re.MULTILINE)[1:]
    for title in titles:
        assert not re.search(r"(?<!\\)[&%$#_~^]", title)


def test_one_work_is_cited_once():
    works = ("Owen (2007)", "Owen (2007), Annals 1:386", "Owen (2007), Annals, section 3")
    assert citing._one_each(works) == ("Owen (2007), Annals, section 3",)
    two = ("Fader & Hardie (2005), Marketing Science 24", "Fader & Hardie (2005), JMR 42:415")
    assert citing._one_each(two) == two


def test_a_table_that_was_checked_is_still_known(tmp_path):
    file = tmp_path / "ties.csv"
    file.write_text("source,target\nann,bob\n")
    ties = tables.read(file, "ties")
    assert made_of(tables.check(ties, "ties")) == made_of(ties)
    assert made_of(community.from_table(ties)).data == made_of(ties).data
    assert made_of(community.from_table(file)).data == made_of(ties).data
