"""Why a condition holds or not: a tree of plain data beside the tree of the condition."""

from __future__ import annotations

from dataclasses import dataclass

from pathways.conditions.nodes import Condition
from pathways.conditions.truth import Truth


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of one condition for one patient.

    Args:
        node: The condition.
        truth: Whether it holds.
        parts: The same for its parts, in their order. A named definition has one part, what it
            stands for; a form over a treatment class has one part for each treatment.
        used: Findings whose known values settle the truth, sorted: nothing else need be known.
            Empty while the truth is ``UNKNOWN``.
        missing: Findings not known that keep the truth open, sorted. Empty unless the truth is
            ``UNKNOWN``.

    Example:
        >>> from pathways.conditions import FindingShape, Scope, evaluate, parse
        >>> scope = Scope({name: FindingShape(name, "yes_no") for name in ("fever", "cough")})
        >>> evaluate(parse("fever and cough"), {"fever": True}, scope).missing
        ('cough',)
    """

    node: Condition
    truth: Truth
    parts: tuple[Explanation, ...] = ()
    used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
