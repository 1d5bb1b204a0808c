from __future__ import annotations

import pytest

from pathways.diagrams import PICTURE_FORMATS, View, format_of, picture
from pathways.diagrams.model import Overlay
from pathways.errors import UnknownNameError
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
