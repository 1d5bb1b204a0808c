"""The JSON Schema of the file format, for editors."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel

from pathways.errors import UnknownNameError
from pathways.model.catalogue import CatalogueDocument
from pathways.model.document import PathwayDocument

SCHEMA_FOLDER = FilePath(str(files("pathways"))) / "reading" / "schemas"

_MODELS: dict[str, type[BaseModel]] = {"pathway": PathwayDocument, "catalogue": CatalogueDocument}

_LOOSE_TEXTS = {"year", "on", "updated", "next_review_due", "format"}
"""Keys whose values an editor reads as numbers (2020, 1) though a file may write them plainly."""


def schema_names() -> tuple[str, ...]:
    """Return the names of the schemas: ``pathway`` and ``catalogue``."""
    return tuple(_MODELS)


def make_schema(name: str = "pathway") -> dict[str, Any]:
    """Make the JSON Schema of a file from the records themselves.

    Args:
        name: ``pathway`` or ``catalogue``.

    Returns:
        A JSON Schema, draft 2020-12, as plain data.

    Raises:
        UnknownNameError: There is no such schema.

    Example:
        >>> make_schema()["title"]
        'Care pathway'
    """
    if name not in _MODELS:
        raise UnknownNameError("schema", name, _MODELS)
    schema = _MODELS[name].model_json_schema()
    _loosen(schema)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Care pathway" if name == "pathway" else "Catalogue of care pathways"
    return schema


def schema_text(name: str = "pathway") -> str:
    """Return the JSON Schema of a file as text, as it is shipped."""
    return json.dumps(make_schema(name), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _loosen(part: Any) -> None:
    """Allow what an editor sees: numbers for years, a plain text for a text of two readers."""
    if isinstance(part, list):
        for each in part:
            _loosen(each)
    if not isinstance(part, dict):
        return
    for key, each in (part.get("properties") or {}).items():
        if key in _LOOSE_TEXTS:
            part["properties"][key] = _loose(each)
    for key, record in (part.get("$defs") or {}).items():
        short = _SHORT_FORMS.get(key)
        if short:
            part["$defs"][key] = {"anyOf": [short, record]}
    for each in part.values():
        _loosen(each)


def _loose(each: dict[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in each.items() if name in ("description", "title", "default")}
    return {"type": ["string", "number"], **plain}


_SHORT_FORMS: dict[str, dict[str, Any]] = {
    "Text": {"type": "string", "minLength": 1, "description": "The same words for both readers."},
    "DefinitionRecord": {"type": "string", "minLength": 1, "description": "A condition."},
    "Include": {"type": "string", "description": "Name of a pathway."},
    "Offer": {"type": "string", "description": "Name of a treatment."},
}
"""Records that a file may write as a plain text."""
