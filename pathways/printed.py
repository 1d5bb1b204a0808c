"""A handout as users hold it: in every format, with what it measures; notebooks show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from pathways.diagrams.finished import Picture
from pathways.diagrams.views import phase_name
from pathways.errors import PathwayError, UnknownNameError
from pathways.handouts.blocks import Figure, Handout, HandoutKind, everything
from pathways.handouts.clinic import ReadClinic, load_clinic
from pathways.handouts.content.treatment import states_with
from pathways.handouts.make import make
from pathways.handouts.numbers import with_number
from pathways.handouts.quality.gate import problems
from pathways.handouts.quality.measures import quality
from pathways.handouts.quality.model import HandoutQuality
from pathways.handouts.request import Request
from pathways.handouts.sizes import sizes
from pathways.handouts.templates import SHIPPED, Templates
from pathways.handouts.writers.docx import to_docx
from pathways.handouts.writers.html import to_html
from pathways.handouts.writers.markdown import to_markdown
from pathways.handouts.writers.pdf import to_pdf
from pathways.language import speaking
from pathways.model.pathway import ResolvedPathway
from pathways.placed import Placed
from pathways.readability.grades import medicine_and_procedure_names
from pathways.reading.writing import write_bytes
from pathways.reports.frames import iframe

HandoutFormat = Literal["pdf", "html", "docx", "markdown"]
HANDOUT_FORMATS: tuple[HandoutFormat, ...] = get_args(HandoutFormat)
HANDOUT_KINDS: tuple[HandoutKind, ...] = get_args(HandoutKind)
ENDINGS: dict[str, HandoutFormat] = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".md": "markdown",
}

PictureEnding = Literal["svg", "png", "pdf"]
PICTURE_ENDINGS: tuple[PictureEnding, ...] = get_args(PictureEnding)
DEFAULT_DPI = 200


@dataclass(frozen=True)
class Printed:
    """A handout in every format.

    Args:
        handout: What it consists of: plain data.
        templates: How it looks.
        names: Names of medicines and procedures; they count as easy words.
    """

    handout: Handout
    templates: Templates = SHIPPED
    names: frozenset[str] = frozenset()

    def pdf(self) -> bytes:
        """Return it as PDF: tagged (PDF/UA-1), the same bytes every time."""
        with speaking(self.handout.language):
            return to_pdf(self.handout, self.templates.typst)

    def html(self) -> str:
        """Return it as one page: no script, no request."""
        with speaking(self.handout.language):
            return to_html(self.handout, self.templates.html)

    def docx(self) -> bytes:
        """Return it as a Word file that can be edited."""
        with speaking(self.handout.language):
            return to_docx(self.handout, self.templates.docx)

    def markdown(self) -> str:
        """Return it as Markdown; pictures stand in words."""
        with speaking(self.handout.language):
            return to_markdown(self.handout)

    @cached_property
    def quality(self) -> HandoutQuality:
        """What it measures: reading grade, sizes of type, contrast, headings, items of standards."""
        with speaking(self.handout.language):
            return quality(self.handout, self.names)

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps it from passing its profile, in words; nothing when it passes."""
        return problems(self.quality)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its pictures with their captions and words."""
        return tuple(each for each in everything(self.handout) if isinstance(each, Figure))

    def content(self, format: HandoutFormat) -> bytes:
        """Return the bytes of it in a format.

        Args:
            format: ``pdf``, ``html``, ``docx`` or ``markdown``.

        Raises:
            UnknownNameError: There is no such format.
        """
        made: dict[str, Callable[[], bytes | str]] = {
            "pdf": self.pdf,
            "html": self.html,
            "docx": self.docx,
            "markdown": self.markdown,
        }
        if format not in made:
            raise UnknownNameError("format of handouts", str(format), HANDOUT_FORMATS)
        found = made[format]()
        return found if isinstance(found, bytes) else found.encode("utf-8")

    def save(self, path: str | Path, format: HandoutFormat | None = None) -> Path:
        """Write it to a file, whole or not at all.

        Args:
            path: The file; its ending gives the format: .pdf, .html, .docx or .md.
            format: The format, where the ending does not say it.

        Raises:
            UnknownNameError: The ending is none of a handout.
            OSError: The file cannot be written.
        """
        file = Path(path)
        write_bytes(file, self.content(format or format_of(file)))
        return file

    def save_pictures(
        self,
        folder: str | Path,
        endings: Iterable[PictureEnding] = ("svg",),
        dpi: int = DEFAULT_DPI,
    ) -> tuple[Path, ...]:
        """Write its pictures alone, for other people's documents, each with its words beside it.

        Args:
            folder: Where to; it is made if need be.
            endings: ``svg``, ``png`` and ``pdf``.
            dpi: Dots per inch of a PNG.

        Returns:
            The files, in the order of the pictures; of each the last is its text alternative and long
            description.
        """
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        written = []
        for figure in self.figures:
            for ending in endings:
                file = place / f"{figure.name}.{ending}"
                write_bytes(file, picture_bytes(figure.picture, ending, dpi))
                written.append(file)
            file = place / f"{figure.name}.txt"
            text = "\n".join((figure.caption, "", figure.alt, "", *figure.words)) + "\n"
            write_bytes(file, text.encode("utf-8"))
            written.append(file)
        return tuple(written)

    def __repr__(self) -> str:
        return f"<Handout of {self.handout.pathway} for the {self.handout.kind}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show the page inside a frame of its own; a notebook that is not trusted takes that out.

        What stands before the frame is there always: what it is, what is in it, and how to get it.
        """
        from html import escape

        handout = self.handout
        title = escape(handout.title)
        parts = escape("; ".join(each.title for each in handout.sections))
        frame = iframe(
            {
                "srcdoc": self.html(),
                "title": handout.title,
                "sandbox": "",
                "style": "width:100%;height:640px;border:1px solid #7A8590",
            }
        )
        told = (
            f"<p><strong>{title}</strong>. In it: {escape(handout.emergency.title)}; {parts}.<br>"
            "<small>To get it: <code>.save(&quot;handout.pdf&quot;)</code>, also .docx, .html and "
            ".md. If no page is below, the notebook is not trusted yet.</small></p>"
        )
        return {
            "text/plain": repr(self),
            "text/markdown": self.markdown(),
            "text/html": f"<div>\n{told}\n{frame}\n</div>\n",
        }


