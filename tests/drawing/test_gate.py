"""The gate: for each measure a sheet made by hand that passes, and one that fails it alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pathways.diagrams.drawing.contrast import contrast
from pathways.diagrams.drawing.quality import Quality, quality
from pathways.diagrams.drawing.shapes import Block, Part, Sheet, Text, Wire
from pathways.diagrams.profiles import PAPERS, PROFILES

CLINICIAN, SCREEN = PROFILES["clinician"], PROFILES["screen"]
GREY, LIGHT = "#545F6B", "#F6F7F9"
COUNTS = {
    "lines_through": 0,
    "lines_on_text": 0,
    "overlaps": 0,
    "shared_tracks": 0,
    "crossings": 0,
    "labels_off": 0,
    "text_outside": 0,
    "off_page": 0,
}


def text(words: str, x: float, y: float, **others: Any) -> Text:
    return replace(Text(words, x, y, 10.0, 5.0 * len(words)), **others)


def card(name: str, x: float, y: float, **others: Any) -> Block:
    """Return a card of 100 by 60 with some words in its middle."""
    words = (text(f"Step {name}", 20, 34),)
    block = Block("card", 100, 60, "box", x, y, "#FFFFFF", GREY, 1.5, texts=words, name=name)
    return replace(block, **others)


def label(name: str, x: float, y: float) -> Block:
    """Return a label of 30 by 16, x and y being its middle."""
    block = Block("label", 30, 16, "rounded", x - 15, y - 8, "#FFFFFF", GREY, 1.0, name=name)
    return replace(block, texts=(text("Yes", 15, 12, anchor="middle"),))


def wire(name: str, source: str, target: str, *points: tuple[float, float]) -> Wire:
    return Wire(name, source, target, points, colour=GREY)


def frame(name: str, x: float, y: float, width: float, height: float) -> Block:
    title = (text("1 First weeks", 10, 14),)
    return Block(
        "frame", width, height, "rounded", x, y, LIGHT, "#CDD3D9", 1.0, texts=title, name=name
    )


BLOCKS = (
    frame("phase", 10, 10, 480, 380),
    card("a", 40, 50),
    card("b", 40, 250),
    card("c", 240, 50),
    card("d", 240, 250),
    label("a/0", 90, 180),
)
WIRES = (
    wire("a/0", "a", "b", (90, 110), (90, 250)),
    wire("c/0", "c", "d", (290, 110), (290, 250)),
)
CLEAN = Sheet("clean", 500, 400, BLOCKS, WIRES)


def with_blocks(*more: Block) -> Sheet:
    return replace(CLEAN, blocks=(*BLOCKS, *more))


def with_wires(*more: Wire) -> Sheet:
    return replace(CLEAN, wires=(*WIRES, *more))


def counts(found: Quality) -> dict[str, int]:
    return {name: getattr(found, name) for name in COUNTS}


def test_the_clean_sheet_passes_every_measure() -> None:
    found = quality(CLEAN)
    assert counts(found) == COUNTS
    assert found.cards == 4
    assert found.problems(CLINICIAN) == ()
    assert found.passes(SCREEN)


BAD: dict[str, tuple[Sheet, str, int, str]] = {
    "a line through one card": (
        with_wires(wire("x", "c", "b", (390, 20), (390, 80), (200, 80), (200, 280), (150, 280))),
        "lines_through",
        1,
        "through a card",
    ),
    "two lines through cards": (
        with_wires(
            wire("x", "c", "y", (240, 20), (260, 120)), wire("y", "b", "z", (20, 280), (60, 280))
        ),
        "lines_through",
        2,
        "through a card",
    ),
    "a line through the label of another line": (
        with_wires(wire("x", "b", "y", (60, 180), (85, 180))),
        "lines_through",
        1,
        "another label",
    ),
    "a curve through a card": (
        with_wires(
            Wire(
                "x",
                "c",
                "z",
                ((240, 240), (240, 320), (360, 320), (360, 240)),
                curved=True,
                colour=GREY,
            )
        ),
        "lines_through",
        1,
        "through a card",
    ),
    "a line through the title of a phase": (
        with_wires(wire("x", "e", "f", (50, 2), (50, 40))),
        "lines_on_text",
        1,
        "title of a phase",
    ),
    "cards on each other": (
        with_blocks(card("e", 300, 280)),
        "overlaps",
        1,
        "on each other",
    ),
    "three cards on each other": (
        with_blocks(card("e", 320, 290), card("f", 330, 300)),
        "overlaps",
        3,
        "on each other",
    ),
    "a label on a card": (
        replace(CLEAN, blocks=(*BLOCKS[:5], label("a/0", 90, 116))),
        "overlaps",
        1,
        "on each other",
    ),
    "two lines on one track": (
        with_wires(wire("x", "e", "f", (290.5, 130), (290.5, 240))),
        "shared_tracks",
        1,
        "lines on each other",
    ),
    "a label off its line": (
        replace(CLEAN, blocks=(*BLOCKS[:5], label("a/0", 170, 180))),
        "labels_off",
        1,
        "away from their line",
    ),
    "a label without a line": (
        with_blocks(label("nothing", 200, 150)),
        "labels_off",
        1,
        "away from their line",
    ),
    "text out of a card": (
        with_blocks(card("e", 360, 320, texts=(text("a text that is far too long", 20, 34),))),
        "text_outside",
        1,
        "out of their shape",
    ),
    "two texts out of a card": (
        with_blocks(card("e", 360, 320, texts=(text("a", 20, 5), text("b", 20, 62)))),
        "text_outside",
        2,
        "out of their shape",
    ),
    "text out of the picture": (
        with_blocks(card("e", 420, 320, part="offer", texts=(text("Step e, longer", 20, 34),))),
        "text_outside",
        1,
        "out of their shape",
    ),
    "cards out of the picture": (
        with_blocks(card("e", 420, 320), card("f", 360, -10, texts=())),
        "off_page",
        2,
        "beyond the margins",
    ),
    "text out of the slanted edge of a hexagon": (
        with_blocks(card("e", 360, 320, shape="hexagon", texts=(text("Yes", 3, 12),))),
        "text_outside",
        1,
        "out of their shape",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_each_fault_is_counted_and_nothing_else(what: str) -> None:
    sheet, name, count, words = BAD[what]
    found = quality(sheet)
    assert counts(found) == {**COUNTS, name: count}
    problems = found.problems(CLINICIAN)
    assert len(problems) == 1
    assert words in problems[0]
    assert problems[0].startswith(f"{count} ")
    assert not found.passes(CLINICIAN)


def test_the_same_text_is_fine_in_the_middle_of_a_hexagon() -> None:
    middle = card("e", 360, 320, shape="hexagon", texts=(text("Yes", 3, 32),))
    assert quality(with_blocks(middle)).text_outside == 0
    assert quality(with_blocks(card("e", 360, 320, texts=(text("Yes", 3, 12),)))).text_outside == 0


def test_what_touches_does_not_overlap() -> None:
    assert quality(with_blocks(card("e", 340, 250))).overlaps == 0


def test_a_line_may_end_at_a_card_and_run_along_its_edge() -> None:
    along = wire("x", "e", "f", (140, 40), (140, 130))
    assert counts(quality(with_wires(along))) == COUNTS


class TestCrossings:
    crossing = wire("x", "e", "f", (230, 150), (350, 150))

    def few(self, count: int) -> Sheet:
        more = [
            replace(self.crossing, name=f"x{n}", source=f"e{n}", target=f"f{n}")
            for n in range(count)
        ]
        return with_wires(
            *(
                replace(w, points=((230, 125 + 9 * n), (350, 125 + 9 * n)))
                for n, w in enumerate(more)
            )
        )

    def test_one_is_too_many_on_paper_with_few_cards(self) -> None:
        found = quality(self.few(1))
        assert counts(found) == {**COUNTS, "crossings": 1}
        assert found.problems(CLINICIAN) == ("1 crossing(s) of lines; at most 0",)
        assert found.problems(SCREEN) == ()

    @pytest.mark.parametrize(("count", "passes"), [(2, True), (3, False)])
    def test_two_are_allowed_with_more_cards(self, count: int, passes: bool) -> None:
        nine = replace(quality(self.few(count)), cards=9)
        assert nine.crossings == count
        roomy = replace(CLINICIAN, most_cards=9)
        assert nine.passes(roomy) == passes

    def test_lines_with_a_common_end_may_run_together_but_not_cross(self) -> None:
        together = wire("x", "c", "f", (290.5, 130), (290.5, 240))
        assert counts(quality(with_wires(together))) == COUNTS
        assert quality(with_wires(replace(self.crossing, source="c"))).crossings == 1

    def test_curves_cross_too(self) -> None:
        curve = Wire(
            "x",
            "e",
            "f",
            ((233, 130), (260, 130), (320, 200), (350, 200)),
            curved=True,
            colour=GREY,
        )
        assert quality(with_wires(curve)).crossings == 1


class TestContrast:
    def test_of_a_text_with_its_card(self) -> None:
        pale = card("e", 360, 320, texts=(text("Pale", 20, 34, colour="#999999"),))
        found = quality(with_blocks(pale))
        assert counts(found) == COUNTS
        assert found.text_contrast == pytest.approx(contrast("#999999", "#FFFFFF"))
        assert found.problems(CLINICIAN) == ("contrast of a text is 2.8; at least 4.5",)

    def test_of_a_text_with_what_is_behind_a_shape_without_fill(self) -> None:
        dark = Block(
            "heading", 80, 20, x=380, y=330, texts=(text("Dark", 5, 14, colour="#FFFFFF"),)
        )
        assert quality(with_blocks(dark)).text_contrast == pytest.approx(1.0)

    def test_of_a_number_with_its_disc(self) -> None:
        disc = Block(
            "number",
            20,
            20,
            "stadium",
            5,
            5,
            "#AAAAAA",
            texts=(text("1", 10, 14, colour="#FFFFFF", anchor="middle"),),
        )
        found = quality(with_blocks(card("e", 360, 320, inner=(disc,), texts=())))
        assert found.text_contrast == pytest.approx(contrast("#AAAAAA", "#FFFFFF"))

    def test_of_a_line_with_the_frame_it_runs_on(self) -> None:
        pale = replace(wire("x", "e", "f", (400, 60), (400, 90)), colour="#949494")
        assert contrast("#949494", "#FFFFFF") > 3 > contrast("#949494", LIGHT)
        found = quality(with_wires(pale))
        assert counts(found) == COUNTS
        assert found.line_contrast == pytest.approx(contrast("#949494", LIGHT))
        assert len(found.problems(CLINICIAN)) == 1
        assert "contrast of a line" in found.problems(CLINICIAN)[0]

    def test_of_a_border(self) -> None:
        found = quality(with_blocks(card("e", 360, 320, border="#CCCCCC")))
        assert found.line_contrast < 3
        assert len(found.problems(CLINICIAN)) == 1

    def test_the_formula_gives_the_values_of_the_guideline(self) -> None:
        assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
        assert contrast("#FFFFFF", "#767676") == pytest.approx(4.542, abs=0.001)
        assert contrast("#FF0000", "#FFFFFF") == pytest.approx(3.998, abs=0.001)
        assert contrast("#123456", "#123456") == 1.0


class TestSizes:
    def sheet(self, width: float, height: float) -> Sheet:
        return replace(CLEAN, width=width, height=height)

    def test_a_picture_that_fits_is_as_large_as_it_is(self) -> None:
        found = quality(CLEAN)
        assert found.smallest == 10.0
        assert found.points_on == {"a4": 10.0, "letter": 10.0}

    def test_too_wide_for_a4_alone(self) -> None:
        # 535 points between the margins of A4, 552 between those of Letter: 9 points need 613.
        found = quality(self.sheet(600, 400))
        assert found.points_on["a4"] == pytest.approx(10 * 535.28 / 600)
        problems = found.problems(CLINICIAN)
        assert len(problems) == 1
        assert "8.9 points on a4" in problems[0]

    def test_too_high_for_letter_alone(self) -> None:
        found = quality(self.sheet(500, 860))
        assert found.points_on["letter"] == pytest.approx(10 * 732 / 860)
        problems = found.problems(CLINICIAN)
        assert len(problems) == 1
        assert "points on letter" in problems[0]

    def test_a_page_counts_on_its_own_paper_only(self) -> None:
        paper = PAPERS["letter"]
        small = (text("As small as may be", 20, 34, size=9.0),)
        full = card("e", 30, 420, width=500, height=300, texts=small)
        page = replace(with_blocks(full), width=paper.width, height=paper.height, paper="letter")
        found = quality(page)
        assert found.points_on["letter"] == 9.0
        assert found.points_on["a4"] < 8.9
        assert found.problems(CLINICIAN) == ()

    def test_type_too_small_for_whom_it_is_for(self) -> None:
        found = quality(CLEAN)
        assert len(found.problems(PROFILES["clear-print"])) == 2
        assert all(
            "clear-print needs 12" in each for each in found.problems(PROFILES["clear-print"])
        )
        assert found.problems(SCREEN) == ()


class TestPages:
    paper = PAPERS["a4"]

    def page(self, *blocks: Block, page_count: int = 5) -> Sheet:
        return Sheet(
            "page", self.paper.width, self.paper.height, blocks, paper="a4", page_count=page_count
        )

    def test_nearly_empty(self) -> None:
        found = quality(self.page(card("a", 40, 50)))
        assert counts(found) == COUNTS
        assert found.filled == pytest.approx(6000 / (535.28 * 781.89))
        problems = found.problems(CLINICIAN)
        assert len(problems) == 1
        assert "of the page is covered" in problems[0]

    def test_nearly_empty_because_there_is_no_more(self) -> None:
        assert quality(self.page(card("a", 40, 50), page_count=1)).problems(CLINICIAN) == ()

    def test_full_enough(self) -> None:
        large = card("a", 40, 50, width=500, height=200)
        assert quality(self.page(large)).problems(CLINICIAN) == ()
        low = quality(self.page(card("a", 40, 50), card("b", 40, 400)))
        assert low.filled < 0.2
        assert low.problems(CLINICIAN) == ()

    def test_into_the_margin(self) -> None:
        assert quality(self.page(card("a", self.paper.margin, 400))).off_page == 0
        found = quality(self.page(card("a", self.paper.margin - 5, 400)))
        assert counts(found) == {**COUNTS, "off_page": 1}
        assert found.problems(CLINICIAN) == ("1 card(s) or other blocks beyond the margins",)

    def test_too_many_cards(self) -> None:
        cards = [card(str(n), 40 + 120 * (n % 4), 50 + 190 * (n // 4)) for n in range(9)]
        found = quality(self.page(*cards))
        assert found.cards == 9
        assert found.problems(CLINICIAN) == ("9 cards on a page; clinician holds 8",)
        assert quality(self.page(*cards[1:])).problems(CLINICIAN) == ()
        assert found.problems(SCREEN) == ()


def test_blocks_inside_blocks_are_measured_where_they_stand() -> None:
    """An alarm stands inside its banner: a card that lies on it is seen."""
    alarm = Block("alarm", 100, 20, "rounded", 0, 30, "#FFFFFF", GREY, 3.0)
    banner = Block("banner", 100, 50, x=360, y=300, inner=(alarm,))
    part: Part = "card"
    below = replace(card("e", 380, 340, texts=()), part=part)
    assert quality(with_blocks(banner, below)).overlaps == 1
    beside = with_blocks(banner, replace(below, y=305, height=20))
    assert quality(beside).overlaps == 0
    inside = replace(banner, inner=(replace(alarm, texts=(text("Far too long a text", 20, 14),)),))
    assert quality(with_blocks(inside)).text_outside == 1
    through = wire("x", "e", "f", (370, 290), (370, 345))
    assert quality(replace(with_blocks(banner), wires=(*WIRES, through))).lines_through == 1
