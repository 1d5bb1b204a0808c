"""What a check found in text, as a page and as data: complete, honest about what is open, safe to show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pathways.checks.results import CheckResult, Journey, Moment, Reported, RuleResult, Verdict
from pathways.conditions import KnownValue
from pathways.errors import Place, Problem, Severity
from pathways.model.document import Waiver
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import Text
from pathways.reading.load import load, loads
from pathways.reports.check_data import check_data, problem_data
from pathways.reports.check_html import check_fragment, check_page, index_page
from pathways.reports.check_text import (
    MOST_STEPS,
    check_lines,
    found_words,
    rule_counts,
    rule_sources,
)
from pathways.reports.journey_words import claim, journey_lines, steps_told
from tests.checks.test_check import ANKLE
from tests.conftest import Golden

GOLDEN = Path(__file__).parent / "golden"
AT_12: Mapping[str, KnownValue] = {
    "weeks": Decimal(12),
    "walk": False,
    "numb": False,
    "rounds": Decimal(0),
}
HOSTILE = "red\x1b[31m <script>alert(1)</script> \u202eback\nnew line"


@pytest.fixture(scope="module")
def ankle() -> ResolvedPathway:
    return loads(ANKLE)


def gap(severity: Severity = "error", message: str = "nothing is open") -> Reported:
    place = Place("ankle.yaml", 18, 3)
    problem = Problem("gap", message, "add a way", "states.begin", place, severity)
    return Reported(problem, Journey((Moment("begin", AT_12),), ("weeks",)))


def called_away() -> Journey:
    """Somebody rests twice, and gets a numb foot at the second rest."""
    early = {**AT_12, "weeks": Decimal(3)}
    return Journey(
        (
            Moment("begin", early, "begin/0"),
            Moment("rest", {**early, "rounds": Decimal(1)}, "rest/1"),
            Moment("rest", {**early, "rounds": Decimal(2), "numb": True}, "interrupt/0"),
            Moment("emergency", {**early, "rounds": Decimal(2), "numb": True}),
        ),
        ("weeks", "numb", "rounds"),
    )


def rule(name: str, verdict: Verdict, because: str = "") -> RuleResult:
    return RuleResult(
        name, "never: scan unless weeks >= 12", verdict, "graph" if because else "", because
    )


def waiver(**about: str) -> Waiver:
    return Waiver(
        why=Text(clinician="Meant so", patient="Meant so"),
        by="Dr. A, physiotherapist",
        on="2026-01-30",
        **about,
    )


def found(*problems: Reported, rules: tuple[RuleResult, ...] = ()) -> CheckResult:
    return CheckResult("ankle", "0.1.0", "Ankle (invented)", problems, rules, ("First.", "Second."))


def full() -> CheckResult:
    """Everything that can be said, once."""
    broken = Problem("rule-fails", "the rule 'numb-now' fails", "", "rules.numb-now")
    undecided = Problem(
        "rule-undecided", "the rule 'scan-late' is not decided", "", "rules.scan-late"
    )
    round_ = Journey(
        (
            Moment("begin", AT_12, "begin/0"),
            Moment("rest", AT_12, "rest/1"),
            Moment("rest", AT_12),
        ),
        ("walk",),
        back_to=1,
    )
    loop = Problem("endless-loop", "step 2 can go on for ever", "", "states.rest", None, "review")
    note = Problem("unexplained-number", "nothing says why", "", "states.rest", None, "info")
    stale = Problem("stale-waiver", "nothing is reported", "", "waivers[0]", None, "review")
    return found(
        gap(),
        Reported(broken, called_away(), "numb-now"),
        Reported(undecided, None, "scan-late"),
        Reported(loop, round_),
        Reported(note),
        Reported(stale),
        replace(gap(), waived=waiver(check="gap")),
        rules=(
            rule("scan-late", "undecided"),
            rule("numb-now", "fails"),
            rule("rest-is-short", "holds", "every way passes 'begin'"),
        ),
    )


def text(
    pathway: ResolvedPathway, result: CheckResult, *, rules: bool = False, assumptions: bool = False
) -> str:
    lines = check_lines(pathway, result, rules=rules, assumptions=assumptions)
    return "\n".join([*lines, ""])


def test_everything_is_told(ankle: ResolvedPathway, golden: Golden) -> None:
    golden(GOLDEN / "check.txt", text(ankle, full(), rules=True, assumptions=True))


def test_the_page_tells_the_same(ankle: ResolvedPathway, golden: Golden) -> None:
    golden(GOLDEN / "check.html", check_page(ankle, full(), {0: "ankle-gap-begin.svg"}))


def test_data_is_plain_and_complete(golden: Golden) -> None:
    said = json.dumps(check_data(full()), indent=1)
    golden(GOLDEN / "check.json", f"{said}\n")


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        (("undecided",), "of 1 rules 0 hold, 0 fail, 1 undecided"),
        (("holds", "undecided", "fails"), "of 3 rules 1 holds, 1 fails, 1 undecided"),
    ],
)
def test_undecided_is_never_counted_as_a_pass(verdicts: tuple[Verdict, ...], words: str) -> None:
    assert rule_counts([rule("a", verdict) for verdict in verdicts]) == words


def test_how_many_hold_by_the_graph_alone_is_said() -> None:
    words = rule_counts([rule("a", "holds", "every way passes it"), rule("b", "holds")])
    assert words == "of 2 rules 2 hold (1 by the graph alone), 0 fail, 0 undecided"


def test_what_is_waived_does_not_count_and_is_not_hidden(ankle: ResolvedPathway) -> None:
    result = found(replace(gap(), waived=waiver(check="gap")))
    assert found_words(result) == "1 waived"
    said = text(ankle, result)
    assert "ankle 0.1.0 passes: 1 waived" in said
    assert "waived[gap]: states.begin: Meant so (Dr. A, physiotherapist, 2026-01-30)" in said


def test_what_is_not_shown_is_counted(ankle: ResolvedPathway) -> None:
    said = "\n".join(check_lines(ankle, found(gap("info"), gap("review")), lowest="error"))
    assert "nothing is open" not in said
    assert "1 to review, 1 info (not shown: review, info)" in said


def test_what_a_proof_is_and_that_it_is_a_draft_is_always_said(ankle: ResolvedPathway) -> None:
    short, whole = (text(ankle, found(), assumptions=each) for each in (False, True))
    assert "A proof is about this file, not about its medicine; it rests on 2 assumptions." in short
    assert "  - First.\n  - Second.\n" in whole
    assert all("Draft: not reviewed by a clinician" in each for each in (short, whole))


def test_a_verdict_on_the_whole_stands_above_a_part(ankle: ResolvedPathway) -> None:
    said = "\n".join(check_lines(ankle, found(), passes=False))
    assert "ankle 0.1.0 does not pass: nothing to report" in said


def test_a_finding_is_said_once_and_again_when_it_changes(ankle: ResolvedPathway) -> None:
    told = steps_told(ankle, called_away())
    assert [each.number for each in told] == [1, 2, 2, 4]
    assert [len(each.known) for each in told] == [3, 1, 2, 0]
    assert told[0].known[0] == "time since injury: 3 weeks"
    assert told[2].because == "Numb: goes to step 4"
    assert told[3].because == ""


def test_the_last_step_says_what_is_wrong_there(ankle: ResolvedPathway) -> None:
    *_, last = journey_lines(ankle, called_away(), "the rule 'a' fails")
    assert last == "    => the rule 'a' fails"


def test_a_loop_says_where_it_comes_back_to(ankle: ResolvedPathway) -> None:
    begin = Moment("begin", AT_12, "begin/0")
    journey = Journey((begin, Moment("rest", AT_12, "rest/1"), Moment("rest", AT_12)), (), 1)
    *_, last = journey_lines(ankle, journey, "goes round for ever")
    assert last == "    -> and so on: it is as it was at step 2"


def test_signs_that_are_absent_are_said_together() -> None:
    safety = load("safety")
    values: dict[str, KnownValue] = {
        "rf_fever": False,
        "rf_foot_drop": False,
        "rf_infection_risk": dict.fromkeys(
            safety.scope.findings["rf_infection_risk"].options, False
        ),
    }
    journey = Journey((Moment("warning_signs", values),), tuple(values))
    assert steps_told(safety, journey)[0].known == ("none of 3 warning signs",)
    alone = Journey(journey.moments, ("rf_infection_risk",))
    (known,) = steps_told(safety, alone)[0].known
    assert known.endswith(": none of these")


@pytest.mark.parametrize("code", ["gap", "overlap", "cannot-finish", "endless-loop"])
def test_a_claim_is_words_not_a_code(code: str) -> None:
    words = claim(Reported(Problem(code, "")))
    assert code not in words
    assert " " in words


def test_a_long_journey_is_cut_in_the_middle(ankle: ResolvedPathway) -> None:
    steps = [Moment("rest", {**AT_12, "rounds": Decimal(n)}, "rest/1") for n in range(60)]
    long = Journey((*steps, Moment("rest", AT_12)), ("rounds",))
    said = text(ankle, found(replace(gap(), journey=long)))
    assert "more lines ..." in said
    assert said.count("\n") < MOST_STEPS + 12
    assert "=> nothing is open here" in said


def test_a_rule_that_fails_names_its_sources() -> None:
    back = load("severe-back-pain")
    sources = rule_sources(back, "scan-read-before-surgery")
    assert sources
    assert all("nice-ng59" in each for each in sources)
    problem = Problem("rule-fails", "it fails")
    said = text(back, found(Reported(problem, None, "scan-read-before-surgery")))
    assert f"The rule rests on: {sources[0]}" in said


def test_hostile_texts_neither_move_nor_run(ankle: ResolvedPathway) -> None:
    result = replace(
        found(
            gap(message=HOSTILE),
            replace(gap(message=HOSTILE), waived=waiver(check="gap")),
            rules=(RuleResult("a", HOSTILE, "fails", "", HOSTILE),),
        ),
        title=HOSTILE,
        version=HOSTILE,
        assumptions=(HOSTILE,),
    )
    for shown in (
        text(ankle, result, rules=True, assumptions=True),
        check_page(ankle, result, {0: HOSTILE}),
        index_page([result], {0: HOSTILE}),
    ):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "\nnew line" not in shown
    for page in (check_page(ankle, result, {0: HOSTILE}), index_page([result], {0: HOSTILE})):
        assert "<script" not in page
        assert "&lt;script&gt;" in page


class Tags(HTMLParser):
    """Notes what is opened and never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "meta", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_pages_are_well_formed_and_ask_for_nothing(ankle: ResolvedPathway) -> None:
    for page in (
        check_page(ankle, full(), {0: "a.svg"}),
        check_fragment(ankle, full()),
        index_page([full(), found()], {0: "a.html"}),
    ):
        tags = Tags()
        tags.feed(page)
        tags.close()
        assert tags.open == []
        assert "http:" not in page
        assert "https:" not in page
        assert "<script" not in page


def test_a_pathway_without_a_page_is_named_without_a_link() -> None:
    page = index_page([full(), found()], {0: "a.html"})
    assert page.count("<a href=") == 1
    assert "<td>Ankle (invented)</td><td>0.1.0</td><td>passes</td>" in page


def test_a_problem_without_a_place_is_data_too() -> None:
    data = problem_data(Problem("a", "b"))
    assert (data["file"], data["line"], data["column"]) == (None, None, None)
