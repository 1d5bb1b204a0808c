"""The script of the page says the same as Python, for thousands of made-up people."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from pathways.explorer.page import script_text
from tests.conftest import Golden
from tests.explorer.people import FILE, all_cases, models, written

COMPARE = Path(__file__).parent / "compare.mjs"
RUN = """
import {{ readFileSync }} from "node:fs";
import * as compare from {compare};
import * as engine from {engine};
const [models, cases] = {files}.map((file) => JSON.parse(readFileSync(file, "utf8")));
console.log(JSON.stringify(compare.differences(engine, models, cases)));
"""


@pytest.mark.slow
def test_vectors_are_those_that_python_makes_now(golden: Golden) -> None:
    golden(FILE, written(all_cases()))


def test_vectors_are_many_and_of_every_sort() -> None:
    cases = json.loads(FILE.read_text(encoding="utf-8"))
    assert len(cases) >= 2500
    headlines = Counter(each.get("headline") for each in cases)
    assert set(headlines) == {"emergency", "urgent", "check_signs", "here", "finished"}
    assert min(headlines.values()) >= 100
    hows = Counter(how for each in cases for _, how in each.get("stops", []))
    assert set(hows) == {"at", "due", "under_way", "done", "not_available"}
    statuses = Counter(letter for each in cases for part in each.get("on", []) for letter in part)
    assert min(statuses[letter] for letter in "cpe") >= 1000
    assert len({json.dumps(each.get("stops", [])) for each in cases}) >= 120
    assert sum(bool(each.get("doubts")) for each in cases) >= 10
    assert sum(len(each.get("stops", [])) > 1 for each in cases) >= 10


def test_node_says_the_same(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        reason = "no node on the path; Chromium runs the same vectors"
        if os.environ.get("CI") and shutil.which("chromium") is None:
            pytest.fail(reason)
        pytest.skip(reason)
    engine, data, run = (tmp_path / name for name in ("engine.mjs", "models.json", "run.mjs"))
    engine.write_text(script_text(), encoding="utf-8")
    data.write_text(json.dumps(models()), encoding="utf-8")
    text = RUN.format(
        compare=json.dumps(COMPARE.as_uri()),
        engine=json.dumps(engine.as_uri()),
        files=json.dumps([str(data), str(FILE)]),
    )
    run.write_text(text, encoding="utf-8")
    done = subprocess.run([node, str(run)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
