"""What a check found, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from pathways.checks.results import CheckResult, Reported, RuleResult
from pathways.errors import Severity, printable
from pathways.model.pathway import ResolvedPathway
from pathways.reports.journey_words import claim, journey_lines

SEVERITIES: tuple[Severity, ...] = ("error", "review", "info")
MOST_STEPS = 40
"""A journey of more steps is cut in the middle."""


def check_lines(
    pathway: ResolvedPathway,
    result: CheckResult,
    *,
    lowest: Severity = "review",
    rules: bool = False,
    assumptions: bool = False,
    width: int = 110,
    passes: bool | None = None,
) -> Iterator[str]:
    """Yield what a check found, line by line.

    Args:
        pathway: The pathway that was checked.
        result: What was found.
        lowest: The lowest severity that is shown; of others it is said how many there are.
        rules: Whether rules that hold are listed, too.
        assumptions: Whether all assumptions are listed.
        width: Characters a line may have; a problem itself stays on one line, for editors.
        passes: Whether the whole passes, where only a part of it is shown; None: whether this does.

    Example:
        >>> from pathways.checks.check import check
        >>> from pathways.reading.load import load
        >>> pathway = load("safety")
        >>> any(each.startswith("safety ") for each in check_lines(pathway, check(pathway)))
        True
    """
    shown = SEVERITIES[: SEVERITIES.index(lowest) + 1]
    for each in result.problems:
        if each.problem.severity in shown and each.waived is None:
            yield str(each.problem)
            yield from _journey(pathway, each, width)
            yield from _rule_sources(pathway, each.rule, width)
    yield from _waived(result)
    if rules:
        yield from _rules(result.rules, width)
    yield from _summary(pathway, result, shown, passes=result.passes if passes is None else passes)
    if not assumptions:
        number = len(result.assumptions)
        yield f"  A proof is about this file, not about its medicine; it rests on {number} assumptions."
    else:
        yield "A proof rests on this:"
        for sentence in result.assumptions:
            yield from _wrapped(printable(sentence), width, "  - ", "    ")


def _journey(pathway: ResolvedPathway, reported: Reported, width: int) -> Iterator[str]:
    if reported.journey is None or reported.problem.severity == "info":
        return
    lines = list(journey_lines(pathway, reported.journey, claim(reported)))
    if len(lines) > MOST_STEPS:
        left = len(lines) - MOST_STEPS
        half = MOST_STEPS // 2
        lines = [*lines[:half], f"... {left} more lines ...", *lines[-half:]]
    yield "  Invented patient who meets it:"
    for line in lines:
        indent = "        " if line.startswith("    ") else "    "
        yield from _wrapped(printable(line.strip()), width, indent, f"{indent}   ")


def _rule_sources(pathway: ResolvedPathway, rule: str, width: int) -> Iterator[str]:
    said = "; ".join(rule_sources(pathway, rule))
    if said:
        yield from _wrapped(printable(f"The rule rests on: {said}"), width, "  ", "    ")


def rule_sources(pathway: ResolvedPathway, rule: str) -> tuple[str, ...]:
    """Return who says what a rule asks for; texts the library started from are no evidence.

    Args:
        pathway: The pathway.
        rule: Id of one of its rules; of any other name nothing is said.
    """
    found: dict[str, None] = {}
    for item in (item for each in pathway.rules if each.id == rule for item in each.evidence):
        source = pathway.catalogue.sources[item.source]
        if source.kind != "seed":
            year = f" {source.year[:4]}" if source.year else ""
            found[f"{source.organisation}{year} ({item.source}, {item.direction})"] = None
    return tuple(found)


def _wrapped(text: str, width: int, first: str, later: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _waived(result: CheckResult) -> Iterator[str]:
    for each in result.problems:
        if each.waived is not None:
            waiver = each.waived
            yield printable(
                f"waived[{each.problem.code}]: {each.problem.where}: {waiver.why.clinician} "
                f"({waiver.by}, {waiver.on})"
            )


def _rules(rules: Sequence[RuleResult], width: int) -> Iterator[str]:
    for each in rules:
        how = {"graph": "by the graph alone: ", "routes": "", "": ""}[each.proof]
        because = f" ({how}{each.because})" if each.because else ""
        said = printable(f"rule {each.id}: {each.verdict}{because}: {each.sentence}")
        yield from _wrapped(said, width, "", "    ")


def _summary(
    pathway: ResolvedPathway, result: CheckResult, shown: Sequence[Severity], *, passes: bool
) -> Iterator[str]:
    counts = _counts(result)
    hidden = [name for name in SEVERITIES if counts[name] and name not in shown]
    more = f" (not shown: {', '.join(hidden)})" if hidden else ""
    verdict = "passes" if passes else "does not pass"
    yield printable(f"{result.pathway} {result.version} {verdict}: {found_words(result)}{more}")
    if result.rules:
        yield f"  {rule_counts(result.rules)}"
    yield printable(f"  {pathway.status_words}")


def found_words(result: CheckResult) -> str:
    """Return how much was found, by severity; what somebody answers for is counted apart.

    Args:
        result: What was found.
    """
    counts = _counts(result)
    parts = [f"{counts[name]} {_plural(name, counts[name])}" for name in SEVERITIES if counts[name]]
    waived = sum(each.waived is not None for each in result.problems)
    if waived:
        parts.append(f"{waived} waived")
    return ", ".join(parts) or "nothing to report"


def _counts(result: CheckResult) -> dict[Severity, int]:
    counts = dict.fromkeys(SEVERITIES, 0)
    for each in result.problems:
        if each.waived is None:
            counts[each.problem.severity] += 1
    return counts


def _plural(name: str, number: int) -> str:
    words = {
        "error": ("error", "errors"),
        "review": ("to review", "to review"),
        "info": ("info", "info"),
    }
    return words[name][number != 1]


def rule_counts(rules: Sequence[RuleResult]) -> str:
    """Return how many rules hold, fail and are undecided; undecided is never counted as a pass.

    Args:
        rules: The verdicts.
    """
    holds = [each for each in rules if each.verdict == "holds"]
    graph = sum(each.proof == "graph" for each in holds)
    fails = sum(each.verdict == "fails" for each in rules)
    undecided = len(rules) - len(holds) - fails
    by_graph = f" ({graph} by the graph alone)" if graph else ""
    return f"of {len(rules)} rules {len(holds)} {'holds' if len(holds) == 1 else 'hold'}{by_graph}, {fails} {'fails' if fails == 1 else 'fail'}, {undecided} undecided"
