"""Every handout of the library as PDF: whole, tagged, legible, well laid out; visit sheets on one page."""

from __future__ import annotations

import time

import pytest

from pathways.diagrams.printing import to_tagged_pdf
from pathways.handouts.writers.pdf import LOOSENED, TEMPLATE, job_of, to_pdf
from pathways.handouts.writers.pdf_packing import count_pages, packed
from pathways.printed import hand_out
from tests.handouts.completeness import missing
from tests.handouts.matterhorn import failures
from tests.handouts.pages import PdfPages, badly_laid_out
from tests.handouts.shipped import (
    LIBRARY,
    PAPERS,
    PROFILES,
    RECORDS,
    Case,
    every_case,
    placed_in,
    placer,
)
from tests.handouts.tagged import Tagged

pytestmark = pytest.mark.slow

LARGEST = 500_000
"""Bytes of the largest handout for patients, in clear print."""

LONGEST_PACKING = 0.3
"""Seconds for the same."""

PAPER_OF = {profile: PAPERS[number % 2] for number, profile in enumerate(PROFILES)}
"""One paper for each size of type: both meet every pathway, at half the time."""


def wrong(case: Case) -> list[str]:
    """Return all that is wrong with the PDF of a handout."""
    printed = case.printed()
    data = printed.pdf()
    pages, tagged = PdfPages(data), Tagged(data)
    return [
        *failures(tagged),
        *missing(printed.handout, pages, tagged),
        *badly_laid_out(printed.handout, pages, tagged),
    ]


@pytest.mark.parametrize(
    "case", [each for each in every_case() if each.paper == PAPER_OF[each.profile]], ids=str
)
def test_handouts_for_anybody(case: Case) -> None:
    assert wrong(case) == []


@pytest.mark.parametrize(("number", "record"), list(enumerate(RECORDS)))
def test_handouts_for_one_patient(number: int, record: str) -> None:
    other = LIBRARY[number % len(LIBRARY)]
    for pathway in {"severe-back-pain", other}:
        assert wrong(Case(pathway, record=record)) == []


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("profile", ["standard", "clear-print"])
@pytest.mark.parametrize("pathway", LIBRARY)
def test_a_visit_sheet_is_one_page(pathway: str, profile: str, paper: str) -> None:
    assert _pages_of_sheet(pathway, "", profile, paper, with_person=False) == 1


@pytest.mark.parametrize("with_person", [False, True])
@pytest.mark.parametrize("pathway", LIBRARY)
def test_a_visit_sheet_of_a_patient_is_one_page(pathway: str, with_person: bool) -> None:
    """In the larger type on the lower paper; the others have more room."""
    long = {
        record
        for record in RECORDS
        if _pages_of_sheet(pathway, record, "clear-print", "letter", with_person=with_person) != 1
    }
    assert long == set()


def _pages_of_sheet(
    pathway: str, record: str, profile: str, paper: str, *, with_person: bool
) -> int:
    placed = placed_in(pathway, record) if record else None
    sheet = hand_out(
        placer(pathway).pathway,
        "visit_sheet",
        profile=profile,
        paper=paper,
        placed=placed,
        with_person=with_person,
    )
    return count_pages(sheet.pdf())


def test_the_largest_handout_is_small_and_quickly_packed() -> None:
    from importlib.resources import files

    handout = Case("severe-back-pain").printed().handout
    assert len(to_pdf(handout)) < LARGEST
    template = (files("pathways.handouts") / "templates" / TEMPLATE).read_text("utf-8")
    data = to_tagged_pdf(template, {**job_of(handout), **LOOSENED[0]})
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        packed(data)
        times.append(time.perf_counter() - begin)
    assert min(times) < LONGEST_PACKING
