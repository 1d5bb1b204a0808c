"""Names at a place of a file: those of the elements around it and of the comparison it points to."""

from __future__ import annotations

import pytest

from pathways.errors import Place
from tests.mutants.places import names_at

TEXT = """\
definitions:
  high: {when: score >= 5 and not (seen or age < 18)}
states:
  begin:
    kind: decision
    next:
    - to: look
      when: score >= 5 and pain < 3
    - {to: care}
  look:
    kind: end
  begin:
    kind: end
"""


@pytest.mark.parametrize(
    ("line", "column", "names"),
    [
        pytest.param(2, 25, {"definitions", "high", "when", "score", "5"}, id="a number"),
        pytest.param(2, 50, {"definitions", "high", "when", "age", "18"}, id="in brackets"),
        pytest.param(7, 11, {"states", "begin", "next", "to", "look"}, id="a target"),
        pytest.param(8, 35, {"states", "begin", "next", "when", "pain", "3"}, id="the second part"),
        pytest.param(10, 3, {"states", "look"}, id="a key, and not what stands before it"),
        pytest.param(12, 3, {"states", "begin"}, id="a key that stands twice"),
    ],
)
def test_names_at_a_place(line: int, column: int, names: set[str]) -> None:
    found = names_at(TEXT, Place("made-up.yaml", line, column))
    assert names <= found
    others = {"definitions", "states", "high", "begin", "look", "score", "pain", "age", "seen"}
    assert not (others - names) & found
