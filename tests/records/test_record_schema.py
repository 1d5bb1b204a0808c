"""The JSON Schema of records: of one mind with the reader."""

from __future__ import annotations

import json
from pathlib import Path as FilePath

import jsonschema
import pytest

from pathways.records.schema import record_schema, record_schema_text
from tests.reading.test_schema import described, messages, seen_by_an_editor

GOOD = FilePath(__file__).parent / "files" / "good"
LONG = (GOOD / "long-history.yaml").read_text(encoding="utf-8")
VALIDATOR = jsonschema.Draft202012Validator(record_schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(record_schema())
    assert record_schema_text() == record_schema_text()
    assert '"null"' not in record_schema_text()
    assert ">>>" not in record_schema_text()


@pytest.mark.parametrize("path", sorted(GOOD.iterdir()), ids=lambda path: path.stem)
def test_good_records_are_valid_in_an_editor(path: FilePath) -> None:
    text = path.read_text(encoding="utf-8")
    data = json.loads(text) if path.suffix == ".json" else seen_by_an_editor(text)
    assert messages(VALIDATOR, data) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("record: long-history\n", ""),
        ("recorded: 2026-11-20", "recorded: soon"),
        ("pain_now: 7", "Pain now: 7"),
        ("{absent: asked_unknown}", "{absent: asked_unknwon}"),
        ("recent_infection: no", "recent_infection: perhaps"),
        ("by: Dr B", "bye: Dr B"),
        ("complete: no", "complete: perhaps"),
        ("from: 2026-06-01", "frm: 2026-06-01"),
        ("from: 2026-06-01", "from_: 2026-06-01"),
        ("as_advised: most", "as_advised: much"),
        ("weeks: 6.5", "weeks: six"),
        ("why: not_covered", "why: costs"),
        ("state: review, ", ""),
    ],
)
def test_bad_records_are_invalid_in_an_editor(old: str, new: str) -> None:
    assert old in LONG
    assert messages(VALIDATOR, seen_by_an_editor(LONG.replace(old, new, 1)))


def test_every_key_says_what_it_is_for() -> None:
    schema = record_schema()
    silent = [
        f"{owner}.{key}"
        for owner, record in [("file", schema), *schema["$defs"].items()]
        for key, each in record["properties"].items()
        if not described(each, schema["$defs"])
    ]
    assert silent == []
