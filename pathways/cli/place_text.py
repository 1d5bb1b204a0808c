"""What ``place`` and ``ask`` say: answers as text, Markdown, plain data, a page or a picture."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pathways.cli.common import put_out, say

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


def in_words(said: Said, format: TextFormat = "text", width: int = 90) -> str:
    """Return what is said as text or Markdown.

    Args:
        said: What is said.
        format: ``text`` or ``markdown``.
        width: How wide lines of plain text may be, in characters.
    """
    from pathways.reports.prospect_text import prospect_text, what_if_text

    parts = [each.words(said.reader, format, width) for each in said.full]
    if said.what_if is not None:
        parts.append(what_if_text(said.what_if, format, width=width))
    if said.prospect is not None:
        parts.append(prospect_text(said.prospect, format, width=width))
    lines = also_lines(said)
    if lines:
        mark = "- " if format == "markdown" else ""
        parts.append("".join(f"{mark}{line}\n" for line in lines))
    return "\n".join(parts)


def also_lines(said: Said) -> list[str]:
    """Return one line for each further pathway: where the person is there, and how to see it."""
    return [_also_line(each, said) for each in said.also]


def _also_line(placed: Placed, said: Said) -> str:
    kind = "also concerns" if placed.place.concerns == "certain" else "may also concern"
    answer = placed.answer(said.reader)
    here = "; ".join(f"step {each.number}, {each.title}" for each in answer.here)
    command = (
        f"pathways place {shlex.quote(said.source)} {placed.pathway.id}" if said.source else ""
    )
    see = f"; see {command}" if command else ""
    return f"{kind} {placed.pathway.id} ({answer.title}): {here}{see}"


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
        say(f"warning: {problem}")


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
