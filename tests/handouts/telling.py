"""What a handout tells, and what the records behind it say: read without the code under test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from pathways.conditions.nodes import Between, Compare, Has, Named, Number, OneOf
from pathways.handouts.blocks import Block, Card, Handout, HandoutKind, Notice, Paragraph, Section
from pathways.model.evidence import Evidence
from pathways.model.pathway import ResolvedPathway
from pathways.printed import Printed, hand_out
from tests.handouts.shipped import placer

Kind = TypeVar("Kind")


def pathway(name: str) -> ResolvedPathway:
    """Return a pathway of the library."""
    return placer(name).pathway


@cache
def printed(name: str, kind: HandoutKind = "patient", **options: Any) -> Printed:
    """Return a handout of the library, made once."""
    return hand_out(pathway(name), kind, **options)


def handout(name: str, kind: HandoutKind = "patient", **options: Any) -> Handout:
    """Return what a handout of the library consists of."""
    return printed(name, kind, **options).handout


def section(made: Handout, key: str) -> Section:
    """Return the only section with a key, however deep."""
    (found,) = [each for each in inside(made.sections, Section) if each.key == key]
    return found


def keys(made: Handout) -> list[str]:
    """Return the keys of the sections, without those inside them."""
    return [each.key for each in made.sections]


def inside(blocks: Iterable[Block], kind: type[Kind]) -> Iterator[Kind]:
    """Yield the blocks of a kind, however deep."""
    for block in blocks:
        if isinstance(block, kind):
            yield block
        if isinstance(block, Section | Card | Notice):
            yield from inside(block.blocks, kind)


def strings(value: Any) -> Iterator[str]:
    """Yield every text inside blocks, whatever they are; names, formats and pictures are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        if value and all(hasattr(each, "href") for each in value):
            yield "".join(each.text for each in value)
        else:
            for each in value:
                yield from strings(each)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in {
                "key",
                "kind",
                "name",
                "badge",
                "picture",
                "alt",
                "filled",
                "href",
            }:
                yield from strings(getattr(value, each.name))


def text(value: Any) -> str:
    """Return everything that blocks say, one text a line."""
    return "\n".join(strings(value))


def visible(made: Handout) -> str:
    """Return everything that a handout says, the emergency box first."""
    return text((made.emergency, *made.sections))


def paragraphs(blocks: Iterable[Block]) -> list[str]:
    """Return the paragraphs that stand in blocks themselves."""
    return [text(each) for each in blocks if isinstance(each, Paragraph)]


def as_sentence(words: str) -> str:
    """Return words as a sentence: a capital first, a full stop last."""
    words = words.strip()
    ended = words if words[-1] in ".?!:" else f"{words}."
    return ended[0].upper() + ended[1:]


# What conditions and records hold.


def leaves(condition: Any, pathway: ResolvedPathway) -> Iterator[Any]:
    """Yield the comparisons of a condition, with those of every definition that it names."""
    if isinstance(condition, Named) and condition.name in pathway.definitions:
        yield from leaves(pathway.definitions[condition.name].when, pathway)
    elif isinstance(condition, Named | Compare | Between | OneOf | Has):
        yield condition
    elif is_dataclass(condition):
        for each in fields(condition):
            part = getattr(condition, each.name)
            for one in part if isinstance(part, tuple) else (part,):
                yield from leaves(one, pathway)


def numbers(condition: Any, pathway: ResolvedPathway) -> Iterator[tuple[str, Decimal]]:
    """Yield every finding with a number that a condition compares it with."""
    for leaf in leaves(condition, pathway):
        if isinstance(leaf, Compare) and isinstance(leaf.constant, Number):
            yield leaf.finding, leaf.constant.value
        elif isinstance(leaf, Between):
            yield leaf.finding, leaf.low.value
            yield leaf.finding, leaf.high.value


def evidence_in(value: Any) -> Iterator[Evidence]:
    """Yield everything that is cited anywhere in a record."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from evidence_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from evidence_in(each)


def is_in(words: str, everything: str) -> bool:
    """Whether words stand in a text as words, not as a part of longer ones."""
    found = re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", everything.casefold())
    return found is not None
