"""SVG text printed by Typst: a PNG of one page, or a PDF of many; the only file that loads it.

Typst sees the shipped fonts and those in the folders it is given, never those of the machine, so that
a page is the same everywhere. Texts reach it as data beside a fixed source, never as part of it.
"""

from __future__ import annotations

import json
import math
import os
import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pathways.diagrams.fonts import FAMILY, FONT_FOLDER
from pathways.errors import DrawingError, printable

DEFAULT_DPI = 144
LOWEST_DPI, HIGHEST_DPI = 36, 600
MOST_DOTS_A_SIDE = 32_000
MOST_DOTS = 150_000_000
"""In a whole PNG. Typst holds it twice, at four bytes a dot, and ends the process when memory runs out."""

SMALLEST_PDF_SIDE, LARGEST_PDF_SIDE = 3.0, 14_400.0
"""In points: what every reader of PDF must be able to show (ISO 32000-1:2008, annex C)."""

POINTS_AN_INCH = 72
METRES_AN_INCH = 0.0254
PDF_STANDARD = "ua-1"

_SLIGHTLY = 1e-6
"""A part of a side that is less than a dot, yet more than Typst's single precision may lose."""

_SOURCE = b"""
#let job = json(bytes(sys.inputs.job))
#set document(title: job.title, date: none)
#set text(font: job.family, lang: job.language, region: job.region)
#set page(margin: 0pt)
#for each in job.pages {
  page(width: each.width * 1pt, height: each.height * 1pt, {
    place(hide(heading(each.title)))
    image(bytes(each.svg), format: "svg", alt: each.title, width: 100%, height: 100%, fit: "stretch")
  })
}
"""
"""The hidden heading is the page's bookmark; it is neither drawn nor read out, as the picture has its title."""

