"""The page on degenerate inputs says what runs, and no cell of it is silent."""

import importlib.util
import pathlib
import re

import pytest

MADE = pathlib.Path(__file__).with_name("degenerate_inputs.py")
NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])")
# Rates and effects at an end of their range: how far the search went there says nothing.
NOTHING = 1e-6


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("degenerate_inputs", MADE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PAGE.read_text(encoding="utf-8"), *module.tables()


def test_no_answer_is_silent_or_somebody_elses(made):
    _, _, silent = made
    assert not silent


def test_the_page_says_what_runs(made):
    stored, now, _ = made
    for before, after in zip(stored.splitlines(), now.splitlines(), strict=True):
        assert NUMBER.sub("#", before) == NUMBER.sub("#", after)
        for one, two in zip(NUMBER.findall(before), NUMBER.findall(after), strict=True):
            one, two = (float(x.replace(",", "").replace("−", "-")) for x in (one, two))
            assert two == pytest.approx(one, rel=0.02, abs=NOTHING if abs(one) < NOTHING else 0)
