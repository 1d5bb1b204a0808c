"""A rule taken apart: the states and conditions it speaks of, and what the bare graph says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pathways.conditions import (
    And,
    Compare,
    Condition,
    Or,
    Word,
    findings_in,
    unparse,
)
from pathways.graph.steps import StepNet, reachable, step_net
from pathways.model.pathway import ResolvedPathway
from pathways.model.rules import FORM_KEYS, Rule, RuleSentence, Selection, read_rule

Form = Literal[
    "never",
    "before",
    "after",
    "then",
    "and",
    "unless",
    "while",
    "condition",
    "must then",
    "must later",
    "within",
    "at_most",
    "between",
    "possible",
    "fresh since",
    "fresh within",
]

ENDS = frozenset({"end", "link"})


@dataclass(frozen=True)
class Operands:
    """A rule taken apart.

    Args:
        rule: The rule as written.
        form: Which form it has.
        start: Where everyone begins.
        first: The states it begins with; of ``fresh``, those after which a finding is old.
        second: The states after the word that joins; of ``between``, those it ends at.
        third: Of ``between``: the states that must come between.
        condition: The condition it speaks of.
        number: The number it speaks of.
        finding: Of ``fresh``: the finding.
        brought: Of ``before``: what holds for those who had it before they came.
        looked_at: Where a condition is looked at: every state, or every one that is no end.
        ends: States where a journey ends.
        reading: Of ``fresh``: states whose ways read the finding.
        assessing: Of ``fresh``: states that find it out.
        net: Which step can follow which, interrupts among them.
        own_net: The same without interrupts.
    """

    rule: Rule
    form: Form
    start: str
    first: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()
    third: frozenset[str] = frozenset()
    condition: Condition | None = None
    number: int = 0
    finding: str = ""
    brought: Condition | None = None
    looked_at: tuple[str, ...] = ()
    ends: frozenset[str] = frozenset()
    reading: frozenset[str] = frozenset()
    assessing: frozenset[str] = frozenset()
    net: StepNet = field(default_factory=lambda: StepNet((), {}))
    own_net: StepNet = field(default_factory=lambda: StepNet((), {}))

    def reached_from(self, begin: Iterable[str], without: Iterable[str]) -> frozenset[str]:
        """Return the states that a way leads to from some, themselves included, without passing others."""
        left = {self.net.position(name) for name in without}
        found: set[int] = set()
        for name in sorted(begin):
            found |= reachable(self.net.after, self.net.position(name), left)
        return frozenset(self.net.names[at] for at in found)

    def nexts(self, states: Iterable[str]) -> frozenset[str]:
        """Return the states that can follow some at once."""
        return _nexts(self.net, states)

    def own_nexts(self, states: Iterable[str]) -> frozenset[str]:
        """Return the states that ways of their own lead to from some."""
        return _nexts(self.own_net, states)

    def stale_reading(self) -> frozenset[str]:
        """Return the states that can read the finding of ``fresh`` before it is found out anew."""
        stale = self.first - self.assessing
        onward = self.reached_from(self.nexts(stale) - self.assessing, self.assessing)
        return (onward | stale) & self.reading - self.assessing

    def words(self, states: Iterable[str]) -> str:
        """Return some states by name, in reading order."""
        names = set(states)
        ordered = [f"'{name}'" for name in self.net.names if name in names]
        if len(ordered) > 3:
            return f"{', '.join(ordered[:3])} and {len(ordered) - 3} more"
        return " or ".join(ordered)


def _nexts(net: StepNet, states: Iterable[str]) -> frozenset[str]:
    return frozenset(
        net.names[following] for name in states for following in net.after[net.position(name)]
    )


def sentence_of(rule: Rule) -> str:
    """Return a rule on one line, as its file says it."""
    parts = [f"when: {unparse(rule.when)}"] if rule.when is not None else []
    parts += [f"between: {rule.between}"] if rule.between is not None else []
    parts += [f"{key}: {value}" for key in FORM_KEYS if (value := getattr(rule, key)) is not None]
    return ", ".join(" ".join(each.split()) for each in parts)


def operands_of(pathway: ResolvedPathway) -> Iterator[Operands]:
    """Yield the rules of a pathway, taken apart, in their order."""
    nets = step_net(pathway, interrupts=True), step_net(pathway)
    tags = frozenset(tag for state in pathway.states.values() for tag in state.tags)
    for rule in pathway.rules:
        yield _operands(pathway, rule, read_rule(rule, pathway.states.keys(), tags), nets)


def _operands(
    pathway: ResolvedPathway, rule: Rule, sentence: RuleSentence, nets: tuple[StepNet, StepNet]
) -> Operands:
    form = _form(sentence)
    first = _states(pathway, sentence.first)
    second = _states(pathway, sentence.second)
    third: frozenset[str] = frozenset()
    if sentence.between is not None:
        third = first
        first, second = (_states(pathway, each) for each in sentence.between)
    if form == "fresh since":
        first = second
    ends = frozenset(name for name, state in pathway.states.items() if state.kind in ENDS)
    everywhere = rule.ends == "included"
    finding = sentence.finding or ""
    return Operands(
        rule=rule,
        form=form,
        start=pathway.start,
        first=first,
        second=second,
        third=third,
        condition=sentence.condition,
        number=sentence.number or 0,
        finding=finding,
        brought=_brought(pathway, second) if form == "before" else None,
        looked_at=tuple(name for name in pathway.states if everywhere or name not in ends),
        ends=ends,
        reading=_reading(pathway, finding) if finding else frozenset(),
        assessing=_assessing(pathway, finding) if finding else frozenset(),
        net=nets[0],
        own_net=nets[1],
    )


def _form(sentence: RuleSentence) -> Form:
    joint = sentence.joint
    if sentence.form == "never":
        if joint is None:
            return "never" if sentence.first is not None else "condition"
        return joint  # type: ignore[return-value]
    if sentence.form == "must":
        if sentence.between is not None:
            return "between"
        return "within" if joint == "within" else f"must {joint}"  # type: ignore[return-value]
    if sentence.form == "fresh":
        return f"fresh {joint}"  # type: ignore[return-value]
    return sentence.form  # type: ignore[return-value]


def _states(pathway: ResolvedPathway, selection: Selection | None) -> frozenset[str]:
    if selection is None:
        return frozenset()
    if not selection.by_tag:
        return frozenset({selection.name})
    return frozenset(name for name, state in pathway.states.items() if selection.name in state.tags)


def _brought(pathway: ResolvedPathway, states: frozenset[str]) -> Condition | None:
    """Return what holds for those who had all that happens at one of some states before they came."""
    parts: list[Condition] = []
    for name in sorted(states):
        does = pathway.states[name].does
        had: list[Condition] = [Compare(f"{each}.status", "!=", Word("never")) for each in does]
        if had:
            parts.append(had[0] if len(had) == 1 else And(tuple(had)))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _reading(pathway: ResolvedPathway, finding: str) -> frozenset[str]:
    return frozenset(
        way.source
        for way in pathway.ways
        if finding in findings_in(way.transition.when, pathway.scope)
    )


def _assessing(pathway: ResolvedPathway, finding: str) -> frozenset[str]:
    return frozenset(
        name
        for name, state in pathway.states.items()
        if finding in {*state.yields, *state.reassess, *state.sets}
    )


def conditions_by_state(
    pathway: ResolvedPathway, rules: Iterable[Operands]
) -> Mapping[str, tuple[Condition, ...]]:
    """Return the conditions that rules ask about at each state, besides those that move patients.

    Args:
        pathway: The pathway.
        rules: Its rules, taken apart.
    """
    # What is asked at no state is still a condition that somebody may ask about.
    found: dict[str, dict[Condition, None]] = {"": {}}
    for each in rules:
        if each.condition is not None:
            found[""][each.condition] = None
        for name in _asked_at(pathway, each):
            if each.condition is not None:
                found.setdefault(name, {})[each.condition] = None
        if each.brought is not None:
            found.setdefault(pathway.start, {})[each.brought] = None
    return {name: tuple(conditions) for name, conditions in found.items()}


def _asked_at(pathway: ResolvedPathway, each: Operands) -> Iterable[str]:
    if each.form in ("condition", "within"):
        return each.looked_at
    if each.form not in ("unless", "while"):
        return ()
    before = {pathway.start} & each.first
    names = [
        each.net.names[at]
        for at, following in each.net.after.items()
        if any(each.net.names[to] in each.first for to in following)
    ]
    return [name for name in pathway.states if name in before or name in names]
