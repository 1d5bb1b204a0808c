"""Defects in what states do, in interrupts, findings, facts and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pathways.conditions import And, Compare, Condition, Named, Not, Number, Or, parse, unparse
from pathways.conditions.walk import flat
from tests.mutants.shapes import new_state, retargeted, ways
from tests.mutants.sites import (
    Data,
    Edit,
    changed,
    definition_text,
    guards,
    inlined,
    moving,
    nodes_of,
)


def effect_dropped(*keys: str) -> Callable[[Data], Iterator[Edit]]:
    """Return what drops one finding from what a state sets, assesses or adds to."""

    def edits(data: Data) -> Iterator[Edit]:
        for name, state in data["states"].items():
            for key in keys:
                for finding in state.get(key, ()):
                    yield _without(data, name, key, finding)

    return edits


def _without(data: Data, name: str, key: str, finding: str) -> Edit:
    def change(again: Data) -> None:
        state = again["states"][name]
        if isinstance(state[key], dict):
            del state[key][finding]
        else:
            state[key].remove(finding)
        if not state[key]:
            del state[key]

    return Edit(f"{name}: {key} {finding} dropped", (name,), changed(data, change))


def limit_dropped(data: Data) -> Iterator[Edit]:
    """The limit of a loop is forgotten on every way of a state."""
    counts = [name for name, each in data["findings"].items() if each["kind"] == "count"]
    for name in moving(data):
        for count in counts:
            if any(
                state == name and _is_about(node, count)
                for state, _, whole in guards(data)
                for node in nodes_of(whole)
            ):
                yield _without_limit(data, name, count)


def _is_about(node: Condition, finding: str) -> bool:
    return isinstance(node, Compare) and node.finding == finding


def _without_limit(data: Data, name: str, count: str) -> Edit:
    def change(again: Data) -> None:
        kept = []
        for way in again["states"][name]["next"]:
            when = way.get("when", "else")
            left = None if when == "else" else _left(parse(when), count)
            if left is None and when != "else":
                continue
            way.pop("when", None)
            if left is not True:
                way["when"] = when if when == "else" else unparse(left)  # type: ignore[arg-type]
            kept.append(way)
        again["states"][name]["next"] = kept

    return Edit(f"{name}: no limit by {count}", (name,), changed(data, change))


def _left(node: Condition, count: str) -> Condition | bool | None:
    """Return a condition as if a count were always small: True always, None never."""
    match node:
        case Compare(finding=finding, operator=operator) if finding == count:
            return True if operator in ("<", "<=") else None
        case And(parts):
            found = [_left(each, count) for each in parts]
            kept = [each for each in found if each is not True]
            if None in kept:
                return None
            return _joined(And, kept, empty=True)
        case Or(parts):
            found = [_left(each, count) for each in parts]
            if True in found:
                return True
            return _joined(Or, [each for each in found if each is not None], empty=None)
        case _:
            return node


def _joined(
    kind: type[And | Or], parts: list[Any], *, empty: bool | None
) -> Condition | bool | None:
    if not parts:
        return empty
    first: Condition = parts[0]
    return first if len(parts) == 1 else kind(flat(kind, tuple(parts)))


def interrupt_removed(data: Data) -> Iterator[Edit]:
    for index, each in enumerate(data["interrupts"]):

        def change(again: Data, index: int = index) -> None:
            del again["interrupts"][index]

        yield Edit(f"interrupt {index} removed", (each["to"],), changed(data, change))


def interrupt_elsewhere(data: Data) -> Iterator[Edit]:
    for index, each in enumerate(data["interrupts"]):
        for to in data["states"]:
            if to != each["to"]:

                def change(again: Data, index: int = index, to: str = to) -> None:
                    again["interrupts"][index]["to"] = to

                yield Edit(f"interrupt {index} to {to}", (each["to"], to), changed(data, change))


def as_a_way(data: Data) -> Iterator[Edit]:
    """An interrupt is only a way of some states, beside the others."""
    for index, each in enumerate(data["interrupts"]):
        for only in ([data["start"]], moving(data)):

            def change(again: Data, index: int = index, only: list[str] = only) -> None:
                gone = again["interrupts"].pop(index)
                for name in only:
                    if name != gone["to"]:
                        way = {"to": gone["to"], "when": gone["when"]}
                        again["states"][name].setdefault("next", []).insert(0, way)

            where = "the start" if len(only) == 1 else "all states"
            what = f"interrupt {index} only a way of {where}"
            yield Edit(what, (each["to"], *only), changed(data, change))


def range_narrowed(data: Data) -> Iterator[Edit]:
    for name, finding in data["findings"].items():
        values = sorted(
            int(node.constant.value)
            for _, _, whole in guards(data)
            for node in nodes_of(whole)
            if isinstance(node, Compare)
            and isinstance(node.constant, Number)
            and node.finding == name
            and node.operator != "=="
        )
        low = finding.get("range", ["0", "0"])[0]
        for value in dict.fromkeys(values):
            if value - 1 > int(low):

                def change(again: Data, name: str = name, top: int = value - 1) -> None:
                    again["findings"][name]["range"][1] = str(top)

                yield Edit(f"{name} only up to {value - 1}", (name,), changed(data, change))


def finding_unused(data: Data) -> Iterator[Edit]:
    for number, kind in enumerate(("status", "trait", "watch")):

        def change(again: Data, number: int = number, kind: str = kind) -> None:
            asked = {"title": "new", "type": "yes_no", "kind": kind, "question": "New?"}
            again["findings"][f"new_{number}"] = asked

        yield Edit(
            f"finding of kind {kind} that nothing reads", (f"new_{number}",), changed(data, change)
        )


def rule_of_orphan(data: Data) -> Iterator[Edit]:
    for name in moving(data):

        def change(again: Data, name: str = name) -> None:
            again["states"]["new_one"] = new_state(again, [name])
            again["rules"].append({"id": "new", "must": f"new_one then {name}", "why": "So."})

        yield Edit(
            f"rule about a state nobody gets to, before {name}",
            ("new", "new_one"),
            changed(data, change),
        )


def contradictory_facts(data: Data) -> Iterator[Edit]:
    for name, each in data["findings"].items():
        if each["type"] == "yes_no":

            def change(again: Data, name: str = name) -> None:
                again["facts"] = [name, f"not {name}"]

            yield Edit(f"facts: {name} and not", ("facts",), changed(data, change))


def atom_of(data: Data, finding: str) -> Condition | None:
    """Return something a guard asks about a finding."""
    asked = [node for _, _, whole in guards(data) for node in nodes_of(whole)]
    found = [
        each
        for each in asked
        if (isinstance(each, Compare) and each.finding == finding) or each == Named(finding)
    ]
    return found[0] if found else None


def read_too_early(data: Data) -> Iterator[Edit]:
    """At the start a way is split by a result that nobody has yet."""
    start = data["start"]
    results = [name for name, each in data["findings"].items() if each["kind"] == "result"]
    for finding in results:
        atom = atom_of(data, finding)
        for index, way in enumerate(data["states"][start]["next"]):
            for to in {each["to"]: None for each in data["states"][start]["next"]}:
                if atom is not None and to != way["to"] and finding not in way.get("when", ""):
                    yield _asked_early(data, (start, index), atom, to)


def _asked_early(data: Data, at: tuple[str, int], atom: Condition, to: str) -> Edit:
    state, index = at

    def change(again: Data) -> None:
        listed = again["states"][state]["next"]
        old = parse(listed[index]["when"])
        listed[index]["when"] = unparse(And(flat(And, (old, Not(atom)))))
        listed.append({"to": to, "when": unparse(And(flat(And, (old, atom))))})

    return Edit(
        f"{state}/{index}: {unparse(atom)} asked too early", (state,), changed(data, change)
    )


def result_not_renewed(data: Data) -> Iterator[Edit]:
    """Where one comes back, the state that gives the result is passed by."""
    for name, state in data["states"].items():
        after = state.get("next", ())
        if not state.get("yields") and not state.get("reassess"):
            continue
        for source, index, way in ways(data):
            if way["to"] == name and source != data["start"]:
                for to in {each["to"]: None for each in after}:
                    if to != source and data["states"][to].get("next"):
                        again = retargeted(data, source, index, to)
                        yield Edit(
                            f"{source}/{index} past {name} to {to}", (source, to, name), again
                        )


def watch_lost(data: Data) -> Iterator[Edit]:
    for name, each in data["findings"].items():
        if each["kind"] == "watch":

            def change(again: Data, name: str = name) -> None:
                again["findings"][name]["kind"] = "status"

            yield Edit(f"{name} is no watch", (name,), changed(data, change))


def rule_by_definition(data: Data) -> Iterator[Edit]:
    """A rule uses the definition that the interrupt or way itself uses."""
    for index, rule in enumerate(data["rules"]):
        for name in data["definitions"]:
            text = definition_text(data, name)
            whole = unparse(inlined(data, parse(text)))
            for key in ("when", "never"):
                if whole not in rule.get(key, "").replace("(", "").replace(")", ""):
                    continue

                def change(
                    again: Data,
                    index: int = index,
                    key: str = key,
                    names: tuple[str, str] = (whole, name),
                ) -> None:
                    again["rules"][index][key] = rule_text(again["rules"][index][key], *names)

                yield Edit(f"rule {rule['id']} uses {name}", (rule["id"],), changed(data, change))


def rule_text(text: str, whole: str, name: str) -> str:
    return text.replace(f"({whole})", name).replace(whole, name)


def two_of_a_class(data: Data) -> Iterator[Edit]:
    """A state gives two treatments of one class at once."""
    classes: dict[str, list[str]] = {}
    for name, each in data["treatments"].items():
        for kind in each.get("classes", ()):
            classes.setdefault(kind, []).append(name)
    for name, state in data["states"].items():
        for members in classes.values():
            for given in set(state.get("does", ())) & set(members):
                for other in members:
                    if other != given:
                        yield _given_too(data, name, other)


def _given_too(data: Data, name: str, treatment: str) -> Edit:
    def change(again: Data) -> None:
        state = again["states"][name]
        state["does"].append(treatment)
        state.get("sets", {}).pop(f"{treatment}.status", None)

    return Edit(f"{name} also gives {treatment}", (name,), changed(data, change))


EFFECT_OPERATORS = {
    "E01": ("set forgotten", ("endless-loop", "cannot-finish", "rule-fails", "example-fails"), effect_dropped("sets")),
    "E02": ("assessment forgotten", ("never-taken-here", "stale-data", "missing-data", "rule-fails", "example-fails", "endless-loop", "cannot-finish"), effect_dropped("reassess", "yields")),
    "E03": ("count forgotten", ("endless-loop", "never-taken-here", "example-fails"), effect_dropped("adds")),
    "E04": ("limit of a loop forgotten", ("endless-loop", "rule-fails"), limit_dropped),
    "R01": ("interrupt removed", ("rule-fails", "unreachable-state"), interrupt_removed),
    "R04": ("interrupt to another state", ("rule-fails", "unreachable-state"), interrupt_elsewhere),
    "F01": ("range narrowed", ("constant-out-of-range", "never-taken"), range_narrowed),
    "F03": ("finding that nothing reads", ("unused-finding",), finding_unused),
    "X04": ("rule about a state nobody gets to", ("rule-vacuous", "unreachable-state"), rule_of_orphan),
    "X05": ("contradictory facts", ("contradictory-facts",), contradictory_facts),
    "X06": ("result read too early", ("missing-data", "rule-fails"), read_too_early),
    "X07": ("result not renewed", ("stale-data", "missing-data", "rule-fails", "example-fails", "never-taken-here"), result_not_renewed),
    "X08": ("interrupt only a way", ("rule-fails", "emergency-not-preemptive", "overlap"), as_a_way),
    "X09": ("sign no longer watched", ("sign-not-watched", "example-fails", "never-taken-here"), watch_lost),
    "X12": ("rule by the definition it should prove", ("rule-not-independent",), rule_by_definition),
    "X14": ("two medicines of one class", ("rule-fails", "inconsistent-set"), two_of_a_class),
}  # fmt: skip
"""By their codes: words, codes that are expected, and the edits."""
