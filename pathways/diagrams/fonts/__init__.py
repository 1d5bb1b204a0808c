"""The fonts every picture is measured and drawn with: Arimo, shipped beside this file, and others.

Widths come from a shipped table, so that text is wrapped before any drawing library is loaded. A
character the font does not have is refused with its name and place, unless a folder of further fonts
has it (:func:`fonts_in`): nothing is dropped silently. Arimo has the widths of Arial and Liberation
Sans, so pictures fit with those too. Its licence is the SIL Open Font License 1.1 (``OFL.txt``), which
reserves no name: the fonts cut from it keep theirs, and carry copyright and licence inside.

``measure`` counts widths and breaks lines, ``families`` is the value :class:`Fonts`, ``further`` reads
folders and ``tables`` the fonts in them, ``embedded`` gives the font for inside an SVG.
"""

from __future__ import annotations

from pathways.diagrams.fonts.embedded import embedded_css
from pathways.diagrams.fonts.families import FAMILY, SHIPPED, Fonts
from pathways.diagrams.fonts.further import fonts_in
from pathways.diagrams.fonts.measure import FONT_FOLDER

__all__ = [
    "FAMILIES",
    "FAMILY",
    "FONT_FOLDER",
    "SHIPPED",
    "Fonts",
    "embedded_css",
    "fonts_in",
    "safe_text",
    "text_width",
    "wrap",
]

FAMILIES = SHIPPED.css
"""What a browser may use for the shipped font, in order."""

text_width = SHIPPED.width
safe_text = SHIPPED.safe
wrap = SHIPPED.wrap
