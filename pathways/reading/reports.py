"""Problems in the order of their files, each once, and not without end."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.errors import Place, Problem

MOST_PROBLEMS = 100
"""So many problems are listed at most; looking for near names for thousands takes minutes."""


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems by file, line and column, each once.

    Args:
        problems: Problems with places, in any order.

    Returns:
        At most ``MOST_PROBLEMS`` of them; one more says when others were left out.
    """
    ordered = sorted(dict.fromkeys(problems), key=_order)
    if len(ordered) <= MOST_PROBLEMS:
        return tuple(ordered)
    last = ordered[MOST_PROBLEMS]
    return (
        *(each for each in ordered[:MOST_PROBLEMS] if each.code != _MORE),
        Problem(
            _MORE,
            f"more than {MOST_PROBLEMS} problems; the rest is not shown",
            "put these right first",
            place=last.place,
        ),
    )


_MORE = "too-many-problems"


def _order(problem: Problem) -> tuple[Place, str, str]:
    return problem.place or Place("", 0, 0), problem.code, problem.message
