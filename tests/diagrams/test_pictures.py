from __future__ import annotations

import pytest

from pathways.diagrams import (
    PICTURE_FORMATS,
    THEMES,
    Diagram,
    PictureFormat,
    View,
    diagram_picture,
    ending_of,
    format_of,
    picture,
)
from pathways.diagrams.model import Box, Overlay
from pathways.diagrams.pictures import MOST_BOXES
from pathways.errors import DrawingError, UnknownNameError
from pathways.model.pathway import ResolvedPathway


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.svg", "svg"),
        ("A.PNG", "png"),
        ("x/y.pdf", "pdf"),
        ("a.gv", "dot"),
        ("a.dot", "dot"),
        ("a.mmd", "mermaid"),
    ],
)
def test_endings(name: str, format: str) -> None:
    assert format_of(name) == format


@pytest.mark.parametrize("format", PICTURE_FORMATS)
def test_the_ending_of_a_format_stands_for_that_format(format: PictureFormat) -> None:
    assert format_of(f"a.{ending_of(format)}") == format
    assert ending_of("mermaid") == "mmd"


def test_an_unknown_format_has_no_ending() -> None:
    with pytest.raises(UnknownNameError, match="no format 'pngg'; did you mean 'png'"):
        ending_of("pngg")  # type: ignore[arg-type]


def test_a_picture_of_too_many_boxes_is_refused_with_what_to_do() -> None:
    def boxes(count: int) -> Diagram:
        steps = tuple(Box(f"s{i}", i, "action", "S") for i in range(1, count + 1))
        return Diagram("x", "X", "", "", "patient", steps, ())

    drawn: tuple[PictureFormat, ...] = ("svg", "png", "pdf")
    for format in drawn:
        with pytest.raises(
            DrawingError, match=r"has 2,001 boxes, more than the 2,000 .* one phase"
        ):
            diagram_picture(boxes(MOST_BOXES + 1), format, theme=THEMES["default"])
    assert diagram_picture(boxes(MOST_BOXES + 1), "dot", theme=THEMES["default"])
    assert diagram_picture(boxes(MOST_BOXES + 1), "mermaid", theme=THEMES["default"])


def test_an_unknown_ending_is_an_error_with_the_nearest() -> None:
    with pytest.raises(
        UnknownNameError, match=r"with the ending '\.sgv'; did you mean '\.gv' or '\.svg'"
    ):
        format_of("a.sgv")


@pytest.mark.parametrize("format", PICTURE_FORMATS)
@pytest.mark.parametrize("theme", ["default", "print"])
def test_every_format_in_every_theme(small: ResolvedPathway, format: str, theme: str) -> None:
    first = picture(small, format, theme=theme, reader="patient", dpi=72)  # type: ignore[arg-type]
    assert first == picture(small, format, theme=theme, reader="patient", dpi=72)  # type: ignore[arg-type]
    assert isinstance(first, bytes if format in {"png", "pdf"} else str)
    starts = {
        "svg": "<?xml",
        "png": b"\x89PNG",
        "pdf": b"%PDF",
        "dot": "digraph",
        "mermaid": "flowchart TD",
    }
    assert first[:12].startswith(starts[format])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "view",
    [
        View.whole(),
        View.phase("1"),
        View.phase("2"),
        View.phase("3"),
        View.around("care"),
        View.routes("block"),
    ],
)
def test_every_view_draws(small: ResolvedPathway, view: View) -> None:
    text = picture(small, "svg", view=view, overlay=Overlay({"care": "here"}))
    assert "Back pain" in str(text) or "Low back pain" in str(text)


def test_unknown_theme_and_format(small: ResolvedPathway) -> None:
    with pytest.raises(UnknownNameError, match="no theme 'dark'"):
        picture(small, theme="dark")
    with pytest.raises(UnknownNameError, match="no format 'gif'"):
        picture(small, "gif")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="no format 'None'"):
        picture(small, None)  # type: ignore[arg-type]
