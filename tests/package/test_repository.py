"""What must hold for the files as a whole: version, no traces of one machine, nothing generated."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import pathways

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

PARTS = (".ci", "graphs", "notebooks", "pathways", "tests")
GENERATED = {
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".ipynb_checkpoints",
}
BINARY = {".docx", ".woff2", ".png", ".pdf", ".ttf", ".pyc"}


def repository_files() -> list[Path]:
    """Every file that is part of the project."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    for part in PARTS:
        found += [path for path in (ROOT / part).rglob("*") if path.is_file()]
    return sorted(path for path in found if GENERATED.isdisjoint(path.relative_to(ROOT).parts))


FILES = repository_files()
TEXTS = [path for path in FILES if path.suffix not in BINARY]

# Each in two parts, so that this file does not find itself.
TRACES = [
    re.compile("|".join(first + second for first, second in patterns))
    for patterns in (
        [
            ("/wo", r"rk/(?!flows)"),
            ("/ro", "ot/"),
            ("/ho", r"me/\w"),
            ("/Us", r"ers/\w"),
            (r"[A-Z]:\\", r"Users\\"),
        ],
        [("/tm", r"p/\w"), ("/var/", "folders/"), ("/usr/lo", "cal/lib/python")],
        [("site-packa", "ges/"), ("index-", "url"), ("PIP_IN", "DEX"), ("/simp", "le/?$")],
        [
            ("artifac", "tory"),
            ("nex", "us[./]"),
            (r"localho", r"st:\d"),
            (r"\b10\.\d+\.", r"\d+\.\d+\b"),
        ],
    )
]


def test_there_are_files_to_look_at() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in TEXTS}
    assert {"README.md", "pyproject.toml", "pathways/__init__.py", ".ci/run", "LICENSE"} <= names
    assert len(TEXTS) > 100


@pytest.mark.parametrize("pattern", TRACES, ids=["homes", "temporary", "packages", "hosts"])
def test_no_file_names_a_machine(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:80]}"
        for path in TEXTS
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if pattern.search(line)
    ]
    assert found == []


def test_text_files_are_plain_utf8_with_a_last_line_end() -> None:
    odd = []
    for path in TEXTS:
        if "bad" in path.parts or "many" in path.parts:
            continue  # faulty on purpose
        content = path.read_bytes()
        content.decode("utf-8")
        if (
            content
            and (b"\r" in content or not content.endswith(b"\n"))
            and path.suffix in {".py", ".md", ".yaml", ".toml", ".json"}
        ):
            odd.append(path.relative_to(ROOT).as_posix())
    assert odd == []


def test_no_file_is_huge() -> None:
    large = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in FILES}
    assert {name: size for name, size in large.items() if size > 3_000_000} == {}


def test_version_is_the_constant() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "pathways/version.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", pathways.__version__)
    text = (ROOT / "pathways" / "version.py").read_text(encoding="utf-8")
    assert f'__version__ = "{pathways.__version__}"' in text


def test_an_installation_has_the_same_version() -> None:
    try:
        installed = metadata.version("care-pathways")
    except metadata.PackageNotFoundError:
        pytest.skip("the package is not installed here")
    assert installed == pathways.__version__


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## Unreleased" in text or f"## {pathways.__version__}" in text


def test_every_dependency_is_used_and_has_bounds() -> None:
    wanted = {re.split(r"[<>=\[ ]", each)[0] for each in PROJECT["project"]["dependencies"]}
    names = {"pyyaml": "yaml", "fonttools": "fontTools", "python-docx": "docx"}
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pathways").rglob("*.py"))
    for each in wanted:
        module = names.get(each, each)
        assert re.search(rf"^\s*(import|from) {module}\b", text, flags=re.MULTILINE), each
    assert all(">=" in each and "<" in each for each in PROJECT["project"]["dependencies"])


def test_python_version_is_said_everywhere_alike() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert PROJECT["tool"]["mypy"]["python_version"] == "3.11"
    assert PROJECT["tool"]["ruff"]["target-version"] == "py311"
    assert "Python 3.11" in (ROOT / "README.md").read_text(encoding="utf-8")
