"""The same seed gives the same bits on every processor, with every number of threads.

Each kind of arithmetic gets a process of its own, in which everything that the kit draws or
counts is made; what differs from this machine as it is, is named. Estimates pass through linear
algebra and are compared to a tolerance by their own tests, which run in the same settings.
"""

import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

HERE = pathlib.Path(__file__).parent


sys.path.insert(0, str(HERE))
import results  # noqa: E402
import settings  # noqa: E402

# What passes through functions of the system that numpy's generator or scipy call, by the first
# words of its name, with why. It may differ where the system's functions do, in the last bits.
SYSTEM = {
    "ladder with gamma stays": "scipy's quantile of the gamma distribution",
    "people with very unlike speed": "numpy draws gamma variables of a shape below 1 by a power",
    "heavy buyers": "numpy draws gamma variables of a shape below 1 by a power",
    "orders": "numpy draws gamma and beta variables of shapes below 1 by powers",
}
LAST_BITS = 2e-15


def in_setting(setting, folder, rooms=results.ROOMS):
    """Make everything in a process of its own."""
    target = folder / f"{setting.name}-{len(rooms)}.npz"
    subprocess.run(
        [sys.executable, str(HERE / "results.py"), str(target), *rooms],
        check=True, env=setting.environment(dict(os.environ)), timeout=600,
    )  # fmt: skip
    with np.load(target) as arrays:
        return {str(name): arrays[f"a{k}"] for k, name in enumerate(arrays["names"])}


def unlike(usual, other):
    """Give what differs, by name."""
    assert usual.keys() == other.keys()
    pairs = ((name, results.difference(one, other[name])) for name, one in usual.items())
    return {name: found for name, found in pairs if found[0]}


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return in_setting(settings.BY_NAME["usual"], tmp_path_factory.mktemp("usual"))


def able(name):
    setting = settings.BY_NAME[name]
    if setting.lacking:
        pytest.skip(f"{setting.name} ({setting.meaning}) is left out: {setting.lacking}")
    return setting


@pytest.mark.parametrize("name", ["old", "laptop", "system"])
def test_the_bits_are_the_same(name, usual, tmp_path):
    found = unlike(usual, in_setting(able(name), tmp_path))
    if name == "system":
        found = {
            key: (text, apart) for key, (text, apart) in found.items()
            if not (key.startswith(tuple(SYSTEM)) and apart < LAST_BITS)
        }  # fmt: skip
    assert not found, "\n".join(f"{key}: {text}" for key, (text, _) in found.items())


def test_both_engines_and_two_threads_give_the_same_bits(usual):
    compared = set()
    for key, array in usual.items():
        name, _, part = key.partition(results.BETWEEN)
        if not name.endswith(", numpy") or part == "backend":
            continue
        for engine in ("numba", "two threads"):
            other = f"{name.removesuffix('numpy')}{engine}{results.BETWEEN}{part}"
            if other in usual:
                assert not results.difference(array, usual[other])[0], other
                compared.add((name, engine))
    assert len(compared) > 16


def test_what_hangs_on_the_processor_is_found(tmp_path):
    """A product of matrices, and exponentials where the processor has AVX2 or AVX-512."""
    old, rooms = able("old"), ["drawn_by_the_processor"]
    pair = [in_setting(one, tmp_path, rooms) for one in (settings.BY_NAME["usual"], old)]
    if "AVX2" not in settings.CHOSEN and "X86_V3" not in settings.CHOSEN:
        pytest.skip("the processor is as old as that itself")
    found = unlike(*pair)
    assert set(found) >= {"product", "exponentials"} if settings.HAS_AVX512 else {"product"}
    text, apart = found["product"]
    assert "of 4096, first at " in text
    assert 0 < apart < 1e-9
