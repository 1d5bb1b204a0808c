"""The tree of a condition: small frozen nodes that compare by value.

``Condition`` is a closed union. Every reading of a condition (evaluate, words, text, types) is one
``match`` that ends in ``assert_never``, so that a new node makes the type checker name every
reading that forgot it.

A node keeps a span of the text it came from, only to point at errors: the very word a message is
about. For a node that names a finding, a definition or a class it is that name, for ``at_least``
the number; ``not``, ``and`` and ``or`` span all their text. Spans never take part in comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
ClassStatus = Literal["never", "now", "stopped", "tried"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stood in its text: ``text[start:end]``, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with the unit the author wrote beside it, if any."""

    value: Decimal
    unit: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Word:
    """One of the named values of a finding, such as ``joint`` or ``yes``."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


Constant = Number | Word


@dataclass(frozen=True, slots=True)
class Named:
    """A bare name: a yes/no finding that is yes, or a definition that holds."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """One finding compared with one constant: ``weeks >= 12``, ``pattern == joint``."""

    finding: str
    operator: Operator
    constant: Constant
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Between:
    """A number between two constants: ``50 <= relief < 80``.

    ``low_open`` and ``high_open`` say that the end itself does not count.
    """

    finding: str
    low: Number
    high: Number
    low_open: bool = False
    high_open: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A finding that has one of several values: ``pattern in [nerve, mixed]``."""

    finding: str
    words: tuple[Word, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Has:
    """A several-of finding that includes a value: ``pain_sites has knee``."""

    finding: str
    word: Word
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AnyOfClass:
    """Some treatment of a class has a status: ``any nsaid now``.

    ``tried`` means ``now`` or ``stopped``. The class is expanded to its treatments by a scope.
    """

    treatment_class: str
    status: ClassStatus
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CountNow:
    """How many treatments of a class are taken now: ``count_now(nsaid) >= 2``."""

    treatment_class: str
    operator: Operator
    number: int
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: Condition
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; at least two parts."""

    parts: tuple[Condition, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or:
    """Some part holds; at least two parts."""

    parts: tuple[Condition, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``number`` of the parts hold: ``at_least(2, a, b, c)``."""

    number: int
    parts: tuple[Condition, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Always:
    """No condition: the way is open to everyone. Written by leaving ``when`` out."""

    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """``else``: whoever no earlier way took. Only as a whole, under ``choose: first``."""

    span: Span | None = field(default=None, compare=False, repr=False)


Condition = (
    Named
    | Compare
    | Between
    | OneOf
    | Has
    | AnyOfClass
    | CountNow
    | Not
    | And
    | Or
    | AtLeast
    | Always
    | Otherwise
)
