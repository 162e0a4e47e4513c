"""Every folder in datasets/ is a valid, fully described data package, and says what we rely on."""

import calendar
import csv
import hashlib
import json
import os
import re
import shutil
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import frictionless
import pytest

from frontporch import tables as contracts

DATASETS = Path(__file__).parents[2] / "datasets"
FOLDERS = sorted(path for path in DATASETS.iterdir() if path.is_dir())
PACKAGE_KEYS = ("name", "title", "description", "licenses", "sources", "synthetic", "citation")
MEASURED = ("integer", "number", "date", "datetime")


def descriptor(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def read(folder, path):
    with (DATASETS / folder / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables():
    for folder in FOLDERS:
        for resource in descriptor(folder)["resources"]:
            yield pytest.param(folder, resource, id=f"{folder.name}-{resource['name']}")


every_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
every_table = pytest.mark.parametrize(("folder", "resource"), list(tables()))


def test_there_are_data_sets():
    assert len(FOLDERS) >= 8


@every_folder
def test_package_is_valid(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "label", "type", "note"])
    assert len(report.tasks) == len(descriptor(folder)["resources"])


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda lines: [*lines, lines[1]], "primary-key"),
        (lambda lines: [*lines, lines[1].replace("high", "certain")], "constraint-error"),
        (lambda lines: [*lines, lines[1].replace("2010-07-27", "27 July")], "type-error"),
    ],
)
def test_a_spoilt_package_is_not_valid(tmp_path, spoil, kind):
    folder = Path(shutil.copytree(DATASETS / "brand_fans", tmp_path / "brand_fans"))
    path = folder / "brand_fans.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(spoil(lines)) + "\n", encoding="utf-8")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert kind in {kind for (kind,) in report.flatten(["type"])}


@every_folder
def test_package_says_what_it_is(folder):
    package = descriptor(folder)
    assert not [key for key in PACKAGE_KEYS if key not in package]
    assert package["name"] == folder.name
    assert isinstance(package["synthetic"], bool)
    assert all(package[key].strip() for key in ("title", "description", "citation"))
    assert package["licenses"]
    assert all(licence["name"] and licence["title"] for licence in package["licenses"])
    assert package["sources"]
    assert all(source["title"].strip() for source in package["sources"])


@every_folder
def test_a_licence_named_by_a_file_has_the_file(folder):
    for licence in descriptor(folder)["licenses"]:
        path = licence.get("path", "")
        assert path.startswith("https://") or (folder / path).is_file()


@every_folder
def test_every_file_is_described(folder):
    described = {resource["path"] for resource in descriptor(folder)["resources"]}
    assert {path.name for path in folder.glob("*.csv")} == described


@every_table
def test_table_is_fully_described(folder, resource):
    assert resource.get("profile") == "tabular-data-resource"
    assert resource.get("encoding") == "utf-8"
    assert resource.get("title", "").strip(), "the table has no title"
    assert resource.get("description", "").strip(), "the table has no description"
    schema = resource["schema"]
    assert schema.get("missingValues") == [""]
    names = [field["name"] for field in schema["fields"]]
    assert schema.get("primaryKey"), f"primaryKey: which of {names} together name one row?"
    assert set(schema["primaryKey"]) <= set(names)
    for field in schema["fields"]:
        assert field.get("description", "").strip(), f"{field['name']} has no description"
        if field["type"] in MEASURED:
            assert field.get("unit", "").strip(), f"{field['name']} has no unit"


@every_table
def test_rows_are_counted_and_columns_are_in_order(folder, resource):
    rows = read(folder, resource["path"])
    assert len(rows) == resource["rows"]
    assert list(rows[0]) == [field["name"] for field in resource["schema"]["fields"]]


@every_table
def test_file_is_plain_text(folder, resource):
    content = (folder / resource["path"]).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.decode("utf-8")


def test_readme_lists_the_folders():
    readme = (DATASETS / "README.md").read_text(encoding="utf-8")
    listed = {}
    for line in readme.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0] not in ("data set", "---"):
            listed[cells[0]] = tuple(cells[2:])
    actual = {}
    for folder in FOLDERS:
        package = descriptor(folder)
        actual[folder.name] = (
            " + ".join(str(resource["rows"]) for resource in package["resources"]),
            ", ".join(licence["name"] for licence in package["licenses"]),
            "synthetic" if package["synthetic"] else "real",
        )
    missing = [f"| {name} | … | {' | '.join(row)} |" for name, row in actual.items()]
    missing = [
        row for row, name in zip(missing, actual, strict=True) if listed.get(name) != actual[name]
    ]
    assert listed == actual, "datasets/README.md needs these rows:\n" + "\n".join(missing)


