"""What is known of a person stands in a handout only where it was asked for; in names and metadata never."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest

from pathways.handouts.blocks import Blank, Block, Figure, Handout, HandoutKind
from pathways.language import date_words
from pathways.placed import Placed, place_record
from pathways.printed import HANDOUT_KINDS, Printed, hand_out
from pathways.records.reading import load_record
from pathways.records.record import PatientRecord
from tests.handouts.parsed import parsed
from tests.handouts.shipped import PATIENTS, RECORDS, placed_in, placer
from tests.handouts.telling import as_sentence, handout, inside, keys, section, text, visible

PATHWAY = "severe-back-pain"
FEW = ("seed-000", "rehabilitation-after-epidural", "foot-drop", "parallel-care-stated-place")
NOT_WANTED = {"rural-no-team-program", "medicine-not-wanted"}
"""Records of people who cannot have something, or do not want it."""


@cache
def record_of(name: str) -> PatientRecord:
    return load_record(PATIENTS / f"{name}.yaml").record


@cache
def made(name: str, kind: HandoutKind = "patient", *, with_person: bool = False) -> Printed:
    placed = placed_in(PATHWAY, name)
    return hand_out(placed.pathway, kind, placed=placed, with_person=with_person)


def everything(found: Handout) -> str:
    """Return all that a handout says in text, in pictures and in the words of pictures."""
    blocks: list[Block] = [found.emergency, *found.sections]
    figures = inside(blocks, Figure)
    pictures = [f"{each.alt}\n{each.name}\n{words_of(each.picture.svg)}" for each in figures]
    filled = [each.filled for each in inside(blocks, Blank)]
    return "\n".join([found.title, found.subtitle, visible(found), *filled, *pictures])


def words_of(svg: str) -> str:
    """Return the words of a picture, with line ends of drawn text as spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", svg).split())


@cache
def of_anybody() -> str:
    """Return what stands in handouts that are for nobody: a word of it tells nothing of a person."""
    return "\n".join(everything(handout(PATHWAY, kind)) for kind in HANDOUT_KINDS).casefold()


def of_the_person(placed: Placed, record: PatientRecord) -> dict[str, list[str]]:
    """Return what a record says of somebody, in the words of an answer, by what it is."""
    answer = placed.answer("patient")
    dates = [
        day
        for day in re.findall(r"\d{4}-\d{2}-\d{2}", record.model_dump_json())
        if day != placed.pathway.document.updated
    ]
    return {
        "name": [record.record],
        "about": [record.about or "", answer.about, *(record.about or "").split(". ")],
        "goals": list(record.goals),
        "preferences": list(record.preferences),
        "history": [each.because for each in answer.so_far],
        "dates": [*dates, *map(date_words, dates)],
        "reasons": [
            *(reason for way in answer.ways if way.status == "excluded" for reason in way.reasons),
            *(each.status_words for each in answer.offers if each.status == "excluded"),
            *(each.because for each in answer.alarms),
        ],
        "care": [each.so_far for each in answer.offers],
    }


def leaks(found: str, placed: Placed, record: PatientRecord) -> list[tuple[str, str]]:
    """Return what a text tells of a person that a handout for anybody does not."""
    said = found.casefold()
    private = of_the_person(placed, record).items()
    return [
        (what, each)
        for what, texts in private
        for each in (one.strip().rstrip(".") for one in texts)
        if each and each.casefold() in said and each.casefold() not in of_anybody()
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name in RECORDS for kind in ("patient", "visit_sheet")],
)
def test_nothing_of_the_person_stands_there_unasked(name: str, kind: HandoutKind) -> None:
    found = made(name, kind)
    placed, record = placed_in(PATHWAY, name), record_of(name)
    assert leaks(everything(found.handout), placed, record) == []
    assert leaks(found.markdown(), placed, record) == []
    assert leaks(found.html(), placed, record) == []
    if kind == "patient":
        assert "open now, because" not in text(section(found.handout, "next").blocks)


def test_a_handout_for_clinicians_is_about_nobody() -> None:
    for with_person in (False, True):
        found = made("seed-000", "clinician", with_person=with_person)
        assert found.handout == handout(PATHWAY, "clinician")


@pytest.mark.parametrize("name", RECORDS)
def test_a_reason_why_something_is_closed_is_told_only_with_the_person(name: str) -> None:
    answer = placed_in(PATHWAY, name).answer("patient")
    closed = [each for each in answer.ways if each.status == "excluded" and not each.unavailable]
    if answer.headline == "emergency" or not closed:
        return
    unasked = text(section(made(name).handout, "next").blocks)
    asked = text(section(made(name, with_person=True).handout, "next").blocks)
    assert "ot open now." in unasked
    for each in closed:
        assert as_sentence(each.status_words) in asked
        assert as_sentence(each.status_words) not in unasked


