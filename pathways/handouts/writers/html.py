"""A handout as a page: one file, no script, no request; light and dark, phone and paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from types import TracebackType

from jinja2 import StrictUndefined, Template, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pathways.errors import TemplateError, printable
from pathways.handouts.blocks import Figure, Handout, plain_texts, walk
from pathways.handouts.writers.html_values import page_of, shown
from pathways.language import speaking
from pathways.reports.html import POLICY

TEMPLATE = "handout.html.jinja"
FROM_TEXT = "<template>"
"""What Jinja2 calls the file of a template that came as text."""

BEFORE_POLICY = frozenset({"html", "head", "meta", "title"})
"""What may stand before the policy: nothing that runs or loads."""


def to_html(handout: Handout, template: str | None = None) -> str:
    """Return a handout as a whole HTML page.

    Args:
        handout: The handout.
        template: Jinja2 source to use in place of the shipped one.

    Returns:
        The page; the same handout gives the same text.

    Raises:
        TemplateError: The template has a fault, or leaves out what every handout must say.
        UnsafeTextError: A text cannot be shown, the colour is none, the logo is no PNG or SVG.
        UnknownNameError: There is no such profile or paper.

    Example:
        >>> from pathways.handouts.make import make
        >>> from pathways.handouts.request import Request
        >>> from pathways.reading.load import load
        >>> to_html(make(Request(load("safety"))))[:15]
        '<!DOCTYPE html>'
    """
    with speaking(handout.language):
        values = page_of(handout)
    page = _rendered(_shipped() if template is None else template, values)
    if template is not None:
        _check(page, handout)
    return page


@cache
def _shipped() -> str:
    return (files("pathways.handouts") / "templates" / TEMPLATE).read_text("utf-8")


def _rendered(source: str, values: dict[str, object]) -> str:
    template = _compiled(source)
    try:
        return template.render(page=values).lstrip()
    except Exception as error:
        # Whatever goes wrong while it runs, goes wrong in the template: the values are plain.
        line = _line_in_template(error.__traceback__)
        raise _failed(error, line) from error


@cache
def _compiled(source: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        return environment.from_string(source)
    except JinjaError as error:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else None
        raise _failed(error, line) from error


def _failed(error: Exception, line: int | None) -> TemplateError:
    where = f"line {line}" if line else "no line is known"
    what = str(error) or type(error).__name__
    return TemplateError(printable(f"the template for pages cannot be used: {where}: {what}"))


def _line_in_template(traceback: TracebackType | None) -> int | None:
    """Return the innermost line of the template that an error went through."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == FROM_TEXT:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _check(page: str, handout: Handout) -> None:
    """Refuse a page without the policy, the emergency box, or what every handout must say."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if not reader.has_policy:
        raise TemplateError(
            "the template for pages leaves out the policy, or something stands before it; begin the "
            'head with <meta http-equiv="Content-Security-Policy" content="{{ page.policy }}">'
        )
    text = _spaced("".join(reader.texts))
    for what, words in _needed(handout):
        if _spaced(shown(words, what)) not in text:
            raise TemplateError(
                printable(f"the template for pages leaves out the {what}: {words!r} is not shown")
            )


def _needed(handout: Handout) -> Iterator[tuple[str, str]]:
    for name in ("title", "version", "date", "status", "advice"):
        yield name, getattr(handout, name)
    for block in walk([handout.emergency]):
        for text in plain_texts(block):
            yield "emergency box", text
        if isinstance(block, Figure):
            yield from (("emergency box", text) for text in block.words)


def _spaced(text: str) -> str:
    return " ".join(text.split())


class _Reader(HTMLParser):
    """Reads what a page shows, and whether its policy holds for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.has_policy = False
        self.is_too_late = False
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "meta" and (named.get("http-equiv") or "").lower() == "content-security-policy":
            self.has_policy |= named.get("content") == POLICY and not self.is_too_late
        self.is_too_late |= tag not in BEFORE_POLICY
        self.hidden += tag in {"script", "style", "title", "template"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style", "title", "template"}

    def handle_data(self, data: str) -> None:
        if self.hidden <= 0:
            self.texts.append(data)
