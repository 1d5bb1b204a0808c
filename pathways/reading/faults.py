"""What pydantic found wrong in a record, in words of the file: what, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pathways.errors import Problem, did_you_mean
from pathways.model.findings import MOST_ADDED
from pathways.model.words import PATTERN_HINTS
from pathways.reading.fields import field_at, fields_at
from pathways.reading.marks import Marked, Path, words_of

Fault = dict[str, Any]
"""One entry of ``ValidationError.errors()``."""

_SHAPES = {
    "dict_type": ("keys with values", "write 'name: value' lines"),
    "model_type": ("keys with values", "write 'name: value' lines"),
    "model_attributes_type": ("keys with values", "write 'name: value' lines"),
    "tuple_type": ("a list", "write it as [a, b], or as lines that begin with '- '"),
    "list_type": ("a list", "write it as [a, b], or as lines that begin with '- '"),
    "string_type": ("a text", "write the text behind the colon"),
    "count": (f"a whole number from 1 to {MOST_ADDED:,}", "write how much the count goes up"),
    "number": ("a number", "write a plain number such as 12 or 0.5"),
    "bool_type": ("true or false", "write one of them"),
    "bool_parsing": ("true or false", "write one of them"),
    "model_type of Text": ("a text", "write the text behind the colon"),
    "model_type of DefinitionRecord": ("a condition", "write a text such as pain_now >= 5"),
    "model_type of Include": ("the name of a pathway", "write a name such as safety"),
    "model_type of Offer": ("the name of a treatment", "write a name such as heat"),
    "condition-type": ("a condition", "write a text such as pain_now >= 5"),
}
"""What is needed, and how to write it, by the type of a fault."""

_SHORT = ("Text", "DefinitionRecord", "Include", "Offer")
"""Records that have a short form, which is the one to speak of."""


def expected_words(fault: Fault) -> list[str]:
    """Return the words that could stand where a wrong one stands; nothing for other faults.

    Args:
        fault: An entry of ``ValidationError.errors()``.
    """
    if fault["type"] != "literal_error":
        return []
    return re.findall(r"'([^']*)'", fault["ctx"].get("expected", ""))


def problems_of(
    fault: Fault, path: Path, marked: Marked, model: type[BaseModel]
) -> Iterator[Problem]:
    """Turn one fault of pydantic into problems of ours.

    Args:
        fault: An entry of ``ValidationError.errors()``.
        path: Its path in the file.
        marked: The file.
        model: Record of the whole file.
    """
    kind: str = fault["type"]
    context: dict[str, Any] = fault.get("ctx") or {}
    real = marked.existing(path)
    where = words_of(real)
    if kind == "extra_forbidden":
        hint = _comma_hint(fault) or did_you_mean(str(path[-1]), fields_at(model, path[:-1]))
        message = f"unknown key {_shown(path[-1])}"
        yield Problem("unknown-key", message, hint, where, marked.place(real, key=True))
    elif kind == "missing" and isinstance(path[-1], int):
        message = f"{_subject(real, on_key=False)} needs more entries"
        yield Problem(
            "bad-length", message, f"write at least {path[-1] + 1}", where, marked.place(real)
        )
    elif kind == "missing":
        owner = words_of(path[:-1]) or "the file"
        yield Problem(
            "missing-key",
            f"{owner} has no '{path[-1]}'",
            _add_hint(model, path),
            where,
            marked.place(real, key=True),
        )
    elif kind == "condition":
        place = marked.place_inside(path, context["line"], context["column"])
        yield Problem(context["code"], context["message"], context["hint"], where, place)
    elif kind == "faults":
        for each, key in context["faults"]:
            what, _, hint = each.partition("; ")
            at = marked.existing((*path, key)) if key else real
            yield Problem(context["code"], what, hint, words_of(at), marked.place(at, key=True))
    else:
        on_key = path[-1:] == ("[key]",)
        message, hint, code = _describe(kind, fault, context, _subject(real, on_key=on_key))
        on_key = on_key or code == "empty-value"
        yield Problem(code, message, hint, where, marked.place(real, key=on_key))


def _add_hint(model: type[BaseModel], path: Path) -> str:
    field = field_at(model, path)
    described = f" ({field.description.rstrip('.')})" if field and field.description else ""
    return f"add '{path[-1]}: ...'{described}"


def _comma_hint(fault: Fault) -> str:
    """In ``{to: a, when: at_least(2, b, c)}`` the commas make keys of ``b`` and ``c)``."""
    key = str(fault["loc"][-1])
    if any(sign in key for sign in "()[]<>=, "):
        return "put a condition that contains a comma in quotes"
    return "put a text that contains a comma in quotes" if fault["input"] is None else ""


def _subject(path: Path, *, on_key: bool) -> str:
    """Return what a message speaks of: a key, an item of a list, or the whole file."""
    if not path or on_key:
        return "the file" if not path else "the key"
    if isinstance(path[-1], int):
        owner = next((f" of '{part}'" for part in reversed(path) if isinstance(part, str)), "")
        return f"item {path[-1] + 1}{owner}"
    return f"'{path[-1]}'"


def _describe(
    kind: str, fault: Fault, context: dict[str, Any], subject: str
) -> tuple[str, str, str]:
    """Return message, hint and code of a fault in a value."""
    given = fault.get("input")
    value = _shown(given)
    kind = f"{kind} of {context['class_name']}" if context.get("class_name") in _SHORT else kind
    if given is None:
        return f"{subject} is empty", "write a value, or remove the key", "empty-value"
    if kind in _SHAPES:
        needed, hint = _SHAPES[kind]
        return f"{subject} needs {needed}, not {value}", hint, "wrong-shape"
    if kind == "literal_error":
        words = expected_words(fault)
        hint = did_you_mean(str(given), words) or f"known: {', '.join(map(repr, sorted(words)))}"
        return f"{subject} cannot be {value}", hint, "unknown-word"
    if kind == "string_pattern_mismatch":
        noun, hint = PATTERN_HINTS[context["pattern"]]
        return f"{value} is not {noun}", hint, "bad-name" if "name" in noun else "bad-value"
    if kind in _LENGTHS:
        return _length(kind, subject, given, context)
    if kind == "character":
        return f"{subject} {fault['msg']}", "remove it", "control-character"
    return f"{subject} cannot be {value}: {fault['msg']}", "", "bad-value"


_LENGTHS = ("string_too_long", "string_too_short", "too_short", "too_long")


def _length(kind: str, subject: str, given: Any, context: dict[str, Any]) -> tuple[str, str, str]:
    """Return message, hint and code of what is too long or too short."""
    size = context.get("actual_length") or len(given)
    one, more = ("character", "characters") if isinstance(given, str) else ("entry", "entries")
    if kind.endswith("short") and not given:
        return f"{subject} is empty", "write a value, or remove the key", "empty-value"
    if kind.endswith("short"):
        limit = f"it needs at least {context['min_length']}"
    else:
        limit = f"at most {context['max_length']} are possible"
    return f"{subject} has {size:,} {one if size == 1 else more}", limit, "bad-length"


def _shown(value: Any) -> str:
    """Return a value as it can be shown in one line."""
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = " ".join(str(value).split())
    return f"'{text[:60]}...'" if len(text) > 60 else f"'{text}'"
