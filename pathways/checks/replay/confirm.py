"""Every journey is replayed before it is shown: one that does not show what is claimed is our fault."""

from __future__ import annotations

from pathways.checks.replay.holding import ValueMissingError
from pathways.checks.replay.moving import Moves, faults
from pathways.checks.replay.rules import breaks
from pathways.checks.results import Journey, Reported
from pathways.conditions import Otherwise
from pathways.model.pathway import ResolvedPathway


def confirms(pathway: ResolvedPathway, reported: Reported) -> str:
    """Say why the journey of a reported problem does not show that problem.

    Args:
        pathway: The pathway.
        reported: What is reported.

    Returns:
        Why not, in sentences for a report of a fault of ours; empty when the journey replays and
        shows it, or when there is no journey to show.
    """
    journey = reported.journey
    if journey is None:
        return ""
    wrong = faults(pathway, journey)
    if wrong:
        return "; ".join(wrong)
    try:
        match reported.problem.code:
            case "rule-fails":
                return _rule_kept(pathway, reported.rule, journey)
            case "endless-loop":
                return _no_endless_loop(journey)
            case code:
                return _not_at_last(Moves(pathway), code, journey)
    except ValueMissingError as error:
        return str(error)


def _rule_kept(pathway: ResolvedPathway, rule: str, journey: Journey) -> str:
    found = [each for each in pathway.rules if each.id == rule]
    if not found:
        return f"no rule '{rule}'"
    if found[0].possible is not None:
        return "'possible' fails when nobody gets there, so no journey shows it"
    return "" if breaks(pathway, found[0], journey) else f"the journey keeps the rule '{rule}'"


def _no_endless_loop(journey: Journey) -> str:
    if journey.back_to is None:
        return "the journey does not come back to where it was"
    ways = [each.way for each in journey.moments[journey.back_to : -1]]
    called = [way for way in ways if way.startswith("interrupt/")]
    return f"the loop goes by {called[0]}" if called else ""


def _not_at_last(moves: Moves, code: str, journey: Journey) -> str:
    """Return why the last step does not show what is claimed of it."""
    last = journey.last
    state = moves.pathway.states[last.state]
    ways = moves.open(last.state, last.values)
    match code:
        case "gap" if state.kind in {"end", "link"}:
            return f"{last.state} is an end"
        case "gap" if ways:
            return f"{', '.join(ways)} is open at {last.state}"
        case "overlap" if state.choose != "one":
            return f"{last.state} is not left by exactly one way"
        case "overlap" if len({moves.target(way) for way in ways}) < 2:
            return f"at {last.state} only {', '.join(ways) or 'nothing'} is open"
        case "else-catches":
            caught = [way for way in moves.pathway.ways_from(last.state) if way.key in ways]
            otherwise = caught and isinstance(caught[0].transition.when, Otherwise)
            return "" if otherwise else f"'else' does not catch anybody at {last.state}"
        case _:
            return ""
