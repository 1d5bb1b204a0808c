"""A pathway to a picture in one call: extract, write as text, draw."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal, assert_never

from pathways.conditions.scope import Reader
from pathways.diagrams.dot import to_dot
from pathways.diagrams.extract import extract
from pathways.diagrams.mermaid import to_mermaid
from pathways.diagrams.model import Diagram, Overlay
from pathways.diagrams.render import DEFAULT_DPI, DrawnFormat, draw
from pathways.diagrams.theme import Theme
from pathways.diagrams.theme import theme as theme_named
from pathways.diagrams.views import View
from pathways.diagrams.words import to_words
from pathways.errors import DrawingError, UnknownNameError
from pathways.model.pathway import ResolvedPathway

PictureFormat = Literal["svg", "png", "pdf", "dot", "mermaid"]
PICTURE_FORMATS: tuple[PictureFormat, ...] = ("svg", "png", "pdf", "dot", "mermaid")
MOST_BOXES = 2_000
"""In one drawn picture: so many take Graphviz some ten seconds, and nobody can read more."""

ENDINGS: dict[str, PictureFormat] = {
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
}


def format_of(filename: str) -> PictureFormat:
    """Return the format that the ending of a file name stands for.

    Args:
        filename: A name or path, such as ``back.svg``.

    Raises:
        UnknownNameError: No format has that ending.

    Example:
        >>> format_of("pictures/back.mmd")
        'mermaid'
    """
    ending = PurePath(filename).suffix.lower()
    if ending not in ENDINGS:
        raise UnknownNameError("picture format with the ending", ending, ENDINGS)
    return ENDINGS[ending]


def ending_of(format: PictureFormat) -> str:
    """Return the usual ending of a file of a format, without the dot.

    Args:
        format: ``svg``, ``png``, ``pdf``, ``dot`` or ``mermaid``.

    Raises:
        UnknownNameError: There is no such format.

    Example:
        >>> ending_of("mermaid")
        'mmd'
    """
    for ending, each in ENDINGS.items():
        if each == format:
            return ending.removeprefix(".")
    raise UnknownNameError("format", str(format), PICTURE_FORMATS)


def picture(
    pathway: ResolvedPathway,
    format: PictureFormat = "svg",
    *,
    reader: Reader = "clinician",
    view: View | None = None,
    theme: str = "default",
    overlay: Overlay | None = None,
    dpi: int = DEFAULT_DPI,
) -> str | bytes:
    """Return a picture of a pathway.

    Args:
        pathway: The pathway.
        format: ``svg``, ``dot`` and ``mermaid`` give text, ``png`` and ``pdf`` give bytes.
        reader: Whose words to use: ``clinician`` or ``patient``.
        view: The part to show; none: the whole.
        theme: Name of the look: ``default`` or ``print``.
        overlay: Marks on steps and ways.
        dpi: Dots per inch of a PNG, 36 to 600.

    Returns:
        The picture; the same arguments give the same picture.

    Raises:
        UnknownNameError: The view, the theme, the format or the overlay names something unknown.
        UnsafeTextError: A text of the pathway cannot be shown.
        DrawingError: Graphviz cannot draw it, or SVG, PNG or PDF would have more than 2,000 boxes.
    """
    look = theme_named(theme)
    diagram = extract(pathway, reader=reader, view=view, overlay=overlay)
    return diagram_picture(diagram, format, theme=look, dpi=dpi)


def diagram_picture(
    diagram: Diagram,
    format: PictureFormat = "svg",
    *,
    theme: Theme,
    dpi: int = DEFAULT_DPI,
) -> str | bytes:
    """Return a diagram as a picture.

    Args:
        diagram: The diagram.
        format: ``svg``, ``dot`` and ``mermaid`` give text, ``png`` and ``pdf`` give bytes.
        theme: The look.
        dpi: Dots per inch of a PNG, 36 to 600.

    Raises:
        UnknownNameError: There is no such format.
        UnsafeTextError: A text of the diagram cannot be shown.
        DrawingError: Graphviz cannot draw it, or SVG, PNG or PDF would have more than 2,000 boxes.

    Example:
        >>> from pathways.diagrams.model import Box
        >>> box = Box("rest", 1, "end", "Keep well")
        >>> diagram = Diagram("x", "Back pain", "", "Draft.", "patient", (box,), ())
        >>> str(diagram_picture(diagram, "mermaid", theme=theme_named("print"))).splitlines()[0]
        'flowchart TD'
    """
    if format not in PICTURE_FORMATS:
        raise UnknownNameError("format", str(format), PICTURE_FORMATS)
    match format:
        case "dot":
            return to_dot(diagram, theme)
        case "mermaid":
            return to_mermaid(diagram, theme)
        case "svg":
            return _drawn(diagram, theme, "svg", dpi).decode()
        case "png" | "pdf":
            return _drawn(diagram, theme, format, dpi)
        case _:
            assert_never(format)


def _drawn(diagram: Diagram, theme: Theme, format: DrawnFormat, dpi: int) -> bytes:
    if len(diagram.boxes) > MOST_BOXES:
        raise DrawingError(
            f"the picture has {len(diagram.boxes):,} boxes, more than the {MOST_BOXES:,} that can "
            "be drawn and read; show a part: one phase, what is around a step, or the routes to a "
            "step; the formats dot and mermaid have no limit"
        )
    return draw(
        to_dot(diagram, theme, lines="right_angled"),
        format,
        dpi=dpi,
        title=": ".join(filter(None, (diagram.title, diagram.subtitle))),
        description=to_words(diagram),
        language=diagram.language,
    )
