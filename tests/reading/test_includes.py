"""Pathways that include pathways, and the catalogues they name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath

import pytest

from pathways.conditions import parse
from pathways.errors import DocumentError
from pathways.graph.findings_used import findings_used
from pathways.model.pathway import ResolvedPathway
from pathways.reading.known import states_in_file
from pathways.reading.load import load, load_many, loads
from pathways.reading.marks import Marked, read_yaml

GOOD = FilePath(__file__).parent / "good"
Write = Callable[..., FilePath]

ENDS = "states:\n  {0}: {{kind: clinical_state, title: A, next: [{{to: {0}_end}}]}}\n  {0}_end: {{kind: end, title: E}}\n"


@pytest.fixture
def write(tmp_path: FilePath) -> Write:
    """Write a small pathway file; what is given replaces or follows the usual lines."""

    def write_file(
        name: str, body: str = "", *, states: str = "", catalogues: str = "[]"
    ) -> FilePath:
        start = name.replace("-", "_")
        text = (
            f"format: 1\npathway: {name}\ntitle: {name}\nversion: 1.0.0\nupdated: 2026-11-20\n"
            f"catalogues: {catalogues}\nstart: {start}\n{body}{states or ENDS.format(start)}"
        )
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def problems(path: FilePath, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(path.parent)
    with pytest.raises(DocumentError) as caught:
        load(path.name)
    return str(caught.value)


@pytest.fixture(scope="module")
def knee() -> ResolvedPathway:
    return load(GOOD / "sore-knee.yaml")


def test_included_states_come_first_and_joined_ends_are_gone(knee: ResolvedPathway) -> None:
    assert list(knee.states)[:3] == ["look_for_signs", "same_day_care", "how_long"]
    assert "no_sign" not in knee.states
    assert knee.numbers["look_for_signs"] == 1
    assert knee.state_name("3") == "how_long"


def test_ways_to_joined_ends_lead_on(knee: ResolvedPathway) -> None:
    ways = [(way.key, way.target) for way in knee.ways_from("look_for_signs")]
    assert ways == [("look_for_signs/0", "same_day_care"), ("look_for_signs/1", "how_long")]
    assert knee.states["look_for_signs"].next[1].label is not None


def test_interrupts_are_gathered_emergencies_first(knee: ResolvedPathway) -> None:
    assert [(each.level, each.to) for each in knee.interrupts] == [
        ("emergency", "same_day_care"),
        ("urgent", "same_day_care"),
    ]


def test_rules_speak_of_the_states_the_ends_are_joined_to(knee: ResolvedPathway) -> None:
    by_id = {rule.id: rule for rule in knee.rules}
    assert by_id["check-first"].never == "how_long before any checking"
    assert by_id["someone-is-fine"].possible == "how_long"
    assert knee.included[0].rules[1].possible == "no_sign"


def test_origins_places_evidence_and_records_come_along(knee: ResolvedPathway) -> None:
    assert knee.origins["look_for_signs"] == "knee-check"
    assert knee.origins["how_long"] == "sore-knee"
    assert set(knee.origins) == set(knee.states)
    assert knee.places["states", "look_for_signs"].file.endswith("knee-check.yaml")
    assert knee.places["states", "how_long"].file.endswith("sore-knee.yaml")
    assert knee.places["states", "how_long"].line == 39
    assert [each.source for each in knee.evidence_of("look_for_signs")] == ["check-guide"]
    assert knee.badge_of_treatment("heat", "how_long") == "supported"
    assert {"hot_knee", "weeks"} <= set(knee.catalogue.findings)
    assert {"knee_sign", "long"} <= set(knee.definitions)


def test_interrupts_to_a_joined_end_lead_on(write: Write) -> None:
    write(
        "sub",
        "findings: {f: {title: f, type: yes_no, kind: watch, question: Q}}\n"
        "interrupts: [{to: sub_end, when: f, level: urgent, label: L}]\n",
    )
    main = load(write("main", "include: [{pathway: sub, joins: {sub_end: main}}]\n"))
    assert [each.to for each in main.interrupts] == ["main"]
    assert list(main.states) == ["sub", "main", "main_end"]


def test_nested_includes(write: Write) -> None:
    write("inner")
    write("middle", "include: [{pathway: inner, joins: {inner_end: middle}}]\n")
    outer = load(write("outer", "include: [{pathway: middle, joins: {middle_end: outer}}]\n"))
    assert list(outer.states) == ["inner", "middle", "outer", "outer_end"]
    assert [each.pathway for each in outer.included] == ["inner", "middle"]
    assert outer.origins == {
        "inner": "inner",
        "middle": "middle",
        "outer": "outer",
        "outer_end": "outer",
    }
    assert [way.target for way in outer.ways] == ["middle", "outer", "outer_end"]


def test_what_two_includes_include_is_there_once(write: Write) -> None:
    write(
        "base",
        "findings: {f: {title: f, type: yes_no, kind: watch, question: Q}}\n"
        "interrupts: [{to: base_end, when: f, level: urgent, label: L}]\n"
        "rules: [{id: r, possible: base_end, why: W}]\n",
    )
    write("left", "include: [base]\n")
    write("right", "include: [base]\n")
    both = load(write("both", "include: [left, right]\n"))
    assert [each.pathway for each in both.included] == ["base", "left", "right"]
    assert len(both.interrupts) == len(both.rules) == 1
    assert list(both.states)[:3] == ["base", "base_end", "left"]


def test_facts_of_included_pathways_hold_too(write: Write) -> None:
    finding = (
        "findings: {{{0}: {{title: f, type: yes_no, kind: watch, question: Q}}}}\nfacts: [{0}]\n"
    )
    write("base", finding.format("f"))
    write("left", "include: [base]\n")
    write("right", "include: [base]\nfacts: [not f]\n")
    both = load(write("both", "include: [left, right]\n" + finding.format("g")))
    assert both.facts == (parse("f"), parse("not f"), parse("g"))
    used = findings_used(both)
    assert {name: each.read_elsewhere for name, each in used.items()} == {
        "f": ("facts",),
        "g": ("facts",),
    }


def test_two_includes_with_different_rules_of_one_name_are_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("left", "rules: [{id: same, possible: left_end, why: W}]\n")
    write("right", "rules: [{id: same, possible: right_end, why: W}]\n")
    path = write("both", "include: [left, right]\n")
    assert problems(path, monkeypatch) == (
        "both.yaml:8:17: error[name-taken]: the rule 'same' of 'right' is another one elsewhere; "
        "rename one of them; one name has one meaning"
    )


def test_a_waiver_may_name_a_rule_of_an_included_pathway(write: Write) -> None:
    write("base", "rules: [{id: come, possible: base_end, why: W}]\n")
    waiver = "waivers: [{rule: come, why: W, by: B, on: 2026}]\n"
    main = load(write("main", f"include: [base]\n{waiver}"))
    assert [each.rule for each in main.document.waivers] == ["come"]


def test_a_waiver_speaks_of_a_state_that_is_there(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiver = "waivers: [{{check: gap, at: 'states.{0}', why: W, by: B, on: 2026}}]\n"
    assert load(write("main", waiver.format("main.next[0]"))).document.waivers[0].check == "gap"
    assert problems(write("main", waiver.format("mian.next[0]")), monkeypatch) == (
        "main.yaml:8:28: error[unknown-state]: no state 'mian'; did you mean 'main'?"
    )


def test_two_includes_that_join_the_same_end_differently_are_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("base")
    write("left", "include: [{pathway: base, joins: {base_end: left}}]\n")
    write("right", "include: [{pathway: base, joins: {base_end: right}}]\n")
    path = write("both", "include: [left, right]\n")
    assert problems(path, monkeypatch) == (
        "both.yaml:8:17: error[name-taken]: the state 'base' of 'right' is another one elsewhere; "
        "rename one of them; one name has one meaning"
    )


def test_what_a_pathway_includes_itself_is_joined_as_it_says(write: Write) -> None:
    write("base", "rules: [{id: r, never: base before base_end, why: W}]\n")
    write("part", "include: [{pathway: base, joins: {base_end: part}}]\n")
    whole = load(
        write(
            "whole",
            "include:\n"
            "  - {pathway: base, joins: {base_end: whole}}\n"
            "  - {pathway: part, joins: {part_end: whole_end}}\n",
        )
    )
    assert [(way.source, way.target) for way in whole.ways] == [
        ("base", "whole"),
        ("part", "whole_end"),
        ("whole", "whole_end"),
    ]
    assert [each.never for each in whole.rules] == ["base before whole"]


EMERGENCY = (
    "findings: {bad: {title: bad, type: yes_no, kind: watch, question: Q}}\n"
    "interrupts: [{to: base_end, when: bad, level: emergency, label: L}]\n"
)


def test_ways_and_interrupts_of_a_part_follow_the_joins_of_the_whole(write: Write) -> None:
    write("base", EMERGENCY)
    write(
        "part",
        "include: [base]\n",
        states="states:\n  part: {kind: clinical_state, title: A, next: [{to: base_end}]}\n",
    )
    write("other", "include: [{pathway: base, joins: {base_end: other}}]\n")
    whole = load(
        write("whole", "include: [part, {pathway: base, joins: {base_end: whole}}, other]\n")
    )
    assert [each.to for each in whole.interrupts] == ["whole"]
    assert {way.target for way in whole.ways} <= set(whole.states)
    assert ("part", "whole") in {(way.source, way.target) for way in whole.ways}


def test_rules_of_a_part_follow_the_joins_of_the_whole(write: Write) -> None:
    write("base")
    write(
        "part",
        "include: [base]\nrules: [{id: r, never: part before base_end, why: W}]\n",
    )
    whole = load(write("whole", "include: [part, {pathway: base, joins: {base_end: whole}}]\n"))
    assert [each.never for each in whole.rules] == ["part before whole"]


def test_what_a_pathway_includes_itself_brings_what_that_includes(write: Write) -> None:
    write("deep", "rules: [{id: r, never: deep before deep_end, why: W}]\n")
    write("base", "include: [{pathway: deep, joins: {deep_end: base}}]\n")
    write("part", "include: [{pathway: base, joins: {base_end: part}}]\n")
    whole = load(write("whole", "include: [{pathway: base, joins: {base_end: whole}}, part]\n"))
    assert list(whole.states) == ["deep", "base", "part", "part_end", "whole", "whole_end"]
    assert [each.never for each in whole.rules] == ["deep before base"]


def test_a_file_beside_is_not_taken_for_one_of_the_library(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The part of the library includes the library's warning signs, not the file beside."""
    write("safety", states=ENDS.format("safety"))
    path = write("whole", "include: [safety, test-blocks]\n", catalogues="[library]")
    found = problems(path, monkeypatch)
    assert "the pathway 'safety' of 'test-blocks' is another one elsewhere" in found


