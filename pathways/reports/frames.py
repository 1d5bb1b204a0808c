"""A page inside another one: what notebooks show a whole HTML page in."""

from __future__ import annotations

from collections.abc import Mapping


def iframe(attributes: Mapping[str, str]) -> str:
    """Return a frame as HTML.

    Args:
        attributes: Its attributes; ``srcdoc`` is the page it shows.

    Example:
        >>> iframe({"title": "Ann's pain", "srcdoc": "<p>a &amp; b</p>"})
        "<iframe title='Ann&#39;s pain' srcdoc='<p>a &amp;amp; b</p>'></iframe>"
    """
    written = " ".join(f"{key}='{_quoted(text)}'" for key, text in attributes.items())
    return f"<iframe {written}></iframe>"


def _quoted(text: str) -> str:
    """Return text as the value of an attribute in single quotes, of which a page has few itself."""
    return text.replace("&", "&amp;").replace("'", "&#39;")
