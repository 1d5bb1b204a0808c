"""The gate of handouts: each measure has a handout that fails it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import cache

import pytest

from pathways.diagrams.finished import Picture
from pathways.diagrams.pictures import style_of
from pathways.errors import UnknownNameError
from pathways.handouts import looks
from pathways.handouts.blocks import (
    Block,
    Bullets,
    Card,
    Figure,
    Handout,
    Letterhead,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    everything,
    text_of,
)
from pathways.handouts.quality import HandoutQuality, problems, quality
from tests.handouts.sample import sample

HARD = (
    "Multidisciplinary biopsychosocial rehabilitation incorporating individualised neuromuscular "
    "reeducation demonstrates statistically significant improvements, notwithstanding considerable "
    "methodological heterogeneity across heterogeneous investigations."
)
EASY = "You can walk a bit each day, and rest when you need to."


def with_blocks(*blocks: Block) -> Handout:
    return replace(sample(), sections=(*sample().sections, Section("more", "More", blocks)))


def with_figure(**changes: object) -> Handout:
    return with_blocks(replace(figure(), **changes))  # type: ignore[arg-type]


@cache
def figure() -> Figure:
    return next(each for each in everything(sample()) if isinstance(each, Figure))


def painted(colour: str) -> Handout:
    return replace(sample(), letterhead=Letterhead("Clinic", colour=colour))


def small_picture() -> Picture:
    """Return the picture of the sample with type for a screen, and the profile of clear print."""
    found = sample("standard")
    (small,) = [each for each in everything(found) if isinstance(each, Figure)]
    return Picture(small.picture.sheet, style_of(profile="clear-print"))


def wide_picture() -> Picture:
    """Return the picture of the sample, twice as wide as the paper."""
    sheet = figure().picture.sheet
    return replace(figure().picture, sheet=replace(sheet, width=2 * sheet.width))


@pytest.mark.parametrize("profile", ["standard", "clear-print", "large-print"])
def test_the_sample_passes(profile: str) -> None:
    handout = sample(profile)
    if profile == "standard":
        handout = replace(handout, kind="clinician", reader="clinician")
    assert problems(quality(handout)) == ()


def test_a_real_handout_passes() -> None:
    from pathways.handouts.make import make
    from pathways.handouts.request import Request
    from pathways.reading.load import load

    assert problems(quality(make(Request(load("safety"))))) == ()


MADE: dict[str, tuple[Callable[[], Handout], str]] = {
    "no signs": (
        lambda: replace(sample(), emergency=replace(sample().emergency, blocks=())),
        "there is no sign for which to get help now",
    ),
    "only a blank sign": (
        lambda: replace(
            sample(), emergency=Notice("emergency", "Help", (Bullets(((Run(" "),),)),))
        ),
        "there is no sign for which to get help now",
    ),
    "another box first": (
        lambda: replace(sample(), emergency=replace(sample().emergency, kind="note")),
        "the box that comes first is not an emergency box with a title",
    ),
    "no title on the first box": (
        lambda: replace(sample(), emergency=replace(sample().emergency, title="")),
        "the box that comes first is not an emergency box with a title",
    ),
    "no title": (lambda: replace(sample(), title=" "), "the title is missing"),
    "no version": (lambda: replace(sample(), version=""), "the version is missing"),
    "no date": (lambda: replace(sample(), date=""), "the date is missing"),
    "no status": (lambda: replace(sample(), status=""), "the status is missing"),
    "no advice": (lambda: replace(sample(), advice="\t"), "the advice is missing"),
    "the title twice": (
        lambda: replace(sample(), sections=(Section("x", sample().title.upper(), ()),)),
        "2 headings are the title",
    ),
    "small type for patients": (
        lambda: sample("standard"),
        "the smallest type in text is 9.0 points; at least 12",
    ),
    "small type in a picture": (
        lambda: with_figure(picture=small_picture()),
        "the smallest type in pictures is 9.0 points; at least 12",
    ),
    "picture wider than the paper": (
        lambda: with_figure(picture=wide_picture()),
        "the smallest type in pictures is 6.0 points; at least 12",
    ),
    "hard to read": (
        lambda: with_blocks(*[Paragraph(text_of(HARD))] * 3),
        "the reading grade is",
    ),
    "pale headings": (
        lambda: painted("#FFCC00"),
        "headings and links: the contrast is 1.5 (#FFCC00 on #FFFFFF); at least 4.5",
    ),
    "no colour": (lambda: painted("gold"), "'gold' is no colour"),
    "no alternative text": (lambda: with_figure(alt=" "), "picture-1 has no alternative text"),
    "caption as alternative text": (
        lambda: with_figure(alt=figure().caption.upper() + "."),
        "picture-1 has an alternative text that only repeats its caption",
    ),
    "no words of a picture": (lambda: with_figure(words=("",)), "picture-1 has no words beside it"),
    "a picture that fails its gate": (
        lambda: with_figure(picture=small_picture()),
        "picture-1: the smallest type is",
    ),
    "a gap in headings": (
        lambda: with_blocks(Section("bare", "", (Section("inner", "Inner", ()),))),
        "'Inner' has level 4, after level 2",
    ),
    "headings too deep": (
        lambda: with_blocks(Section("a", "A", (Section("b", "B", (Card("C", None, "", ()),)),))),
        "'C' has level 5; the deepest is 4",
    ),
    "a table without a caption": (
        lambda: with_blocks(table(caption="")),
        "a table without a caption",
    ),
    "a column without a heading": (
        lambda: with_blocks(table(head=("Choice", ""))),
        "'Choices' needs a caption",
    ),
    "a row without a heading": (
        lambda: with_blocks(table(rows=((text_of(""), text_of("Warm")),))),
        "'Choices' needs a caption",
    ),
    "a link to no section": (
        lambda: with_blocks(Paragraph((Run("there", href="#nowhere"),))),
        "the link '#nowhere' leads nowhere",
    ),
    "a link that runs": (
        lambda: with_blocks(Bullets(((Run("there", href="javascript:x"),),))),
        "the link 'javascript:x' leads nowhere",
    ),
    "one name for two sections": (
        lambda: with_blocks(Section("steps", "Steps again", ())),
        "more than one section is called 'steps'",
    ),
}


def table(**changes: object) -> Table:
    rows = ((text_of("Heat"), text_of("Warm")),)
    return replace(Table("Choices", ("Choice", "What"), rows, (0.5, 0.5)), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", MADE)
def test_each_fault_is_named(fault: str) -> None:
    make, words = MADE[fault]
    found = problems(quality(make()))
    assert [each for each in found if words in each], found


def test_colours_of_boxes_and_verdicts_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathways.handouts.quality import measures

    pale = ("#FFFFFF", "#CCCCCC")
    monkeypatch.setattr(measures, "NOTICES", {**looks.NOTICES, "caution": pale})
    monkeypatch.setattr(measures, "BADGES", {**looks.BADGES, "supported": pale})
    found = problems(quality(sample()))
    for what in ("box 'caution'", "verdict 'supported'"):
        assert [each for each in found if each.startswith(f"title of {what}: the contrast is 1.6")]
        assert [each for each in found if each.startswith(f"border of {what}: the contrast is 1.6")]
    monkeypatch.setattr(measures, "INK", "#999999")
    assert [each for each in problems(quality(sample())) if each.startswith("text: the contrast")]


def test_colours_in_the_dark_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathways.handouts.quality import measures

    monkeypatch.setattr(measures, "in_the_dark", lambda _: ("#333333", "#444444"))
    found = problems(quality(sample()))
    assert [each for each in found if each.startswith("border of box 'note' in the dark")]


@pytest.mark.parametrize("colour", ["#000000", "#1F4E79", "#7F0000", "#005EB8", "#4B0082"])
def test_every_dark_enough_colour_is_light_enough_in_the_dark(colour: str) -> None:
    assert problems(quality(painted(colour))) == ()


def test_measures_are_plain_data() -> None:
    import json

    assert json.loads(json.dumps(asdict(quality(sample()))))["profile"] == "clear-print"
    assert quality(sample()) == quality(sample())


def test_words_are_counted_without_those_of_pictures() -> None:
    more = quality(with_blocks(Paragraph(text_of("One two three 4"))))
    assert more.words == quality(sample()).words + 4 + len(["More"])
    assert quality(with_figure(words=("a " * 99,))).words == quality(with_figure()).words


def test_grade_is_of_sentences_not_of_notes_and_headings() -> None:
    easy = quality(with_blocks(Paragraph(text_of(EASY))))
    noted = quality(with_blocks(Paragraph(text_of(EASY)), Paragraph(text_of(HARD), "small")))
    assert noted.readings == easy.readings
    titled = quality(replace(with_blocks(Paragraph(text_of(EASY))), subtitle=HARD))
    assert titled.readings == easy.readings
    assert quality(with_blocks(Paragraph(text_of(HARD)))).grade > easy.grade  # type: ignore[operator]


def test_names_of_medicines_count_as_easy() -> None:
    handout = with_blocks(*[Paragraph(text_of(f"You can take {'acetaminophen ' * 12}now."))] * 5)
    plain, named = quality(handout), quality(handout, {"acetaminophen"})
    assert plain.grade is not None
    assert named.grade is not None
    assert plain.grade > 8 > named.grade


def test_clinicians_may_read_hard_words_in_small_type() -> None:
    handout = replace(
        sample("standard"),
        reader="clinician",
        kind="clinician",
        sections=(Section("a", "A", (Paragraph(text_of(HARD)),)),),
    )
    assert problems(quality(handout)) == ()


def test_no_grade_where_no_formula_is_known() -> None:
    found = quality(replace(sample(), language="fi"))
    assert found.readings == ()
    assert found.grade is None


def test_lowest_contrasts() -> None:
    found: HandoutQuality = quality(sample())
    assert 4.5 <= found.text_contrast < 5
    assert 3 <= found.line_contrast < 4


def test_unknown_profile_is_named() -> None:
    with pytest.raises(UnknownNameError):
        quality(replace(sample(), profile="tiny"))