def picture_bytes(picture: Picture, ending: str, dpi: int = DEFAULT_DPI) -> bytes:
    """Return a picture as the bytes of a file.

    Args:
        picture: The picture.
        ending: ``svg``, ``png`` or ``pdf``.
        dpi: Dots per inch of a PNG.

    Raises:
        UnknownNameError: There is no such format.
    """
    if ending not in PICTURE_ENDINGS:
        raise UnknownNameError("format of pictures", ending, PICTURE_ENDINGS)
    if ending == "png":
        return picture.png(dpi)
    return picture.pdf() if ending == "pdf" else picture.svg.encode("utf-8")


def format_of(file: Path) -> HandoutFormat:
    """Return the format that the ending of a file means.

    Args:
        file: Name of the file.

    Raises:
        UnknownNameError: It is none of a handout.

    Example:
        >>> format_of(Path("back.docx"))
        'docx'
    """
    if file.suffix.lower() not in ENDINGS:
        raise UnknownNameError("ending of handouts", file.suffix or file.name, ENDINGS)
    return ENDINGS[file.suffix.lower()]


def hand_out(  # noqa: PLR0913 - one keyword for each thing a clinic can choose
    pathway: ResolvedPathway,
    kind: HandoutKind = "patient",
    *,
    profile: str | None = None,
    paper: str = "a4",
    phase: str | int | None = None,
    treatment: str | None = None,
    placed: Placed | None = None,
    with_person: bool = False,
    clinic: ReadClinic | str | Path | None = None,
    templates: Templates | str | Path | None = None,
    leave_out: Iterable[str] = (),
    picture_width: float | None = None,
) -> Printed:
    """Return a handout about a pathway, one phase, one treatment, or one patient.

    Args:
        pathway: The pathway, in the language of the handout.
        kind: ``patient``, ``clinician`` or ``visit_sheet``.
        profile: ``standard``, ``clear-print`` (nothing under 12 points) or ``large-print`` (16); None:
            clear print for patients, standard for clinicians.
        paper: ``a4`` or ``letter``.
        phase: Name or number of the phase it is about.
        treatment: Name of the treatment it is about.
        placed: The patient it is for.
        with_person: Whether what is known of the patient may stand in it.
        clinic: Who hands it out: its file.
        templates: Folder of templates to use in place of the shipped ones.
        leave_out: Keys of sections to leave out; never the emergency box.
        picture_width: Width of its pictures, in points; None: as wide as the text.

    Returns:
        The handout; the same arguments give the same.

    Raises:
        UnknownNameError: Something that is named is not known.
        PathwayError: Two parts are asked for at once.
        DocumentError: The clinic's file has faults.
        TemplateError: A template cannot be used.
    """
    if kind not in HANDOUT_KINDS:
        raise UnknownNameError("kind of handout", str(kind), HANDOUT_KINDS)
    if sum(each is not None for each in (phase, treatment, placed)) > 1:
        raise PathwayError("a handout is about a phase, a treatment or a patient; give one of them")
    chosen = profile or ("standard" if kind == "clinician" else "clear-print")
    sizes(chosen)
    read = (
        clinic
        if isinstance(clinic, ReadClinic)
        else load_clinic(Path(clinic))
        if clinic
        else ReadClinic()
    )
    if read.clinic.number_to_call:
        pathway = with_number(pathway, read.clinic.number_to_call)
        placed = placed and placed.spoken_by(pathway)
    request = Request(
        pathway,
        kind,
        chosen,
        paper,
        phase=phase_name(pathway, str(phase)) if phase is not None else None,
        treatment=treatment,
        placed=placed,
        with_person=with_person,
        clinic=read.leaving_out(leave_out),
        picture_width=picture_width,
    )
    if treatment is not None:
        states_with(request, treatment)
    looks = templates if isinstance(templates, Templates) else Templates.of(templates)
    return Printed(make(request), looks, medicine_and_procedure_names(pathway.catalogue))


def hand_out_each(
    pathway: ResolvedPathway, patients: Iterable[Placed], **options: Any
) -> Iterator[Printed]:
    """Yield a handout for each of many patients, one after the other.

    Args:
        pathway: The pathway.
        patients: Where they are in it.
        options: Of :func:`hand_out`.
    """
    for placed in patients:
        yield hand_out(pathway, placed=placed, **options)
