"""What is claimed of the pages of a diagram, each as a list of what speaks against it.

Everything is read off the finished pages: cards, lines and the words in ovals, banner and map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathways.diagrams.drawing.shapes import Block, Sheet
from pathways.diagrams.model import Alarm, Arrow, Box, Diagram, Line
from pathways.diagrams.profiles import Paper, Profile
from tests.drawing.claims import wrong_with as wrong_with_sheet

ISO_AND_ANSI = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}


@dataclass(frozen=True)
class Printed:
    """The pages of a diagram, and where its steps stand, as the cards say.

    Args:
        diagram: The whole.
        sheets: The pages.
        pages: Pages of each step, by its number; of a panel in pieces there are several.
        first: First page of each step, by its number.
        last: Last page of each step, by its number.
    """

    diagram: Diagram
    sheets: Sequence[Sheet]
    pages: Mapping[int, Sequence[int]]
    first: Mapping[int, int]
    last: Mapping[int, int]

    @classmethod
    def of(cls, diagram: Diagram, sheets: Sequence[Sheet]) -> Printed:
        """Return the pages, read."""
        pages: dict[int, list[int]] = {}
        for page, sheet in enumerate(sheets, start=1):
            for card in cards(sheet):
                pages.setdefault(number_on(card), []).append(page)
        return cls(
            diagram,
            sheets,
            pages,
            {number: min(found) for number, found in pages.items()},
            {number: max(found) for number, found in pages.items()},
        )

    def box(self, name: str) -> Box:
        """Return a step by its name."""
        return next(box for box in self.diagram.boxes if box.name == name)


def cards(sheet: Sheet) -> list[Block]:
    """Return the cards of a page, in reading order."""
    return [block for block in sheet.blocks if block.part == "card"]


def number_on(card: Block) -> int:
    """Return the number on the disc of a card."""
    disc = next(inner for inner in card.inner if inner.part == "number")
    return int(said(disc))


def said(block: Block) -> str:
    """Return the text of a block, its lines joined by spaces."""
    return " ".join(text.text for text in block.texts)


def bare(text: str) -> str:
    """Return text without any space: lines may be broken anywhere."""
    return "".join(text.split())


def wrong_with(
    diagram: Diagram, sheets: Sequence[Sheet], profile: Profile, paper: Paper
) -> list[str]:
    """Return everything that is wrong with the pages of a diagram, in words."""
    printed = Printed.of(diagram, sheets)
    if set(printed.first) != {box.number for box in diagram.boxes}:
        return ["not every step is on a page"]
    found = [
        *_steps(printed),
        *_panels(printed),
        *_ways(printed),
        *_alarms(printed),
        *_map(printed),
        *_numbers(printed),
    ]
    for page, sheet in enumerate(sheets, start=1):
        found += [f"page {page}: {each}" for each in _page(sheet, profile, paper)]
    return found


def _page(sheet: Sheet, profile: Profile, paper: Paper) -> Iterator[str]:
    if (sheet.width, sheet.height) != ISO_AND_ANSI[paper.name] or sheet.paper != paper.name:
        yield f"is {sheet.width} x {sheet.height}, not {paper.name}"
    if len(cards(sheet)) > (profile.most_cards or 0):
        yield f"holds {len(cards(sheet))} cards"
    sizes = [text.size for block in sheet.everything() for text in block.texts]
    if min(sizes) < {"clinician": 9, "clear-print": 12, "large-print": 16}[profile.name]:
        yield f"holds type of {min(sizes)} points"
    yield from wrong_with_sheet(sheet)
    edge = paper.margin - 0.5
    for block in sheet.blocks:
        if block.x < edge or block.x + block.width > sheet.width - edge:
            yield f"{block.part} {block.name} stands in the margin beside"
        if block.y < edge or block.y + block.height > sheet.height - edge:
            yield f"{block.part} {block.name} stands in the margin above or below"
    frames = [block for block in sheet.blocks if block.part == "frame"]
    footers = [block for block in sheet.blocks if block.part == "footer"]
    if len(footers) != 1:
        yield "has no footer, or several"
    for frame in frames:
        if frame.y + frame.height > footers[0].y:
            yield f"the frame {frame.name} reaches into the footer"


def _steps(printed: Printed) -> Iterator[str]:
    diagram = printed.diagram
    order: list[int] = []
    for sheet in printed.sheets:
        order += [number_on(card) for card in cards(sheet)]
    if order != sorted(order):
        yield "cards are not in reading order"
    for box in diagram.boxes:
        if not box.lines and order.count(box.number) != 1:
            yield f"step {box.number} stands on {order.count(box.number)} cards"


def _panels(printed: Printed) -> Iterator[str]:
    for box in printed.diagram.boxes:
        pieces = [
            card
            for sheet in printed.sheets
            for card in cards(sheet)
            if number_on(card) == box.number
        ]
        for index, piece in enumerate(pieces, start=1):
            if bare(box.title) not in bare(said(piece)):
                yield f"step {box.number}: piece {index} does not repeat the heading"
            count = f"({index} of {len(pieces)})"
            if (bare(count) in bare(said(piece))) != (len(pieces) > 1):
                yield f"step {box.number}: piece {index} does not say {count}, or says it alone"
        offers = [
            bare(said(inner)) for piece in pieces for inner in piece.inner if inner.part == "offer"
        ]
        notes = printed.diagram.overlay.offers
        said_too = [notes.get(f"{box.name}/{line.name}", "") for line in box.lines]
        if len(offers) != len(box.lines) or not all(map(_is_offer, offers, box.lines, said_too)):
            yield f"step {box.number}: offers are not each there once, in order"


def _is_offer(text: str, line: Line, note: str) -> bool:
    """Return whether a text says title, note, badge and condition of an offer, in this order."""
    words = map(bare, (line.title, note, line.badge_words, line.when_words))
    return re.fullmatch(".{0,24}".join(map(re.escape, words)), text) is not None


def _ways(printed: Printed) -> Iterator[str]:
    for arrow in printed.diagram.arrows:
        if not _is_line(printed, arrow):
            yield from _not_told(printed, arrow)


def _is_line(printed: Printed, arrow: Arrow) -> bool:
    source, target = printed.box(arrow.source).number, printed.box(arrow.target).number
    for sheet in printed.sheets:
        number = {card.name: number_on(card) for card in cards(sheet)}
        for wire in sheet.wires:
            ends = number.get(wire.source), number.get(wire.target)
            if wire.name == arrow.name and ends == (source, target):
                return _label_is_there(sheet, arrow)
    return False


def _label_is_there(sheet: Sheet, arrow: Arrow) -> bool:
    wanted = f"{arrow.order}. {arrow.label}" if arrow.order and arrow.label else arrow.label
    labels = [bare(said(b)) for b in sheet.blocks if b.part == "label" and b.name == arrow.name]
    return labels == ([bare(wanted)] if wanted else [])


def _not_told(printed: Printed, arrow: Arrow) -> Iterator[str]:
    """Yield what is not said by ovals of a way that is no line."""
    source, target = printed.box(arrow.source), printed.box(arrow.target)
    here, there = printed.last[source.number], printed.first[target.number]
    leaving = [
        text
        for oval, label, text in _ovals(printed.sheets[here - 1], source.number, leaves=True)
        if _names_goal(text, target.number, there, here, len(printed.sheets))
        and bare(arrow.label) in bare(label + text)
    ]
    if len(leaving) != 1:
        yield (
            f"way {arrow.name}, steps {source.number} to {target.number}: {len(leaving)} ovals on "
            f"page {here} name its goal on page {there} and its label"
        )
    if here == there:
        return
    entering = [
        text
        for _, _, text in _ovals(printed.sheets[there - 1], target.number, leaves=False)
        if _names_origin(text, source.number, here)
    ]
    if len(entering) != 1:
        yield (
            f"way {arrow.name}, steps {source.number} to {target.number}: {len(entering)} ovals on "
            f"page {there} name where it comes from"
        )


def _ovals(sheet: Sheet, number: int, *, leaves: bool) -> Iterator[tuple[Block, str, str]]:
    """Yield the ovals that a line joins to a step, with the label of the line and its words."""
    ovals = {block.name: block for block in sheet.blocks if block.part == "oval"}
    names = {card.name for card in cards(sheet) if number_on(card) == number}
    labels = {block.name: said(block) for block in sheet.blocks if block.part == "label"}
    for wire in sheet.wires:
        step, oval = (wire.source, wire.target) if leaves else (wire.target, wire.source)
        if step in names and oval in ovals:
            yield ovals[oval], labels.get(wire.name, ""), said(ovals[oval])


def _names_goal(text: str, number: int, page: int, here: int, pages: int) -> bool:
    where = "" if pages == 1 else ", on this page" if page == here else f", page {page}"
    return re.search(rf"\bstep {number}{where}(?!\d)", text) is not None


def _names_origin(text: str, number: int, page: int) -> bool:
    """Return whether an oval names a step and its page: step by step, or very many by page."""
    many = re.fullmatch(r"From \d+ steps, pages? ([\d, to]+)", text)
    if many:
        return page in _numbers_in(many[1])
    for part in text.removeprefix("From ").split("; "):
        found = re.fullmatch(r"steps? ([\d, to]+?), pages? ([\d, to]+)", part)
        if found and number in _numbers_in(found[1]) and page in _numbers_in(found[2]):
            return text.startswith("From ")
    return False


def _numbers_in(words: str) -> list[int]:
    """Return the numbers of ``7 to 9`` or ``6, 9``."""
    if " to " in words:
        first, last = words.split(" to ")
        return list(range(int(first), int(last) + 1))
    return [int(each) for each in words.split(",")]


def _alarms(printed: Printed) -> Iterator[str]:
    alarms = printed.diagram.alarms
    for page, sheet in enumerate(printed.sheets, start=1):
        told = [(block, said(block)) for block in sheet.everything() if block.part == "alarm"]
        full = page == 1
        for alarm in alarms:
            if alarm.level == "emergency" or full:
                if not any(_tells_all(text, alarm, printed) for _, text in told):
                    yield f"page {page} does not tell all of {alarm.name}"
            elif not any(_names(text, alarm, printed) for _, text in told):
                yield f"page {page} does not name {alarm.name}"
        levels = [block.classes[0] for block, _ in told]
        if levels != sorted(levels):
            yield f"page {page}: urgent signs before emergency signs"
        if alarms:
            yield from _order(page, sheet)


def _order(page: int, sheet: Sheet) -> Iterator[str]:
    parts = [block.part for block in sheet.everything()]
    first = min(
        (i for i, part in enumerate(parts) if part not in {"heading", "banner", "alarm"}),
        default=len(parts),
    )
    last = max(i for i, part in enumerate(parts) if part == "alarm")
    if last > first:
        yield f"page {page}: something comes before the warning signs in reading order"
    tops = [block.y for block in sheet.blocks if block.part not in {"heading", "banner"}]
    banners = [block for block in sheet.blocks if block.part == "banner"]
    if len(banners) != 1 or banners[0].y + banners[0].height > min(tops):
        yield f"page {page}: something stands above the warning signs"


def _goal(alarm: Alarm, printed: Printed) -> str:
    page = printed.first.get(alarm.target_number)
    where = "" if len(printed.sheets) == 1 else f", page {page}"
    if page is None:
        # A part of a pathway: the step stands on none of its pages, and that is said somehow.
        where = ""
    return f"→ Go to step {alarm.target_number}{where}"


def _tells_all(text: str, alarm: Alarm, printed: Printed) -> bool:
    pieces = (alarm.label, f"{_goal(alarm, printed)}: {alarm.target_title}", alarm.condition[1:])
    return "At any time" in text and all(bare(piece) in bare(text) for piece in pieces)


def _names(text: str, alarm: Alarm, printed: Printed) -> bool:
    label = re.search(re.escape(bare(alarm.label)), bare(text), re.IGNORECASE)
    goal = re.search(rf"{re.escape(_goal(alarm, printed))}(?!\d)", text)
    return label is not None and goal is not None


def _map(printed: Printed) -> Iterator[str]:
    """Yield what is wrong with the map: its steps and its goals, page by page."""
    sheets = printed.sheets
    rows = [block for sheet in sheets for block in sheet.blocks if block.part == "row"]
    if len(sheets) == 1:
        if rows:
            yield "one page has a map"
        return
    listed: list[int] = []
    for row in rows:
        text = said(row)
        which = re.match(r"Pages? (\d+)(?: to (\d+))?: ", text)
        many = re.search(r"\bSteps? (\d[\d, to]*)[.:]", text)
        if not which or not many:
            yield f"a row of the map names no pages or no steps: {text}"
            continue
        begin, end = int(which[1]), int(which[2] or which[1])
        listed += range(begin, end + 1)
        numbers = {
            number_on(card) for page in range(begin, end + 1) for card in cards(sheets[page - 1])
        }
        runs = (re.findall(r"\d+", each) for each in many[1].split(","))
        if {step for run in runs for step in range(int(run[0]), int(run[-1]) + 1)} != numbers:
            yield f"the map names the wrong steps of page {begin}: {text}"
        yield from _goals(printed, text, begin, end)
    pages = [page for page, sheet in enumerate(sheets, start=1) if cards(sheet)]
    if listed != pages:
        yield f"the map lists pages {listed}, steps are on {pages}"


def _pages_after(printed: Printed, begin: int, end: int) -> set[int]:
    """Return the pages that some pages lead to, themselves left out."""
    goals: set[int] = set()
    for arrow in printed.diagram.arrows:
        source, target = printed.box(arrow.source).number, printed.box(arrow.target).number
        if begin <= printed.last[source] <= end:
            goals.add(printed.first[target])
    for box in printed.diagram.boxes:
        # A panel in pieces goes on where its next piece is.
        for page, following in pairwise(printed.pages[box.number]):
            if begin <= page <= end:
                goals.add(following)
    return goals - set(range(begin, end + 1))


def _goals(printed: Printed, text: str, begin: int, end: int) -> Iterator[str]:
    goals = _pages_after(printed, begin, end)
    leads_out = any(
        stub.leaves and begin <= printed.last[printed.box(stub.box).number] <= end
        for stub in printed.diagram.stubs
    )
    if ("Goes on to steps that are not in these pages." in text) != leads_out:
        yield f"page {begin}: the map is wrong on whether it leads to steps not in these pages"
    for words, wanted in (
        ("Goes on to", {page for page in goals if page > end}),
        ("Can lead back to", {page for page in goals if page < begin}),
    ):
        found = re.search(rf"{words} pages? ([^.]*)\.", text)
        said_pages = {int(each) for each in re.findall(r"\d+", found[1])} if found else set()
        if said_pages != wanted:
            yield f"page {begin}: the map says '{words}' {sorted(said_pages)}, not {sorted(wanted)}"
    links = any(
        box.kind == "link" and any(begin <= page <= end for page in printed.pages[box.number])
        for box in printed.diagram.boxes
    )
    if ("Goes on in another pathway." in text) != links:
        yield f"page {begin}: the map is wrong on whether another pathway goes on from there"
    if ("The pathway ends here." in text) == (bool(goals) or leads_out or links):
        yield f"page {begin}: the map is wrong on whether the pathway ends there"


def _numbers(printed: Printed) -> Iterator[str]:
    total = len(printed.sheets)
    for page, sheet in enumerate(printed.sheets, start=1):
        heading = next(block for block in sheet.blocks if block.part == "heading")
        found = re.findall(r"Page (\d+) of (\d+)", " ".join(t.text for t in heading.texts))
        if found != ([(str(page), str(total))] if total > 1 else []):
            yield f"page {page} of {total} says {found}"
    ids = [sheet.id for sheet in printed.sheets]
    if len(set(ids)) != len(ids):
        yield "two pages have one id"
