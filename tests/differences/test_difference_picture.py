"""The difference drawn: marks on what is new and changed, ghosts of what is gone, legible throughout."""

from __future__ import annotations

import pytest

from pathways.diagrams.difference_overlay import difference_diagram
from pathways.diagrams.model import Diagram
from pathways.diagrams.pictures import diagram_file, diagram_picture, style_of
from pathways.differences.compare import differences
from pathways.differences.model import Differences
from tests.differences.versions import AGAINST, CASES, RENAMED, SWAPPED, changed, first


def drawn(name: str) -> Diagram:
    old, new = first(), changed(*CASES[name])
    return difference_diagram(differences(old, new), old, new)


@pytest.mark.parametrize("theme", ["default", "print"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_every_picture_passes_the_gate(name: str, theme: str) -> None:
    assert diagram_picture(drawn(name), style_of(theme)).problems == ()


def test_marks_say_what_became_of_each_step() -> None:
    diagram = drawn("much")
    marks = diagram.overlay.boxes
    assert marks["diary"] == "added"
    assert marks["washout"] == "removed"
    assert {marks[name] for name in ("self_care", "review", "scan", "surgery_talk")} == {"changed"}
    assert "begin" not in marks
    assert "done" not in marks
    names = [box.name for box in diagram.boxes]
    assert names.index("washout") == names.index("surgery_talk") + 1
    assert diagram.overlay.notes["washout"] == "step 6 in 1.2.0"


def test_a_way_that_leads_elsewhere_stands_there_as_it_was_and_as_it_is() -> None:
    old, new = first(), changed(SWAPPED)
    diagram = difference_diagram(differences(old, new), old, new)
    marks = diagram.overlay.arrows
    assert marks == {
        "scan/0": "changed",
        "scan/0/gone": "removed",
        "scan/1": "changed",
        "scan/1/gone": "removed",
    }
    ends = {arrow.name: (arrow.source, arrow.target) for arrow in diagram.arrows}
    assert ends["scan/0"] == ("scan", "long_care")
    assert ends["scan/0/gone"] == ("scan", "surgery_talk")


def test_an_alarm_says_what_became_of_it() -> None:
    assert [alarm.label for alarm in drawn("no-sign").alarms] == ["Emergency sign (changed)"]
    interrupts = "interrupts:\n  - {to: emergency_care, when: emergency_sign, level: emergency, label: Emergency sign}\n"
    more = interrupts + "  - {to: scan, when: locked, level: urgent, label: Locked knee}\n"
    old, new = first(), changed((interrupts, more))
    there = difference_diagram(differences(old, new), old, new)
    assert [alarm.label for alarm in there.alarms] == ["Emergency sign", "Locked knee (new)"]
    back = difference_diagram(differences(new, old), new, old)
    assert [alarm.label for alarm in back.alarms] == ["Emergency sign", "Locked knee (removed)"]
    assert diagram_picture(back, style_of()).problems == ()


def test_another_name_is_noted() -> None:
    old, new = first(), changed(RENAMED)
    diagram = difference_diagram(differences(old, new), old, new)
    assert diagram.overlay.notes == {"surgeon": "was called surgery_talk"}


def test_other_evidence_is_noted_where_it_shows() -> None:
    old, new = first(), changed(AGAINST)
    diagram = difference_diagram(differences(old, new), old, new)
    assert diagram.overlay.notes == {"self_care": "evidence differs"}


def test_nothing_is_marked_where_nothing_differs() -> None:
    found: Differences = differences(first(), first())
    diagram = difference_diagram(found, first(), first())
    assert not diagram.overlay.boxes
    assert not diagram.overlay.arrows
    assert diagram.subtitle == "What changed from 1.2.0 to 1.2.0"


@pytest.mark.parametrize("format", ["dot", "mermaid", "svg"])
def test_every_format_is_written(format: str) -> None:
    content = diagram_file(drawn("much"), format).decode("utf-8")  # type: ignore[arg-type]
    assert "Washout" in content
    assert "Pain diary" in content
