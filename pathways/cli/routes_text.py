"""Answers about routes as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pathways.cli.common import wrapped

if TYPE_CHECKING:
    from pathways.conditions.scope import Reader
    from pathways.graph import (
        Bottleneck,
        Choice,
        Escalation,
        Loop,
        Lost,
        MustPass,
        RouteBounds,
        Routes,
        ShapeComparison,
    )
    from pathways.model.pathway import ResolvedPathway


def step(pathway: ResolvedPathway, name: str, reader: Reader = "clinician") -> str:
    """Return a step as ``7 Review at 4 weeks``."""
    return f"{pathway.numbers[name]} {pathway.states[name].title.to(reader)}"


def _numbers(pathway: ResolvedPathway, names: Iterable[str]) -> str:
    return " > ".join(str(pathway.numbers[name]) for name in names)


def _listed(pathway: ResolvedPathway, names: Sequence[str], reader: Reader) -> list[str]:
    return [f"  {step(pathway, name, reader)}" for name in names] or ["  none"]


def to_step(
    pathway: ResolvedPathway,
    found: Routes,
    passed: MustPass,
    shortest: Escalation,
    longest: Escalation,
    *,
    choices: Sequence[Choice],
    reader: Reader,
) -> list[str]:
    """Say which routes lead to a step."""
    goal, start = step(pathway, found.goal, reader), step(pathway, found.start, reader)
    if shortest.route is None:
        return [
            f"No way on leads there.\nfrom step {start}\nto step   {goal}",
            "",
            "Ways that are open at any time are left out; --interrupts counts them too.",
        ]
    counted = "" if found.counted == "exactly" else " at least"
    lines = [
        f"From step {start}\nto step   {goal}",
        "",
        f"Routes that pass no step twice:{counted} {found.total:,}",
        f"Fewest steps: {shortest.route.length}   most steps: {longest.route.length if longest.route else 0}",
        "",
        "Every route passes:",
        *_listed(
            pathway,
            [name for name in passed.states if name not in (found.goal, found.start)],
            reader,
        ),
        "",
        "The shortest route, and what has to hold:",
    ]
    for choice in choices:
        lines += _choice(pathway, choice, reader)
    lines += [
        f"  {goal}",
        "",
        f"Routes listed ({len(found.listed)} of {found.total:,}, shortest first, as step numbers):",
    ]
    lines += [wrapped(_numbers(pathway, route.states), "    ", "  ") for route in found.listed]
    return lines


def _choice(pathway: ResolvedPathway, choice: Choice, reader: Reader) -> list[str]:
    line = f"  {step(pathway, choice.source, reader)}"
    return [line, wrapped(choice.words, "       ", "     if ")] if choice.words else [line]


def without(pathway: ResolvedPathway, lost: Lost, reader: Reader) -> list[str]:
    """Say what a pathway loses when something is not available."""
    lines = [f"Without the {lost.kind} '{lost.name}':"]
    if lost.unavailable and lost.unavailable != (lost.name,):
        lines.append(f"  not available: {', '.join(lost.unavailable)}")
    parts = (
        ("Steps that close", lost.closed),
        ("Further steps nobody can reach", lost.unreachable),
        ("Ends nobody can reach", lost.ends),
        ("Steps with no way on left", lost.stuck),
        ("Steps that stay open with what is left", lost.reduced),
    )
    for title, names in parts:
        if names:
            lines += ["", f"{title}:", *_listed(pathway, names, reader)]
    if lost.ways_cut:
        lines += ["", "Ways on that are cut:"]
        lines += [f"  {_way(pathway, name, reader)}" for name in lost.ways_cut]
    if lost.offers:
        lines += ["", "Offers that fall away:"]
        lines += [
            f"  {each.treatment} at step {step(pathway, each.state, reader)}"
            for each in lost.offers
        ]
    if not any((lost.closed, lost.unreachable, lost.offers, lost.reduced, lost.ways_cut)):
        lines += ["", "Nothing in this pathway needs it."]
    if lost.require_it:
        lines += ["", f"Treatments that require it: {', '.join(lost.require_it)}"]
    return lines


def _way(pathway: ResolvedPathway, name: str, reader: Reader) -> str:
    """Return a way as ``25/1 to 26 MRI``: step, position from 1 as in ``draw --highlight``, goal."""
    state, _, index = name.rpartition("/")
    target = pathway.states[state].next[int(index)].to
    return f"{pathway.numbers[state]}/{int(index) + 1} to {step(pathway, target, reader)}"


def comparison(compared: ShapeComparison) -> list[str]:
    """Say how two pathways differ in shape."""
    rows = [("", compared.a.id, compared.b.id)]
    for name in ("states", "transitions", "interrupts", "phases", "loops", "depth", "most_ways_on"):
        left, right = getattr(compared.a, name), getattr(compared.b, name)
        rows.append((name.replace("_", " "), str(left), str(right)))
    first = max(len(row[0]) for row in rows)
    second = max(len(row[1]) for row in rows)
    lines = [f"{a:<{first}}  {b:>{second}}  {c}".rstrip() for a, b, c in rows]
    parts = (
        ("steps in both", compared.shared),
        (f"steps only in {compared.a.id}", compared.only_in_a),
        (f"steps only in {compared.b.id}", compared.only_in_b),
        ("steps with other ways on", tuple(each.state for each in compared.other_ways_on)),
    )
    for title, names in parts:
        lines += ["", f"{title} ({len(names)}):", wrapped(", ".join(names) or "none", "  ")]
    lines += ["", "The shape is the same." if compared.same_shape else "The shapes differ."]
    return lines


def overview(
    pathway: ResolvedPathway,
    bounds: Sequence[RouteBounds],
    passed: Sequence[MustPass],
    circles: Sequence[Loop],
    narrow: Sequence[Bottleneck],
    reader: Reader,
) -> list[str]:
    """Say where a pathway leads, where it turns back, and what much depends on."""
    lines = [f"From step {step(pathway, bounds[0].start, reader)}:" if bounds else "No ends."]
    for each, must in zip(bounds, passed, strict=True):
        lines += ["", f"  {step(pathway, each.goal, reader)}"]
        if not each.total:
            lines.append(
                "     no route (--interrupts counts the ways that are open at any time, too)"
            )
            continue
        least = "" if each.counted == "exactly" else "at least "
        steps = str(each.fewest) if each.fewest == each.most else f"{each.fewest} to {each.most}"
        routes = "1 route" if each.total == 1 else f"{least}{each.total:,} routes"
        lines.append(f"     {routes} of {steps} steps")
        between = [name for name in must.states if name not in (each.goal, each.start)]
        if between:
            lines.append(wrapped(f"every route passes {_numbers(pathway, between)}", "     "))
    lines += ["", "Loops:"]
    for loop in circles:
        exits = sorted({pathway.numbers[way.target] for way in loop.exits})
        lines.append(
            wrapped(
                f"steps {', '.join(str(pathway.numbers[name]) for name in loop.states)}; "
                f"ways out lead to {', '.join(map(str, exits)) or 'nowhere'}",
                "    ",
                "  ",
            )
        )
    if not circles:
        lines.append("  none")
    lines += ["", "Steps that much depends on:"]
    lines += [
        f"  {step(pathway, each.state, reader)}: the only way to {each.gates} "
        f"step{'s' if each.gates != 1 else ''}"
        for each in narrow
    ] or ["  none"]
    return lines
