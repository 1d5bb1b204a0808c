"""Writing out and reading back gives the same; the order is stable."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path as FilePath

import pytest
from hypothesis import HealthCheck, given, settings

from pathways.model.catalogue import CatalogueDocument
from pathways.model.document import PathwayDocument
from pathways.reading.files import CATALOGUE, LIBRARY, library_ids
from pathways.reading.load import load, loads
from pathways.reading.marks import read_yaml
from pathways.reading.structure import build
from pathways.reading.writing import dump
from tests.reading.documents import AWKWARD, documents

GOOD = FilePath(__file__).parent / "good"


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(documents())
def test_any_document_comes_back_as_it_was(document: PathwayDocument) -> None:
    text = dump(document)
    again = loads(text).document
    assert again == document
    assert dump(again) == text


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_come_back_as_they_were(text: str) -> None:
    document = loads(
        "{format: 1, pathway: x, title: X, version: 1.0.0, updated: 2026, catalogues: [], start: a,"
        " states: {a: {kind: end, title: A}}}"
    ).document
    changed = PathwayDocument.model_validate(
        {**document.model_dump(), "title": text, "summary": {"clinician": "x", "patient": text}}
    )
    again = loads(dump(changed)).document
    assert again == changed
    assert again.title.clinician == text


@pytest.mark.parametrize("name", library_ids())
def test_each_library_pathway_comes_back_as_it_was(name: str) -> None:
    pathway = load(name)
    text = dump(pathway.document)
    again = loads(text, folder=LIBRARY / "pathways")
    assert again == pathway
    assert dump(again.document) == text


def test_the_library_has_pathways() -> None:
    assert {"safety", "severe-back-pain"} <= set(library_ids())


@pytest.mark.parametrize("path", sorted(CATALOGUE.rglob("*.yaml")), ids=lambda path: path.stem)
def test_each_library_catalogue_comes_back_as_it_was(path: FilePath) -> None:
    read = build(read_yaml(path.read_bytes(), path.name), CatalogueDocument)
    assert read.model is not None
    text = dump(read.model)
    again = build(read_yaml(text, path.name), CatalogueDocument)
    assert again.problems == ()
    assert again.model == read.model
    assert dump(again.model) == text


@pytest.mark.parametrize("path", sorted(GOOD.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_good_file_comes_back_as_it_was(path: FilePath) -> None:
    if path.stem == "knee-words":
        read = build(read_yaml(path.read_bytes(), path.name), CatalogueDocument).model
        assert read is not None
        assert build(read_yaml(dump(read), path.name), CatalogueDocument).model == read
    else:
        pathway = load(path)
        assert loads(dump(pathway.document), folder=GOOD) == pathway


@pytest.mark.parametrize(
    "number", ["0.0000001", "123456789012345", "-0.5", "10", "1000000000", "0.1"]
)
def test_numbers_come_back_in_plain_digits(number: str) -> None:
    text = (
        (GOOD / "sore-knee.yaml")
        .read_text(encoding="utf-8")
        .replace("step: 1,", f"step: {number},", 1)
    )
    marked = read_yaml(text, "x.yaml")
    document = build(marked, PathwayDocument).model
    assert document is not None
    assert document.findings["pain_now"].step == Decimal(number)
    assert f"step: {number}\n" in dump(document)


def test_the_order_is_that_of_the_format_not_of_the_file() -> None:
    text = (GOOD / "sore-knee.yaml").read_text(encoding="utf-8")
    top = [
        line.split(":")[0]
        for line in dump(loads(text, folder=GOOD).document).splitlines()
        if line[0] not in " -"
    ]
    assert top[:6] == ["format", "pathway", "title", "summary", "version", "updated"]
    assert top.index("states") < top.index("findings") < top.index("sources")


def test_reviewed_pathways_come_back() -> None:
    text = (GOOD / "knee-surgery.yaml").read_text(encoding="utf-8")
    reviewed = text + "review: {status: reviewed, by: 'A. Doctor, physician', on: 2026-11-01}\n"
    pathway = loads(reviewed)
    assert not pathway.is_draft
    assert loads(dump(pathway.document)) == pathway
