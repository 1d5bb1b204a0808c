"""Counts the syllables of Spanish words by their letters: the rules of Spanish spelling suffice."""

from __future__ import annotations

import re

_SILENT_U = re.compile(r"(?<=[qg])u(?=[eéií])")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéó")
_STRESSED_WEAK = frozenset("íú")
_LETTERS = {
    **dict.fromkeys("abcdegioptuqk", 1),
    **dict.fromkeys("fhjlmnñrsvxz", 2),
    "w": 3,
    "y": 1,
}
"""How many syllables the name of a letter has, in words that are spelt out."""


def spanish_syllables(word: str) -> int:
    """Return how many syllables a Spanish word has.

    Two strong vowels (a, e, o) are two syllables, and so are a strong one and a weak one with an
    accent (í, ú); all else that stands together is one. An h between vowels parts nothing, as the
    Academy has it; y is a vowel at the end. Abbreviations are spelt out; a number counts as one.

    Args:
        word: One word; capitals, hyphens and accents are fine.

    Returns:
        At least 1.

    Example:
        >>> [spanish_syllables(word) for word in ("dolor", "espalda", "días", "muy", "guía", "cigüeña")]
        [2, 3, 2, 1, 2, 3]
    """
    if word.isupper() and len(word) > 1:
        return sum(_LETTERS.get(letter, 1) for letter in word.lower())
    parts = [part for part in re.split(r"[^a-záéíóúüñ]+", word.lower()) if part]
    return max(1, sum(map(_syllables_of_part, parts)))


def _syllables_of_part(part: str) -> int:
    plain = _SILENT_U.sub("", part).replace("h", "")
    plain = re.sub(r"y$", "i", plain)
    return sum(map(_syllables_of_vowels, _VOWELS.findall(plain)))


def _syllables_of_vowels(vowels: str) -> int:
    """Return how many syllables neighbouring vowels are."""
    count = 1
    for index in range(1, len(vowels)):
        left, right = vowels[index - 1], vowels[index]
        both_strong = left in _STRONG and right in _STRONG
        stressed = (left in _STRONG and right in _STRESSED_WEAK) or (
            left in _STRESSED_WEAK and right in _STRONG
        )
        # In "paranoia" the weak vowel begins a syllable.
        between = left in _STRONG and right in "iu" and vowels[index + 1 : index + 2] in _STRONG
        count += both_strong or stressed or left == right or (between and index + 1 < len(vowels))
    return count
