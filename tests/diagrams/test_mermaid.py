from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pathways.diagrams import THEMES, Diagram, to_mermaid
from pathways.diagrams.mermaid import quoted

Golden = Callable[[Path, str], None]
GOLDEN = Path(__file__).parent / "golden"


def test_mermaid_text(sample: Diagram, golden: Golden) -> None:
    golden(GOLDEN / "sample.mmd", to_mermaid(sample, THEMES["default"]))


def test_mermaid_text_with_every_mark(marked: Diagram, golden: Golden) -> None:
    golden(GOLDEN / "marked.mmd", to_mermaid(marked, THEMES["print"]))


def read(text: str) -> str:
    """What Mermaid shows for a quoted text."""
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), text)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40))
def test_quoted_text_is_shown_as_it_is_and_holds_no_sign(text: str) -> None:
    import unicodedata

    safe = quoted(text, "here")
    assert read(safe) == unicodedata.normalize("NFC", text)
    assert not set(re.sub(r"#\d+;", "", safe)) & set('"<>`[]{}|#;&\\@')


def test_hostile_text_adds_no_line_and_no_click(sample: Diagram) -> None:
    hostile = '"]\nclick n1 "javascript:alert(1)"\n%%{init: {}}%%<img src=x onerror=1>'
    plain = to_mermaid(sample, THEMES["default"])
    text = to_mermaid(replace(sample, title=hostile), THEMES["default"])
    assert len(text.splitlines()) == len(plain.splitlines())
    assert not [line for line in text.splitlines() if re.match(r"\s*(click|%%)", line)]
    assert "<img" not in text


def test_no_class_or_node_has_a_reserved_name(sample: Diagram) -> None:
    text = to_mermaid(sample, THEMES["default"])
    names = re.findall(r":::(\w+)|classDef (\w+)|^ +(\w+)[\[({]", text, re.MULTILINE)
    used = {name for each in names for name in each if name}
    assert "is_end" in used
    assert not used & {"end", "default", "style", "click", "link", "graph", "subgraph", "class"}
