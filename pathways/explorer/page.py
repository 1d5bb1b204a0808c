"""One HTML page that needs nothing else: data, words, picture, style and script in one file."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from pathways.conditions import describe
from pathways.conditions.scope import Reader
from pathways.errors import UnknownNameError
from pathways.explorer.data import as_json, page_data
from pathways.explorer.drawing import Looks, map_svg
from pathways.explorer.marked import items, pairs, safe
from pathways.explorer.phrases import page_words
from pathways.explorer.questions import Json
from pathways.explorer.steps import steps_html
from pathways.language import speaking
from pathways.model.pathway import READERS, ResolvedPathway
from pathways.model.states import Interrupt
from pathways.reports.phrases import sentence
from pathways.semantics.logic import signs_in

SCRIPTS = (
    "reading.js",
    "engine.js",
    "asking.js",
    "saying.js",
    "answers.js",
    "bridge.js",
    "explorer.js",
)
BRIDGE = "bridge.js"
STYLE = "explorer.css"
SPACE = re.compile(r" ?([{};]) ?")
"""Spaces of a style that say nothing."""
INDENT = re.compile(r"\n\s*")


def to_page(
    pathways: Sequence[ResolvedPathway],
    reader: Reader = "patient",
    begin: Mapping[str, Json] | None = None,
) -> str:
    """Return pathways as one page to explore: no request, nothing kept, readable without scripts.

    Args:
        pathways: One or several pathways, or versions of one; answers are shared between them.
        reader: Whose words come first; a switch on the page changes it.
        begin: ``findings``, ``unavailable`` and ``at`` it begins with, for a page in a notebook, which
            may link it with Python; None: a page for anybody, which never sends anything.

    Raises:
        TooManyBoxesError: A condition cannot be decided exactly with few enough boxes.
        UnknownNameError: There is no pathway, or no such reader.

    Example:
        >>> from pathways.reading.load import load
        >>> page = to_page([load("safety")])
        >>> page.startswith("<!DOCTYPE html>"), "http-equiv" in page
        (True, True)
    """
    if reader not in READERS:
        raise UnknownNameError("reader", str(reader), READERS)
    if not pathways:
        raise UnknownNameError("pathway", "", ["at least one"])
    with speaking(pathways[0].language):
        page = Fragment(pathways, reader)
        if begin is not None:
            page.data["begin"] = dict(begin)
        script, style = script_text(), f"{style_text()}{page.looks.css()}"
        title = escape(", ".join(dict.fromkeys(each.title(reader) for each in pathways)))
        return (
            "<!DOCTYPE html>\n"
            f'<html lang="{escape(pathways[0].language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(script, style)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
            f"{page.html}\n"
            f'<script type="application/json" id="pathways-data">{as_json(page.data)}</script>\n'
            f'<script type="module">{script}</script>\n</body>\n</html>\n'
        )


def _policy(script: str, style: str) -> str:
    """Return what the page may do: run this one script, use this one style, nothing else."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


@cache
def script_text() -> str:
    """Return the script, as one module without imports, its comments and indents left out."""
    return _bare("".join(_static(name) for name in SCRIPTS))


@cache
def bridge_text() -> str:
    """Return the part of the script that a notebook runs beside the page."""
    return _bare(_static(BRIDGE))


def _bare(script: str) -> str:
    # Only whole lines are left out: no text of the script begins a line like a comment.
    return INDENT.sub("\n", re.sub(r"(?m)^\s*(//|/\*\*|\* |\*/).*$", "", script))


@cache
def style_text() -> str:
    """Return the style without its indents and the spaces beside its braces."""
    return SPACE.sub(r"\1", INDENT.sub("\n", _static(STYLE)))


def _static(name: str) -> str:
    return (files("pathways.explorer") / "static" / name).read_text(encoding="utf-8")


