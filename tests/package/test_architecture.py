"""The layers of the package: lower never imports higher."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]


def test_the_contract_names_every_part_of_the_package() -> None:
    (layers,) = [each for each in SETTINGS["contracts"] if each.get("containers") == ["pathways"]]
    named = {part.strip() for line in layers["layers"] for part in line.split("|")}
    parts = {
        path.stem if path.is_file() else path.name
        for path in (ROOT / "pathways").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert named | set(layers["exhaustive_ignores"]) == parts - {"__init__"}
    assert layers["exhaustive"] is True


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("pygraphviz", "diagrams/layout/engine.py"),
        ("typst", "diagrams/printing.py"),
    ],
)
def test_a_drawing_library_has_one_home(library: str, home: str) -> None:
    package = ROOT / "pathways"
    found = [
        path.relative_to(package).as_posix()
        for path in sorted(package.rglob("*.py"))
        if re.search(rf"^\s*(import|from) {library}\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert found == [home]


def test_every_module_a_contract_names_is_there() -> None:
    names = [
        name
        for contract in SETTINGS["contracts"]
        for key in ("modules", "source_modules", "layers", "forbidden_modules")
        for line in contract.get(key, ())
        for name in line.split(" | ")
        if name.startswith("pathways.")
    ]
    assert len(names) > 10
    for name in names:
        path = ROOT.joinpath(*name.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__init__.py").is_file(), name


def test_the_layers_are_kept(tmp_path: Path) -> None:
    pytest.importorskip("importlinter", reason="the extra 'lint' is not installed")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys; from importlinter.cli import lint_imports; "
                "sys.exit(lint_imports(config_filename=sys.argv[1], no_cache=True))"
            ),
            str(ROOT / "pyproject.toml"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(SETTINGS['contracts'])} kept, 0 broken" in done.stdout


def test_a_broken_layer_would_be_seen(tmp_path: Path) -> None:
    """The contract bites: a small package that breaks it fails."""
    pytest.importorskip("importlinter", reason="the extra 'lint' is not installed")
    package = tmp_path / "small"
    package.mkdir()
    for name, text in {"__init__": "", "low": "import small.high", "high": ""}.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "setup.toml").write_text(
        '[tool.importlinter]\nroot_package = "small"\n[[tool.importlinter.contracts]]\n'
        'name = "layers"\ntype = "layers"\ncontainers = ["small"]\nlayers = ["high", "low"]\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys; from importlinter.cli import lint_imports; "
                "sys.exit(lint_imports(config_filename='setup.toml', no_cache=True))"
            ),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "small.low is not allowed to import small.high" in done.stdout
