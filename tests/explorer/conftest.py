"""The browser that opens pages to explore."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.explorer.browser import Chromium, started


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with started(tmp_path_factory.mktemp("pages")) as found:
        yield found
