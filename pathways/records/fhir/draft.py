"""A record that is being put together from FHIR resources, and all that could not be understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pathways.errors import printable

LONGEST = 200
"""So many characters of a text of somebody else are shown."""


class UnclearError(Exception):
    """Why something is left out of the record; it ends in the list of what was not understood.

    Args:
        why: The reason, for whoever looks after it.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something of a FHIR document that is not in the record.

    Args:
        resource: Type of the resource, such as ``Observation``.
        id: Its id; empty when it has none, and always for a Patient.
        why: Why it is left out.
        code: Code and display of what it is about; may be empty.
        where: Where it stands, as ``entry[3].resource``.

    Example:
        >>> print(NotUnderstood("Observation", "o1", "no finding or test has this code", "8867-4"))
        Observation o1 (8867-4): no finding or test has this code
    """

    resource: str
    id: str
    why: str
    code: str = ""
    where: str = ""

    def __str__(self) -> str:
        code = f" ({self.code})" if self.code else ""
        return f"{self.resource} {self.id}".rstrip() + f"{code}: {self.why}"


def shown(text: str) -> str:
    """Return a text of somebody else so that it can be shown: on one line, and not too long.

    Args:
        text: Any text.

    Example:
        >>> shown("a" * 300)[-3:]
        'aa…'
    """
    return printable(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


@dataclass(slots=True)
class Draft:
    """What is known so far.

    Args:
        findings: Observations by name of finding, in the order of the document.
        treatments: Entries of the history.
        tests: Likewise.
        never: Treatments that were not taken, with what to say when the document says otherwise.
        left: What was not understood.
    """

    findings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    treatments: list[dict[str, str]] = field(default_factory=list)
    tests: list[dict[str, str]] = field(default_factory=list)
    never: list[tuple[str, NotUnderstood]] = field(default_factory=list)
    left: list[NotUnderstood] = field(default_factory=list)

    def observe(self, finding: str, observation: dict[str, Any]) -> None:
        """Add what was found on one day; what is there already is not added again.

        Args:
            finding: Name of the finding.
            observation: In the shape of a record file.
        """
        series = self.findings.setdefault(finding, [])
        if observation not in series:
            series.append(observation)

    def treat(self, event: dict[str, str]) -> None:
        """Add one treatment to the history.

        Args:
            event: In the shape of a record file.
        """
        if event not in self.treatments:
            self.treatments.append(event)

    def test(self, event: dict[str, str]) -> None:
        """Add one test to the history.

        Args:
            event: In the shape of a record file.
        """
        if event not in self.tests:
            self.tests.append(event)

    def contradicted(self) -> list[NotUnderstood]:
        """Return what says that a treatment was never taken where something else says that it was."""
        taken = {each["treatment"] for each in self.treatments}
        return [each for treatment, each in self.never if treatment in taken]

    def data(self, name: str) -> dict[str, Any]:
        """Return the record as plain data, sorted by name and then by day.

        A treatment that one resource says was never taken and another one says was, was taken.

        Args:
            name: Name of the record.

        Example:
            >>> Draft().data("someone")
            {'format': '1', 'record': 'someone'}
        """
        taken = {each["treatment"] for each in self.treatments}
        never = sorted({treatment for treatment, _ in self.never} - taken)
        findings = {
            each: sorted(self.findings[each], key=lambda one: str(one.get("on", "")))
            for each in sorted(self.findings)
        }
        history: dict[str, Any] = {
            "treatments": sorted(self.treatments, key=lambda each: _order(each, "treatment")),
            "tests": sorted(self.tests, key=lambda each: _order(each, "test")),
            "never": never,
        }
        given = {key: each for key, each in history.items() if each}
        record: dict[str, Any] = {"format": "1", "record": name}
        if findings:
            record["findings"] = findings
        if given:
            record["history"] = given
        return record


def _order(event: dict[str, str], kind: str) -> tuple[str, ...]:
    days = (event.get("on") or event.get("from") or event.get("to") or "", event.get("to", ""))
    return (event[kind], *days, event.get("status", ""), event.get("note", ""))
