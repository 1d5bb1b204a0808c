"""States, the transitions between them, and interrupts."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ValidationInfo, model_validator

from pathways.conditions import Always, Otherwise
from pathways.model.conditions import Holds, When
from pathways.model.evidence import Evidence
from pathways.model.findings import Count, InterruptLevel, Values
from pathways.model.treatments import ActionCategory
from pathways.model.words import FindingName, HyphenName, Misfit, Name, Record, Text, raise_faults

StateKind = Literal["clinical_state", "decision", "action", "options", "link", "end"]
Choose = Literal["one", "first", "any"]


class Transition(Record):
    """A way on from one state to another. Without ``when`` it is always open."""

    to: Name = Field(description="The state it leads to.")
    when: When = Field(default=Always(), description="Condition on what is known when leaving.")
    label: Text | None = Field(default=None, description="Two or three words on the arrow.")
    why: Text | None = Field(default=None, description="Why this way, in a sentence.")
    evidence: tuple[Evidence, ...] = ()
    disagreements: tuple[Name, ...] = Field(default=(), description="Disagreements about it.")


class Offer(Record):
    """A treatment on offer in an ``options`` panel."""

    treatment: Name = Field(description="Name of a treatment.")
    when: Holds | None = Field(default=None, description="When it is on offer; none: always.")
    note: Text | None = None
    evidence: tuple[Evidence, ...] = Field(
        default=(), description="Besides what the catalogue says of the treatment."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"treatment": value} if isinstance(value, str) else value


class Interrupt(Record):
    """A transition open at any time, before every other one.

    It does not fire inside its own target and that target's work-up; ``until`` names the result
    that clears it.
    """

    to: Name = Field(description="The state it leads to.")
    when: Holds = Field(description="When it is open.")
    level: InterruptLevel = Field(
        description="emergency or urgent; both come before every other way, emergency first."
    )
    label: Text
    until: Holds | None = Field(default=None, description="What clears it, when it is true.")
    why: Text | None = None
    evidence: tuple[Evidence, ...] = ()


class State(Record):
    """A place in a pathway.

    Kinds: ``clinical_state``, ``decision``, ``action`` (with a category), ``options`` (a panel that
    offers treatments side by side), ``link`` (go on in another pathway) and ``end``.
    """

    kind: StateKind = Field(description="clinical_state, decision, action, options, link or end.")
    title: Text
    detail: Text | None = Field(default=None, description="One short line under the title.")
    text: Text | None = Field(default=None, description="A longer explanation.")
    category: ActionCategory | None = Field(default=None, description="Of an action.")
    phase: Name | None = Field(default=None, description="The phase it belongs to.")
    tags: tuple[Name, ...] = Field(default=(), description="So that rules can say 'any TAG'.")
    does: tuple[Name, ...] = Field(
        default=(), description="Treatments or tests of the catalogue that happen here."
    )
    offers: tuple[Offer, ...] = Field(default=(), description="What an options panel offers.")
    yields: tuple[FindingName, ...] = Field(default=(), description="Results known after it.")
    reassess: tuple[FindingName, ...] = Field(default=(), description="Findings looked at again.")
    restarts: tuple[FindingName, ...] = Field(default=(), description="Times that start again.")
    sets: dict[FindingName, Values] = Field(
        default={}, description="Findings it sets to a value; a list for several_of."
    )
    adds: dict[FindingName, Count] = Field(
        default={}, description="Counts that go up, and by how much."
    )
    choose: Choose = Field(
        default="one",
        description="one: exactly one way is open; first: in order; any: shared decision.",
    )
    situation: Name | None = Field(default=None, description="The situation its badges speak of.")
    explains: tuple[Name, ...] = Field(default=(), description="Mechanisms explained here.")
    pathway: HyphenName | None = Field(default=None, description="Of a link: where to go on.")
    at: Name | None = Field(
        default=None, description="Of a link: the state to go on at; none: its start."
    )
    evidence: tuple[Evidence, ...] = ()
    disagreements: tuple[Name, ...] = Field(default=(), description="Disagreements shown here.")
    next: tuple[Transition, ...] = Field(default=(), description="Ways on.")

    @model_validator(mode="after")
    def _fits_its_kind(self, info: ValidationInfo) -> State:
        raise_faults("state-kind", _kind_faults(self), info)
        return self


def _kind_faults(state: State) -> list[Misfit]:
    """Return what does not fit the kind of a state."""
    faults: list[Misfit] = []
    kind = state.kind
    if kind == "action" and state.category is None:
        faults.append(("an action needs a 'category', such as test or therapy", ""))
    if kind == "options" and not state.offers:
        faults.append(("a state of kind options needs 'offers', a list of treatments", ""))
    if kind == "link" and state.pathway is None:
        faults.append(("a link needs 'pathway', the pathway to go on in", ""))
    for key, owner in _OWNERS.items():
        if getattr(state, key) and kind != owner:
            faults.append((f"'{key}' belongs to states of kind {owner}, not {kind}", key))
    if kind in {"link", "end"} and state.next:
        faults.append((f"a state of kind {kind} has no ways on; remove 'next'", "next"))
    faults.extend(_else_faults(state))
    return faults


_OWNERS = {"category": "action", "offers": "options", "pathway": "link", "at": "link"}
"""Keys that only one kind of state has."""


def _else_faults(state: State) -> list[Misfit]:
    """``else`` is read after all others, so it must be last and the state read in order."""
    positions = [i for i, way in enumerate(state.next) if isinstance(way.when, Otherwise)]
    if not positions:
        return []
    if state.choose != "first":
        message = "'else' needs 'choose: first', because it means 'none of the ways before'"
        return [(message, "next")]
    if positions != [len(state.next) - 1]:
        return [("'else' must be the last way on, and stand there once", "next")]
    return []
