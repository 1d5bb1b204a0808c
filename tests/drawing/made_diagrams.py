"""Random diagrams: phases, decisions, panels, jumps ahead and back, fans, long texts, alarms."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from pathways.diagrams.model import Alarm, Arrow, Box, Diagram, Group, Line, Urgency
from pathways.model.badges import Badge
from pathways.model.states import StateKind

WORDS = [
    "pain",
    "leg",
    "back",
    "care",
    "test",
    "review",
    "nurse",
    "clinic",
    "weeks",
    "sleep",
    "walk",
    "exercise",
    "tablet",
    "injection",
    "scan",
    "blood",
    "fever",
    "numbness",
    "physiotherapy",
    "rehabilitation",
    "neurosurgery",
    "anti-inflammatory",
]
BADGES: tuple[Badge | None, ...] = (
    "supported",
    "mixed",
    "advised_against",
    "experimental",
    "no_guideline_found",
    "seed_only",
    None,
)
LONG_WORD = "Hypergammaglobulinaemicencephalomyeloradiculoneuritispatient"
"""Sixty characters without a space."""

KINDS: dict[str, dict[str, float]] = {
    "plain": {},
    "tangled": {"phases": 4, "jumps": 0.3, "back": 0.2, "alarms": 4},
    "no phases": {"phases": 0, "jumps": 0.4, "back": 0.1, "fan": 8, "long": 0.2},
    "long": {
        "phases": 3,
        "jumps": 0.4,
        "fan": 8,
        "most_offers": 12,
        "long": 0.3,
        "panels": 0.4,
    },
}
"""How diagrams are made: arguments of :func:`made` by the name of the kind."""

LONG_TITLE = (
    "Review of everything that was tried so far with the whole team, the family doctor and "
    "whoever else the person wants there"
)


def made(
    seed: int,
    count: int,
    *,
    phases: int = 1,
    jumps: float = 0.0,
    back: float = 0.0,
    fan: int = 0,
    panels: float = 0.15,
    most_offers: int = 6,
    long: float = 0.0,
    alarms: int = 0,
) -> Diagram:
    """Return the diagram of a seed; the same one on every machine.

    Args:
        seed: Any number.
        count: How many steps.
        phases: Into how many phases they are parted, about equally; 0: none.
        jumps: Random ways ahead on top, as a share of the steps.
        back: Random ways back, as a share of the steps.
        fan: So many ways leave every ninth step, where so many steps follow.
        panels: Share of the steps that are panels.
        most_offers: Most offers of a panel.
        long: Share of the texts that are very long.
        alarms: How many ways are open at any time.
    """
    random = Random(f"{seed} {count} {phases} {jumps} {back} {fan}")
    boxes = tuple(
        _box(random, n, count, phases, panels=panels, most_offers=most_offers, long=long)
        for n in range(count)
    )
    pairs = _pairs(random, count, jumps, back, fan)
    return Diagram(
        f"made-{seed}",
        f"Made up number {seed}" if random.random() >= long else LONG_TITLE,
        "The whole pathway",
        "Version 1. Draft: not reviewed by a clinician. Information, not medical advice.",
        "patient",
        boxes,
        tuple(_arrows(random, boxes, pairs, long)),
        tuple(Group(f"phase{n}", n + 1, f"Phase of {WORDS[n % 22]}") for n in range(phases)),
        alarms=tuple(_alarms(random, boxes, alarms)),
    )


def _text(random: Random, least: int, most: int, long: float = 0.0) -> str:
    if random.random() < long:
        return random.choice((LONG_TITLE, LONG_WORD, f"{LONG_WORD} and {LONG_WORD}"))
    return " ".join(random.choices(WORDS, k=random.randint(least, most)))


def _box(
    random: Random,
    n: int,
    count: int,
    phases: int,
    *,
    panels: float,
    most_offers: int,
    long: float,
) -> Box:
    kind: StateKind = random.choice(("action", "action", "decision", "clinical_state"))
    if n and n == count - 1:
        kind = "end"
    lines: tuple[Line, ...] = ()
    if random.random() < panels:
        kind = "options"
        lines = tuple(
            Line(
                f"{_text(random, 1, 3, long)} {index}",
                badge := random.choice(BADGES),
                "Guidelines say so" if badge else "",
                _text(random, 4, 20) if random.random() < max(0.1, long) else "",
            )
            for index in range(random.randint(1, most_offers))
        )
    urgencies: tuple[Urgency | None, ...] = ("emergency", "urgent", None, None, None, None)
    urgency = random.choice(urgencies)
    return Box(
        f"step{n}",
        n + 1,
        kind,
        _text(random, 1, 5, long),
        _text(random, 2, 9, long) if random.random() < 0.6 else "",
        group=f"phase{n * phases // count}" if phases else None,
        lines=lines,
        urgency=urgency if kind == "action" else None,
        is_start=n == 0,
        choose=random.choice(("one", "one", "first", "any")),
    )


def _pairs(
    random: Random, count: int, jumps: float, back: float, fan: int
) -> list[tuple[int, int]]:
    pairs = [(random.randint(max(0, n - 3), n - 1), n) for n in range(1, count)]
    for n in range(0, count - fan - 1, 9):
        pairs += [(n, n + 1 + more) for more in range(fan)]
    if count > 1:
        for _ in range(round(jumps * count)):
            a, b = sorted(random.sample(range(count), 2))
            pairs.append((a, b))
        for _ in range(round(back * count)):
            a, b = sorted(random.choices(range(count), k=2))
            pairs.append((b, a))
    return sorted(pairs)


def _arrows(
    random: Random, boxes: Sequence[Box], pairs: Sequence[tuple[int, int]], long: float
) -> list[Arrow]:
    count: dict[int, int] = {}
    arrows = []
    for a, b in pairs:
        index = count.get(a, 0)
        count[a] = index + 1
        several = sum(source == a for source, _ in pairs) > 1
        # Ten ways with long labels would fill a page of large print alone.
        label = _text(random, 1, 3, long)[:60].strip() if several else ""
        order = index + 1 if boxes[a].choose == "first" and several else 0
        name = f"step{a}/{index}"
        arrows.append(Arrow(name, f"step{a}", f"step{b}", label, f"condition {name}", order))
    return arrows


def _alarms(random: Random, boxes: Sequence[Box], count: int) -> list[Alarm]:
    found = []
    for n in range(count):
        box = random.choice(boxes)
        level = "emergency" if n < (count + 1) // 2 else "urgent"
        found.append(
            Alarm(
                f"interrupt-{n + 1}",
                "emergency" if level == "emergency" else "urgent",
                f"Sign {n + 1}",
                f"you have {_text(random, 5, 25)}",
                box.number,
                box.title,
                box.name,
            )
        )
    return found
