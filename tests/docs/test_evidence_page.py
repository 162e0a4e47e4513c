"""The page of evidence and its pictures say what the table says."""

import importlib.util
import pathlib
import re
import xml.etree.ElementTree as ET

import pytest

MADE = pathlib.Path(__file__).with_name("evidence.py")
SVG = "{http://www.w3.org/2000/svg}"


def module():
    spec = importlib.util.spec_from_file_location("evidence_page", MADE)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


maker = module()
CLAIMS, STUDIED = maker.known()


def written(path):
    """The words of a picture, in the order in which they stand."""
    found = ["".join(one.itertext()).strip() for one in ET.parse(path).iter(f"{SVG}text")]
    return [one for one in found if one]


def numbers(path):
    return [float(one) for one in re.findall(r"-?\d+\.\d+", path.read_text(encoding="utf-8"))]


def made_by(path):
    return re.search(r"Matplotlib v[\d.]+", path.read_text(encoding="utf-8"))[0]


def test_the_page_is_current():
    now = maker.page()
    assert maker.PAGE.read_text(encoding="utf-8") == now
    assert [f"## C-{one} " in now for one in CLAIMS] == [True] * 32
    assert now.count("](evidence/claim_") == len(STUDIED) == 28


def test_there_is_a_picture_for_each_claim_with_a_study_and_no_other():
    stored = {path.name for path in maker.PICTURES.iterdir()}
    assert stored == {maker.name_of(one) for one in STUDIED}
    assert sum(path.stat().st_size for path in maker.PICTURES.iterdir()) < 1_500_000


@pytest.mark.parametrize("claim", sorted(STUDIED))
def test_a_picture_names_every_study_with_its_side_its_n_and_its_effect(claim):
    path = maker.PICTURES / maker.name_of(claim)
    said, wanted = written(path), maker.words(claim)
    assert [one for one in said if one in set(wanted)] == wanted
    title = ET.parse(path).find(f"{SVG}title").text
    assert title == maker.alternative(claim)


def test_another_study_in_the_table_would_make_a_picture_stale():
    said = set(written(maker.PICTURES / maker.name_of("2.4")))
    assert not set(maker.words("2.6")) <= said


def redrawn(claim, folder):
    old, new = maker.PICTURES / maker.name_of(claim), folder / "now.svg"
    maker.draw(claim, new)
    if made_by(old) == made_by(new):  # another release of matplotlib lays out words otherwise
        assert numbers(new) == pytest.approx(numbers(old), abs=0.01)
    assert written(new) == written(old)


def test_signs_stand_where_the_table_puts_them(tmp_path):
    redrawn("4.2", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("claim", sorted(STUDIED))
def test_every_picture_is_drawn_the_same(claim, tmp_path):
    redrawn(claim, tmp_path)
