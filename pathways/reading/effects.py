"""What states may do to findings, what findings are computed from, and which values they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways.conditions.scope import FindingShape
from pathways.model.findings import DERIVED_INPUTS, TIME_SCALES, Derived
from pathways.model.states import State
from pathways.reading.marks import Path
from pathways.reading.values import value_problem

Fault = tuple[Path, str, str, str]
"""Path, code, message, hint."""

HISTORY = "history"
"""Kind of the findings that the history of a treatment or test gives, such as ``mri.status``."""

_TAKES: Mapping[str, tuple[str, ...]] = {
    "yields": ("result",),
    "reassess": ("status", "watch", HISTORY),
    "restarts": ("time",),
    "adds": ("count",),
    "sets": ("status", "watch", "result", "count", "time", HISTORY),
}
"""The kinds of findings that each key of a state may change."""


def kind_faults(
    state: State, path: Path, kinds: Mapping[str, str], shapes: Mapping[str, FindingShape]
) -> Iterator[Fault]:
    """Yield what a state changes although findings of that kind do not change so.

    Args:
        state: The state.
        path: Its path in the file.
        kinds: Kind of each finding that a file declares.
        shapes: Every finding there is; one with a dot in its name comes from a history.
    """
    for key, fitting in _TAKES.items():
        for index, name in enumerate(getattr(state, key)):
            kind = HISTORY if "." in name else kinds.get(name)
            if name not in shapes or kind is None or kind in fitting:
                continue
            if key == "adds" and shapes[name].type != "number":
                continue
            at = (*path, key, name, "<key>") if key in ("sets", "adds") else (*path, key, index)
            said = (
                "comes from the history of a treatment or test"
                if kind == HISTORY
                else f"is of kind {kind}"
            )
            message = f"'{name}' {said}, but '{key}' takes only {_words(fitting)}"
            yield at, "wrong-kind", message, _instead(kind)


def _words(kinds: Sequence[str]) -> str:
    *most, last = [f"kind {kinds[0]}", *kinds[1:]]
    if last == HISTORY:
        last = "a finding of the history"
    return f"{', '.join(most)} or {last}" if most else last


def _instead(kind: str) -> str:
    """Return which keys fit a finding."""
    keys = [key for key, fitting in _TAKES.items() if kind in fitting]
    return f"use {' or '.join(map(repr, keys))}" if keys else f"a {kind} never changes"


def set_faults(
    state: State, path: Path, computed: Mapping[str, object], shapes: Mapping[str, FindingShape]
) -> Iterator[Fault]:
    """Yield values that a state cannot set a finding to.

    Args:
        state: The state.
        path: Its path in the file.
        computed: The derived findings.
        shapes: Every finding there is.
    """
    for name, values in state.sets.items():
        at = (*path, "sets", name)
        if name in computed:
            message = f"'{name}' is computed from other findings, so no state sets it"
            yield (*at, "<key>"), "wrong-kind", message, "set what it is computed from"
        elif not values:
            message = f"'{name}' is set to no value"
            yield at, "bad-value", message, "give a value it can have, such as none"
        elif name in shapes:
            yield from value_faults(values, at, shapes[name])


def value_faults(values: Sequence[str], path: Path, shape: FindingShape) -> Iterator[Fault]:
    """Yield what is wrong with the values of a finding.

    Args:
        values: The values as written.
        path: Where they stand.
        shape: The finding.
    """
    for index, value in enumerate(values):
        message = value_problem(value, shape)
        if message:
            yield (*path, index), "bad-value", message, "give a value it can have"
    if len(values) < 2:
        return
    if shape.type != "several_of":
        message = f"'{shape.name}' has one value at a time, not {len(values)}"
        yield path, "bad-value", message, "give one of them"
    elif len(set(values)) < len(values):
        yield path, "bad-value", f"'{shape.name}' has a value twice", "give each once"
    elif "none" in values:
        message = f"'{shape.name}' cannot be none and something else"
        yield path, "bad-value", message, "give 'none' alone, or leave it out"


def input_faults(
    name: str, derived: Derived, path: Path, shapes: Mapping[str, FindingShape]
) -> Iterator[Fault]:
    """Yield inputs of a derived finding that its function cannot work with.

    Args:
        name: The derived finding.
        derived: How it is computed.
        path: Where that stands.
        shapes: Every finding there is.
    """
    known = [shapes[each] for each in derived.of if each in shapes]
    for index, each in enumerate(derived.of):
        if each in shapes and shapes[each].type != "number":
            message = f"'{each}' is {shapes[each].type}, but {derived.function} needs numbers"
            yield (*path, "of", index), "finding-type", message, "compute it from numbers"
    if len(known) != len(DERIVED_INPUTS[derived.function]) or len(known) != len(derived.of):
        return
    if any(each.type != "number" for each in known):
        return
    message = _unit_fault(derived, [each.unit for each in known])
    if message:
        hint = "use findings with units that fit"
        yield (*path, "of"), "finding-type", f"'{name}' cannot be computed: {message}", hint


def _unit_fault(derived: Derived, units: Sequence[str | None]) -> str:
    """Return why the units of the inputs do not fit the function; empty when they do."""
    shown = " and ".join(unit or "no unit" for unit in units)
    if derived.function == "bmi":
        fits = units[0] == "kg" and units[1] in ("m", "cm")
        return "" if fits else f"bmi needs kg and m, or kg and cm, not {shown}"
    if units[0] != units[1]:
        return f"{derived.function} needs two findings of one unit, not {shown}"
    if derived.function in ("weeks_between", "years_between") and units[0] not in TIME_SCALES:
        return f"{derived.function} needs a unit of time ({', '.join(TIME_SCALES)}), not {units[0]}"
    return ""
