"""Stepping on fully known data, fast: one Python function for each state, made from our own tree.

This is the one file that makes Python code. It is made by one ``match`` over the nodes of conditions,
an allow-list that ends in ``assert_never``. The code holds our own words, operators from a table, and
numbers that count positions; never a name, a value or a text of a file. A finding is a position in a
tuple (``v[3]``), or a bit of the first number in it, ``b``, which holds every answer that is yes or no; so a long list of
warning signs is asked at once. A constant or a way is a name that we count (``k0``, ``w1``) and that is
handed to the code beside it. The code sees no builtins.

>>> from pathways.reading.load import load
>>> print(Stepper(load("medicines")).source.splitlines()[0])
def s0(v):
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from pathways.conditions import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    Compare,
    Condition,
    CountNow,
    Has,
    KnownValue,
    Named,
    Not,
    Number,
    OneOf,
    Operator,
    Or,
    Otherwise,
    Scope,
    Value,
    Word,
    expand,
    read_value,
)
from pathways.errors import ConditionError, Problem, UnknownNameError
from pathways.graph.steps import interrupt_ways
from pathways.model.pathway import ResolvedPathway

Prepared = tuple[int | str | Decimal, ...]
"""The values of one patient as a stepper reads them: all yes/no answers as bits of the first number,
then words and numbers. See :meth:`Stepper.prepare`."""

Names = tuple[str, ...]
Function = Callable[[Prepared], Names]

_Answer = tuple[tuple[str, str], bool]
"""A yes/no finding, or a value of a several-of finding, and whether it must be yes."""

MOST_STATES = 1000
"""A walk ends after so many states, unless told otherwise."""

_SIGNS: dict[Operator, str] = {
    "==": "==",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
}


class Stepper:
    """Moves patients of whom everything is known through one pathway.

    Interrupts come first, emergency before urgent: not inside their own target and its work-up, and
    not once what ``until`` says holds. Then ``choose: one`` and ``first`` give the first way that is
    open, ``any`` gives all that are.

    Args:
        pathway: A pathway that was read without errors.

    Raises:
        ConditionError: A definition goes round in a circle or grows out of hand.

    Example:
        >>> from pathways.reading.load import load
        >>> pathway = load("safety")
        >>> stepper = Stepper(pathway)
        >>> values = dict.fromkeys(stepper.findings, False)
        >>> values |= {"scope_age": 50, "rf_infection_risk": {"none"}, "work_up_result": "serious_cause"}
        >>> values["emergency_mri.status"] = "never"
        >>> stepper.next(pathway.start, stepper.prepare(values | {"rf_saddle_numb": True}))
        ('emergency_care',)
    """

    def __init__(self, pathway: ResolvedPathway) -> None:
        self.pathway = pathway
        writer = _Writer(pathway.scope)
        ways: list[tuple[str, str]] = []
        lines: list[str] = []
        for number, (name, indexes) in enumerate(_interrupts(pathway).items()):
            lines.extend(_function(pathway, name, number, indexes, writer, ways))
        self.source = "\n".join([*lines, ""])
        """The code that was made, to look at."""
        self._flags = tuple(writer.flags)
        self._slots = tuple(writer.slots)
        self._keys = self._functions(writer.constants, [key for key, _ in ways])
        self._targets = self._functions(writer.constants, [target for _, target in ways])

    def _functions(self, constants: Sequence[object], ways: Sequence[str]) -> dict[str, Function]:
        """Return the functions of the states; what they return of a way is given."""
        namespace: dict[str, object] = {"__builtins__": {}, "none": ()}
        namespace |= {f"k{n}": constant for n, constant in enumerate(constants)}
        namespace |= {f"w{n}": (way,) for n, way in enumerate(ways)}
        # Nothing in this text comes from a file; the module says how that is so.
        exec(compile(self.source, "<steps>", "exec"), namespace)  # noqa: S102
        return {name: namespace[f"s{n}"] for n, name in enumerate(self.pathway.states)}  # type: ignore[misc]

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that must be known, sorted."""
        return tuple(sorted({*self._slots, *(name for name, _ in self._flags)}))

    def prepare(self, values: Mapping[str, Value]) -> Prepared:
        """Check the values of one patient and bring them into the form that steps read.

        Args:
            values: A value for each of ``findings``, in any form that
                :func:`pathways.conditions.read_value` takes; others are not looked at.

        Returns:
            The values, for this stepper only.

        Raises:
            ConditionError: ``missing-value`` for each finding without a value (of a several-of
                finding: for each value of which it is not known), ``wrong-value`` for wrong ones.

        Example:
            >>> from pathways.reading.load import load
            >>> Stepper(load("medicines")).prepare({})
            Traceback (most recent call last):
            ...
            pathways.errors.ConditionError: ...
        """
        problems: list[Problem] = []
        known: dict[str, KnownValue] = {}
        for name in self.findings:
            if name in values:
                try:
                    known[name] = read_value(self.pathway.scope.findings[name], values[name])
                except ConditionError as error:
                    problems += error.problems
        bits = 0
        for bit, (name, option) in enumerate(self._flags):
            answer = known.get(name)
            # A several-of finding holds one answer for each of its values.
            told = answer.get(option) if isinstance(answer, Mapping) else answer
            if told is None and (name in known or name not in values):
                problems.append(_missing(name, option))
            bits |= bool(told) << bit
        problems += [_missing(name) for name in self._slots if name not in values]
        if problems:
            raise ConditionError(sorted(problems, key=lambda each: (each.where, each.message)))
        return (bits, *[_scalar(known[name]) for name in self._slots])

    def step(self, state: str, values: Prepared) -> Names:
        """Return the ways that are open at a state.

        Args:
            state: Name of a state.
            values: What :meth:`prepare` returned.

        Returns:
            Keys of ways such as ``review/0``, or ``interrupt/0`` alone (the position of an
            interrupt in ``pathway.interrupts``). Nothing at an end, and where no way is open.

        Raises:
            UnknownNameError: No state has that name.
        """
        try:
            function = self._keys[state]
        except KeyError:
            raise UnknownNameError("state", state, self._keys) from None
        return function(values)

    def next(self, state: str, values: Prepared) -> Names:
        """Return the states that the open ways lead to; as :meth:`step`.

        Args:
            state: Name of a state.
            values: What :meth:`prepare` returned.

        Raises:
            UnknownNameError: No state has that name.
        """
        try:
            function = self._targets[state]
        except KeyError:
            raise UnknownNameError("state", state, self._targets) from None
        return function(values)

    def walk(self, values: Prepared, start: str | None = None, most: int = MOST_STATES) -> Names:
        """Return the states a patient comes through whose values do not change on the way.

        Args:
            values: What :meth:`prepare` returned.
            start: Name of the state to begin at; None: where everyone begins.
            most: Most states to visit, from 1; whoever goes round stops there.

        Returns:
            The states, the first one included. Where several ways are open the first is taken.

        Raises:
            UnknownNameError: No state has the name of the start.
        """
        functions = self._targets
        state = self.pathway.start if start is None else start
        if state not in functions:
            raise UnknownNameError("state", state, functions)
        visited = [state]
        for _ in range(most - 1):
            following = functions[state](values)
            if not following:
                break
            state = following[0]
            visited.append(state)
        return tuple(visited)


