"""What can go wrong, as data.

The tree of errors a user can meet::

    PathwayError                      everything below; shown without a traceback
    ├── DocumentError(problems)       a file (or a set of files) that breaks the format
    ├── ConditionError(problems)      the text of one condition
    ├── UnknownNameError              a name nobody knows, with the nearest known names
    ├── UnsafeTextError               text that cannot be shown safely
    ├── TemplateError                 a template of a handout that cannot be used
    └── DrawingError                  a picture that could not be drawn

Higher layers add facts to a :class:`Problem`; only the command line prints it.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "review", "info"]

# Signs that change the order in which text reads, and characters that stand for none.
_NEVER_SHOWN = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
)
_NEVER_SHOWN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    r"""Return a text that a terminal can show: nothing in it moves, hides or colours what is around.

    Args:
        text: Any text, as from a file or a command line.

    Returns:
        The text on one line; control characters, line breaks and signs that turn the direction of
        reading stand as ``U+XXXX``.

    Example:
        >>> printable("red\x1b[31m")
        'redU+001B[31m'
    """
    return "".join([f"U+{ord(each):04X}" if _is_never_shown(each) else each for each in text])


def _is_never_shown(character: str) -> bool:
    return character in _NEVER_SHOWN or unicodedata.category(character) in _NEVER_SHOWN_CATEGORIES


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, a line and a column, both counted from 1.

    Args:
        file: Name of the file as the user gave it.
        line: Line, from 1.
        column: Column, from 1.

    Example:
        >>> str(Place("back.yaml", 14, 3))
        'back.yaml:14:3'
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}".removeprefix(":")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in three parts: what, where, what to do.

    Args:
        code: Short name of the broken rule, such as ``unknown-state``.
        message: What is wrong, with the value that is wrong.
        hint: What to do; may be empty.
        where: The element, in words of the file, such as ``states.review.next[1].when``.
        place: Position in the file, when there is one.
        severity: ``error``, ``review`` or ``info``.

    Example:
        >>> print(Problem("unknown-state", "no state 'chronik'", "did you mean 'chronic'?",
        ...               place=Place("back.yaml", 14, 14)))
        back.yaml:14:14: error[unknown-state]: no state 'chronik'; did you mean 'chronic'?
    """

    code: str
    message: str
    hint: str = ""
    where: str = ""
    place: Place | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        address = str(self.place) if self.place else self.where
        prefix = f"{address}: " if address else ""
        hint = f"; {self.hint}" if self.hint else ""
        return printable(f"{prefix}{self.severity}[{self.code}]: {self.message}{hint}")

    def at(self, place: Place | None, where: str = "") -> Problem:
        """Return the same problem with its place in a file filled in.

        Args:
            place: Where it stands; None keeps the place it has.
            where: The element, in words of the file; empty keeps what it has.
        """
        return replace(self, place=place or self.place, where=where or self.where)


class PathwayError(Exception):
    """Anything a user can put right; never shown with a traceback."""


class _ProblemsError(PathwayError):
    """An error that carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DocumentError(_ProblemsError):
    """A file that breaks the format; ``problems`` lists all faults, in file order."""


class ConditionError(_ProblemsError):
    """A condition that cannot be read or does not fit its findings."""


class UnknownNameError(PathwayError, KeyError):
    """A name nobody knows.

    Args:
        kind: What was looked up, such as ``state``.
        name: The name that is not known.
        known: All the names that are.

    Example:
        >>> str(UnknownNameError("theme", "prnt", ["default", "print"]))
        "no theme 'prnt'; did you mean 'print'?"
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        message = f"no {kind} '{name}'; {did_you_mean(name, self.known)}".rstrip("; ")
        super().__init__(printable(message))

    def __str__(self) -> str:
        return str(self.args[0])


class UnsafeTextError(PathwayError):
    """Text that cannot be shown safely; names the character and the place."""


class TemplateError(PathwayError):
    """A template of a handout that cannot be used; says why and, where it is known, in which line."""


class DrawingError(PathwayError):
    """A picture that could not be drawn; says why and what to do."""


MOST_LISTED = 12
"""So many names are listed whole when none looks like the one that was written."""


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known names that look most like a name, best first.

    Args:
        name: What the user wrote.
        known: Every name that would have been right.
        most: How many names to return at most.

    Example:
        >>> nearest("wekks", ["weeks", "days", "pain"])
        ['weeks']
    """
    return difflib.get_close_matches(name, sorted(set(known)), n=most, cutoff=0.6)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return what to do about an unknown name, as the last part of a message.

    Args:
        name: What the user wrote.
        known: Every name that would have been right.

    Returns:
        ``did you mean 'x'?``, or the whole list when it is short, or an empty text.

    Example:
        >>> did_you_mean("colour", ["shape", "size"])
        "known: 'shape', 'size'"
    """
    names = sorted(set(known))
    close = nearest(name, names)
    if close:
        return f"did you mean {' or '.join(repr(each) for each in close)}?"
    if 0 < len(names) <= MOST_LISTED:
        return f"known: {', '.join(repr(each) for each in names)}"
    return ""
