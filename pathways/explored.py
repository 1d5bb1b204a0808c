"""A pathway to explore in a notebook, linked with Python: what is answered here is known there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import traitlets
from anywidget import AnyWidget

from pathways.conditions.scope import Reader
from pathways.errors import PathwayError, UnknownNameError
from pathways.explorer.answering import Answering
from pathways.explorer.frame import frame, framed
from pathways.explorer.page import bridge_text, to_page
from pathways.explorer.questions import Json
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Place
from pathways.placed import Placed, day_of


class Explored(AnyWidget):
    """A page that notebooks show, and what is answered on it; each changes the other.

    Without a kernel (a notebook opened again, or exported) the same page stays of use by itself.
    ``findings``, ``unavailable`` and ``at`` can be set; ``place`` can be, too: somebody says where they
    are. Python always places the answers itself.

    Args:
        answering: Places answers in the pathway.
        others: Further pathways of the page, or another version, that share the answers.
        reader: Whose words come first.
        begin: ``findings``, ``unavailable`` and ``at`` to begin with.

    Attributes:
        findings: Answers by the name of their finding; ``None`` is *not sure*. A change of one is seen
            when a new mapping is set.
        unavailable: Names of treatments, tests, classes or states that cannot be had.
        at: Where somebody says that they are; empty: nowhere.
        place: States where they are.
        options: States that could be next.
        problem: Why the answers cannot all be true; empty where they can.
    """

    _esm = bridge_text()
    link = traitlets.Unicode().tag(sync=True)
    findings = traitlets.Dict().tag(sync=True)
    unavailable = traitlets.List(traitlets.Unicode()).tag(sync=True)
    at = traitlets.Unicode().tag(sync=True)
    place = traitlets.List(traitlets.Unicode()).tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    problem = traitlets.Unicode()

    def __init__(
        self,
        answering: Answering,
        others: Sequence[ResolvedPathway] = (),
        *,
        reader: Reader = "patient",
        begin: Mapping[str, Json] | None = None,
    ) -> None:
        self._answering = answering
        self._pathways = (answering.placer.pathway, *others)
        self._reader: Reader = reader
        self._is_placing = False
        super().__init__(link=uuid.uuid4().hex, **(begin or {}))
        self._place_again()
        self.on_msg(self._asked)

    @property
    def pathway(self) -> ResolvedPathway:
        """The pathway that the answers are placed in."""
        return self._answering.placer.pathway

    @property
    def placed(self) -> Placed:
        """The answers as a patient of today, placed: the answer in words, the picture, what if.

        Raises:
            PathwayError: The answers cannot all be true.
        """
        given = (self.findings, self.unavailable, self.at)
        return self._answering.placed(*given, on=day_of(None))

    @property
    def page(self) -> str:
        """The page as HTML, with the answers of now."""
        begin = {"findings": self.findings, "unavailable": self.unavailable, "at": self.at}
        return to_page(self._pathways, self._reader, begin)

    @traitlets.validate("findings")
    def _checked_findings(self, proposal: Mapping[str, Any]) -> dict[str, Json]:
        return self._answering.checked(proposal["value"])

    @traitlets.validate("unavailable")
    def _checked_unavailable(self, proposal: Mapping[str, Any]) -> list[str]:
        names: list[str] = proposal["value"]
        known = self._answering.closable
        for name in names:
            if name not in known:
                raise UnknownNameError("treatment, test, class or state", name, known)
        return names

    @traitlets.validate("at")
    def _checked_at(self, proposal: Mapping[str, Any]) -> str:
        return self.pathway.state_name(proposal["value"]) if proposal["value"] else ""

    @traitlets.validate("place")
    def _stated_place(self, proposal: Mapping[str, Any]) -> list[str]:
        """What is set as a place is where somebody says that they are; the place follows from it."""
        stated: list[str] = proposal["value"]
        if not self._is_placing and stated != self.place:
            if len(stated) > 1:
                raise PathwayError(f"one state can be said to be the place, not {len(stated)}")
            self.at = stated[0] if stated else ""
            return list(self.place)
        return stated

    @traitlets.validate("options")
    def _own_options(self, proposal: Mapping[str, Any]) -> list[str]:
        if not self._is_placing:
            raise PathwayError(
                "options follow from the answers: set findings, unavailable or place"
            )
        found: list[str] = proposal["value"]
        return found

    @traitlets.observe("findings", "unavailable", "at")
    def _place_again(self, _change: Any = None) -> None:
        try:
            placed = self._answering.placed(self.findings, self.unavailable, self.at)
        except PathwayError as error:
            found: tuple[list[str], list[str], str] = [], [], str(error)
        else:
            found = list(placed.states), open_states(placed.place), ""
        with self._placing():
            self.place, self.options, self.problem = found

    @contextmanager
    def _placing(self) -> Iterator[None]:
        self._is_placing = True
        try:
            yield
        finally:
            self._is_placing = False

    def _asked(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Send the frame to a view that asks for it; no other state holds it, as it is large."""
        if isinstance(content, Mapping) and content.get("asks") == "frame":
            self.send({"frame": frame(self.page, self._title, self.link)})

    @property
    def _title(self) -> str:
        return self.pathway.title(self._reader)

    def __repr__(self) -> str:
        return f"<Explored {self.pathway.id}: {', '.join(self.place)}>"

    def _repr_mimebundle_(self, **_kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Show the page in a frame, which stays of use without a kernel."""
        shown = framed(self.page, self._title, link=self.link)
        return {"text/html": shown, "text/plain": repr(self)}, {}


def open_states(place: Place) -> list[str]:
    """Return the states that could be next, each way that leads there once.

    Args:
        place: Where somebody is.
    """
    return [way.target for stop in place.stops for way in stop.ways if way.is_open]
