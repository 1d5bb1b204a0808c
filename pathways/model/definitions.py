"""Named conditions: what pathways and catalogues call a condition, so that it is written once."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_serializer, model_validator

from pathways.conditions import unparse
from pathways.model.conditions import Holds
from pathways.model.evidence import Evidence
from pathways.model.words import Name, Record, Text


class DefinitionRecord(Record):
    """A named condition; in short form only the condition."""

    when: Holds = Field(description="The condition.")
    title: Text | None = Field(default=None, description="What it is called in words.")
    evidence: tuple[Evidence, ...] = ()
    disagreements: tuple[Name, ...] = Field(default=(), description="Disagreements about it.")

    @model_validator(mode="before")
    @classmethod
    def _from_condition(cls, value: Any) -> Any:
        return {"when": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _short_when_it_can(self, handler: Any) -> Any:
        if self.title is None and not self.evidence and not self.disagreements:
            return unparse(self.when)
        return handler(self)
