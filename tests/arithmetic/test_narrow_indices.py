"""Nothing takes for granted that places and counts have 64 bits: in a browser they have 32.

`narrow/sitecustomize.py` stands in for such a machine. Whole test folders and the kernels of
notebooks run under it with its folder in PYTHONPATH.
"""

import ast
import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

import frontporch

HERE = pathlib.Path(__file__).parent
PACKAGE = pathlib.Path(frontporch.__file__).parent
sys.path.insert(0, str(HERE))
import results  # noqa: E402

REFUSED = {
    "bincount": "np.bincount(wide)",
    "repeat": "np.repeat(wide, wide)",
    "reduceat": "np.add.reduceat(wide, wide)",
}
ALLOWED = {
    "a list of counts": "np.repeat([0, 1], [2, 3])",
    "places that numpy gave": "np.bincount(np.argsort([3, 1]))",
    "indexing by wide numbers": "np.arange(3)[wide]",
    "our own": "bincount(repeat(wide, wide))",
}


def narrow(*words, **given):
    """Run Python where places and counts have 32 bits."""
    environment = os.environ | {"PYTHONPATH": str(HERE / "narrow")}
    return subprocess.run([sys.executable, *words], env=environment, timeout=600, **given)


def tried(code):
    start = (
        "import numpy as np; from frontporch.counting import bincount, repeat\n"
        "wide = np.array([0, 1], dtype=np.int64)\n"
    )
    return narrow("-c", start + code, capture_output=True, text=True)


@pytest.mark.parametrize("what", REFUSED)
def test_wide_numbers_are_refused_as_in_a_browser(what):
    found = tried(REFUSED[what])
    assert found.returncode == 1
    assert "Cannot cast array data from dtype('int64') to dtype('int32')" in found.stderr


def test_what_is_right_passes():
    found = tried("\n".join(ALLOWED.values()))
    assert found.returncode == 0, found.stderr


def test_a_community_is_kept_in_the_same_width():
    """Files that were saved in a browser are those of any other machine."""
    found = tried("""
from frontporch import community
town = community.ring(6, 2)
assert (town.starts.dtype, town.targets.dtype) == (np.int64, np.int32)
""")
    assert found.returncode == 0, found.stderr


def test_what_is_drawn_and_counted_is_the_same_with_narrow_indices(tmp_path):
    rooms = [one for one in results.ROOMS if one != "elementary_numbers"]
    narrow(HERE / "results.py", tmp_path / "narrow.npz", *rooms, check=True)
    with np.load(tmp_path / "narrow.npz") as arrays:
        found = {str(name): arrays[f"a{k}"] for k, name in enumerate(arrays["names"])}
    usual = results.made(rooms)
    assert found.keys() == usual.keys()
    for name, wanted in usual.items():
        # The width may differ, the numbers may not.
        assert not results.difference(found[name].astype(wanted.dtype), wanted)[0], name


def bare_calls(path):
    """Give the lines on which a file counts, repeats or reduces by numbers as wide as they come."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        if name == "reduceat":
            if getattr(getattr(node.args[1], "func", None), "id", "") != "indices":
                yield node.lineno
        elif name in ("bincount", "repeat"):
            yield node.lineno


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix()
)
def test_counts_and_repeats_are_those_of_the_room_for_them(path):
    if path.name != "counting.py":
        assert not list(bare_calls(path)), "use bincount, repeat and indices of frontporch.counting"


def test_a_bare_call_is_found(tmp_path):
    file = tmp_path / "bare.py"
    file.write_text("np.bincount(x)\nx.repeat(y)\nnp.add.reduceat(x, y)\nrepeat(x, y)\n")
    assert list(bare_calls(file)) == [1, 2, 3]
