"""The data of a page says what the pathway says: every way, finding, interrupt and offer."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pathways.boxes import Region, Space
from pathways.boxes.regions import union
from pathways.conditions import describe
from pathways.errors import UnknownNameError
from pathways.explorer.data import as_json, page_data
from pathways.explorer.page import script_text, to_page
from pathways.explorer.phrases import PHRASES, page_words
from pathways.model.pathway import ResolvedPathway
from pathways.patients.placing import Placer
from pathways.reading.files import library_ids
from pathways.reading.load import load
from pathways.semantics.logic import Logic, moving_conditions
from tests.explorer.people import all_pathways

SOME = [*library_ids(), "made-0", "made-7", "made-21"]


def records(table: list[Any]) -> list[dict[str, Any]]:
    head, *rows = table
    return [
        {key: value for key, value in zip(head, row, strict=False) if value is not None}
        for row in rows
    ]


def region_of(data: dict[str, Any], at: int) -> set[tuple[tuple[int, int], ...]]:
    return {
        tuple((int(box[i]), int(box[i + 1])) for i in range(0, len(box), 2))
        for box in data["regions"][at]
    }


def logic_of(pathway: ResolvedPathway) -> Logic:
    whom = pathway.document.concerns
    return Logic(pathway, [*moving_conditions(pathway), *([whom] if whom is not None else [])])


def is_everybody(space: Space, inside: Region, outside: Region) -> bool:
    """Return whether two regions together hold everybody, by whether nobody is left."""
    left = space.within((space.full,), ())
    assert left == ()
    everyone = union([inside, outside])
    variables = sorted({at for box in everyone for at, _ in box})

    def covered(masks: dict[int, int], rest: list[int]) -> bool:
        fitting = [box for box in everyone if all(masks.get(at, mask) & mask for at, mask in box)]
        if any(
            all(masks.get(at, 0) and not masks[at] & ~mask for at, mask in box) for box in fitting
        ):
            return True
        if not rest or not fitting:
            return False
        at, *others = rest
        cells = [1 << n for n in range(space.variables[at].size)]
        return all(covered({**masks, at: cell}, others) for cell in cells)

    return len(variables) > 9 or covered({}, variables)


@pytest.mark.parametrize("name", SOME)
def test_every_way_is_sent_with_both_its_sides(name: str) -> None:
    pathway = all_pathways()[name]
    data, logic = page_data(pathway), logic_of(pathway)
    states = [each["name"] for each in records(data["states"])]
    assert states == list(pathway.states)
    assert states[data["start"]] == pathway.start
    passages = [each for name in pathway.states for each in logic.passages[name]]
    assert len(data["ways"]) == len(passages) == len(pathway.ways)
    for (source, target, inside, outside, _), passage in zip(data["ways"], passages, strict=True):
        assert (states[source], states[target]) == (passage.way.source, passage.way.target)
        assert region_of(data, inside) == set(passage.inside)
        assert region_of(data, outside) == set(passage.outside)


@pytest.mark.parametrize("name", ["made-0", "made-7", "made-21"])
def test_inside_and_outside_leave_nobody_out(name: str) -> None:
    logic = logic_of(all_pathways()[name])
    for passages in logic.passages.values():
        for each in passages:
            assert is_everybody(logic.space, each.inside, each.outside)


@pytest.mark.parametrize("name", SOME)
def test_interrupts_and_offers_are_sent(name: str) -> None:
    pathway = all_pathways()[name]
    data, logic = page_data(pathway), logic_of(pathway)
    states = [each["name"] for each in records(data["states"])]
    assert len(data["alarms"]) == len(pathway.interrupts)
    for sent, alarm in zip(data["alarms"], logic.alarms, strict=True):
        assert states[sent["to"]] == pathway.interrupts[alarm.index].to
        assert {states[at] for at in sent["silent"]} == alarm.silent_in
        for key in ("raised", "quiet", "absent"):
            assert region_of(data, sent[key]) == set(getattr(alarm, key))
    for state in records(data["states"]):
        offers = pathway.states[state["name"]].offers
        assert [each[0] for each in state.get("offers", [])] == [each.treatment for each in offers]
        for (_, *regions), offer in zip(state.get("offers", []), offers, strict=True):
            assert bool(regions) is (offer.when is not None)
            if offer.when is not None:
                assert region_of(data, regions[0]) == set(logic.space.region(offer.when))


def written(data: Any, finding: dict[str, Any]) -> dict[str, Any]:
    """What is said of a finding; that of a history stands in a form, without the treatment's title."""
    if "form" not in finding:
        return finding
    owner = data["owners"][finding["of"]]
    titles = [owner, owner] if isinstance(owner, str) else owner

    def filled(said: Any) -> Any:
        if isinstance(said, str):
            return said.replace("{}", titles[0])
        return [text.replace("{}", title) for text, title in zip(said, titles, strict=True)]

    _, question, words = data["forms"][finding["form"]]
    cells = [[filled(cell) for cell in each] for each in words]
    named = {str(at): each for at, each in zip(finding["vars"].values(), cells, strict=False)}
    return {**finding, "question": filled(question), "words": named}


@pytest.mark.parametrize("name", SOME)
def test_every_finding_that_bears_on_the_place_is_asked(name: str) -> None:
    pathway = all_pathways()[name]
    data, logic, placer = page_data(pathway), logic_of(pathway), Placer(pathway)
    findings = records(data["findings"])
    named = {each["name"] for each in findings}
    assert named == (
        set(logic.space.of_finding)
        | placer.traces.telling
        | {f"{each}.status" for each in placer.traces.care}
    )
    for each in (written(data, each) for each in findings):
        question = each["question"]
        assert question[1] if isinstance(question, list) else question
        assert each["vars"] == logic.space.of_finding.get(each["name"], {})
        for at, cells in each.get("words", {}).items():
            variable = logic.space.variables[int(at)]
            assert len(cells) == variable.size
            said = cells[0][0] if isinstance(cells[0], list) else cells[0]
            assert said == describe(variable.condition(1), pathway.scope, "clinician")


def test_signs_say_what_not_sure_means() -> None:
    findings = {each["name"]: each for each in records(page_data(load("safety"))["findings"])}
    assert findings["rf_fever"]["unsure"] is True
    assert "unsure" not in findings["scope_age"]
    assert all(findings["rf_infection_risk"]["unsure"].values())


def test_page_is_the_same_each_time() -> None:
    assert to_page([load("safety")]) == to_page([load("safety")])


def test_page_asks_for_nothing() -> None:
    page = to_page([load("severe-back-pain")], "clinician")
    assert "default-src 'none'" in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert "localStorage" not in page
    assert "innerHTML" not in page
    assert len(page.encode("utf-8")) < 400_000


def test_page_of_nothing_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        to_page([])
    with pytest.raises(UnknownNameError, match="reader"):
        to_page([load("safety")], "nurse")  # type: ignore[arg-type]


def test_json_stands_safely_in_a_page() -> None:
    evil = "</script><!-- \u2028"
    text = as_json({"x": evil})
    assert "<" not in text
    assert json.loads(text) == {"x": evil}


def test_every_phrase_is_used_and_every_used_phrase_is_there() -> None:
    from pathways.explorer import page

    source = script_text() + Path(page.__file__).read_text(encoding="utf-8")
    said = set(re.findall(r"""["'`]([a-z_]+)["'`]""", source))
    used = said | {f"{mark}_short" for mark in ("here", "been", "next", "closed")}
    assert set(PHRASES) <= used, set(PHRASES) - used
    for key in re.findall(r"""\bsay\("([a-z_]+)\"""", source):
        assert key in PHRASES, key
    assert set(page_words()) == set(PHRASES)


def test_script_keeps_its_code_without_comments() -> None:
    text = script_text()
    assert "//" not in re.sub(r"https?://", "", text)
    assert "function place(" in text
    assert "import " not in text
