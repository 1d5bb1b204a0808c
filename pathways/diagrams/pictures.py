"""A pathway to a picture or to pages in one call; what they hold, measure and print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any, Literal, overload

from pathways.conditions.scope import Reader
from pathways.diagrams.dot import to_dot
from pathways.diagrams.drawing.quality import Quality, quality
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.drawing.sheets import picture_sheet
from pathways.diagrams.drawing.style import Style
from pathways.diagrams.drawing.svg import to_svg
from pathways.diagrams.extract import extract
from pathways.diagrams.fonts import SHIPPED, fonts_in
from pathways.diagrams.mermaid import to_mermaid
from pathways.diagrams.model import Diagram, Overlay
from pathways.diagrams.pagination import paginate
from pathways.diagrams.pagination.leeway import in_brief
from pathways.diagrams.pagination.plates import plates as cut_into_plates
from pathways.diagrams.printing import DEFAULT_DPI, PrintPage, to_pdf, to_png
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

NOTEBOOK_DPI = 96

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


@dataclass(frozen=True)
class Picture:
    """A finished picture or page: what notebooks show, files hold and the gate measures.

    Args:
        sheet: Everything in it, as plain data.
        style: How it was set.
        embed_font: Whether the SVG holds the font, for devices without one of its widths.
    """

    sheet: Sheet
    style: Style
    embed_font: bool = False

    @property
    def title(self) -> str:
        """Short name of what it shows."""
        return self.sheet.title

    @property
    def width(self) -> float:
        """In points."""
        return self.sheet.width

    @property
    def height(self) -> float:
        """In points."""
        return self.sheet.height

    @property
    def steps(self) -> tuple[str, ...]:
        """Names of the states whose cards it shows, in order, each once."""
        cards = (each.name for each in self.sheet.everything() if each.part == "card")
        return tuple(dict.fromkeys(name.partition("~")[0] for name in cards))

    @cached_property
    def svg(self) -> str:
        """The picture as SVG."""
        return to_svg(self.sheet, self.style.theme, self.style.fonts, embed_font=self.embed_font)

    @cached_property
    def quality(self) -> Quality:
        """What it measures: sizes of type on paper, crossings, overlaps, contrast and the like."""
        return quality(self.sheet)

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps it from passing its profile, in words; nothing when it passes."""
        return self.quality.problems(self.style.profile)

    def with_font(self) -> Picture:
        """Return the same picture with the font in its SVG, for devices without Arial or the like."""
        return replace(self, embed_font=True)

    def png(self, dpi: int = DEFAULT_DPI) -> bytes:
        """Return the picture as PNG; see :func:`pathways.diagrams.printing.to_png`.

        Args:
            dpi: Dots per inch, 36 to 600.
        """
        return to_png(self._page(), dpi=dpi, font_folders=self.style.fonts.folders)

    def pdf(self) -> bytes:
        """Return the picture as a PDF of one page, as large as it is."""
        return _pdf([self], self.title)

    def _page(self) -> PrintPage:
        return PrintPage(self.svg, self.width, self.height, self.title)

    def __repr__(self) -> str:
        return f"<Picture of {self.title.replace('<', '').replace('>', '')}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show SVG, and PNG for notebooks that are not trusted."""
        from base64 import b64encode

        return {
            "text/plain": repr(self),
            "image/svg+xml": self.svg,
            "image/png": b64encode(self.png(NOTEBOOK_DPI)).decode("ascii"),
        }


@dataclass(frozen=True)
class Pages(Sequence[Picture]):
    """A pathway as pages of paper.

    Args:
        title: Title of the whole.
        pages: In order.
    """

    title: str
    pages: tuple[Picture, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps pages from passing their profile, with the number of the page."""
        return tuple(
            f"page {number}: {problem}"
            for number, page in enumerate(self.pages, start=1)
            for problem in page.problems
        )

    def with_font(self) -> Pages:
        """Return the same pages with the font in each SVG."""
        return replace(self, pages=tuple(page.with_font() for page in self.pages))

    def pdf(self) -> bytes:
        """Return all pages as one PDF."""
        return _pdf(self.pages, self.title)

    def __len__(self) -> int:
        return len(self.pages)

    def __iter__(self) -> Iterator[Picture]:
        return iter(self.pages)

    @overload
    def __getitem__(self, index: int) -> Picture: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Picture]: ...
    def __getitem__(self, index: int | slice) -> Picture | Sequence[Picture]:
        """Return a page by its position, from 0, or several."""
        return self.pages[index]

    def __repr__(self) -> str:
        return f"<{len(self.pages)} pages of {self.title.replace('<', '').replace('>', '')}>"


def _pdf(pages: Sequence[Picture], title: str) -> bytes:
    first = pages[0]
    return to_pdf(
        [page._page() for page in pages],  # noqa: SLF001
        title=title,
        language=first.sheet.language,
        font_folders=first.style.fonts.folders,
    )


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
