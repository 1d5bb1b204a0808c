"""The emergency number of a country in place of "your local emergency number"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from pathways.model.pathway import ResolvedPathway
from pathways.translation import with_patient_texts

Pathway = TypeVar("Pathway", bound=ResolvedPathway)

PHRASES: Mapping[str, str] = MappingProxyType(
    {"en": "your local emergency number", "es": "número local de emergencias"}
)
"""What texts for patients say where no country is known, by language."""


def with_number(pathway: Pathway, number: str) -> Pathway:
    """Return a pathway whose texts for patients name a number to call.

    Args:
        pathway: The pathway.
        number: Such as ``911``.

    Example:
        >>> from pathways.reading.load import load
        >>> with_number(load("safety"), "911").states["emergency_care"].detail.patient
        'Call 911'
    """
    phrase = PHRASES.get(pathway.language.partition("-")[0])
    if phrase is None:
        return pathway
    said = re.compile(re.escape(phrase).replace("\\ ", r"\s+"))
    return with_patient_texts(pathway, lambda text: said.sub(number, text))
