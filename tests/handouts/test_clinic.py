"""A clinic's file: a good one, one bad one for each error code, logos that nobody should trust."""

from __future__ import annotations

import ast
import base64
import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import pathways.handouts.clinic
from pathways.errors import DocumentError
from pathways.handouts.clinic import (
    EMERGENCY_NUMBERS,
    KEYS,
    LARGEST_LOGO,
    Clinic,
    ReadClinic,
    load_clinic,
)
from pathways.handouts.logos import LARGEST_SIDE, logo_fault, logo_format
from pathways.printed import Printed, hand_out
from pathways.reading.files import LIBRARY
from tests.conftest import Golden
from tests.handouts.parsed import parsed
from tests.handouts.sample import logo
from tests.handouts.telling import handout, keys, pathway, text, visible

BAD = Path(__file__).parent / "bad"
CASES = sorted(path.stem for path in BAD.glob("*.yaml"))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
SQUARE = SVG + b'<rect width="40" height="20" fill="#005EB8"/></svg>'

GOOD = """\
format: 1
name: Riverside Clinic
contact:
  - Telephone 01234 567890
  - Monday to Friday, 8 to 18
logo: pictures/logo.png
logo_alt: A blue square
colour: "#005EB8"
country: GB
leave_out: [differ]
extra:
  - title: {clinician: Referral, patient: How we can help}
    text: {clinician: By fax., patient: You can see us without a referral.}
    after: questions
funding: the city
"""


def load_bad(name: str, monkeypatch: pytest.MonkeyPatch) -> DocumentError:
    monkeypatch.chdir(BAD)
    with pytest.raises(DocumentError) as caught:
        load_clinic(Path(f"{name}.yaml"))
    return caught.value


@pytest.mark.parametrize("name", CASES)
def test_each_code_has_its_message(
    name: str, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = load_bad(name, monkeypatch)
    code = name.partition("--")[0]
    codes = {each.code for each in error.problems}
    assert code in codes
    assert codes == {code} or name in {"bad-value", "clinic-logo--many"}
    assert all(each.place is not None for each in error.problems)
    golden(BAD / f"{name}.txt", f"{error}\n")


def test_every_code_has_a_bad_file_and_every_bad_file_its_message() -> None:
    source = Path(pathways.handouts.clinic.__file__).read_text(encoding="utf-8")
    codes = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"clinic(-[a-z]+)+", node.value)
    }
    assert codes == {
        "clinic-colour",
        "clinic-country",
        "clinic-emergency",
        "clinic-logo",
        "clinic-section",
    }
    assert codes <= set(CASES)
    assert sorted(path.stem for path in BAD.glob("*.txt")) == CASES


def test_all_faults_are_told_at_once_in_the_order_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problems = load_bad("clinic-logo--many", monkeypatch).problems
    lines = [each.place.line for each in problems if each.place]
    assert lines == sorted(lines) == [2, 3, 4, 5, 5, 6]


# A good file.


def good(folder: Path, content: str = GOOD, data: bytes | None = None) -> ReadClinic:
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "pictures" / "logo.png").write_bytes(logo() if data is None else data)
    (folder / "clinic.yaml").write_text(content, encoding="utf-8")
    return load_clinic(folder / "clinic.yaml")


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    read = good(tmp_path)
    assert read.letterhead.name == "Riverside Clinic"
    assert read.letterhead.contact == ("Telephone 01234 567890", "Monday to Friday, 8 to 18")
    assert (read.letterhead.logo, read.letterhead.logo_alt) == (logo(), "A blue square")
    assert read.letterhead.colour == "#005EB8"
    assert read.clinic.number_to_call == "999"
    assert read.clinic.leave_out == ("differ",)
    assert read.clinic.extra[0].text.patient == "You can see us without a referral."


