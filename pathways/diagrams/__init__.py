"""Pictures of a pathway: plain data first, then a layout, then a drawing.

``views`` says which part; ``extract`` makes a :class:`Diagram`, plain data. ``layout`` places boxes and
lines, ``drawing`` makes a finished :class:`Picture` of them, ``pagination`` cuts a diagram into
:class:`Pages` that print, ``printing`` makes PNG and PDF. ``dot``, ``mermaid`` and ``words`` turn a
diagram into text. Graphviz and Typst are loaded when they are first needed.
"""

from pathways.diagrams.dot import to_dot
from pathways.diagrams.drawing.quality import Quality
from pathways.diagrams.extract import extract
from pathways.diagrams.finished import Pages, Picture
from pathways.diagrams.mermaid import to_mermaid
from pathways.diagrams.model import Diagram, Overlay
from pathways.diagrams.pictures import (
    PICTURE_FORMATS,
    PictureFormat,
    diagram_pages,
    diagram_picture,
    ending_of,
    format_of,
    pages,
    picture,
    picture_file,
    style_of,
)
from pathways.diagrams.profiles import PAPERS, PROFILES
from pathways.diagrams.theme import THEMES, Theme, theme
from pathways.diagrams.views import View
from pathways.diagrams.words import to_words

__all__ = [
    "PAPERS",
    "PICTURE_FORMATS",
    "PROFILES",
    "THEMES",
    "Diagram",
    "Overlay",
    "Pages",
    "Picture",
    "PictureFormat",
    "Quality",
    "Theme",
    "View",
    "diagram_pages",
    "diagram_picture",
    "ending_of",
    "extract",
    "format_of",
    "pages",
    "picture",
    "picture_file",
    "style_of",
    "theme",
    "to_dot",
    "to_mermaid",
    "to_words",
]
