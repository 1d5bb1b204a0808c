"""Pages of random pathways: everything is read off the finished pages."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.diagrams.drawing.shapes import Block, Sheet
from pathways.diagrams.extract import extract
from pathways.diagrams.finished import Pages
from pathways.diagrams.model import Alarm, Arrow, Box, Diagram, Group, Line
from pathways.diagrams.pictures import diagram_pages, style_of
from pathways.diagrams.profiles import PAPERS, PRINT_PROFILES, PROFILES
from pathways.diagrams.views import View
from pathways.errors import DrawingError
from pathways.reading.load import load
from tests.drawing.made_diagrams import KINDS, LONG_TITLE, LONG_WORD, made
from tests.pagination.claims import cards, wrong_with

few = settings(max_examples=15, deadline=None, derandomize=True, database=None)

LOOKS = [(profile, paper) for profile in PRINT_PROFILES for paper in PAPERS]
ACCEPTED = ("of the page is covered", "crossing(s) of lines")
"""What the gate says of some pages of random pathways, and may: they are not made for paper."""


def make(seed: int, count: int, kind: str, profile: str = "") -> Diagram:
    options = dict(KINDS[kind])
    if profile == "large-print":
        # A step with very many ways on, or under very many warning signs, is refused.
        few = {"fan": 4, "alarms": 2}
        options |= {name: value for name, value in few.items() if name in options}
    return made(seed, count, **options)  # type: ignore[arg-type]


def wrong(diagram: Diagram, profile: str, paper: str = "a4") -> list[str]:
    """Return what is wrong with the pages of a diagram, by our judge and by the gate."""
    style = style_of(profile=profile)
    pages = diagram_pages(diagram, style, paper=paper)
    found = wrong_with(diagram, sheets(pages), style.profile, PAPERS[paper])
    found += [each for each in pages.problems if not any(words in each for words in ACCEPTED)]
    return found


def sheets(pages: Pages) -> list[Sheet]:
    return [page.sheet for page in pages]


@pytest.mark.parametrize(("profile", "paper"), LOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_every_kind_are_as_claimed(kind: str, profile: str, paper: str) -> None:
    for seed, count in ((2, 4), (3, 9)):
        assert wrong(make(seed, count, kind, profile), profile, paper) == [], (
            f"{count} steps, seed {seed}"
        )


ONCE_WRONG = [
    (7, 30, "tangled", "clinician", "letter"),
    (5, 15, "tangled", "clear-print", "letter"),
    (8, 30, "no phases", "large-print", "letter"),
    (11, 30, "long", "clear-print", "a4"),
    (5, 30, "long", "clinician", "a4"),
    (7, 1, "long", "clear-print", "letter"),
]


@pytest.mark.parametrize(("seed", "count", "kind", "profile", "paper"), ONCE_WRONG)
def test_steps_stay_between_the_margins(
    seed: int, count: int, kind: str, profile: str, paper: str
) -> None:
    """Page numbers other than those a page was tried with once gave layouts that did not fit."""
    assert wrong(make(seed, count, kind, profile), profile, paper) == []


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "paper"), LOOKS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [30, 60, 120])
def test_large_pathways_are_as_claimed(count: int, kind: str, profile: str, paper: str) -> None:
    for seed in range({30: 4, 60: 2, 120: 1}[count]):
        assert wrong(make(seed, count, kind, profile), profile, paper) == [], f"seed {seed}"


@pytest.mark.slow
@pytest.mark.parametrize("profile", PRINT_PROFILES)
def test_more_than_a_hundred_pages_are_as_claimed(profile: str) -> None:
    """Three digits take more room than two."""
    alarms = 2 if profile == "large-print" else 6
    diagram = made(1, 220, phases=3, jumps=0.3, back=0.2, alarms=alarms, panels=0.4, most_offers=12)
    diagram = replace(diagram, title=LONG_TITLE[:60])
    assert wrong(diagram, profile) == []


@pytest.mark.parametrize(("profile", "paper"), LOOKS)
def test_phases_of_one_step_each(profile: str, paper: str) -> None:
    assert wrong(made(5, 12, phases=12, alarms=2), profile, paper) == []


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Any small diagram: ways in any direction, panels, phases in any order, long texts."""
    count = draw(st.integers(1, 10))
    phase = st.sampled_from(("one", "two", None))
    title = st.sampled_from(("Rest", "Physiotherapy for the back", LONG_WORD, LONG_TITLE))
    condition = st.sampled_from(("", "you cannot sleep", " ".join([LONG_TITLE] * 2)))
    offers = st.lists(st.builds(Line, title, st.none(), st.just(""), condition), max_size=12)
    boxes = []
    for n in range(count):
        lines = tuple(draw(offers)) if draw(st.booleans()) else ()
        kind = "options" if lines else draw(st.sampled_from(("action", "decision", "end")))
        boxes.append(Box(f"s{n}", n + 1, kind, draw(title), group=draw(phase), lines=lines))  # type: ignore[arg-type]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    arrows = [
        Arrow(f"s{a}/{index}", f"s{a}", f"s{b}", draw(st.sampled_from(("", f"Way {index}"))))
        for index, (a, b) in enumerate(draw(st.lists(ends, max_size=2 * count, unique=True)))
    ]
    groups = tuple(
        Group(name, number, f"Phase {name}")
        for number, name in enumerate(("one", "two"), start=1)
        if any(box.group == name for box in boxes)
    )
    return Diagram("any", "Any", "", "Draft.", "patient", tuple(boxes), tuple(arrows), groups)


