"""Texts for both readers as HTML: everything escaped, both in the page, one of them shown."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from pathways.diagrams.characters import clean


def safe(text: str) -> str:
    """Return a text that may stand between tags; control characters are refused.

    Example:
        >>> safe("pain < 3 & <b>")
        'pain &lt; 3 &amp; &lt;b&gt;'
    """
    return escape(clean(text, "page"), quote=False)


def pair(clinician: str, patient: str) -> str:
    """Return a text for both readers: words that differ stand twice, and the style hides one.

    Example:
        >>> pair("Fever", "Fever"), pair("Pyrexia", "Fever")
        ('Fever', '<x-c>Pyrexia</x-c><x-p>Fever</x-p>')
        >>> pair("if pyrexia now", "if fever now")
        'if <x-c>pyrexia</x-c><x-p>fever</x-p> now'
    """
    left, right = clinician.split(" "), patient.split(" ")
    most = min(len(left), len(right))
    begin = next((n for n in range(most) if left[n] != right[n]), most)
    left_most = most - begin
    end = next((n for n in range(left_most) if left[-1 - n] != right[-1 - n]), left_most)
    middle = [
        f"<{name}>{safe(' '.join(words[begin : len(words) - end]))}</{name}>"
        for name, words in (("x-c", left), ("x-p", right))
        if len(words) > begin + end
    ]
    before = [safe(" ".join(left[:begin]))] if begin else []
    after = [safe(" ".join(left[len(left) - end :]))] if end else []
    return " ".join([*before, *(["".join(middle)] if middle else []), *after])


def pairs(texts: Iterable[str]) -> str:
    """Return a text for both readers from the text of each, clinician first."""
    clinician, patient = texts
    return pair(clinician, patient)


def items(parts: Iterable[str], kind: str = "") -> str:
    """Return HTML parts as a list; nothing where there is none."""
    listed = "".join(f"<li>{each}" for each in parts)
    name = f" class={kind}" if kind else ""
    return f"<ul{name}>{listed}</ul>" if listed else ""
