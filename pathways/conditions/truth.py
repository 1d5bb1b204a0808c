"""The three truth values and their tables, written out in full.

The tables are those of Kleene's strong logic of indeterminacy.

Source: S. C. Kleene, Introduction to Metamathematics, 1952, section 64.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Whether a condition holds: yes, no, or not to be said yet.

    ``UNKNOWN`` is not a third way the patient may be; it says that what is known does not settle
    the condition. It has no truth value in Python, so that *not known* cannot pass for *no*.

    Example:
        >>> Truth.of(True)
        <Truth.TRUE: 'true'>
        >>> bool(Truth.UNKNOWN)
        Traceback (most recent call last):
        ...
        TypeError: a Truth is neither true nor false in Python; compare it: truth is Truth.TRUE
    """

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @staticmethod
    def of(value: bool | None) -> Truth:  # noqa: FBT001 (the value is the point)
        """Return the truth of a Python value; None is ``UNKNOWN``."""
        if value is None:
            return Truth.UNKNOWN
        return Truth.TRUE if value else Truth.FALSE

    def __bool__(self) -> bool:
        raise TypeError(
            "a Truth is neither true nor false in Python; compare it: truth is Truth.TRUE"
        )


_T, _F, _U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

NOT: dict[Truth, Truth] = {_T: _F, _F: _T, _U: _U}

AND: dict[tuple[Truth, Truth], Truth] = {
    (_T, _T): _T,
    (_T, _F): _F,
    (_T, _U): _U,
    (_F, _T): _F,
    (_F, _F): _F,
    (_F, _U): _F,
    (_U, _T): _U,
    (_U, _F): _F,
    (_U, _U): _U,
}

OR: dict[tuple[Truth, Truth], Truth] = {
    (_T, _T): _T,
    (_T, _F): _T,
    (_T, _U): _T,
    (_F, _T): _T,
    (_F, _F): _F,
    (_F, _U): _U,
    (_U, _T): _T,
    (_U, _F): _U,
    (_U, _U): _U,
}


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return whether all hold; ``TRUE`` for none at all.

    Args:
        truths: Any number of truths.

    Example:
        >>> all_of([Truth.UNKNOWN, Truth.FALSE])
        <Truth.FALSE: 'false'>
    """
    result = Truth.TRUE
    for truth in truths:
        result = AND[result, truth]
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return whether some hold; ``FALSE`` for none at all.

    Args:
        truths: Any number of truths.

    Example:
        >>> any_of([Truth.UNKNOWN, Truth.FALSE])
        <Truth.UNKNOWN: 'unknown'>
    """
    result = Truth.FALSE
    for truth in truths:
        result = OR[result, truth]
    return result


def at_least(number: int, truths: Iterable[Truth]) -> Truth:
    """Return whether at least so many hold.

    Args:
        number: How many must hold.
        truths: Any number of truths.

    Returns:
        ``TRUE`` when enough are true, ``FALSE`` when too few could still become true.

    Example:
        >>> at_least(2, [Truth.TRUE, Truth.UNKNOWN, Truth.FALSE])
        <Truth.UNKNOWN: 'unknown'>
    """
    listed = list(truths)
    surely = sum(truth is Truth.TRUE for truth in listed)
    perhaps = sum(truth is Truth.UNKNOWN for truth in listed)
    if surely >= number:
        return Truth.TRUE
    if surely + perhaps < number:
        return Truth.FALSE
    return Truth.UNKNOWN
