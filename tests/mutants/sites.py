"""Where in the data of a pathway file a defect can be planted, and the conditions found there."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from pathways.conditions import Compare, Condition, Named, children, names_in, parse, unparse
from pathways.conditions.walk import with_children
from pathways.reading.marks import read_yaml

Data = dict[str, Any]
"""The data of a pathway file; every value is text, as it is written."""

Made = Callable[[], Data]
"""Makes changed data, once it is wanted: of some kinds of defects there are thousands."""


@dataclass(frozen=True)
class Edit:
    """One defect.

    Args:
        what: What was changed, in words.
        place: Names of the states or rules it is at.
        made: Makes the data with the defect.
        text: The text with the defect, where data cannot hold it.
    """

    what: str
    place: tuple[str, ...]
    made: Made
    text: str = ""

    def written(self) -> str:
        return self.text or text_of(self.made())


def data_of(text: str) -> Data:
    """Return the data of a file; all scalars stay text."""
    data: Data = read_yaml(text, "<base>").data
    return data


def text_of(data: Data) -> str:
    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)
    return text


def definition_text(data: Data, name: str) -> str:
    record = data["definitions"][name]
    return str(record if isinstance(record, str) else record["when"])


def inlined(data: Data, node: Condition) -> Condition:
    """Return a condition with what its definitions say in their place."""
    if isinstance(node, Named) and node.name in data.get("definitions", {}):
        return inlined(data, parse(definition_text(data, node.name)))
    parts = children(node)
    return with_children(node, tuple(inlined(data, each) for each in parts)) if parts else node


def nodes_of(node: Condition) -> Iterator[Condition]:
    """Yield a condition and all its parts, the whole first."""
    yield node
    for part in children(node):
        yield from nodes_of(part)


def replaced(whole: Condition, position: int, new: Condition) -> Condition:
    """Return a condition with the node at a position (in the order of :func:`nodes_of`) replaced."""

    def walk(node: Condition, at: int) -> tuple[Condition, int]:
        if at == position:
            return new, at + sum(1 for _ in nodes_of(node))
        after = at + 1
        parts = []
        for part in children(node):
            built, after = walk(part, after)
            parts.append(built)
        return (with_children(node, tuple(parts)) if parts else node), after

    return walk(whole, 0)[0]


def changed(data: Data, *changes: Callable[[Data], object]) -> Made:
    """Return what makes a copy of the data that was changed."""

    def make() -> Data:
        again = copy.deepcopy(data)
        for change in changes:
            change(again)
        return again

    return make


def guards(data: Data) -> Iterator[tuple[str, int, Condition]]:
    """Yield state, position and condition of every way that has one, definitions in their place."""
    for name, state in data["states"].items():
        for index, way in enumerate(state.get("next", ())):
            if way.get("when", "else") != "else":
                yield name, index, inlined(data, parse(way["when"]))


def with_guard(data: Data, state: str, index: int, new: Condition | None) -> Made:
    """Return the data with another condition on a way; None: with none."""

    def change(again: Data) -> None:
        way = again["states"][state]["next"][index]
        way.pop("when", None)
        if new is not None:
            way["when"] = unparse(new)

    return changed(data, change)


def guard_edits(data: Data, rewrites: Callable[[Condition], Iterator[Condition]]) -> Iterator[Edit]:
    """Yield one edit for everything that a node of a guard may become."""
    for state, index, whole in guards(data):
        for position, node in enumerate(nodes_of(whole)):
            for new in rewrites(node):
                after = replaced(whole, position, new)
                if after != whole:
                    what = f"{state}/{index}: {unparse(whole)} -> {unparse(after)}"
                    yield Edit(what, (state,), with_guard(data, state, index, after))


def definition_edits(
    data: Data, rewrites: Callable[[Condition], Iterator[Condition]], names: set[str]
) -> Iterator[Edit]:
    """Yield one edit for everything that a node of some definitions may become."""
    for name in sorted(names):
        whole = parse(definition_text(data, name))
        for position, node in enumerate(nodes_of(whole)):
            for new in rewrites(node):
                after = replaced(whole, position, new)

                def change(again: Data, name: str = name, after: Condition = after) -> None:
                    again["definitions"][name]["when"] = unparse(after)

                what = f"{name}: {unparse(whole)} -> {unparse(after)}"
                place = (f"definitions.{name}", *names_in(node), *readers_of(data, name))
                yield Edit(what, place, changed(data, change))


def readers_of(data: Data, definition: str) -> tuple[str, ...]:
    """Return the states whose ways read a definition, and the targets of interrupts that do."""
    found = [
        name
        for name, state in data["states"].items()
        if any(reads(data, way.get("when", "else"), definition) for way in state.get("next", ()))
    ]
    found += [each["to"] for each in data["interrupts"] if reads(data, each["when"], definition)]
    return tuple(found)


def reads(data: Data, text: str, name: str) -> bool:
    """Say whether a condition reads a definition or finding, directly."""
    if text == "else":
        return False
    return any(
        (isinstance(node, Named) and node.name == name)
        or (isinstance(node, Compare) and node.finding == name)
        for node in nodes_of(parse(text))
    )


def of_interrupts(data: Data) -> set[str]:
    """Return the definitions that interrupts read."""
    return {
        name
        for name in data.get("definitions", {})
        if any(reads(data, each["when"], name) for each in data["interrupts"])
    }


def findings_of(data: Data, kind_of_value: str) -> list[str]:
    return [name for name, each in data["findings"].items() if each["type"] == kind_of_value]


def ends(data: Data) -> list[str]:
    return [name for name, each in data["states"].items() if each["kind"] == "end"]


def moving(data: Data) -> list[str]:
    """Return the states that have ways on."""
    return [name for name, each in data["states"].items() if each.get("next")]
