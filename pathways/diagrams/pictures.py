"""A pathway to a picture or to pages in one call; what they hold, measure and print."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any, Literal

from pathways.conditions.scope import Reader
from pathways.diagrams.dot import to_dot
from pathways.diagrams.drawing.sheets import picture_sheet
from pathways.diagrams.drawing.style import Style
from pathways.diagrams.extract import extract
from pathways.diagrams.finished import Pages, Picture
from pathways.diagrams.fonts import SHIPPED, fonts_in
from pathways.diagrams.mermaid import to_mermaid
from pathways.diagrams.model import Diagram, Overlay
from pathways.diagrams.pagination import paginate
from pathways.diagrams.pagination.leeway import in_brief
from pathways.diagrams.pagination.plates import plates as cut_into_plates
from pathways.diagrams.printing import DEFAULT_DPI
from pathways.diagrams.profiles import PRINT_PROFILES
from pathways.diagrams.profiles import paper as paper_named
from pathways.diagrams.profiles import profile as profile_named
from pathways.diagrams.theme import theme as theme_named
from pathways.diagrams.views import View
from pathways.errors import DrawingError, UnknownNameError
from pathways.language import speaking
from pathways.model.pathway import ResolvedPathway

PictureFormat = Literal["svg", "png", "pdf", "dot", "mermaid"]
PICTURE_FORMATS: tuple[PictureFormat, ...] = ("svg", "png", "pdf", "dot", "mermaid")
MOST_BOXES = 2_000
"""In one picture: so many take Graphviz some ten seconds, and nobody can read more."""


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
    *,
    reader: Reader | None = None,
    view: View | None = None,
    theme: str = "default",
    overlay: Overlay | None = None,
    profile: str = "screen",
    fonts: str | Path | None = None,
) -> Picture:
    """Return a pathway, or a part of it, as one picture.

    Args:
        pathway: The pathway.
        reader: Whose words to use, ``clinician`` or ``patient``; None: as is usual for the profile.
        view: The part to show; none: the whole.
        theme: Name of the look: ``default`` or ``print``.
        overlay: Marks on steps and ways.
        profile: Sizes of type: ``screen``, ``clinician``, ``clear-print`` or ``large-print``.
        fonts: Folder of more fonts, for characters the shipped font does not have.

    Returns:
        The picture; the same arguments give the same picture.

    Raises:
        UnknownNameError: The view, the theme, the profile or the overlay names something unknown.
        UnsafeTextError: A text of the pathway cannot be shown.
        DrawingError: It has more than 2,000 boxes, or Graphviz cannot place them.
    """
    style = style_of(theme, profile, fonts)
    diagram = extract(pathway, reader=reader or style.profile.reader, view=view, overlay=overlay)
    return diagram_picture(diagram, style)


def pages(
    pathway: ResolvedPathway,
    *,
    paper: str = "a4",
    profile: str = "clinician",
    reader: Reader | None = None,
    view: View | None = None,
    theme: str = "default",
    overlay: Overlay | None = None,
    fonts: str | Path | None = None,
) -> Pages:
    """Return a pathway, or a part of it, as pages of paper, each legible as it is.

    Args:
        pathway: The pathway.
        paper: ``a4`` or ``letter``.
        profile: Sizes of type: ``clinician`` (at most 8 cards a page), ``clear-print`` (7, nothing
            under 12 points) or ``large-print`` (4, nothing under 16 points).
        reader: Whose words to use, ``clinician`` or ``patient``; None: as is usual for the profile.
        view: The part to show; none: the whole.
        theme: Name of the look: ``default`` or ``print``.
        overlay: Marks on steps and ways.
        fonts: Folder of more fonts, for characters the shipped font does not have.

    Returns:
        The pages; the same arguments give the same pages.

    Raises:
        UnknownNameError: Something that is named is not known.
        UnsafeTextError: A text of the pathway cannot be shown.
        DrawingError: It has more than 2,000 boxes, or Graphviz cannot place them.
    """
    if profile not in PRINT_PROFILES:
        raise UnknownNameError("profile for pages", str(profile), PRINT_PROFILES)
    style = style_of(theme, profile, fonts)
    diagram = extract(pathway, reader=reader or style.profile.reader, view=view, overlay=overlay)
    return diagram_pages(diagram, style, paper=paper)


def plates(  # noqa: PLR0913 - one keyword for each thing a text can choose
    pathway: ResolvedPathway,
    *,
    width: float,
    height: float,
    profile: str = "clinician",
    reader: Reader | None = None,
    view: View | None = None,
    theme: str = "default",
    overlay: Overlay | None = None,
    brief: bool = False,
    fonts: str | Path | None = None,
) -> Pages:
    """Return a pathway, or a part of it, as pictures that stand in a text of a given width.

    Args:
        pathway: The pathway.
        width: Width of the text, in points.
        height: Largest height of a picture, in points.
        profile: Sizes of type: ``clinician``, ``clear-print`` or ``large-print``.
        reader: Whose words to use, ``clinician`` or ``patient``; None: as is usual for the profile.
        view: The part to show; none: the whole.
        theme: Name of the look: ``default`` or ``print``.
        overlay: Marks on steps and ways.
        brief: Whether panels only name what they offer, because the text says the rest.
        fonts: Folder of more fonts, for characters the shipped font does not have.

    Returns:
        The pictures in the order of the steps, without heading, warning signs and footer: the text
        around them has those.

    Raises:
        UnknownNameError: Something that is named is not known.
        UnsafeTextError: A text of the pathway cannot be shown.
        DrawingError: There is no step to show, it has more than 2,000, or Graphviz cannot place them.
    """
    style = style_of(theme, profile, fonts)
    diagram = extract(pathway, reader=reader or style.profile.reader, view=view, overlay=overlay)
    _check_size(diagram)
    if not diagram.boxes:
        raise DrawingError("there is no step to show; choose a part that has one")
    shown = in_brief(diagram) if brief else diagram
    with speaking(diagram.language):
        sheets = cut_into_plates(shown, style, width=width, height=height)
    return Pages(diagram.title, tuple(Picture(sheet, style) for sheet in sheets))


def picture_file(
    pathway: ResolvedPathway,
    format: PictureFormat,
    *,
    view: View | None = None,
    reader: Reader | None = None,
    theme: str = "default",
    overlay: Overlay | None = None,
    dpi: int = DEFAULT_DPI,
    **options: Any,
) -> bytes:
    """Return what a file with a picture of a pathway holds.

    Args:
        pathway: The pathway.
        format: ``svg``, ``png``, ``pdf``, ``dot`` or ``mermaid``.
        view: The part to show; none: the whole.
        reader: Whose words to use; None: as is usual for the profile.
        theme: Name of the look.
        overlay: Marks on steps and ways.
        dpi: Dots per inch of a PNG, 36 to 600.
        options: Further ones of :func:`picture`: ``profile`` and ``fonts``.

    Raises:
        UnknownNameError: Something that is named is not known.
        UnsafeTextError: A text of the pathway cannot be shown.
        DrawingError: It cannot be drawn.
    """
    if format in {"dot", "mermaid"}:
        diagram = extract(pathway, reader=reader or "clinician", view=view, overlay=overlay)
        return diagram_file(diagram, format, theme=theme)
    drawn = picture(pathway, view=view, reader=reader, theme=theme, overlay=overlay, **options)
    return _content(drawn, format, dpi)


def diagram_file(
    diagram: Diagram, format: PictureFormat, *, theme: str = "default", dpi: int = DEFAULT_DPI
) -> bytes:
    """Return what a file with a picture of a diagram holds.

    Args:
        diagram: The diagram.
        format: ``svg``, ``png``, ``pdf``, ``dot`` or ``mermaid``.
        theme: Name of the look.
        dpi: Dots per inch of a PNG, 36 to 600.

    Raises:
        UnknownNameError: There is no such format or theme.
        UnsafeTextError: A text of the diagram cannot be shown.
        DrawingError: It cannot be drawn.

    Example:
        >>> from pathways.diagrams.model import Box
        >>> box = Box("rest", 1, "end", "Keep well")
        >>> diagram = Diagram("x", "Back pain", "", "Draft.", "patient", (box,), ())
        >>> diagram_file(diagram, "dot")[:7]
        b'digraph'
    """
    if format in {"dot", "mermaid"}:
        write = to_dot if format == "dot" else to_mermaid
        return write(diagram, theme_named(theme)).encode("utf-8")
    return _content(diagram_picture(diagram, style_of(theme)), format, dpi)


def _content(drawn: Picture, format: PictureFormat, dpi: int) -> bytes:
    match format:
        case "svg":
            return drawn.svg.encode("utf-8")
        case "png":
            return drawn.png(dpi)
        case "pdf":
            return drawn.pdf()
        case _:
            raise UnknownNameError("format", str(format), PICTURE_FORMATS)


def style_of(
    theme: str = "default", profile: str = "screen", fonts: str | Path | None = None
) -> Style:
    """Return how a picture is set.

    Args:
        theme: Name of the look.
        profile: Name of the sizes of type.
        fonts: Folder of more fonts; None: the shipped font alone.

    Raises:
        UnknownNameError: There is no such theme or profile.
        DrawingError: The folder holds no font that can be read.

    Example:
        >>> style_of(profile="large-print").profile.least
        16
    """
    sizes = profile_named(profile)
    return Style(
        sizes,
        theme_named(theme),
        SHIPPED if fonts is None else fonts_in(fonts),
        card_width=sizes.card_widths[0],
    )


def diagram_picture(diagram: Diagram, style: Style) -> Picture:
    """Return a diagram as one picture.

    Args:
        diagram: The diagram.
        style: How it is set.

    Raises:
        UnsafeTextError: A text of the diagram cannot be shown.
        DrawingError: It has more than 2,000 boxes, or Graphviz cannot place them.

    Example:
        >>> from pathways.diagrams.model import Box
        >>> box = Box("rest", 1, "end", "Keep well")
        >>> diagram = Diagram("x", "Back pain", "", "Draft.", "patient", (box,), ())
        >>> diagram_picture(diagram, style_of()).quality.cards
        1
    """
    _check_size(diagram)
    with speaking(diagram.language):
        return Picture(picture_sheet(diagram, style), style)


def diagram_pages(diagram: Diagram, style: Style, *, paper: str = "a4") -> Pages:
    """Return a diagram as pages of paper.

    Args:
        diagram: The diagram; at least one step.
        style: How it is set.
        paper: ``a4`` or ``letter``.

    Raises:
        UnknownNameError: There is no such paper.
        UnsafeTextError: A text of the diagram cannot be shown.
        DrawingError: It has more than 2,000 boxes, or Graphviz cannot place them.
    """
    _check_size(diagram)
    if not diagram.boxes:
        raise DrawingError("there is no step to show on a page; choose a part that has one")
    with speaking(diagram.language):
        sheets = paginate(diagram, style, paper_named(paper))
    title = ": ".join(filter(None, (diagram.title, diagram.subtitle)))
    return Pages(title, tuple(Picture(sheet, style) for sheet in sheets))


def _check_size(diagram: Diagram) -> None:
    if len(diagram.boxes) > MOST_BOXES:
        raise DrawingError(
            f"the picture has {len(diagram.boxes):,} boxes, more than the {MOST_BOXES:,} that can "
            "be drawn and read; show a part: one phase, what is around a step, or the routes to a "
            "step; the formats dot and mermaid have no limit"
        )
