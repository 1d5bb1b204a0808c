"""What a record of the format may hold at a path: its keys and how each is declared."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pathways.reading.marks import Path


def fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that a record at a path may have, sorted.

    Args:
        model: Record of the whole file.
        path: Path of the record in it.
    """
    return sorted({name for each in _records_at(model, path) for name in each.model_fields})


def field_at(model: type[BaseModel], path: Path) -> FieldInfo | None:
    """Return how a key of a record is declared, or None where a path names no key.

    Args:
        model: Record of the whole file.
        path: Path of the key in it.
    """
    if not path:
        return None
    for record in _records_at(model, path[:-1]):
        if path[-1] in record.model_fields:
            return record.model_fields[str(path[-1])]
    return None


def _records_at(model: type[BaseModel], path: Path) -> Iterator[type[BaseModel]]:
    at: list[Any] = [model]
    for part in path:
        at = [inner for each in at for inner in _step(each, part)]
    for each in at:
        for member in _members(each):
            if isinstance(member, type) and issubclass(member, BaseModel):
                yield member


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
