"""A diagram as Mermaid flowchart text, for pages that draw Mermaid themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from pathways.diagrams.characters import clean
from pathways.diagrams.jumps import Oval, jumps, ovals
from pathways.diagrams.model import Alarm, Box, Diagram
from pathways.diagrams.phrases import (
    ONE_OR_MORE,
    URGENCY_WORDS,
    alarm_heading,
    choose_words,
    label_words,
    mark_words,
    offer_key,
    sentence,
)
from pathways.diagrams.theme import Role, Theme, role_of
from pathways.language import say, speaking

PLAIN_SIGNS = frozenset(" .,:!?+-/()%'=*")
"""Signs that mean nothing to Mermaid inside a quoted text; all others are written as numbers."""


def to_mermaid(diagram: Diagram, theme: Theme) -> str:
    """Return a diagram as the text of a Mermaid flowchart.

    Args:
        diagram: The diagram.
        theme: The look; gives the colours of the classes.

    Returns:
        Text that begins with ``flowchart TD``; the same diagram gives the same text.

    Raises:
        UnsafeTextError: A text holds a control or an invisible character.

    Example:
        >>> from pathways.diagrams.theme import theme
        >>> box = Box("care", 1, "end", 'Rest & "walk"')
        >>> diagram = Diagram("x", "X", "", "", "patient", (box,), ())
        >>> print(to_mermaid(diagram, theme("default")).splitlines()[2])
          n1("<b>1 Rest #38; #34;walk#34;</b>"):::is_end
    """
    with speaking(diagram.language):
        return _Writer(diagram, theme).text()


def quoted(text: str, place: str) -> str:
    """Return text as it stands inside a quoted Mermaid text.

    Example:
        >>> quoted('<b> "x" #1;', "title")
        '#60;b#62; #34;x#34; #35;1#59;'
    """
    return "".join(
        each if each.isalnum() or each in PLAIN_SIGNS else f"#{ord(each)};"
        for each in clean(text, place)
    )


class _Writer:
    """Collects the lines of one flowchart."""

    def __init__(self, diagram: Diagram, theme: Theme) -> None:
        self.diagram = diagram
        self.theme = theme
        self.nodes = {box.name: f"n{box.number}" for box in diagram.boxes}
        self.jumps = jumps(diagram)
        self.ovals = ovals(diagram, self.jumps)
        self.lines: list[str] = ["flowchart TD"]

    def text(self) -> str:
        diagram = self.diagram
        head = "<br/>".join(
            quoted(each, "head")
            for each in (diagram.title, diagram.subtitle, diagram.footer)
            if each
        )
        self._add(f'about["{head}"]:::about')
        for index, alarm in enumerate(diagram.alarms, start=1):
            self._add(f'alarm{index}["{self._alarm(alarm)}"]:::is_urgent')
        for group in diagram.groups:
            title = quoted(group.title, f"title of phase {group.number}")
            self._add(f'subgraph phase{group.number} ["{group.number} {title}"]')
            for box in diagram.boxes:
                if box.group == group.name:
                    self._add(self._box(box), 2)
            self._add("end")
        known = {group.name for group in diagram.groups}
        for box in diagram.boxes:
            if box.group not in known:
                self._add(self._box(box))
        self._warnings_on_top()
        self._ways()
        self._classes()
        return "\n".join(self.lines) + "\n"

    def _warnings_on_top(self) -> None:
        """Hold title and warnings above the first step by links that are not drawn.

        A link into a phase also keeps it from being laid out sideways.
        """
        above = ["about"]
        if self.diagram.alarms:
            alarms = [f"alarm{index}" for index in range(1, len(self.diagram.alarms) + 1)]
            self._add(f"about ~~~ {' & '.join(alarms)}")
            above = alarms
        if self.diagram.boxes:
            first = self.nodes[self.diagram.boxes[0].name]
            self._add(f"{' & '.join(above)} ~~~ {first}")

    def _add(self, line: str, depth: int = 1) -> None:
        self.lines.append("  " * depth + line)

    def _alarm(self, alarm: Alarm) -> str:
        place = f"alarm '{alarm.name}'"
        go = say("Go to step {number}", number=alarm.target_number)
        goal = f"{go}: {alarm.target_title}"
        parts = [f"<b>{quoted(alarm_heading(alarm), place)}</b>"]
        parts += [quoted(each, place) for each in (alarm.condition, goal) if each]
        return "<br/>".join(parts)

    def _box(self, box: Box) -> str:
        start, end = _shape(box)
        body = "<br/>".join(self._body(box))
        return f'{self.nodes[box.name]}{start}"{body}"{end}:::is_{role_of(box)}'

    def _body(self, box: Box) -> Iterable[str]:
        place = f"step {box.number}"
        overlay = self.diagram.overlay
        words = mark_words(overlay, box.name, self.diagram.reader)
        if words:
            is_here = overlay.boxes[box.name] == "here"
            yield f"<b>► {quoted(words, place)}</b>" if is_here else quoted(words, place)
        if overlay.notes.get(box.name):
            yield quoted(sentence(overlay.notes[box.name]), place)
        yield f"<b>{box.number} {quoted(box.title, f'title of {place}')}</b>"
        if box.urgency:
            yield say(URGENCY_WORDS[box.urgency])
        chosen = choose_words(box, self.diagram.reader)
        for part in (box.detail, box.badge_words, box.shortened, chosen):
            if part:
                yield quoted(part, f"text of {place}")
        if box.lines:
            yield f"{say(ONE_OR_MORE)}:"
        for line in box.lines:
            said = overlay.offers.get(offer_key(box, line), "")
            parts = (line.title, said, line.badge_words)
            words = " ".join(sentence(each) for each in parts if each)
            if line.when_words:
                words += f" {say('Only if {condition}.', condition=line.when_words)}"
            yield quoted(f"• {words}", f"offers of {place}")

    def _ways(self) -> None:
        for arrow in self.diagram.arrows:
            if arrow.name in self.jumps:
                continue
            label = quoted(label_words(arrow), f"label of way {arrow.name}")
            middle = f'-->|"{label}"|' if label else "-->"
            self._add(f"{self.nodes[arrow.source]} {middle} {self.nodes[arrow.target]}")
        for index, oval in enumerate(self.ovals, start=1):
            self._oval(f"go{index}", oval)

    def _oval(self, node: str, oval: Oval) -> None:
        words = f"<b>{oval.heading}</b>"
        if oval.title:
            words += f"<br/>{quoted(oval.title, f'title in an oval of {oval.box}')}"
        label = quoted(oval.label, f"label of way {oval.name}")
        middle = f'-->|"{label}"|' if label else "-->"
        self._add(f'{node}(["{words}"]):::is_link')
        box = self.nodes[oval.box]
        ends = (box, node) if oval.leaves else (node, box)
        self._add(f"{ends[0]} {middle} {ends[1]}")

    def _classes(self) -> None:
        theme = self.theme
        used: set[Role] = {role_of(box) for box in self.diagram.boxes} | {"link"}
        if self.diagram.alarms:
            used.add("urgent")
        for role in sorted(used):
            paint = theme.paints[role]
            width = theme.urgent_points if role == "urgent" else theme.border_points
            self._add(
                f"classDef is_{role} fill:{paint.fill},stroke:{paint.border},color:{theme.text},"
                f"stroke-width:{width:g}px,text-align:left"
            )
        self._add(f"classDef about fill:{theme.background},stroke:none,color:{theme.text}")
        for box in self.diagram.boxes:
            mark = self.diagram.overlay.boxes.get(box.name)
            if mark:
                line = theme.marks[mark]
                dash = {"solid": "0", "dashed": "8 4", "dotted": "2 4"}[line.style]
                self._add(
                    f"style {self.nodes[box.name]} stroke:{line.colour},"
                    f"stroke-width:{line.width:g}px,stroke-dasharray:{dash}"
                )


def _shape(box: Box) -> tuple[str, str]:
    """Return the signs around the text of a box that give its shape."""
    match box.kind:
        case "clinical_state" | "end":
            return "(", ")"
        case "decision":
            return "{{", "}}"
        case "action":
            return "[", "]"
        case "options":
            return "[[", "]]"
        case "link":
            return "([", "])"
        case _:
            assert_never(box.kind)
