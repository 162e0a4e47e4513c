"""What a contributor relies on: hooks with the lock's versions, types that are checked."""

import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_hooks_run_what_the_lock_holds():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    wanted = [
        word
        for repo in hooks["repos"]
        for hook in repo["hooks"]
        for word in hook.get("additional_dependencies", ())
    ]
    assert wanted
    for word in wanted:
        assert re.search(rf"^{re.escape(word)} ", LOCK, re.MULTILINE), word
