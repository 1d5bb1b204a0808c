"""A pathway that can be drawn and told: pictures, pages, text formats of diagrams, words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pathways import diagrams
from pathways.conditions.scope import Reader
from pathways.diagrams import Diagram, Overlay, Pages, Picture, View, format_of, to_words
from pathways.model.pathway import ResolvedPathway
from pathways.reading.writing import write_bytes

if TYPE_CHECKING:
    import graphviz


class DrawnPathway(ResolvedPathway):
    """A pathway with its pictures; notebooks show the whole as one."""

    def diagram(
        self,
        *,
        view: View | None = None,
        reader: Reader = "clinician",
        overlay: Overlay | None = None,
    ) -> Diagram:
        """Return the pathway, or a part of it, as boxes and arrows: plain data.

        Args:
            view: Which part; None: the whole.
            reader: Whom the words are for.
            overlay: Marks on boxes and arrows.
        """
        return diagrams.extract(self, reader=reader, view=view, overlay=overlay)

    def dot(
        self,
        *,
        view: View | None = None,
        reader: Reader = "clinician",
        theme: str = "default",
        overlay: Overlay | None = None,
    ) -> graphviz.Source:
        """Return the pathway in the language of Graphviz, as notebooks show it.

        Args:
            view: Which part; None: the whole.
            reader: Whom the words are for.
            theme: ``default`` or ``print``.
            overlay: Marks on boxes and arrows.
        """
        import graphviz

        diagram = self.diagram(view=view, reader=reader, overlay=overlay)
        text = diagrams.to_dot(diagram, diagrams.theme(theme))
        return graphviz.Source(text, filename=f"{self.id}.dot")

    def mermaid(
        self,
        *,
        view: View | None = None,
        reader: Reader = "clinician",
        theme: str = "default",
        overlay: Overlay | None = None,
    ) -> str:
        """Return the pathway in the language of Mermaid.

        Args:
            view: Which part; None: the whole.
            reader: Whom the words are for.
            theme: ``default`` or ``print``.
            overlay: Marks on boxes and arrows.
        """
        diagram = self.diagram(view=view, reader=reader, overlay=overlay)
        return diagrams.to_mermaid(diagram, diagrams.theme(theme))

    def picture(
        self,
        *,
        view: View | None = None,
        reader: Reader | None = None,
        theme: str = "default",
        overlay: Overlay | None = None,
        profile: str = "screen",
        fonts: str | Path | None = None,
    ) -> Picture:
        """Draw the pathway as one picture, which notebooks show.

        Its ``svg``, ``png()`` and ``pdf()`` are for files, its ``quality`` and ``problems`` say what
        it measures; see :func:`pathways.diagrams.picture`.

        Args:
            view: Which part; None: the whole.
            reader: Whom the words are for; None: as is usual for the profile.
            theme: ``default``, or ``print`` for black and white.
            overlay: Marks on boxes and arrows.
            profile: Sizes of type: ``screen``, ``clinician``, ``clear-print`` or ``large-print``.
            fonts: Folder of more fonts, for characters the shipped font does not have.
        """
        return diagrams.picture(
            self,
            view=view,
            reader=reader,
            theme=theme,
            overlay=overlay,
            profile=profile,
            fonts=fonts,
        )

    def pages(
        self,
        paper: str = "a4",
        profile: str = "clinician",
        *,
        view: View | None = None,
        reader: Reader | None = None,
        theme: str = "default",
        overlay: Overlay | None = None,
        fonts: str | Path | None = None,
    ) -> Pages:
        """Draw the pathway as pages of paper, each legible as it is.

        Each page is a picture; ``pdf()`` has them all; see :func:`pathways.diagrams.pages`.

        Args:
            paper: ``a4`` or ``letter``.
            profile: Sizes of type: ``clinician``, ``clear-print`` or ``large-print``.
            view: Which part; None: the whole.
            reader: Whom the words are for; None: as is usual for the profile.
            theme: ``default``, or ``print`` for black and white.
            overlay: Marks on boxes and arrows.
            fonts: Folder of more fonts, for characters the shipped font does not have.
        """
        return diagrams.pages(
            self,
            paper=paper,
            profile=profile,
            view=view,
            reader=reader,
            theme=theme,
            overlay=overlay,
            fonts=fonts,
        )

    def draw(self, path: str | Path, **options: Any) -> Path:
        """Draw the pathway as one picture into a file; the ending of its name gives the format.

        Args:
            path: Where to: ``.svg``, ``.png``, ``.pdf``, ``.dot`` or ``.mmd``.
            options: As for :meth:`picture`, and ``dpi`` for a PNG.

        Returns:
            The path.
        """
        target = Path(path)
        write_bytes(target, diagrams.picture_file(self, format_of(target.name), **options))
        return target

    def words(
        self,
        *,
        view: View | None = None,
        reader: Reader = "clinician",
        format: Literal["text", "markdown"] = "text",
    ) -> str:
        """Return the same steps in words, numbered, with conditions and where they lead.

        Args:
            view: Which part; None: the whole.
            reader: Whom the words are for.
            format: ``text`` or ``markdown``.
        """
        return to_words(self.diagram(view=view, reader=reader), format)
