"""Handouts meet PDF/UA-1 as far as a program can tell, and the program can tell: damage is found."""

from __future__ import annotations

from functools import cache

import pytest
from pikepdf import Array, Dictionary, Name, String

from pathways.handouts.writers.pdf import to_pdf
from tests.handouts import damage as to
from tests.handouts.matterhorn import CHECKS, failures
from tests.handouts.sample import sample
from tests.handouts.shipped import FEW, Case
from tests.handouts.tagged import Tagged

NO_LANGUAGE = to.entry("Lang")
DAMAGES: dict[str, list[to.Damage]] = {
    "01-003": [to.mark_inside(artifact=True)],
    "01-004": [to.mark_inside(artifact=False)],
    "01-005": [to.redrawn(to.unmarked), to.no_parents, to.entry("StructTreeRoot")],
    "01-007": [to.entry("MarkInfo Suspects", True), to.entry("MarkInfo")],
    "02-001": [to.retagged("P", "Paragraph")],
    "02-003": [to.roles(One="Two", Two="One")],
    "02-004": [to.roles(P="Span")],
    "06-001": [to.entry("Metadata")],
    "06-002": [to.metadata(b"pdfuaid:part>1<", b"pdfuaid:part>9<")],
    "06-003": [to.metadata(b"dc:title", b"dc:other")],
    "07-001": [to.entry("ViewerPreferences DisplayDocTitle"), to.entry("ViewerPreferences")],
    "07-002": [to.entry("ViewerPreferences DisplayDocTitle", False)],
    "09-004": [to.retagged("TD", "P"), to.retagged("TR", "Div"), to.retagged("TBody", "THead")],
    "09-005": [to.retagged("LI", "P"), to.retagged("L", "Div"), to.retagged("Lbl", "Span")],
    "09-006": [to.retagged("P", "TOCI")],
    "10-001": [to.unicode_of(b"<0001> <0041>")],
    "11-001": [NO_LANGUAGE, to.entry("Lang", String("no language"))],
    "11-002": [NO_LANGUAGE],
    "11-003": [NO_LANGUAGE],
    "11-004": [NO_LANGUAGE],
    "11-006": [NO_LANGUAGE],
    "13-004": [to.without("/Alt", "Figure"), to.retagged("Figure", "Figure", Alt=String(" "))],
    "14-002": [to.retagged("H1", "H2"), to.retagged("H1", "P")],
    "14-003": [to.retagged("H2", "H4")],
    "14-006": [to.retagged("P", "H", count=9)],
    "14-007": [to.retagged("P", "H")],
    "15-003": [to.without("/A", "TH", "TD")],
    "17-002": [to.retagged("P", "Formula")],
    "19-003": [to.retagged("P", "Note")],
    "19-004": [to.retagged("P", "Note", count=2, ID=String("one"))],
    "20-001": [to.entry("OCProperties", Dictionary()), to.entry("AcroForm", Dictionary())],
    "21-001": [to.nameless_file],
    "25-001": [to.entry("AcroForm", Dictionary(XFA=String("<xdp/>")))],
    "28-002": [to.annotation("Text")],
    "28-004": [to.annotation("Text")],
    "28-006": [to.annotation("Dance")],
    "28-007": [to.annotation("TrapNet")],
    "28-008": [to.tabs("")],
    "28-009": [to.tabs("R")],
    "28-011": [to.retagged("Link", "Span", count=9), to.no_parents],
    "28-012": [to.links_without("/Contents")],
    "30-001": [to.form(twice=False)],
    "30-002": [to.form(twice=True)],
    "31-005": [to.inner_entry("CIDToGIDMap", Name("/Other"))],
    "31-006": [to.inner_entry("CIDToGIDMap")],
    "31-007": [to.inner_entry("Encoding", Name("/WinAnsiEncoding"), of="font")],
    "31-009": [to.inner_entry("FontFile2", of="descriptor")],
    "31-011": [to.fonts(to.fewer_glyphs)],
    "31-014": [to.cid_set(b"\x80")],
    "31-015": [to.cid_set(b"\xff" * 99)],
    "31-016": [to.inner_entry("W"), to.inner_entry("W", Array([1, 900, 500]))],
    "31-027": [to.inner_entry("ToUnicode", of="font")],
    "31-028": [to.unicode_of(b"<0001> <0000>")],
    "31-029": [to.unicode_of(b"<0001> <FEFF>")],
    "31-030": [to.redrawn(to.empty_box)],
}
ENCRYPTED = "26-002"


@cache
def good() -> bytes:
    return to_pdf(sample())


def numbers(data: bytes) -> set[str]:
    return {each.partition(":")[0] for each in failures(Tagged(data))}


@pytest.mark.parametrize("profile", ["standard", "clear-print", "large-print"])
@pytest.mark.parametrize("language", ["en", "en-US", "de"])
def test_the_sample_has_no_failure(profile: str, language: str) -> None:
    assert failures(Tagged(to_pdf(sample(profile, language)))) == []


@pytest.mark.parametrize("case", FEW, ids=str)
def test_handouts_of_the_library_have_no_failure(case: Case) -> None:
    assert failures(Tagged(case.printed().pdf())) == []


def test_each_condition_has_a_damage_and_each_damage_a_condition() -> None:
    assert {*DAMAGES, ENCRYPTED} == set(CHECKS)


@pytest.mark.parametrize(
    ("number", "damage"), [(number, each) for number, all_ in DAMAGES.items() for each in all_]
)
def test_damage_is_found(number: str, damage: to.Damage) -> None:
    assert number in numbers(to.damaged(good(), damage))


def test_a_lock_is_found() -> None:
    assert numbers(to.locked(good())) == {ENCRYPTED}


def test_saving_alone_is_no_damage() -> None:
    assert numbers(to.damaged(good(), lambda _: None)) == set()
