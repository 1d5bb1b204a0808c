"""Plates are drawn once for the same diagram, and anew for any other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pathways.diagrams.extract import extract
from pathways.diagrams.model import Diagram, Overlay
from pathways.diagrams.pagination import plates as module
from pathways.diagrams.pagination.plates import MOST_KEPT, plates
from pathways.diagrams.pictures import style_of
from pathways.language import speaking
from pathways.reading.load import load

STYLE = style_of("default", "clear-print", None)
ROOM = {"width": 500.0, "height": 600.0}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Diagram]]:
    """Yield the diagrams that are drawn from here on, none of them kept from before."""
    found: list[Diagram] = []
    several = module._several

    def noted(diagram: Diagram, *rest: object) -> object:
        found.append(diagram)
        return several(diagram, *rest)  # type: ignore[arg-type]

    module._drawn.cache_clear()
    monkeypatch.setattr(module, "_several", noted)
    yield found
    module._drawn.cache_clear()


def safety(overlay: Overlay | None = None) -> Diagram:
    return extract(load("safety"), reader="patient", overlay=overlay)


def test_the_same_diagram_is_drawn_once(drawn: list[Diagram]) -> None:
    assert plates(safety(), STYLE, **ROOM) == plates(safety(), STYLE, **ROOM)
    assert len(drawn) == 1


def test_another_mark_or_room_or_size_or_language_is_drawn_anew(drawn: list[Diagram]) -> None:
    diagram = safety()
    first = plates(diagram, STYLE, **ROOM)
    marked = Overlay(boxes={diagram.boxes[0].name: "here"})
    others = [
        plates(safety(marked), STYLE, **ROOM),
        plates(diagram, STYLE, width=ROOM["width"] + 20, height=ROOM["height"]),
        plates(diagram, style_of("default", "large-print", None), **ROOM),
        plates(diagram, style_of("print", "clear-print", None), **ROOM),
    ]
    with speaking("es"):
        others.append(plates(diagram, STYLE, **ROOM))
    plates(diagram, STYLE, width=ROOM["width"], height=ROOM["height"] - 20)
    assert len(drawn) == 7
    assert first not in others


def test_what_is_kept_is_bounded() -> None:
    assert module._drawn.cache_info().maxsize == MOST_KEPT
