"""The map of pathways as a diagram: one card a pathway, an arrow where one goes on in another."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.conditions.scope import Reader
from pathways.diagrams.model import Arrow, Box, Diagram, Group
from pathways.graph.between import Crossing, PathwayMap
from pathways.language import ENGLISH, say, speaking, translation_words
from pathways.model.pathway import NOT_ADVICE, ResolvedPathway
from pathways.readability.formulas import sentences_of

MAP_TITLE = {
    "clinician": "How the pathways lead to one another",
    "patient": "Which chart is for me?",
}
DRAFTS = "Drafts: not reviewed by a clinician"
_WORDS = {
    "whole": {"clinician": "Pathways", "patient": "Charts"},
    "part": {"clinician": "Parts that they take in", "patient": "Parts of these charts"},
    "takes_in": {"clinician": "Takes in: {titles}", "patient": "Also holds: {titles}"},
}


_STEPS = ("{count} step", "{count} steps")


def map_diagram(found: PathwayMap, reader: Reader = "clinician") -> Diagram:
    """Return a map of pathways as a diagram.

    Args:
        found: The map.
        reader: Whose words to use: ``clinician`` or ``patient``.

    Returns:
        One box a pathway, numbered in their order, and one arrow for each pair of pathways of which
        one goes on in the other; its label is that of the first way that leads there.

    Example:
        >>> from pathways.graph.between import pathway_map
        >>> from pathways.reading.load import load
        >>> [box.title for box in map_diagram(pathway_map([load("safety")])).boxes]
        ['Warning signs in back pain']
    """
    spoken = {pathway.language for pathway in found.pathways.values()}
    language = spoken.pop() if len(spoken) == 1 else ENGLISH
    with speaking(language):
        return _diagram(found, reader, language)


def _diagram(found: PathwayMap, reader: Reader, language: str) -> Diagram:
    parts = found.parts
    groups = [Group("whole", 1, say(_WORDS["whole"][reader]))]
    if parts:
        groups.append(Group("part", 2, say(_WORDS["part"][reader])))
    return Diagram(
        id="map-of-pathways",
        title=say(MAP_TITLE[reader]),
        subtitle="",
        footer=_footer(found),
        reader=reader,
        boxes=tuple(
            Box(
                name=name,
                number=number,
                kind="clinical_state",
                title=pathway.title(reader),
                detail=_detail(found, name, reader),
                group="part" if name in parts else "whole",
                text=pathway.document.summary.to(reader) if pathway.document.summary else "",
            )
            for number, (name, pathway) in enumerate(found.pathways.items(), start=1)
        ),
        arrows=_arrows(found, reader),
        groups=tuple(groups),
        language=language,
        part="map",
        status="; ".join(_status(found)),
    )


def _detail(found: PathwayMap, name: str, reader: Reader) -> str:
    """Return whom a pathway is for (patients), or which parts it takes in that not every one does."""
    summary = found.pathways[name].document.summary
    if reader == "patient" and summary is not None:
        return sentences_of(summary.patient)[0] + "."
    own = [each for each in found.takes_in[name] if not _everywhere(found, each)]
    if not own:
        count = len(found.pathways[name].states)
        return say(_STEPS[count > 1], count=count)
    titles = [found.pathways[each].title(reader) for each in own]
    return say(_WORDS["takes_in"][reader], titles="; ".join(titles))


def _everywhere(found: PathwayMap, part: str) -> bool:
    others = [names for name, names in found.takes_in.items() if name != part]
    return len(others) > 1 and all(part in names for names in others)


def _arrows(found: PathwayMap, reader: Reader) -> tuple[Arrow, ...]:
    first: dict[tuple[str, str], Crossing] = {}
    for each in found.crossings:
        first.setdefault((each.source, each.target), each)
    return tuple(
        Arrow(
            f"{source}/{target}",
            source,
            target,
            _label(found.pathways[source], each.state, reader),
        )
        for (source, target), each in first.items()
    )


def _label(pathway: ResolvedPathway, state: str, reader: Reader) -> str:
    """Return the label of the first way to a link; a bare yes or no says nothing away from its step."""
    for way in pathway.ways:
        label = way.transition.label
        if way.target == state and label is not None and label.clinician not in ("Yes", "No"):
            return label.to(reader)
    return pathway.states[state].title.to(reader)


def _footer(found: PathwayMap) -> str:
    return ". ".join([*_status(found), say(NOT_ADVICE)])


def _status(found: PathwayMap) -> Iterator[str]:
    """Yield that no clinician has reviewed them, and that nobody has reviewed the translation."""
    if any(pathway.is_draft for pathway in found.pathways.values()):
        yield say(DRAFTS)
    if translation_words():
        yield translation_words()
