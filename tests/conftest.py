"""What all tests share: golden files, updated only when asked, and what looks for barriers."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from tests.axe import axe_core

# A slow machine is no fault of the code: what takes how long is measured beside something else, in benchmarks.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")


class Golden(Protocol):
    """Compares a text with a file of what it should be."""

    def __call__(self, path: Path, text: str) -> None: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew; look at the difference before it is kept",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare with a golden file; with --update-golden write it and skip."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
            pytest.skip(f"wrote {path.name}")
        assert path.is_file(), f"no golden file {path.name}; --update-golden writes it"
        assert text == path.read_bytes().decode("utf-8")

    return compare


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, fetched once; tests that want it are skipped where it cannot be had."""
    return axe_core(tmp_path_factory.mktemp("axe"))
