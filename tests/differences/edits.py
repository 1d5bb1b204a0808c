"""Made-up pathways, rewritten so that they mean the same, or edited so that they may not."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pathways.conditions import (
    And,
    AtLeast,
    Compare,
    Condition,
    Named,
    Not,
    Number,
    OneOf,
    Or,
    Word,
    parse,
    replace_names,
)
from pathways.conditions.nodes import Always, Otherwise
from pathways.conditions.walk import children, with_children
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import Interrupt, State, Transition
from tests.patients.small_pathways import ATOMS, condition


def rewritten(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    """Return a pathway that is written in another way and means the same."""

    def again(each: Condition) -> Condition:
        return rewritten_condition(draw, pathway, each)

    states = {}
    for name, state in pathway.states.items():
        ways = [way.model_copy(update={"when": again(way.when)}) for way in state.next]
        if state.choose != "first":
            draw.shuffle(ways)
        offers = tuple(
            offer.model_copy(update={"when": again(offer.when)}) if offer.when else offer
            for offer in state.offers
        )
        states[name] = state.model_copy(update={"next": tuple(ways), "offers": offers})
    names = list(states)
    draw.shuffle(names)
    changed = replace(
        pathway,
        states={name: states[name] for name in names},
        interrupts=tuple(
            each.model_copy(update={"when": again(each.when)}) for each in pathway.interrupts
        ),
        definitions={
            name: each.model_copy(update={"when": again(each.when)})
            for name, each in pathway.definitions.items()
        },
    )
    return with_name_of_definition(changed, "tired", "worn_out")


def rewritten_condition(
    draw: random.Random, pathway: ResolvedPathway, whole: Condition
) -> Condition:
    """Return a condition that means the same."""
    if isinstance(whole, Otherwise):
        return whole
    inner = [rewritten_condition(draw, pathway, part) for part in children(whole)]
    if isinstance(whole, (And, Or)):
        draw.shuffle(inner)
    again = with_children(whole, tuple(inner)) if inner else whole
    match again:
        case And(parts) if draw.random() < 0.4:
            return Not(Or(tuple(Not(part) for part in parts)))
        case Or(parts) if draw.random() < 0.4:
            return Not(And(tuple(Not(part) for part in parts)))
        case AtLeast(number, parts) if draw.random() < 0.5:
            return Or(tuple(And(some) for some in itertools.combinations(parts, number)))
        case OneOf(finding, words):
            return Or(tuple(Compare(finding, "==", word) for word in words))
        case Compare(finding, ">=", Number(value)):
            # The numbers of these pathways have step 1.
            return draw.choice(
                (
                    Compare(finding, ">", Number(value - 1)),
                    Not(Compare(finding, "<", Number(value))),
                )
            )
        case Named(name) if name in pathway.definitions and draw.random() < 0.5:
            return pathway.definitions[name].when
        case _:
            return Not(Not(again)) if draw.random() < 0.15 else again


def with_name_of_definition(pathway: ResolvedPathway, old: str, new: str) -> ResolvedPathway:
    """Return a pathway with another name of a definition."""

    def called(each: Condition) -> Condition:
        return replace_names(each, {old: new})

    definitions = {
        new if name == old else name: each.model_copy(update={"when": called(each.when)})
        for name, each in pathway.definitions.items()
    }
    changed = with_conditions(pathway, called)
    return replace(
        changed,
        definitions=definitions,
        catalogue=pathway.catalogue.model_copy(update={"definitions": definitions}),
    )


def with_conditions(pathway: ResolvedPathway, change: object) -> ResolvedPathway:
    """Return a pathway with every condition of ways, offers and interrupts changed."""
    assert callable(change)
    states = {
        name: state.model_copy(
            update={
                "next": tuple(w.model_copy(update={"when": change(w.when)}) for w in state.next),
                "offers": tuple(
                    o.model_copy(update={"when": change(o.when)}) if o.when else o
                    for o in state.offers
                ),
            }
        )
        for name, state in pathway.states.items()
    }
    interrupts = tuple(
        each.model_copy(
            update={"when": change(each.when), "until": each.until and change(each.until)}
        )
        for each in pathway.interrupts
    )
    return replace(pathway, states=states, interrupts=interrupts)


def renamed(pathway: ResolvedPathway, old: str, new: str) -> ResolvedPathway:
    """Return a pathway with another name of a state."""

    def ways(state: State) -> tuple[Transition, ...]:
        return tuple(w.model_copy(update={"to": new if w.to == old else w.to}) for w in state.next)

    states = {
        new if name == old else name: state.model_copy(update={"next": ways(state)})
        for name, state in pathway.states.items()
    }
    return replace(
        pathway,
        document=pathway.document.model_copy(
            update={"start": new if pathway.start == old else pathway.start}
        ),
        states=states,
        interrupts=tuple(
            each.model_copy(update={"to": new if each.to == old else each.to})
            for each in pathway.interrupts
        ),
        origins={new if name == old else name: each for name, each in pathway.origins.items()},
    )


def edited(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    """Return a pathway with one or two defects."""
    for _ in range(draw.choice((1, 1, 2))):
        pathway = draw.choice(EDITS)(draw, pathway)
    return pathway


def with_other_offer(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    """Return a pathway whose panel has another condition on its first offer."""
    panel = pathway.states["panel"]
    first, *others = panel.offers
    assert first.when is not None
    changed = first.model_copy(update={"when": edited_condition(draw, first.when)})
    offers = (changed, *others)
    return replace(
        pathway,
        states={**pathway.states, "panel": panel.model_copy(update={"offers": offers})},
    )


def _edit_way(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    name = draw.choice(["begin", "middle", "panel"])
    ways = list(pathway.states[name].next)
    at = draw.randrange(len(ways))
    if isinstance(ways[at].when, Otherwise):
        return pathway
    ways[at] = ways[at].model_copy(update={"when": edited_condition(draw, ways[at].when)})
    return _with_ways(pathway, name, ways)


def _drop_way(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    name = draw.choice(["begin", "middle", "panel", "urgent"])
    ways = list(pathway.states[name].next)
    if ways:
        ways.pop(draw.randrange(len(ways)))
    return _with_ways(pathway, name, ways)


def _add_way(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    name = draw.choice(["begin", "middle", "panel"])
    to = draw.choice(sorted(pathway.states))
    way = Transition(to=to, when=parse(condition(draw)))
    return _with_ways(pathway, name, [way, *pathway.states[name].next])


def _swap(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    name = draw.choice(["begin", "middle", "panel"])
    ways = list(pathway.states[name].next)
    if len(ways) > 1:
        one, two = ways[:2]
        ways[:2] = [
            one.model_copy(update={"to": two.to}),
            two.model_copy(update={"to": one.to}),
        ]
    return _with_ways(pathway, name, ways)


def _choose(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    name = draw.choice(["begin", "middle", "panel"])
    if any(isinstance(way.when, Otherwise) for way in pathway.states[name].next):
        return pathway
    state = pathway.states[name].model_copy(update={"choose": draw.choice(["one", "first", "any"])})
    return replace(pathway, states={**pathway.states, name: state})


def _definition(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    before = pathway.definitions["tired"]
    after = before.model_copy(update={"when": edited_condition(draw, before.when)})
    definitions = {**pathway.definitions, "tired": after}
    return replace(pathway, definitions=definitions)


def _interrupt(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    each = list(pathway.interrupts)
    kind = draw.randrange(5)
    if kind == 0:
        each.pop(draw.randrange(len(each)))
    elif kind == 1:
        at = draw.randrange(len(each))
        each[at] = each[at].model_copy(update={"when": edited_condition(draw, each[at].when)})
    elif kind == 2:
        each[-1] = each[-1].model_copy(update={"until": None})
    elif kind == 3:
        at = draw.randrange(len(each))
        each[at] = each[at].model_copy(update={"to": draw.choice(["emergency", "middle", "done"])})
    else:
        new = Interrupt.model_validate(
            {"to": "urgent", "when": draw.choice(ATOMS), "level": "urgent", "label": "More"}
        )
        each.append(new)
    return replace(pathway, interrupts=tuple(each))


def _facts(draw: random.Random, pathway: ResolvedPathway) -> ResolvedPathway:
    return replace(pathway, facts=(*pathway.facts, parse(f"not (alarm and {draw.choice(ATOMS)})")))


EDITS = (
    _edit_way, _edit_way, _edit_way, _drop_way, _add_way, _swap, _choose, _definition, _interrupt,
    _interrupt, _facts,
)  # fmt: skip


def edited_condition(draw: random.Random, whole: Condition) -> Condition:
    """Return a condition with one leaf changed."""
    leaves = [at for at, leaf in enumerate(_leaves(whole)) if not isinstance(leaf, Always)]
    if not leaves:
        return parse(draw.choice(ATOMS))
    chosen = draw.choice(leaves)
    count = itertools.count()

    def change(node: Condition) -> Condition:
        parts = children(node)
        if parts:
            return with_children(node, tuple(change(part) for part in parts))
        return _other(draw, node) if next(count) == chosen else node

    return change(whole)


def _leaves(node: Condition) -> Iterator[Condition]:
    parts = children(node)
    if not parts:
        yield node
    for part in parts:
        yield from _leaves(part)


def _other(draw: random.Random, leaf: Condition) -> Condition:
    match leaf:
        case Compare(finding, operator, Number(value)):
            other = draw.choice(("<", "<=", ">", ">=", operator))
            return Compare(finding, other, Number(value + draw.choice((-1, 0, 1))))
        case _:
            return draw.choice((Not(leaf), parse(draw.choice(ATOMS))))


def _with_ways(pathway: ResolvedPathway, name: str, ways: list[Transition]) -> ResolvedPathway:
    state = pathway.states[name].model_copy(update={"next": tuple(ways)})
    return replace(pathway, states={**pathway.states, name: state})


Person = dict[str, object]


def holds(whole: Condition, person: Person, pathway: ResolvedPathway) -> bool:
    """Return whether a condition holds for a whole person: as slow and plain as can be."""
    match whole:
        case Always() | Otherwise():
            return True
        case Not(part):
            return not holds(part, person, pathway)
        case And(parts):
            return all(holds(part, person, pathway) for part in parts)
        case Or(parts):
            return any(holds(part, person, pathway) for part in parts)
        case AtLeast(number, parts):
            return sum(holds(part, person, pathway) for part in parts) >= number
        case Named(name):
            if name in pathway.definitions:
                return holds(pathway.definitions[name].when, person, pathway)
            return person[name] is True
        case _:
            return _leaf(whole, person, pathway)


def _leaf(leaf: Condition, person: Person, pathway: ResolvedPathway) -> bool:
    from pathways.conditions import AnyOfClass, Between, CountNow, Has

    match leaf:
        case Compare(finding, operator, constant):
            value = person[finding]
            other = constant.value if isinstance(constant, Number) else constant.name
            return _compared(value, operator, other)
        case Between(finding, low, high, low_open, high_open):
            number = person[finding]
            assert isinstance(number, Decimal)
            above = number > low.value if low_open else number >= low.value
            return above and (number < high.value if high_open else number <= high.value)
        case OneOf(finding, words):
            return person[finding] in {word.name for word in words}
        case Has(finding, Word(name)):
            some = person[finding]
            assert isinstance(some, frozenset)
            return name in some
        case AnyOfClass(_, status):
            wanted = {"now", "stopped"} if status == "tried" else {status}
            return any(person[f"{name}.status"] in wanted for name in ("pill", "drops"))
        case CountNow(_, operator, number):
            count = sum(person[f"{name}.status"] == "now" for name in ("pill", "drops"))
            return _compared(count, operator, number)
        case _:
            raise AssertionError(leaf)


def _compared(value: object, operator: str, other: object) -> bool:
    match operator:
        case "==":
            return value == other
        case "!=":
            return value != other
        case "<":
            return value < other  # type: ignore[operator, no-any-return]
        case "<=":
            return value <= other  # type: ignore[operator, no-any-return]
        case ">":
            return value > other  # type: ignore[operator, no-any-return]
        case _:
            return value >= other  # type: ignore[operator, no-any-return]


def moves(pathway: ResolvedPathway, person: Person) -> dict[str, tuple[int | None, frozenset[str]]]:
    """Return, for each state, which interrupt takes a person there, and where they may go on to."""
    from pathways.graph.steps import interrupt_ways

    active: dict[str, list[int]] = {}
    for source, index in interrupt_ways(pathway):
        active.setdefault(source, []).append(index)
    raised = [
        holds(each.when, person, pathway)
        and not (each.until is not None and holds(each.until, person, pathway))
        for each in pathway.interrupts
    ]
    found: dict[str, tuple[int | None, frozenset[str]]] = {}
    for name, state in pathway.states.items():
        alarm = next((index for index in active.get(name, ()) if raised[index]), None)
        if alarm is not None:
            found[name] = (alarm, frozenset({pathway.interrupts[alarm].to}))
            continue
        ways = [way.to for way in state.next if holds(way.when, person, pathway)]
        found[name] = (None, frozenset(ways[:1] if state.choose == "first" else ways))
    return found
