"""Drawing in processes of their own: with other settings, without standard error, forked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = """
import hashlib
from pathways.diagrams import Diagram, diagram_pages, diagram_picture, style_of
from pathways.diagrams.model import Alarm, Arrow, Box, Group, Line

boxes = tuple(
    Box(f"s{i}", i + 1, "decision" if i % 3 == 0 else "action", f"Step {i}", "détail → ≥ 30 %",
        group=f"g{i // 4}", lines=(Line("Heat"), Line("TENS")) if i % 5 == 4 else ())
    for i in range(12)
)
arrows = tuple(
    Arrow(f"w{i}-{j}", f"s{i}", f"s{(i * j + 1) % 12}", f"Label {j}") for i in range(12) for j in (1, 2)
)
groups = tuple(Group(f"g{i}", i + 1, f"Phase {i}") for i in range(3))
alarms = (Alarm("i", "emergency", "Sign", "you are numb", 3, "Step 2", "s2"),)
sample = Diagram("x", "Back pain", "The whole", "Draft.", "patient", boxes, arrows, groups, alarms=alarms)
chain = Diagram(
    "y", "Chain", "", "Draft.", "patient",
    tuple(Box(f"s{i}", i + 1, "action", f"Step {i}") for i in range(1100)),
    tuple(Arrow(f"w{i}", f"s{i}", f"s{i + 1}") for i in range(1099)),
)

def digest(diagram=sample):
    drawn = diagram_picture(diagram, style_of())
    printed = diagram_pages(diagram, style_of(profile="clinician"))
    parts = [drawn.svg.encode(), drawn.with_font().svg.encode(), drawn.png(72), drawn.pdf()]
    parts += [page.svg.encode() for page in printed]
    return hashlib.sha256(b"".join([*parts, printed.pdf()])).hexdigest()
"""


def run(
    code: str, *, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **(env or {})},
    )


MANY_BOXES = "print(diagram_picture(chain, style_of()).svg[:5])\n"


def test_a_closed_standard_error_is_no_reason_not_to_draw() -> None:
    closed = "import os, sys\nos.close(2)\nsys.stderr = None\n"
    done = run(f"{closed}{SAMPLE}print(digest())\n{MANY_BOXES}")
    assert (done.returncode, done.stdout) == (0, run(f"{SAMPLE}print(digest())").stdout + "<?xml\n")


def test_many_boxes_give_no_warning_of_a_library() -> None:
    done = run(SAMPLE + MANY_BOXES)
    assert (done.returncode, done.stdout, done.stderr) == (0, "<?xml\n", "")


FORKED = """
import os, sys, time
from pathways.errors import DrawingError
def parts():
    drawn = diagram_picture(sample, style_of())
    return {"svg": drawn.svg.encode, "png": drawn.png, "pdf": drawn.pdf}[FORMAT]()
before = parts()
child = os.fork()
if not child:
    try:
        os._exit(0 if parts() == before else 1)
    except DrawingError as error:
        os._exit(3 if "forked" in str(error) else 4)
for _ in range(80):
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        break
    time.sleep(0.1)
else:
    os.kill(child, 9)
    os.waitpid(child, 0)
    sys.exit("the child hangs")
print(os.waitstatus_to_exitcode(status), parts() == before)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("format", ["svg", "png"])
def test_a_forked_child_draws_what_its_parent_draws(format: str) -> None:
    done = run(f"{SAMPLE}FORMAT = {format!r}\n{FORKED}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "0 True\n", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_is_told_that_it_can_make_no_pdf() -> None:
    """Typst would wait there for ever for threads that the fork has not taken along."""
    done = run(f"{SAMPLE}FORMAT = 'pdf'\n{FORKED}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 True\n", "")


def test_no_file_is_left_behind_anywhere(tmp_path: Path) -> None:
    """Neither in the current folder, nor at home, nor among temporary files, nor in the package."""
    folders = {name: tmp_path / name for name in ("here", "home", "cache", "temporary")}
    for folder in folders.values():
        folder.mkdir()
    env = {
        "HOME": str(folders["home"]),
        "USERPROFILE": str(folders["home"]),
        "XDG_CACHE_HOME": str(folders["cache"]),
        "XDG_DATA_HOME": str(folders["cache"]),
        "PYTHONDONTWRITEBYTECODE": "1",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folders["temporary"])),
    }
    code = (
        "from pathlib import Path\n"
        "import pathways\n"
        "def package():\n"
        "    return sorted(Path(pathways.__file__).parent.rglob('[!_]*'))\n"
        "before = package()\n"
        "digest()\n"
        "assert package() == before\n"
    )
    done = run(SAMPLE + code, cwd=folders["here"], env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    left = [path.name for folder in folders.values() for path in folder.iterdir()]
    assert left == []


def test_other_processes_fonts_locales_and_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
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
        {"PYTHONHASHSEED": "4", "LC_ALL": "de_DE.UTF-8", "SOURCE_DATE_EPOCH": "1234567890"},
        {"PYTHONHASHSEED": "5", "LC_ALL": "tr_TR.UTF-8", "TYPST_FONT_PATHS": "/usr/share/fonts"},
    ]
    outputs = set()
    for setting in settings:
        done = run(f"{SAMPLE}print(digest())", env=setting)
        assert (done.returncode, done.stderr) == (0, "")
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop().strip()) == 64


def test_text_is_the_same_with_any_hash_seed() -> None:
    code = (
        "from pathways.diagrams import THEMES, to_dot, to_mermaid, to_words\n"
        "look = THEMES['default']\n"
        "print(to_dot(sample, look), to_mermaid(sample, look), to_words(sample))\n"
    )
    outputs = {
        run(SAMPLE + code, env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 1000


HEAVY = ("pygraphviz", "typst", "fontTools", "networkx", "pandas", "graphviz")


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        ("import pathways.diagrams", []),
        ("picture = diagram_picture(sample, style_of()); picture.svg", ["pygraphviz"]),
        ("diagram_pages(sample, style_of(profile='clinician'))", ["pygraphviz"]),
        ("diagram_picture(sample, style_of()).pdf()", ["pygraphviz", "typst"]),
    ],
    ids=["import", "svg", "pages", "pdf"],
)
def test_libraries_are_loaded_by_the_first_drawing_that_needs_them(
    code: str, loaded: list[str]
) -> None:
    show = f"\nimport sys\nprint([name for name in {HEAVY} if name in sys.modules])\n"
    done = run(SAMPLE + code + show)
    assert (done.stdout, done.stderr) == (f"{loaded}\n", "")