def test_phases_follow_the_phase_under_way_at_a_state_without_one(write: Write) -> None:
    write("part", "phases: {middle: {title: M}}\n")
    outer = load(
        write(
            "outer",
            "include: [{pathway: part, after: first, joins: {part_end: last}}]\n"
            "phases: {before: {title: B}, behind: {title: E}}\n",
            states="states:\n"
            "  outer: {kind: clinical_state, title: A, phase: before, next: [{to: first}]}\n"
            "  first: {kind: clinical_state, title: A, next: [{to: part}]}\n"
            "  last: {kind: end, title: E, phase: behind}\n",
        )
    )
    assert list(outer.phases) == ["before", "middle", "behind"]


def test_more_includes_than_can_be_followed_are_no_circle(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(24):
        write(f"p{number}", f"include: [p{number + 1}]\n")
    write("p24")
    found = problems(write("p0", "include: [p1]\n"), monkeypatch)
    assert "error[too-deep]: pathways include one another more than 20 deep" in found
    assert "includes itself" not in found


def test_one_name_is_no_finding_in_a_part_and_a_definition_in_the_catalogue(
    write: Write, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "extra.yaml").write_text(
        "format: 1\ncatalogue: extra\ntitle: Extra\ndefinitions: {sore: f}\n"
        "findings: {f: {title: f, type: yes_no, kind: watch, question: Q}}\n"
    )
    write("part", "findings: {sore: {title: s, type: yes_no, kind: watch, question: Q}}\n")
    path = write("whole", "include: [part]\n", catalogues="[extra.yaml]")
    assert "the finding 'sore' of 'part' is another one elsewhere" in problems(path, monkeypatch)


def test_included_states_and_phases_stand_where_the_file_says(write: Write) -> None:
    write("part", "phases: {middle: {title: M}}\n")
    outer = load(
        write(
            "outer",
            "include: [{pathway: part, after: first, joins: {part_end: last}}]\n"
            "phases: {before: {title: B}, behind: {title: E}}\n",
            states="states:\n"
            "  outer: {kind: clinical_state, title: A, phase: before, next: [{to: first}]}\n"
            "  first: {kind: clinical_state, title: A, phase: before, next: [{to: part}]}\n"
            "  last: {kind: end, title: E, phase: behind}\n",
        )
    )
    assert list(outer.states) == ["outer", "first", "part", "last"]
    assert list(outer.phases) == ["before", "middle", "behind"]


def test_included_states_can_stand_only_after_a_state_of_the_file(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("part")
    path = write("outer", "include: [{pathway: part, after: otter}]\n")
    assert problems(path, monkeypatch) == (
        "outer.yaml:8:34: error[unknown-state]: no state 'otter' in this file; did you mean 'outer'?"
    )


def test_definitions_of_a_catalogue_are_shared_and_their_names_taken(
    write: Write, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = (
        "format: 1\ncatalogue: extra\ntitle: Extra\n"
        "findings: {f: {title: f, type: yes_no, kind: watch, question: Q}}\n"
    )
    (tmp_path / "extra.yaml").write_text(extra + "definitions: {sore: f}\n")
    path = write("main", "entry: sore\n", catalogues="[extra.yaml]")
    assert load(path).definitions["sore"].when == parse("f")
    write("main", "definitions: {sore: not f}\n", catalogues="[extra.yaml]")
    assert problems(path, monkeypatch) == (
        "main.yaml:8:15: error[name-taken]: the name 'sore' is taken by the shared catalogue "
        "(definitions); choose another name; one name has one meaning"
    )


def test_definitions_of_a_catalogue_do_not_go_in_a_circle(
    write: Write, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "extra.yaml").write_text(
        "format: 1\ncatalogue: extra\ntitle: Extra\ndefinitions: {a: b, b: a}\n"
    )
    path = write("main", catalogues="[extra.yaml]")
    assert "extra.yaml:4:18: error[circular-definition]" in problems(path, monkeypatch)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "definitions: {sub: 'not f'}\n",
            "8:15: error[name-taken]: the name 'sub' is taken by the included pathway 'sub' (states)",
        ),
        (
            "findings: {f: {title: g, type: yes_no, kind: watch, question: Q}}\n",
            "8:12: error[name-taken]: the name 'f' is taken by the included pathway 'sub' (findings)",
        ),
        (
            "phases: {p: {title: P}}\n",
            "8:10: error[name-taken]: the name 'p' is taken by the included pathway 'sub' (phases)",
        ),
        (
            "rules: [{id: r, possible: main, why: W}]\n",
            "8:14: error[name-taken]: the name 'r' is taken by a rule of 'sub'",
        ),
    ],
)
def test_names_of_an_included_pathway_are_taken(
    body: str, message: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        "sub",
        "findings: {f: {title: f, type: yes_no, kind: watch, question: Q}}\nphases: {p: {title: P}}\n"
        "rules: [{id: r, possible: sub, why: W}]\n",
    )
    path = write("main", f"{body}include: [sub]\n")
    assert f"main.yaml:{message}; choose another name" in problems(path, monkeypatch)


