"""The questions that find out what the history of a treatment or test says."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.errors import UnknownNameError
from pathways.language import say
from pathways.model.catalogue import Catalogue
from pathways.model.history import inside_sentence
from pathways.model.treatments import ActionCategory
from pathways.model.words import Text

_STATUS: Mapping[ActionCategory, str] = {
    "medicine": "Do you take {title} now, did you take it before, or never?",
    "procedure": "Have you ever had {title}?",
    "surgery": "Have you ever had {title}?",
    "test": "Have you ever had {title}?",
    "therapy": "Is {title} part of your care now, was it before, or never?",
    "self_care": "Is {title} part of your care now, was it before, or never?",
    "education": "Is {title} part of your care now, was it before, or never?",
    "referral": "Is {title} part of your care now, was it before, or never?",
}

_QUESTIONS: Mapping[str, tuple[str, str]] = {
    "weeks": (
        "{title}: for how many weeks?",
        "For how many weeks in all have you had {title}?",
    ),
    "relief_pct": (
        "{title}: how much relief, in percent?",
        "How much has {title} helped, from 0 for not at all to 100 for no pain left?",
    ),
    "as_advised": (
        "{title}: how much of it done as advised?",
        "How much of {title} did you do as planned: most, some or little of it?",
    ),
    "side_effects": ("{title}: which side effects?", "Which problems has {title} caused?"),
    "relief_weeks": (
        "{title}: for how many weeks did relief last?",
        "For how many weeks did the help from {title} last?",
    ),
    "months_since": (
        "{title}: how many months ago?",
        "How many months ago did you last have {title}?",
    ),
    "count_12mo": (
        "{title}: how often in the last 12 months?",
        "How often did you have {title} in the last 12 months?",
    ),
}
"""What is asked, by the part of the name behind the dot: for a clinician, for a patient."""


def history_question(finding: str, catalogue: Catalogue) -> Text:
    """Return the question that finds out a finding of a history.

    Args:
        finding: Name with a dot: ``baclofen.weeks``, ``mri.status``.
        catalogue: Where the treatment or test is.

    Raises:
        UnknownNameError: There is no such treatment, test or finding of it.

    Example:
        >>> from pathways.model.treatments import Treatment
        >>> heat = Treatment(title="Heat", category="self_care", what="warmth")
        >>> history_question("heat.weeks", Catalogue(treatments={"heat": heat})).patient
        'For how many weeks in all have you had heat?'
    """
    name, _, key = finding.partition(".")
    title = catalogue.care(name).title
    if key == "status":
        category = catalogue.treatments[name].category if name in catalogue.treatments else "test"
        options = say("never or done") if name in catalogue.tests else say("never, now or stopped")
        asked = say(_STATUS[category], title=inside_sentence(title.patient))
        return Text(clinician=f"{title.clinician}: {options}?", patient=asked)
    if key not in _QUESTIONS:
        raise UnknownNameError(f"finding of '{name}'", key, ("status", *_QUESTIONS))
    return Text(
        clinician=say(_QUESTIONS[key][0], title=title.clinician),
        patient=say(_QUESTIONS[key][1], title=inside_sentence(title.patient)),
    )
