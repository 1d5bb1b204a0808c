from __future__ import annotations

import pytest

from pathways.diagrams import Overlay, View, extract
from pathways.errors import UnknownNameError
from pathways.model.document import Review
from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import load


def test_boxes_keep_the_numbers_of_the_whole(small: ResolvedPathway) -> None:
    diagram = extract(small, view=View.phase("first"))
    assert [(box.name, box.number) for box in diagram.boxes] == [("care", 5), ("review", 6)]
    assert [(g.name, g.number) for g in diagram.groups] == [("first", 2)]


def test_what_is_around_a_step_has_no_frames(small: ResolvedPathway) -> None:
    diagram = extract(small, view=View.around("care"))
    assert diagram.groups == ()
    assert {box.group for box in diagram.boxes} == {None}


def test_an_alarm_names_the_signs_behind_a_name(small: ResolvedPathway) -> None:
    from pathways.conditions import And, Named, Or
    from pathways.model.definitions import DefinitionRecord

    both = And((Named("saddle_numbness"), Named("fever")))
    definitions = {
        "inner": DefinitionRecord(when=Or((Named("saddle_numbness"), Named("both")))),
        "both": DefinitionRecord(when=both, title="numb with fever"),
        "signs_now": DefinitionRecord(when=Or((Named("fever"), Named("inner"))), title="a sign"),
    }
    object.__setattr__(small, "definitions", definitions)
    interrupt = small.interrupts[0].model_copy(update={"when": Named("signs_now")})
    object.__setattr__(small, "interrupts", (interrupt,))
    (alarm,) = extract(small, reader="patient").alarms
    said = alarm.condition
    assert said.index("fever") < said.index("numb between the legs") < said.index("numb with fever")
    assert "a sign" not in said


def test_ways_across_the_edge_become_stubs(small: ResolvedPathway) -> None:
    diagram = extract(small, view=View.phase("first"), reader="patient")
    assert [arrow.name for arrow in diagram.arrows] == ["care/0", "review/2"]
    stubs = [(each.name, each.box, each.other, each.number, each.leaves) for each in diagram.stubs]
    assert stubs == [
        ("signs/2", "care", "signs", 2, False),
        ("tests/0", "care", "tests", 4, False),
        ("review/0", "review", "well", 8, True),
        ("review/1", "review", "block", 7, True),
    ]


@pytest.mark.parametrize(
    "view", [View.whole(), View.phase("1"), View.around("care", 1), View.routes("well")]
)
def test_no_way_is_lost(small: ResolvedPathway, view: View) -> None:
    diagram = extract(small, view=view)
    shown = {box.name for box in diagram.boxes}
    touching = [way for way in small.ways if {way.source, way.target} & shown]
    inner = [way.key for way in touching if {way.source, way.target} <= shown]
    assert [arrow.name for arrow in diagram.arrows] == inner
    edges = {(w.source, small.numbers[w.target], True) for w in touching if w.target not in shown}
    edges |= {(w.target, small.numbers[w.source], False) for w in touching if w.source not in shown}
    assert {(stub.box, stub.number, stub.leaves) for stub in diagram.stubs} == edges


def test_words_are_those_of_the_reader(small: ResolvedPathway) -> None:
    assert extract(small, reader="clinician").box("signs").title == "Red flags?"
    diagram = extract(small, reader="patient")
    assert (diagram.title, diagram.box("signs").title) == ("Back pain", "Any warning sign?")
    assert diagram.alarms[0].condition == "you are numb between the legs"


def test_labels(small: ResolvedPathway) -> None:
    labels = {arrow.name: arrow.label for arrow in extract(small).arrows}
    assert labels["arrive/0"] == ""
    assert labels["signs/0"] == "Yes"
    assert labels["signs/2"] == "Otherwise"
    assert 0 < len(labels["signs/1"]) <= 28
    order = {arrow.name: arrow.order for arrow in extract(small).arrows if arrow.order}
    assert order == {"signs/0": 1, "signs/1": 2, "signs/2": 3}
    (stub,) = extract(small, view=View.around("arrive", 1)).stubs[:1]
    assert (stub.box, stub.order) == ("signs", 1)
    conditions = {arrow.name: arrow.condition for arrow in extract(small).arrows}
    assert conditions["arrive/0"] == ""
    assert conditions["signs/2"] == "none of the lines above fits"


def test_badges_offers_results_and_urgency(small: ResolvedPathway) -> None:
    diagram = extract(small, reader="patient")
    heat, tens = diagram.box("care").lines
    assert (heat.title, heat.badge_words, heat.when_words) == ("Heat", "Guidelines support it", "")
    assert (tens.badge_words, bool(tens.when_words)) == ("Guidelines advise against it", True)
    assert diagram.box("block").badge == "no_guideline_found"
    assert diagram.box("tests").results == ("pain relief",)
    urgencies = {box.name: box.urgency for box in diagram.boxes if box.urgency}
    assert urgencies == {"go_now": "emergency", "tests": "urgent"}


def test_interrupts_become_alarms_never_arrows(small: ResolvedPathway) -> None:
    diagram = extract(small, view=View.phase("later"))
    (alarm,) = diagram.alarms
    assert (alarm.level, alarm.target_number, alarm.label) == ("emergency", 3, "Warning sign")
    assert {arrow.target for arrow in diagram.arrows} == {"well"}


def test_footer_says_draft_or_who_reviewed(small: ResolvedPathway) -> None:
    assert small.status_words == (
        "Version 1.0.0, 2026-11-20. Draft: not reviewed by a clinician. Information, not medical advice."
    )
    review = Review(status="reviewed", by="Dr A, physician", on="2026-10-01")
    document = small.document.model_copy(update={"review": review})
    object.__setattr__(small, "document", document)
    assert "Reviewed by Dr A, physician on 2026-10-01." in small.status_words


def test_marks_on_what_is_not_shown_are_left_out(small: ResolvedPathway) -> None:
    overlay = Overlay({"care": "here", "arrive": "been"}, {"care/0": "next"})
    diagram = extract(small, view=View.phase("first"), overlay=overlay)
    assert diagram.overlay.boxes == {"care": "here"}


def test_marks_on_what_is_not_known_are_errors(small: ResolvedPathway) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'care'"):
        extract(small, overlay=Overlay({"car": "here"}))
    with pytest.raises(UnknownNameError, match="no way 'care/7'"):
        extract(small, overlay=Overlay({}, {"care/7": "here"}))


def test_cautions_of_a_treatment_and_of_its_classes_come_along() -> None:
    pathway = load("severe-back-pain")
    lines = {line.title: line for box in extract(pathway).boxes for line in box.lines}
    meloxicam = pathway.catalogue.treatments["meloxicam"]
    told = [
        caution.text.clinician.rstrip(".")
        for cautions in (
            meloxicam.cautions,
            *(pathway.catalogue.classes[each].cautions for each in meloxicam.classes),
        )
        for caution in cautions
    ]
    assert told
    said = lines[meloxicam.title.clinician].cautions
    assert [any(each.startswith(caution) for each in said) for caution in told] == [True] * len(
        told
    )


def test_marks_may_name_steps_by_number(small: ResolvedPathway) -> None:
    assert extract(small, overlay=Overlay({"5": "here"})).overlay.boxes == {"care": "here"}
    by_number = Overlay({5: "here"})  # type: ignore[dict-item]
    assert extract(small, overlay=by_number).overlay.boxes == {"care": "here"}


def test_there_are_no_other_marks_and_readers(small: ResolvedPathway) -> None:
    with pytest.raises(UnknownNameError, match="no mark 'blue'; known: 'added', 'been'"):
        Overlay(boxes={"care": "blue"})  # type: ignore[dict-item]
    with pytest.raises(UnknownNameError, match="no mark 'nxt'; did you mean 'next'"):
        Overlay(arrows={"care/0": "nxt"})  # type: ignore[dict-item]
    with pytest.raises(UnknownNameError, match="no reader 'nurse'; known: 'clinician', 'patient'"):
        extract(small, reader="nurse")  # type: ignore[arg-type]
