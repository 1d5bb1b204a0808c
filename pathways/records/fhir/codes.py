"""From the codes of a FHIR resource to the records of a catalogue that carry them, and to nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pathways.model.catalogue import Catalogue
from pathways.model.findings import Code
from pathways.records.fhir.draft import UnclearError, shown
from pathways.records.fhir.elements import Element

TargetKind = Literal["finding", "treatment", "test"]

LOINC = "http://loinc.org"
SNOMED_CT = "http://snomed.info/sct"

_YES_NO: dict[tuple[str, str], bool] = {
    ("http://terminology.hl7.org/CodeSystem/v2-0136", "Y"): True,
    ("http://terminology.hl7.org/CodeSystem/v2-0136", "N"): False,
    (SNOMED_CT, "373066001"): True,
    (SNOMED_CT, "373067005"): False,
    (LOINC, "LA33-6"): True,
    (LOINC, "LA32-8"): False,
}
"""What the code systems call yes and no.

Source: HL7 table 0136; SNOMED CT 373066001 Yes, 373067005 No; LOINC answers LA33-6, LA32-8.
"""


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a code means in a catalogue.

    Args:
        kind: Sort of record.
        name: Name of the record.
        option: Of a finding: the value that the code stands for; empty: the finding as a whole.
    """

    kind: TargetKind
    name: str
    option: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A target, and whether a no to the code is a no to the whole of it.

    Args:
        target: What the code means.
        exact: False where the record has several codes of one system: each may be narrower than the
            record, so that ruling one out does not rule out the others.
    """

    target: Target
    exact: bool


@dataclass(frozen=True)
class CodeIndex:
    """The codes of a catalogue.

    Args:
        catalogue: The records.

    Example:
        >>> from pathways.reading.catalogues import library_catalogue
        >>> index = CodeIndex(library_catalogue())
        >>> index.targets("http://loinc.org", "72514-3")
        (Target(kind='finding', name='pain_now', option=''),)
    """

    catalogue: Catalogue
    _targets: dict[tuple[str, str], set[Target]] = field(default_factory=dict, init=False)
    _counts: Counter[tuple[Target, str]] = field(default_factory=Counter, init=False)

    def __post_init__(self) -> None:
        for target, codes in _coded(self.catalogue):
            for each in codes:
                self._targets.setdefault((each.system, each.code), set()).add(target)
                self._counts[target, each.system] += 1

    def targets(self, system: str, code: str) -> tuple[Target, ...]:
        """Return what one code means, sorted.

        Args:
            system: Address of the code system.
            code: The code.
        """
        return tuple(sorted(self._targets.get((system, code), ())))

    def find(self, concept: Element | None, kind: TargetKind) -> Match | None:
        """Return what a CodeableConcept means among the records of one sort, or None.

        Args:
            concept: The CodeableConcept.
            kind: Sort of record.

        Raises:
            UnclearError: It means several of them.
        """
        found: dict[Target, bool] = {}
        for system, code in codings(concept):
            for target in self.targets(system, code):
                if target.kind == kind:
                    exact = self._counts[target, system] == 1
                    found[target] = found.get(target, True) and exact
        if len(found) > 1:
            names = ", ".join(f"{each.name} {each.option}".strip() for each in sorted(found))
            raise UnclearError(f"its codes mean several things: {names}")
        return next((Match(target, exact) for target, exact in found.items()), None)

    def option(self, concept: Element, finding: str) -> str | None:
        """Return the value of a finding that a CodeableConcept stands for, or None.

        Args:
            concept: The CodeableConcept.
            finding: Name of the finding.

        Raises:
            UnclearError: It stands for several values.
        """
        targets = {each for pair in codings(concept) for each in self.targets(*pair)}
        options = sorted(each.option for each in targets if each.name == finding and each.option)
        if len(options) > 1:
            raise UnclearError(f"its value means several things: {', '.join(options)}")
        return options[0] if options else None


def _coded(catalogue: Catalogue) -> Iterator[tuple[Target, Iterable[Code]]]:
    for name, finding in catalogue.findings.items():
        yield Target("finding", name), finding.codes
        for key, option in (finding.options or {}).items():
            yield Target("finding", name, key), option.codes
    for name, treatment in catalogue.treatments.items():
        yield Target("treatment", name), treatment.codes
    for name, test in catalogue.tests.items():
        yield Target("test", name), test.codes


def codings(concept: Element | None) -> list[tuple[str, str]]:
    """Return the codes of a CodeableConcept that say which system they are of.

    Args:
        concept: The CodeableConcept; None has no codes.

    Example:
        >>> codings(Element({"coding": [{"system": "http://loinc.org", "code": "72514-3"}]}))
        [('http://loinc.org', '72514-3')]
    """
    pairs = [
        (each.text("system"), each.text("code"))
        for each in (concept.elements("coding") if concept else ())
    ]
    return [(system, code) for system, code in pairs if system and code]


def answer(concept: Element) -> bool | None:
    """Return whether a CodeableConcept is a yes or a no; None when it is neither, or both.

    Args:
        concept: The CodeableConcept.

    Example:
        >>> answer(Element({"coding": [{"system": "http://loinc.org", "code": "LA33-6"}]}))
        True
    """
    said = {_YES_NO[pair] for pair in codings(concept) if pair in _YES_NO}
    return said.pop() if len(said) == 1 else None


def label(concept: Element | None) -> str:
    """Return a CodeableConcept in words for a list: codes with their displays, else its text.

    Args:
        concept: The CodeableConcept; None gives an empty text.

    Example:
        >>> label(Element({"coding": [{"code": "8867-4", "display": "Heart rate"}]}))
        '8867-4 Heart rate'
    """
    if concept is None:
        return ""
    coded = [
        f"{each.text('code') or ''} {each.text('display') or ''}".strip()
        for each in concept.elements("coding")
    ]
    said = "; ".join(each for each in coded if each) or concept.text("text") or ""
    return shown(said)
