"""One round of a preview: read the file, draw it, say what is wrong; plain data."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pathways.conditions.scope import Reader
from pathways.diagrams.pictures import picture
from pathways.diagrams.views import View
from pathways.errors import (
    DocumentError,
    PathwayError,
    Place,
    Problem,
    UnknownNameError,
    printable,
)
from pathways.model.pathway import ResolvedPathway
from pathways.reading.files import LIBRARY
from pathways.reading.load import load
from pathways.reading.syntax import MAX_BYTES

MOST_FAULTS = 100
"""So many are shown; of others it is said how many there are."""
LONGEST_LINE = 160
"""Characters of a line that are shown, around the place of the fault."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draw, and in whose words.

    Args:
        source: Path of the file, or name of a library pathway.
        reader: Whom the words are for.
        phase: One phase by name or number; None: the whole.
        language: Language of the words.
    """

    source: str
    reader: Reader = "clinician"
    phase: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, with the line it stands in.

    Args:
        said: What is wrong and what to do, on one line, with its place and code.
        place: ``file:line:column``; empty when it has none.
        code: Short name of the broken rule; may be empty.
        message: What is wrong.
        hint: What to do; may be empty.
        number: Number of the line; 0: none.
        line: The line itself, cut when it is very long.
        caret: A sign that stands under the place, with blanks before it.
    """

    said: str
    place: str = ""
    code: str = ""
    message: str = ""
    hint: str = ""
    number: int = 0
    line: str = ""
    caret: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the file gave.

    Args:
        title: What the picture shows; empty when there is none.
        svg: The picture; empty when the file has faults.
        seconds: How long reading and drawing took.
        faults: What is wrong, in the order of the file.
        more_faults: How many more there are.
        kind: ``drawn``; ``faulty`` file; wrong ``use``, such as a phase that is not there; a fault
            of the ``program``.
    """

    title: str = ""
    svg: str = ""
    seconds: float = 0.0
    faults: tuple[Fault, ...] = ()
    more_faults: int = 0
    kind: str = "drawn"


def one_round(wanted: Wanted) -> Round:
    """Read and draw a pathway once; whatever goes wrong is an answer, never an exception.

    Args:
        wanted: What to draw.

    Example:
        >>> one_round(Wanted("safety", phase="nowhere")).kind
        'use'
    """
    begun = time.perf_counter()
    try:
        view = View.whole() if wanted.phase is None else View.phase(wanted.phase)
        drawn = picture(loaded(wanted), reader=wanted.reader, view=view)
        return Round(drawn.title, drawn.svg, time.perf_counter() - begun)
    except DocumentError as error:
        shown = tuple(faults_of(error.problems[:MOST_FAULTS]))
        more = len(error.problems) - len(shown)
        return Round(faults=shown, more_faults=more, kind="faulty")
    except PathwayError as error:
        kind = "use" if isinstance(error, UnknownNameError) else "faulty"
        return Round(faults=(_plain(str(error)),), kind=kind)
    except OSError as error:
        return Round(faults=(_plain(error.strerror or str(error)),), kind="faulty")
    except Exception as error:  # noqa: BLE001 - a preview must live on whatever a file holds
        what = f"a fault in this program, not in your file: {type(error).__name__}: {error}"
        return Round(faults=(_plain(what),), kind="program")


def loaded(wanted: Wanted) -> ResolvedPathway:
    """Return the pathway in the language that is wanted.

    Args:
        wanted: What to draw.

    Raises:
        UnknownNameError: There is no such pathway, or no such language.
        DocumentError: The file has faults.
    """
    pathway = load(wanted.source)
    if wanted.language == "en":
        return pathway
    from pathways.translation import in_language

    return in_language(pathway, wanted.language)


def _plain(message: str) -> Fault:
    return Fault(said=printable(message), message=printable(message))


def faults_of(problems: Iterable[Problem]) -> Iterator[Fault]:
    """Yield problems with the lines they stand in; each file is read once.

    Args:
        problems: What is wrong.

    Example:
        >>> next(faults_of([Problem("empty-file", "it is empty", "fill it")])).hint
        'fill it'
    """
    texts: dict[str, list[str]] = {}
    for each in problems:
        line, caret = "", ""
        if each.place is not None:
            if each.place.file not in texts:
                texts[each.place.file] = _lines_of(each.place.file)
            line, caret = line_and_caret(texts[each.place.file], each.place)
        yield Fault(
            said=str(each),
            place=printable(str(each.place)) if each.place else printable(each.where),
            code=each.code,
            message=printable(each.message),
            hint=printable(each.hint),
            number=each.place.line if each.place and line else 0,
            line=line,
            caret=caret,
        )


def _lines_of(shown: str) -> list[str]:
    """Return the lines of a file by the name it has in messages; nothing when it cannot be read."""
    try:
        with _path_of(shown).open("rb") as stream:
            text = stream.read(MAX_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        return []
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _path_of(shown: str) -> Path:
    if not shown.startswith("library/"):
        return Path(shown)
    name = shown.removeprefix("library/")
    return LIBRARY / name if "/" in name else LIBRARY / "pathways" / name


def line_and_caret(lines: list[str], place: Place) -> tuple[str, str]:
    r"""Return the line of a place, and a caret that stands under its column.

    Args:
        lines: The lines of the file.
        place: A place in it; one behind the end has no line.

    Example:
        >>> print("\n".join(line_and_caret(["pathway: x", "- to: rset"], Place("", 2, 7))))
        - to: rset
              ^
    """
    if not 1 <= place.line <= len(lines):
        return "", ""
    line = lines[place.line - 1]
    at = min(place.column - 1, len(line))
    first = max(0, at - LONGEST_LINE // 2) if len(line) > LONGEST_LINE else 0
    before, after = line[first:at], line[at : first + LONGEST_LINE]
    start = "…" if first else ""
    end = "…" if first + LONGEST_LINE < len(line) else ""
    shown = start + _shown(before)
    return f"{shown}{_shown(after)}{end}", " " * _columns(shown) + "^"


def _shown(text: str) -> str:
    return printable(text.replace("\t", "    "))


def _columns(text: str) -> int:
    """Return how many columns a text takes where all letters are of one width."""
    return sum(_width(each) for each in text)


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