def test_there_are_people_with_closed_ways_among_the_examples() -> None:
    counts = [
        sum(each.status == "excluded" for each in placed_in(PATHWAY, name).answer("patient").ways)
        for name in RECORDS
    ]
    assert sum(map(bool, counts)) >= 5, counts


@pytest.mark.parametrize(
    "name",
    [
        *RECORDS,
    ],
)
def test_why_something_cannot_be_had_is_not_told_unasked(name: str) -> None:
    answer = placed_in(PATHWAY, name).answer("patient")
    said = everything(made(name).handout).casefold()
    reasons = [
        *(each.unavailable for each in answer.ways if each.unavailable),
        *(each.unavailable for each in answer.offers if each.unavailable),
    ]
    assert bool(reasons) == (name in NOT_WANTED)
    assert [each for each in reasons if each.casefold() in said] == []


@pytest.mark.parametrize("name", RECORDS)
def test_the_person_stands_there_when_asked_for(name: str) -> None:
    found = made(name, with_person=True)
    record, answer = record_of(name), placed_in(PATHWAY, name).answer("patient")
    where = text(section(found.handout, "where").blocks)
    assert answer.about
    assert f"About you: {as_sentence(answer.about)}" in where
    for each in answer.so_far:
        assert f"{each.title}: {as_sentence(each.because or each.how_words)}" in where
    assert ("What you have had so far:" in where) == bool(answer.so_far)
    for label, texts in (
        ("What you want to reach:", record.goals),
        ("What matters to you:", record.preferences),
    ):
        assert (label in where) == bool(texts)
        assert all(each.rstrip(".") in where for each in texts)
    if answer.so_far:
        assert leaks(everything(found.handout), placed_in(PATHWAY, name), record)


def test_some_people_have_preferences_and_a_history() -> None:
    assert sum(bool(record_of(name).preferences) for name in RECORDS) >= 2
    assert sum(bool(placed_in(PATHWAY, name).answer("patient").so_far) for name in RECORDS) > 20


@pytest.mark.parametrize("name", RECORDS)
def test_a_visit_sheet_is_filled_in_only_with_the_person(name: str) -> None:
    empty, full = made(name, "visit_sheet"), made(name, "visit_sheet", with_person=True)
    assert all(not each.filled for each in inside(empty.handout.sections, Blank))
    record, answer = record_of(name), placed_in(PATHWAY, name).answer("patient")
    history = text(section(full.handout, "history").blocks)
    for each in answer.so_far:
        assert f"{each.title}: {as_sentence(each.because or each.how_words)}" in history
    filled = [each.filled for each in inside(full.handout.sections, Blank) if each.filled]
    assert filled == (["; ".join(record.goals)] if record.goals else [])


@pytest.mark.parametrize("kind", ["patient", "visit_sheet"])
def test_goals_stand_there_only_with_the_person(kind: HandoutKind) -> None:
    goals = ("Carry my grandchild", "Sleep through the night")
    record = record_of("seed-000").model_copy(update={"goals": goals})
    asked = placed_in(PATHWAY, "seed-000")
    placed = place_record(placer(PATHWAY), record, asked.facts)
    empty, full = (
        hand_out(placed.pathway, kind, placed=placed, with_person=each) for each in (False, True)
    )
    for goal in goals:
        assert goal not in everything(empty.handout)
        assert goal not in empty.html()
        assert goal in everything(full.handout)
        assert goal in full.html()


@pytest.mark.parametrize("name", RECORDS)
def test_where_somebody_is_and_what_could_be_next_is_told_in_any_case(name: str) -> None:
    answer = placed_in(PATHWAY, name).answer("patient")
    for with_person in (False, True):
        found = made(name, with_person=with_person).handout
        where, ahead = (text(section(found, key).blocks) for key in ("where", "next"))
        assert as_sentence(answer.headline_words) in where
        for each in answer.here:
            assert f"step {each.number}" in where
            assert each.title.casefold() in where.casefold()
        for way in answer.ways:
            assert (f"Step {way.number}: {way.title}" in ahead) == (answer.headline != "emergency")
        for clash in (each for each in answer.cautions if each.is_clash):
            assert as_sentence(clash.text) in text(section(found, "take_care").blocks)
        assert "about" in keys(found)


def test_some_people_take_what_does_not_go_together() -> None:
    clashing = [
        name
        for name in RECORDS
        if any(each.is_clash for each in placed_in(PATHWAY, name).answer("patient").cautions)
    ]
    assert len(clashing) >= 2


