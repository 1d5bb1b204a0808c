"""A pathway with its texts for patients in another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from pathways.errors import PathwayError
from pathways.language import ENGLISH, UNTRANSLATED, known_language
from pathways.model.document import PathwayDocument
from pathways.model.evidence import Evidence
from pathways.model.pathway import ResolvedPathway
from pathways.model.words import Text
from pathways.readability.patient_texts import FOR_AUTHORS
from pathways.translation.files import translations_for

Pathway = TypeVar("Pathway", bound=ResolvedPathway)


def in_language(pathway: Pathway, language: str) -> Pathway:
    """Return a pathway in another language.

    Every text for patients is replaced by its translation; one without stays English with ``[en]``
    before it, so that nobody takes it for a translation. Texts for clinicians stay English; fixed
    words are in the language for both readers. What sources say is one text for both.

    Args:
        pathway: A pathway in English.
        language: The language, such as ``es``.

    Returns:
        The pathway, of the same type; itself when it is in that language already.

    Raises:
        UnknownNameError: There is no such language.
        PathwayError: The pathway is in a language that is translated from nowhere, or a file of
            translations beside it cannot be read.

    Example:
        >>> from pathways.reading.load import load
        >>> in_language(load("safety"), "es").title("patient")
        'Revise primero estas señales'
    """
    known_language(language)
    if pathway.language == language:
        return pathway
    if pathway.language.partition("-")[0] != ENGLISH:
        raise PathwayError(
            f"'{pathway.id}' is in '{pathway.language}'; only pathways in English are translated"
        )
    known = translations_for(pathway, language).known
    return with_patient_texts(
        pathway, lambda english: known.get(english) or f"{UNTRANSLATED}{english}", language
    )


def with_patient_texts(
    pathway: Pathway, said: Callable[[str], str], language: str | None = None
) -> Pathway:
    """Return a pathway with other texts for patients; those for its authors stay as they are.

    Args:
        pathway: The pathway.
        said: Gives the new text for each.
        language: The language of the new texts; None: as before.

    Example:
        >>> from pathways.reading.load import load
        >>> with_patient_texts(load("safety"), str.upper).title("patient")
        'CHECK THESE SIGNS FIRST'
    """
    change = _Change(said)
    spoken = language or pathway.language
    return replace(
        pathway,
        document=change.document(pathway.document, spoken),
        included=tuple(change.document(each, spoken) for each in pathway.included),
        catalogue=change.of(pathway.catalogue),
        states=change.of(pathway.states),
        phases=change.of(pathway.phases),
        definitions=change.of(pathway.definitions),
        interrupts=change.of(pathway.interrupts),
        linked=change.of(pathway.linked),
    )


class _Change:
    """Puts new texts in place of those for patients, and leaves everything else as it is."""

    def __init__(self, said: Callable[[str], str]) -> None:
        self.said = said

    def document(self, document: PathwayDocument, language: str) -> PathwayDocument:
        changed: PathwayDocument = self._record(document, frozenset(FOR_AUTHORS))
        return changed.model_copy(update={"language": language})

    def of(self, value: Any) -> Any:
        match value:
            case Text():
                return value.model_copy(update={"patient": self.said(value.patient)})
            case Evidence():
                says = self.said(value.says) if value.says else None
                return value.model_copy(update={"says": says})
            case BaseModel():
                return self._record(value)
            case Mapping():
                return {name: self.of(each) for name, each in value.items()}
            case tuple():
                return tuple(map(self.of, value))
            case _:
                return value

    def _record(self, record: Any, left: frozenset[str] = frozenset()) -> Any:
        fields = set(type(record).model_fields) - left
        parts = {name: getattr(record, name) for name in fields}
        changed = {name: self.of(part) for name, part in parts.items()}
        return record.model_copy(
            update={name: part for name, part in changed.items() if part is not parts[name]}
        )
