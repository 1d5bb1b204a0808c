"""The page of a preview: fixed text, filled in by its script with what the server says."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from importlib.resources import files
from string import Template

from pathways.errors import printable

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""No script but our own file, no request but to this server; pictures bring their own styles."""


def page_text(name: str) -> str:
    """Return the page.

    Args:
        name: What the file is called.

    Example:
        >>> "<h1>a &lt;b&gt;.yaml</h1>" in page_text("a <b>.yaml")
        True
    """
    return Template(asset("page.html")).substitute(name=escape(printable(name)))


@lru_cache(maxsize=4)
def asset(name: str) -> str:
    """Return one of the files beside this module.

    Args:
        name: ``page.html``, ``page.css`` or ``page.js``.
    """
    return (files("pathways.preview") / name).read_text(encoding="utf-8")
