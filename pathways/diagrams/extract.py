"""A pathway, or a part of it, as a plain diagram in the words of one reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from pathways.conditions import Always, Condition, Named, Or, Otherwise, describe
from pathways.conditions.scope import Reader
from pathways.diagrams.disputes import disputes
from pathways.diagrams.jumps import merged
from pathways.diagrams.model import (
    BETWEEN_WAY,
    Alarm,
    Arrow,
    Box,
    Diagram,
    Group,
    Leeway,
    Line,
    Overlay,
    Stub,
)
from pathways.diagrams.phrases import MORE_STEPS, SOURCES_DIFFER, offers_elsewhere
from pathways.diagrams.views import (
    View,
    YourPart,
    part_name,
    shown_states,
    subtitle,
    your_part,
)
from pathways.errors import UnknownNameError
from pathways.graph.disputes import disputed_at, disputed_itself
from pathways.language import say, speaking
from pathways.model.badges import BADGE_WORDS, Badge
from pathways.model.pathway import READERS, ResolvedPathway, Way
from pathways.model.states import Offer, State

SHORT_LABEL_CHARACTERS = 28
NONE_BEFORE = "none of the lines above fits"


def extract(
    pathway: ResolvedPathway,
    *,
    reader: Reader = "clinician",
    view: View | None = None,
    overlay: Overlay | None = None,
) -> Diagram:
    """Return what a picture of a pathway shows, as plain data.

    Args:
        pathway: The pathway.
        reader: Whose words to use: ``clinician`` or ``patient``.
        view: The part to show; none: the whole.
        overlay: Marks on steps and ways; marks on steps that are not shown are left out.

    Returns:
        The diagram. Ways that leave or enter the part become stubs.

    Raises:
        UnknownNameError: The view or the overlay names something the pathway does not have, or
            there is no such reader.
    """
    if reader not in READERS:
        raise UnknownNameError("reader", str(reader), READERS)
    view = view or View.whole()
    with speaking(pathway.language):
        return _Extract(pathway, reader, view).diagram(overlay or Overlay())


def with_whom(text: str, whom: str) -> str:
    """Return what to watch for, and whom it concerns where that is said.

    Args:
        text: What to watch for.
        whom: When it matters, in words; empty: always.

    Example:
        >>> with_whom("Ask first.", "you take blood thinners")
        'Ask first (if you take blood thinners)'
    """
    said = text.rstrip(".")
    return f"{said} ({say('if {condition}', condition=whom)})" if whom else said


class _Extract:
    """One pathway for one reader."""

    def __init__(self, pathway: ResolvedPathway, reader: Reader, view: View) -> None:
        self.pathway = pathway
        self.reader = reader
        self.view = view
        self.names = shown_states(pathway, view)
        self.shown = frozenset(self.names)
        # What is around a step is read outwards from it; frames of phases would tear it apart.
        self.grouped = view.kind not in {"around", "yours"}
        self.yours: YourPart | None = your_part(pathway, view) if view.part else None

    def diagram(self, overlay: Overlay) -> Diagram:
        pathway = self.pathway
        inner = [way for way in pathway.ways if self._is_drawn(way)]
        arrows = [self._arrow(way) for way in inner]
        boxes = tuple(self._box(name) for name in self.names)
        disputed = dict.fromkeys(name for box in boxes for name in box.disputes)
        return Diagram(
            id=pathway.id,
            title=pathway.title(self.reader),
            subtitle=subtitle(pathway, self.view, self.reader),
            footer=pathway.status_words,
            reader=self.reader,
            boxes=boxes,
            arrows=(*arrows, *self._between(arrows)),
            groups=tuple(self._groups()),
            stubs=merged(self._stubs()),
            alarms=tuple(self._alarms()),
            overlay=self._overlay(overlay),
            leeway=self._leeway(),
            language=pathway.document.language,
            part=part_name(pathway, self.view),
            status=pathway.draft_words,
            disputes=tuple(disputes(disputed, pathway.catalogue, self.reader)),
        )

    def _is_drawn(self, way: Way) -> bool:
        """Return whether a way is a line here; around a patient it ends one step ahead of them."""
        begins = self.shown
        if self.yours:
            begins = frozenset((*self.yours.so_far, *self.yours.stops)) & self.shown
        return way.source in begins and way.target in self.shown

    def _box(self, name: str) -> Box:
        pathway, reader = self.pathway, self.reader
        state = pathway.states[name]
        badge = pathway.badge_of_state(name)
        in_full = self.yours is None or name in self.yours.stops
        is_past = self.yours is not None and name in self.yours.so_far
        words = self._badge_words(badge)
        if badge is None and self._is_disputed(name):
            words = say(SOURCES_DIFFER[reader])
        box = Box(
            name=name,
            number=pathway.numbers[name],
            kind=state.kind,
            title=state.title.to(reader),
            detail=state.detail.to(reader) if state.detail else "",
            category=state.category,
            group=state.phase if self.grouped else None,
            badge=badge,
            badge_words=words,
            lines=tuple(self._line(name, offer) for offer in state.offers if in_full),
            urgency=self.pathway.urgency_of(name),
            is_start=name == pathway.start,
            goes_to=self._goes_to(state),
            text=state.text.to(reader) if state.text else "",
            results=tuple(self._finding(each) for each in state.yields),
            choose=state.choose if len(state.next) > 1 else "one",
            cautions=tuple(each for record in state.does for each in self._cautions(record)),
            disputes=disputed_at(pathway, name),
            shortened="" if in_full else offers_elsewhere(len(state.offers), reader),
        )
        # Of a step that is over, what was done there is enough: its mark says it.
        return replace(box, detail="", badge_words="", shortened="") if is_past else box

    def _goes_to(self, state: State) -> str | None:
        """Return the title of the pathway that a link goes on in; its name where that is not known."""
        if state.pathway is None:
            return None
        title = self.pathway.linked.get(state.pathway)
        return title.to(self.reader) if title else state.pathway

    def _is_disputed(self, name: str) -> bool:
        """Return whether sources disagree on a step itself; what is on offer shows that by its badge."""
        treatments = self.pathway.catalogue.treatments
        offers = self.pathway.states[name].offers
        shown = {each for offer in offers for each in treatments[offer.treatment].disagreements}
        return bool(set(disputed_itself(self.pathway, name)) - shown)

    def _cautions(self, name: str) -> Iterable[str]:
        """Yield what to watch for with a treatment or test and its classes, and whom it concerns."""
        catalogue = self.pathway.catalogue
        treatment = catalogue.treatments.get(name)
        cautions = treatment.cautions if treatment else catalogue.tests[name].cautions
        for each in treatment.classes if treatment else ():
            cautions += catalogue.classes[each].cautions
        for caution in cautions:
            yield with_whom(
                caution.text.to(self.reader), self._words(caution.when) if caution.when else ""
            )

    def _badge_words(self, badge: Badge | None) -> str:
        return say(BADGE_WORDS[badge][self.reader]) if badge else ""

    def _line(self, state: str, offer: Offer) -> Line:
        badge = self.pathway.badge_of_treatment(offer.treatment, state)
        treatment = self.pathway.catalogue.treatments[offer.treatment]
        when = self._words(offer.when) if offer.when is not None else ""
        return Line(
            treatment.title.to(self.reader),
            badge,
            self._badge_words(badge),
            when,
            note=offer.note.to(self.reader) if offer.note else "",
            cautions=tuple(self._cautions(offer.treatment)),
            name=offer.treatment,
        )

    def _finding(self, name: str) -> str:
        shape = self.pathway.scope.findings[name]
        wording = shape.wording.get(self.reader)
        return wording.title if wording else name

    def _words(self, condition: Condition) -> str:
        match condition:
            case Always():
                return ""
            case Otherwise():
                return say(NONE_BEFORE)
            case _:
                return describe(condition, self.pathway.scope, self.reader)

    def _label(self, way: Way) -> str:
        """Return the label of a way; one without, among several, gets a short one."""
        written = way.transition.label
        if written is not None:
            return written.to(self.reader)
        if len(self.pathway.states[way.source].next) < 2:
            return ""
        if isinstance(way.transition.when, Otherwise):
            return say("Otherwise")
        words = self._words(way.transition.when)
        return words if len(words) <= SHORT_LABEL_CHARACTERS else say("see step words")

    def _arrow(self, way: Way) -> Arrow:
        condition = self._words(way.transition.when)
        return Arrow(way.key, way.source, way.target, self._label(way), condition, self._order(way))

    def _order(self, way: Way) -> int:
        state = self.pathway.states[way.source]
        return way.index + 1 if state.choose == "first" and len(state.next) > 1 else 0

    def _stubs(self) -> Iterable[Stub]:
        """Yield every way that leaves or enters the shown part.

        Around a patient those of their own way alone: what follows later is none of it yet.
        """
        pathway = self.pathway
        for way in pathway.ways:
            if (way.source in self.shown) == (way.target in self.shown):
                continue
            if self.yours and way.source not in self.yours.so_far:
                continue
            if self.yours and way.target not in self.shown:
                continue
            leaves = way.source in self.shown
            other = way.target if leaves else way.source
            yield Stub(
                name=way.key,
                box=way.source if leaves else way.target,
                number=pathway.numbers[other],
                title=pathway.states[other].title.to(self.reader),
                leaves=leaves,
                label=self._label(way),
                condition=self._words(way.transition.when),
                order=self._order(way),
                other=other,
            )

    def _groups(self) -> Iterable[Group]:
        used = {self.pathway.states[name].phase for name in self.names if self.grouped}
        for number, (name, phase) in enumerate(self.pathway.phases.items(), start=1):
            if name in used:
                yield Group(name, number, phase.title.to(self.reader))

    def _alarms(self) -> Iterable[Alarm]:
        pathway = self.pathway
        for index, each in enumerate(pathway.interrupts):
            yield Alarm(
                name=f"interrupt-{index + 1}",
                level=each.level,
                label=each.label.to(self.reader),
                condition=self._words(self._signs(each.when)),
                target_number=pathway.numbers[each.to],
                target_title=pathway.states[each.to].title.to(self.reader),
                target=each.to,
            )

    def _signs(self, condition: Condition) -> Condition:
        """Return what counts as a sign, one by one: names of lists of signs are opened.

        A warning that only says "you have an emergency sign" would tell nobody what to look for.
        """
        match condition:
            case Named(name) if name in self.pathway.definitions:
                inner = self._signs(self.pathway.definitions[name].when)
                return inner if isinstance(inner, Named | Or) else condition
            case Or(parts):
                opened = [self._signs(part) for part in parts]
                flat = [
                    p for each in opened for p in (each.parts if isinstance(each, Or) else (each,))
                ]
                return Or(tuple(dict.fromkeys(flat)))
            case _:
                return condition

    def _between(self, arrows: Iterable[Arrow]) -> Iterable[Arrow]:
        """Yield lines between steps of somebody's own way that are not next to each other."""
        if self.yours is None:
            return
        own = [*self.yours.so_far, *self.yours.stops]
        joined = {(arrow.source, arrow.target) for arrow in arrows}
        led_from = {source for source, _ in joined}
        stops = [name for name in self.names if name in self.yours.stops]
        so_far = [name for name in self.names if name in self.yours.so_far]
        for one, other in pairwise([*so_far, *stops[:1]]):
            goals = {target for source, target in joined if source == one and target in own}
            if one in led_from and goals:
                continue
            if self._comes_before(one, other):
                name = f"{one}{BETWEEN_WAY}"
                yield Arrow(name, one, other, say(MORE_STEPS[self.reader]))

    def _comes_before(self, one: str, other: str) -> bool:
        """Return whether ways lead from one state to another."""
        return one in shown_states(self.pathway, View.routes(other))

    def _leeway(self) -> Leeway | None:
        """Return what may be left out around a patient: early steps, then what is not open."""
        part = self.yours
        if part is None:
            return None
        so_far = [name for name in part.so_far if name in self.shown]
        spare = (*so_far[:-1], *reversed(part.closed), *so_far[-1:])
        return Leeway(part.stops, spare, tuple(reversed(part.open)))

    def _overlay(self, overlay: Overlay) -> Overlay:
        ways = {way.key for way in self.pathway.ways}
        boxes = {self.pathway.state_name(name): mark for name, mark in overlay.boxes.items()}
        for name in overlay.arrows:
            if name not in ways:
                raise UnknownNameError("way", str(name), sorted(ways))
        arrows = dict(sorted(overlay.arrows.items()))
        return replace(overlay, boxes=boxes, arrows=arrows).of_boxes(self.names)
