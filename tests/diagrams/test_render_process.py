"""Drawing in processes of their own: with other settings, without standard error, forked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pathways.diagrams import THEMES, Diagram, to_dot


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)


def test_a_closed_standard_error_is_no_reason_not_to_draw() -> None:
    code = (
        "import os, sys\n"
        "os.close(2)\n"
        "sys.stderr = None\n"
        "from pathways.diagrams.render import draw\n"
        "print(draw('digraph { a -> b }', 'svg')[:5])\n"
        "chain = ' -> '.join(f'n{i}' for i in range(1100))\n"
        "print(draw('digraph { ' + chain + ' }', 'svg')[:5])\n"
    )
    done = run(code)
    assert (done.returncode, done.stdout) == (0, "b'<?xml'\nb'<?xml'\n")


def test_many_nodes_give_no_warning_of_a_library() -> None:
    code = (
        "from pathways.diagrams.render import draw\n"
        "chain = ' -> '.join(f'n{i}' for i in range(1100))\n"
        "print(draw('digraph { ' + chain + ' }', 'svg')[:5])\n"
    )
    done = run(code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "b'<?xml'\n", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_leaves_the_fonts_to_its_parent() -> None:
    code = (
        "import os, sys\n"
        "from pathways.diagrams.render import _font_settings, draw\n"
        "draw('digraph { a -> b }', 'svg')\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    sys.exit(0)\n"
        "os.waitpid(child, 0)\n"
        "print(_font_settings().is_file(), _font_settings())\n"
    )
    done = run(code)
    there, file = done.stdout.split(maxsplit=1)
    assert there == "True"
    assert not Path(file.strip()).parent.exists()


DRAW_IN_ANOTHER_PROCESS = """
import hashlib, sys
from pathlib import Path
from pathways.diagrams.model import Arrow, Box
from pathways.diagrams.render import draw
text = Path(sys.argv[1]).read_text(encoding="utf-8")
for format in ("svg", "png", "pdf"):
    print(format, hashlib.sha256(draw(text, format, dpi=72)).hexdigest())
"""


def test_other_processes_fonts_and_hash_seeds_give_the_same_bytes(
    sample: Diagram, tmp_path: Path
) -> None:
    file = tmp_path / "sample.dot"
    file.write_text(to_dot(sample, THEMES["default"], lines="right_angled"), encoding="utf-8")
    settings = [
        {"PYTHONHASHSEED": "1"},
        {
            "PYTHONHASHSEED": "2",
            "HOME": str(tmp_path),
            "XDG_CACHE_HOME": str(tmp_path),
            "FONTCONFIG_PATH": str(tmp_path),
            "FONTCONFIG_FILE": str(tmp_path / "none.conf"),
        },
        {"PYTHONHASHSEED": "3", "LC_ALL": "C", "TZ": "Pacific/Auckland"},
    ]
    outputs = set()
    for setting in settings:
        done = subprocess.run(
            [sys.executable, "-c", DRAW_IN_ANOTHER_PROCESS, str(file)],
            env={**os.environ, **setting},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == 3


def test_text_is_the_same_with_any_hash_seed() -> None:
    code = (
        "from pathways.diagrams import *\n"
        "from pathways.diagrams.model import *\n"
        "boxes = tuple(Box(f's{i}', i + 1, 'action', f'S{i}', group=f'g{i % 3}') for i in range(12))\n"
        "arrows = tuple(Arrow(f'w{i}', f's{i}', f's{(i * 5 + 1) % 12}', 'L') for i in range(12))\n"
        "groups = tuple(Group(f'g{i}', i + 1, f'G{i}') for i in range(3))\n"
        "d = Diagram('x', 'X', '', '', 'patient', boxes, arrows, groups)\n"
        "print(to_dot(d, THEMES['default']), to_mermaid(d, THEMES['default']), to_words(d))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_graphviz_is_loaded_by_the_first_drawing_only() -> None:
    code = (
        "import sys, pathways.diagrams as d\n"
        "print([m for m in ('pygraphviz', 'networkx', 'pandas', 'graphviz') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
