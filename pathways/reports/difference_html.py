"""The differences of two versions as a part of a notebook: no script, no style of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pathways.diagrams.characters import clean
from pathways.reports.difference_said import DifferencesSaid, Item
from pathways.reports.phrases import sentence


def difference_fragment(said: DifferencesSaid) -> str:
    r"""Return differences as the inside of a page.

    Args:
        said: The differences in words.

    Example:
        >>> difference_fragment(DifferencesSaid("Ankle: 1 -> 2", "Nothing differs.", (), ()))
        '<div lang="en">\n<h3>Ankle: 1 -&gt; 2</h3>\n<p>Nothing differs.</p>\n</div>\n'
    """
    return f'<div lang="en">\n{"".join(_parts(said))}</div>\n'


def _parts(said: DifferencesSaid) -> Iterator[str]:
    yield f"<h3>{_text(said.heading)}</h3>\n"
    if said.summary:
        yield f"<p>{_text(said.summary)}</p>\n"
    for section in said.sections:
        yield f"<h4>{_text(section.heading)}</h4>\n<ul>\n"
        yield from map(_item, section.items)
        yield "</ul>\n"
    for note in said.notes:
        yield f"<p><small>{_text(note)}</small></p>\n"


def _item(item: Item) -> str:
    details = "".join(f"<li>{_text(sentence(each))}</li>" for each in item.details)
    inside = f"\n<ul>{details}</ul>" if details else ""
    return f"<li>{_text(sentence(item.words))}{inside}</li>\n"


def _text(text: str) -> str:
    return escape(clean(text, "difference"), quote=False)
