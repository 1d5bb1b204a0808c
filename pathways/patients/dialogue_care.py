"""The two questions about care: what somebody has now, what they had before; answers as history.

Each is one list of what a pathway knows, in groups. Only what stood in a list and was left out of it
counts as never had: of everything else nothing is said, and *not known* is never *never*.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from pathways.conditions.scope import Reader
from pathways.errors import nearest, printable
from pathways.model.history import inside_sentence
from pathways.model.pathway import ResolvedPathway
from pathways.model.treatments import ActionCategory
from pathways.patients.dialogue_forms import (
    MOST_SHOWN,
    AnswerForm,
    Choice,
    Misread,
    is_no,
    plain,
    plain_answer,
)
from pathways.patients.placing import Placer
from pathways.records.facts import Facts
from pathways.records.record import (
    History,
    Observation,
    PatientRecord,
    TestEvent,
    TreatmentEvent,
    YesNo,
)

CARE_NOW: Final = "care:now"
"""Name of the question about care that goes on; no finding can have a name with a colon."""
CARE_BEFORE: Final = "care:before"
"""Name of the question about care that is over, and about tests."""
CARE: Final = (CARE_NOW, CARE_BEFORE)

MOST_CHARACTERS = 2_000
"""An answer may be so long: the names of all that a pathway knows."""

_GROUPS: tuple[tuple[tuple[ActionCategory, ...], Mapping[Reader, str]], ...] = (
    (("medicine",), {"clinician": "Medicines", "patient": "Pills, creams and other medicines"}),
    (
        ("therapy", "self_care", "education", "referral"),
        {"clinician": "Therapies and self-care", "patient": "Therapies, and what you do yourself"},
    ),
    (("procedure",), {"clinician": "Injections, procedures", "patient": "Shots and procedures"}),
    (("surgery",), {"clinician": "Surgery", "patient": "Surgery"}),
    (("test",), {"clinician": "Tests", "patient": "Tests"}),
)
_OVER: frozenset[ActionCategory] = frozenset({"surgery", "test"})
"""What is over when it is done: nobody has it now."""

_QUESTIONS: Mapping[str, Mapping[Reader, str]] = {
    CARE_NOW: {
        "clinician": "Which of these does the person have or take now?",
        "patient": "Which of these do you have or take now?",
    },
    CARE_BEFORE: {
        "clinician": "Which of these did the person have before?",
        "patient": "Which of these did you have before?",
    },
}
_WHY: Mapping[str, Mapping[Reader, str]] = {
    CARE_NOW: {
        "clinician": "It shows the place, and what does not go together.",
        "patient": "It shows where you are, and what does not go well together.",
    },
    CARE_BEFORE: {
        "clinician": "What has ended, and what was done once; tests too. Not what goes on now.",
        "patient": "Name what is over now, and tests you had. Leave out what you still have.",
    },
}
_KNOWN: Mapping[Reader, str] = {
    "clinician": "Not asked, since the record says it: {}.",
    "patient": "We do not ask about these, since your answers say it: {}.",
}
_HELP = "Type the numbers, such as 1, 4; or the names; none; u for not sure; or skip."


def care_of(placer: Placer) -> tuple[str, ...]:
    """Return the treatments and tests of a pathway, without those of emergency and urgent care only.

    Args:
        placer: Places patients in the pathway.

    Returns:
        Names, in the order of the steps that do or offer them.

    Example:
        >>> from pathways.reading.load import load
        >>> care_of(Placer(load("test-blocks")))
        ('history_and_examination', 'medial_branch_block', 'radiofrequency_ablation')
    """
    return tuple(
        dict.fromkeys(
            name
            for at, state in placer.pathway.states.items()
            if at not in placer.guarded
            for name in (*state.does, *(offer.treatment for offer in state.offers))
        )
    )


def is_silent_on_care(record: PatientRecord) -> bool:
    """Return whether a record says nothing at all about care: no history, no ``.status`` finding.

    Args:
        record: The record.

    Example:
        >>> is_silent_on_care(PatientRecord(record="x", history={"never": ["mri"]}))
        False
    """
    return record.history == History() and not any(
        name.endswith(".status") for name in record.findings
    )


def listed_care(
    which: str,
    pathway: ResolvedPathway,
    care: Iterable[str],
    known: Collection[str],
    given: Mapping[str, Observation],
) -> tuple[str, ...]:
    """Return what a question about care lists.

    Args:
        which: ``care:now`` or ``care:before``.
        pathway: The pathway.
        care: Its treatments and tests.
        known: Those of which something is known otherwise: they are not asked about again.
        given: The answers so far: what goes on now is not asked about once more.

    Returns:
        Names; of what goes on now no surgery and no test: they are over when they are done.
    """
    now = parts_of(given.get(CARE_NOW))
    return tuple(
        name
        for name in care
        if name not in known
        and (
            _category(name, pathway) not in _OVER
            if which == CARE_NOW
            else now.get(name, "no") == "no"
        )
    )


def care_form(
    which: str, pathway: ResolvedPathway, names: Collection[str], reader: Reader
) -> AnswerForm:
    """Return how a question about care can be answered: a numbered list in groups, A to Z in each.

    Args:
        which: ``care:now`` or ``care:before``.
        pathway: The pathway.
        names: What is listed.
        reader: Whom the words are for.
    """
    titles = {name: _title(name, pathway, reader) for name in names}
    rows = [
        (name, words[reader])
        for categories, words in _GROUPS
        for name in sorted(titles, key=lambda each: (titles[each].casefold(), each))
        if _category(name, pathway) in categories
    ]
    return AnswerForm(
        which,
        "several_of",
        tuple(
            Choice(str(at), name, titles[name], group, _other_names(name, pathway))
            for at, (name, group) in enumerate(rows, start=1)
        ),
        own_help=_HELP,
    )


def care_question(which: str, reader: Reader) -> str:
    """Return a question about care in words.

    Args:
        which: ``care:now`` or ``care:before``.
        reader: Whom the words are for.

    Example:
        >>> care_question("care:now", "patient")
        'Which of these do you have or take now?'
    """
    return _QUESTIONS[which][reader]


def why_care(which: str, pathway: ResolvedPathway, known: Collection[str], reader: Reader) -> str:
    """Return why a question about care is asked, and what is left out of it since it is known.

    Args:
        which: ``care:now`` or ``care:before``.
        pathway: The pathway.
        known: What is not asked about, since something is known of it.
        reader: Whom the words are for.
    """
    titles = [inside_sentence(_title(name, pathway, reader)) for name in known]
    left_out = [_KNOWN[reader].replace("{}", ", ".join(titles))] if titles else []
    return " ".join([_WHY[which][reader], *left_out])


def read_care(text: str, form: AnswerForm) -> Observation | Misread:
    """Return what an answer to a question about care means, or why it was not understood.

    Args:
        text: What somebody typed: numbers or names, ``none``, not sure.
        form: The list that was shown.

    Returns:
        An observation that says yes or no of each thing listed, or the absence ``asked_unknown``.

    Example:
        >>> form = AnswerForm(CARE_NOW, "several_of", (Choice("1", "heat", "Heat"),))
        >>> read_care("heat", form).parts, read_care("none", form).parts
        ({'heat': 'yes'}, {'heat': 'no'})
    """
    said = plain_answer(text, form, MOST_CHARACTERS)
    if not isinstance(said, str):
        return said
    chosen: set[str] = set()
    for part in () if is_no(said) else _parts(said):
        value = next((each.value for each in form.choices if part in _called(each)), None)
        if value is None:
            return _not_listed(part, form)
        chosen.add(value)
    if not chosen and not is_no(said):
        return Misread(form.help)
    answers: dict[str, YesNo] = {
        each.value: "yes" if each.value in chosen else "no" for each in form.choices
    }
    return Observation(parts=answers)


def care_words(given: Observation, pathway: ResolvedPathway, reader: Reader) -> str:
    """Return an answer to a question about care in words.

    Args:
        given: The answer.
        pathway: The pathway.
        reader: Whom the words are for.
    """
    if given.absent is not None:
        return "not sure"
    named = [name for name, yes in parts_of(given).items() if yes == "yes"]
    return ", ".join(_title(name, pathway, reader) for name in named) or "none"


def with_care(
    history: History, given: Mapping[str, Observation], pathway: ResolvedPathway
) -> History:
    """Return a history with what the questions about care have found out.

    Something is ``never`` only if it stood in every list it belongs to, and was chosen in none. What
    has an answer of its own (``baclofen.status``) is left to that answer.

    Args:
        history: The history of the record.
        given: The answers, by name of the question.
        pathway: The pathway: it tells tests from treatments.

    Example:
        >>> from pathways.reading.load import load
        >>> given = {CARE_NOW: Observation(parts={"baclofen": "yes", "ibuprofen": "no"})}
        >>> found = with_care(History(), given, load("medicines"))
        >>> [(each.treatment, each.status) for each in found.treatments], found.never
        ([('baclofen', 'now')], ())
    """
    now, before = parts_of(given.get(CARE_NOW)), parts_of(given.get(CARE_BEFORE))
    treatments, tests, never = [*history.treatments], [*history.tests], [*history.never]
    for name in dict.fromkeys((*now, *before)):
        is_test = name in pathway.catalogue.tests
        if f"{name}.status" in given:
            continue
        if now.get(name) == "yes":
            treatments.append(TreatmentEvent(treatment=name, status="now"))
        elif before.get(name) == "yes" and is_test:
            tests.append(TestEvent(test=name, status="done"))
        elif before.get(name) == "yes":
            treatments.append(TreatmentEvent(treatment=name, status="stopped"))
        elif before.get(name) == "no" and (
            now.get(name) == "no" or _category(name, pathway) in _OVER
        ):
            never.append(name)
    return history.model_copy(
        update={"treatments": tuple(treatments), "tests": tuple(tests), "never": tuple(never)}
    )


def known_care(facts: Facts, given: Mapping[str, Observation]) -> frozenset[str]:
    """Return the treatments and tests of which something is known otherwise than by these questions.

    Args:
        facts: What the record said before the first answer.
        given: The answers so far.
    """
    names = [*facts.known, *given]
    return frozenset(each.removesuffix(".status") for each in names if each.endswith(".status"))


def parts_of(given: Observation | None) -> Mapping[str, YesNo]:
    """Return what an answer says of each thing listed; nothing when there is none, or not sure."""
    return (given.parts or {}) if given is not None else {}


def _category(name: str, pathway: ResolvedPathway) -> ActionCategory:
    treatments = pathway.catalogue.treatments
    return treatments[name].category if name in treatments else "test"


def _title(name: str, pathway: ResolvedPathway, reader: Reader) -> str:
    return pathway.catalogue.care(name).title.to(reader)


def _other_names(name: str, pathway: ResolvedPathway) -> tuple[str, ...]:
    record = pathway.catalogue.care(name)
    return tuple(dict.fromkeys((record.title.clinician, record.title.patient, *record.also_called)))


def _called(choice: Choice) -> frozenset[str]:
    words = (choice.value.replace("_", " "), choice.title, *choice.also)
    return frozenset({choice.key, choice.value, *map(plain, words)})


def _parts(said: str) -> list[str]:
    """Return what was named: numbers however they are parted, names parted by commas."""
    if re.fullmatch(r"[0-9]+(?:[\s,;]+(?:and )?[0-9]+)*[\s,;]*", said):
        return re.findall(r"[0-9]+", said)
    return [each for each in re.split(r"\s*[,;]\s*", said) if each]


def _not_listed(part: str, form: AnswerForm) -> Misread:
    shown = printable(part)[:MOST_SHOWN]
    names = {name: each for each in form.choices for name in sorted(_called(each))}
    near = dict.fromkeys(names[name] for name in nearest(part[:MOST_SHOWN], names))
    hint = " or ".join(f"{each.key} ({each.title})" for each in near if not part.isdecimal())
    meant = f" Did you mean {hint}?" if hint else ""
    return Misread(f"'{shown}' is not in this list; nothing was taken.{meant} {form.help}")
