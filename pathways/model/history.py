"""The findings that every treatment and test gives by its history, so that none is typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, assert_never

from pathways.conditions.scope import FindingShape, Wording
from pathways.model.treatments import ActionCategory, Test, Treatment
from pathways.model.words import Text

TREATMENT_STATUS = ("never", "now", "stopped")
TEST_STATUS = ("never", "done")

COMMON_SIDE_EFFECTS: dict[str, Text] = {
    "sleepy": Text(clinician="sedation", patient="sleepiness"),
    "stomach": Text(clinician="gastrointestinal", patient="stomach trouble"),
    "other": Text(clinician="other", patient="another problem"),
    "none": Text(clinician="none", patient="no problems"),
}

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
    effects = tuple((treatment.side_effects or COMMON_SIDE_EFFECTS).items())
    return dict(_findings(name, treatment.title, treatment.category, effects))


@lru_cache(maxsize=1024)
def _findings(
    name: str, title: Text, category: ActionCategory, effects: tuple[tuple[str, Text], ...]
) -> dict[str, FindingShape]:
    """Every pathway asks this of every treatment of the library, so it is worked out once."""
    shapes = [
        _status(name, title, category),
        _number(
            name,
            "weeks",
            "weeks",
            520,
            _filled("time on {}", "how long you have had {}", title),
            _sentences(category, inside_sentence(title.patient)).lasting,
        ),
        _number(
            name,
            "relief_pct",
            "percent",
            100,
            _filled("relief from {}", "how much {} helped", title),
            _around("", title, " helped by {value}"),
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
            _filled("duration of relief from {}", "how long the help from {} lasted", title),
            _around("the help from ", title, " lasted for {value}"),
        ),
        _number(
            name,
            "months_since",
            "months",
            600,
            _filled("time since {}", "the time since {}", title),
            _around("you last had ", title, " {value} ago"),
        ),
        _number(
            name,
            "count_12mo",
            "times",
            50,
            _filled(
                "number of {} in the last 12 months",
                "how often you had {} in the last 12 months",
                title,
            ),
            _around("in the last 12 months you had ", title, " {value}"),
        ),
    ]


def test_findings(name: str, test: Test) -> dict[str, FindingShape]:
    """Return the finding that the history of one test gives: ``NAME.status``."""
    clinician, patient = inside_sentence(test.title.clinician), inside_sentence(test.title.patient)
    shape = FindingShape(
        f"{name}.status",
        "one_of",
        options=TEST_STATUS,
        wording={
            "clinician": Wording(
                f"{clinician}",
                "{value}",
                "",
                {"never": f"{clinician} not done", "done": f"{clinician} done"},
            ),
            "patient": Wording(
                f"{patient}",
                "{value}",
                "",
                {"never": f"you have not had {patient}", "done": f"you have had {patient}"},
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


def _status(name: str, title: Text, category: ActionCategory) -> FindingShape:
    clinician, patient = inside_sentence(title.clinician), inside_sentence(title.patient)
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
                    "never": f"{clinician} never tried",
                    "now": f"{clinician} under way",
                    "stopped": f"{clinician} stopped",
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
                f"you have never taken {title}",
                f"you take {title} now",
                f"you stopped {title}",
                f"you have taken {title} for {{value}}",
            )
        case "procedure" | "surgery" | "test":
            return _Sentences(
                f"you have never had {title}",
                f"you have {title} now",
                f"you had {title} in the past",
                f"you have had {title} for {{value}}",
            )
        case "therapy" | "self_care" | "education" | "referral":
            return _Sentences(
                f"{title} has never been part of your care",
                f"{title} is part of your care now",
                f"{title} is no longer part of your care",
                f"{title} has been part of your care for {{value}}",
            )
        case _:
            assert_never(category)


def _filled(clinician: str, patient: str, title: Text) -> tuple[str, str]:
    """Put the title of a treatment where the braces are; braces in the title itself stay."""
    return (
        clinician.replace("{}", inside_sentence(title.clinician)),
        patient.replace("{}", inside_sentence(title.patient)),
    )


def _around(before: str, title: Text, after: str) -> str:
    """A sentence for the patient with the title inside; ``after`` holds the place of the value."""
    return f"{before}{inside_sentence(title.patient)}{after}"


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
    clinician, patient = inside_sentence(title.clinician), inside_sentence(title.patient)
    return FindingShape(
        f"{name}.as_advised",
        "one_of",
        options=("most", "some", "little"),
        wording={
            "clinician": Wording(
                f"adherence to {clinician}",
                f"{clinician} done as advised: {{value}}",
                "",
                {"most": "mostly", "some": "partly", "little": "hardly"},
            ),
            "patient": Wording(
                f"how closely you kept to the plan for {patient}",
                f"you {{value}} kept to the plan for {patient}",
                f"it is not so that you {{value}} kept to the plan for {patient}",
                {"most": "mostly", "some": "partly", "little": "hardly"},
            ),
        },
    )


def _side_effects(name: str, title: Text, effects: Mapping[str, Text]) -> FindingShape:
    clinician, patient = inside_sentence(title.clinician), inside_sentence(title.patient)
    return FindingShape(
        f"{name}.side_effects",
        "several_of",
        options=tuple(effects),
        wording={
            "clinician": Wording(
                f"side effects of {clinician}",
                f"side effect of {clinician}: {{value}}",
                f"no such side effect of {clinician}: {{value}}",
                {key: text.clinician for key, text in effects.items()},
            ),
            "patient": Wording(
                f"problems from {patient}",
                f"{patient} causes {{value}}",
                f"{patient} does not cause {{value}}",
                {key: text.patient for key, text in effects.items()},
            ),
        },
    )
