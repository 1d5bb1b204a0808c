"""An album: every picture of a pathway and its pages to print as named files, with an index page.

The ``graphs/`` folder and ``pathways demo`` are albums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from pathways.conditions.scope import Reader
from pathways.diagrams.characters import as_markdown
from pathways.diagrams.extract import extract
from pathways.diagrams.model import Diagram
from pathways.diagrams.pathway_map import MAP_TITLE, map_diagram
from pathways.diagrams.pictures import PictureFormat, diagram_file, ending_of, pages, picture_file
from pathways.diagrams.profiles import PRINT_PROFILES
from pathways.diagrams.views import View
from pathways.diagrams.words import to_words
from pathways.graph.between import pathway_map
from pathways.model.pathway import NOT_ADVICE, READERS, ResolvedPathway

PRINT_HEADING = "Pages to print (PDF):"
WARNING = f"{NOT_ADVICE} Drafts are not reviewed by a clinician."

STYLE = (
    "body{font:1rem/1.5 Arial,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}img{max-width:100%;height:auto;border:1px solid #ccc}figure{margin:1rem 0 2rem}"
    "@media print{figure{break-before:page;margin:0}img{max-height:23cm;width:auto;border:0}}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}a{color:#8ab4f8}img{background:#fff}}"
)


@dataclass(frozen=True, slots=True)
class Plate:
    """One picture of an album, in one or more formats.

    Args:
        name: Name of its files without ending.
        title: What it shows.
        formats: Endings it comes in; the first is shown on the index page.
        view: The part it shows.
        reader: Whom its words are for.
        theme: How it is coloured.
    """

    name: str
    title: str
    formats: tuple[PictureFormat, ...]
    view: View
    reader: Reader
    theme: str = "default"


@dataclass(frozen=True, slots=True)
class Booklet:
    """A pathway as pages to print, in one PDF.

    Args:
        name: Name of its file without ending.
        title: Whom it is for.
        paper: Name of the paper.
        profile: Name of the sizes of type.
    """

    name: str
    title: str
    paper: str
    profile: str

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.pdf"


PNG_DPI = 96
PAPER_WORDS = {"a4": "A4", "letter": "Letter"}
PROFILE_WORDS = {
    "clinician": "for clinicians",
    "clear-print": "in plain words, clear print",
    "large-print": "in plain words, large print",
}


def booklets(pathway: ResolvedPathway, papers: Sequence[str]) -> Iterator[Booklet]:
    """Yield the pages to print of one pathway: each profile on each paper.

    Args:
        pathway: The pathway.
        papers: Names of papers.
    """
    for paper in papers:
        for profile in PRINT_PROFILES:
            title = f"{PROFILE_WORDS[profile]}, {PAPER_WORDS[paper]}"
            yield Booklet(f"{pathway.id}-{profile}-{paper}", title, paper, profile)


def plates(pathway: ResolvedPathway) -> Iterator[Plate]:
    """Yield the pictures of one pathway: the whole, for print, for patients, each phase.

    Args:
        pathway: The pathway.
    """
    name = pathway.id
    every: tuple[PictureFormat, ...] = ("svg", "png", "pdf", "dot", "mermaid")
    yield Plate(name, "The whole pathway, for clinicians", every, View.whole(), "clinician")
    yield Plate(
        f"{name}-patient", "The whole pathway, in plain words", ("svg",), View.whole(), "patient"
    )
    yield Plate(f"{name}-print", "Black and white", ("svg",), View.whole(), "clinician", "print")
    for number, phase in enumerate(pathway.phases.values(), start=1):
        view = View.phase(str(number))
        title = f"Phase {number}: {phase.title.patient}"
        yield Plate(
            f"{name}-phase-{number}-patient", f"{title}, in plain words", ("svg",), view, "patient"
        )
        title = f"Phase {number}: {phase.title.clinician}"
        yield Plate(
            f"{name}-phase-{number}", f"{title}, for clinicians", ("svg",), view, "clinician"
        )


MAPS: Mapping[Reader, str] = {"clinician": "map-of-pathways", "patient": "map-of-pathways-patient"}
"""Names of the files of the map without ending."""


def map_files(pathways: Sequence[ResolvedPathway]) -> dict[str, Callable[[], bytes]]:
    """Return how each file of the map of some pathways is made; none for a single pathway.

    Args:
        pathways: The pathways.
    """
    if len(pathways) < 2:
        return {}
    found = pathway_map(pathways)
    files: dict[str, Callable[[], bytes]] = {}
    for reader, name in MAPS.items():
        diagram = map_diagram(found, reader)
        files[f"{name}.svg"] = partial(diagram_file, diagram, "svg")
        files[f"{name}-words.txt"] = partial(_in_words, diagram)
        if reader == "clinician":
            files[f"{name}.png"] = partial(diagram_file, diagram, "png", dpi=PNG_DPI)
    return files


def _in_words(diagram: Diagram) -> bytes:
    return to_words(diagram).encode("utf-8")


def album(
    pathways: Sequence[ResolvedPathway],
    *,
    title: str,
    papers: Sequence[str] = ("a4",),
    progress: Callable[[str], None] | None = None,
) -> dict[str, bytes]:
    """Draw everything about some pathways.

    Args:
        pathways: The pathways, in the order of the index.
        title: Title of the index page.
        papers: Names of the papers that pages are made for.
        progress: Called with the name of each file before it is made.

    Returns:
        Contents of files by name, ``index.html`` and ``README.md`` among them.
    """
    files: dict[str, bytes] = {}
    for name, make in map_files(pathways).items():
        if progress:
            progress(name)
        files[name] = make()
    for pathway in pathways:
        for name, make in _files_of(pathway, papers):
            if progress:
                progress(name)
            files[name] = make()
    files["index.html"] = _html(pathways, title, papers).encode("utf-8")
    files["README.md"] = _markdown(pathways, title, papers).encode("utf-8")
    return files


def _files_of(
    pathway: ResolvedPathway, papers: Sequence[str]
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for plate in plates(pathway):
        for format in plate.formats:
            yield _file(plate, format), partial(_draw, pathway, plate, format)
    for booklet in booklets(pathway, papers):
        yield booklet.file, partial(_print, pathway, booklet)
    for reader in READERS:
        yield _words_file(pathway, reader), partial(_words, pathway, reader)


def _file(plate: Plate, format: PictureFormat) -> str:
    return f"{plate.name}.{ending_of(format)}"


def _words_file(pathway: ResolvedPathway, reader: str) -> str:
    return f"{pathway.id}-words{'-patient' if reader == 'patient' else ''}.txt"


def _draw(pathway: ResolvedPathway, plate: Plate, format: PictureFormat) -> bytes:
    return picture_file(
        pathway, format, reader=plate.reader, view=plate.view, theme=plate.theme, dpi=PNG_DPI
    )


def _print(pathway: ResolvedPathway, booklet: Booklet) -> bytes:
    return pages(pathway, paper=booklet.paper, profile=booklet.profile).pdf()


def _words(pathway: ResolvedPathway, reader: Reader) -> bytes:
    return _in_words(extract(pathway, reader=reader))


def _links(pathway: ResolvedPathway, plate: Plate) -> Iterable[tuple[str, str]]:
    for format in plate.formats:
        yield ending_of(format), _file(plate, format)
    if plate.view == View.whole() and plate.theme == "default":
        yield "words", _words_file(pathway, plate.reader)


def _html(pathways: Sequence[ResolvedPathway], title: str, papers: Sequence[str]) -> str:
    lines = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f"<p><strong>{escape(WARNING)}</strong></p>",
    ]
    if len(pathways) > 1:
        lines += _map_html()
    for pathway in pathways:
        lines.append(
            f"<h2>{escape(pathway.title('clinician'))}</h2><p>{escape(pathway.status_words)}</p>"
        )
        links = "".join(
            f'<li><a href="{escape(each.file)}">{escape(each.title)}</a></li>'
            for each in booklets(pathway, papers)
        )
        lines.append(f"<p>{PRINT_HEADING}</p><ul>{links}</ul>")
        for plate in plates(pathway):
            links = " ".join(
                f'<a href="{escape(file)}">{escape(word)}</a>'
                for word, file in _links(pathway, plate)
            )
            file = escape(_file(plate, plate.formats[0]))
            lines.append(
                f"<figure><figcaption><strong>{escape(plate.title)}</strong> ({links})</figcaption>"
                f'<a href="{file}"><img src="{file}" alt="{escape(plate.title)}; the same in words is linked above" '
                'loading="lazy"></a></figure>'
            )
    return "\n".join([*lines, "</body></html>", ""])


def _map_html() -> Iterator[str]:
    for reader, name in MAPS.items():
        title = escape(MAP_TITLE[reader])
        yield (
            f'<figure><figcaption><strong>{title}</strong> (<a href="{name}-words.txt">words</a>)'
            f'</figcaption><a href="{name}.svg"><img src="{name}.svg" alt="{title}; the same in words'
            ' is linked above" loading="lazy"></a></figure>'
        )


def _markdown(pathways: Sequence[ResolvedPathway], title: str, papers: Sequence[str]) -> str:
    lines = [f"# {as_markdown(title)}", "", f"**{WARNING}**", ""]
    if len(pathways) > 1:
        for reader, name in MAPS.items():
            words = f"[words]({name}-words.txt)"
            lines += [
                f"## {MAP_TITLE[reader]}",
                "",
                words,
                "",
                f"![{MAP_TITLE[reader]}]({name}.svg)",
                "",
            ]
    for pathway in pathways:
        lines += [
            f"## {as_markdown(pathway.title('clinician'))}",
            "",
            as_markdown(pathway.status_words),
            "",
            PRINT_HEADING,
            "",
            *(f"- [{each.title}]({each.file})" for each in booklets(pathway, papers)),
            "",
        ]
        for plate in plates(pathway):
            links = ", ".join(f"[{word}]({file})" for word, file in _links(pathway, plate))
            lines += [
                f"### {as_markdown(plate.title)}",
                "",
                links,
                "",
                f"![{as_markdown(plate.title)}]({_file(plate, plate.formats[0])})",
                "",
            ]
    return "\n".join(lines)
