"""The same steps in words: what a picture shows, to be read aloud or in place of the picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from pathways.diagrams.characters import as_markdown, clean
from pathways.diagrams.model import Alarm, Arrow, Box, Diagram, Line, Stub
from pathways.diagrams.phrases import (
    ENDS_HERE,
    FIRST_OF_WAYS,
    HOW_SHOWN,
    KIND_WORDS,
    MARK_WORDS,
    ONE_OR_MORE,
    SOURCES_DIFFER,
    TAKE_CARE,
    URGENCY_WORDS,
    WHERE_SOURCES_DIFFER,
    alarm_heading,
    marked_words,
    offer_key,
    sentence,
)
from pathways.errors import UnknownNameError
from pathways.language import say, speaking

WordsFormat = Literal["text", "markdown"]
WORDS_FORMATS: tuple[WordsFormat, ...] = get_args(WordsFormat)


def to_words(diagram: Diagram, format: WordsFormat = "text") -> str:
    """Return every step of a diagram in words, warnings first.

    Args:
        diagram: The diagram.
        format: ``text``, or ``markdown`` with headings and lists.

    Returns:
        The words, with a line end at the end.

    Raises:
        UnknownNameError: There is no such format.
        UnsafeTextError: A text holds a control character.

    Example:
        >>> box = Box("care", 1, "end", "Keep well")
        >>> print(to_words(Diagram("x", "Back pain", "", "Draft.", "patient", (box,), ())))
        Back pain
        Draft.
        <BLANKLINE>
        Step 1. Keep well
        The pathway ends here.
        <BLANKLINE>
    """
    if format not in WORDS_FORMATS:
        raise UnknownNameError("format of words", str(format), WORDS_FORMATS)
    writer = _Markdown(diagram) if format == "markdown" else _Words(diagram)
    with speaking(diagram.language):
        return writer.text()


class _Words:
    """Writes plain text."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.boxes = {box.name: box for box in diagram.boxes}

    def text(self) -> str:
        blocks = [self.head(), *self.alarms()]
        group: str | None = None
        for box in self.diagram.boxes:
            if box.group != group:
                group = box.group
                blocks.extend(self.phase(group))
            blocks.append(self.step(box))
        blocks += self.disputes()
        return "\n\n".join(blocks) + "\n"

    def head(self) -> str:
        diagram = self.diagram
        lines = [self.title(self.say(diagram.title, "title"))]
        lines += [
            sentence(self.say(each, "head"))
            for each in (diagram.subtitle, diagram.whereabouts, diagram.footer)
            if each
        ]
        return "\n".join(lines)

    def alarms(self) -> Iterable[str]:
        return (self.paragraph(self.alarm(each)) for each in self.diagram.alarms)

    def alarm(self, alarm: Alarm) -> str:
        place = f"alarm '{alarm.name}'"
        title = self.say(alarm.target_title, place)
        goal = say("go to step {number}, {title}", number=alarm.target_number, title=title)
        when = self.say(alarm.condition, place)
        words = say("if {condition}, {goal}", condition=when, goal=goal) if when else goal
        return f"{self.say(alarm_heading(alarm), place)}. {sentence(words)}"

    def disputes(self) -> Iterable[str]:
        """Yield what sources disagree on, with both sides, after all the steps."""
        diagram = self.diagram
        if not diagram.disputes:
            return
        yield self.heading(say(WHERE_SOURCES_DIFFER[diagram.reader]))
        for number, each in enumerate(diagram.disputes, start=1):
            place = f"disagreement '{each.name}'"
            lines = [self.dispute_title(f"{number}. {self.say(each.title, place)}")]
            for says, sources in each.sides:
                who = self.say("; ".join(sources), place)
                lines.append(self.item(f"{sentence(self.say(says, place))} ({who})"))
            shown = sentence(self.say(each.shown, place))
            lines.append(self.item(f"{say(HOW_SHOWN[diagram.reader])}: {shown}"))
            yield "\n".join(lines)

    def phase(self, name: str | None) -> Iterable[str]:
        for group in self.diagram.groups:
            if group.name == name:
                title = self.say(group.title, f"title of phase {group.number}")
                yield self.heading(say("Part {number}. {title}", number=group.number, title=title))

    def step(self, box: Box) -> str:
        place = f"step {box.number}"
        title = self.say(box.title, f"title of {place}")
        lines = [self.step_title(f"{box.number}. {title}{self.kind(box)}")]
        overlay = self.diagram.overlay
        said = self.say(marked_words(overlay, box.name, self.diagram.reader), f"mark of {place}")
        if said:
            lines.append(said)
        if box.urgency:
            lines.append(sentence(say(URGENCY_WORDS[box.urgency])))
        parts = [self.say(part, f"text of {place}") for part in (box.detail, box.text) if part]
        lines += map(sentence, parts)
        if box.badge_words and (box.badge or not box.disputes):
            lines.append(sentence(box.badge_words))
        if box.results:
            results = ", ".join(self.say(each, f"results of {place}") for each in box.results)
            lines.append(say("Known after this step: {results}.", results=results))
        if box.cautions:
            lines.append(self.cautions(box.cautions, f"cautions of {place}").strip())
        if box.disputes:
            numbers = {each.name: i for i, each in enumerate(self.diagram.disputes, start=1)}
            which = ", ".join(str(numbers[name]) for name in box.disputes)
            differ = say(SOURCES_DIFFER[self.diagram.reader])
            lines.append(say("{differ}: see {numbers} at the end.", differ=differ, numbers=which))
        return "\n".join([*lines, *self.offers(box), *self.ways(box)])

    def kind(self, box: Box) -> str:
        """Return what kind of step a box is, with a space before it; to patients that is jargon."""
        if self.diagram.reader == "patient":
            return ""
        return f" ({say('start') if box.is_start else say(KIND_WORDS[box.kind])})"

    def offers(self, box: Box) -> Iterable[str]:
        if box.lines:
            yield f"{say(ONE_OR_MORE)}:"
        elif box.shortened:
            yield sentence(self.say(box.shortened, f"offers of step {box.number}"))
        for line in box.lines:
            yield self.item(self.offer(line, box))

    def offer(self, line: Line, box: Box) -> str:
        place = f"offer '{line.title[:40]}' of step {box.number}"
        words = sentence(self.say(line.title, place))
        said = self.diagram.overlay.offers.get(offer_key(box, line))
        if said:
            words += f" {sentence(self.say(said, place))}"
        if line.badge_words:
            words += f" {sentence(line.badge_words)}"
        if line.when_words:
            condition = self.say(line.when_words, place)
            words += f" {say('Only if {condition}.', condition=condition)}"
        if line.note:
            words += f" {sentence(self.say(line.note, place))}"
        return words + self.cautions(line.cautions, place)

    def cautions(self, cautions: Iterable[str], place: str) -> str:
        """Return what to watch for, with a space before it, or nothing."""
        said = " ".join(sentence(self.say(each, place)) for each in cautions)
        return f" {say(TAKE_CARE)}: {said}" if said else ""

    def ways(self, box: Box) -> Iterable[str]:
        """Yield one sentence for each way on, then the ways in from elsewhere."""
        stubs = [each for each in self.diagram.stubs if each.box == box.name]
        leading: list[Arrow | Stub] = [*self.diagram.arrows_from(box.name)]
        leading += [each for each in stubs if each.leaves]
        ways = [
            self.way(each) if isinstance(each, Arrow) else self.stub(each)
            for each in sorted(leading, key=lambda each: each.order)
        ]
        if box.goes_to:
            title = self.say(box.goes_to, f"link of step {box.number}")
            yield f"{say('Go on in: {title}', title=title)}."
        elif box.kind == "end":
            yield f"{say(ENDS_HERE)}."
        if len(ways) > 1 and box.choose == "any":
            yield say("One or more of these ways may be taken:")
        if len(ways) > 1 and box.choose == "first":
            yield say(FIRST_OF_WAYS[self.diagram.reader])
        for way in ways:
            yield self.item(way)
        sources = [
            say("step {number}, {title}", number=each.number, title=each.title)
            for each in stubs
            if not each.leaves
        ]
        if sources:
            yield sentence(say("Reached from {steps}", steps="; ".join(sources)))

    def way(self, arrow: Arrow) -> str:
        target = self.boxes[arrow.target]
        said = self.go(arrow.label, arrow.condition, target.number, target.title, arrow.source)
        return said + self.marked((arrow.name,))

    def stub(self, stub: Stub) -> str:
        said = self.go(stub.label, stub.condition, stub.number, stub.title, stub.box)
        return said + self.marked(stub.ways)

    def marked(self, ways: Iterable[str]) -> str:
        """Return how somebody stands to a way, with a space before it, or nothing."""
        mark = self.diagram.overlay.mark_of_ways(ways)
        if mark not in {"next", "closed"}:
            return ""
        return f" ({say(MARK_WORDS[self.diagram.reader][mark]).lower()})"

    def go(self, label: str, condition: str, number: int, title: str, box: str) -> str:
        place = f"ways on from step {self.boxes[box].number}"
        goal = say("go to step {number}, {title}", number=number, title=self.say(title, place))
        when = self.say(condition, place)
        name = self.say(label, place)
        if when and name and name.casefold() != when.casefold():
            return sentence(f"{name}: {say('if {condition}, {goal}', condition=when, goal=goal)}")
        if when:
            return sentence(say("If {condition}, {goal}", condition=when, goal=goal))
        return sentence(f"{name}: {goal}" if name else say("Then {goal}", goal=goal))

    def say(self, text: str, place: str) -> str:
        return clean(text, place)

    def title(self, text: str) -> str:
        return text

    def heading(self, text: str) -> str:
        return text

    def step_title(self, text: str) -> str:
        return say("Step {title}", title=text)

    def dispute_title(self, text: str) -> str:
        return say("Disagreement {title}", title=text)

    def paragraph(self, text: str) -> str:
        return text

    def item(self, text: str) -> str:
        return f"- {text}"


class _Markdown(_Words):
    """Writes Markdown; every sign that Markdown or HTML would read is escaped."""

    def say(self, text: str, place: str) -> str:
        return as_markdown(clean(text, place))

    def title(self, text: str) -> str:
        return f"# {text}\n"

    def heading(self, text: str) -> str:
        return f"## {text}"

    def step_title(self, text: str) -> str:
        return f"### {text}\n"

    def dispute_title(self, text: str) -> str:
        return f"### {text}\n"

    def paragraph(self, text: str) -> str:
        return f"**{text}**"
