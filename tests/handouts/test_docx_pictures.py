"""Pictures in Word files: drawn once, stored as they are, numbered per document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from pathways.diagrams.finished import Picture
from pathways.diagrams.printing import PrintPage, to_png
from pathways.errors import DrawingError
from pathways.handouts.blocks import Figure, Handout, everything
from pathways.handouts.writers import docx_pictures
from pathways.handouts.writers.docx import to_docx
from pathways.handouts.writers.docx_pictures import DPI, MOST_KEPT, rendered
from tests.handouts.sample import sample


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[PrintPage]]:
    """Yield the pictures that are made into PNG from here on, none of them kept from before."""
    found: list[PrintPage] = []

    def noted(page: PrintPage, **options: object) -> bytes:
        found.append(page)
        return to_png(page, **options)  # type: ignore[arg-type]

    docx_pictures._png.cache_clear()
    monkeypatch.setattr(docx_pictures, "to_png", noted)
    yield found
    docx_pictures._png.cache_clear()


def pictures(handout: Handout) -> list[Picture]:
    return [each.picture for each in everything(handout) if isinstance(each, Figure)]


def test_another_handout_with_the_same_pictures_draws_none_again(drawn: list[PrintPage]) -> None:
    handout = sample()
    content = to_docx(handout)
    assert len(drawn) == len({each.svg for each in pictures(handout)}) > 0
    drawn.clear()
    assert to_docx(handout) == content
    to_docx(replace(handout, title="Another title"))
    assert not drawn


def test_a_picture_of_another_size_is_drawn_anew(drawn: list[PrintPage]) -> None:
    first = pictures(sample())[0]
    wider = replace(first, sheet=replace(first.sheet, width=first.width + 30))
    with rendered([first, wider, first]) as png:
        assert png(first) == first.png(DPI)
        assert png(wider) == wider.png(DPI)
    assert len(drawn) == 2


def test_what_is_kept_is_bounded() -> None:
    assert docx_pictures._png.cache_info().maxsize == MOST_KEPT


@pytest.mark.usefixtures("drawn")
def test_a_picture_that_cannot_be_drawn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(page: PrintPage, **_: object) -> bytes:
        raise DrawingError(f"no picture of {page.width:g} points")

    monkeypatch.setattr(docx_pictures, "to_png", fails)
    with pytest.raises(DrawingError, match="no picture of"):
        to_docx(sample())


def test_png_are_stored_and_all_else_is_packed() -> None:
    with ZipFile(BytesIO(to_docx(sample()))) as file:
        kinds = {
            kind: {each.compress_type for each in file.infolist() if each.filename.endswith(kind)}
            for kind in (".png", ".svg", ".xml", ".rels")
        }
    assert kinds.pop(".png") == {ZIP_STORED}
    assert set(map(frozenset, kinds.values())) == {frozenset({ZIP_DEFLATED})}