def _scalar(value: KnownValue) -> str | Decimal:
    assert isinstance(value, (str, Decimal))
    return value


def _missing(name: str, option: str = "") -> Problem:
    about = (
        f"{name}: of {option!r} it is not known whether it is yes"
        if option
        else f"{name}: no value"
    )
    hint = "steps are for patients of whom everything is known; give a value, or place the record"
    return Problem("missing-value", about, hint, where=name)


def _function(
    pathway: ResolvedPathway,
    name: str,
    number: int,
    interrupts: list[int],
    writer: _Writer,
    ways: list[tuple[str, str]],
) -> Iterator[str]:
    """Yield the lines of the function of one state; its ways are added to those so far."""
    yield f"def s{number}(v):"
    yield "    b = v[0]"
    state = pathway.states[name]
    for index in interrupts:
        interrupt = pathway.interrupts[index]
        yield f"    if {writer.text(interrupt.when)}:"
        if interrupt.until is None:
            yield f"        return w{len(ways)}"
        else:
            yield f"        if not {writer.text(interrupt.until)}:"
            yield f"            return w{len(ways)}"
        ways.append((f"interrupt/{index}", interrupt.to))
    parts: list[str] = []
    for way in pathway.ways_from(name):
        condition = writer.text(way.transition.when)
        if state.choose == "any":
            parts.append(f"(w{len(ways)} if {condition} else none)")
        else:
            yield f"    if {condition}:"
            yield f"        return w{len(ways)}"
        ways.append((way.key, way.target))
    yield f"    return {' + '.join(parts) or 'none'}"


def _interrupts(pathway: ResolvedPathway) -> dict[str, list[int]]:
    """Return the positions of the interrupts that are open in each state, by name of state."""
    found: dict[str, list[int]] = {name: [] for name in pathway.states}
    for name, index in interrupt_ways(pathway):
        found[name].append(index)
    return found


