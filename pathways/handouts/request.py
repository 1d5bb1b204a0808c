"""What handout is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from pathways.conditions.scope import Reader
from pathways.diagrams.extract import extract
from pathways.diagrams.model import Diagram
from pathways.handouts.blocks import HandoutKind
from pathways.handouts.clinic import ReadClinic
from pathways.handouts.sizes import PROFILE_NAMES, Room, room
from pathways.model.pathway import ResolvedPathway
from pathways.placed import Placed


@dataclass(frozen=True)
class Request:
    """A handout to be made.

    Args:
        pathway: The pathway, in the language of the handout.
        kind: Whom it is for.
        profile: ``standard``, ``clear-print`` or ``large-print``.
        paper: ``a4`` or ``letter``.
        phase: Name of the phase it is about; None: all of them.
        treatment: Name of the treatment it is about; None: all of them.
        placed: The patient it is for; None: anybody.
        with_person: Whether what is known of the patient may stand in it.
        clinic: Who hands it out.
        picture_width: Width of its pictures, in points; None: as wide as the text.
    """

    pathway: ResolvedPathway
    kind: HandoutKind = "patient"
    profile: str = "clear-print"
    paper: str = "a4"
    phase: str | None = None
    treatment: str | None = None
    placed: Placed | None = None
    with_person: bool = False
    clinic: ReadClinic = field(default_factory=ReadClinic)
    picture_width: float | None = None

    @property
    def reader(self) -> Reader:
        """Whose words it uses."""
        return "clinician" if self.kind == "clinician" else "patient"

    @property
    def room(self) -> Room:
        """The room for text on a page, in points."""
        return room(self.profile, self.paper)

    @property
    def picture_room(self) -> Room:
        """The room for a picture, in points."""
        found = self.room
        if self.picture_width is None:
            return found
        return Room(self.picture_width, found.height * max(1.0, self.picture_width / found.width))

    @property
    def picture_profile(self) -> str:
        """Sizes of type in pictures."""
        return PROFILE_NAMES[self.profile]

    @cached_property
    def diagram(self) -> Diagram:
        """The whole pathway in the words of the reader."""
        return extract(self.pathway, reader=self.reader)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Names of the states it is about, in order."""
        states = self.pathway.states
        if self.phase is not None:
            return tuple(name for name, each in states.items() if each.phase == self.phase)
        return tuple(states)
