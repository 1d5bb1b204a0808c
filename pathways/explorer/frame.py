"""A page in a notebook: in a frame, so that it works without a kernel, and in exported notebooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from pathways.conditions.scope import Reader
from pathways.explorer.page import to_page
from pathways.explorer.questions import Json
from pathways.language import say
from pathways.model.pathway import ResolvedPathway
from pathways.reports.frames import iframe

LINK = "pathways-"
"""How the names of frames begin whose pages a notebook links with Python (see ``bridge.js``)."""

INSTALL = 'pip install "care-pathways[notebook]"'

STYLE = (
    "width:100%;height:min(85vh,60rem);border:1px solid #66717c;border-radius:.5rem;background:#fff"
)


@dataclass(frozen=True, slots=True)
class FramedPage:
    """A page to explore that a notebook shows; nothing links it with Python.

    Args:
        page: The page, as HTML.
        title: What it is about.
        note: What to know of it, in one line; empty: nothing.
    """

    page: str
    title: str
    note: str = ""

    def __repr__(self) -> str:
        return f"<FramedPage: {self.title}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show the page; where frames are not shown, how to see it."""
        return {
            "text/html": framed(self.page, self.title, note=self.note),
            "text/plain": repr(self),
        }


def framed_alone(
    pathways: Sequence[ResolvedPathway], reader: Reader, begin: Mapping[str, Json]
) -> FramedPage:
    """Return a page to explore where nothing can link it with Python, which it says.

    Args:
        pathways: The pathways.
        reader: Whose words come first.
        begin: What it begins with; see :func:`pathways.explorer.page.to_page`.
    """
    note = say("Answers stay on this page. To have them in Python: {command}", command=INSTALL)
    return FramedPage(to_page(pathways, reader, begin), pathways[0].title(reader), note)


def frame(page: str, title: str, link: str = "") -> dict[str, str]:
    """Return the attributes of a frame for a page that can reach nothing around it.

    Args:
        page: The page, as HTML.
        title: What it is about.
        link: By what Python knows it; empty: it is not linked.

    Example:
        >>> frame("<p>a</p>", "Back pain", "7")["name"]
        'pathways-7'
    """
    return {
        "sandbox": "allow-scripts allow-modals allow-downloads",
        "title": title,
        **({"name": f"{LINK}{link}"} if link else {}),
        "style": STYLE,
        "srcdoc": page,
    }


def framed(page: str, title: str, *, link: str = "", note: str = "") -> str:
    """Return a page in a frame as HTML.

    Args:
        page: The page, as HTML.
        title: What it is about.
        link: By what Python knows it; empty: it is not linked.
        note: What to know of it, in one line; empty: nothing.

    Example:
        >>> framed("<p>a</p>", "Back pain")[:62]
        "<iframe sandbox='allow-scripts allow-modals allow-downloads' t"
    """
    seen = say("If no page stands above, trust this notebook, or run its cell again.")
    words = escape(" ".join(filter(None, (note, seen))))
    return f"{iframe(frame(page, title, link))}<p><small>{words}</small></p>"
