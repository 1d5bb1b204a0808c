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
from pathways.model.words import HYPHEN_NAME_PATTERN, MAX_TEXT_CHARACTERS, NAME_PATTERN

SCHEMA_FOLDER = FilePath(str(files("pathways"))) / "reading" / "schemas"

_MODELS: dict[str, type[BaseModel]] = {"pathway": PathwayDocument, "catalogue": CatalogueDocument}


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
    title = "Care pathway" if name == "pathway" else "Catalogue of care pathways"
    return schema_of(_MODELS[name], title)


def schema_of(model: type[BaseModel], title: str) -> dict[str, Any]:
    """Make the JSON Schema of any file from the record it is read into.

    Args:
        model: The record of the whole file.
        title: What the file is called.
    """
    schema: dict[str, Any] = _tidy(model.model_json_schema())
    for key, record in schema["$defs"].items():
        record["description"] = _first_paragraph(record["description"])
        short = _SHORT_FORMS.get(key)
        if short:
            # What an editor shows stands outside, so that it is seen for both forms.
            schema["$defs"][key] = {
                "anyOf": [short, record],
                "description": record.pop("description"),
            }
    for record in (schema, *schema["$defs"].values()):
        _describe_keys(record, schema["$defs"])
    schema["description"] = _first_paragraph(schema["description"])
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = title
    return schema


def text_of(schema: dict[str, Any]) -> str:
    """Return a JSON Schema as text, keys in alphabetical order."""
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _tidy(part: Any) -> Any:
    """Return a schema without what pydantic says of Python: no value at all cannot stand in a file."""
    if isinstance(part, list):
        return [_tidy(each) for each in part if each != {"type": "null"}]
    if not isinstance(part, dict):
        return part
    tidy = {
        key: {name: _tidy(each) for name, each in value.items()}
        if key in _BY_NAME
        else _tidy(value)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str)) and key != "default"
    }
    if len(tidy.get("anyOf", ())) == 1:
        tidy |= tidy.pop("anyOf")[0]
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    return tidy


_BY_NAME = frozenset({"properties", "$defs"})
"""Keys of a schema under which any name can stand, ``title`` too."""


def _describe_keys(record: dict[str, Any], records: dict[str, Any]) -> None:
    """Give each key without a description of its own that of the record it holds."""
    for form in (record, *record.get("anyOf", ())):
        for key in form.get("properties", {}).values():
            held = key.get("$ref") or key.get("items", {}).get("$ref")
            if held and "description" not in key:
                key["description"] = records[held.rsplit("/", 1)[-1]]["description"]


def schema_text(name: str = "pathway") -> str:
    """Return the JSON Schema of a file as text, as it is shipped.

    Args:
        name: ``pathway`` or ``catalogue``.
    """
    return text_of(make_schema(name))


def schema_file(name: str = "pathway") -> FilePath:
    """Return where the shipped JSON Schema of a file is.

    Args:
        name: ``pathway`` or ``catalogue``.
    """
    return SCHEMA_FOLDER / f"{name}.schema.json"


def _first_paragraph(text: str) -> str:
    """Return what an editor shows of a docstring: its first paragraph, as Markdown."""
    return " ".join(text.split("\n\n", maxsplit=1)[0].split()).replace("``", "`")


_SHORT_FORMS: dict[str, dict[str, Any]] = {
    "Text": {"type": "string", "minLength": 1, "maxLength": MAX_TEXT_CHARACTERS},
    "DefinitionRecord": {"type": "string", "minLength": 1},
    "Include": {"type": "string", "pattern": HYPHEN_NAME_PATTERN},
    "Offer": {"type": "string", "pattern": NAME_PATTERN},
}
"""Records that a file may write as a plain text."""