@pytest.mark.skipif("FRONTPORCH_REAL" not in os.environ, reason="no real logs on this machine")
def test_no_real_log_is_inside():
    def prints(folder):
        # A changed line ending must not hide a copy.
        return {
            hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest(): path.name
            for path in Path(folder).rglob("*")
            if path.is_file()
        }

    real = prints(os.environ["FRONTPORCH_REAL"])
    assert real, "FRONTPORCH_REAL names a folder without files"
    assert not [name for key, name in prints(DATASETS).items() if key in real]


@pytest.mark.parametrize(
    ("path", "contract"),
    [
        ("brand_fans/brand_fans.csv", "counts"),
        ("cdnow/customers.csv", "customers"),
        ("deepening_life_tables/deepening_life_tables.csv", "life_table"),
    ],
)
def test_table_meets_the_contract_it_travels_under(path, contract):
    with (DATASETS / path).open(encoding="utf-8") as file:
        lines = sum(1 for _ in file)
    assert len(contracts.read(DATASETS / path, contract)) == lines - 1


# What the lessons stand on.


def life_table(community, counted, encounter):
    rows = read("deepening_life_tables", "deepening_life_tables.csv")
    wanted = (community, counted, str(encounter))
    return [r for r in rows if (r["community"], r["counted"], r["encounter"]) == wanted]


def test_students_online_to_the_second_encounter():
    rows = life_table("students online", "any", 2)
    reached = sum(int(row["reached"]) for row in rows)
    censored = sum(int(row["censored"]) for row in rows)
    assert (reached, censored, reached + censored) == (6419, 7419, 13838)


@pytest.mark.parametrize(
    ("community", "pairs"),
    [
        ("students online", 13838),
        ("conference 2009", 9565),
        ("office 2013", 755),
        ("office 2015", 4274),
        ("students by phone", 697),
    ],
)
def test_every_life_table_of_a_community_follows_the_same_pairs(community, pairs):
    rows = [
        row
        for row in read("deepening_life_tables", "deepening_life_tables.csv")
        if row["community"] == community
    ]
    totals = Counter()
    for row in rows:
        totals[row["counted"], row["encounter"]] += int(row["reached"]) + int(row["censored"])
    assert {encounter for _, encounter in totals} == {"2", "3", "5", "10"}
    assert set(totals.values()) == {pairs}


def test_life_tables_hold_no_empty_bin():
    rows = read("deepening_life_tables", "deepening_life_tables.csv")
    assert len(rows) == 857
    assert all(int(row["reached"]) + int(row["censored"]) > 0 for row in rows)


def test_exchange_ladder_starts_with_all_pairs_and_is_a_chain():
    rows = read("exchange_ladder", "exchange_ladder.csv")
    assert (rows[0]["dyads_reaching"], rows[0]["dyads_reaching_next"]) == ("13838", "6458")
    for community in ("students online", "students by phone"):
        steps = [row for row in rows if row["community"] == community]
        assert [int(row["exchange"]) for row in steps] == list(range(13))
        for row, following in pairwise(steps):
            assert row["dyads_reaching_next"] == following["dyads_reaching"]


@pytest.fixture(scope="module")
def counts():
    rows = read("brand_fans", "brand_fans.csv")
    for row in rows:
        for column in ("date_from", "date_to", "date_reported"):
            row[column] = date.fromisoformat(row[column])
        row["fans"] = int(row["fans"])
    return rows


def test_fan_counts_are_all_here(counts):
    assert len(counts) == 124
    assert len({row["brand"] for row in counts}) == 50
    assert {row["platform"] for row in counts} == {"Facebook", "Twitter", "YouTube"}
    assert len(read("brand_fans", "brand_fans_undated.csv")) == 58


def test_starbucks_has_fourteen_points_to_fit(counts):
    page = [r for r in counts if (r["platform"], r["brand"]) == ("Facebook", "Starbucks")]
    points = [row for row in page if row["confidence"] != "low"]
    assert (len(page), len(points)) == (18, 14)
    assert (min(row["fans"] for row in points), max(row["fans"] for row in points)) == (
        3_000_000,
        30_000_000,
    )


