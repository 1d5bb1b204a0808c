"""Defects in one condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from pathways.conditions import (
    And,
    Between,
    Compare,
    Condition,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Operator,
    Or,
    Word,
    names_in,
    parse,
    unparse,
)
from pathways.conditions.walk import flat
from tests.mutants.sites import (
    Data,
    Edit,
    changed,
    definition_edits,
    definition_text,
    findings_of,
    guard_edits,
    guards,
    inlined,
    nodes_of,
    of_interrupts,
    with_guard,
)

BOUNDARY: dict[Operator, Operator] = {
    ">=": ">",
    ">": ">=",
    "<": "<=",
    "<=": "<",
    "==": "==",
    "!=": "!=",
}
REVERSED: dict[Operator, Operator] = {
    ">=": "<=",
    ">": "<",
    "<": ">",
    "<=": ">=",
    "==": "!=",
    "!=": "==",
}
LEAVES = (Named, Compare, Between, OneOf, Has)


def of_each(
    rewrites: Callable[[Data, Condition], Iterable[Condition]],
) -> Callable[[Data], Iterator[Edit]]:
    """Return what edits every node of every guard."""
    return lambda data: guard_edits(data, lambda node: iter(rewrites(data, node)))


def boundary(_: Data, node: Condition) -> Iterator[Condition]:
    match node:
        case Compare(operator=operator, constant=Number()):
            yield replace(node, operator=BOUNDARY[operator])
        case Between():
            yield replace(node, low_open=not node.low_open)
            yield replace(node, high_open=not node.high_open)
        case _:
            pass


def moved(node: Number, by: Decimal) -> Number:
    return Number(node.value + by, node.unit)


def off_by_one(data: Data, node: Condition) -> Iterator[Condition]:
    for by in (Decimal(1), Decimal(-1)):
        yield from _with_numbers(node, lambda number, by=by: moved(number, by))  # type: ignore[misc]


def ten_times(data: Data, node: Condition) -> Iterator[Condition]:
    yield from _with_numbers(node, lambda number: Number(number.value * 10, number.unit))
    yield from _with_numbers(node, lambda number: Number(number.value / 10, number.unit))


def _with_numbers(node: Condition, change: Callable[[Number], Number]) -> Iterator[Condition]:
    match node:
        case Compare(constant=Number() as number) if number.value:
            yield replace(node, constant=change(number))
        case Between(low=low, high=high):
            yield replace(node, low=change(low))
            yield replace(node, high=change(high))
        case _:
            pass


def reversed_(_: Data, node: Condition) -> Iterator[Condition]:
    if isinstance(node, Compare):
        yield replace(node, operator=REVERSED[node.operator])


def negated(_: Data, node: Condition) -> Iterator[Condition]:
    match node:
        case Not(part) if isinstance(part, LEAVES):
            yield part
        case Named() | OneOf() | Has() | Between():
            yield Not(node)
        case _:
            pass


def and_to_or(_: Data, node: Condition) -> Iterator[Condition]:
    if isinstance(node, And):
        yield Or(flat(Or, node.parts))


def or_to_and(_: Data, node: Condition) -> Iterator[Condition]:
    if isinstance(node, Or):
        yield And(flat(And, node.parts))


def dropped(kind: type[And | Or]) -> Callable[[Data, Condition], Iterator[Condition]]:
    """Return what drops one part of a node."""

    def drop(_: Data, node: Condition) -> Iterator[Condition]:
        if isinstance(node, kind):
            for at in range(len(node.parts)):
                left = node.parts[:at] + node.parts[at + 1 :]
                yield left[0] if len(left) == 1 else kind(left)

    return drop


def contradiction(data: Data) -> Iterator[Edit]:
    """Add what can never be true to a whole guard."""
    yes_no = findings_of(data, "yes_no")
    for state, index, whole in guards(data):
        name = Named(yes_no[(index + len(state)) % len(yes_no)])
        new = And(flat(And, (whole, name, Not(name))))
        what = f"{state}/{index}: and {name.name} and not {name.name}"
        yield Edit(what, (state,), with_guard(data, state, index, new))


def always(data: Data) -> Iterator[Edit]:
    for state, index, _ in guards(data):
        yield Edit(f"{state}/{index}: always", (state,), with_guard(data, state, index, None))


def never(data: Data) -> Iterator[Edit]:
    """A guard that nobody satisfies: one of its findings must have two values at once."""
    for state, index, whole in guards(data):
        leaf = next(each for each in nodes_of(whole) if isinstance(each, LEAVES))
        new = And((leaf, Not(leaf)))
        yield Edit(
            f"{state}/{index}: {unparse(new)}", (state,), with_guard(data, state, index, new)
        )


def swapped(data: Data) -> Iterator[Edit]:
    for name, state in data["states"].items():
        ways = state.get("next", ())
        for first in range(len(ways)):
            for second in range(first + 1, len(ways)):
                if ways[first]["to"] != ways[second]["to"]:
                    yield _swapped(data, name, first, second)


def _swapped(data: Data, name: str, first: int, second: int) -> Edit:
    def change(again: Data) -> None:
        one, other = again["states"][name]["next"][first], again["states"][name]["next"][second]
        one["to"], other["to"] = other["to"], one["to"]

    return Edit(f"{name}: ways {first} and {second} swapped", (name,), changed(data, change))


def value_dropped(_: Data, node: Condition) -> Iterator[Condition]:
    if isinstance(node, OneOf) and len(node.words) > 1:
        for at in range(len(node.words)):
            yield replace(node, words=node.words[:at] + node.words[at + 1 :])


def value_replaced(data: Data, node: Condition) -> Iterator[Condition]:
    match node:
        case Compare(finding=finding, constant=Word(word)):
            for other in _options(data, finding):
                if other != word:
                    yield replace(node, constant=Word(other))
        case OneOf(finding=finding, words=words):
            used = {each.name for each in words}
            for other in _options(data, finding):
                if other not in used:
                    yield replace(node, words=(Word(other), *words[1:]))
        case _:
            pass


def _options(data: Data, finding: str) -> list[str]:
    return list(data["findings"].get(finding, {}).get("options", ()))


def other_finding(data: Data, node: Condition) -> Iterator[Condition]:
    match node:
        case Named(name):
            for other in findings_of(data, "yes_no"):
                if other != name:
                    yield Named(other)
        case Compare(finding=finding, constant=Number(value)):
            for other in findings_of(data, "number"):
                low, high = map(Decimal, data["findings"][other]["range"])
                if other != finding and low < value < high:
                    yield replace(node, finding=other)
        case _:
            pass


def misspelt(_: Data, node: Condition) -> Iterator[Condition]:
    match node:
        case Named(name):
            yield Named(name + "z")
        case Compare() | OneOf() | Between() | Has():
            yield replace(node, finding=node.finding[:-1] + "z")
        case _:
            pass


def value_misspelt(_: Data, node: Condition) -> Iterator[Condition]:
    match node:
        case Compare(constant=Word(word)):
            yield replace(node, constant=Word(word + "z"))
        case OneOf(words=words):
            yield replace(node, words=(Word(words[0].name + "z"), *words[1:]))
        case Has(word=word):
            yield replace(node, word=Word(word.name + "z"))
        case _:
            pass


def wrong_type(_: Data, node: Condition) -> Iterator[Condition]:
    match node:
        case Named(name):
            yield Compare(name, ">=", Number(Decimal(3)))
        case Compare(constant=Word()):
            yield replace(node, operator=">=", constant=Number(Decimal(3)))
        case Compare(constant=Number()):
            yield Named(node.finding)
        case _:
            pass


def definitions_of(data: Data) -> set[str]:
    return set(data.get("definitions", {}))


def flag_lost(data: Data) -> Iterator[Edit]:
    """A sign drops out of what an interrupt reads."""
    alarms = of_interrupts(data)
    yield from definition_edits(data, lambda node: dropped(Or)(data, node), alarms)
    for index, interrupt in enumerate(data["interrupts"]):
        whole = inlined(data, parse(interrupt["when"]))
        for new in dropped(Or)(data, whole):

            def change(again: Data, index: int = index, new: Condition = new) -> None:
                again["interrupts"][index]["when"] = unparse(new)

            what = f"interrupt {index}: {unparse(whole)} -> {unparse(new)}"
            yield Edit(what, (interrupt["to"], *names_in(whole)), changed(data, change))


def exclusion_lost(data: Data) -> Iterator[Edit]:
    """A condition drops out of a definition that ways read."""
    ways = definitions_of(data) - of_interrupts(data)
    yield from definition_edits(data, lambda node: dropped(And)(data, node), ways)
    yield from definition_edits(data, lambda node: dropped(Or)(data, node), ways)


def threshold_moved(data: Data) -> Iterator[Edit]:
    """A number is another one everywhere in the ways of a state, so that they still fit together."""
    names = definitions_of(data)

    def boldly(node: Condition) -> Iterator[Condition]:
        yield from _with_numbers(node, lambda number: moved(number, _step(number)))
        yield from _with_numbers(node, lambda number: moved(number, -_step(number)))

    yield from definition_edits(data, boldly, names)
    for state in data["states"]:
        pairs = {
            (node.finding, node.constant.value)
            for name, _, whole in guards(data)
            for node in nodes_of(whole)
            if name == state and isinstance(node, Compare) and isinstance(node.constant, Number)
        }
        for finding, value in sorted(pairs):
            for by in (_step(Number(value)), -_step(Number(value))):
                yield _threshold(data, state, finding, value, value + by)


def _step(number: Number) -> Decimal:
    return Decimal(20) if number.value >= 40 else Decimal(2) if number.value > 1 else Decimal(1)


def _threshold(data: Data, state: str, finding: str, value: Decimal, new: Decimal) -> Edit:
    def moved_in(node: Condition) -> Condition:
        from pathways.conditions.walk import rebuilt

        def change(each: Condition) -> Condition:
            match each:
                case Compare(finding=name, constant=Number(old)) if (name, old) == (finding, value):
                    return replace(each, constant=Number(new))
                case Between(finding=name, low=Number(old)) if (name, old) == (finding, value):
                    return replace(each, low=Number(new))
                case Between(finding=name, high=Number(old)) if (name, old) == (finding, value):
                    return replace(each, high=Number(new))
                case _:
                    return each

        return rebuilt(node, change)

    def change(again: Data) -> None:
        for name, index, whole in guards(data):
            if name == state:
                again["states"][state]["next"][index]["when"] = unparse(moved_in(whole))

    return Edit(f"{state}: {finding} {value} -> {new} in all ways", (state,), changed(data, change))


def wrong_unit(data: Data, node: Condition) -> Iterator[Condition]:
    for new in _with_numbers(node, lambda number: Number(number.value, "months")):
        if isinstance(new, (Compare, Between)):
            yield new


def irrelevant(data: Data, node: Condition) -> Iterator[Condition]:
    if isinstance(node, LEAVES):
        other = findings_of(data, "yes_no")[-1]
        if other not in unparse(node):
            yield Or((node, And((node, Named(other)))))


def yaml_no(_: Data, node: Condition) -> Iterator[Condition]:
    if isinstance(node, Compare) and isinstance(node.constant, Word):
        yield replace(node, constant=Word("no"))
        yield replace(node, constant=Word("off"))


def circular(data: Data) -> Iterator[Edit]:
    for name in sorted(definitions_of(data)):

        def change(again: Data, name: str = name) -> None:
            again["definitions"][name]["when"] = f"({definition_text(data, name)}) and {name}"

        yield Edit(f"{name} speaks of itself", (name,), changed(data, change))


# A part may stand under a "not": what widens it there narrows the whole.
CONDITION_OPERATORS = {
    "C01": ("boundary flip", ("gap", "overlap", "rule-fails"), of_each(boundary)),
    "C02": ("off by one", ("gap", "overlap", "rule-fails", "constant-out-of-range"), of_each(off_by_one)),
    "C03": ("ten times, or a tenth", ("gap", "overlap", "constant-out-of-range", "constant-off-step", "never-taken", "empty-range"), of_each(ten_times)),
    "C04": ("direction reversed", ("gap", "overlap", "never-taken", "masked"), of_each(reversed_)),
    "C05": ("part negated", ("gap", "overlap", "never-taken"), of_each(negated)),
    "C06": ("and to or", ("overlap", "gap"), of_each(and_to_or)),
    "C07": ("or to and", ("gap", "overlap", "never-taken"), of_each(or_to_and)),
    "C08": ("part of an and dropped", ("overlap", "gap", "rule-fails"), of_each(dropped(And))),
    "C09": ("part of an or dropped", ("gap", "overlap"), of_each(dropped(Or))),
    "C10": ("contradiction added", ("never-taken", "gap"), contradiction),
    "C11": ("always open", ("overlap", "masked"), always),
    "C12": ("never open", ("never-taken", "gap"), never),
    "C13": ("targets of two ways swapped", ("rule-fails", "example-fails", "unreachable-state", "endless-loop", "cannot-finish"), swapped),
    "C14": ("value dropped from a list", ("gap",), of_each(value_dropped)),
    "C15": ("another value", ("gap", "overlap", "masked"), of_each(value_replaced)),
    "C16": ("another finding", ("gap", "overlap", "unused-finding"), of_each(other_finding)),
    "C17": ("finding misspelt", ("unknown-finding", "unknown-name"), of_each(misspelt)),
    "C18": ("value misspelt", ("unknown-value",), of_each(value_misspelt)),
    "C19": ("wrong type", ("type-mismatch",), of_each(wrong_type)),
    "R02": ("sign lost from an interrupt", ("rule-fails", "unused-finding"), flag_lost),
    "R03": ("part lost from a definition", ("rule-fails", "unused-finding", "example-fails"), exclusion_lost),
    "R05": ("threshold moved in all ways of a step", ("rule-fails", "example-fails"), threshold_moved),
    "F02": ("definition of itself", ("circular-definition",), circular),
    "X01": ("wrong unit", ("wrong-unit",), of_each(wrong_unit)),
    "X10": ("part that decides nothing", ("irrelevant-term",), of_each(irrelevant)),
    "X13": ("no or off as a value", ("unknown-value", "type-mismatch"), of_each(yaml_no)),
}  # fmt: skip
"""By their codes: words, codes that are expected, and the edits."""