class _Writer:
    """Writes conditions as Python; counts the findings and constants they need.

    Every text stands in parentheses, so that texts can be put together anyhow; it is true in the sense
    of Python, as a number other than 0 is.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.flags: dict[tuple[str, str], int] = {}
        """Yes/no findings, and values of several-of findings, with their bits of the first number."""
        self.slots: dict[str, int] = {}
        """All other findings with their positions; the first is 1."""
        self.constants: list[object] = []
        self._numbers: dict[object, int] = {}

    def text(self, condition: Condition) -> str:
        """Return a condition as Python.

        Raises:
            ConditionError: Its definitions go round in a circle or grow out of hand.
        """
        return self._text(expand(condition, self.scope, definitions=True))

    def _text(self, node: Condition) -> str:
        match node:
            case Always() | Otherwise():
                return "True"
            case Named() | Has() | Compare():
                answer = self._answer(node)
                return self._comparison(node) if answer is None else self._any_of([answer])[0]
            case Between(finding, low, high):
                left, right = "<" if node.low_open else "<=", "<" if node.high_open else "<="
                ends = self._constant(low.value), self._constant(high.value)
                return f"({ends[0]} {left} {self._slot(finding)} {right} {ends[1]})"
            case OneOf(finding, words):
                names = frozenset(word.name for word in words)
                return f"({self._slot(finding)} in {self._constant(names)})"
            case Not() | And() | Or() | AtLeast():
                return self._joined(node)
            case AnyOfClass() | CountNow():
                return self._text(expand(node, self.scope))
            case _:
                assert_never(node)

    def _joined(self, node: Not | And | Or | AtLeast) -> str:
        match node:
            case Not(part):
                return f"(not {self._text(part)})"
            case And(parts):
                answers, others = self._sorted_out(parts)
                # All of these hold: not any of the opposites does.
                opposite = self._any_of([(flag, not yes) for flag, yes in answers])
                denied = [f"(not {text})" for text in opposite]
                return f"({' and '.join([*denied, *map(self._text, others)])})"
            case Or(parts):
                answers, others = self._sorted_out(parts)
                return f"({' or '.join([*self._any_of(answers), *map(self._text, others)])})"
            case AtLeast(number, parts):
                # What is denied twice is True or False, which count as 1 and 0.
                count = " + ".join([f"(not not {self._text(part)})" for part in parts])
                return f"({count} >= {self._constant(number)})"
            case _:
                assert_never(node)

    def _sorted_out(self, parts: Sequence[Condition]) -> tuple[list[_Answer], list[Condition]]:
        """Return the parts that are an answer yes or no, and the others."""
        answers = [(self._answer(part), part) for part in parts]
        return (
            [answer for answer, _ in answers if answer is not None],
            [part for answer, part in answers if answer is None],
        )

    def _answer(self, node: Condition) -> _Answer | None:
        """Return which flag a condition asks for and whether it must be yes; None for all others."""
        match node:
            case Named(name):
                return (name, ""), True
            case Has(finding, word):
                return (finding, word.name), True
            case Compare(finding, sign, Word(name)) if self._is_yes_no(finding):
                return (finding, ""), (name == "yes") is (_SIGNS[sign] == "==")
            case Not(part):
                answer = self._answer(part)
                return answer and (answer[0], not answer[1])
            case _:
                return None

    def _is_yes_no(self, finding: str) -> bool:
        return self.scope.findings[finding].type == "yes_no"

    def _any_of(self, answers: Sequence[_Answer]) -> list[str]:
        """Return at most two texts; one of them holds where any of the answers is as asked."""
        masks = {True: 0, False: 0}
        for flag, yes in answers:
            masks[yes] |= 1 << self.flags.setdefault(flag, len(self.flags))
        texts = []
        if masks[True]:
            texts.append(f"(b & {self._constant(masks[True])})")
        if masks[False]:
            mask = self._constant(masks[False])
            texts.append(f"(b & {mask} != {mask})")
        return texts

    def _comparison(self, node: Named | Has | Compare) -> str:
        assert isinstance(node, Compare)
        slot, sign = self._slot(node.finding), _SIGNS[node.operator]
        match node.constant:
            case Number(value):
                return f"({slot} {sign} {self._constant(value)})"
            case Word(name):
                return f"({slot} {sign} {self._constant(name)})"
            case _:
                assert_never(node.constant)

    def _slot(self, finding: str) -> str:
        return f"v[{self.slots.setdefault(finding, len(self.slots) + 1)}]"

    def _constant(self, value: int | str | Decimal | frozenset[str]) -> str:
        key = (type(value), value)
        if key not in self._numbers:
            self._numbers[key] = len(self.constants)
            self.constants.append(value)
        return f"k{self._numbers[key]}"