@few
@given(diagrams(), st.sampled_from(LOOKS))
def test_pages_of_any_small_diagram_are_as_claimed(diagram: Diagram, look: tuple[str, str]) -> None:
    assert wrong(diagram, *look) == []


BASE = made(3, 12, phases=2, jumps=0.2)
STEPS = tuple(Box(f"step{n}", n + 1, "action", f"Title {n}") for n in range(12))


def offers(count: int) -> tuple[Line, ...]:
    words = " ".join(["when nothing else has helped so far"] * 6)
    return tuple(
        Line(f"Offer {n} {LONG_TITLE}", "supported", "Guidelines support it", words)
        for n in range(count)
    )


def fan_of(label: str) -> tuple[Arrow, ...]:
    return tuple(
        Arrow(f"step0/{n}", "step0", f"step{n + 1}", f"{n} {label}", order=n + 1) for n in range(10)
    )


EDGES: dict[str, Diagram] = {
    "one step": replace(BASE, boxes=STEPS[:1], arrows=(), groups=()),
    "one step that leads to itself": replace(
        BASE, boxes=STEPS[:1], arrows=(Arrow("step0/0", "step0", "step0", "Again"),), groups=()
    ),
    "no ways": replace(BASE, arrows=()),
    "twelve offers with long conditions": replace(
        BASE,
        boxes=(replace(BASE.boxes[0], kind="options", lines=offers(12)), *BASE.boxes[1:]),
    ),
    "nothing but panels": replace(
        BASE,
        boxes=tuple(replace(box, kind="options", lines=offers(7)) for box in BASE.boxes[:3]),
        arrows=(Arrow("step0/0", "step0", "step1"), Arrow("step2/0", "step2", "step0", "Again")),
        groups=BASE.groups[:1],
    ),
    "ten exits": replace(BASE, boxes=STEPS, arrows=fan_of("label of some words"), groups=()),
    "ten exits with long labels": replace(
        BASE, boxes=STEPS, arrows=fan_of(LONG_TITLE[:60]), groups=()
    ),
    "long words everywhere": replace(
        BASE,
        title=LONG_WORD,
        boxes=tuple(replace(box, title=LONG_WORD, detail=LONG_WORD) for box in BASE.boxes),
        groups=tuple(replace(group, title=f"Phase {group.number}") for group in BASE.groups),
    ),
    "long titles everywhere": replace(
        BASE,
        title=LONG_TITLE,
        boxes=tuple(replace(box, title=LONG_TITLE) for box in BASE.boxes),
    ),
    "many ways into one step": replace(
        BASE,
        boxes=STEPS,
        arrows=tuple(Arrow(f"step{n}/0", f"step{n}", "step11") for n in range(0, 11, 2)),
        groups=(),
    ),
    "urgent signs of one step": replace(
        BASE,
        alarms=tuple(
            Alarm(f"interrupt-{n}", "urgent", f"Sign {n}", "you have a fever", 2, "Two", "step1")
            for n in range(3)
        ),
    ),
    "signs without a condition": replace(
        BASE,
        alarms=(
            Alarm("interrupt-1", "emergency", "Numbness", "", 2, "Emergency care", "step1"),
            Alarm("interrupt-2", "urgent", "Fever", "", 3, "Urgent tests", "step2"),
        ),
    ),
    "no footer": replace(BASE, footer=""),
}


