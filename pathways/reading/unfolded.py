"""How large a pathway gets when its definitions are written out: a small file must stay small."""

from __future__ import annotations

from pathways.conditions import Condition
from pathways.conditions.definitions import sizes_written_out
from pathways.errors import Problem
from pathways.model.pathway import ResolvedPathway
from pathways.reading.marks import Marked, Path, words_of
from pathways.reading.references import each_part

MOST_WRITTEN_OUT = 100_000


def size_problems(pathway: ResolvedPathway, marked: Marked) -> list[Problem]:
    """Return the first condition with which a pathway becomes too large to be said in words.

    Wherever a definition without a title is named, its whole condition is said again. Each condition
    alone is limited; this limits all conditions of a pathway, and of what it includes, together.

    Args:
        pathway: The pathway; its definitions have no fault.
        marked: Its own file.

    Returns:
        One ``condition-too-long``, or nothing. It is placed at the ``include`` when the included
        pathways alone are too large.
    """
    found: list[tuple[Path, Condition]] = [
        (("include",), part)
        for document in pathway.included
        for _, part in each_part(document, ())
        if isinstance(part, Condition)
    ]
    found += [
        (path, part)
        for path, part in each_part(pathway.document, ())
        if isinstance(part, Condition)
    ]
    total = 0
    sizes = sizes_written_out([condition for _, condition in found], pathway.scope)
    for (path, _), size in zip(found, sizes, strict=True):
        total += size
        if total > MOST_WRITTEN_OUT:
            message = (
                f"up to here all conditions, with their definitions written out, have more than"
                f" {MOST_WRITTEN_OUT:,} parts"
            )
            hint = "use fewer definitions of definitions"
            where = words_of(marked.original(path))
            return [Problem("condition-too-long", message, hint, where, marked.place(path))]
    return []
