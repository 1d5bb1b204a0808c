"""axe-core, which finds what shuts people out of a page; npm gets it."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

LONGEST = 120


def axe_core(folder: Path) -> str:
    """Return the script of axe-core; the test is skipped where it cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to get axe-core with; the other tests of access still run")
    done = subprocess.run(
        [npm, "pack", "axe-core@4", "--silent"],
        cwd=folder,
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    packed = next(folder.glob("axe-core-*.tgz"), None)
    if done.returncode or packed is None:
        pytest.skip("npm could not get axe-core; the other tests of access still run")
    with tarfile.open(packed) as archive:
        found = archive.extractfile("package/axe.min.js")
        assert found is not None
        return found.read().decode("utf-8")


def axe_violations(page: Any, rules: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Return what axe, which the page has run, finds: rule and the first places of each."""
    options = {"resultTypes": ["violations"], "rules": dict(rules)}
    found = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        (each["id"], [node["html"][:200] for node in each["nodes"][:3]])
        for each in found["violations"]
    ]