def test_what_it_says_stands_in_every_format(tmp_path: Path) -> None:
    made = hand_out(pathway("safety"), clinic=good(tmp_path))
    with zipfile.ZipFile(io.BytesIO(made.docx())) as package:
        word = " ".join(
            re.sub(r"<[^>]+>", " ", package.read(each).decode("utf-8"))
            for each in package.namelist()
            if re.fullmatch(r"word/(document|header\d*)\.xml", each)
        )
    pages = pypdfium2.PdfDocument(made.pdf())
    printed = " ".join(" ".join(each.get_textpage().get_text_range().split()) for each in pages)
    for page in (made.html(), made.markdown(), word, printed):
        for words in ("Riverside Clinic", "01234 567890", "How we can help", "Who paid for it"):
            assert words in page, words
    assert "differ" not in keys(made.handout)
    assert "#005eb8" in made.html().casefold()


def test_the_file_that_ships_is_good_and_fits_the_emergency_box() -> None:
    read = load_clinic(LIBRARY / "templates" / "clinic.yaml")
    assert read.clinic.number_to_call == "911"
    made = hand_out(pathway("safety"), clinic=read)
    assert made.problems == ()
    assert made.handout.letterhead.name == "Example Clinic"


def test_what_the_shipped_file_shows_in_comments_is_good_too(tmp_path: Path) -> None:
    text = (LIBRARY / "templates" / "clinic.yaml").read_text(encoding="utf-8")
    lines = [
        line.removeprefix("# ") if re.match(r"# (logo|extra|leave_out|funding|  )", line) else line
        for line in text.splitlines()
        if not line.startswith("#   pathways handout")
    ]
    (tmp_path / "logo.png").write_bytes(logo())
    (tmp_path / "clinic.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = load_clinic(tmp_path / "clinic.yaml")
    assert read.logo
    assert read.clinic.extra
    assert read.clinic.leave_out
    assert read.clinic.funding


def test_an_empty_setting_changes_nothing() -> None:
    assert hand_out(pathway("safety"), clinic=ReadClinic()).handout == handout("safety")


@pytest.mark.parametrize(
    ("content", "number"),
    [
        ("country: US", "911"),
        ("country: ES", "112"),
        ("country: AU", "000"),
        ("{country: ZZ, emergency_number: 15 44}", "15 44"),
        ("{country: GB, emergency_number: 112}", "112"),
        ("name: Clinic", ""),
    ],
)
def test_a_number_of_its_own_comes_before_that_of_the_country(
    content: str, number: str, tmp_path: Path
) -> None:
    assert good(tmp_path, content).clinic.number_to_call == number


def test_numbers_are_digits_by_country_codes() -> None:
    assert all(re.fullmatch("[A-Z]{2}", each) for each in EMERGENCY_NUMBERS)
    assert set(EMERGENCY_NUMBERS.values()) == {"911", "999", "112", "123", "000", "111"}


@pytest.mark.parametrize(
    ("colour", "is_fine"), [("#767676", True), ("#777777", False), ("#1f4e79", True)]
)
def test_the_least_contrast_is_that_of_wcag(colour: str, is_fine: bool, tmp_path: Path) -> None:
    content = f'colour: "{colour}"'
    if is_fine:
        assert good(tmp_path, content).letterhead.colour == colour
        return
    with pytest.raises(DocumentError, match=r"stands out from white by 4\.5 to 1 only"):
        good(tmp_path, content)


@pytest.mark.parametrize("key", KEYS)
def test_every_section_can_be_left_out_or_followed(key: str, tmp_path: Path) -> None:
    content = f"leave_out: [{key}]\nextra:\n  - {{title: Ours, text: Come., after: {key}}}\n"
    assert good(tmp_path, content).clinic.extra[0].after == key


def test_funding_stands_at_the_end(tmp_path: Path) -> None:
    made = hand_out(pathway("safety"), clinic=good(tmp_path)).handout
    assert "Who paid for it: the city" in text(made.sections[-1])
    assert "Who paid" not in visible(handout("safety"))


# Logos.


def of_logo(data: bytes) -> Printed:
    clinic = ReadClinic(Clinic(name="Clinic", logo_alt="A square"), data)
    return hand_out(pathway("safety"), clinic=clinic)


def test_a_link_that_leads_out_of_the_folder_is_no_logo(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.png").write_bytes(logo())
    (inner / "logo.png").symlink_to(tmp_path / "secret.png")
    (inner / "clinic.yaml").write_text("logo: logo.png\nlogo_alt: x\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"clinic-logo\]: there is no file 'logo\.png'"):
        load_clinic(inner / "clinic.yaml")


@pytest.mark.parametrize("name", ["../secret.png", "pictures/../../secret.png"])
def test_a_path_that_leads_out_of_the_folder_is_no_logo(name: str, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    (inner / "pictures").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(logo())
    for content in (f"logo: {name}", f"logo: {tmp_path / 'secret.png'}"):
        (inner / "clinic.yaml").write_text(f"{content}\nlogo_alt: x\n", encoding="utf-8")
        with pytest.raises(DocumentError, match=r"clinic-logo\]: there is no file"):
            load_clinic(inner / "clinic.yaml")
    (inner / "pictures" / "logo.png").write_bytes(logo())
    (inner / "clinic.yaml").write_text("logo: pictures/logo.png\nlogo_alt: x\n", encoding="utf-8")
    assert load_clinic(inner / "clinic.yaml").logo == logo()


def test_a_logo_has_a_largest_size(tmp_path: Path) -> None:
    comment = b"<!--" + b"x" * (LARGEST_LOGO - len(SQUARE) - 7) + b"-->"
    at_limit = SQUARE + comment
    assert len(at_limit) == LARGEST_LOGO
    content = "logo: pictures/logo.png\nlogo_alt: x\n"
    assert good(tmp_path, content, at_limit).logo == at_limit
    with pytest.raises(DocumentError, match="is no PNG or SVG of at most 400,000 bytes"):
        good(tmp_path, content, at_limit + b" ")
    with pytest.raises(DocumentError, match="is no PNG or SVG of at most 400,000 bytes"):
        good(tmp_path, content, b"")


def with_sides(wide: int, high: int) -> bytes:
    """Return a PNG that says it has some size, with a right check sum."""
    import zlib
    from struct import pack

    head = b"IHDR" + pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    data = logo()
    return data[:12] + head + pack(">I", zlib.crc32(head)) + data[33:]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (logo(), ""),
        (SQUARE, ""),
        (with_sides(LARGEST_SIDE, LARGEST_SIDE), ""),
        (with_sides(LARGEST_SIDE + 1, 20), "has more than 4,000 pixels on a side"),
        (with_sides(20, LARGEST_SIDE + 1), "has more than 4,000 pixels on a side"),
        (with_sides(0, 20), "is damaged"),
        (logo()[:8], "is damaged"),
        (logo()[:-4], "is damaged"),
        (logo()[:-12], "is damaged"),
        (logo()[:8] + logo()[33:], "is damaged"),
        (logo()[:40] + b"\0" + logo()[41:], "is damaged"),
        (logo()[:8] + b"garbage" * 9, "is damaged"),
        (SVG + b"<rect>", "is damaged"),
        (SVG + b"&nbsp;</svg>", "is damaged"),
        (SVG + "<title>é</title></svg>".encode("latin-1"), "is not UTF-8 text"),
        (SVG + b'<image href="other.png"/></svg>', "takes in another file"),
        (SVG + b'<image href="file:///etc/hostname"/></svg>', "takes in another file"),
        (SVG + b'<use href="https://example.org/a.svg#b"/></svg>', "takes in another file"),
        (
            SVG[:-1] + b' xmlns:x="http://www.w3.org/1999/xlink"><image x:href="a.png"/></svg>',
            "takes in another file",
        ),
        (SVG + b'<image href="data:image/png;base64,AA"/><use href="#a"/></svg>', ""),
        (SVG + b'<a href="https://example.org"><rect/></a></svg>', ""),
    ],
)
def test_a_logo_that_cannot_be_shown_everywhere_is_refused(data: bytes, fault: str) -> None:
    assert logo_format(data) is not None
    assert logo_fault(data) == fault


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"", None),
        (b"GIF89a", None),
        (b"<html><svg></svg></html>", None),
        (b'<!DOCTYPE svg [<!ENTITY a "aa">]><svg>&a;</svg>', None),
        (b"<!DOCTYPE html><svg></svg>", None),
        (b"<svgs></svgs>", None),
        (b' <?xml version="1.0"?>\n<!-- a --><!-- b -->\n<svg></svg>', "svg"),
        (b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n<svg></svg>', "svg"),
        (logo(), "png"),
    ],
)
def test_what_is_a_logo_is_told_by_its_first_bytes(data: bytes, format: str | None) -> None:
    assert logo_format(data) == format