# What a file says of itself.


def private_words(name: str) -> list[str]:
    """Return what of a record must be in no name and in no metadata, not even a word of anybody's."""
    found = of_the_person(placed_in(PATHWAY, name), record_of(name))
    return [each.strip() for texts in found.values() for each in texts if len(each.strip()) > 3]


def of_pdf(data: bytes) -> Iterator[str]:
    """Yield what a PDF says of itself: information, XMP, names of files and of places in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from (f"{key} {value}" for key, value in pdf.docinfo.items())
        metadata = pdf.Root.get("/Metadata")
        assert metadata is not None
        yield metadata.read_bytes().decode("utf-8")
        yield from pdf.attachments
        with pdf.open_outline() as outline:
            assert len(outline.root) > 0


def of_docx(data: bytes) -> Iterator[str]:
    """Yield what a Word file says of itself: properties, names of parts and of pictures."""
    core = docx.Document(io.BytesIO(data)).core_properties
    for each in (
        "author",
        "title",
        "subject",
        "comments",
        "keywords",
        "category",
        "last_modified_by",
    ):
        yield str(getattr(core, each))
    yield f"{core.created} {core.modified}"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            yield part
            if part.startswith(("docProps/", "customXml/")):
                yield package.read(part).decode("utf-8")


def of_html(page: str) -> Iterator[str]:
    """Yield what a page says of itself: its head, and every name in it."""
    yield page[: page.index("<body")]
    for each in parsed(page).everything():
        yield from (each.attributes.get(key, "") for key in ("id", "class", "href", "title"))


def assert_metadata_tell_nothing(name: str, kind: HandoutKind, *, with_person: bool) -> None:
    found = made(name, kind, with_person=with_person)
    said = [*of_pdf(found.pdf()), *of_docx(found.docx()), *of_html(found.html())]
    told = "\n".join(said).casefold()
    assert found.handout.title.casefold() in told
    allowed = found.handout.title.casefold()
    private = [each.casefold() for each in private_words(name)]
    assert [each for each in private if each in told and each not in allowed] == []
    assert name not in repr(found)


@pytest.mark.parametrize("name", FEW)
def test_metadata_tell_nothing_of_a_few(name: str) -> None:
    assert_metadata_tell_nothing(name, "patient", with_person=True)
    assert_metadata_tell_nothing(name, "visit_sheet", with_person=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("with_person", [False, True])
@pytest.mark.parametrize("kind", ["patient", "visit_sheet"])
def test_metadata_tell_nothing_of_anybody(name: str, kind: HandoutKind, with_person: bool) -> None:
    assert_metadata_tell_nothing(name, kind, with_person=with_person)


def assert_files_tell_nothing(name: str) -> None:
    """Hold the words of the files themselves: what a writer adds would not be in the blocks."""
    found, placed = made(name), placed_in(PATHWAY, name)
    pages = [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(found.pdf())]
    with zipfile.ZipFile(io.BytesIO(found.docx())) as package:
        parts = [
            package.read(each) for each in package.namelist() if each.endswith((".xml", ".svg"))
        ]
    for words in (" ".join(pages), *(words_of(each.decode("utf-8")) for each in parts)):
        assert leaks(" ".join(words.split()), placed, record_of(name)) == []


@pytest.mark.parametrize("name", FEW)
def test_pdf_and_word_files_tell_nothing_of_a_few(name: str) -> None:
    assert_files_tell_nothing(name)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        *RECORDS,
    ],
)
def test_pdf_and_word_files_tell_nothing_of_anybody(name: str) -> None:
    assert_files_tell_nothing(name)


def test_names_of_pictures_tell_nothing(tmp_path: Path) -> None:
    written = made("seed-000", with_person=True).save_pictures(tmp_path, ("svg", "png"))
    assert [each.name for each in written[:3]] == [
        "picture-1.svg",
        "picture-1.png",
        "picture-1.txt",
    ]
    assert not any("seed" in each.name for each in written)


def test_the_search_for_leaks_finds_them() -> None:
    """The tests above could not fail where the search finds nothing."""
    placed, record = placed_in(PATHWAY, "seed-000"), record_of("seed-000")
    found = leaks(everything(made("seed-000", with_person=True).handout), placed, record)
    assert {what for what, _ in found} >= {"about", "history", "preferences"}
    assert ("name", "seed-000") in leaks("This is for seed-000.", placed, record)
    pain = leaks(
        everything(made("foot-drop", with_person=True).handout),
        placed_in(PATHWAY, "foot-drop"),
        record_of("foot-drop"),
    )
    assert pain
