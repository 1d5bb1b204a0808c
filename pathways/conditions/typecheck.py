"""Whether a condition fits its findings: names, types, values, units, ranges. All faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import assert_never

from pathways.conditions.nodes import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    Compare,
    Condition,
    CountNow,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Or,
    Otherwise,
    Span,
    Word,
)
from pathways.conditions.quantities import plain_number, same_unit, with_unit
from pathways.conditions.scope import FindingShape, Scope, TreatmentClassShape
from pathways.conditions.suggestions import (
    corrected,
    for_empty_chain,
    for_unknown_finding,
    kind_words,
)
from pathways.conditions.tokens import KNOWING, clipped, place_at
from pathways.conditions.values import on_step, range_words, within_range
from pathways.conditions.walk import nodes
from pathways.errors import Problem, did_you_mean, nearest

YES_NO = ("yes", "no")
_KNOWING_WORDS = frozenset({"known", "unknown", "missing", "absent", "null", "none", "asked"})


def check(condition: Condition, scope: Scope, text: str = "") -> list[Problem]:
    """Check a condition against the findings, definitions and classes it may name.

    Args:
        condition: Any condition.
        scope: What it may name. What stands behind a definition is not looked at: check each
            definition by itself, and all together with :func:`check_definitions`.
        text: The text the condition was read from. It is needed only to tell lines apart; without
            it every place is on line 1, and its column counts from the start of the text.

    Returns:
        Every fault, in the order of the text; nothing when the condition fits. Each has the place
        of the very word at fault, without a file. Codes: ``unknown-finding``, ``unknown-value``,
        ``unknown-class``, ``type-mismatch``, ``wrong-unit``, ``constant-out-of-range``,
        ``constant-off-step``, ``comparing-two-findings``, ``at-least-count``, and
        ``condition-syntax`` for a chain between whose ends no number lies.

    Example:
        >>> from pathways.conditions import FindingShape, parse
        >>> scope = Scope({"weeks": FindingShape("weeks", "number", unit="weeks")})
        >>> problem = check(parse("wekks > 12 or weeks > 3 days"), scope)[0]
        >>> problem.message, problem.hint, problem.place.column
        ("no finding or definition 'wekks'", "did you mean 'weeks'?", 1)
    """
    checker = _Checker(scope)
    found: list[tuple[int, Problem]] = []
    for node in nodes(condition):
        for span, problem in checker.faults(node):
            place = place_at(text or " " * span.start, span.start) if span else None
            found.append((span.start if span else 0, problem.at(place)))
    return [problem for _, problem in sorted(found, key=lambda each: each[0])]


_Fault = tuple[Span | None, Problem]


class _Checker:
    """One method for each kind of node; each yields its faults with the span of the word."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def faults(self, node: Condition) -> Iterator[_Fault]:
        match node:
            case Named():
                yield from self.named(node)
            case Compare():
                yield from self.compare(node)
            case Between():
                yield from self.between(node)
            case OneOf():
                yield from self.one_of(node)
            case Has():
                yield from self.has(node)
            case AnyOfClass():
                wanted = ("now", "stopped") if node.status == "tried" else (node.status,)
                yield from self.members(node.treatment_class, wanted, node.span)
            case CountNow():
                yield from self.count_now(node)
            case AtLeast():
                yield from self.at_least(node)
            case Not() | And() | Or() | Always() | Otherwise():
                pass
            case _:
                assert_never(node)

    def named(self, node: Named) -> Iterator[_Fault]:
        if node.name in self.scope.definitions:
            return
        shape = self.scope.findings.get(node.name)
        if shape is None:
            yield node.span, self.unknown_finding(node.name)
        elif shape.type != "yes_no":
            message = f"'{node.name}' is {kind_words(shape)}; alone it says nothing"
            yield node.span, Problem("type-mismatch", message, corrected(shape, node))

    def compare(self, node: Compare) -> Iterator[_Fault]:
        shape = self.scope.findings.get(node.finding)
        constant = node.constant
        if shape is None:
            yield node.span, self.unknown_left(node.finding)
        elif isinstance(constant, Word) and self.other_kind(constant.name, shape):
            kind = self.other_kind(constant.name, shape)
            message = f"'{constant.name}' is a {kind}, not a value of '{node.finding}'"
            hint = "compare one finding with a constant; declare a derived finding for both"
            yield constant.span, Problem("comparing-two-findings", message, hint)
        elif shape.type == "number":
            yield from self.number(constant, shape, node)
        elif shape.type == "several_of":
            message = f"'{node.finding}' may have several values; {node.operator} is not for it"
            yield node.span, Problem("type-mismatch", message, corrected(shape, node))
        elif node.operator not in ("==", "!="):
            message = f"'{node.finding}' is {kind_words(shape)}; {node.operator} is for numbers"
            yield node.span, Problem("type-mismatch", message, corrected(shape, node))
        else:
            yield from self.word(constant, shape, node)

    def between(self, node: Between) -> Iterator[_Fault]:
        shape = self.scope.findings.get(node.finding)
        if shape is None:
            yield node.span, self.unknown_left(node.finding)
        elif shape.type != "number":
            message = f"'{node.finding}' is {kind_words(shape)}; < and > are for numbers"
            yield node.span, Problem("type-mismatch", message, corrected(shape, node))
        else:
            faults = [
                *self.number(node.low, shape, node),
                *self.number(node.high, shape, node),
            ]
            yield from faults
            if not faults:
                yield from _emptiness(node)

    def one_of(self, node: OneOf) -> Iterator[_Fault]:
        shape = self.scope.findings.get(node.finding)
        if shape is None:
            yield node.span, self.unknown_left(node.finding)
        elif shape.type != "one_of":
            message = f"'{node.finding}' is {kind_words(shape)}; 'in' is for one of a list"
            yield node.span, Problem("type-mismatch", message, corrected(shape, node))
        else:
            for word in node.words:
                yield from self.word(word, shape, node)

    def has(self, node: Has) -> Iterator[_Fault]:
        shape = self.scope.findings.get(node.finding)
        if shape is None:
            yield node.span, self.unknown_left(node.finding)
        elif shape.type != "several_of":
            message = f"'{node.finding}' is {kind_words(shape)}; 'has' is for several of a list"
            yield node.span, Problem("type-mismatch", message, corrected(shape, node))
        else:
            yield from self.word(node.word, shape, node)

    def count_now(self, node: CountNow) -> Iterator[_Fault]:
        yield from self.members(node.treatment_class, ("now",), node.span)
        shape = self.scope.classes.get(node.treatment_class)
        if shape is not None and not 0 <= node.number <= len(shape.members):
            message = (
                f"count_now({node.treatment_class}) is compared with {node.number},"
                f" but the class has {_treatments(shape)}"
            )
            hint = f"compare with a number from 0 to {len(shape.members)}"
            yield node.span, Problem("constant-out-of-range", message, hint)

    def at_least(self, node: AtLeast) -> Iterator[_Fault]:
        if not 1 <= node.number <= len(node.parts):
            message = f"at_least({node.number}, ...) is given {len(node.parts)} conditions"
            hint = f"ask for a number from 1 to {len(node.parts)}"
            yield node.span, Problem("at-least-count", message, hint)

    def members(self, name: str, wanted: Iterable[str], span: Span | None) -> Iterator[_Fault]:
        """Yield what is wrong with a class, and with the status of each of its treatments."""
        shape = self.scope.classes.get(name)
        if shape is None:
            hint = did_you_mean(name, self.scope.classes)
            yield span, Problem("unknown-class", f"no treatment class '{name}'", hint)
            return
        if not shape.members:
            yield span, Problem("unknown-class", f"treatment class '{name}' has no treatments")
        for member in shape.members:
            status = self.scope.findings.get(f"{member}.status")
            options = status.options if status else ()
            for word in wanted:
                if word not in options:
                    message = f"treatment class '{name}' has '{member}', which has no status {word}"
                    yield (
                        span,
                        Problem("unknown-value", message, f"take '{member}' out of the class"),
                    )
                    break

    def number(
        self, constant: Number | Word, shape: FindingShape, node: Condition
    ) -> Iterator[_Fault]:
        if isinstance(constant, Word):
            message = (
                f"'{shape.name}' is {kind_words(shape)}; '{clipped(constant.name)}' is not a number"
            )
            hint = KNOWING if constant.name in _KNOWING_WORDS else corrected(shape, node)
            yield constant.span, Problem("type-mismatch", message, hint)
            return
        written = with_unit(constant.value, constant.unit)
        if constant.unit is not None and not same_unit(constant.unit, shape.unit):
            yield constant.span, self.wrong_unit(constant.unit, shape)
        elif not within_range(shape, constant.value):
            message = f"{written} is outside the range of '{shape.name}'"
            in_unit = f" {shape.unit}" if shape.unit else ""
            yield (
                constant.span,
                Problem(
                    "constant-out-of-range", message, f"its range is {range_words(shape)}{in_unit}"
                ),
            )
        elif not on_step(shape, constant.value):
            message = f"{written} is not a value '{shape.name}' can have"
            yield (
                constant.span,
                Problem("constant-off-step", message, _steps(constant.value, shape)),
            )

    def wrong_unit(self, unit: str, shape: FindingShape) -> Problem:
        if unit in self.scope.findings or unit in self.scope.definitions:
            message = f"'{unit}' after a number is a unit"
            return Problem("wrong-unit", message, f"write 'and' or 'or' before '{unit}'")
        if shape.unit is None:
            message = f"'{shape.name}' is a number without unit, not in {clipped(unit)}"
            return Problem("wrong-unit", message, "write the number alone")
        message = f"'{shape.name}' is in {shape.unit}, not in {clipped(unit)}"
        return Problem("wrong-unit", message, f"convert the number to {shape.unit}")

    def word(
        self, constant: Number | Word, shape: FindingShape, node: Condition
    ) -> Iterator[_Fault]:
        options = YES_NO if shape.type == "yes_no" else shape.options
        if isinstance(constant, Number):
            written = with_unit(constant.value, constant.unit)
            message = f"'{shape.name}' is {kind_words(shape)}; {written} is not one of its values"
            yield constant.span, Problem("type-mismatch", message, corrected(shape, node))
        elif constant.name not in options:
            message = f"'{shape.name}' has no value '{clipped(constant.name)}'"
            listed = f"its values: {', '.join(options)}"
            hint = (
                did_you_mean(constant.name, options) if nearest(constant.name, options) else listed
            )
            if constant.name in _KNOWING_WORDS:
                hint = f"{KNOWING}; {listed}"
            yield constant.span, Problem("unknown-value", message, hint)

    def other_kind(self, word: str, shape: FindingShape) -> str:
        """Return what a word is that stands as a value and is none; empty if nothing known."""
        if word in shape.options:
            return ""
        if word in self.scope.findings:
            return "finding"
        return "definition" if word in self.scope.definitions else ""

    def unknown_left(self, name: str) -> Problem:
        """Return the problem of a name that is compared and is no finding."""
        if name in self.scope.definitions:
            message = f"'{name}' is a definition; it is not compared with anything"
            return Problem("type-mismatch", message, f"write {name} or not {name}")
        return self.unknown_finding(name)

    def unknown_finding(self, name: str) -> Problem:
        message = f"no finding or definition '{clipped(name)}'"
        return Problem("unknown-finding", message, for_unknown_finding(name, self.scope))


def _emptiness(node: Between) -> Iterator[_Fault]:
    """Yield the fault of a chain that no number satisfies; its numbers fit, so they have one unit.

    The parser has refused those whose numbers are written with the same unit.
    """
    closed = not (node.low_open or node.high_open)
    fault = for_empty_chain(node.finding, node.low.value, node.high.value, closed=closed)
    if fault:
        yield node.span, Problem("condition-syntax", *fault)


def _steps(value: Decimal, shape: FindingShape) -> str:
    """Return the two values on the grid next to a value that is off it."""
    step = shape.step or Decimal(1)
    below = value - (value - (shape.low or Decimal(0))) % step
    if below > value:
        below -= step
    pair = [number for number in (below, below + step) if within_range(shape, number)]
    nearby = " or ".join([plain_number(number) for number in pair])
    return f"it goes in steps of {plain_number(step)}: write {nearby}"


def _treatments(shape: TreatmentClassShape) -> str:
    count = len(shape.members)
    return f"{count} treatment{'' if count == 1 else 's'}"
