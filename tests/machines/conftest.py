"""start.py as a module, and a small false project around it."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def start():
    """The set-up program, loaded as a module."""
    spec = importlib.util.spec_from_file_location("front_porch_start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
