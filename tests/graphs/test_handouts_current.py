"""The handouts in ``graphs/handouts/`` are those the library gives today, and each passes its gate."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from pathways.printed import ENDINGS, Printed

GRAPHS = Path(__file__).parents[2] / "graphs"
FOLDER = GRAPHS / "handouts"
DPI = 72
TOLERATED_MEAN_DIFFERENCE = 3.0
"""Of 255, over all pixels of a page: what other versions of the libraries may change."""
AGAIN = "run 'python graphs/redraw_handouts.py' and look at what changed"


@cache
def redraw() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "graphs_redraw_handouts", GRAPHS / "redraw_handouts.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SHIPPED = {each.name: each for each in redraw().SHIPPED}
FILES = [(name, ending) for name, each in SHIPPED.items() for ending in each.formats]
QUICK = [(name, ending) for name, ending in FILES if name.startswith("seed-000")]
TEXT = {".html", ".md"}


@cache
def printed(name: str) -> Printed:
    found: Printed = redraw().printed(SHIPPED[name])
    return found


@cache
def same_libraries() -> bool:
    """Whether the files were made with the versions that are here."""
    stored = json.loads((FOLDER / "made_with.json").read_text(encoding="utf-8"))
    return bool(stored == redraw().made_with())


def assert_current(name: str, ending: str) -> None:
    """Compare a stored file with the same made anew: in bytes, or in what it shows."""
    stored = (FOLDER / f"{name}{ending}").read_bytes()
    made = printed(name).content(ENDINGS[ending])
    if ending in TEXT or same_libraries():
        assert stored == made, f"{name}{ending}: {AGAIN}"
    elif ending == ".pdf":
        assert_pages_alike(f"{name}{ending}", images(stored), images(made))
    else:
        assert list(texts(stored)) == list(texts(made)), f"{name}{ending}: {AGAIN}"


def images(content: bytes) -> list[Image.Image]:
    """Return the pages of a PDF."""
    return [
        page.render(scale=DPI / 72).to_pil().convert("RGB")
        for page in pypdfium2.PdfDocument(content)
    ]


def texts(content: bytes) -> Iterator[str]:
    """Yield what each paragraph of a Word file says: of its body, its heads, its feet."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in sorted(package.namelist()):
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", part):
                xml = package.read(part).decode("utf-8")
                for paragraph in re.split(r"</w:p>", xml):
                    yield "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph))


def assert_pages_alike(name: str, ones: list[Image.Image], others: list[Image.Image]) -> None:
    assert len(ones) == len(others), f"{name}: {len(ones)} and {len(others)} pages; {AGAIN}"
    for number, (one, other) in enumerate(zip(ones, others, strict=True), start=1):
        assert one.size == other.size, f"{name}, page {number}: {AGAIN}"
        difference = ImageChops.difference(one, other)
        mean = sum(ImageStat.Stat(difference).mean) / 3
        assert mean <= TOLERATED_MEAN_DIFFERENCE, (
            f"{name}, page {number}: mean difference {mean:.2f}; {AGAIN}"
        )


def test_the_folder_holds_what_ships_and_nothing_else() -> None:
    expected = [f"{name}{ending}" for name, ending in FILES]
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(
        [*expected, "README.md", "made_with.json"]
    ), AGAIN


def test_the_list_names_every_file() -> None:
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, ending in FILES:
        assert f"({name}{ending})" in listed, AGAIN
    assert listed.count("](") == len(FILES)
    for each in SHIPPED.values():
        assert f"- {each.shows}: " in listed, AGAIN


def test_what_the_bytes_depend_on_is_told() -> None:
    told = json.loads((FOLDER / "made_with.json").read_text(encoding="utf-8"))
    assert sorted(told) == ["lxml", "pikepdf", "pygraphviz", "python-docx", "system", "typst"]
    assert all(
        redraw().made_with()[name] == metadata.version(name) for name in told if name != "system"
    )


def test_what_ships_shows_what_handouts_can_be() -> None:
    shipped = SHIPPED.values()
    assert {each.kind for each in shipped} == {"patient", "clinician", "visit_sheet"}
    assert {ending for _, ending in FILES} == {".pdf", ".html", ".docx", ".md"}
    assert {each.options.get("profile") for each in shipped} >= {None, "large-print"}
    assert any(each.options.get("clinic") for each in shipped)
    assert any(each.options.get("treatment") for each in shipped)
    assert any(each.options.get("phase") for each in shipped)
    assert any(each.language == "es" for each in shipped)


@pytest.mark.parametrize(("name", "ending"), QUICK)
def test_the_own_page_of_a_patient_is_current(name: str, ending: str) -> None:
    assert_current(name, ending)


@pytest.mark.parametrize("ending", sorted(TEXT))
def test_the_texts_of_the_largest_are_current(ending: str) -> None:
    assert_current("severe-back-pain-patient", ending)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "ending"), [each for each in FILES if each not in QUICK])
def test_every_file_is_current(name: str, ending: str) -> None:
    assert_current(name, ending)


@pytest.mark.slow
def test_it_is_what_the_script_makes() -> None:
    made = redraw().everything()
    names = [f"{name}{ending}" for name, ending in FILES]
    assert sorted(made) == sorted([*names, "README.md", "made_with.json"])
    assert (FOLDER / "README.md").read_bytes() == made["README.md"], AGAIN
    for name, ending in FILES:
        assert made[f"{name}{ending}"] == printed(name).content(ENDINGS[ending])


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_passes_its_gate(name: str) -> None:
    assert printed(name).problems == ()


@pytest.mark.parametrize("name", [name for name, ending in FILES if ending == ".docx"])
def test_a_word_file_has_the_title_and_the_emergency_box(name: str) -> None:
    """What the comparison of texts reads must be there, or it compares nothing with nothing."""
    said = list(texts((FOLDER / f"{name}.docx").read_bytes()))
    made = printed(name).handout
    assert made.title in said, AGAIN
    assert made.emergency.title in said, AGAIN
    assert len([each for each in said if each]) > 15


def test_the_comparison_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    white, black = Image.new("RGB", (40, 40), "white"), Image.new("RGB", (40, 40), "black")
    assert_pages_alike("x.pdf", [white, black], [white, black])
    with pytest.raises(AssertionError, match=r"x\.pdf, page 2: mean difference 255"):
        assert_pages_alike("x.pdf", [white, white], [white, black])
    with pytest.raises(AssertionError, match=r"x\.pdf: 1 and 2 pages"):
        assert_pages_alike("x.pdf", [white], [white, white])
    with pytest.raises(AssertionError, match=r"x\.pdf, page 1: run"):
        assert_pages_alike("x.pdf", [white], [Image.new("RGB", (40, 41), "white")])
    monkeypatch.setitem(SHIPPED, "seed-000-visit-sheet", SHIPPED["seed-000-own-page"])
    printed.cache_clear()
    with pytest.raises(AssertionError, match="run 'python graphs/redraw_handouts"):
        assert_current("seed-000-visit-sheet", ".pdf")
    printed.cache_clear()
