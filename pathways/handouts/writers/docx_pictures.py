"""Pictures in Word: as SVG, with a PNG beside it for programs that show no SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Any

from docx.document import Document
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.image import ImagePart
from docx.parts.story import StoryPart
from docx.shared import Emu, Pt

from pathways.diagrams.finished import Picture
from pathways.diagrams.fonts import Fonts
from pathways.diagrams.printing import PrintPage, to_png
from pathways.handouts.writers.docx_body import grow

DPI = 132
MOST_KEPT = 128
"""PNG of so many pictures, about 80 kB each, are kept for the next handout: most show the same steps."""

MOST_THREADS = 4
SVG_TYPE = "image/svg+xml"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


@lru_cache(maxsize=MOST_KEPT)
def _png(page: PrintPage, fonts: Fonts) -> bytes:
    return to_png(page, dpi=DPI, font_folders=fonts.folders)


def _asked(picture: Picture) -> tuple[PrintPage, Fonts]:
    """Return what a PNG depends on."""
    # Titles are not drawn.
    return PrintPage(picture.svg, picture.width, picture.height, ""), picture.style.fonts


@contextmanager
def rendered(pictures: Iterable[Picture]) -> Iterator[Callable[[Picture], bytes]]:
    """Have the PNG of pictures made on other threads, while the text is written on this one.

    Typst lets go of Python's lock while it works.

    Args:
        pictures: The pictures.

    Yields:
        What returns the PNG of one of them; it waits until it is made.
    """
    with ThreadPoolExecutor(MOST_THREADS) as pool:
        coming: dict[tuple[PrintPage, Fonts], Future[bytes]] = {}
        for each in pictures:
            # An SVG is written here: other threads do not know which language is spoken.
            asked = _asked(each)
            if asked not in coming:
                coming[asked] = pool.submit(_png, *asked)
        try:
            yield lambda picture: coming[_asked(picture)].result()
        finally:
            pool.shutdown(cancel_futures=True)


class Pictures:
    """The pictures of a document; one that stands there twice is one PNG.

    Args:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        package = document.part.package
        self._package, self._images = package, package.image_parts
        self._known: dict[bytes, ImagePart] = {each.blob: each for each in self._images}
        drawn = sum(each.content_type == SVG_TYPE for each in package.iter_parts())
        self._drawings = count(drawn + 1)
        self._numbers: dict[StoryPart, Iterator[int]] = {}

    def add(
        self,
        paragraph: Any,
        part: StoryPart,
        png: bytes,
        size: tuple[float, float],
        *,
        title: str,
        alt: str,
        svg: str,
    ) -> None:
        """Add a picture to a paragraph.

        Args:
            paragraph: The element ``w:p``.
            part: The part of the file it is in: the text, the head of a page.
            png: The picture as PNG.
            size: Width and height on paper, in points.
            title: Short name.
            alt: What it shows.
            svg: The original; empty: there is none.
        """
        image = self._image(png)
        width, height = (Emu(round(points * Pt(1))) for points in size)
        relation = part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
        made: Any = CT_Inline.new_pic_inline(self._number(part), relation, "", width, height)
        # Programs leave white around a picture that does not say it wants none.
        for side in ("distT", "distB", "distL", "distR"):
            made.set(side, "0")
        made.docPr.set("name", title)
        made.docPr.set("title", title)
        made.docPr.set("descr", alt)
        shown = made.graphic.graphicData.pic
        shown.nvPicPr.cNvPr.set("name", title)
        if svg:
            shown.blipFill.blip.append(_svg_extension(self._add_svg(part, svg)))
        grow(grow(paragraph, "r"), "drawing").append(made)

    def _number(self, part: StoryPart) -> int:
        """Return the number of the next picture in a part."""
        if part not in self._numbers:
            self._numbers[part] = count(part.next_id)
        return next(self._numbers[part])

    def _image(self, png: bytes) -> ImagePart:
        if png not in self._known:
            taken = {each.partname.idx for each in self._images}
            number = next(each for each in count(1) if each not in taken)
            image = Image.from_blob(png)
            made: ImagePart = ImagePart.from_image(
                image, PackURI(f"/word/media/image{number}.{image.ext}")
            )
            self._images.append(made)
            self._known[png] = made
        return self._known[png]

    def _add_svg(self, part: StoryPart, svg: str) -> str:
        """Add a part with an SVG to the file and return the name of the relationship to it."""
        name = PackURI(f"/word/media/drawing{next(self._drawings)}.svg")
        made = Part(name, SVG_TYPE, svg.encode("utf-8"), self._package)
        return part.relate_to(made, RELATIONSHIP_TYPE.IMAGE)


def _svg_extension(relationship: str) -> BaseOxmlElement:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return parse_xml(
        f'<a:extLst xmlns:a="{drawing}"><a:ext uri="{SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{SVG_SPACE}" xmlns:r="{relations}" r:embed="{relationship}"/>'
        "</a:ext></a:extLst>"
    )