@pytest.mark.parametrize("profile", PRINT_PROFILES)
@pytest.mark.parametrize("what", EDGES)
def test_edges_are_as_claimed(what: str, profile: str) -> None:
    assert wrong(EDGES[what], profile) == []


@pytest.mark.parametrize("profile", PRINT_PROFILES)
@pytest.mark.parametrize(
    "what",
    ["warning signs", "detail", "offer", "ways", "footer"],
    ids=lambda each: each.replace(" ", "-"),
)
def test_what_is_larger_than_a_page_is_never_cut_off(what: str, profile: str) -> None:
    """An error says so, or it is made smaller and the gate says so; it never just falls off."""
    many = " ".join(["numbness"] * 900)
    first, *rest = BASE.boxes
    signs = tuple(
        Alarm(
            f"interrupt-{n}", "emergency", f"Sign {n}", f"you have {many[:300]}", 2, "Two", "step1"
        )
        for n in range(12)
    )
    diagram = {
        "warning signs": replace(BASE, alarms=signs),
        "detail": replace(BASE, boxes=(replace(first, detail=many), *rest)),
        "offer": replace(
            BASE,
            boxes=(
                replace(first, kind="options", lines=(Line("T", None, "", many), Line("B"))),
                *rest,
            ),
        ),
        "ways": replace(BASE, boxes=STEPS, arrows=fan_of(many[:400]), groups=()),
        "footer": replace(BASE, footer=many),
    }[what]
    try:
        found = wrong(diagram, profile)
    except DrawingError:
        return
    small = [each for each in found if "holds type of" in each or "smallest type" in each]
    assert [each for each in found if each not in small] == []
    assert not small or any("smallest type" in each for each in small)


@pytest.mark.parametrize("profile", PRINT_PROFILES)
@pytest.mark.parametrize(
    "view", [View.phase(2), View.around(5), View.routes(14)], ids=["phase", "around", "routes"]
)
def test_pages_of_a_part_are_as_claimed(view: View, profile: str) -> None:
    reader = PROFILES[profile].reader
    diagram = extract(load("severe-back-pain"), reader=reader, view=view)
    assert wrong(diagram, profile) == []
    for sheet in sheets(diagram_pages(diagram, style_of(profile=profile))):
        ovals = [block for block in sheet.blocks if block.part == "oval"]
        for oval in ovals:
            assert "page 0" not in " ".join(text.text for text in oval.texts)


@pytest.mark.parametrize(("profile", "paper"), LOOKS)
def test_the_same_diagram_gives_the_same_pages(profile: str, paper: str) -> None:
    style = style_of(profile=profile)
    first = [page.svg for page in diagram_pages(make(2, 9, "tangled"), style, paper=paper)]
    diagram_pages(make(3, 7, "long"), style, paper=paper)
    again = style_of(profile=profile)
    assert [p.svg for p in diagram_pages(make(2, 9, "tangled"), again, paper=paper)] == first


def test_pages_are_well_formed_svg_of_the_size_of_the_paper() -> None:
    for paper, (width, height) in {"a4": ("595.28", "841.89"), "letter": ("612", "792")}.items():
        for page in diagram_pages(
            make(2, 9, "tangled"), style_of(profile="clinician"), paper=paper
        ):
            root = ET.fromstring(page.svg)
            assert (root.get("width"), root.get("height")) == (f"{width}pt", f"{height}pt")


def test_warning_signs_come_first_in_the_svg_and_in_words() -> None:
    diagram = make(2, 9, "tangled")
    for page in diagram_pages(diagram, style_of(profile="clinician")):
        svg = page.svg
        parts = [svg.find(f'class="{part}') for part in ("frame", "card", "oval", "label", "row")]
        assert svg.rfind('class="alarm') < min(place for place in parts if place >= 0)
        words = page.sheet.description
        for alarm in diagram.alarms:
            place = words.find(alarm.label)
            assert place >= 0
            assert place < words.find("\nStep ") or "\nStep " not in words