def test_a_recorded_date_lies_in_its_window(counts):
    assert all(row["date_from"] <= row["date_reported"] <= row["date_to"] for row in counts)


def test_windows_follow_the_recorded_precision(counts):
    one_day = timedelta(days=1)
    seen = Counter(row["date_precision"] for row in counts)
    for row in counts:
        recorded, first, last = row["date_reported"], row["date_from"], row["date_to"]
        match row["date_precision"]:
            case "day":
                assert (first, last) == (recorded, recorded)
            case "week":
                assert (first.weekday(), last - first) == (0, 6 * one_day)
            case "month":
                days = calendar.monthrange(recorded.year, recorded.month)[1]
                assert (first.day, last.day) == (1, days)
                assert (first.year, first.month) == (last.year, last.month)
            case "year":
                assert (first, last) == (date(recorded.year, 1, 1), date(recorded.year, 12, 31))
            case "season":
                assert (first, last) == (date(2010, 9, 1), date(2010, 11, 30))
            case "quarter":
                assert (first, last) == (date(2018, 4, 1), date(2018, 9, 30))
            case "half-year end":
                assert (first, last) == (date(2010, 6, 30), date(2010, 7, 13))
            case "cross-check":
                assert (first, last) == (date(2010, 4, 28), date(2010, 7, 14))
            case "by this date":
                earlier = [
                    other
                    for other in counts
                    if (other["platform"], other["brand"]) == (row["platform"], row["brand"])
                    and other["date_to"] < recorded
                    and other["fans"] < row["fans"]
                ]
                assert first == max(other["date_to"] for other in earlier) + one_day
                assert last == recorded
            case "after mid-July 2010":
                assert (first, last) == (date(2010, 6, 30), date(2010, 7, 31))
            case other:
                pytest.fail(f"no rule for the precision {other!r}")
    assert seen == {
        "day": 74,
        "month": 21,
        "year": 13,
        "week": 3,
        "season": 3,
        "cross-check": 3,
        "quarter": 2,
        "half-year end": 2,
        "by this date": 2,
        "after mid-July 2010": 1,
    }


def test_a_lower_bound_is_worded_as_one(counts):
    bounds = [row for row in counts if row["at_least"] == "true"]
    assert len(bounds) == 9
    assert all(re.search(r'"(more than|over|surpasses)|\d\+"', row["note"]) for row in bounds)
    softer = re.compile("almost|nearly|just under|about to|fewer than|around|crossing")
    assert not [row for row in bounds if softer.search(row["note"].split(";")[0])]


def test_two_sources_that_disagree_are_both_kept(counts):
    june = [
        row["fans"]
        for row in counts
        if (row["platform"], row["brand"]) == ("Facebook", "Starbucks")
        and (row["date_from"], row["date_to"]) == (date(2010, 6, 1), date(2010, 6, 30))
    ]
    assert sorted(june) == [7_606_987, 7_671_258]


def test_platform_users_are_all_here():
    rows = read("platform_users", "platform_users.csv")
    assert len(rows) == 197
    facebook = [r for r in rows if (r["platform"], r["metric"]) == ("Facebook", "MAU")]
    assert len(facebook) == 61
    ends = {row["date"]: int(row["users"]) for row in facebook}
    assert (ends["2008-09-30"], ends["2023-12-31"]) == (100_000_000, 3_065_000_000)


def test_bass_tables_are_all_here():
    series = Counter(row["series"] for row in read("bass_classics", "bass_classics.csv"))
    assert (len(series), series.total()) == (8, 96)
    published = read("bass_published", "bass_published.csv")
    assert len(published) == 28
    assert sum(row["set"] == "Bass1969" for row in published) == 11


def test_cdnow_has_every_customer():
    rows = read("cdnow", "customers.csv")
    assert [int(row["customer"]) for row in rows] == list(range(1, 2358))
    assert all(float(row["recency"]) <= float(row["age"]) for row in rows)
    assert sum(int(row["frequency"]) for row in rows) == 2457


def test_cdnow_spending_is_missing_exactly_without_a_repeat_purchase():
    rows = read("cdnow", "customers.csv")
    assert sum(row["mean_spend"] != "" for row in rows) == 946
    for row in rows:
        again = int(row["frequency"]) > 0
        assert again == (row["mean_spend"] != "")
        assert again == (float(row["recency"]) > 0)
    assert min(float(row["mean_spend"]) for row in rows if row["mean_spend"]) > 0
