"""The shipped font for inside an SVG, cut to the characters texts use: the same on every device."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

from pathways.diagrams.fonts.families import FAMILY
from pathways.diagrams.fonts.measure import FONT_FOLDER

WEIGHTS = {"Regular": 400, "Bold": 700}
CHARACTERS = "".join(
    [
        *map(chr, range(0x20, 0x7F)),
        *map(chr, range(0xA0, 0x100)),
        "ŒœŠšŸŽž",
        "‐‑‒–—―‘’‚“”„†‡•…‰′″‹›€™←↑→↓↔−≈≠≤≥▲►▼◄",
    ]
)
"""What is cut out: ASCII, Latin-1, and the signs of good typesetting."""


@cache
def embedded_css() -> str:
    """Return the rules of a style sheet that bring the shipped font along, regular and bold.

    Characters that are not in it (Greek, say) are looked for in the next family of
    :attr:`pathways.diagrams.fonts.Fonts.css`, as if the rules were not there. An SVG that stands
    inside a page shares the rules with the page, under the name Arimo.

    Returns:
        Two rules ``@font-face``, some 30 kilobytes; nothing in them needs escaping in XML.

    Example:
        >>> embedded_css()[:66]
        "@font-face{font-family:'Arimo';font-style:normal;font-weight:400;s"
    """
    return "".join(_rule(style, weight) for style, weight in WEIGHTS.items())


def _rule(style: str, weight: int) -> str:
    data = b64encode((FONT_FOLDER / f"Arimo-{style}.subset.woff2").read_bytes()).decode("ascii")
    return (
        f"@font-face{{font-family:'{FAMILY}';font-style:normal;font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )
