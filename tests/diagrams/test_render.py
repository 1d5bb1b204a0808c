"""Pictures as Graphviz draws them: same bytes everywhere, everything inside its box, nothing lost."""

from __future__ import annotations

import os
import re
import struct
import threading
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from pathways.conditions.scope import Reader
from pathways.diagrams import THEMES, Diagram, View, diagram_picture, extract
from pathways.diagrams.fonts import FAMILIES, text_width
from pathways.diagrams.model import Arrow, Box
from pathways.diagrams.render import draw
from pathways.errors import DrawingError, UnknownNameError
from pathways.model.pathway import ResolvedPathway
from pathways.reading.files import library_ids
from pathways.reading.load import load

SVG = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]


def shipped() -> Iterator[str]:
    """Every picture of the library: ``safety patient whole``, ``safety clinician 1``."""
    for name in library_ids():
        for reader in ("clinician", "patient"):
            yield f"{name} {reader} whole"
            yield from (f"{name} {reader} {n}" for n in range(1, len(load(name).phases) + 1))


@pytest.fixture(
    params=[
        *(f"{marks} {name}" for name in sorted(THEMES) for marks in ("sample", "marked")),
        *shipped(),
    ]
)
def svg(request: pytest.FixtureRequest, sample: Diagram, marked: Diagram) -> ET.Element:
    what, *rest = request.param.split()
    if what in {"sample", "marked"}:
        return parsed(sample if what == "sample" else marked, rest[0])
    return of_library(what, *rest)


@cache
def of_library(name: str, reader: Reader, part: str) -> ET.Element:
    view = View.whole() if part == "whole" else View.phase(part)
    return parsed(extract(load(name), reader=reader, view=view))


def parsed(diagram: Diagram, theme: str = "default") -> ET.Element:
    return ET.fromstring(str(diagram_picture(diagram, "svg", theme=THEMES[theme])))


def points(element: ET.Element) -> list[Point]:
    """The corners of a polygon, a path or an ellipse, as far as they bound it."""
    if element.tag == f"{SVG}ellipse":
        x, y, rx, ry = (float(element.get(key, "0")) for key in ("cx", "cy", "rx", "ry"))
        return [(x - rx, y - ry), (x + rx, y + ry)]
    numbers = [
        float(n)
        for n in re.findall(r"-?\d+\.?\d*", element.get("points") or element.get("d") or "")
    ]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def outline(node: ET.Element) -> list[Point]:
    """The shape of a node; a rounded one is drawn as a path, thick ones start with a clip shape."""
    shapes = [e for e in node.iter() if e.tag in {f"{SVG}polygon", f"{SVG}path", f"{SVG}ellipse"}]
    return max(
        (points(each) for each in shapes), key=lambda p: max(x for x, _ in p) - min(x for x, _ in p)
    )


