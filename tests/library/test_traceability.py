"""Every statement of the starting texts lives somewhere in the library, or is left out with a reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path as FilePath

import pytest
from pydantic import BaseModel

from pathways.conditions import Condition
from pathways.model.history import test_findings as findings_of_test
from pathways.model.history import treatment_findings
from pathways.model.rules import Rule, read_rule
from pathways.model.thresholds import lines_in, thresholds_of
from pathways.reading.catalogues import library_catalogue
from pathways.reading.files import library_ids
from pathways.reading.load import load
from pathways.reading.references import each_part
from pathways.traceability.citations import citations, library_files
from pathways.traceability.coverage import Coverage, coverage
from pathways.traceability.items import ItemKind, Items, library_items

COUNTS = {
    "seed-000": "C6 M11 T16 D5 Q6 H3 X1 O1 G5 P4",
    "seed-001": "M6 T25 D13 F6 Q13 R1 H4 X7 O2 G7",
    "seed-002": "C1 M2 T13 D1 F6 Q6 R4 H1 X3 O2 G5 P1",
    "seed-003": "M10 T6 D7 Q4 R1 H2 A1 O2 G1",
    "seed-004": "C1 M1 T9 D2 Q4 H1 X1 L5 A7 O5 G2",
}
"""How many statements of each kind each text makes, as counted when it was read."""

KINDS: dict[str, ItemKind] = {
    "C": "context",
    "M": "mechanism",
    "T": "treatment",
    "D": "diagnostics",
    "F": "reason",
    "Q": "sequence",
    "R": "warning_sign",
    "H": "duration",
    "X": "caveat",
    "L": "lifestyle",
    "A": "access",
    "O": "role",
    "G": "goal",
    "P": "deliverable",
}

LEFT_OUT = {"S3-A01"}
"""The only statements that are left out on purpose."""


@pytest.fixture(scope="module")
def items() -> Items:
    return library_items()


@pytest.fixture(scope="module")
def found(items: Items) -> Coverage:
    return coverage(items, citations(library_files()))


def test_the_inventory_has_all_259_statements(items: Items) -> None:
    for seed, counts in COUNTS.items():
        number = seed.removeprefix("seed-00")
        wanted = [
            f"S{number}-{letter}{n:02}"
            for letter, count in re.findall(r"([A-Z])(\d+)", counts)
            for n in range(1, int(count) + 1)
        ]
        assert sorted(items.seeds[seed]) == sorted(wanted)
        for name, item in items.seeds[seed].items():
            assert item.kind == KINDS[name[3]], name
    assert sum(map(len, items.seeds.values())) == 259


def test_every_statement_is_cited_or_left_out_with_a_reason(found: Coverage, items: Items) -> None:
    assert [row.id for row in found.missing] == []
    assert set(items.omissions) == LEFT_OUT
    assert {row.id for row in found.rows if row.status == "left_out"} == LEFT_OUT


def test_no_citation_is_of_something_unseen_or_of_another_source(found: Coverage) -> None:
    assert [f"{each.citation.place} {each.citation.item}: {each.why}" for each in found.wrong] == []


def test_a_statement_is_cited_where_its_text_belongs(found: Coverage) -> None:
    """Sequence rules, access, roles and goals live in pathways, not only in catalogue records."""
    for row in found.rows:
        if row.kind in {"sequence", "deliverable"} and row.status == "cited":
            places = {each.place.file for each in row.citations}
            assert any(not file.startswith("library/catalogue/treatments") for file in places), (
                row.id
            )


def test_what_is_only_recalled_is_an_open_question(items: Items) -> None:
    questions = " ".join(
        each.question for name in library_ids() for each in load(name).open_questions
    )
    recalled = [name for name, item in items.evidence.items() if item.recalled]
    assert len(recalled) > 10
    assert [name for name in recalled if name not in questions] == []


def test_every_conflict_is_a_record_with_two_sides_that_some_pathway_shows(items: Items) -> None:
    from pathways.graph.disputes import disputed_in

    records = library_catalogue().disagreements
    shown = {
        name
        for pathway in map(load, library_ids())
        for name in disputed_in(pathway, pathway.states)
    }
    assert len(items.conflicts) == 34
    for number, (name, conflict) in enumerate(items.conflicts.items(), start=1):
        assert name == f"CON-{number:02}"
        for each in conflict.disagreements:
            assert each in records, each
            assert each in shown, f"{each} is shown nowhere"
    assert set(records) - shown == set()


def test_the_sides_of_a_disagreement_rest_on_different_citations() -> None:
    for name, record in library_catalogue().disagreements.items():
        sides = [
            {(each.source, each.item, each.direction, each.says) for each in side.evidence}
            for side in record.sides
        ]
        assert len(sides) >= 2, name
        for index, side in enumerate(sides):
            assert all(side - other for other in sides[:index] + sides[index + 1 :]), name


def test_every_finding_that_the_evidence_asks_for_is_held(items: Items) -> None:
    catalogue = library_catalogue()
    known = set(catalogue.findings)
    for name, treatment in catalogue.treatments.items():
        known |= set(treatment_findings(name, treatment))
    for name, test in catalogue.tests.items():
        known |= set(findings_of_test(name, test))
    known |= {f"*.{name.partition('.')[2]}" for name in known if "." in name}
    own = {name for each in library_ids() for name in load(each).catalogue.findings}
    for name, asked in items.findings.items():
        assert asked.finding or asked.left_out, name
        assert set(asked.finding) <= known | own, name
    assert len(items.findings) >= 60


def test_the_items_are_in_our_own_words(items: Items) -> None:
    for records in items.seeds.values():
        for name, item in records.items():
            assert 2 <= len(item.means.split()) <= 40, name
            assert '"' not in item.means, name


def shared() -> FilePath:
    return FilePath(__file__).parents[3] / "shared"


@pytest.mark.skipif(not shared().exists(), reason="the starting texts are not beside the project")
def test_the_inventory_is_that_of_the_texts_and_copies_none_of_them(items: Items) -> None:
    inventory = (shared() / "clinical" / "seed_inventory.md").read_text(encoding="utf-8")
    quotes = dict(re.findall(r"^\| (S\d-[A-Z]\d\d) \| \"(.*?)\" \|", inventory, re.MULTILINE))
    ours = {name: item for records in items.seeds.values() for name, item in records.items()}
    assert set(quotes) == set(ours)
    texts = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((shared() / "seeds").glob("*.txt"))
    )
    plain = " ".join(re.findall(r"[a-z0-9]+", texts.lower()))
    for name, item in ours.items():
        words = re.findall(r"[a-z0-9]+", item.means.lower())
        runs = (" ".join(words[at : at + 7]) for at in range(len(words) - 6))
        assert not any(run in plain for run in runs), name


@pytest.mark.skipif(not shared().exists(), reason="the evidence file is not beside the project")
def test_every_item_of_the_evidence_file_is_held(items: Items) -> None:
    text = (shared() / "clinical" / "evidence.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^- (E-[A-Z]+-\d\d)", text, re.MULTILINE))
    assert named - set(items.evidence) == set()
    conflicts = Counter("CONFLICT" in line for line in text.splitlines())[True]
    # One of these lines explains the word.
    assert conflicts - len(items.conflicts) in {1, 2}


def conditions_of(document: BaseModel) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    """Yield every condition, those inside the sentences of rules among them."""
    states: set[str] = set()
    tags: set[str] = set()
    for name in library_ids():
        states |= set(load(name).states) | {s for d in load(name).included for s in d.states}
        tags |= {tag for state in load(name).states.values() for tag in state.tags}
    for path, part in each_part(document, ()):
        if isinstance(part, Condition):
            yield path, part
        elif isinstance(part, Rule):
            sentence = read_rule(part, states, tags)
            if sentence.condition is not None:
                yield path, sentence.condition


def test_every_number_that_decides_has_a_source_and_its_unit() -> None:
    """Each number a condition compares with stands in a threshold, with who uses it."""
    catalogue = library_catalogue()
    documents = [("catalogue", catalogue), *((name, load(name).document) for name in library_ids())]
    without = [
        f"{name}: {'.'.join(map(str, path))}: {line.finding} {line.value}"
        for name, document in documents
        for path, part in conditions_of(document)
        for line in lines_in(part)
        if not thresholds_of(line, catalogue.thresholds.items())
    ]
    assert without == []
    scope = load("severe-back-pain").scope
    for threshold in catalogue.thresholds.values():
        assert all(scope.findings[name].unit for name in threshold.of)
