"""A file for a translator: every text of a pathway, with the translations there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from io import BytesIO

from pathways.language import LANGUAGES, known_language
from pathways.model.pathway import ResolvedPathway
from pathways.translation.files import translations_for
from pathways.translation.texts import shown_texts


def po_text(pathways: Iterable[ResolvedPathway], language: str) -> bytes:
    """Return a gettext file with every text that patients can see, for a translator to fill in.

    Args:
        pathways: The pathways, in English.
        language: The language, such as ``es``.

    Returns:
        The file: above each text where it stands, below it the translation or nothing. The same
        pathways give the same file.

    Raises:
        UnknownNameError: There is no such language.
        PathwayError: A file of translations beside a pathway cannot be read.

    Example:
        >>> from pathways.reading.load import load
        >>> b"#. states.emergency_care.title" in po_text([load("safety")], "es")
        True
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    known_language(language)
    listed = list(pathways)
    latest = max((each.document.updated for each in listed), default="2000-01-01")
    day = dt.datetime.fromisoformat(f"{latest}T00:00+00:00")
    found = Catalog(
        locale=language,
        project="care-pathways",
        header_comment=f"# Texts for patients in {LANGUAGES[language]}. Translation not reviewed.",
        creation_date=day,
        revision_date=day,
        fuzzy=False,
    )
    for pathway in listed:
        known = translations_for(pathway, language).known
        for each in shown_texts(pathway):
            found.add(each.text, known.get(each.text, ""), auto_comments=[each.element])
    stream = BytesIO()
    write_po(stream, found, width=100)
    return stream.getvalue()
