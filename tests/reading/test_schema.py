"""The JSON Schema for editors: current, and of one mind with the reader."""

from __future__ import annotations

import re
from pathlib import Path as FilePath
from typing import Any

import jsonschema
import pytest
import yaml

from pathways.errors import UnknownNameError
from pathways.reading.files import CATALOGUE, LIBRARY
from pathways.reading.schema import make_schema, schema_file, schema_names, schema_text
from tests.conftest import Golden

GOOD = FilePath(__file__).parent / "good"
FILES = sorted(
    (*GOOD.glob("*.yaml"), *CATALOGUE.rglob("*.yaml"), *(LIBRARY / "pathways").glob("*.yaml"))
)


class EditorLoader(yaml.CSafeLoader):
    """Reads as editors do (YAML 1.2, core schema): numbers, true and null are no texts."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", "true|false", "tf"),
    ("null", "null|~|", ["n", "~", ""]),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def seen_by_an_editor(text: str) -> Any:
    return yaml.load(text, Loader=EditorLoader)


@pytest.fixture(scope="module")
def validators() -> dict[str, jsonschema.Draft202012Validator]:
    return {name: jsonschema.Draft202012Validator(make_schema(name)) for name in schema_names()}


def messages(validator: jsonschema.Draft202012Validator, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("name", ["pathway", "catalogue"])
def test_the_shipped_schema_is_current(name: str, golden: Golden) -> None:
    golden(schema_file(name), schema_text(name))


@pytest.mark.parametrize("name", ["pathway", "catalogue"])
def test_the_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(make_schema(name))
    assert make_schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_an_unknown_schema() -> None:
    with pytest.raises(UnknownNameError, match="no schema 'pathwy'; did you mean 'pathway'"):
        make_schema("pathwy")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_good_files_are_valid_in_an_editor(
    path: FilePath, validators: dict[str, jsonschema.Draft202012Validator]
) -> None:
    data = seen_by_an_editor(path.read_text(encoding="utf-8"))
    assert messages(validators["pathway" if "pathway" in data else "catalogue"], data) == []


KNEE = (GOOD / "sore-knee.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: decision", "kind: decison"),
        ("    kind: decision\n", ""),
        ("phase: first", "phse: first"),
        ("  how_long:\n", "  How-Long:\n"),
        ("format: 1", "format: 2"),
        ("version: 0.1.0", "version: 1.0"),
        ("updated: 2026-11-20", "updated: soon"),
        ("adds: {scans: 1}", "adds: {scans: 0}"),
        ("reassess: [pain_now]", "reassess: pain_now"),
        ("offers:\n      - heat", "offers:\n      - Heat pack"),
        ("  long: weeks > 12", "  long: [weeks]"),
        ("detail", "detail"),
        ("title: How long?", "title: {clinician: How long?}"),
        ("title: How long?", "title:"),
        ("range: [0, 520]", "range: [0, many]"),
        ("catalogues: [knee-words.yaml]", "catalogues: [../knee-words.yaml]"),
        ("start: look_for_signs\n", ""),
        ("effort: scan", "effort: much"),
        ("direction: unclear}", "direction: perhaps}"),
        ("adds: {scans: 1}", "adds: {Scans: 1}"),
    ],
)
def test_bad_files_are_invalid_in_an_editor(
    old: str, new: str, validators: dict[str, jsonschema.Draft202012Validator]
) -> None:
    if old == new:
        assert messages(validators["pathway"], seen_by_an_editor(KNEE)) == []
        return
    assert old in KNEE
    assert messages(validators["pathway"], seen_by_an_editor(KNEE.replace(old, new, 1)))


@pytest.mark.parametrize(
    "line",
    ["item: 1.2", "item: 12", "item: E-MBB-03", "item: 1.2.3"],
)
def test_what_editors_read_as_numbers_is_valid(
    line: str, validators: dict[str, jsonschema.Draft202012Validator]
) -> None:
    assert (
        messages(validators["pathway"], seen_by_an_editor(KNEE.replace("item: E-1", line, 1))) == []
    )


@pytest.mark.parametrize("name", ["pathway", "catalogue"])
def test_every_key_says_what_it_is_for(name: str) -> None:
    schema = make_schema(name)
    silent = [
        f"{owner}.{key}"
        for owner, record in [("file", schema), *schema["$defs"].items()]
        for form in (record, *record.get("anyOf", ()))
        for key, each in form.get("properties", {}).items()
        if not described(each, schema["$defs"])
    ]
    assert silent == []


def described(key: dict[str, Any], records: dict[str, Any]) -> bool:
    if key.get("description"):
        return True
    held = key.get("$ref", "").rsplit("/", 1)[-1]
    return bool(records.get(held, {}).get("description"))


def test_descriptions_are_plain_sentences() -> None:
    text = schema_text("pathway")
    assert ">>>" not in text
    assert "``" not in text
    assert '"null"' not in text
