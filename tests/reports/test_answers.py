"""What is said of every example patient: complete, safe, and the same in text, Markdown and HTML."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pathways.conditions.scope import Reader
from pathways.patients.placing import Placer
from pathways.placed import Placed, day_of, place_everywhere
from pathways.reading.files import LIBRARY, library_ids
from pathways.reading.load import load_many
from pathways.reports.answer import Answer
from pathways.reports.html import POLICY, to_fragment, to_page
from pathways.reports.text import to_markdown, to_text
from tests.conftest import Golden

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = sorted((LIBRARY / "patients").glob("*.yaml"))
READERS: tuple[Reader, Reader] = ("clinician", "patient")
DAY = day_of("2026-11-25")


@lru_cache(maxsize=1)
def placers() -> tuple[Placer, ...]:
    return tuple(Placer(each) for each in load_many(library_ids()))


@lru_cache(maxsize=64)
def placed(path: Path) -> tuple[Placed, ...]:
    return place_everywhere(placers(), path, DAY)


class Checker(HTMLParser):
    """Collects the text of a page, and what is not closed or not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"br", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def read(page: str) -> Checker:
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


def squeezed(text: str) -> str:
    return " ".join(text.split())


def said(answer: Answer) -> list[str]:
    """What every form of an answer must say; whoever needs help now reads of nothing that can wait."""
    calm = answer.headline != "emergency"
    return [
        answer.title,
        answer.headline_words,
        answer.status,
        *(each.title for each in answer.here),
        *(each.title for each in answer.ways if calm),
        *(each.title for each in answer.offers if calm),
        *(sign for each in answer.alarms if not each.is_headline for sign in each.signs[1:]),
        *(each.question for each in answer.questions[:8]),
        *answer.goals,
        *([answer.proviso] if answer.ways and calm else []),
    ]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_form_says_everything(path: Path, reader: Reader) -> None:
    for each in placed(path):
        answer = each.answer(reader)
        text = squeezed(to_text(answer))
        page = squeezed(read(to_page(answer)).text)
        for words in said(answer):
            assert squeezed(words).lower() in text.lower()
            assert squeezed(words).lower() in page.lower()
        assert "not reviewed by a clinician" in text
        assert "not medical advice" in page


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_emergency_signs_come_before_everything(path: Path) -> None:
    """As the signs themselves, as the questions about them, or as the help that is due."""
    for each in placed(path):
        answer = each.answer("patient")
        text = to_text(answer)
        place = text.index("\nWhere you are\n")
        if answer.headline in {"here", "finished"}:
            assert text.index("Emergency sign") < text.index(answer.headline_words) < place
        else:
            assert text.index(answer.headline_words) < place
        if answer.headline == "check_signs":
            asked = [each for each in answer.questions if each.is_emergency]
            assert asked
            words = squeezed(text[:place])
            assert all(squeezed(each.question) in words for each in asked)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_pages_ask_for_nothing(path: Path) -> None:
    page = read(to_page(placed(path)[0].answer("patient")))
    assert page.tags <= {
        "html", "head", "meta", "title", "style", "body", "main", "section", "footer", "figure",
        "h1", "h2", "p", "ul", "li", "strong", "em", "small", "span", "br",
    }  # fmt: skip
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert POLICY.startswith("default-src 'none'")


def test_what_a_record_says_is_only_ever_text() -> None:
    source = {
        "record": "hostile",
        "about": "<script>alert(1)</script> & [link](javascript:x)",
        "goals": ["</main><img src=x onerror=alert(1)>", "*bold* `code` $x$"],
    }
    answer = place_everywhere(placers(), source, DAY)[0].answer("patient")
    page = read(to_page(answer))
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert "<img src=x" in page.text
    markdown = to_markdown(answer)
    assert "<script>" not in markdown
    assert "\\*bold\\*" in markdown


def test_the_picture_stands_inside_the_page() -> None:
    answer = placed(LIBRARY / "patients" / "seed-000.yaml")[0].answer("patient")
    assert '<figure class="pw-picture"><svg></svg></figure>' in to_fragment(answer, "<svg></svg>")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_the_person_of_the_first_text(reader: Reader, form: str, golden: Golden) -> None:
    found = placed(LIBRARY / "patients" / "seed-000.yaml")
    answer = next(each for each in found if each.pathway.id == "severe-back-pain").answer(reader)
    forms = {"txt": to_text(answer), "md": to_markdown(answer), "html": to_fragment(answer)}
    golden(GOLDEN / f"seed-000-{reader}.{form}", forms[form])


def test_a_longer_list_of_questions_only_when_asked_for() -> None:
    answer = placed(LIBRARY / "patients" / "seed-000.yaml")[0].answer("patient")
    short, whole = to_text(answer), to_text(answer, all_questions=True)
    assert "more questions can wait" in short
    assert "more questions can wait" not in whole
    last = squeezed(answer.questions[-1].question)
    assert last in squeezed(whole)
    assert last not in squeezed(short)


@pytest.mark.parametrize("width", [40, 72, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    answer = placed(LIBRARY / "patients" / "seed-000.yaml")[0].answer("clinician")
    assert max(len(line) for line in to_text(answer, width=width).splitlines()) <= width
