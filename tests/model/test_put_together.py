"""What is put together from records: the findings of a history, and a whole pathway."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pathways.conditions import check, parse
from pathways.errors import Place, UnknownNameError
from pathways.model.document import PathwayDocument
from pathways.model.history import test_findings as findings_of_test
from pathways.model.history import treatment_findings
from pathways.model.pathway import make_scope
from pathways.model.treatments import Test as TestRecord
from pathways.model.treatments import Treatment
from pathways.reading.resolve import merge, resolve

# What the history of treatments and tests gives


def treatment(**more: Any) -> Treatment:
    return Treatment.model_validate({"title": "Heat", "category": "self_care", "what": "W", **more})


def test_the_findings_of_a_treatment() -> None:
    shapes = treatment_findings("heat", treatment())
    assert list(shapes) == [
        "heat.status",
        "heat.weeks",
        "heat.relief_pct",
        "heat.as_advised",
        "heat.side_effects",
    ]
    assert shapes["heat.status"].options == ("never", "now", "stopped")
    assert (shapes["heat.weeks"].unit, shapes["heat.weeks"].high) == ("weeks", Decimal(520))
    assert shapes["heat.side_effects"].options[-1] == "none"


@pytest.mark.parametrize("category", ["procedure", "surgery"])
def test_procedures_have_more(category: str) -> None:
    shapes = treatment_findings("block", treatment(title="Block", category=category))
    assert list(shapes)[5:] == ["block.relief_weeks", "block.months_since", "block.count_12mo"]
    assert shapes["block.count_12mo"].step == Decimal(1)


def test_own_side_effects() -> None:
    shapes = treatment_findings("heat", treatment(side_effects={"burn": "a burn", "none": "none"}))
    assert shapes["heat.side_effects"].options == ("burn", "none")


def test_titles_go_into_the_wording_whatever_they_hold() -> None:
    shapes = treatment_findings("odd", treatment(title="MRI {x} {} {value}", category="procedure"))
    assert (
        shapes["odd.weeks"].wording["patient"].title == "how long you have had MRI {x} {} {value}"
    )
    assert (
        shapes["odd.status"].wording["patient"].options["now"] == "you have MRI {x} {} {value} now"
    )
    long = treatment_findings("long", treatment(title="x" * 4000, category="procedure"))
    assert len(long["long.count_12mo"].wording["clinician"].title) > 4000


def test_the_finding_of_a_test() -> None:
    shapes = findings_of_test("mri", TestRecord.model_validate({"title": "MRI scan", "what": "W"}))
    assert shapes["mri.status"].options == ("never", "done")
    assert shapes["mri.status"].wording["patient"].options["done"] == "you have had MRI scan"


# A pathway put together


def test_a_pathway_answers_for_its_parts() -> None:
    document = PathwayDocument.model_validate(
        {
            "format": "1",
            "pathway": "x",
            "title": {"clinician": "C", "patient": "P"},
            "version": "1.0.0",
            "updated": "2026",
            "catalogues": [],
            "start": "a",
            "sources": {"s": {"title": "T", "kind": "guideline", "organisation": "O"}},
            "classes": {"warm": {"title": "Warm"}},
            "treatments": {
                "heat": {
                    "title": "Heat",
                    "category": "self_care",
                    "what": "W",
                    "classes": ["warm"],
                    "evidence": [{"source": "s", "direction": "for"}],
                }
            },
            "tests": {
                "mri": {
                    "title": "MRI",
                    "what": "W",
                    "evidence": [{"source": "s", "direction": "against"}],
                }
            },
            "definitions": {"warmed": "any warm now"},
            "states": {
                "a": {
                    "kind": "options",
                    "title": "A",
                    "next": [{"to": "b"}, {"to": "c"}],
                    "offers": [
                        {"treatment": "heat", "evidence": [{"source": "s", "direction": "against"}]}
                    ],
                },
                "b": {
                    "kind": "action",
                    "category": "test",
                    "title": "B",
                    "does": ["mri"],
                    "next": [{"to": "c"}],
                },
                "c": {"kind": "end", "title": "C"},
            },
        }
    )
    pathway = resolve(document, (), merge([document]), {("states", "a"): Place("x", 1, 1)})
    assert (pathway.id, pathway.start, pathway.is_draft) == ("x", "a", True)
    assert (pathway.title(), pathway.title("patient")) == ("C", "P")
    assert dict(pathway.numbers) == {"a": 1, "b": 2, "c": 3}
    assert [way.key for way in pathway.ways] == ["a/0", "a/1", "b/0"]
    assert [way.target for way in pathway.ways_from("a")] == ["b", "c"]
    assert (pathway.state_name("2"), pathway.state("b").category) == ("b", "test")
    assert (pathway.badge_of_state("a"), pathway.badge_of_state("b")) == (None, "advised_against")
    assert pathway.badge_of_treatment("heat") == "supported"
    assert pathway.badge_of_treatment("heat", "a") == "mixed"
    assert check(parse("warmed and heat.weeks > 2 and mri.status == done"), pathway.scope) == []
    assert pathway.scope.classes["warm"].members == ("heat",)
    with pytest.raises(UnknownNameError, match="no state 'd'; known: 'a', 'b', 'c'"):
        pathway.state("d")
    assert make_scope(pathway.catalogue, {}).definitions == {}
