"""The pictures in ``graphs/`` are those the library gives today."""

from __future__ import annotations

import importlib.util
import io
import json
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from pathways.diagrams.album import PNG_DPI
from pathways.diagrams.profiles import PRINT_PROFILES
from pathways.reading.files import library_ids

GRAPHS = Path(__file__).parents[2] / "graphs"
BINARY = {".png", ".pdf"}
TOLERATED_MEAN_DIFFERENCE = 3.0
"""Of 255, over all pixels: what other versions of the drawing libraries may change."""
TOLERATED_SIZE_DIFFERENCE = 0.02
AGAIN = "run 'python graphs/redraw.py' and look at what changed"


def _redraw_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("graphs_redraw", GRAPHS / "redraw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def redrawn() -> dict[str, bytes]:
    files: dict[str, bytes] = _redraw_module().everything()
    return files


def _stored() -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in GRAPHS.iterdir()
        if path.suffix != ".py" and path.is_file()
    }


def test_the_folder_holds_what_is_drawn_and_nothing_else(redrawn: dict[str, bytes]) -> None:
    assert sorted(_stored()) == sorted(redrawn), AGAIN


def test_text_formats_are_equal_byte_for_byte(redrawn: dict[str, bytes]) -> None:
    stored = _stored()
    names = [
        name for name in redrawn if Path(name).suffix not in BINARY and name != "drawn_with.json"
    ]
    assert {Path(name).suffix for name in names} == {".svg", ".dot", ".mmd", ".txt", ".html", ".md"}
    changed = [name for name in names if stored.get(name) != redrawn[name]]
    assert changed == [], AGAIN


def test_png_and_pdf_are_equal(redrawn: dict[str, bytes]) -> None:
    """Byte for byte with the same drawing libraries, else in what they show."""
    stored = _stored()
    same_libraries = json.loads(stored["drawn_with.json"]) == json.loads(redrawn["drawn_with.json"])
    names = [name for name in redrawn if Path(name).suffix in BINARY]
    assert {Path(name).suffix for name in names} == BINARY
    for name in names:
        if same_libraries:
            assert stored[name] == redrawn[name], f"{name}: {AGAIN}"
        else:
            _assert_all_alike(name, _images(name, stored[name]), _images(name, redrawn[name]))


def test_what_the_bytes_depend_on_is_told(redrawn: dict[str, bytes]) -> None:
    told = json.loads(redrawn["drawn_with.json"])
    assert sorted(told) == ["pygraphviz", "system", "typst"]
    for library in ("pygraphviz", "typst"):
        assert told[library] == metadata.version(library)


def _images(name: str, content: bytes) -> list[Image.Image]:
    """A PNG, or every page of a PDF."""
    if name.endswith(".png"):
        return [Image.open(io.BytesIO(content)).convert("RGB")]
    return [
        page.render(scale=PNG_DPI / 72).to_pil().convert("RGB")
        for page in pypdfium2.PdfDocument(content)
    ]


def _assert_all_alike(name: str, ones: list[Image.Image], others: list[Image.Image]) -> None:
    assert len(ones) == len(others), f"{name}: {len(ones)} and {len(others)} pages; {AGAIN}"
    for number, (one, other) in enumerate(zip(ones, others, strict=True), start=1):
        _assert_alike(f"{name}, page {number}", one, other)


def _assert_alike(name: str, one: Image.Image, other: Image.Image) -> None:
    for left, right in zip(one.size, other.size, strict=True):
        assert abs(left - right) <= TOLERATED_SIZE_DIFFERENCE * left, f"{name}: {AGAIN}"
    difference = ImageChops.difference(one, other.resize(one.size))
    mean = sum(ImageStat.Stat(difference).mean) / 3
    assert mean <= TOLERATED_MEAN_DIFFERENCE, f"{name}: mean difference {mean:.2f}; {AGAIN}"


def test_the_comparison_of_pictures_can_fail() -> None:
    white, black = Image.new("RGB", (40, 40), "white"), Image.new("RGB", (40, 40), "black")
    with pytest.raises(AssertionError, match="mean difference"):
        _assert_alike("x.png", white, black)
    with pytest.raises(AssertionError, match="redraw"):
        _assert_alike("x.png", white, Image.new("RGB", (40, 80), "white"))
    _assert_all_alike("x.pdf", [white, black], [white, black])
    with pytest.raises(AssertionError, match=r"x\.pdf, page 2: mean difference"):
        _assert_all_alike("x.pdf", [white, white], [white, black])
    with pytest.raises(AssertionError, match=r"x\.pdf: 1 and 2 pages"):
        _assert_all_alike("x.pdf", [white], [white, white])


def test_pdf_and_png_show_the_same(redrawn: dict[str, bytes]) -> None:
    """A font that fails drops text silently: both must hold ink in the same places."""
    for name in library_ids():
        (png,) = _images(f"{name}.png", redrawn[f"{name}.png"])
        (pdf,) = _images(f"{name}.pdf", redrawn[f"{name}.pdf"])
        for left, right in zip(png.size, pdf.size, strict=True):
            assert abs(left - right) <= 1  # one is rounded, the other is not cut off
        difference = ImageChops.difference(png, pdf.resize(png.size))
        assert sum(ImageStat.Stat(difference).mean) / 3 <= 6


def test_every_page_of_every_pdf_holds_ink_and_words(redrawn: dict[str, bytes]) -> None:
    booklets = 0
    for name, content in redrawn.items():
        if not name.endswith(".pdf"):
            continue
        for image in _images(name, content):
            shades = image.convert("L").histogram()
            assert sum(shades[:128]) > 0.005 * sum(shades), name
        pages = pypdfium2.PdfDocument(content)
        booklets += len(pages) > 1
        for page in pages:
            assert "not medical advice" in page.get_textpage().get_text_range(), name
    assert booklets == len(library_ids()) * len(PRINT_PROFILES)
