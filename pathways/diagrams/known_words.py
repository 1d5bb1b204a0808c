"""What is known of a patient in plain words, and short lists of such words."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from pathways.conditions import describe_value
from pathways.conditions.scope import Reader, Scope
from pathways.language import joined, say
from pathways.records.facts import Fact

PRESUMED = "not sure, so it counts as yes"


def known_words(fact: Fact, scope: Scope, reader: Reader) -> str:
    """Return a known value as part of a sentence.

    Args:
        fact: The finding with its value.
        scope: Gives the words of the finding.
        reader: Whom the words are for.

    Example:
        >>> from decimal import Decimal
        >>> from pathways.conditions import FindingShape, Wording
        >>> relief = FindingShape("relief", "number", unit="percent", wording={
        ...     "patient": Wording("relief", says="your care has helped by {value}")})
        >>> known_words(Fact("relief", Decimal(10)), Scope({"relief": relief}), "patient")
        'your care has helped by 10%'
    """
    said = describe_value(fact.finding, fact.value, scope, reader)
    return f"{said} ({say(PRESUMED)})" if fact.presumed else said


def askable(names: Iterable[str], known: Container[str]) -> list[str]:
    """Return what to ask for: of care never mentioned whether it was had, not its details.

    Args:
        names: Names of findings that something depends on.
        known: Names of the findings that are known.

    Example:
        >>> askable(["rest.weeks", "rest.reason", "fever"], {"pain"})
        ['fever', 'rest.status']
    """
    found: dict[str, None] = {}
    for name in names:
        owner, _, key = name.partition(".")
        status = f"{owner}.status"
        found[status if key and status not in known else name] = None
    return sorted(found, key=lambda name: name.endswith(".status"))


def listed(parts: Sequence[str], most: int) -> str:
    """Return parts as a list in words; of more than so many the first ones, and how many more.

    Args:
        parts: Any texts.
        most: How many are said, from 1.

    Example:
        >>> listed(["a", "b"], 2), listed(["a", "b", "c", "d"], 2)
        ('a and b', 'a, b, and 2 more')
    """
    if len(parts) > most:
        return say(
            "{parts}, and {count} more", parts=", ".join(parts[:most]), count=len(parts) - most
        )
    return joined(parts, comma=True)
