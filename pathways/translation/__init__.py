"""Texts of pathways in another language: translations are gettext files, looked up by the English text."""

from pathways.translation.export import po_text
from pathways.translation.files import Translations, translations_for
from pathways.translation.report import Coverage, coverage, library_orphans, missing
from pathways.translation.texts import Shown, shown_texts
from pathways.translation.translate import in_language, with_patient_texts

__all__ = [
    "Coverage",
    "Shown",
    "Translations",
    "coverage",
    "in_language",
    "library_orphans",
    "missing",
    "po_text",
    "shown_texts",
    "translations_for",
    "with_patient_texts",
]
