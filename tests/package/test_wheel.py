"""The wheel, built and installed as users do, away from the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from email.parser import Parser
from pathlib import Path

import pytest

import pathways

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT],
        check=True,
        cwd=folder,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with what it needs into an empty environment; return its programs."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True, cwd=folder)
    return programs


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run an installed program in an empty folder, with nothing in its environment."""
    env = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}

    def run_program(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed / arguments[0], *arguments[1:]],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=env,
            timeout=300,
        )

    return run_program


def test_the_wheel_has_everything_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pathways").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert {name for name in names if name.startswith("pathways/")} == package
    assert {name.split("/")[0] for name in names} == {
        "pathways",
        f"care_pathways-{pathways.__version__}.dist-info",
    }
    for wanted in (
        "pathways/py.typed",
        "pathways/library/catalogue/findings/warning-signs.yaml",
        "pathways/library/catalogue/thresholds.yaml",
        "pathways/library/items/seed-004.yaml",
        "pathways/library/items/omissions.yaml",
        "pathways/library/pathways/severe-back-pain.yaml",
        "pathways/library/pathways/safety.yaml",
        "pathways/library/templates/starter.yaml",
        "pathways/diagrams/fonts/Arimo-Regular.ttf",
        "pathways/diagrams/fonts/Arimo-Bold.subset.woff2",
        "pathways/diagrams/fonts/advances.json",
        "pathways/diagrams/fonts/OFL.txt",
        "pathways/reading/schemas/pathway.schema.json",
    ):
        assert wanted in names


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    info = f"care_pathways-{pathways.__version__}.dist-info"
    data = Parser().parsestr(archive.read(f"{info}/METADATA").decode("utf-8"))
    assert data["Name"] == "care-pathways"
    assert data["Version"] == pathways.__version__
    assert data["Requires-Python"] == ">=3.11"
    assert data["License-Expression"] == "MIT"
    needed = {re.split(r"[ <>=]", each)[0] for each in data.get_all("Requires-Dist", ())}
    assert {"fonttools", "graphviz", "pygraphviz", "typst"} <= needed
    assert "pathways = pathways.cli.main:run" in archive.read(f"{info}/entry_points.txt").decode()
    assert f"{info}/licenses/LICENSE" in archive.namelist()


Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_demo_runs_from_an_empty_folder(run: Run, tmp_path: Path) -> None:
    done = run("pathways", "demo")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "Traceback" not in done.stderr
    folder = tmp_path / "pathways-demo"
    assert (folder / "index.html").is_file()
    assert (folder / "severe-back-pain.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "severe-back-pain-large-print-a4.pdf").read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["pathways-demo"]


def test_the_list_and_a_picture(run: Run, tmp_path: Path) -> None:
    listed = run("pathways", "list")
    assert listed.returncode == 0, listed.stderr
    assert "severe-back-pain" in listed.stdout
    drawn = run("pathways", "draw", "severe-back-pain", "-o", "x.png")
    assert (drawn.returncode, drawn.stderr) == (0, "wrote x.png\n")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_is_the_same_as_from_the_checkout(run: Run, tmp_path: Path) -> None:
    assert run("pathways", "draw", "safety", "-o", "x.svg").returncode == 0
    safety = pathways.load("safety")
    assert (tmp_path / "x.svg").read_text(encoding="utf-8") == safety.picture().svg


def test_pages_are_the_same_as_from_the_checkout(run: Run, tmp_path: Path) -> None:
    drawn = run("pathways", "draw", "safety", "--pages", "a4", "-o", "x.pdf")
    assert (drawn.returncode, drawn.stderr) == (0, "wrote x.pdf\n")
    assert (tmp_path / "x.pdf").read_bytes() == pathways.load("safety").pages("a4").pdf()
    assert run("pathways", "draw", "safety", "--embed-font", "-o", "x.svg").returncode == 0
    assert "@font-face" in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_a_file_of_ones_own(run: Run, tmp_path: Path) -> None:
    assert run("pathways", "new", "sore-knee").returncode == 0
    assert run("pathways", "draw", "sore-knee.yaml").stderr == "wrote sore-knee.svg\n"
    assert run("pathways", "words", "sore-knee.yaml", "--reader", "patient").stdout
    assert run("pathways", "schema", "-o", "s.json").returncode == 0
    assert (tmp_path / "s.json").is_file()


def test_the_python_interface(run: Run) -> None:
    done = run(
        "python",
        "-c",
        "import pathways, sys; p = pathways.load('severe-back-pain'); "
        "print(p.graph().number_of_nodes() == len(p.states), len(p.states_table()) == len(p.states), "
        "pathways.__version__, 'tests' in sys.modules)",
    )
    assert done.stdout == f"True True {pathways.__version__} False\n", done.stderr
