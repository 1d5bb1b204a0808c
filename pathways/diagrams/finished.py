"""A finished picture and finished pages: what notebooks show, files hold and the gate measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, overload

from pathways.diagrams.drawing.quality import Quality, quality
from pathways.diagrams.drawing.shapes import Sheet
from pathways.diagrams.drawing.style import Style
from pathways.diagrams.drawing.svg import to_svg
from pathways.diagrams.printing import DEFAULT_DPI, PrintPage, to_pdf, to_png

NOTEBOOK_DPI = 96
NOTEBOOK_POINTS = 780.0
"""As wide as a notebook and the page exported from it; a wider picture is shown smaller, in whole."""

SHEET_DPI = 64
"""Of pages side by side in a notebook: an overview, not for reading."""

PAGES_SHOWN = 4


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

    def inline(self, dpi: int = NOTEBOOK_DPI, words: str = "", style: str = "") -> str:
        """Return the picture as an image within HTML, for where a drawing would be taken out.

        Notebooks that are not trusted take ``<svg>`` out of HTML and leave its letters.

        Args:
            dpi: Dots per inch, 36 to 600.
            words: What it shows, for who does not see it; empty: its title.
            style: Further style of the image.
        """
        from base64 import b64encode
        from html import escape

        data = b64encode(self.png(dpi)).decode("ascii")
        return (
            f'<img src="data:image/png;base64,{data}" alt="{escape(words or self.title)}" '
            f'style="max-width:100%;height:auto;{style}">'
        )

    def pdf(self) -> bytes:
        """Return the picture as a PDF of one page, as large as it is."""
        return _pdf([self], self.title)

    def _page(self) -> PrintPage:
        return PrintPage(self.svg, self.width, self.height, self.title)

    def __repr__(self) -> str:
        return f"<Picture of {self.title.replace('<', '').replace('>', '')}>"

    def _svg_in_a_notebook(self) -> str:
        """Return the SVG no wider than a notebook: an exported one would cut off the rest."""
        if self.width <= NOTEBOOK_POINTS:
            return self.svg
        height = self.height * NOTEBOOK_POINTS / self.width
        size = f' width="{NOTEBOOK_POINTS:g}pt" height="{height:.2f}pt" '
        return re.sub(r' width="[0-9.]+pt" height="[0-9.]+pt" ', size, self.svg, count=1)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show SVG, and PNG for notebooks that are not trusted."""
        from base64 import b64encode

        return {
            "text/plain": repr(self),
            "image/svg+xml": self._svg_in_a_notebook(),
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
        count = f"{len(self.pages)} page{'' if len(self.pages) == 1 else 's'}"
        return f"<{count} of {self.title.replace('<', '').replace('>', '')}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show the first pages side by side, small; a page by itself shows itself large."""
        from html import escape

        count = len(self.pages)
        small = "width:46%;margin:0 1% 1% 0;border:1px solid #7A8590;background:#FFFFFF"
        shown = "\n".join(
            page.inline(
                SHEET_DPI,
                f"Page {number} of {count}: {page.title}",
                f"display:inline-block;{small}",
            )
            for number, page in enumerate(self.pages[:PAGES_SHOWN], start=1)
        )
        left = count - PAGES_SHOWN
        more = f" The first {PAGES_SHOWN} are shown." if left > 0 else ""
        words = f"{escape(self.title)}: {count} page{'' if count == 1 else 's'}.{more}"
        return {"text/html": f"<div>\n<p>{words}</p>\n{shown}\n</div>\n", "text/plain": repr(self)}


def _pdf(pages: Sequence[Picture], title: str) -> bytes:
    first = pages[0]
    return to_pdf(
        [page._page() for page in pages],  # noqa: SLF001
        title=title,
        language=first.sheet.language,
        font_folders=first.style.fonts.folders,
    )
