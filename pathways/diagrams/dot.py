"""A diagram as DOT, the language of Graphviz: stable text, one statement a line.

Shapes follow the proposal of the Society for Medical Decision Making: clinical state rounded box,
decision hexagon, action box, link oval; steps are numbered. Labels of arrows are small nodes on the
line, so that they can never drift away from it; phases stand below each other.

Source: Society for Medical Decision Making Committee on Standardization of Clinical Algorithms.
Proposal for clinical algorithm standards. Med Decis Making 1992;12:149-54.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from pathways.diagrams.characters import identifier
from pathways.diagrams.dot_labels import TIGHT, Card, Style, card, escape, line_height
from pathways.diagrams.fonts import FAMILY, safe_text, text_width, wrap
from pathways.diagrams.ids import picture_id
from pathways.diagrams.jumps import Oval, jumps, ovals
from pathways.diagrams.model import Alarm, Arrow, Box, Diagram, Mark
from pathways.diagrams.phrases import alarm_heading, label_words
from pathways.diagrams.profiles import SCREEN
from pathways.diagrams.theme import MarkStyle, Theme, role_of
from pathways.language import say, speaking

BANNER_POINTS = 520.0
LABEL_POINTS = 120.0
OVAL_POINTS = 132.0
POINTS_PER_INCH = 72.0
FIRST_WEIGHT = 8
"""The first way to a step is kept short and straight, so that steps stand below what leads to them."""

LABEL_WEIGHT = 24
"""A label stands right above the step it leads to."""


def to_dot(diagram: Diagram, theme: Theme) -> str:
    """Return a diagram as DOT text.

    Args:
        diagram: The diagram.
        theme: The look.

    Returns:
        A ``digraph``; the same diagram gives the same text.

    Raises:
        UnsafeTextError: A text of the diagram cannot be shown; names the character and the place.

    Example:
        >>> from pathways.diagrams.theme import theme
        >>> box = Box("care", 1, "action", "Care", category="therapy")
        >>> text = to_dot(Diagram("x", "X", "", "", "patient", (box,), ()), theme("default"))
        >>> text.splitlines()[0]
        'digraph "x" {'
    """
    with speaking(diagram.language):
        return _Writer(diagram, theme).text()


class _Writer:
    """Collects the statements of one picture."""

    def __init__(self, diagram: Diagram, theme: Theme) -> None:
        self.diagram = diagram
        self.theme = theme
        self.id = picture_id(diagram, theme.name)
        self.nodes = {box.name: f"n{box.number}" for box in diagram.boxes}
        self.jumps = jumps(diagram)
        self.ovals = ovals(diagram, self.jumps)
        self.lines: list[str] = []
        self.reached: set[str] = set()

    def text(self) -> str:
        """Return the whole text."""
        self._head()
        self._groups()
        self._ways()
        self._phases_below_each_other()
        body = "\n".join(self.lines)
        return f'digraph "{identifier(self.diagram.id)}" {{\n{body}\n}}\n'

    def _add(self, statement: str, depth: int = 1) -> None:
        self.lines.append("  " * depth + statement)

    def _head(self) -> None:
        theme = self.theme
        self._add(
            f'graph [id="{self.id}", bgcolor="{theme.background}", fontname="{FAMILY}", '
            f'labelloc="t", labeljust="l", rankdir="TB", newrank="true", splines="spline", '
            f'nodesep="0.28", ranksep="0.2", pad="0.15", outputorder="edgesfirst", '
            f"label=<{self._banner()}>];"
        )
        self._add(
            f'node [shape="box", style="filled", fontname="{FAMILY}", margin="0", '
            f'penwidth="{theme.border_points:g}"];'
        )
        self._add(
            f'edge [color="{theme.line}", penwidth="1.4", arrowsize="0.8", fontname="{FAMILY}"];'
        )

    def _banner(self) -> str:
        """Title, what is shown, and the ways open at any time, above the picture."""
        theme, diagram = self.theme, self.diagram
        cells = _cells(diagram.title, "title", BANNER_POINTS, Style(17, theme.text, bold=True))
        cells += _cells(diagram.subtitle, "subtitle", BANNER_POINTS, Style(12, theme.detail))
        rows = f"<TR>{_cell(cells, BANNER_POINTS)}</TR>"
        rows += "".join(self._alarm(alarm) for alarm in diagram.alarms)
        return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="5" CELLPADDING="3">{rows}</TABLE>'

    def _alarm(self, alarm: Alarm) -> str:
        theme = self.theme
        paint = theme.paints["urgent"]
        place = f"alarm '{alarm.name}'"
        inner = BANNER_POINTS - 20
        go = say("Go to step {number}", number=alarm.target_number)
        goal = f"→ {go}: {alarm.target_title}"
        text = _cells(alarm_heading(alarm), place, inner, Style(12, theme.text, bold=True))
        text += _cells(alarm.condition, place, inner, Style(SCREEN.detail, theme.detail))
        text += _cells(goal, place, inner, Style(12, paint.border, bold=True))
        width = {"emergency": 3, "urgent": 2}[alarm.level]
        return (
            f'<TR><TD BORDER="{width}" STYLE="ROUNDED" COLOR="{paint.border}" '
            f'BGCOLOR="{paint.fill}" ALIGN="LEFT" CELLPADDING="7" WIDTH="{BANNER_POINTS:g}">'
            f"{''.join(text)}</TD></TR>"
        )

    def _groups(self) -> None:
        """Every box, inside the frame of its phase; the footer stands below them all."""
        theme = self.theme
        footer = _cells(
            self.diagram.footer, "footer", BANNER_POINTS, Style(SCREEN.small, theme.detail)
        )
        self._add("subgraph cluster_all {")
        self._add(
            f'id="{self.id}-all"; peripheries="0"; labelloc="b"; labeljust="l"; margin="4";', 2
        )
        table = f'<TABLE BORDER="0" CELLPADDING="4"><TR>{_cell(footer, BANNER_POINTS)}</TR></TABLE>'
        self._add(f"label=<{table}>;", 2)
        for group in self.diagram.groups:
            self._add(f"subgraph cluster_{group.number} {{", 2)
            title = escape(safe_text(group.title, f"title of phase {group.number}"))
            self._add(
                f'id="{self.id}-p-{identifier(group.name)}"; class="phase"; peripheries="1"; style="rounded,filled"; '
                f'color="{theme.frame_border}"; fillcolor="{theme.frame_fill}"; labelloc="t"; '
                f'labeljust="l"; margin="12"; fontsize="13"; fontcolor="{theme.text}"; '
                f"label=<<B>{group.number} {title}</B>>;",
                3,
            )
            self._boxes(group.name, 3)
            self._add("}", 2)
        known = {group.name for group in self.diagram.groups}
        for box in self.diagram.boxes:
            if box.group not in known:
                self._box(box, 2)
        self._add("}")

    def _boxes(self, group: str, depth: int) -> None:
        for box in self.diagram.boxes:
            if box.group == group:
                self._box(box, depth)

    def _box(self, box: Box, depth: int) -> None:
        """One step, and with it the labels and ovals of its ways on."""
        node = self.nodes[box.name]
        made = card(box, self.diagram, self.theme)
        self._add(f"{node} [{self._shape(box, made)}, label=<{made.label}>];", depth)
        for index, arrow in enumerate(self._lines_from(box)):
            if arrow.label.strip():
                self._label(f"{node}_{index}", label_words(arrow), box, (arrow.name,), depth)
        for name, oval in self._ovals_of(box):
            self._oval(name, oval, depth)
            if oval.label.strip():
                self._label(f"{name}_label", oval.label, box, oval.ways, depth)

    def _lines_from(self, box: Box) -> list[Arrow]:
        return [each for each in self.diagram.arrows_from(box.name) if each.name not in self.jumps]

    def _ovals_of(self, box: Box) -> list[tuple[str, Oval]]:
        """Return the ovals of a box with their node names."""
        beside = [each for each in self.ovals if each.box == box.name]
        return [
            (f"{self.nodes[box.name]}_{'to' if each.leaves else 'from'}{index}", each)
            for index, each in enumerate(beside)
        ]

    def _shape(self, box: Box, made: Card) -> str:
        theme = self.theme
        mark = self.diagram.overlay.boxes.get(box.name)
        paint = theme.paints[role_of(box)]
        points = theme.urgent_points if box.urgency else theme.border_points
        style, colour = ["filled"], paint.border
        if box.kind in {"clinical_state", "end"}:
            style.append("rounded")
        if mark:
            line = theme.marks[mark]
            points, colour = line.width, line.colour
            style += [line.style] if line.style != "solid" else []
        elif box.kind == "options":
            style.append("dashed")
        classes = " ".join([box.kind, *filter(None, (box.urgency, mark))])
        shape = {"decision": "hexagon", "link": "ellipse"}.get(box.kind, "box")
        size = f'width="{made.width / POINTS_PER_INCH:.3f}"'
        if made.height is not None:
            size += f', height="{made.height / POINTS_PER_INCH:.3f}", fixedsize="true"'
        # Ways tried in order stand from left to right where that makes no tangle; their labels
        # are numbered besides.
        order = ', ordering="out"' if box.choose == "first" else ""
        return (
            f'id="{self.id}-s-{identifier(box.name)}", class="{classes}", shape="{shape}", '
            f'style="{",".join(style)}", color="{colour}", fillcolor="{paint.fill}", '
            f'penwidth="{points:g}", {size}{order}'
        )

    def _label(self, node: str, text: str, box: Box, ways: tuple[str, ...], depth: int) -> None:
        """The label of a way, as a small node on its line."""
        theme = self.theme
        mark = self.diagram.overlay.mark_of_ways(ways)
        size = SCREEN.detail
        safe = safe_text(text, f"label of a way on from step {box.number}")
        lines = wrap(safe, LABEL_POINTS, size, bold=True)
        width = max(text_width(line, size, bold=True) for line in lines) * 1.08 + 14
        height = len(lines) * line_height(size) + 5
        words = "<BR/>".join(f"<B>{escape(line)}</B>" for line in lines)
        colour = theme.marks[mark].colour if mark else theme.label_border
        self._add(
            f'{node} [class="label", style="filled,rounded", color="{colour}", penwidth="1", '
            f'fillcolor="{theme.label_fill}", fontcolor="{theme.text}", fontsize="{size:g}", '
            f'width="{width / POINTS_PER_INCH:.3f}", height="{height / POINTS_PER_INCH:.3f}", '
            f"label=<{words}>];",
            depth,
        )

    def _oval(self, node: str, oval: Oval, depth: int) -> None:
        theme = self.theme
        paint = theme.paints["link"]
        place = f"title in an oval of {oval.box}"
        heading = wrap(oval.heading, OVAL_POINTS, SCREEN.detail, bold=True)
        title = wrap(safe_text(oval.title, place), OVAL_POINTS * 0.92, SCREEN.small)
        words = [
            f'<FONT POINT-SIZE="{SCREEN.detail:g}"><B>{escape(line)}</B></FONT>' for line in heading
        ] + [escape(line) for line in title]
        self._add(
            f'{node} [class="jump", shape="ellipse", color="{paint.border}", '
            f'fillcolor="{paint.fill}", fontcolor="{theme.text}", fontsize="{SCREEN.small:g}", '
            f'penwidth="1.2", margin="0.08,0.04", label=<{"<BR/>".join(words)}>];',
            depth,
        )

    def _ways(self) -> None:
        """Every line between nodes."""
        for box in self.diagram.boxes:
            node = self.nodes[box.name]
            for index, arrow in enumerate(self._lines_from(box)):
                middle = f"{node}_{index}" if arrow.label.strip() else None
                self._way(node, middle, self.nodes[arrow.target], arrow.name, (arrow.name,))
            for name, oval in self._ovals_of(box):
                middle = f"{name}_label" if oval.label.strip() else None
                ends = (node, name) if oval.leaves else (name, node)
                self._way(ends[0], middle, ends[1], oval.name, oval.ways)

    def _way(
        self, source: str, middle: str | None, target: str, name: str, ways: tuple[str, ...]
    ) -> None:
        looks = self._line_looks(self.diagram.overlay.mark_of_ways(ways))
        first = target not in self.reached
        self.reached.add(target)
        identity = f'id="{self.id}-w-{identifier(name)}"'
        if middle is None:
            weight = FIRST_WEIGHT if first else 1
            self._add(f'{source} -> {target} [{identity}, minlen="2", weight="{weight}"{looks}];')
            return
        weights = (FIRST_WEIGHT, LABEL_WEIGHT) if first else (1, 1)
        self._add(f'{source} -> {middle} [arrowhead="none", weight="{weights[0]}"{looks}];')
        self._add(f'{middle} -> {target} [{identity}, weight="{weights[1]}"{looks}];')

    def _line_looks(self, mark: Mark | None) -> str:
        if mark is None:
            return ""
        line: MarkStyle = self.theme.marks[mark]
        return f', class="{mark}", style="{line.style}", penwidth="{line.width:g}", color="{line.colour}"'

    def _phases_below_each_other(self) -> None:
        """Keep each phase wholly below the one before, by lines that are not drawn."""
        members = [
            [box.name for box in self.diagram.boxes if box.group == group.name]
            for group in self.diagram.groups
        ]
        for index, (upper, lower) in enumerate(pairwise(members), start=1):
            between = f"between{index}"
            self._add(f'{between} [shape="point", style="invis", width="0", height="0", label=""];')
            for source in self._edge_of(upper, leaving=True):
                self._add(f'{source} -> {between} [style="invis", weight="0"];')
            for target in self._edge_of(lower, leaving=False):
                self._add(f'{between} -> {target} [style="invis", weight="0"];')

    def _edge_of(self, names: list[str], *, leaving: bool) -> Iterable[str]:
        """Yield the last (or first) nodes of a phase."""
        inside = set(names)
        drawn = [
            each
            for each in self.diagram.arrows
            if each.name not in self.jumps and each.source in inside and each.target in inside
        ]
        inner = {each.source if leaving else each.target for each in drawn}
        for box in self.diagram.boxes:
            if box.name not in inside:
                continue
            if box.name not in inner:
                yield self.nodes[box.name]
            if leaving:
                yield from (name for name, oval in self._ovals_of(box) if oval.leaves)


def _cells(text: str, place: str, width: float, style: Style) -> list[str]:
    """Return text as lines of an HTML-like label, each filled to the width."""
    lines = wrap(safe_text(text, place), width * TIGHT, style.size, bold=style.bold, even=False)
    start, end = ("<B>", "</B>") if style.bold else ("", "")
    return [
        f'<FONT POINT-SIZE="{style.size:g}" COLOR="{style.colour}">{start}{escape(line)}{end}</FONT>'
        '<BR ALIGN="LEFT"/>'
        for line in lines
    ]


def _cell(lines: list[str], width: float) -> str:
    return f'<TD ALIGN="LEFT" WIDTH="{width:g}">{"".join(lines)}</TD>'
