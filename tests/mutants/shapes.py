"""Defects in the net of states and ways."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from pathways.conditions import And, Named, Not, parse, unparse
from pathways.conditions.walk import flat
from tests.mutants.sites import Data, Edit, Made, changed, ends, findings_of, moving, text_of


def ways(data: Data) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for name, state in data["states"].items():
        for index, way in enumerate(state.get("next", ())):
            yield name, index, way


def retargeted(data: Data, state: str, index: int, to: str, *more: Callable[[Data], None]) -> Made:
    def change(again: Data) -> None:
        again["states"][state]["next"][index]["to"] = to

    return changed(data, change, *more)


def with_new(name: str, to: list[str] | None) -> Callable[[Data], None]:
    """Return what adds a state."""

    def add(again: Data) -> None:
        again["states"][name] = new_state(again, to)

    return add


def new_state(data: Data, to: list[str] | None) -> dict[str, Any]:
    state = {"kind": "decision", "title": "New", "evidence": some_evidence(data)}
    return state if to is None else {**state, "next": [{"to": each} for each in to]}


def some_evidence(data: Data) -> list[dict[str, str]]:
    """Return evidence by a source of the file, so that nothing but the defect is wrong."""
    return [{"source": next(iter(data["sources"])), "direction": "for"}]


def exit_deleted(data: Data) -> Iterator[Edit]:
    for state, index, way in ways(data):
        if len(data["states"][state]["next"]) > 1:

            def change(again: Data, state: str = state, index: int = index) -> None:
                del again["states"][state]["next"][index]

            yield Edit(
                f"{state}/{index} to {way['to']} deleted", (state, way["to"]), changed(data, change)
            )


def exits_deleted(data: Data) -> Iterator[Edit]:
    for name in moving(data):

        def change(again: Data, name: str = name) -> None:
            del again["states"][name]["next"]

        yield Edit(f"{name}: no ways on", (name,), changed(data, change))


def exit_elsewhere_too(data: Data) -> Iterator[Edit]:
    for state, index, way in ways(data):
        for to in data["states"]:
            if to not in (state, way["to"]):

                def change(
                    again: Data, state: str = state, index: int = index, to: str = to
                ) -> None:
                    listed = again["states"][state]["next"]
                    listed.insert(index + 1, {**listed[index], "to": to})

                if way.get("when") != "else":
                    yield Edit(f"{state}/{index} also to {to}", (state,), changed(data, change))


def exit_retargeted(data: Data) -> Iterator[Edit]:
    for state, index, way in ways(data):
        for to in data["states"]:
            if to not in (state, way["to"]):
                what = f"{state}/{index} to {to}, not {way['to']}"
                yield Edit(what, (state, to, way["to"]), retargeted(data, state, index, to))


def target_misspelt(data: Data) -> Iterator[Edit]:
    for state, index, way in ways(data):
        to = way["to"] + "z"
        yield Edit(f"{state}/{index} to {to}", (state,), retargeted(data, state, index, to))


def trap(data: Data) -> Iterator[Edit]:
    for state, index, _ in ways(data):
        both = (with_new("new_one", ["new_two"]), with_new("new_two", ["new_one"]))
        again = retargeted(data, state, index, "new_one", *both)
        yield Edit(f"{state}/{index} into a trap", (state, "new_one", "new_two"), again)


def bypassed(data: Data) -> Iterator[Edit]:
    for state, index, way in ways(data):
        after = data["states"][way["to"]].get("next", ())
        for each in after:
            if each["to"] not in (state, way["to"]):
                again = retargeted(data, state, index, each["to"])
                yield Edit(
                    f"{state}/{index} past {way['to']} to {each['to']}",
                    (state, way["to"], each["to"]),
                    again,
                )


def orphan(data: Data) -> Iterator[Edit]:
    for name in data["states"]:
        again = changed(data, with_new("new_one", [name]))
        yield Edit(f"a state nobody gets to, before {name}", ("new_one",), again)


def limbo(data: Data) -> Iterator[Edit]:
    for state, index, _ in ways(data):
        again = retargeted(data, state, index, "new_one", with_new("new_one", None))
        yield Edit(f"{state}/{index} into limbo", ("new_one",), again)


def end_unmarked(data: Data) -> Iterator[Edit]:
    for name in ends(data):

        def change(again: Data, name: str = name) -> None:
            again["states"][name] |= {"kind": "decision", "evidence": some_evidence(again)}

        yield Edit(f"{name} is no end", (name,), changed(data, change))


def middle_marked(data: Data) -> Iterator[Edit]:
    for name in moving(data):

        def change(again: Data, name: str = name) -> None:
            state = again["states"][name]
            state["kind"] = "end"
            state.pop("category", None)
            state.pop("offers", None)

        yield Edit(f"{name} is an end", (name,), changed(data, change))


def exit_twice(data: Data) -> Iterator[Edit]:
    for state, index, way in ways(data):

        def change(again: Data, state: str = state, index: int = index) -> None:
            listed = again["states"][state]["next"]
            listed.insert(index, copy.deepcopy(listed[index]))

        if way.get("when") != "else":
            yield Edit(f"{state}/{index} twice", (state,), changed(data, change))


def shortcut(data: Data) -> Iterator[Edit]:
    """Some of those who take a way go to a treatment instead; the ways still fit together."""
    risky = [name for name, each in data["states"].items() if each.get("does")]
    for state, index, way in ways(data):
        when = way.get("when")
        for to in risky:
            for finding in findings_of(data, "yes_no"):
                if to in (state, way["to"]) or when == "else" or finding in str(when):
                    continue
                yield _split(data, (state, index), finding, to)


def _split(data: Data, at: tuple[str, int], finding: str, to: str) -> Edit:
    state, index = at

    def change(again: Data) -> None:
        listed = again["states"][state]["next"]
        way = listed[index]
        old = [parse(way["when"])] if "when" in way else []
        yes, no = Named(finding), Not(Named(finding))
        way["when"] = unparse(And(flat(And, (*old, no))) if old else no)
        new = unparse(And(flat(And, (*old, yes))) if old else yes)
        listed.insert(index + 1, {"to": to, "when": new})

    return Edit(f"{state}/{index}: with {finding} to {to}", (state, to), changed(data, change))


def first_order(data: Data) -> Iterator[Edit]:
    for name, state in data["states"].items():
        last = len(state.get("next", ())) - 1
        for index in range(last if state.get("choose") == "first" else 0):

            def change(again: Data, name: str = name, index: int = index) -> None:
                listed = again["states"][name]["next"]
                listed[index], listed[index + 1] = listed[index + 1], listed[index]

            if state["next"][index + 1].get("when") != "else":
                yield Edit(f"{name}: {index + 1} before {index}", (name,), changed(data, change))


def else_over_gap(data: Data) -> Iterator[Edit]:
    """A way is forgotten, and the last one takes everybody who is left."""
    for name, state in data["states"].items():
        count = len(state.get("next", ()))
        for index in range(count - 1):
            if count < 3:
                continue

            def change(again: Data, name: str = name, index: int = index) -> None:
                again["states"][name]["choose"] = "first"
                listed = again["states"][name]["next"]
                listed[-1]["when"] = "else"
                del listed[index]

            yield Edit(
                f"{name}: {index} forgotten, else takes them", (name,), changed(data, change)
            )


def twice_named(data: Data) -> Iterator[Edit]:
    text = text_of(data)
    for name in data["states"]:
        line = f"\n  {name}:\n"
        again = text.replace("\nrules:\n", f"{line}    kind: end\n    title: Again\nrules:\n")
        yield Edit(f"{name} twice", (name,), changed(data), again)


SHAPE_OPERATORS = {
    "T01": ("way deleted", ("gap", "unreachable-state"), exit_deleted),
    "T02": ("all ways deleted", ("dead-end",), exits_deleted),
    "T03": ("way to two states", ("overlap", "masked"), exit_elsewhere_too),
    "T04": ("way to another state", ("unreachable-state", "rule-fails", "endless-loop", "cannot-finish", "no-route-to-end", "loop-no-exit", "missing-data", "never-taken-here", "stale-data", "example-fails"), exit_retargeted),
    "T05": ("target misspelt", ("unknown-state",), target_misspelt),
    "T06": ("two states that are a trap", ("loop-no-exit", "no-route-to-end"), trap),
    "T07": ("state passed by", ("unreachable-state", "rule-fails", "missing-data", "example-fails"), bypassed),
    "T08": ("state nobody gets to", ("unreachable-state",), orphan),
    "T09": ("state without a way on", ("dead-end",), limbo),
    "T10": ("end not marked", ("dead-end",), end_unmarked),
    "T11": ("middle marked as end", ("state-kind", "end-has-exits"), middle_marked),
    "T12": ("way written twice", ("duplicate-transition", "overlap", "masked"), exit_twice),
    "T13": ("shortcut to a treatment", ("rule-fails", "example-fails"), shortcut),
    "X02": ("order swapped", ("masked", "never-taken-here", "rule-fails", "example-fails"), first_order),
    "X03": ("else over a gap", ("else-catches", "unreachable-state", "rule-fails"), else_over_gap),
    "X11": ("state written twice", ("duplicate-key",), twice_named),
}  # fmt: skip
"""By their codes: words, codes that are expected, and the edits."""
