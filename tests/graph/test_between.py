"""How pathways lead to one another, on small made files."""

from __future__ import annotations

from pathlib import Path as FilePath

import pytest

from pathways.diagrams.model import Diagram
from pathways.diagrams.pathway_map import map_diagram
from pathways.diagrams.words import to_words
from pathways.errors import PathwayError
from pathways.graph.between import Crossing, PathwayMap, map_to_networkx, pathway_map
from pathways.reading.load import load

HEAD = "format: 1\npathway: {0}\ntitle: {{clinician: {1}, patient: My {1}}}\nversion: 1.0.0\nupdated: 2026-11-20\n"
SIGNS = HEAD.format("signs", "Signs") + (
    "catalogues: []\nstart: look\n"
    "states:\n  look: {kind: clinical_state, title: Look, next: [{to: fine}]}\n"
    "  fine: {kind: end, title: Fine}\n"
)
KNEE = HEAD.format("knee", "Knee") + (
    "catalogues: []\nstart: look\ninclude: [{pathway: signs, joins: {fine: knee}}]\n"
    "states:\n"
    "  knee:\n    kind: clinical_state\n    title: Knee\n    choose: any\n"
    "    next: [{to: to_hip, label: Hip too}, {to: to_hip_again, label: Again}, {to: away, label: Away}, {to: rest, label: Rest}]\n"
    "  to_hip: {kind: link, title: To the hip, pathway: hip}\n"
    "  to_hip_again: {kind: link, title: To the hip again, pathway: hip, at: hip}\n"
    "  away: {kind: link, title: Away, pathway: signs}\n"
    "  rest: {kind: end, title: Rest}\n"
)
HIP = HEAD.format("hip", "Hip") + (
    "catalogues: []\nstart: look\ninclude: [{pathway: signs, joins: {fine: hip}}]\n"
    "states:\n  hip: {kind: clinical_state, title: Hip, next: [{to: to_knee}]}\n"
    "  to_knee: {kind: link, title: To the knee, pathway: knee}\n"
)


@pytest.fixture
def found(tmp_path: FilePath) -> PathwayMap:
    for name, text in (("signs", SIGNS), ("knee", KNEE), ("hip", HIP)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return pathway_map([load(tmp_path / f"{name}.yaml") for name in ("signs", "hip", "knee")])


def test_whole_pathways_come_before_the_parts_they_take_in(found: PathwayMap) -> None:
    assert list(found.pathways) == ["hip", "knee", "signs"]
    assert found.parts == ("signs",)
    assert found.takes_in == {"hip": ("signs",), "knee": ("signs",), "signs": ()}


def test_crossings_name_both_ends(found: PathwayMap) -> None:
    assert found.crossings == (
        Crossing("hip", "knee", "to_knee", "look"),
        Crossing("knee", "hip", "to_hip", "look"),
        Crossing("knee", "hip", "to_hip_again", "hip"),
        Crossing("knee", "signs", "away", "look"),
    )


def test_links_to_what_is_not_among_them_are_left_out(found: PathwayMap) -> None:
    assert pathway_map([found.pathways["hip"]]).crossings == ()


def test_the_graph_has_an_edge_for_each_crossing_and_part(found: PathwayMap) -> None:
    graph = map_to_networkx(found)
    kinds = sorted((a, b, kind) for a, b, kind in graph.edges(data="kind"))
    assert kinds == [
        ("hip", "knee", "link"),
        ("hip", "signs", "include"),
        ("knee", "hip", "link"),
        ("knee", "hip", "link"),
        ("knee", "signs", "include"),
        ("knee", "signs", "link"),
    ]
    assert graph.nodes["signs"] == {"title": "Signs", "steps": 2, "is_part": True}


@pytest.fixture
def diagram(found: PathwayMap) -> Diagram:
    return map_diagram(found, "patient")


def test_one_card_a_pathway_and_one_arrow_a_pair(diagram: Diagram) -> None:
    assert [(box.number, box.title, box.group) for box in diagram.boxes] == [
        (1, "My Hip", "whole"),
        (2, "My Knee", "whole"),
        (3, "My Signs", "part"),
    ]
    assert [(each.source, each.target, each.label) for each in diagram.arrows] == [
        ("hip", "knee", "To the knee"),
        ("knee", "hip", "Hip too"),
        ("knee", "signs", "Away"),
    ]


def test_a_bare_yes_says_nothing_on_the_map(tmp_path: FilePath) -> None:
    (tmp_path / "signs.yaml").write_text(SIGNS, encoding="utf-8")
    (tmp_path / "hip.yaml").write_text(HIP, encoding="utf-8")
    text = KNEE.replace("label: Hip too", 'label: "Yes"').replace(
        "to_hip_again, label: Again", "rest"
    )
    (tmp_path / "knee.yaml").write_text(text, encoding="utf-8")
    found = pathway_map([load(tmp_path / "knee.yaml"), load(tmp_path / "hip.yaml")])
    labels = {each.source: each.label for each in map_diagram(found).arrows}
    assert labels["knee"] == "To the hip"


def test_two_pathways_of_one_name_are_refused(found: PathwayMap) -> None:
    with pytest.raises(PathwayError, match="two of the pathways are called 'hip'"):
        pathway_map([found.pathways["hip"], found.pathways["hip"]])


def test_one_whole_and_its_part_say_that_it_takes_it_in(found: PathwayMap) -> None:
    pair = pathway_map([found.pathways["hip"], found.pathways["signs"]])
    assert map_diagram(pair).boxes[0].detail == "Takes in: Signs"


def test_what_every_pathway_takes_in_is_not_repeated_on_each_card(diagram: Diagram) -> None:
    assert [box.detail for box in diagram.boxes] == ["3 steps", "6 steps", "2 steps"]


def test_the_map_in_words_says_that_these_are_drafts(diagram: Diagram) -> None:
    words = to_words(diagram)
    assert "Drafts: not reviewed by a clinician. Information, not medical advice." in words
    assert "Hip too: go to step 1, My Hip." in words
