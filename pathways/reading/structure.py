"""Plain data to records: every fault at once, each with its place and what to do.

A file with a wrong key in one state and a wrong name in another must report both, yet names can only
be looked up in a record that could be built. So faulty parts are taken out, one round after another,
until the rest can be built; the names of what was taken out stay known, so that nothing is reported
twice.
"""

from __future__ import annotations

import copy
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from pathways.errors import Problem, did_you_mean, nearest
from pathways.model.words import PATTERN_HINTS
from pathways.reading.marks import Marked, Path, words_of

MAX_ROUNDS = 12

_SHAPES = {
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "tuple_type": "a list",
    "list_type": "a list",
    "string_type": "a text",
    "int_type": "a whole number",
    "bool_type": "true or false",
}


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Built(Generic[Model]):
    """What could be built of a file, and everything that was wrong with it."""

    model: Model | None
    problems: tuple[Problem, ...]
    data: Any


def build(marked: Marked, model: type[Model]) -> Built[Model]:
    """Build a record from marked data.

    Args:
        marked: Data of one file.
        model: The record to build.

    Returns:
        The record without its faulty parts, or None when nothing could be kept; all the problems of
        its structure, in file order; the data as it was read.
    """
    data = copy.deepcopy(marked.data)
    taken = _Taken()
    problems: list[Problem] = list(marked.problems)
    for _ in range(MAX_ROUNDS):
        try:
            return Built(model.model_validate(data), _in_order(problems), marked.data)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        for fault in faults:
            path = taken.original(tuple(fault["loc"]))
            if not taken.explains(fault["type"], path):
                problems.extend(_problems_of(fault, path, marked, model))
        if not _take_out(data, faults, taken):
            break
    return Built(None, _in_order(problems), marked.data)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return problems in file order, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda each: (each.place is not None, each.place or 0, each.code)))


class _Taken:
    """Remembers what was taken out, so that positions still point at the file."""

    def __init__(self) -> None:
        self._items: dict[Path, list[int]] = {}
        self._keys: set[Path] = set()

    def take(self, path: Path) -> None:
        """Note that the part at a path of the file is gone."""
        if isinstance(path[-1], int):
            gone = self._items.setdefault(path[:-1], [])
            gone.append(path[-1])
            gone.sort()
        else:
            self._keys.add(path)

    def original(self, loc: Path) -> Path:
        """Return the path in the file of a location in what is left."""
        path: Path = ()
        for part in loc:
            if isinstance(part, int):
                for gone in self._items.get(path, ()):
                    if gone <= part:
                        part += 1  # noqa: PLW2901 - each gone item before it moves it by one
            path = (*path, part)
        return path

    def explains(self, kind: str, path: Path) -> bool:
        """Return whether a fault is there only because of what was taken out."""
        if kind == "missing":
            return path in self._keys
        return kind == "faults" and any(key[:-1] == path for key in self._keys)


def _take_out(data: Any, faults: list[Any], taken: _Taken) -> bool:
    """Remove the faulty parts, or put a value in that can stand there; return whether it did."""
    removed = False
    # Later list items first, so that earlier positions stay right within one round.
    for fault in sorted(faults, key=lambda each: _order(each["loc"]), reverse=True):
        removed = _mend(data, tuple(fault["loc"]), fault, taken) or removed
    return removed


def _order(loc: Path) -> tuple[tuple[bool, int, str], ...]:
    return tuple((isinstance(part, str), part if isinstance(part, int) else 0, str(part)) for part in loc)


def _mend(data: Any, loc: Path, fault: Any, taken: _Taken) -> bool:
    """Remove the deepest existing part on the way to a location, but not a part above it.

    A missing key has nothing to remove: then its whole record goes. A word that is none of a list of
    words becomes the nearest of them, so that the names in the same record are still looked at.
    """
    chain: list[tuple[Any, Any]] = []
    at = data
    for part in loc:
        found = (isinstance(at, dict) and part in at) or (
            isinstance(at, list) and isinstance(part, int) and part < len(at)
        )
        if not found:
            break
        chain.append((at, part))
        at = at[part]
    if not chain:
        return False
    parent, part = chain[-1]
    known = _expected(fault)
    if known:
        parent[part] = (nearest(str(fault["input"]), known) or known)[0]
        return True
    taken.take(taken.original(tuple(loc[: len(chain)])))
    del parent[part]
    return True


def _expected(fault: Any) -> list[str]:
    """Return the words that could stand where a wrong one stands."""
    if fault["type"] != "literal_error":
        return []
    return re.findall(r"'([^']*)'", fault["ctx"].get("expected", ""))


