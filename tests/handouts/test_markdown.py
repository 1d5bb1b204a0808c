"""Handouts as Markdown: as a whole, and what must not become a sign of Markdown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pathways.errors import UnsafeTextError
from pathways.handouts.blocks import (
    Bullets,
    Figure,
    Paragraph,
    Run,
    Section,
    everything,
    plain_texts,
    text_of,
)
from pathways.handouts.writers.markdown import to_markdown
from tests.conftest import Golden
from tests.handouts.sample import sample

GOLDEN = Path(__file__).parent / "golden"


def only(*blocks: object) -> str:
    """Return what is written for blocks that stand alone in a section."""
    handout = replace(sample(), sections=(Section("only", "Only part", blocks),))  # type: ignore[arg-type]
    written = to_markdown(handout)
    return written.split("## Only part\n\n")[1].split("\n\n---\n")[0]


def test_the_whole(golden: Golden) -> None:
    golden(GOLDEN / "sample.md", to_markdown(sample(), {"picture-1": "picture-1.svg"}))


def test_every_text_is_there() -> None:
    handout = sample()
    plain = to_markdown(handout).replace("\\", "").replace("**", "")
    for block in everything(handout):
        for text in plain_texts(block):
            for piece in text.replace("\\", "").split("nice.org.uk")[0].split("your choices"):
                start = piece.split(" the guideline")[0].strip()
                assert start in plain, text


def test_a_picture_without_a_file_is_a_list_of_what_it_shows() -> None:
    written = to_markdown(sample())
    assert "![" not in written
    figure = next(each for each in everything(sample()) if isinstance(each, Figure))
    assert f"- {figure.alt}" in written
    assert "- 1\\. First visit. Then go to step 2." in written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. April", "1\\. April"),
        ("- 5 degrees", "\\- 5 degrees"),
        ("# one * two _ <b> [x](y)", "\\# one \\* two \\_ \\<b\\> \\[x\\](y)"),
        ("two\nlines", "two lines"),
    ],
)
def test_text_stays_text(text: str, written: str) -> None:
    assert only(Paragraph(text_of(text))) == written
    assert only(Bullets((text_of(text),))) == f"- {written}"


def test_bold_signs_stand_close_to_words() -> None:
    line = (Run("Good points: ", strong=True), Run("none"))
    assert only(Paragraph(line)) == "**Good points:** none"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://x.org/a_(b)", "[word](https://x.org/a_%28b%29)"),
        ("javascript:alert(1)", "word"),
        ("#only", "[word](#only-part)"),
        ("#gone", "word"),
    ],
)
def test_links(address: str, written: str) -> None:
    assert only(Paragraph((Run("word", href=address),))) == written


def test_control_characters_are_refused() -> None:
    with pytest.raises(UnsafeTextError):
        only(Paragraph(text_of("a\x07b")))
