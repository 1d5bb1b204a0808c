"""Where items are cited, and which citations cannot stand: on small made files."""

from __future__ import annotations

from pathlib import Path as FilePath

import pytest

from pathways.errors import DocumentError
from pathways.reading.marks import read_yaml
from pathways.reading.structure import build
from pathways.traceability.citations import Citation, citations
from pathways.traceability.coverage import coverage
from pathways.traceability.items import (
    AskedFinding,
    EvidenceItem,
    EvidenceItemFile,
    Items,
    Omission,
    SeedItem,
)

FILE = """\
format: 1
states:
  review:
    kind: decision
    evidence:
      - {source: seed-000, item: S0-A01, direction: for}
      - source: nice
        item: E-ONE-01
        direction: against
    next:
      - to: rest
        evidence: [{source: seed-000, item: S0-A02, direction: unclear}]
treatments:
  heat:
    insurance:
      - {source: payer, item: E-TWO-01, direction: unclear}
    cautions:
      - {text: T, evidence: [{source: nice, item: E-ONE-01, direction: for}]}
evidence:
  - {source: nice, direction: for}
  - {source: nice, item: E-ONE-01, direction: for}
"""


@pytest.fixture
def cited(tmp_path: FilePath) -> tuple[Citation, ...]:
    path = tmp_path / "made.yaml"
    path.write_text(FILE, encoding="utf-8")
    return citations([path])


def items(**changes: object) -> Items:
    given: dict[str, object] = {
        "seeds": {
            "seed-000": {
                "S0-A01": SeedItem(kind="goal", means="One."),
                "S0-A02": SeedItem(kind="access", means="Two."),
            }
        },
        "evidence": {
            "E-ONE-01": EvidenceItem(says="One.", seen={"nice": "primary"}),
            "E-TWO-01": EvidenceItem(says="Two.", seen={"payer": "secondary"}),
        },
        "conflicts": {},
        "findings": {},
        "omissions": {},
    }
    return Items(**(given | changes))  # type: ignore[arg-type]


def test_each_citation_has_its_element_and_line(cited: tuple[Citation, ...]) -> None:
    found = [(each.item, each.element, each.place.line, each.direction) for each in cited]
    assert found == [
        ("S0-A01", "states.review", 6, "for"),
        ("E-ONE-01", "states.review", 8, "against"),
        ("S0-A02", "states.review.next[0]", 12, "unclear"),
        ("E-TWO-01", "treatments.heat", 16, "unclear"),
        ("E-ONE-01", "treatments.heat.cautions[0]", 18, "for"),
        ("E-ONE-01", "evidence", 21, "for"),
    ]


def test_all_is_well_when_all_is_cited(cited: tuple[Citation, ...]) -> None:
    found = coverage(items(), cited)
    assert [row.status for row in found.rows] == ["cited"] * 4
    assert found.missing == ()
    assert found.wrong == ()
    assert len(found.of("evidence")[0].citations) == 3


def test_what_is_not_cited_is_missing_unless_it_is_left_out(cited: tuple[Citation, ...]) -> None:
    seeds = {"seed-000": {"S0-A03": SeedItem(kind="goal", means="Three.")}}
    found = coverage(items(seeds=seeds), ())
    assert [row.id for row in found.missing] == ["S0-A03"]
    left = coverage(items(seeds=seeds, omissions={"S0-A03": Omission(why="Advertising.")}), ())
    assert left.missing == ()
    assert left.rows[0].status == "left_out"


def test_an_item_that_is_left_out_may_not_be_cited_too(cited: tuple[Citation, ...]) -> None:
    found = coverage(items(omissions={"S0-A01": Omission(why="Advertising.")}), cited)
    assert [each.citation.item for each in found.wrong] == ["S0-A01"]


def wrong(changes: dict[str, object], cited: tuple[Citation, ...]) -> list[str]:
    return [f"{each.citation.item}: {each.why}" for each in coverage(items(**changes), cited).wrong]


def test_recalled_items_are_no_evidence(cited: tuple[Citation, ...]) -> None:
    evidence = {
        "E-ONE-01": EvidenceItem(recalled="From memory."),
        "E-TWO-01": EvidenceItem(says="Two.", seen={"payer": "secondary"}, recalled="More."),
    }
    assert set(wrong({"evidence": evidence}, cited)) == {
        "E-ONE-01: it is recalled only, and no evidence; make it an open question for the reviewer"
    }


def test_an_item_is_cited_only_for_a_source_it_was_seen_in(cited: tuple[Citation, ...]) -> None:
    evidence = {
        "E-ONE-01": EvidenceItem(says="One.", seen={"nice": "primary"}),
        "E-TWO-01": EvidenceItem(says="Two.", seen={"another": "primary"}),
    }
    assert wrong({"evidence": evidence}, cited) == [
        "E-TWO-01: it was not seen in 'payer', only in another"
    ]


def test_a_citation_that_cannot_stand_does_not_cover_an_item(cited: tuple[Citation, ...]) -> None:
    evidence = {"E-TWO-01": EvidenceItem(says="Two.", seen={"another": "primary"})}
    assert coverage(items(evidence=evidence), cited).of("evidence")[0].status == "missing"


def test_a_state_may_be_called_evidence(tmp_path: FilePath) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(
        "states:\n  evidence:\n    evidence: [{source: s, item: S0-A01, direction: for}]\n",
        encoding="utf-8",
    )
    assert [each.element for each in citations([path])] == ["states.evidence"]


def test_unknown_items_and_items_of_another_text_are_told(cited: tuple[Citation, ...]) -> None:
    seeds = {
        "seed-000": {"S0-A01": SeedItem(kind="goal", means="One.")},
        "seed-001": {"S0-A02": SeedItem(kind="goal", means="Two.")},
    }
    assert wrong({"seeds": seeds}, cited) == [
        "S0-A02: it is an item of 'seed-001', not of 'seed-000'"
    ]
    assert wrong({"seeds": {"seed-000": {}}}, cited)[0].startswith("S0-A01: there is no such item")


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("{seen: {nice: primary}}", "'says' and 'seen' go together"),
        ("{says: One.}", "'says' and 'seen' go together"),
        ("{}", "an item says something, or is recalled"),
    ],
)
def test_an_evidence_item_says_what_was_seen_where(record: str, message: str) -> None:
    text = f"format: 1\nitems: evidence\ntitle: T\nrecords:\n  E-ONE-01: {record}\n"
    built = build(read_yaml(text, "made.yaml"), EvidenceItemFile)
    assert message in "\n".join(map(str, built.problems))


def test_a_finding_may_be_named_alone_or_in_a_list() -> None:
    one = AskedFinding.model_validate({"means": "M", "finding": "pain_now"})
    two = AskedFinding.model_validate({"means": "M", "finding": ["pain_now", "pain_baseline"]})
    assert one.finding == ("pain_now",)
    assert len(two.finding) == 2


def test_a_file_that_is_no_yaml_is_a_located_error(tmp_path: FilePath) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"bad\.yaml"):
        citations([path])
