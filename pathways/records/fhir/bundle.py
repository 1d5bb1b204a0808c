"""A FHIR Bundle as its resources, the references between them, and the one person it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pathways.records.fhir.elements import MAX_ENTRIES, Element, check_size, fault

_TYPED = re.compile(r"(?:.*/)?([A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?")
_OLD_VERSIONS = "history"
_ABOUT_A_PERSON = frozenset(
    {
        "Condition",
        "DiagnosticReport",
        "ImagingStudy",
        "MedicationRequest",
        "MedicationStatement",
        "Observation",
        "Procedure",
    }
)
"""Types of resources that a record is read from; of all others nothing gets into it."""


@dataclass(frozen=True)
class Bundle:
    """The resources of a document.

    Args:
        resources: In the order of the document.
        empty: Entries without a resource, each where it stands.
        homes: Positions of the resources by what a reference may call them: ``Patient/1``, and the
            ``fullUrl`` of the entry.
        timestamp: Day on which the bundle was put together, if it says so.
    """

    resources: tuple[Element, ...]
    empty: tuple[str, ...]
    homes: Mapping[str, int]
    timestamp: str | None = None

    def position(self, reference: str) -> int | None:
        """Return the position of the resource that a reference names, or None.

        Args:
            reference: ``Patient/1``, an address that ends so, or the ``fullUrl`` of an entry.
        """
        found = self.homes.get(reference)
        return found if found is not None else self.homes.get(_short(reference))

    def about(self, reference: str) -> str:
        """Return a name of what a reference names, the same for all its spellings.

        Args:
            reference: A reference.
        """
        position = self.position(reference)
        return f"entry {position}" if position is not None else _short(reference)


def _short(reference: str) -> str:
    found = _TYPED.fullmatch(reference)
    return found.group(1) if found else reference


def read_bundle(document: Any) -> Bundle:
    """Return the resources of a Bundle, or the one resource that a document is.

    Args:
        document: Parsed JSON.

    Returns:
        The resources; nothing in them is checked yet but that they are about one person.

    Raises:
        DocumentError: It is no FHIR resource, is too large, holds old versions, has a wrong shape,
            or is about several people.

    Example:
        >>> [each.text("id") for each in read_bundle({"resourceType": "Patient", "id": "1"}).resources]
        ['1']
    """
    if not isinstance(document, Mapping):
        hint = "give one Bundle or one resource, as parsed JSON; NDJSON is not read"
        fault("fhir-shape", "", "a FHIR document must be an object", hint)
    check_size(document)
    root = Element(document)
    if root.text("resourceType") is None:
        hint = "give one Bundle or one resource of FHIR R4"
        fault("fhir-shape", "resourceType", "a FHIR resource needs a 'resourceType'", hint)
    bundle = _bundle(root) if root.text("resourceType") == "Bundle" else _single(root)
    _refuse_several_people(bundle)
    return bundle


def _single(resource: Element) -> Bundle:
    return Bundle((resource,), (), dict.fromkeys(_names(resource), 0))


def _bundle(root: Element) -> Bundle:
    if root.text("type") == _OLD_VERSIONS:
        hint = "give a bundle of type collection, searchset or document"
        fault("fhir-shape", "type", "a bundle of type history holds old versions", hint)
    entries = root.data.get("entry")
    if isinstance(entries, list) and len(entries) > MAX_ENTRIES:
        message = f"a bundle may have {MAX_ENTRIES} entries; this one has {len(entries)}"
        fault("fhir-too-large", "entry", message, "give the resources of one person only")
    resources: list[Element] = []
    empty: list[str] = []
    homes: dict[str, int] = {}
    for entry in root.elements("entry"):
        resource = entry.element("resource")
        if resource is None:
            empty.append(entry.path)
            continue
        url = entry.text("fullUrl")
        for name in (*_names(resource), *((url,) if url else ())):
            homes.setdefault(name, len(resources))
        resources.append(resource)
    return Bundle(tuple(resources), tuple(empty), homes, root.day("timestamp"))


def _names(resource: Element) -> Iterator[str]:
    kind, identity = resource.text("resourceType"), resource.text("id")
    if kind is None:
        hint = "give one Bundle or one resource of FHIR R4"
        fault("fhir-shape", resource.path, "a FHIR resource needs a 'resourceType'", hint)
    if identity is not None:
        yield f"{kind}/{identity}"


def _refuse_several_people(bundle: Bundle) -> None:
    """A record is about one person: what is true of another one must never get into it."""
    people: dict[str, str] = {}
    unnamed: dict[str, str] = {}
    for position, resource in enumerate(bundle.resources):
        if resource.text("resourceType") == "Patient":
            people.setdefault(f"entry {position}", resource.path)
            continue
        subject = _subject(resource)
        reference = subject.text("reference") if subject else None
        if subject is None or (reference or "").startswith("#") or other_subject(resource):
            continue
        if reference is not None:
            people.setdefault(bundle.about(reference), subject.path)
        elif subject.has("identifier"):
            unnamed.setdefault(_identity(subject), subject.path)
    for found in (people, unnamed):
        if len(found) > 1:
            where = list(found.values())[1]
            message = "the resources are about several people"
            fault("fhir-several-people", where, message, "give the resources of one person")


def _subject(resource: Element) -> Element | None:
    if resource.text("resourceType") not in _ABOUT_A_PERSON:
        return None
    return resource.element("subject")


def other_subject(resource: Element) -> str:
    """Return what a resource is about where that is no person: ``Group``; else an empty text.

    Args:
        resource: The resource.

    Example:
        >>> other_subject(Element({"resourceType": "Observation", "subject": {"reference": "Group/1"}}))
        'Group'
    """
    subject = _subject(resource)
    found = _TYPED.fullmatch(subject.text("reference") or "") if subject else None
    kind = found.group(1).partition("/")[0] if found else "Patient"
    return "" if kind == "Patient" else kind


def _identity(subject: Element) -> str:
    identifier = subject.element("identifier")
    assert identifier is not None
    return f"{identifier.text('system')} {identifier.text('value')}"