def row_inside(shape: list[Point], y: float) -> tuple[float, float]:
    """The left and right end of a convex polygon at a height."""
    crossings = []
    for (x1, y1), (x2, y2) in zip(shape, shape[1:] + shape[:1], strict=True):
        if min(y1, y2) <= y <= max(y1, y2) and y1 != y2:
            crossings.append(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    return min(crossings), max(crossings)


def texts(element: ET.Element) -> Iterator[tuple[float, float, float, float]]:
    """Left, right, top and bottom of every text, by our own table of widths."""
    for text in element.iter(f"{SVG}text"):
        size = float(text.get("font-size", "0"))
        words = (text.text or "").replace("\u00a0", " ")
        width = text_width(words, size, bold=text.get("font-weight") == "bold")
        x, y = float(text.get("x", "0")), float(text.get("y", "0"))
        left = (
            x - {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
        )
        yield left, left + width, y - 0.73 * size, y + 0.21 * size


def nodes(root: ET.Element) -> list[ET.Element]:
    return [g for g in root.iter(f"{SVG}g") if "node" in g.get("class", "").split()]


def bounds(shape: list[Point]) -> tuple[float, float, float, float]:
    return (
        min(x for x, _ in shape),
        max(x for x, _ in shape),
        min(y for _, y in shape),
        max(y for _, y in shape),
    )


def test_text_stays_inside_its_shape(svg: ET.Element) -> None:
    checked = 0
    for node in nodes(svg):
        if not list(node.iter(f"{SVG}text")):
            continue
        shape = outline(node)
        left, right, top, bottom = bounds(shape)
        for x1, x2, y1, y2 in texts(node):
            assert left + 1 <= x1 <= x2 <= right - 1, node.get("id")
            assert top <= y1 <= y2 <= bottom, node.get("id")
            if "decision" in node.get("class", ""):
                for y in (y1, y2):
                    low, high = row_inside(shape, y)
                    assert low <= x1 <= x2 <= high, node.get("id")
            checked += 1
    assert checked > 4


def test_warnings_fill_their_frames_and_stay_inside(svg: ET.Element) -> None:
    (graph,) = (g for g in svg.iter(f"{SVG}g") if g.get("class") == "graph")
    own = ET.Element("g")
    own.extend(each for each in graph if each.tag == f"{SVG}text")
    urgent = {theme.paints["urgent"].border.lower() for theme in THEMES.values()}
    frames = [
        bounds(points(each))
        for each in graph
        if each.tag in {f"{SVG}path", f"{SVG}polygon"}
        and each.get("stroke", "").lower().replace("black", "#000000") in urgent
    ]
    assert frames
    for left, right, top, bottom in frames:
        lines = [(x1, x2) for x1, x2, y1, y2 in texts(own) if top < y1 and y2 < bottom]
        assert len(lines) >= 2
        assert all(left + 4 <= x1 and x2 <= right - 4 for x1, x2 in lines)
        if len(lines) > 4:  # heading, three lines or more of signs, goal
            assert max(x2 for _, x2 in lines) - left > 0.8 * (right - left)


def test_no_two_shapes_overlap(svg: ET.Element) -> None:
    boxes = [bounds(outline(node)) for node in nodes(svg) if list(node.iter(f"{SVG}text"))]
    for index, (l1, r1, t1, b1) in enumerate(boxes):
        for l2, r2, t2, b2 in boxes[index + 1 :]:
            assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1


def test_no_line_runs_through_a_card(svg: ET.Element) -> None:
    cards = [n for n in nodes(svg) if list(n.iter(f"{SVG}text"))]
    shapes = [(outline(card), card.find(f"{SVG}ellipse") is not None) for card in cards]
    edges = [g for g in svg.iter(f"{SVG}g") if "edge" in g.get("class", "").split()]
    assert len(edges) > 1
    for edge in edges:
        for path in edge.iter(f"{SVG}path"):
            for point in sampled(points(path)):
                assert not any(deep_inside(point, *shape) for shape in shapes), edge.get("id")


def deep_inside(point: Point, shape: list[Point], is_oval: bool) -> bool:
    """Whether a point is inside a shape, more than two points from its border."""
    x, y = point
    left, right, top, bottom = bounds(shape)
    if not (left + 2 < x < right - 2 and top + 2 < y < bottom - 2):
        return False
    if is_oval:
        across = (2 * x - left - right) / (right - left - 4)
        down = (2 * y - top - bottom) / (bottom - top - 4)
        return across**2 + down**2 < 1
    if len(shape) > 7:  # a box with round corners
        return True
    low, high = row_inside(shape, y)
    return low + 2 < x < high - 2


def sampled(control: list[Point]) -> Iterator[Point]:
    """Points along the Bezier curves of a path."""
    for start in range(0, len(control) - 3, 3):
        p = control[start : start + 4]
        for step in range(21):
            t = step / 20
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            yield (
                sum(w * q[0] for w, q in zip(weights, p, strict=True)),
                sum(w * q[1] for w, q in zip(weights, p, strict=True)),
            )


def test_everything_is_drawn(sample: Diagram) -> None:
    root = parsed(sample)
    drawn = " ".join(" ".join((text.text or "") for text in root.iter(f"{SVG}text")).split())
    wanted = [
        sample.title,
        "1 Check first",
        "At any time: Warning sign",
        "Go to step 20",
        "From steps 12, 14",
    ]
    for box in sample.boxes:
        wanted += [box.title, box.detail, box.badge_words, *(line.title for line in box.lines)]
    wanted += [arrow.label for arrow in sample.arrows]
    plain = drawn.replace(" ", "").replace("\u00a0", "")
    assert [each for each in wanted if each.replace(" ", "") not in plain] == []
    ids = {g.get("id") for g in root.iter(f"{SVG}g")}
    assert {f"back-pain-whole-patient-s-{box.name}" for box in sample.boxes} <= ids


def test_marks_are_drawn_in_words_and_lines(marked: Diagram) -> None:
    root = parsed(marked)
    drawn = " ".join((text.text or "") for text in root.iter(f"{SVG}text"))
    for words in (
        "You are here",
        "Not open now",
        "Could be next",
        "You have been here",
        "This step",
        "New",
        "Removed",
        "Changed",
    ):
        assert f"► {words}" in drawn.replace("\u00a0", " ")
    node = next(n for n in nodes(root) if n.get("id") == "back-pain-whole-patient-s-tests")
    assert any(e.get("stroke-dasharray") for e in node.iter())


def test_the_picture_has_a_name_and_a_long_description(sample: Diagram) -> None:
    root = parsed(sample)
    assert root.get("role") == "img"
    named = {e.get("id"): e.text for e in root if e.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert named[root.get("aria-labelledby")] == "Severe back pain: The whole pathway"
    assert "Step 1. Severe back pain (start)" in str(named[root.get("aria-describedby")])
    assert len(list(root.iter(f"{SVG}title"))) == 1
    assert {e.get("font-family") for e in root.iter(f"{SVG}text")} == {FAMILIES}
    labels = [
        node.get("aria-label")
        for node in nodes(root)
        if node.get("id", "").startswith("back-pain-whole-patient-s")
    ]
    assert labels[2] == "3 Emergency care now Emergency same-day MRI scan"


def ids(root: ET.Element) -> list[str]:
    return [element.get("id", "") for element in root.iter() if element.get("id") is not None]


def test_every_id_of_a_picture_is_its_own_and_every_reference_finds_one(svg: ET.Element) -> None:
    found = ids(svg)
    assert len(found) == len(set(found))
    references = [
        name
        for element in svg.iter()
        for key in ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
        for name in element.get(key, "").split()
    ]
    assert len(references) == 2
    assert set(references) <= set(found)
    for element in svg.iter():
        for value in element.attrib.values():
            assert set(re.findall(r"url\(#([^)]*)\)", value)) <= set(found)


def test_pictures_on_one_page_share_no_id(small: ResolvedPathway) -> None:
    readers: tuple[Reader, ...] = ("clinician", "patient")
    views = [
        View.whole(),
        View.phase(1),
        View.phase(2),
        View.around("care", 1),
        View.around("care", 2),
        View.around("review", 2),
        View.routes("well"),
        View.routes("well", "arrive"),
    ]
    seen: set[str] = set()
    for reader in readers:
        for view in views:
            for theme in THEMES:
                found = ids(parsed(extract(small, reader=reader, view=view), theme))
                assert len(found) > 5
                assert seen.isdisjoint(found)
                seen.update(found)


def test_the_same_picture_asked_for_in_other_words_has_the_same_ids(small: ResolvedPathway) -> None:
    for one, other in (
        (View.phase("first"), View.phase(2)),
        (View.around("review"), View.around(6)),
        (View.routes("well", "arrive"), View.routes("8", 1)),
    ):
        assert ids(parsed(extract(small, view=one))) == ids(parsed(extract(small, view=other)))


def test_states_that_differ_in_underscores_have_their_own_ids() -> None:
    names = ["b", "b_", "b_c", "b__c", "_b", "b_c_"]
    boxes = tuple(Box(name, i, "action", name) for i, name in enumerate(names, start=1))
    arrows = tuple(Arrow(f"{a}/0", a, b) for a, b in pairwise(names))
    found = ids(parsed(Diagram("x", "X", "", "", "patient", boxes, arrows)))
    assert {f"x-whole-patient-s-{name}" for name in names} <= set(found)
    assert len(found) == len(set(found))


def test_an_svg_starts_no_script_and_loads_nothing(sample: Diagram) -> None:
    text = str(diagram_picture(sample, "svg", theme=THEMES["default"]))
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert "<!" not in text
    assert "href" not in text
    assert "<script" not in text


@pytest.mark.parametrize("dpi", [72, 144, 300])
def test_a_png_has_its_resolution(dpi: int) -> None:
    data = draw("digraph { a [shape=box, width=2, height=1, fixedsize=true] }", "png", dpi=dpi)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    at = data.index(b"pHYs") + 4
    x, y, unit = struct.unpack(">IIB", data[at : at + 9])
    assert (x, y, unit) == (round(dpi / 0.0254), round(dpi / 0.0254), 1)
    assert abs(width / dpi - (2 + 8 / 72)) < 0.03
    assert abs(height / dpi - (1 + 8 / 72)) < 0.03


def test_a_pdf_embeds_the_shipped_font_and_no_date_of_today(sample: Diagram) -> None:
    data = diagram_picture(sample, "pdf", theme=THEMES["default"])
    assert isinstance(data, bytes)
    assert data.startswith(b"%PDF-")
    assert b"Arimo-Bold" in data
    assert b"CreationDate" not in data


def test_the_table_of_objects_of_a_pdf_is_right(sample: Diagram) -> None:
    data = diagram_picture(sample, "pdf", theme=THEMES["default"])
    assert isinstance(data, bytes)
    (start,) = re.findall(rb"startxref\n(\d+)\n%%EOF", data)
    assert data[int(start) :].startswith(b"xref\n")
    entries = re.findall(rb"(\d{10}) \d{5} n ", data[int(start) :])
    assert len(entries) > 10
    for number, entry in enumerate(entries, start=1):
        assert data[int(entry) :].startswith(b"%d 0 obj" % number)


def test_errors_say_what_to_do() -> None:
    with pytest.raises(DrawingError, match="Graphviz could not draw"):
        draw("this is not a graph {", "svg")
    with pytest.raises(DrawingError, match="dpi is 9; give 36 to 600"):
        draw("digraph {}", "png", dpi=9)
    with pytest.raises(UnknownNameError, match="no format 'svgg'; did you mean 'svg'"):
        draw("digraph {}", "svgg")  # type: ignore[arg-type]


def test_a_png_that_would_be_too_large_is_refused_with_what_is_possible() -> None:
    chain = (
        "digraph { node [shape=box, height=3, width=2]; "
        + " -> ".join(f"n{i}" for i in range(30))
        + " }"
    )
    with pytest.raises(DrawingError, match="inches, too large for a PNG of 600") as caught:
        draw(chain, "png", dpi=600)
    (most,) = re.findall(r"give at most (\d+)", str(caught.value))
    data = draw(chain, "png", dpi=int(most) // 4)
    assert struct.unpack(">II", data[16:24])[1] > 100 * int(most) // 4


def test_a_picture_can_be_drawn_after_a_broken_one(sample: Diagram) -> None:
    before = diagram_picture(sample, "svg", theme=THEMES["default"])
    with pytest.raises(DrawingError):
        draw("digraph { a -> ", "svg")
    assert diagram_picture(sample, "svg", theme=THEMES["default"]) == before


def test_the_environment_is_left_as_it_was(
    sample: Diagram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = dict(os.environ)
    diagram_picture(sample, "pdf", theme=THEMES["default"])
    assert dict(os.environ) == before


def test_threads_get_the_same_picture(sample: Diagram, marked: Diagram) -> None:
    expected = [diagram_picture(d, "svg", theme=THEMES["default"]) for d in (sample, marked)]
    results: list[bool] = []

    def work(turn: int) -> None:
        for index in range(3):
            which = (turn + index) % 2
            drawn = diagram_picture((sample, marked)[which], "svg", theme=THEMES["default"])
            results.append(drawn == expected[which])

    threads = [threading.Thread(target=work, args=(turn,)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 24