def test_a_circle_of_includes_is_shown_whole(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("b", "include: [c]\n")
    write("c", "include: [a]\n")
    assert problems(write("a", "include: [b]\n"), monkeypatch) == (
        "c.yaml:8:11: error[circular-include]: a pathway includes itself: a -> b -> c -> a; "
        "take one of the includes out"
    )


def test_a_faulty_included_file_shows_its_own_problems_with_those_of_the_file(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("sub", states="states:\n  sub: {kind: ned, title: A}\n")
    path = write(
        "main",
        "include: [sub]\n",
        states="states:\n  main: {knd: end, title: A, next: [{to: sub}]}\n",
    )
    assert problems(path, monkeypatch) == (
        "main.yaml:10:10: error[unknown-key]: unknown key 'knd'; did you mean 'kind'?\n"
        "sub.yaml:9:15: error[unknown-word]: 'kind' cannot be 'ned'; did you mean 'end'?"
    )


def test_names_are_not_judged_while_something_included_is_missing(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("sub")
    states = "states:\n  main: {kind: clinical_state, title: A, next: [{to: sub, when: gone}]}\n"
    path = write("main", "include: [sbu]\n", states=states)
    assert problems(path, monkeypatch) == (
        "main.yaml:8:11: error[unknown-pathway]: no pathway 'sbu' to include; did you mean 'sub'?"
    )


def test_a_file_named_otherwise_than_its_pathway(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("sub").rename(write("sub").parent / "other.yaml")
    path = write("main", "include: [other]\n")
    assert problems(path, monkeypatch) == (
        "main.yaml:8:11: error[unknown-pathway]: the file 'other.yaml' holds the pathway 'sub'; "
        "give the file the name of its pathway"
    )


def test_many_files_that_include_each_other_twice_are_read_once(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def note(content: str | bytes, file: str) -> Marked:
        read.append(file)
        return read_yaml(content, file)

    monkeypatch.setattr("pathways.reading.load.read_yaml", note)
    write("l0")
    write("r0")
    for level in range(1, 9):
        write(f"l{level}", f"include: [l{level - 1}, r{level - 1}]\n")
        write(f"r{level}", f"include: [l{level - 1}, r{level - 1}]\n")
    pathway = load(write("top", "include: [l8, r8]\n"))
    assert len(read) == 19
    assert len(pathway.states) == 2 * 19


def test_a_linked_file_that_includes_by_two_ways_at_each_of_many_levels_is_read_once(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: FilePath
) -> None:
    """Two ways at each of 40 levels are 2 to the power of 40 ways."""
    for level in range(40):
        for side in "ab":
            text = (
                f"states: {{s{level}{side}: x}}\ninclude: [p{level + 1}a, pathway: p{level + 1}b]\n"
            )
            (tmp_path / f"p{level}{side}.yaml").write_text(text, encoding="utf-8")
    calls: list[str] = []

    def note(content: str | bytes, file: str) -> Marked:
        calls.append(file)
        return read_yaml(content, file)

    monkeypatch.setattr("pathways.reading.known.read_yaml", note)
    found = states_in_file("p0a", tmp_path)
    assert found is not None
    assert set(found) == {"s0a", *(f"s{level}{side}" for level in range(1, 40) for side in "ab")}
    assert len(calls) == len(set(calls)) == 79
    assert states_in_file("p41", tmp_path) is None


def test_a_way_to_a_joined_end_says_what_to_write(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("sub")
    states = "states:\n  main: {kind: clinical_state, title: A, next: [{to: sub_end}]}\n"
    path = write("main", "include: [{pathway: sub, joins: {sub_end: main}}]\n", states=states)
    assert problems(path, monkeypatch) == (
        "main.yaml:10:54: error[unknown-state]: no state 'sub_end'; it is joined to 'main': write that"
    )


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("pathway: sbu", "10:41: error[unknown-pathway]: no pathway 'sbu'; did you mean 'sub'?"),
        (
            "pathway: sub, at: sub_ende",
            "10:50: error[unknown-state]: 'sub' has no state 'sub_ende'; did you mean 'sub_end'?",
        ),
        (
            "pathway: sub, at: inner_ende",
            "10:50: error[unknown-state]: 'sub' has no state 'inner_ende'",
        ),
        (
            "pathway: main, at: mian",
            "10:51: error[unknown-state]: 'main' has no state 'mian'; did you mean 'main'?",
        ),
    ],
)
def test_links_lead_to_states_that_are_there(
    link: str, message: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("inner")
    write("sub", "include: [inner]\n")
    states = f"states:\n  main: {{kind: link, title: A, {link}}}\n"
    path = write("main", "summary: S\n", states=states)
    assert f"main.yaml:{message}" in problems(path, monkeypatch)
    good = states.replace("sbu", "sub").replace("ende", "end").replace("mian", "main")
    assert load(write("main", "summary: S\n", states=good)).states["main"].pathway in (
        "sub",
        "main",
    )


def test_links_in_a_circle_are_fine(write: Write) -> None:
    link = "states:\n  {}: {{kind: link, title: A, pathway: {}, at: {}}}\n"
    write("one", states=link.format("one", "two", "two"))
    path = write("two", states=link.format("two", "one", "one"))
    assert load(path).states["two"].at == "one"


def test_catalogues_beside_the_file_may_use_the_library_and_keep_its_names(
    write: Write, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = "format: 1\ncatalogue: extra\ntitle: Extra\n"
    (tmp_path / "extra.yaml").write_text(
        extra
        + "treatments:\n  balm: {title: Balm, category: self_care, what: B, variant_of: heat}\n"
    )
    path = write("main", catalogues="[library, extra.yaml]")
    assert {"balm", "heat"} <= set(load(path).catalogue.treatments)
    (tmp_path / "extra.yaml").write_text(
        extra
        + "treatments:\n  heat: {title: Balm, category: self_care, what: B, variant_of: haet}\n"
    )
    assert problems(path, monkeypatch) == (
        "extra.yaml:5:3: error[name-taken]: the name 'heat' is taken by the shared catalogue (treatments); "
        "choose another name; one name has one meaning\n"
        "extra.yaml:5:65: error[unknown-treatment]: no treatment 'haet'; did you mean 'heat'?"
    )


def test_own_records_may_not_take_names_of_a_catalogue_beside_the_file(
    write: Write, tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "extra.yaml").write_text(
        "format: 1\ncatalogue: extra\ntitle: Extra\nsources:\n  s: {title: S, kind: trial, organisation: O}\n"
    )
    path = write(
        "main",
        "sources:\n  s: {title: T, kind: trial, organisation: O}\n",
        catalogues="[extra.yaml]",
    )
    assert problems(path, monkeypatch).startswith(
        "main.yaml:9:3: error[name-taken]: the name 's' is taken by the shared catalogue (sources)"
    )


def test_derived_findings_do_not_go_in_a_circle(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = "{title: T, type: number, kind: watch, unit: points, range: [0, 9], question: Q, derived: {function: difference, of: [%s, c]}}"
    path = write(
        "main",
        f"findings:\n  a: {finding % 'b'}\n  b: {finding % 'a'}\n"
        "  c: {title: T, type: number, kind: watch, unit: points, range: [0, 9], question: Q}\n",
    )
    assert problems(path, monkeypatch).splitlines() == [
        "main.yaml:9:122: error[circular-definition]: 'a' is computed from itself: a -> b -> a; compute it from other findings",
        "main.yaml:10:122: error[circular-definition]: 'b' is computed from itself: b -> a -> b; compute it from other findings",
    ]


def test_text_without_a_folder_finds_only_the_library() -> None:
    text = (GOOD / "sore-knee.yaml").read_text(encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        loads(text)
    assert {each.code for each in caught.value.problems} == {"unknown-catalogue", "unknown-pathway"}


@pytest.mark.parametrize("sentence", ["mian", "mian and main_end", "not mian"])
def test_a_misspelt_state_at_the_beginning_of_a_rule(
    sentence: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("main", f"rules: [{{id: r, never: {sentence}, why: W}}]\n")
    found = problems(path, monkeypatch)
    assert "main.yaml:8:" in found
    assert "'mian'" in found
    assert "did you mean 'main'" in found


def test_several_pathways_are_loaded_as_one_by_one(write: Write) -> None:
    write("base")
    paths = [
        write("whole", "include: [{pathway: base, joins: {base_end: whole}}]\n"),
        write("again", "include: [base]\n"),
        write("base"),
    ]
    assert load_many(paths) == [load(path) for path in paths]
    assert load_many(paths[::-1]) == [load(path) for path in paths[::-1]]


def test_a_circle_is_a_circle_whatever_was_loaded_before(write: Write) -> None:
    one, two = write("one", "include: [two]\n"), write("two", "include: [one]\n")
    for order in ([one, two], [two, one]):
        with pytest.raises(DocumentError, match="circular-include"):
            load_many(order)