_START_TAG = re.compile(
    r"""(?P<before>\ufeff?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*>)*+)"""
    r"""(?P<tag><svg\b(?:[^>"']|"[^"]*"|'[^']*')*>)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s+([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_LANGUAGE = re.compile(
    r"(?P<code>[a-z]{2,3})(?:-[a-z]{4})?(?:-(?P<region>[a-z]{2}))?(?:-[a-z\d]{2,8})*",
    re.IGNORECASE | re.ASCII,
)

_MADE_PDF_IN: set[int] = set()
"""The process that has made a PDF; a forked one inherits the number of the one it came from."""


@dataclass(frozen=True, slots=True)
class PrintPage:
    """One page: a picture and how large it is on paper.

    Args:
        svg: The picture. Its ``viewBox`` fills the page; the ``width`` and ``height`` it names do not
            count. Every character must be in the fonts (:func:`pathways.diagrams.fonts.safe_text`).
        width: Width of the page, in points.
        height: Height of the page, in points.
        title: What it shows, in a few words: bookmark and text alternative in a PDF.

    Example:
        >>> PrintPage('<svg xmlns="http://www.w3.org/2000/svg"/>', 595.3, 841.9, "Phase 1").title
        'Phase 1'
    """

    svg: str
    width: float
    height: float
    title: str


def to_png(
    page: PrintPage, *, dpi: int = DEFAULT_DPI, font_folders: tuple[Path, ...] = ()
) -> bytes:
    r"""Return a page as a PNG on white.

    Args:
        page: The page; it needs no title here.
        dpi: Dots per inch, 36 to 600.
        font_folders: Folders of more fonts, for characters the shipped ones do not have.

    Returns:
        The bytes of the file: the same for the same page, on any thread, machine and day.

    Raises:
        DrawingError: The resolution or the page is out of range, a folder holds no font, or Typst
            cannot read the SVG.

    Example:
        >>> square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
        >>> to_png(PrintPage(square, 9, 9, "Square"), dpi=72)[:4]
        b'\x89PNG'
    """
    if not LOWEST_DPI <= dpi <= HIGHEST_DPI:
        raise DrawingError(f"dpi is {dpi}; give {LOWEST_DPI} to {HIGHEST_DPI} dots per inch")
    _check_sides(page)
    _check_dots(page, dpi)
    data = _typst([_dotted(page, dpi)], font_folders, format="png", ppi=dpi)
    return _with_resolution(data, dpi)


def to_pdf(
    pages: Sequence[PrintPage],
    *,
    title: str,
    language: str = "en",
    font_folders: tuple[Path, ...] = (),
) -> bytes:
    """Return pages as a PDF for eyes and for screen readers (PDF/UA-1).

    Text stays text, fonts are embedded, every page has a bookmark and its title as text alternative.

    Args:
        pages: The pages; each may have its own size.
        title: Title of the document.
        language: Language tag of the text, such as ``en`` or ``en-GB``.
        font_folders: Folders of more fonts, for characters the shipped ones do not have.

    Returns:
        The bytes of the file: the same for the same pages, on any thread, machine and day.

    Raises:
        DrawingError: There is no page, a title is missing, a page is too small or too large, the
            language is no tag, a folder holds no font, or Typst cannot read an SVG.

    Example:
        >>> square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
        >>> to_pdf([PrintPage(square, 9, 9, "Square")], title="Squares")[:8]
        b'%PDF-1.7'
    """
    if not pages:
        raise DrawingError("there is no page to print; give at least one")
    _check_process()
    job = []
    for number, page in enumerate(pages, start=1):
        name = f"page {number}"
        _check_sides(page, name, SMALLEST_PDF_SIDE, LARGEST_PDF_SIDE)
        svg = _sized(page, name, page.width, page.height)
        heading = _heading(page.title, name)
        job.append({"svg": svg, "width": page.width, "height": page.height, "title": heading})
    return _typst(
        job,
        font_folders,
        title=_heading(title, "the document"),
        language=language,
        format="pdf",
        pdf_standards=PDF_STANDARD,
    )


def _typst(
    pages: list[dict[str, Any]],
    font_folders: tuple[Path, ...],
    *,
    title: str = "",
    language: str = "en",
    **options: Any,
) -> bytes:
    """Print pages that each hold one picture."""
    code, region = language_of(language)
    job = {"title": title, "family": FAMILY, "language": code, "region": region, "pages": pages}
    return run_typst(_SOURCE, job, font_folders=font_folders, what="the picture", **options)


def to_tagged_pdf(source: str, job: object, *, font_folders: tuple[Path, ...] = ()) -> bytes:
    """Return what a Typst source makes of some data as a PDF for eyes and for screen readers (PDF/UA-1).

    Args:
        source: The Typst source; it reads the data with ``json(bytes(sys.inputs.job))``.
        job: Plain data.
        font_folders: Folders of more fonts, for characters the shipped ones do not have.

    Returns:
        The bytes of the file: the same for the same source and data.

    Raises:
        DrawingError: Typst cannot print it; the message says where in the source.
    """
    _check_process()
    return run_typst(
        source.encode(),
        job,
        font_folders=font_folders,
        what="the document",
        format="pdf",
        pdf_standards=PDF_STANDARD,
    )


def run_typst(
    source: bytes, job: object, *, font_folders: tuple[Path, ...], what: str, **options: Any
) -> bytes:
    """Run Typst; it is safe for threads and lets go of Python's lock while it works.

    Its root is the folder of fonts, where no picture lies: nothing can draw in files of the user.

    Args:
        source: The Typst source.
        job: Data that it reads, plain.
        font_folders: Folders of more fonts.
        what: What is printed, for messages.
        options: Passed on to Typst.

    Raises:
        DrawingError: Typst cannot print it, or a folder holds no font.
    """
    import typst

    fonts = _fonts(font_folders)
    try:
        data: bytes = typst.compile(
            source,
            root=str(FONT_FOLDER),
            font_paths=fonts,
            sys_inputs={"job": json.dumps(job, ensure_ascii=False)},
            **options,
        )
    except (RuntimeError, ValueError) as error:  # TypstError is a RuntimeError
        hints = "".join(f"; {hint}" for hint in getattr(error, "hints", ()))
        raise DrawingError(
            printable(f"Typst could not print {what}: {error}{hints}; ")
            + "look at the picture as svg, and whether the fonts have all its characters"
        ) from error
    return data


def _check_process() -> None:
    """Refuse a PDF in a process that was forked from one that has made one: it would hang.

    Typst's threads do not survive a fork, but the new process would wait for them.
    """
    if _MADE_PDF_IN and os.getpid() not in _MADE_PDF_IN:
        raise DrawingError(
            "this process was forked from one that had made a PDF already, and Typst cannot make "
            "one in it; start worker processes with multiprocessing's 'spawn' or 'forkserver'"
        )
    _MADE_PDF_IN.add(os.getpid())


def _fonts(folders: tuple[Path, ...]) -> Any:
    """Return the shipped fonts and those of the folders; neither the machine's nor Typst's own."""
    import typst

    def found(*paths: Path) -> typst.Fonts:
        return typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(path) for path in paths],
        )

    for folder in folders:
        if not found(folder).fonts():
            raise DrawingError(
                printable(f"there is no font in the folder '{folder}'; ")
                + "give a folder with .ttf, .otf, .ttc or .otc files"
            )
    return found(FONT_FOLDER, *folders)


def _dotted(page: PrintPage, dpi: int) -> dict[str, Any]:
    """Return a page that is a whole number of dots each way, as the part of Typst's input.

    Typst first draws an SVG on a raster of its own, as many dots wide as the page is, rounded up, and
    as high as the SVG's shape then asks for; rows and columns that are too many it leaves out, with
    the thin lines on them. Sides that are slightly short make the two rasters the same.
    """
    wide, high = (max(1, round(side * dpi / POINTS_AN_INCH)) for side in (page.width, page.height))
    svg = _sized(page, "the picture", wide, high * (1 - _SLIGHTLY), stretch=True)
    to_points = (1 - 2 * _SLIGHTLY) * POINTS_AN_INCH / dpi
    return {"svg": svg, "width": wide * to_points, "height": high * to_points, "title": ""}


def _sized(
    page: PrintPage, name: str, width: float, height: float, *, stretch: bool = False
) -> str:
    """Return the SVG of a page with another width and height in its first tag."""
    found = _START_TAG.match(page.svg)
    if found is None:
        raise DrawingError(f"{name} is no SVG; its text must begin with an <svg> tag")
    attributes = {"viewBox": f'"0 0 {page.width} {page.height}"'}
    attributes |= dict(_ATTRIBUTE.findall(found["tag"]))
    attributes |= {"width": f'"{width}"', "height": f'"{height}"'}
    if stretch:
        attributes["preserveAspectRatio"] = '"none"'
    words = "".join(f" {key}={value}" for key, value in attributes.items())
    end = "/>" if found["tag"].endswith("/>") else ">"
    return f"{found['before']}<svg{words}{end}{page.svg[found.end() :]}"


def _heading(text: str, name: str) -> str:
    """Return a title on one line; screen readers need one."""
    words = " ".join(text.split())
    if not words:
        raise DrawingError(f"{name} has no title; a PDF that can be read out needs one")
    return printable(words)


def language_of(tag: str) -> tuple[str, str | None]:
    """Return the language and the region of a tag, as far as Typst knows regions (two letters).

    Args:
        tag: A language tag, such as ``en-GB``.

    Raises:
        DrawingError: It is no language tag.

    Example:
        >>> language_of("en-GB")
        ('en', 'GB')
    """
    found = _LANGUAGE.fullmatch(tag)
    if found is None:
        raise DrawingError(
            printable(f"the language is '{tag}'; ") + "give a tag such as 'en' or 'en-GB'"
        )
    return found["code"], found["region"]


def _check_sides(
    page: PrintPage, name: str = "the picture", least: float = 0, most: float = math.inf
) -> None:
    """Refuse a page that no file of the format can hold."""
    for side in (page.width, page.height):
        if not (side > 0 and least <= side <= most and math.isfinite(side)):
            limits = f"{least:g} to {most:,.0f}" if math.isfinite(most) else "more than 0"
            hint = ", show a part, or choose svg" if side > most else ""
            raise DrawingError(
                f"{name} is {page.width:g} by {page.height:g} points; give {limits} each way{hint}"
            )


def _check_dots(page: PrintPage, dpi: int) -> None:
    """Refuse a PNG that would have too many dots; say which resolution is possible."""
    width, height = page.width / POINTS_AN_INCH, page.height / POINTS_AN_INCH
    side, whole = max(width, height), width * height
    if side * dpi <= MOST_DOTS_A_SIDE and whole * dpi**2 <= MOST_DOTS:
        return
    most = int(min(MOST_DOTS_A_SIDE / side, (MOST_DOTS / whole) ** 0.5))
    less = f"give at most {most}, " if most >= LOWEST_DPI else ""
    raise DrawingError(
        f"the picture is {width:.0f} by {height:.0f} inches, too large for a PNG of {dpi} dots per "
        f"inch; {less}show a part, or choose svg or pdf"
    )


def _with_resolution(png: bytes, dpi: int) -> bytes:
    """Return a PNG that says how large it is on paper (chunk ``pHYs``, dots per metre).

    Source: W3C, Portable Network Graphics (PNG) Specification, section 11.3.4.3.
    """
    per_metre = round(dpi / METRES_AN_INCH)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    header_end = 8 + 25
    return png[:header_end] + chunk + png[header_end:]
