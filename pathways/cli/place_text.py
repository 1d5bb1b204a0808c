"""What ``place`` and ``ask`` say: answers as text, Markdown, plain data, a page or a picture."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePath
from textwrap import fill
from typing import TYPE_CHECKING, Any

from pathways.cli.common import put_out
from pathways.cli.common import say as tell
from pathways.language import chained, say, speaking

if TYPE_CHECKING:
    from pathways.conditions.scope import Reader
    from pathways.placed import Placed
    from pathways.reports.prospect import ProspectSaid, WhatIfSaid
    from pathways.reports.text import TextFormat

ENDINGS = {
    ".html": "html",
    ".md": "markdown",
    ".txt": "text",
    ".json": "json",
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
}
"""The formats a file can have, by its ending."""
PICTURES = ("svg", "png", "pdf")
_ALSO: Mapping[Reader, tuple[str, str]] = {
    "clinician": (
        "This pathway also concerns the person:",
        "This pathway may also concern the person:",
    ),
    "patient": ("This chart is also about you:", "This chart may also be about you:"),
}
"""What is said of a further pathway that surely is about the person, and of one that may be."""


@dataclass(frozen=True)
class Said:
    """Everything that one run says.

    Args:
        record: Name of the record.
        source: The record as the user named it, for commands to go on with.
        on: The day, as ISO 8601.
        reader: Whom the words are for.
        full: Where the person is placed, answered in full.
        also: Further pathways, one line each.
        prospect: What would have to be true for a later step, or None.
        what_if: What becomes of the place without something, or None.
        not_understood: What of a FHIR document is not in the record.
    """

    record: str
    source: str
    on: str
    reader: Reader
    full: Sequence[Placed]
    also: Sequence[Placed] = ()
    prospect: ProspectSaid | None = None
    what_if: WhatIfSaid | None = None
    not_understood: Sequence[str] = field(default=())


def format_of(output: str) -> str:
    """Return the format of a file by its ending; empty when it has none of those known.

    Example:
        >>> format_of("me.HTML")
        'html'
    """
    return ENDINGS.get(PurePath(output).suffix.lower(), "")


def in_words(
    said: Said, format: TextFormat = "text", width: int = 90, *, commands: bool = False
) -> str:
    """Return what is said as text or Markdown.

    Args:
        said: What is said.
        format: ``text`` or ``markdown``.
        width: How wide lines of plain text may be, in characters.
        commands: Whether to name commands to go on with; a file that is handed out has none.
    """
    with speaking(said.full[0].pathway.language):
        return _in_words(said, format, width, commands=commands)


def _in_words(said: Said, format: TextFormat, width: int, *, commands: bool) -> str:
    from pathways.reports.prospect_text import prospect_text, what_if_text

    parts = [_answer_in_words(each, said, format, width) for each in said.full]
    if said.what_if is not None:
        parts.append(what_if_text(said.what_if, format, width=width))
    if said.prospect is not None:
        parts.append(prospect_text(said.prospect, format, width=width))
    lines = list(_also_lines(said, format, width, commands=commands))
    if lines:
        parts.append("".join(f"{line}\n" for line in lines))
    return "\n".join(parts)


def _answer_in_words(placed: Placed, said: Said, format: TextFormat, width: int) -> str:
    """Return one answer; what the part on what cannot be had says is not said twice."""
    from pathways.reports.text import to_markdown, to_text

    answer = placed.answer(said.reader)
    if said.what_if is not None and said.what_if.pathway == answer.pathway:
        told = {each.what for each in said.what_if.without}
        left = tuple(each for each in answer.closed if each.what not in told)
        answer = replace(answer, closed=left)
    return to_markdown(answer) if format == "markdown" else to_text(answer, width=width)


def _also_lines(said: Said, format: TextFormat, width: int, *, commands: bool) -> Iterator[str]:
    """Yield a sentence for each further pathway: where the person is there, and how to see it."""
    from pathways.diagrams.characters import as_markdown, clean

    for placed in said.also:
        sentence = also_sentence(placed, said.reader)
        if format == "markdown":
            yield f"- {as_markdown(clean(sentence, 'answer'))}"
        else:
            yield fill(sentence, width, break_long_words=False, break_on_hyphens=False)
        if commands and said.source:
            yield f"  To see it: pathways place {shlex.quote(said.source)} {placed.pathway.id}"


def also_sentence(placed: Placed, reader: Reader) -> str:
    """Return a sentence on a further pathway that is, or may be, about the person.

    Args:
        placed: The person, placed there.
        reader: Whom the words are for.
    """
    answer = placed.answer(reader)
    surely = placed.place.concerns == "certain"
    with speaking(answer.language):
        steps = chained([say("step {number}", number=each.number) for each in answer.here], "and")
        about = say(_ALSO[reader][0 if surely else 1])
    return f"{about} {answer.title} ({steps})."


def as_data(said: Said) -> dict[str, Any]:
    """Return what is said as plain data, with the same keys every time.

    Args:
        said: What is said.
    """
    return {
        "record": said.record,
        "on": said.on,
        "reader": said.reader,
        "pathways": [asdict(each.answer(said.reader)) for each in said.full],
        "also_concerns": [_brief(each, said.reader) for each in said.also],
        "prospect": asdict(said.prospect) if said.prospect else None,
        "what_if": asdict(said.what_if) if said.what_if else None,
        "not_understood": list(said.not_understood),
    }


def _brief(placed: Placed, reader: Reader) -> dict[str, Any]:
    answer = placed.answer(reader)
    return {
        "pathway": answer.pathway,
        "title": answer.title,
        "concerns": answer.concerns,
        "headline": answer.headline,
        "headline_words": answer.headline_words,
        "here": [
            {"state": each.state, "number": each.number, "title": each.title}
            for each in answer.here
        ],
    }


def write_said(said: Said, output: str) -> None:
    """Write what is said to a file, whole or not at all; its ending says in which form.

    Args:
        said: What is said.
        output: Name of the file, with an ending of :data:`ENDINGS`.

    Raises:
        OSError: The file cannot be written.
    """
    content, problems = _content(said, format_of(output))
    put_out(content, output)
    for problem in problems:
        tell(f"warning: {problem}")


def _content(said: Said, format: str) -> tuple[str | bytes, Sequence[str]]:
    first = said.full[0]
    match format:
        case "html":
            return first.page(said.reader), ()
        case "markdown":
            return in_words(said, "markdown"), ()
        case "text":
            return in_words(said), ()
        case "json":
            return f"{json.dumps(as_data(said), indent=2, ensure_ascii=False)}\n", ()
        case _:
            drawn = first.picture(said.reader)
            made: dict[str, Any] = {"png": drawn.png, "pdf": drawn.pdf}
            content = made[format]() if format in made else drawn.svg
            return content, drawn.problems