def test_a_file_made_to_be_slow_is_refused() -> None:
    """A pattern that tries every way to part comments from each other would not end."""
    assert logo_format(b"<!-- -->" * 40_000) is None
    assert logo_format(b"<!--" * 90_000) is None


def test_a_byte_order_mark_is_no_part_of_a_logo(tmp_path: Path) -> None:
    content = "logo: pictures/logo.png\nlogo_alt: x\n"
    assert good(tmp_path, content, b"\xef\xbb\xbf" + SQUARE).logo == SQUARE


SCRIPT = (BAD / "logos" / "script.svg").read_bytes()


def test_a_script_in_a_logo_is_only_ever_part_of_an_image_of_a_page() -> None:
    page = of_logo(SCRIPT).html()
    assert "SCRIPT-" not in page
    (image,) = [e for e in parsed(page).all("img") if e.attributes["alt"] == "A square"]
    address = image.attributes["src"]
    assert address.startswith("data:image/svg+xml;base64,")
    assert base64.b64decode(address.partition(",")[2]) == SCRIPT
    root = parsed(page)
    assert root.all("script") == root.all("object") == root.all("embed") == root.all("iframe") == []
    policy = next(
        each.attributes["content"]
        for each in root.all("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_script_in_a_logo_is_no_part_of_a_pdf() -> None:
    data = of_logo(SCRIPT).pdf()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for name in ("/OpenAction", "/AA", "/AcroForm"):
            assert name not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary):
                assert "/JS" not in each
            if isinstance(each, pikepdf.Stream):
                assert b"SCRIPT-" not in each.read_bytes()


def test_a_script_in_a_logo_is_only_ever_an_image_of_a_word_file() -> None:
    with zipfile.ZipFile(io.BytesIO(of_logo(SCRIPT).docx())) as package:
        holding = [each for each in package.namelist() if b"SCRIPT-" in package.read(each)]
        assert all(re.fullmatch(r"word/media/[a-z0-9_-]+\.svg", each) for each in holding)
        assert not any("vba" in each.casefold() for each in package.namelist())
        links = [
            package.read(each).decode("utf-8")
            for each in package.namelist()
            if each.endswith(".rels")
        ]
    relations = re.findall(r"<Relationship [^>]*media/[^>]*\.svg[^>]*>", "\n".join(links))
    assert relations
    assert all("relationships/image" in each for each in relations)


def test_a_script_in_a_logo_is_no_part_of_markdown() -> None:
    assert "SCRIPT-" not in of_logo(SCRIPT).markdown()


@pytest.mark.parametrize(
    "word", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "a\\b *c*"]
)
def test_words_of_a_clinic_are_words_and_nothing_else(word: str) -> None:
    clinic = ReadClinic(Clinic(name=word, contact=(word,), funding=word))
    made = hand_out(pathway("safety"), clinic=clinic)
    root = parsed(made.html())
    assert root.all("script") == []
    assert not any("javascript" in each.attributes.get("href", "") for each in root.all("a"))
    assert word in root.text
    assert word not in made.markdown()
    printed = pypdfium2.PdfDocument(made.pdf())[0].get_textpage().get_text_range()
    assert word in " ".join(printed.split())