class TestTheJudge:
    """The claims see what is wrong: good pages are spoilt in one way each."""

    diagram = replace(
        make(2, 16, "tangled"),
        boxes=tuple(
            replace(box, kind="options", lines=offers(12)) if box.number == 5 else box
            for box in make(2, 16, "tangled").boxes
        ),
    )
    style = style_of(profile="clinician")
    good = tuple(sheets(diagram_pages(diagram, style)))

    def found(self, pages: tuple[Sheet, ...]) -> str:
        return "\n".join(wrong_with(self.diagram, pages, self.style.profile, PAPERS["a4"]))

    def without(self, part: str, words: str) -> str:
        """Return what is wrong without the first block of some part with some words."""
        return self.found(self.changed(part, words, lambda _: ()))

    def changed(self, part: str, words: str, change: object) -> tuple[Sheet, ...]:
        """Change the first block with some words: on one line if there is one, else over two."""
        assert callable(change)
        blocks = [
            (number, index, block)
            for number, sheet in enumerate(self.good)
            for index, block in enumerate(sheet.blocks)
            if block.part == part and words in " ".join(text.text for text in block.texts)
        ]
        on_one_line = [b for b in blocks if any(words in text.text for text in b[2].texts)]
        for number, index, block in on_one_line or blocks:
            sheet = self.good[number]
            kept = (*sheet.blocks[:index], *change(block), *sheet.blocks[index + 1 :])
            return (*self.good[:number], replace(sheet, blocks=kept), *self.good[number + 1 :])
        raise AssertionError(f"no {part} with {words}")

    def said_otherwise(self, part: str, words: str, new: str) -> str:
        def change(block: Block) -> tuple[Block, ...]:
            texts = tuple(replace(t, text=t.text.replace(words, new)) for t in block.texts)
            return (replace(block, texts=texts),)

        return self.found(self.changed(part, words, change))

    def test_finds_nothing_wrong_with_good_ones(self) -> None:
        assert len(self.good) > 4
        assert self.found(self.good) == ""

    def test_sees_a_step_that_is_missing_or_there_twice(self) -> None:
        assert "not every step is on a page" in self.without(
            "card", self.diagram.boxes[6].title[:8]
        )
        twice = (*self.good, self.good[-1])
        assert "stands on 2 cards" in self.found(twice)

    def test_sees_a_piece_of_a_panel_that_is_missing(self) -> None:
        assert "offers are not each there once" in self.without("card", "(2 of")

    def test_sees_an_oval_with_a_wrong_page(self) -> None:
        for page in range(2, len(self.good) + 1):
            if any(
                f", page {page}" in text.text
                for sheet in self.good
                for block in sheet.blocks
                if block.part == "oval"
                for text in block.texts
            ):
                found = self.said_otherwise("oval", f", page {page}", f", page {page}1")
                assert "ovals on page" in found
                return
        raise AssertionError

    def test_sees_an_oval_that_is_missing(self) -> None:
        assert "name its goal" in self.without("oval", "Go to step")
        assert "name where it comes from" in self.without("oval", "From step")

    def test_sees_a_wrong_map(self) -> None:
        assert "the map says" in self.said_otherwise("row", "Goes on to page", "Goes past page")
        assert "the map lists pages" in self.without("row", "Goes on to page")

    def test_sees_a_wrong_page_number(self) -> None:
        assert "says" in self.said_otherwise("heading", "Page 2 of", "Page 3 of")

    def test_sees_a_page_without_its_warning_signs(self) -> None:
        last = self.good[-1]
        spoilt = replace(last, blocks=tuple(b for b in last.blocks if b.part != "banner"))
        with pytest.raises(ValueError, match="empty"):
            self.found((*self.good[:-1], spoilt))
        banner = next(block for block in last.blocks if block.part == "banner")
        fewer = replace(banner, inner=banner.inner[1:])
        spoilt = replace(
            last, blocks=tuple(fewer if b.part == "banner" else b for b in last.blocks)
        )
        assert "does not tell all of interrupt-1" in self.found((*self.good[:-1], spoilt))

    def test_sees_small_type_wrong_paper_and_many_cards(self) -> None:
        pages = diagram_pages(self.diagram, style_of(profile="clinician"), paper="letter")
        assert "not a4" in self.found(tuple(sheets(pages)))
        large = wrong_with(self.diagram, self.good, PROFILES["large-print"], PAPERS["a4"])
        assert any("holds type of" in each for each in large)
        assert any(len(cards(sheet)) > 4 for sheet in self.good) == any(
            "cards" in each and "holds" in each for each in large
        )

    def test_sees_what_stands_in_the_margin(self) -> None:
        spoilt = self.changed("card", "", lambda block: (block.at(block.x - 200, block.y),))
        assert "stands in the margin" in self.found(spoilt)