def _problems_of(fault: Any, path: Path, marked: Marked, model: type[BaseModel]) -> Iterator[Problem]:
    """Turn one fault of pydantic into problems of ours."""
    kind: str = fault["type"]
    context: dict[str, Any] = fault.get("ctx") or {}
    real = _existing(path, marked)
    where = words_of(real)
    if kind == "extra_forbidden":
        known = fields_at(model, path[:-1])
        hint = _comma_hint(str(path[-1])) or did_you_mean(str(path[-1]), known)
        yield Problem("unknown-key", f"unknown key '{path[-1]}'", hint, where, marked.place(real, key=True))
    elif kind == "missing":
        owner = words_of(path[:-1]) or "the file"
        yield Problem("missing-key", f"{owner} has no '{path[-1]}'", f"add '{path[-1]}: ...'", where,
                      marked.place(real, key=True))
    elif kind == "condition":
        place = marked.place_inside(path, context["line"], context["column"])
        yield Problem(context["code"], context["message"], context["hint"], where, place)
    elif kind == "faults":
        for each in context["faults"]:
            yield Problem(context["code"], each, "", where, marked.place(real, key=True))
    else:
        message, hint, code = _describe(kind, fault, context)
        key = path != real
        yield Problem(code, message, hint, where, marked.place(real, key=key))


def _existing(path: Path, marked: Marked) -> Path:
    while path and path not in marked.marks:
        path = path[:-1]
    return path


def _comma_hint(key: str) -> str:
    """A condition with a comma in a flow mapping falls apart into keys such as ``c)``."""
    if any(sign in key for sign in "()[]<>=, "):
        return "put a text that contains a comma in quotes"
    return ""


def _describe(kind: str, fault: Any, context: dict[str, Any]) -> tuple[str, str, str]:
    """Return message, hint and code of a fault in a value."""
    value = _shown(fault.get("input"))
    if kind in _SHAPES:
        return f"{_SHAPES[kind]} must stand here, not {value}", "", "wrong-shape"
    if kind == "literal_error":
        hint = did_you_mean(str(fault["input"]), _expected(fault))
        return f"{value} is not one of the words that can stand here", hint, "unknown-word"
    if kind == "string_pattern_mismatch":
        hint = PATTERN_HINTS.get(context.get("pattern", ""), "")
        return f"{value} cannot stand here", hint, "bad-name" if "such as" in hint else "bad-value"
    if kind in {"string_too_long", "string_too_short", "too_short", "too_long"}:
        return f"{value} is too {'long' if 'long' in kind else 'short'}", _length_hint(context), "bad-length"
    if kind.startswith(("int_", "bool_", "decimal_")) or kind == "number":
        return f"{value} is not a number that can stand here", "write a plain number such as 12", "not-a-number"
    if kind == "condition-syntax":
        return f"{fault['msg']}, not {value}", "", "condition-syntax"
    return f"{value} cannot stand here: {fault['msg']}", "", "bad-value"


def _length_hint(context: dict[str, Any]) -> str:
    low, high = context.get("min_length"), context.get("max_length")
    return f"at least {low}" if low else f"at most {high}" if high else ""


def _shown(value: Any) -> str:
    """Return a value as it can be shown in one line."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = str(value)
    return f"'{text[:60]}...'" if len(text) > 60 else f"'{text}'"


def fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that a record at a path may have.

    Args:
        model: Record of the whole file.
        path: Path of the record in it.
    """
    at: list[Any] = [model]
    for part in path:
        at = [inner for each in at for inner in _step(each, part)]
    return sorted({name for each in at for name in _fields(each)})


def _fields(annotation: Any) -> Iterator[str]:
    for each in _members(annotation):
        if isinstance(each, type) and issubclass(each, BaseModel):
            yield from each.model_fields


def _step(annotation: Any, part: str | int) -> Iterator[Any]:
    """Yield what can stand one step below an annotation."""
    for each in _members(annotation):
        origin, arguments = typing.get_origin(each), typing.get_args(each)
        if isinstance(each, type) and issubclass(each, BaseModel):
            if part in each.model_fields:
                yield each.model_fields[str(part)].annotation
        elif origin is dict:
            yield arguments[1]
        elif origin in (tuple, list):
            yield arguments[0]


def _members(annotation: Any) -> Iterator[Any]:
    """Yield the parts of a union, without ``None`` and without what is annotated on top."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _members(typing.get_args(annotation)[0])
    elif origin in (typing.Union, types.UnionType):
        for each in typing.get_args(annotation):
            yield from _members(each)
    else:
        yield annotation
