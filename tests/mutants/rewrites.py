"""Ways to write a pathway anew that mean the same: nothing may be reported that was not before."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from typing import Any

from pathways.conditions import And, Compare, Condition, Not, OneOf, Or, Word, parse, unparse
from pathways.conditions.walk import rebuilt
from tests.mutants.shapes import new_state
from tests.mutants.sites import Data, data_of, text_of

Rewrite = Callable[[random.Random, str, str], tuple[str, str]]
"""Takes the text of a pathway and of its examples, and gives both anew."""


def renamed(section: str) -> Rewrite:
    """Return what gives a state or a finding another name, wherever it is named."""

    def rename(draw: random.Random, text: str, examples: str) -> tuple[str, str]:
        # A name of two words is no key word of the format.
        name = draw.choice([each for each in data_of(text)[section] if "_" in each])
        word = re.compile(rf"(?<![\w.-]){name}(?![\w-])")
        return word.sub("other_name", text), word.sub("other_name", examples)

    return rename


def of_data(change: Callable[[random.Random, Data], Any]) -> Rewrite:
    """Return what changes the data of a pathway, and leaves its examples."""

    def rewrite(draw: random.Random, text: str, examples: str) -> tuple[str, str]:
        data = data_of(text)
        change(draw, data)
        return text_of(data), examples

    return rewrite


def conditions(change: Callable[[Data, Condition], Condition]) -> Rewrite:
    """Return what writes the nodes of all conditions anew."""

    def everywhere(_: random.Random, data: Data) -> None:
        def again(text: str) -> str:
            return text if text == "else" else unparse(rebuilt(parse(text), at))

        def at(node: Condition) -> Condition:
            return change(data, node)

        for state in data["states"].values():
            for way in state.get("next", ()):
                if "when" in way:
                    way["when"] = again(way["when"])
        for each in [*data["interrupts"], *data["definitions"].values()]:
            each["when"] = again(each["when"])

    return of_data(everywhere)


def de_morgan(_: Data, node: Condition) -> Condition:
    match node:
        case And(parts):
            return Not(Or(tuple(Not(each) for each in parts)))
        case Or(parts):
            return Not(And(tuple(Not(each) for each in parts)))
        case _:
            return node


def listed(data: Data, node: Condition) -> Condition:
    """Write a list as an or, and what is not a value as the list of the others."""
    match node:
        case OneOf(finding, words):
            return Or(tuple(Compare(finding, "==", word) for word in words))
        case Compare(finding, "==", Word(word)) if finding in data["findings"]:
            others = [each for each in data["findings"][finding]["options"] if each != word]
            return Not(OneOf(finding, tuple(Word(each) for each in others)))
        case _:
            return node


def reordered(draw: random.Random, data: Data) -> None:
    for section in ("states", "findings", "definitions"):
        named = list(data[section].items())
        draw.shuffle(named)
        data[section] = dict(named)
    for state in data["states"].values():
        if state.get("choose") != "first":
            draw.shuffle(state.get("next", []))
    draw.shuffle(data["rules"])


def split(draw: random.Random, data: Data) -> None:
    """Put a step that everybody passes into a way; rules about the very next step are left alone."""
    near = " ".join(rule.get("must", "") for rule in data["rules"])
    tagged = {f"any {tag}" for state in data["states"].values() for tag in state.get("tags", ())}
    ways = [
        (name, index)
        for name, state in data["states"].items()
        for index in range(len(state.get("next", ())))
        if name not in near and not _has_tag_in(state, near, tagged)
    ]
    name, index = draw.choice(ways)
    way = data["states"][name]["next"][index]
    data["states"]["between"] = new_state(data, [way["to"]])
    way["to"] = "between"


def _has_tag_in(state: dict[str, Any], near: str, tagged: set[str]) -> bool:
    return any(f"any {tag}" in near and f"any {tag}" in tagged for tag in state.get("tags", ()))


REWRITES: dict[str, Rewrite] = {
    "rename a state": renamed("states"),
    "rename a finding": renamed("findings"),
    "reorder": of_data(reordered),
    "de morgan": conditions(de_morgan),
    "in or or": conditions(listed),
    "split a state": of_data(split),
}


def rewritten(kind: str, seed: int, text: str, examples: str) -> tuple[str, str]:
    """Return a pathway and its examples, written anew."""
    return REWRITES[kind](random.Random(f"{kind} {seed}"), copy.copy(text), examples)
