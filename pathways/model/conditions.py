"""Conditions as fields of a record: read from text, written back as text."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from pathways.conditions import Always, Condition, Otherwise, parse, unparse
from pathways.errors import ConditionError

MISPLACED_ELSE = "'else' has a meaning only as the last way on of a state"
IN_FULL = "write the condition in full"


def _read(value: Any) -> Any:
    """Turn text into a tree; a tree stays as it is."""
    if not isinstance(value, str):
        if isinstance(value, Condition):
            return value
        raise PydanticCustomError("condition-type", "a condition is a text such as 'pain_now >= 5'")
    try:
        return parse(value)
    except ConditionError as error:
        fault = error.problems[0]
        raise PydanticCustomError(
            "condition",
            "{message}",
            {
                "message": fault.message,
                "hint": fault.hint,
                "code": fault.code,
                "line": fault.place.line if fault.place else 1,
                "column": fault.place.column if fault.place else 1,
            },
        ) from None


def _read_closed(value: Any) -> Any:
    """Like :func:`_read`, but ``else`` has no meaning here."""
    condition = _read(value)
    if isinstance(condition, (Otherwise, Always)):
        raise PydanticCustomError(
            "condition",
            "{message}",
            {
                "message": MISPLACED_ELSE,
                "hint": IN_FULL,
                "code": "misplaced-else",
                "line": 1,
                "column": 1,
            },
        )
    return condition


class _ConditionSchema:
    """Tells pydantic how to read, write and describe a condition."""

    def __init__(self, *, allow_else: bool) -> None:
        self.allow_else = allow_else

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        reader = _read if self.allow_else else _read_closed
        return core_schema.no_info_plain_validator_function(
            reader,
            serialization=core_schema.plain_serializer_function_ser_schema(
                unparse, return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        example = "pain_weeks > 12 and not fever"
        return {"type": "string", "minLength": 1, "examples": [example]}


Holds = Annotated[Condition, _ConditionSchema(allow_else=False)]
"""A condition that must be written in full."""

When = Annotated[Condition, _ConditionSchema(allow_else=True)]
"""The condition of a way on: ``else`` is allowed, leaving it out means always."""
