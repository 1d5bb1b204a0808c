"""What stands around the steps: the heading, the warning signs, the footer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pathways.diagrams.drawing.shapes import Block
from pathways.diagrams.drawing.style import Face, Style, broken, height_of, set_rows
from pathways.diagrams.model import Alarm, Diagram
from pathways.diagrams.phrases import alarm_heading, sentence
from pathways.language import say

PADDING = 9.0
GAP = 6.0
BORDER = {"emergency": 3.0, "urgent": 1.8}


def heading(title: str, subtitle: str, width: float, style: Style, corner: str = "") -> Block:
    """Return the title of a picture and what part it shows.

    Args:
        title: Title.
        subtitle: What part is shown; may be empty.
        width: In points.
        style: Sizes and colours.
        corner: Words at the right end of the first line, such as the number of the page.
    """
    theme, sizes = style.theme, style.profile
    large = Face(sizes.heading, theme.text, bold=True)
    small = Face(sizes.detail, theme.detail, ink="detail")
    right = broken(corner, "number of the page", width, small, style)
    room = width - (style.fonts.width(corner, sizes.detail) + 16 if corner else 0)
    rows = broken(title, "title", room, large, style, even=False)
    rows += broken(subtitle, "subtitle", width, small, style, even=False)
    texts = set_rows(rows, 0, 0, style)
    down = (sizes.heading - sizes.detail) * 1.04
    texts += set_rows(right, width, down, style, "end")
    return Block("heading", width, height_of(rows), texts=texts)


def footer(diagram: Diagram, width: float, style: Style) -> Block:
    """Return version, status and that it is no medical advice."""
    face = Face(style.profile.small, style.theme.detail, ink="detail")
    rows = broken(diagram.footer, "footer", width, face, style, even=False)
    return Block("footer", width, height_of(rows), texts=set_rows(rows, 0, 0, style))


def banner(
    diagram: Diagram,
    width: float,
    style: Style,
    *,
    brief: bool = False,
    page_of: Mapping[str, int],
    listed_on: int = 1,
) -> Block | None:
    """Return the ways that are open at any time, emergency first, or None when there are none.

    Args:
        diagram: Gives the alarms.
        width: In points.
        style: Sizes and colours.
        brief: Whether urgent signs are named only, because their list stands on another page;
            emergency signs are always listed.
        page_of: Page by name of step; empty for a picture without pages.
        listed_on: The page that lists them.
    """
    if not diagram.alarms:
        return None
    blocks: list[Block] = []
    y = 0.0
    for alarm in _told(diagram, brief=brief):
        listed = listed_on if brief and alarm.level != "emergency" else 0
        block = _alarm(alarm, width, style, page_of, listed_on=listed).at(0, y)
        blocks.append(block)
        y += block.height + GAP
    return Block("banner", width, y - GAP, inner=tuple(blocks))


def _told(diagram: Diagram, *, brief: bool) -> list[Alarm]:
    """Return the alarms as they are shown: in brief, urgent ones of one goal are put together."""
    if not brief:
        return list(diagram.alarms)
    told: dict[str, Alarm] = {}
    for alarm in diagram.alarms:
        if alarm.level == "emergency":
            told[alarm.name] = alarm
        elif alarm.target in told:
            labels = f"{told[alarm.target].label}, {alarm.label[:1].lower()}{alarm.label[1:]}"
            told[alarm.target] = replace(told[alarm.target], label=labels)
        else:
            told[alarm.target] = replace(alarm, condition="")
    return list(told.values())


def _alarm(
    alarm: Alarm, width: float, style: Style, page_of: Mapping[str, int], *, listed_on: int
) -> Block:
    theme, sizes = style.theme, style.profile
    paint = theme.paints["urgent"]
    place = f"alarm '{alarm.name}'"
    inner = width - 2 * PADDING
    bold = Face(sizes.detail + 1 if sizes.detail < 12 else sizes.detail, theme.text, bold=True)
    signs = Face(sizes.detail, theme.detail, ink="detail")
    heading_words = f"{alarm_heading(alarm)} {goal_words(alarm, page_of, listed_on=listed_on)}"
    rows = broken(heading_words, place, inner, bold, style)
    rows += broken(sentence(alarm.condition) if alarm.condition else "", place, inner, signs, style)
    return Block(
        "alarm",
        width,
        height_of(rows) + 2 * (PADDING - 3),
        "rounded",
        fill=paint.fill,
        border=paint.border,
        border_width=BORDER[alarm.level],
        radius=8.0,
        texts=set_rows(rows, PADDING, PADDING - 3, style),
        name=alarm.name,
        classes=(alarm.level,),
        role="urgent",
    )


def goal_words(alarm: Alarm, page_of: Mapping[str, int], *, listed_on: int = 0) -> str:
    """Return where an alarm leads: an arrow, the step, its page, its title.

    Args:
        alarm: The alarm.
        page_of: Page by name of step; empty for a picture without pages.
        listed_on: The page that lists its signs, where this one does not; else 0.
    """
    page = page_of.get(alarm.target)
    goal = say("Go to step {number}", number=alarm.target_number)
    if page:
        goal = say("Go to step {number}, page {page}", number=alarm.target_number, page=page)
    goal = f"→ {goal}"
    if listed_on:
        return f"({say('listed on page {page}', page=listed_on)}) {goal}"
    return f"{goal}: {alarm.target_title}"
