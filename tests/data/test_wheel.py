"""An installed wheel carries contracts and data sets, and needs no project around it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from frontporch import data, tables

PROJECT = Path(__file__).parents[2]


def run(program, folder, **environment):
    """Run a program in a fresh Python in another folder, with warnings as errors."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(PROJECT)).build(directory=str(folder))))


def test_wheel_holds_contracts_and_data_sets(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        for file in PROJECT.glob("datasets/*/*"):
            name = f"frontporch/{file.relative_to(PROJECT).as_posix()}"
            assert archive.read(name) == file.read_bytes()
    for name in tables.names():
        assert f"frontporch/tables/contracts/{name}.json" in inside
    assert not any(name.startswith(("tests/", "helpers/")) for name in inside)


def test_installed_wheel_loads_from_any_folder(wheel, tmp_path):
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    program = (
        "import frontporch, frontporch.data as data, frontporch.tables as tables\n"
        "from frontporch.data import packages\n"
        "print(frontporch.__file__)\n"
        "print(packages.folder())\n"
        "print(*data.names())\n"
        "print(len(data.load('brand_fans')))\n"
        "print(*tables.names())\n"
    )
    done = run(program, elsewhere, PYTHONPATH=str(site))
    assert done.returncode == 0, done.stderr
    file, folder, names, rows, contracts = done.stdout.splitlines()
    assert Path(file) == site / "frontporch" / "__init__.py"
    assert Path(folder) == site / "frontporch" / "datasets"
    assert names.split() == data.names()
    assert int(rows) == len(data.load("brand_fans"))
    assert contracts.split() == tables.names()


def test_loading_imports_neither_pandera_nor_networkx(tmp_path):
    program = (
        "import sys\n"
        "import frontporch.tables, frontporch.data as data\n"
        "data.load('brand_fans'); data.describe('brand_fans'); data.names()\n"
        "heavy = {'pandera', 'networkx', 'matplotlib', 'scipy', 'statsmodels'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "data.load('karate_club')\n"
        "assert 'networkx' in sys.modules and 'pandera' not in sys.modules\n"
    )
    done = run(program, tmp_path)
    assert done.returncode == 0, done.stderr


def test_checking_raises_no_warning_at_import(tmp_path):
    program = (
        "import pandas as pd\n"
        "from frontporch import tables\n"
        "tables.check(pd.DataFrame({'source': ['a'], 'target': ['b']}), 'ties')\n"
    )
    done = run(program, tmp_path)
    assert done.returncode == 0, done.stderr
