"""The findings that every treatment and test gives by its history, so that none is typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, assert_never

from pathways.conditions.scope import FindingShape, Wording
from pathways.language import say, spoken
from pathways.model.treatments import ActionCategory, Test, Treatment
from pathways.model.words import Text

TREATMENT_STATUS = ("never", "now", "stopped")
TEST_STATUS = ("never", "done")

COMMON_SIDE_EFFECTS: dict[str, tuple[str, str]] = {
    "sleepy": ("sedation", "sleepiness"),
    "stomach": ("gastrointestinal", "stomach trouble"),
    "other": ("other", "another problem"),
    "none": ("none", "no problems"),
}
"""Of treatments that name none of their own: for a clinician, for a patient."""

_LONG_LASTING = {"procedure", "surgery"}


def treatment_findings(name: str, treatment: Treatment) -> dict[str, FindingShape]:
    """Return the findings that the history of one treatment gives.

    Args:
        name: Name of the treatment.
        treatment: Its record.

    Returns:
        Shapes by name: ``NAME.status``, ``.weeks`` (weeks), ``.relief_pct`` (percent),
        ``.as_advised``, ``.side_effects``; for procedures and surgery also ``.relief_weeks``
        (weeks), ``.months_since`` (months) and ``.count_12mo`` (times in the last 12 months).

    Example:
        >>> record = Treatment(title="Heat", category="self_care", what="warmth")
        >>> sorted(treatment_findings("heat", record))[0]
        'heat.as_advised'
    """
    effects = tuple((treatment.side_effects or _common_side_effects()).items())
    return dict(_findings(name, treatment.title, treatment.category, effects, spoken()))


def _common_side_effects() -> dict[str, Text]:
    return {
        key: Text(
            clinician=say(COMMON_SIDE_EFFECTS[key][0], context="side effect"),
            patient=say(COMMON_SIDE_EFFECTS[key][1], context="side effect"),
        )
        for key in COMMON_SIDE_EFFECTS
    }


@lru_cache(maxsize=1024)
def _findings(
    name: str,
    title: Text,
    category: ActionCategory,
    effects: tuple[tuple[str, Text], ...],
    _language: str,
) -> dict[str, FindingShape]:
    """Every pathway asks this of every treatment of the library, so it is worked out once a language."""
    shapes = [
        _status(name, title, category),
        _number(
            name,
            "weeks",
            "weeks",
            520,
            (
                say("time on {title}", title=_clinician(title)),
                say("how long you have had {title}", title=_patient(title)),
            ),
            _sentences(category, _patient(title)).lasting,
        ),
        _number(
            name,
            "relief_pct",
            "percent",
            100,
            (
                say("relief from {title}", title=_clinician(title)),
                say("how much {title} helped", title=_patient(title)),
            ),
            say("{title} helped by {value}", title=_patient(title)),
        ),
        _as_advised(name, title),
        _side_effects(name, title, dict(effects)),
    ]
    if category in _LONG_LASTING:
        shapes += _procedure_findings(name, title)
    return {shape.name: shape for shape in shapes}


def _procedure_findings(name: str, title: Text) -> list[FindingShape]:
    """What only procedures and surgery have: they are over at once, and can be counted."""
    return [
        _number(
            name,
            "relief_weeks",
            "weeks",
            520,
            (
                say("duration of relief from {title}", title=_clinician(title)),
                say("how long the help from {title} lasted", title=_patient(title)),
            ),
            say("the help from {title} lasted for {value}", title=_patient(title)),
        ),
        _number(
            name,
            "months_since",
            "months",
            600,
            (
                say("time since {title}", title=_clinician(title)),
                say("the time since {title}", title=_patient(title)),
            ),
            say("you last had {title} {value} ago", title=_patient(title)),
        ),
        _number(
            name,
            "count_12mo",
            "times",
            50,
            (
                say("number of {title} in the last 12 months", title=_clinician(title)),
                say("how often you had {title} in the last 12 months", title=_patient(title)),
            ),
            say("in the last 12 months you had {title} {value}", title=_patient(title)),
        ),
    ]


def test_findings(name: str, test: Test) -> dict[str, FindingShape]:
    """Return the finding that the history of one test gives: ``NAME.status``."""
    clinician, patient = _clinician(test.title), _patient(test.title)
    shape = FindingShape(
        f"{name}.status",
        "one_of",
        options=TEST_STATUS,
        wording={
            "clinician": Wording(
                f"{clinician}",
                "{value}",
                "",
                {
                    "never": say("{title} not done", title=clinician),
                    "done": say("{title} done", title=clinician),
                },
            ),
            "patient": Wording(
                f"{patient}",
                "{value}",
                "",
                {
                    "never": say("you have not had {title}", title=patient),
                    "done": say("you have had {title}", title=patient),
                },
            ),
        },
    )
    return {shape.name: shape}


test_findings.__test__ = False  # type: ignore[attr-defined]


def inside_sentence(title: str) -> str:
    """Return a title inside a sentence: a leading capital goes, unless it is a short form (MRI).

    Example:
        >>> inside_sentence("Heat"), inside_sentence("MRI scan")
        ('heat', 'MRI scan')
    """
    return title if len(title) > 1 and title[1].isupper() else title[:1].lower() + title[1:]


def _clinician(title: Text) -> str:
    return inside_sentence(title.clinician)


def _patient(title: Text) -> str:
    return inside_sentence(title.patient)


def _status(name: str, title: Text, category: ActionCategory) -> FindingShape:
    clinician, patient = _clinician(title), _patient(title)
    said = _sentences(category, patient)
    return FindingShape(
        f"{name}.status",
        "one_of",
        options=TREATMENT_STATUS,
        wording={
            "clinician": Wording(
                clinician,
                "{value}",
                "",
                {
                    "never": say("{title} never tried", title=clinician),
                    "now": say("{title} under way", title=clinician),
                    "stopped": say("{title} stopped", title=clinician),
                },
            ),
            "patient": Wording(
                patient,
                "{value}",
                "",
                {"never": said.never, "now": said.now, "stopped": said.stopped},
            ),
        },
    )


class _Sentences(NamedTuple):
    """What a patient says of a treatment, with the title in place; ``lasting`` waits for the value."""

    never: str
    now: str
    stopped: str
    lasting: str


def _sentences(category: ActionCategory, title: str) -> _Sentences:
    """Pills are taken, shots are had, the rest is care."""
    match category:
        case "medicine":
            return _Sentences(
                say("you have never taken {title}", title=title),
                say("you take {title} now", title=title),
                say("you stopped {title}", title=title),
                say("you have taken {title} for {value}", title=title),
            )
        case "procedure" | "surgery" | "test":
            return _Sentences(
                say("you have never had {title}", title=title),
                say("you have {title} now", title=title),
                say("you had {title} in the past", title=title),
                say("you have had {title} for {value}", title=title),
            )
        case "therapy" | "self_care" | "education" | "referral":
            return _Sentences(
                say("{title} has never been part of your care", title=title),
                say("{title} is part of your care now", title=title),
                say("{title} is no longer part of your care", title=title),
                say("{title} has been part of your care for {value}", title=title),
            )
        case _:
            assert_never(category)


def _number(
    name: str, key: str, unit: str, most: int, titles: tuple[str, str], sentence: str
) -> FindingShape:
    clinician, patient = titles
    return FindingShape(
        f"{name}.{key}",
        "number",
        unit=unit,
        low=Decimal(0),
        high=Decimal(most),
        step=None if unit == "weeks" else Decimal(1),
        wording={
            "clinician": Wording(clinician, f"{clinician} {{value}}"),
            "patient": Wording(patient, sentence),
        },
    )


def _as_advised(name: str, title: Text) -> FindingShape:
    clinician, patient = _clinician(title), _patient(title)
    much = {"most": say("mostly"), "some": say("partly"), "little": say("hardly")}
    return FindingShape(
        f"{name}.as_advised",
        "one_of",
        options=("most", "some", "little"),
        wording={
            "clinician": Wording(
                say("adherence to {title}", title=clinician),
                say("{title} done as advised: {value}", title=clinician),
                "",
                much,
            ),
            "patient": Wording(
                say("how closely you kept to the plan for {title}", title=patient),
                say("you {value} kept to the plan for {title}", title=patient),
                say("it is not so that you {value} kept to the plan for {title}", title=patient),
                much,
            ),
        },
    )


def _side_effects(name: str, title: Text, effects: Mapping[str, Text]) -> FindingShape:
    clinician, patient = _clinician(title), _patient(title)
    return FindingShape(
        f"{name}.side_effects",
        "several_of",
        options=tuple(effects),
        wording={
            "clinician": Wording(
                say("side effects of {title}", title=clinician),
                say("side effect of {title}: {value}", title=clinician),
                say("no such side effect of {title}: {value}", title=clinician),
                {key: text.clinician for key, text in effects.items()},
            ),
            "patient": Wording(
                say("problems from {title}", title=patient),
                say("{title} causes {value}", title=patient),
                say("{title} does not cause {value}", title=patient),
                {key: text.patient for key, text in effects.items()},
            ),
        },
    )
