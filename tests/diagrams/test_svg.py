"""Pictures as SVG: everything inside its shape, nothing lost, everything named, the same every time."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pathways.conditions.scope import Reader
from pathways.diagrams import (
    PAPERS,
    THEMES,
    Diagram,
    Picture,
    View,
    diagram_pages,
    diagram_picture,
    extract,
    pages,
    picture,
    style_of,
)
from pathways.diagrams.fonts import FAMILIES, text_width, wrap
from pathways.diagrams.jumps import jumps
from pathways.diagrams.layout.engine import ask
from pathways.diagrams.model import Arrow, Box
from pathways.diagrams.profiles import PRINT_PROFILES
from pathways.errors import DrawingError
from pathways.model.pathway import ResolvedPathway
from pathways.reading.files import library_ids
from pathways.reading.load import load

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {f"{SVG}rect", f"{SVG}polygon"}
KINDS = {"clinical_state", "decision", "action", "options", "link", "end"}
Point = tuple[float, float]
Bounds = tuple[float, float, float, float]
Root = ET.Element


def shipped() -> Iterator[str]:
    """Every picture of the library: ``safety patient whole``, ``safety clinician 1``; some pages."""
    for name in library_ids():
        for reader in ("clinician", "patient"):
            yield f"{name} {reader} whole"
            yield from (f"{name} {reader} {n}" for n in range(1, len(load(name).phases) + 1))
    yield from (f"safety {profile} pages" for profile in PRINT_PROFILES)
    yield "severe-back-pain clinician pages"


@pytest.fixture(
    params=[
        *(f"{marks} {name}" for name in sorted(THEMES) for marks in ("sample", "marked")),
        *shipped(),
    ]
)
def svgs(request: pytest.FixtureRequest, sample: Diagram, marked: Diagram) -> tuple[Root, ...]:
    what, *rest = request.param.split()
    if what in {"sample", "marked"}:
        return (parsed(sample if what == "sample" else marked, rest[0]),)
    return of_library(what, *rest)


@cache
def of_library(name: str, who: str, part: str) -> tuple[Root, ...]:
    if part == "pages":
        return tuple(ET.fromstring(each.svg) for each in pages(load(name), profile=who))
    view = View.whole() if part == "whole" else View.phase(part)
    reader: Reader = "patient" if who == "patient" else "clinician"
    return (ET.fromstring(picture(load(name), reader=reader, view=view).svg),)


def drawn(diagram: Diagram, theme: str = "default") -> Picture:
    return diagram_picture(diagram, style_of(theme))


def parsed(diagram: Diagram, theme: str = "default") -> Root:
    return ET.fromstring(drawn(diagram, theme).svg)


# What stands where, read from the SVG alone.


@dataclass(frozen=True)
class Shape:
    """A group with a shape of its own: its outline, and the lines of text that stand right in it."""

    name: str
    classes: frozenset[str]
    outline: tuple[Point, ...]
    radius: float
    texts: tuple[Bounds, ...]

    @property
    def bounds(self) -> Bounds:
        """Left, right, top, bottom."""
        xs, ys = [x for x, _ in self.outline], [y for _, y in self.outline]
        return min(xs), max(xs), min(ys), max(ys)


def groups(element: ET.Element, x: float = 0, y: float = 0) -> Iterator[tuple[ET.Element, Point]]:
    """Every group with the place of its own 0, 0 in the picture."""
    for group in element.findall(f"{SVG}g"):
        moved = re.fullmatch(r"translate\((\S+) (\S+)\)", group.get("transform", "translate(0 0)"))
        assert moved, group.get("transform")
        here = (x + float(moved[1]), y + float(moved[2]))
        yield group, here
        yield from groups(group, *here)


def shapes(root: Root, *parts: str) -> list[Shape]:
    return [
        shape_of(group, place)
        for group, place in groups(root)
        if set(parts) & set(group.get("class", "").split())
    ]


def shape_of(group: ET.Element, place: Point) -> Shape:
    (drawn,) = (each for each in group if each.tag in SHAPES)
    if drawn.tag == f"{SVG}polygon":
        pairs = [each.split(",") for each in drawn.get("points", "").split()]
        outline = [(float(x) + place[0], float(y) + place[1]) for x, y in pairs]
    else:
        left, top = place
        right, bottom = left + float(drawn.get("width", "")), top + float(drawn.get("height", ""))
        outline = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return Shape(
        group.get("id", ""),
        frozenset(group.get("class", "").split()),
        tuple(outline),
        float(drawn.get("rx", "0")),
        tuple(texts(group, place)),
    )


def texts(group: ET.Element, place: Point) -> Iterator[Bounds]:
    """Left, right, top and bottom of the texts right in a group, by our own table of widths."""
    for text in group.findall(f"{SVG}text"):
        size = float(text.get("font-size", "0"))
        width = text_width(text.text or "", size, bold=text.get("font-weight") == "bold")
        x, y = place[0] + float(text.get("x", "0")), place[1] + float(text.get("y", "0"))
        anchor = text.get("text-anchor", "start")
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        yield left, left + width, y - 0.73 * size, y + 0.21 * size


def row_inside(outline: tuple[Point, ...], y: float) -> tuple[float, float]:
    """The left and right end of a convex polygon at a height."""
    crossings = []
    for (x1, y1), (x2, y2) in zip(outline, outline[1:] + outline[:1], strict=True):
        if min(y1, y2) <= y <= max(y1, y2) and y1 != y2:
            crossings.append(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    return min(crossings), max(crossings)


def is_in_corner(shape: Shape, point: Point) -> bool:
    """Whether a point is in what a round corner takes away."""
    left, right, top, bottom = shape.bounds
    radius = min(shape.radius, (right - left) / 2, (bottom - top) / 2)
    across = max(left + radius - point[0], point[0] - right + radius, 0)
    down = max(top + radius - point[1], point[1] - bottom + radius, 0)
    return bool(across and down and across**2 + down**2 > radius**2)


def pieces(data: str) -> Iterator[tuple[Point, Point]]:
    """A path of M, H, V, L, Q and C as straight pieces."""
    here: Point = (0.0, 0.0)
    for command, rest in re.findall(r"([MHVLQC])([^A-Z]*)", data):
        numbers = [float(each) for each in re.findall(r"-?\d+\.?\d*", rest)]
        match command:
            case "M":
                here = (numbers[0], numbers[1])
                continue
            case "H":
                control = [here, (numbers[0], here[1])]
            case "V":
                control = [here, (here[0], numbers[0])]
            case _:
                control = [here, *zip(numbers[::2], numbers[1::2], strict=True)]
        degree = {"Q": 2, "C": 3}.get(command, 1)
        for start in range(0, len(control) - 1, degree):
            curve = control[start : start + degree + 1]
            steps = 1 if degree == 1 else 20
            yield from pairwise(along(curve, step / steps) for step in range(steps + 1))
        here = control[-1]


def along(control: list[Point], share: float) -> Point:
    """A point of a Bezier curve of any degree (de Casteljau)."""
    while len(control) > 1:
        control = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(control)
        ]
    return control[0]


def ways(root: Root) -> list[ET.Element]:
    return [each for each in root.iter(f"{SVG}path") if "way" in each.get("class", "").split()]


def words(root: ET.Element) -> str:
    return " ".join(" ".join(each.text or "" for each in root.iter(f"{SVG}text")).split())


def ids(root: Root) -> list[str]:
    return [element.get("id", "") for element in root.iter() if element.get("id") is not None]


# Everything in its place.


def test_text_stays_inside_its_shape(svgs: tuple[Root, ...]) -> None:
    checked = 0
    parts = ("card", "oval", "label", "offer", "number", "alarm", "frame", "row")
    for shape in (each for svg in svgs for each in shapes(svg, *parts)):
        left, right, top, bottom = shape.bounds
        for x1, x2, y1, y2 in shape.texts:
            assert left + 1 <= x1 <= x2 <= right - 1, shape.name
            assert top <= y1 <= y2 <= bottom, shape.name
            for y in (y1, y2):
                if "decision" in shape.classes:
                    low, high = row_inside(shape.outline, y)
                    assert low <= x1 <= x2 <= high, shape.name
                assert not is_in_corner(shape, (x1, y)), shape.name
                assert not is_in_corner(shape, (x2, y)), shape.name
            checked += 1
    assert checked > 4


def test_everything_stays_on_the_sheet(svgs: tuple[Root, ...]) -> None:
    for svg in svgs:
        left, top, right, bottom = (float(each) for each in svg.get("viewBox", "").split())
        assert (left, top) == (0, 0)
        assert svg.get("width") == f"{right:g}pt"
        assert svg.get("height") == f"{bottom:g}pt"
        everything = [each for group, place in groups(svg) for each in texts(group, place)]
        everything += [each.bounds for each in shapes(svg, "card", "oval", "label", "alarm")]
        everything += [
            (x, x, y, y)
            for way in ways(svg)
            for piece in pieces(way.get("d", ""))
            for x, y in piece
        ]
        assert len(everything) > 10
        for x1, x2, y1, y2 in everything:
            assert 0 <= x1 <= x2 <= right
            assert 0 <= y1 <= y2 <= bottom


def test_warnings_fill_their_frames_and_stay_inside(svgs: tuple[Root, ...]) -> None:
    for svg in svgs:
        alarms = [each for each in groups(svg) if "alarm" in set_of(each[0])]
        assert alarms
        for group, place in alarms:
            alarm = shape_of(group, place)
            left, right, _, _ = alarm.bounds
            assert alarm.texts
            assert all(left + 4 <= x1 and x2 <= right - 4 for x1, x2, _, _ in alarm.texts)
            lines = group.findall(f"{SVG}text")
            for bold in (True, False):  # heading and goal, then the signs
                own = [each for each in lines if (each.get("font-weight") == "bold") == bold]
                text = " ".join(each.text or "" for each in own)
                room = right - left - 2 * (alarm.texts[0][0] - left)
                size = float(own[0].get("font-size", "0")) if own else 1.0
                # About equally wide, but no more lines than filled ones.
                assert len(own) == len(wrap(text, room, size, bold=bold, even=False))


def test_warnings_stand_above_every_step_and_say_where_to_go(svgs: tuple[Root, ...]) -> None:
    for svg in svgs:
        found = {group.get("id"): words(group) for group, _ in groups(svg)}
        alarms = shapes(svg, "alarm")
        assert [bool(re.search(r"→ Go to step \d+", found[each.name])) for each in alarms] == [
            True
        ] * len(alarms)
        lowest = max(each.bounds[3] for each in alarms)
        assert all(each.bounds[2] > lowest for each in shapes(svg, "card", "oval", "label"))


def test_no_two_shapes_overlap(svgs: tuple[Root, ...]) -> None:
    for svg in svgs:
        boxes = [each.bounds for each in shapes(svg, "card", "oval", "label", "alarm")]
        for (l1, r1, t1, b1), (l2, r2, t2, b2) in combinations(boxes, 2):
            assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1


def test_no_line_runs_through_a_card(svgs: tuple[Root, ...]) -> None:
    lines = 0
    for svg in svgs:
        solid = shapes(svg, "card", "oval", "label", "alarm")
        for way in ways(svg):
            own = way.get("id", "").replace("-w-", "-l-", 1)
            for piece in pieces(way.get("d", "")):
                hit = [each.name for each in solid if each.name != own and runs_in(piece, each)]
                assert hit == [], way.get("id")
            lines += 1
    assert lines > 1


def runs_in(piece: tuple[Point, Point], shape: Shape) -> bool:
    """Whether a straight piece gets inside a shape, more than two points from its border."""
    left, right, top, bottom = shape.bounds
    (x1, y1), (x2, y2) = piece
    if not (max(x1, x2) > left + 2 and min(x1, x2) < right - 2):
        return False
    if not (max(y1, y2) > top + 2 and min(y1, y2) < bottom - 2):
        return False
    return any(deep_inside(along([*piece], step / 500), shape) for step in range(501))


def deep_inside(point: Point, shape: Shape) -> bool:
    x, y = point
    left, right, top, bottom = shape.bounds
    if not (left + 2 < x < right - 2 and top + 2 < y < bottom - 2):
        return False
    low, high = row_inside(shape.outline, y)
    return low + 2 < x < high - 2


def test_every_label_stands_on_its_line(svgs: tuple[Root, ...]) -> None:
    for svg in svgs:
        lines = {way.get("id"): list(pieces(way.get("d", ""))) for way in ways(svg)}
        for label in shapes(svg, "label"):
            own = lines[label.name.replace("-l-", "-w-", 1)]
            assert any(runs_in(piece, label) for piece in own), label.name


# Nothing lost.


def test_everything_is_drawn(sample: Diagram) -> None:
    shown = words(parsed(sample))
    wanted = [
        sample.title,
        sample.subtitle,
        sample.footer,
        "1 Check first",
        "At any time: Warning sign",
        "Go to step 20",
        "From steps 12, 14",
    ]
    for box in sample.boxes:
        wanted += [box.title, box.detail, box.badge_words, *(line.title for line in box.lines)]
        wanted += [line.badge_words for line in box.lines]
    wanted += [arrow.label for arrow in sample.arrows]
    plain = shown.replace(" ", "")
    assert [each for each in wanted if each.replace(" ", "") not in plain] == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_step_way_and_phase_has_an_id(sample: Diagram, theme: str) -> None:
    root = parsed(sample, theme)
    name = "back-pain-whole-patient" + ("-print" if theme == "print" else "")
    assert root.get("id") == name
    found = ids(root)
    assert {each for each in found if f"{name}-s-" in each} == {
        f"{name}-s-{box.name}" for box in sample.boxes
    }
    assert {each for each in found if f"{name}-p-" in each} == {
        f"{name}-p-{group.name}" for group in sample.groups
    }
    assert jumps(sample)  # drawn as ovals, with a short line of their own
    ways = [*(each.name for each in sample.arrows), *(e.name for e in sample.stubs if e.leaves)]
    assert {f"{name}-w-{each.replace('/', '-')}" for each in ways} <= set(found)


def test_classes_name_kind_urgency_and_mark(marked: Diagram) -> None:
    root = parsed(marked)
    classes = {each.get("id"): set(each.get("class", "").split()) for each in root.iter()}
    name = "back-pain-whole-patient"
    for box in marked.boxes:
        found = classes[f"{name}-s-{box.name}"]
        assert found & KINDS == {box.kind}
        assert ("emergency" in found) == (box.urgency == "emergency")
        assert ("urgent" in found) == (box.urgency == "urgent")
        mark = marked.overlay.boxes.get(box.name)
        assert mark is None or mark in found
    assert "closed" in classes[f"{name}-w-signs-0"]
    assert "next" in classes[f"{name}-w-signs-1"]
    assert classes[f"{name}-w-signs-2"] == {"way"}


@pytest.mark.parametrize(
    ("kind", "tag", "is_round"),
    [
        ("clinical_state", "rect", True),
        ("decision", "polygon", False),
        ("action", "rect", False),
        ("options", "rect", False),
        ("link", "rect", True),
        ("end", "rect", True),
    ],
)
def test_shapes_of_clinical_algorithms(
    sample: Diagram, kind: str, tag: str, is_round: bool
) -> None:
    cards = [g for g, _ in groups(parsed(sample, "print")) if {"card", kind} <= set_of(g)]
    assert cards
    for card in cards:
        (drawn,) = (each for each in card if each.tag in SHAPES)
        assert drawn.tag == f"{SVG}{tag}"
        if tag == "rect":
            assert (float(drawn.get("rx", "0")) >= 10) == is_round
        assert ("stroke-dasharray" in drawn.attrib) == (kind == "options")


def set_of(element: ET.Element) -> set[str]:
    return set(element.get("class", "").split())


def test_marks_are_drawn_in_words_and_lines(marked: Diagram) -> None:
    root = parsed(marked)
    shown = words(root)
    for mark in (
        "You are here",
        "Not open now",
        "Could be next",
        "You have been here",
        "This step",
        "New",
        "Removed",
        "Changed",
    ):
        assert f"► {mark}" in shown
    dashed = {
        each.get("id"): any(e.get("stroke-dasharray") for e in each)
        for each, _ in groups(root)
        if "card" in set_of(each)
    }
    assert dashed["back-pain-whole-patient-s-tests"]
    assert not dashed["back-pain-whole-patient-s-signs"]
    lines = {each.get("id"): each for each in ways(root)}
    assert lines["back-pain-whole-patient-w-signs-1"].get("stroke-dasharray")
    plain, been = (lines[f"back-pain-whole-patient-w-{n}"] for n in ("signs-2", "arrive-0"))
    assert float(been.get("stroke-width", "0")) > 2 * float(plain.get("stroke-width", "0"))
    struck = [e.text for e in root.iter(f"{SVG}text") if e.get("text-decoration") == "line-through"]
    assert struck == ["Emergency care now", "Short opioid course"]


# For those who do not see it, and for other programs.


def test_the_picture_has_a_name_and_a_long_description(sample: Diagram) -> None:
    root = parsed(sample)
    assert root.get("role") == "img"
    assert root.get("lang") == "en"
    named = {e.get("id"): e.text for e in root if e.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert named[root.get("aria-labelledby")] == "Severe back pain: The whole pathway"
    assert "Step 1. Severe back pain\n" in str(named[root.get("aria-describedby")])
    assert len(list(root.iter(f"{SVG}title"))) == 1
    assert root.get("font-family") == FAMILIES
    assert [e.tag for e in root.iter() if e is not root and e.get("font-family")] == []
    labels = {each.get("id"): each.get("aria-label") for each in root.iter(f"{SVG}g")}
    assert (
        labels["back-pain-whole-patient-s-go_now"]
        == "3 Emergency care now Emergency same-day MRI scan"
    )
    for box in sample.boxes:
        said = str(labels[f"back-pain-whole-patient-s-{box.name}"])
        assert said.startswith(f"{box.number} ")
        assert [line.title in said for line in box.lines] == [True] * len(box.lines)


def test_the_language_is_that_of_the_pathway(sample: Diagram) -> None:
    assert parsed(replace(sample, language="de-CH")).get("lang") == "de-CH"


def test_every_id_of_a_picture_is_its_own_and_every_reference_finds_one(
    svgs: tuple[Root, ...],
) -> None:
    for svg in svgs:
        found = ids(svg)
        assert len(found) == len(set(found))
        assert [each for each in found if not re.fullmatch(r"[A-Za-z0-9][\w-]*", each)] == []
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


READERS: tuple[Reader, ...] = ("clinician", "patient")


def test_pictures_on_one_page_share_no_id(small: ResolvedPathway) -> None:
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
    for reader in READERS:
        for view in views:
            for theme in THEMES:
                for profile in ("screen", "large-print"):
                    drawn = picture(small, reader=reader, view=view, theme=theme, profile=profile)
                    found = ids(ET.fromstring(drawn.svg))
                    assert len(found) > 5
                    assert seen.isdisjoint(found)
                    seen.update(found)


def test_pages_of_paper_in_one_file_share_no_id(small: ResolvedPathway) -> None:
    seen = set(ids(ET.fromstring(picture(small).svg)))
    for reader in READERS:
        for paper in PAPERS:
            for profile in ("clinician", "large-print"):
                for page in pages(small, paper=paper, profile=profile, reader=reader):
                    found = ids(ET.fromstring(page.svg))
                    assert seen.isdisjoint(found)
                    seen.update(found)


def test_pages_of_different_parts_share_no_id(small: ResolvedPathway) -> None:
    seen: set[str] = set()
    for view in (View.whole(), View.phase(1), View.phase(2), View.around("care", 1)):
        for page in pages(small, profile="large-print", view=view):
            found = ids(ET.fromstring(page.svg))
            assert seen.isdisjoint(found)
            seen.update(found)


def test_rules_of_one_picture_hold_for_it_alone(sample: Diagram) -> None:
    root = parsed(sample)
    style = root.findtext(f"{SVG}style") or ""
    inner = re.fullmatch(r"@media screen and \(prefers-color-scheme:dark\)\{(.*)\}", style)
    assert inner
    selectors = [each for rule in inner[1].split("}") for each in rule.split("{")[0].split(",")]
    assert len(selectors) > 20
    scopes = {each.split()[0] for each in selectors if each}
    assert {scope.partition(":")[0] for scope in scopes} == {f"#{root.get('id')}"}
    assert parsed(sample, "print").find(f"{SVG}style") is None


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
    assert {f"x-whole-patient-w-{name}-0" for name in names[:-1]} <= set(found)
    assert len(found) == len(set(found))


def test_an_svg_starts_no_script_and_loads_nothing(sample: Diagram) -> None:
    for shown in (drawn(sample), drawn(sample).with_font()):
        text = shown.svg
        assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
        assert text.endswith("</svg>\n")
        assert "<!" not in text
        assert "href" not in text
        assert "<script" not in text
        assert "@import" not in text
        assert set(re.findall(r"url\((.{16})", text)) <= {"data:font/woff2;"}
        assert ("url(" in text) == shown.embed_font


def test_an_svg_shrinks_to_the_page_it_is_on(sample: Diagram) -> None:
    assert parsed(sample).get("style") == "max-width:100%;height:auto"


def test_with_its_font_an_svg_differs_in_the_style_alone(sample: Diagram) -> None:
    for theme in THEMES:
        plain, brought = drawn(sample, theme).svg, drawn(sample, theme).with_font().svg
        style = ET.fromstring(brought).findtext(f"{SVG}style") or ""
        assert style.count("@font-face{font-family:'Arimo';") == 2
        assert re.sub("<style>.*</style>\n", "", brought) == re.sub(
            "<style>.*</style>\n", "", plain
        )
        assert style.endswith(ET.fromstring(plain).findtext(f"{SVG}style") or "")


# The same every time.


def test_errors_say_what_to_do() -> None:
    with pytest.raises(DrawingError, match=r"Graphviz could not lay out .*; .* a smaller part"):
        ask(["this is not a graph {"])


def test_a_picture_can_be_drawn_after_a_broken_one(sample: Diagram) -> None:
    before = drawn(sample).svg
    with pytest.raises(DrawingError):
        ask(["n0 -> "])
    assert drawn(sample).svg == before


def test_the_environment_is_left_as_it_was(
    sample: Diagram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FONTCONFIG_FILE", "mine")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = dict(os.environ)
    shown = drawn(sample)
    assert shown.pdf()
    assert shown.png(72)
    assert shown.with_font().svg
    assert dict(os.environ) == before
    assert list(tmp_path.iterdir()) == []


def test_threads_get_the_same_picture(sample: Diagram, marked: Diagram) -> None:
    """Eight threads draw fifty pictures each, pages of paper among them."""

    def work(number: int) -> tuple[str, str]:
        which = ("sample", "marked", "pages")[2 if number % 25 == 0 else number % 2]
        svgs = (
            [page.svg for page in diagram_pages(sample, style_of(profile="clinician"))]
            if which == "pages"
            else [drawn(sample if which == "sample" else marked).svg]
        )
        return which, hashlib.sha256("".join(svgs).encode()).hexdigest()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(work, range(8 * 50)))) == 3
