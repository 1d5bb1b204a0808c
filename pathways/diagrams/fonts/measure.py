"""How wide text is, and where it breaks into lines: counted in whole units, so that sums are exact."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from operator import add
from pathlib import Path

FONT_FOLDER = Path(__file__).parent
UNITS = 2048
"""How many units the size of type has. Those of Arimo; widths of other fonts are turned into them."""

MOST_WORDS = 8_192
LONGEST_WORD = 200
"""Of the words whose width is kept, so that memory has an end: a few megabytes."""

_EAST_ASIAN = (
    "\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_NEVER_FIRST = "、。，．・：；？！ー々ゝゞヽヾ゛゜”’）〕］｝〉》」』】〗〙〟％｡､｣･ｰﾞﾟ)\\],.:;?!}»…‥–〜～ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
_NEVER_LAST = "“‘（〔［｛〈《「『【〖〘〝｢(\\[{«"
_EAST_ASIAN_CHARACTER = re.compile(f"[{_EAST_ASIAN}]")
_EAST_ASIAN_BREAK = re.compile(
    f"(?<![{_NEVER_LAST}])(?![{_NEVER_FIRST}])(?:(?<=[{_EAST_ASIAN}])(?=.)|(?<=.)(?=[{_EAST_ASIAN}]))"
)
"""Chinese and Japanese break between any two characters but before closing and after opening signs."""


class Widths(dict[str, int]):
    """Widths of words in one style, in units; each is added up when it is first asked for.

    Args:
        characters: Width of every character, in units.
    """

    def __init__(self, characters: Mapping[str, int]) -> None:
        super().__init__()
        self.characters = characters

    def __missing__(self, word: str) -> int:
        width = sum(map(self.characters.__getitem__, word))
        if len(word) <= LONGEST_WORD:
            if len(self) >= MOST_WORDS:
                self.clear()
            self[word] = width
        return width


@dataclass(frozen=True, slots=True)
class Measures:
    """Widths in both styles; both know the same characters."""

    regular: Widths
    bold: Widths


@cache
def shipped_measures() -> Measures:
    """Return the widths of the shipped font, from the table beside it."""
    table = json.loads((FONT_FOLDER / "advances.json").read_text(encoding="utf-8"))
    regular, bold = (
        Widths({chr(int(code)): width for code, width in table[style].items()})
        for style in ("regular", "bold")
    )
    return Measures(regular, bold)


def break_lines(text: str, widths: Widths, limit: float, *, even: bool) -> list[str]:
    """Break text into lines.

    Args:
        text: The text; every character is known.
        widths: Widths of words.
        limit: Widest line, in units.
        even: Whether lines are as narrow as their number allows, rather than each filled.

    Returns:
        The lines; a word too long for a line is cut. No text gives no line.
    """
    words = text.split()
    line = " ".join(words)
    if widths[line] <= limit:
        return [line] if line else []
    pieces, gaps = _pieces(words, widths, limit)
    edges = _edges(pieces, gaps, widths)
    breaks = _fill(edges, gaps, limit)
    if even and len(breaks) > 2:
        breaks = _evened(edges, gaps, breaks)
    if len(pieces) == len(words):
        return [" ".join(pieces[start:end]) for start, end in pairwise(breaks)]
    spaced = [" " + piece if gap else piece for piece, gap in zip(pieces, gaps, strict=True)]
    return ["".join(spaced[start:end]).removeprefix(" ") for start, end in pairwise(breaks)]


def _pieces(words: list[str], widths: Widths, limit: float) -> tuple[list[str], list[int]]:
    """Return what stays on one line, and the space before each when it is not first on its line."""
    space = widths[" "]
    if " ".join(words).isascii() and max(map(widths.__getitem__, words)) <= limit:
        return words, [space] * len(words)
    pieces: list[str] = []
    gaps: list[int] = []
    for word in words:
        cut = [piece for part in _parts(word) for piece in _cut(part, widths, limit)]
        pieces += cut
        gaps += [space] + [0] * (len(cut) - 1)
    return pieces, gaps


def _parts(word: str) -> list[str]:
    """Part a word where Chinese and Japanese may break; Latin and Korean words stay whole."""
    return _EAST_ASIAN_BREAK.split(word) if _EAST_ASIAN_CHARACTER.search(word) else [word]


def _cut(word: str, widths: Widths, limit: float) -> list[str]:
    """Cut a word that is wider than a line, character by character."""
    if widths[word] <= limit:
        return [word]
    gaps = [0] * len(word)
    breaks = _fill(_edges(word, gaps, widths), gaps, limit)
    return [word[start:end] for start, end in pairwise(breaks)]


def _edges(pieces: list[str] | str, gaps: list[int], widths: Widths) -> list[int]:
    """Return where each piece ends when all stand on one line, after a 0."""
    return list(accumulate(map(add, gaps, map(widths.__getitem__, pieces)), initial=0))


def _fill(edges: list[int], gaps: list[int], limit: float) -> list[int]:
    """Fill one line after the other; return where lines begin, and the number of pieces."""
    breaks = [0]
    start = 0
    while start < len(gaps):
        reach = edges[start] + gaps[start] + limit
        start = max(start + 1, bisect_right(edges, reach, start + 1) - 1)
        breaks.append(start)
    return breaks


def _evened(edges: list[int], gaps: list[int], breaks: list[int]) -> list[int]:
    """Fill ever narrower lines as long as they do not become more; two or three times, mostly."""
    longest = max(
        end - start - gap for (start, end), gap in zip(pairwise(edges), gaps, strict=True)
    )
    while True:
        widest = max(edges[end] - edges[start] - gaps[start] for start, end in pairwise(breaks))
        narrower = _fill(edges, gaps, widest - 1) if widest > longest else []
        if len(narrower) != len(breaks):
            return breaks
        breaks = narrower
