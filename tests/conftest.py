"""What all tests share: golden files, updated only when asked."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest


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