class Fragment:
    """The inside of a page: what is read without scripts, and the data for the script.

    Args:
        pathways: The pathways.
        reader: Whose words come first.
    """

    def __init__(self, pathways: Sequence[ResolvedPathway], reader: Reader) -> None:
        self.pathways = pathways
        self.reader = reader
        self.words = page_words()
        self.looks = Looks()
        self.data: dict[str, Json] = {
            "words": self.words,
            "pathways": [page_data(each) for each in pathways],
        }
        self.html = "\n".join(self._parts())

    def say(self, key: str) -> str:
        """Return a fixed phrase for both readers."""
        text = self.words[key]
        return safe(text) if isinstance(text, str) else pairs(text)

    def _parts(self) -> Iterator[str]:
        yield f'<div class="pw" data-reader="{self.reader}">'
        yield from self._head()
        yield "<main>"
        for at, pathway in enumerate(self.pathways):
            yield self._help(at, pathway)
        yield '<div role="status" data-part="status" class="status js"></div>'
        yield '<p class="js hint"><span data-say="nothing_kept"></span> <span data-part="note" role="status"></span></p>'
        if len(self.pathways) > 1:
            yield '<section data-part="compare" class="js"></section>'
        yield '<div class="columns"><div>'
        for name in ("question", "ways", "answers"):
            yield f'<section id="pw-{name}" data-part="{name}" class="js box"></section>'
        yield '<details data-part="what-if" class="js box"></details>'
        yield '<details data-part="findings" class="js box"></details></div><div>'
        yield from self._maps()
        yield '<section data-part="details" class="js box"></section></div></div>'
        for at, pathway in enumerate(self.pathways):
            yield self._words(at, pathway)
        yield "</main></div>"

    def _head(self) -> Iterator[str]:
        yield "<header>"
        for at, pathway in enumerate(self.pathways):
            title = pairs([pathway.title(reader) for reader in READERS])
            tag = "h1" if at == 0 or len(self.pathways) > 1 else "p"
            yield f'<{tag} data-m="{at}">{title}</{tag}><p data-m="{at}" class="hint">{safe(pathway.status_words)}</p>'
        yield '<div class="bar js">'
        if len(self.pathways) > 1:
            options = "".join(
                f'<option value="{at}">{at + 1}</option>' for at in range(len(self.pathways))
            )
            yield f'<label><span data-say="pathway"></span> <select data-part="chooser">{options}</select></label>'
        yield '<span role="group" class="group"><span data-say="reader"></span> '
        for each in ("patient", "clinician"):
            yield f'<button type="button" data-reader-is="{each}" data-say="{each}"></button>'
        yield "</span>"
        for name, key in (("print", "print"), ("save", "save"), ("start-over", "start_over")):
            yield f'<button type="button" data-do="{name}" data-say="{key}"></button>'
        yield f'</div><p class="js start"><a href="#pw-question">{self.say("to_questions")}</a></p></header>'

    def _help(self, at: int, pathway: ResolvedPathway) -> str:
        """Return when to get help now: always first, with and without scripts."""
        if not pathway.interrupts:
            return ""
        parts = "".join(self._alarm(at, pathway, each) for each in pathway.interrupts)
        return (
            f'<section class="help" data-m="{at}"><h2>{self.say("help_now")}</h2>{parts}</section>'
        )

    def _alarm(self, at: int, pathway: ResolvedPathway, interrupt: Interrupt) -> str:
        signs = [
            pairs([describe(each, pathway.scope, reader) for reader in READERS])
            for each in signs_in(interrupt.when, pathway.scope)
        ]
        body = f"<p><strong>{self._lead(at, pathway, interrupt)}</strong></p>{items(signs)}"
        text = pathway.states[interrupt.to].text
        if text:
            body += f"<p>{pairs([text.to(reader) for reader in READERS])}</p>"
        label = pairs([interrupt.label.to(reader) for reader in READERS])
        if interrupt.level == "emergency":
            return f"<h3>{label}</h3>{body}"
        return f"<details><summary>{label}</summary>{body}</details>"

    def _lead(self, at: int, pathway: ResolvedPathway, interrupt: Interrupt) -> str:
        """Return what to do about a sign, before the signs; a question on the way is no answer."""
        target = pathway.states[interrupt.to]
        if target.kind == "decision":
            return self.say("soon_if")
        titles = [target.title.to(reader) for reader in READERS]
        details = [target.detail.to(reader) if target.detail else "" for reader in READERS]
        texts = [target.text.to(reader) if target.text else "" for reader in READERS]
        # What the text after the signs begins with is not said before them.
        said = [
            "" if text.startswith(detail) else sentence(detail)
            for text, detail in zip(texts, details, strict=True)
        ]
        goal = f'<a href="#m{at}-x-{interrupt.to}">{pairs(titles)}</a>. '
        return f"{goal}{pairs(said) if any(said) else ''} {self.say('any_sign')}"

    def _maps(self) -> Iterator[str]:
        yield (
            f'<section class="js box"><h2>{self.say("map")}</h2><p class="hint" id="map-help">{self.say("map_help")}</p>'
            f'<div class="bar">{"".join(map(_map_button, ("find", "smaller", "larger", "fit")))}</div>'
            '<div data-part="map" class="mapbox" role="region" aria-describedby="map-help" tabindex="0" '
            f'aria-label="{safe(_first(self.words["map"]))}">'
        )
        for at, pathway in enumerate(self.pathways):
            svg = map_svg(pathway, self.reader, f"m{at}", self.looks)
            yield f'<div data-m="{at}">{svg}</div>'
        yield "</div></section>"

    def _words(self, at: int, pathway: ResolvedPathway) -> str:
        return (
            f'<details class="words" data-m="{at}" open><summary><h2>{self.say("words")}</h2></summary>'
            f"{steps_html(pathway, f'm{at}')}</details>"
        )


def _map_button(name: str) -> str:
    return f'<button type="button" data-do="{name}" data-say="{name}" class="quiet"></button>'


def _first(text: str | list[str]) -> str:
    return text if isinstance(text, str) else text[0]
