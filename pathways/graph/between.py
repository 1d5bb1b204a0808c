"""How pathways lead to one another: what each takes in, and where each goes on in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathways.errors import PathwayError
from pathways.model.pathway import ResolvedPathway

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class Crossing:
    """A place where one pathway ends and goes on in another.

    Args:
        source: Name of the pathway that ends.
        target: Name of the pathway that goes on.
        state: The link state in the first one.
        target_state: The state it goes on at in the other one.
    """

    source: str
    target: str
    state: str
    target_state: str


@dataclass(frozen=True, slots=True)
class PathwayMap:
    """Some pathways and how they lead to one another.

    Args:
        pathways: The pathways by name: first those that no other one takes in, then the parts.
        takes_in: For each pathway, the names of those it takes in whole, also through another.
        crossings: Where one goes on in another, in the order of the pathways and their states.
    """

    pathways: dict[str, ResolvedPathway]
    takes_in: dict[str, tuple[str, ...]]
    crossings: tuple[Crossing, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the pathways that another one of them takes in."""
        taken = {name for names in self.takes_in.values() for name in names}
        return tuple(name for name in self.pathways if name in taken)


def pathway_map(pathways: Sequence[ResolvedPathway]) -> PathwayMap:
    """Return how pathways lead to one another.

    Args:
        pathways: The pathways; links to others are left out.

    Raises:
        PathwayError: Two of them have the same name.

    Example:
        >>> from pathways.reading.load import load
        >>> found = pathway_map([load("severe-back-pain"), load("safety")])
        >>> found.takes_in["severe-back-pain"], found.parts
        (('safety',), ('safety',))
    """
    by_name = {pathway.id: pathway for pathway in pathways}
    for name in by_name:
        if sum(pathway.id == name for pathway in pathways) > 1:
            raise PathwayError(
                f"two of the pathways are called '{name}'; a map needs one name each"
            )
    takes_in = {
        pathway.id: tuple(part.pathway for part in pathway.included if part.pathway in by_name)
        for pathway in pathways
    }
    taken = {name for names in takes_in.values() for name in names}
    order = sorted(by_name, key=lambda name: name in taken)
    return PathwayMap(
        {name: by_name[name] for name in order},
        {name: takes_in[name] for name in order},
        tuple(each for name in order for each in _crossings(by_name[name], by_name)),
    )


def _crossings(pathway: ResolvedPathway, known: dict[str, ResolvedPathway]) -> Iterable[Crossing]:
    for name, state in pathway.states.items():
        if state.pathway in known and state.pathway is not None:
            target = known[state.pathway]
            yield Crossing(pathway.id, target.id, name, state.at or target.start)


def map_to_networkx(found: PathwayMap) -> networkx.MultiDiGraph[str]:
    """Return the map as a networkx graph.

    Args:
        found: The map.

    Returns:
        One node a pathway (``title``, ``steps``, ``is_part``), one edge a crossing (``kind`` link,
        ``state``, ``target_state``) or a part taken in (``kind`` include).

    Example:
        >>> from pathways.reading.load import load
        >>> graph = map_to_networkx(pathway_map([load("severe-back-pain"), load("safety")]))
        >>> graph.nodes["safety"]["is_part"]
        True
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for name, pathway in found.pathways.items():
        graph.add_node(
            name,
            title=pathway.title(),
            steps=len(pathway.states),
            is_part=name in found.parts,
        )
    for source, names in found.takes_in.items():
        for target in names:
            graph.add_edge(source, target, kind="include")
    for each in found.crossings:
        graph.add_edge(
            each.source,
            each.target,
            kind="link",
            state=each.state,
            target_state=each.target_state,
        )
    return graph
