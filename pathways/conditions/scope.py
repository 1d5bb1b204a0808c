"""What a condition may speak of: findings with their types, definitions, treatment classes.

The language knows nothing of pathways; whoever uses it hands it a :class:`Scope`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pathways.conditions.nodes import Condition

FindingType = Literal["yes_no", "one_of", "several_of", "number"]
Reader = Literal["clinician", "patient"]


@dataclass(frozen=True, slots=True)
class Wording:
    """How a finding is said to one reader.

    Args:
        title: Noun phrase: ``pain duration``.
        says: Sentence that holds; ``{value}`` stands for the value, or for the comparison in words.
            For yes/no findings the sentence for yes. Empty: made from the title.
        says_not: The sentence for no (yes/no), or for a value that is not there (one of, several of).
        options: Each value in words: ``{"joint": "joint pain"}``.

    Example:
        >>> Wording("fever", says="you have a fever", says_not="you have no fever").title
        'fever'
    """

    title: str
    says: str = ""
    says_not: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingShape:
    """What the language must know of a finding: its type and its allowed values.

    Args:
        name: ``pain_weeks``, or with a dot ``baclofen.status``.
        type: ``yes_no``, ``one_of``, ``several_of`` or ``number``.
        unit: Unit of a number, in words of the file (``weeks``), or None.
        low: Smallest allowed number, inclusive.
        high: Largest allowed number, inclusive.
        step: Distance of allowed numbers, or None for any number in the range.
        options: Allowed values of ``one_of`` and ``several_of``, in file order. ``none`` among the
            options of ``several_of`` means that no other of them is yes.
        wording: How to say it, per reader.

    Example:
        >>> FindingShape("weeks", "number", unit="weeks", high=Decimal(2600)).unit
        'weeks'
    """

    name: str
    type: FindingType
    unit: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    step: Decimal | None = None
    options: tuple[str, ...] = ()
    wording: Mapping[Reader, Wording] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TreatmentClassShape:
    """A class of treatments: its members and its name for each reader."""

    name: str
    members: tuple[str, ...]
    titles: Mapping[Reader, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """A named condition, with its name for each reader; empty titles are made from the condition."""

    name: str
    condition: Condition
    titles: Mapping[Reader, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a condition may name.

    Args:
        findings: By name; the findings of treatments carry a dot (``baclofen.status``).
        definitions: By name.
        classes: Treatment classes by name.

    Example:
        >>> Scope(findings={"fever": FindingShape("fever", "yes_no")}).definitions
        {}
    """

    findings: Mapping[str, FindingShape] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    classes: Mapping[str, TreatmentClassShape] = field(default_factory=dict)
