"""Pictures of a pathway: plain data first, then text, then a drawing.

``views`` says which part; ``extract`` makes a :class:`Diagram`, plain data; ``dot``, ``mermaid`` and
``words`` turn it into text; ``render`` draws DOT. :func:`picture` does it all. Graphviz is loaded when
the first picture is drawn.
"""

from pathways.diagrams.dot import to_dot
from pathways.diagrams.extract import extract
from pathways.diagrams.mermaid import to_mermaid
from pathways.diagrams.model import Diagram, Overlay
from pathways.diagrams.pictures import (
    PICTURE_FORMATS,
    PictureFormat,
    diagram_picture,
    ending_of,
    format_of,
    picture,
)
from pathways.diagrams.theme import THEMES, Theme, theme
from pathways.diagrams.views import View
from pathways.diagrams.words import to_words

__all__ = [
    "PICTURE_FORMATS",
    "THEMES",
    "Diagram",
    "Overlay",
    "PictureFormat",
    "Theme",
    "View",
    "diagram_picture",
    "ending_of",
    "extract",
    "format_of",
    "picture",
    "theme",
    "to_dot",
    "to_mermaid",
    "to_words",
]
