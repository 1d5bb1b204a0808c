from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from pathways.diagrams import THEMES, Diagram, to_dot
from pathways.diagrams.dot_labels import escape
from pathways.diagrams.model import Arrow, Box

Golden = Callable[[Path, str], None]
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_dot_text(sample: Diagram, golden: Golden, theme: str) -> None:
    golden(GOLDEN / f"sample-{theme}.dot", to_dot(sample, THEMES[theme]))


def test_dot_text_with_every_mark(marked: Diagram, golden: Golden) -> None:
    golden(GOLDEN / "marked.dot", to_dot(marked, THEMES["default"]))


def test_names_of_nodes_are_ours_and_in_step_order(sample: Diagram) -> None:
    text = to_dot(sample, THEMES["default"])
    nodes = re.findall(r"^ +(\S+) \[", text, re.MULTILINE)
    assert all(
        re.fullmatch(r"graph|node|edge|between\d|n\d+(_\d+|_(to|from)\d+(_label)?)?", n)
        for n in nodes
    )
    steps = [int(n[1:]) for n in nodes if re.fullmatch(r"n\d+", n)]
    assert steps == [box.number for box in sample.boxes]


def test_one_statement_a_line(sample: Diagram) -> None:
    for line in to_dot(sample, THEMES["default"]).splitlines():
        assert re.search(r"(;|[{}])$", line), line
        assert line.count("];") <= 1


def test_ids_and_classes_name_steps_ways_and_phases(marked: Diagram) -> None:
    text = to_dot(marked, THEMES["default"])
    for wanted in (
        'id="back-pain-whole-patient-s-go_now", class="action emergency closed"',
        'id="back-pain-whole-patient-s-signs", class="decision here"',
        'id="back-pain-whole-patient-w-signs-1"',
        'id="back-pain-whole-patient-p-first"; class="phase"',
    ):
        assert wanted in text


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("clinical_state", "box"),
        ("decision", "hexagon"),
        ("action", "box"),
        ("options", "box"),
        ("link", "ellipse"),
        ("end", "box"),
    ],
)
def test_shapes_of_clinical_algorithms(sample: Diagram, kind: str, shape: str) -> None:
    text = to_dot(sample, THEMES["print"])
    nodes = [line for line in text.splitlines() if f'class="{kind}' in line]
    assert nodes
    for node in nodes:
        assert f'shape="{shape}"' in node
        assert ("rounded" in node.split("label=")[0]) == (kind in {"clinical_state", "end"})
        assert ("dashed" in node.split("label=")[0]) == (kind == "options")


def test_alarms_stand_above_and_no_box_has_an_edge_for_them(sample: Diagram) -> None:
    text = to_dot(sample, THEMES["default"])
    head = next(line for line in text.splitlines() if line.strip().startswith("graph ["))
    for words in ("At any time: Warning sign", "numb between the legs", "Worse at night (urgent)"):
        assert words in re.sub(r"<[^>]*>", " ", head).replace("  ", " ")
    without = to_dot(replace(sample, alarms=()), THEMES["default"])
    assert text.count("->") == without.count("->")


def test_ways_tried_in_order_are_numbered(sample: Diagram) -> None:
    text = to_dot(sample, THEMES["default"])
    for label in ("1. Yes", "2. Urgent sign", "3. Otherwise"):
        assert f"<B>{label}</B>" in text


@pytest.mark.parametrize("size", [2, 150])
def test_lines_are_curved_as_every_version_of_graphviz_can(size: int) -> None:
    boxes = tuple(Box(f"s{i}", i + 1, "action", "S") for i in range(size))
    arrows = tuple(Arrow(f"w{i}", f"s{i}", f"s{i + 1}") for i in range(size - 1))
    text = to_dot(Diagram("x", "X", "", "", "patient", boxes, arrows), THEMES["default"])
    assert 'splines="spline"' in text
    assert "ortho" not in text


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_graphviz_takes_the_text(marked: Diagram, theme: str) -> None:
    """What is exported is drawn by others: Graphviz must read it, and keep our ids and classes."""
    from pygraphviz import AGraph

    drawn = AGraph(string=to_dot(marked, THEMES[theme])).draw(format="svg", prog="dot")
    svg = unescape(drawn.decode("utf-8"))
    ids = set(re.findall(r'<g id="([^"]+)"', svg))
    name = "back-pain-whole-patient" + ("-print" if theme == "print" else "")
    assert {f"{name}-s-{box.name}" for box in marked.boxes} <= ids
    assert {f"{name}-p-{group.name}" for group in marked.groups} <= ids
    assert {f"{name}-w-{arrow.name.replace('/', '-')}" for arrow in marked.arrows} <= ids
    assert 'class="node action emergency closed"' in svg


def test_escape_is_undone_by_html_and_doubled_backslashes() -> None:
    text = '<b> & "x" &lt; ]]> \\N'
    assert unescape(escape(text)) == text.replace("\\", "\\\\")
    assert not set(escape(text)) & {"<", ">", '"'}
