"""One question after another, until nothing useful is left to ask: data in, data out.

The order is that of :attr:`pathways.patients.placing.Located.questions`, worked out anew after each
answer; signs of an emergency come first. A positive one stops the questions at once. After the signs
come two lists of care (:mod:`pathways.patients.dialogue_care`), where nothing is known of it yet.
Nothing that was answered is ever thrown away: an answer is replaced only by another one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pathways.conditions.scope import Reader
from pathways.errors import PathwayError
from pathways.model.findings import Level
from pathways.model.history_questions import history_question
from pathways.patients.dialogue_care import (
    CARE,
    CARE_NOW,
    care_form,
    care_of,
    care_question,
    care_words,
    is_silent_on_care,
    known_care,
    listed_care,
    read_care,
    why_care,
    with_care,
)
from pathways.patients.dialogue_forms import AnswerForm, Misread, form_of, read_answer
from pathways.patients.placing import Circumstances, Located, Placer
from pathways.patients.questions import Question
from pathways.records.checking import refuse_problems
from pathways.records.dates import earliest
from pathways.records.knowing import facts_of
from pathways.records.reading import record_from_dict
from pathways.records.record import History, Observation, PatientRecord
from pathways.records.vocabulary import Vocabulary, vocabulary_of

NEW_RECORD = "my-answers"
"""Name of a record that begins with the first answer; nobody is asked for a name."""

Result = Literal["taken", "not_understood", "contradicts", "skipped", "kept", "moved", "nowhere"]
"""What became of an input: the answer was taken, was not understood, cannot be together with what
was said before; the question was skipped, or keeps the answer it has; an earlier question is asked
again; there is no such question."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    Args:
        result: What became of it.
        message: What to say of it; empty when nothing has to be said.
        finding: The finding that was asked for, or is now, or ``care:now`` or ``care:before``; empty
            when there is none.
        raised: ``emergency`` or ``urgent`` when this answer is a sign that calls for help; else empty.
        presumed: Whether it is one because somebody was not sure.
    """

    result: Result
    message: str = ""
    finding: str = ""
    raised: Literal["", "emergency", "urgent"] = ""
    presumed: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put.

    Args:
        finding: Name of the finding; ``care:now`` and ``care:before`` for the lists of care.
        question: The question, in words.
        why: Why it is asked, or empty.
        level: Level of a warning sign, or empty.
        form: How it can be answered.
        bears_on: What the answer bears on; None when it is asked again, and for the lists of care.
        current: The answer it has by now, in words; empty when it has none.
    """

    finding: str
    question: str
    why: str
    level: Level | Literal[""]
    form: AnswerForm
    bears_on: Question | None = None
    current: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that was given.

    Args:
        number: Its number, from 1, in the order of the questions.
        finding: Name of the finding; ``care:now`` and ``care:before`` for the lists of care.
        question: The question, in words.
        words: The answer in words.
        observation: What stands in the record; of care it stands there as history.
    """

    number: int
    finding: str
    question: str
    words: str
    observation: Observation


class Dialogue:
    """Asks what is worth knowing of one person in one pathway.

    Args:
        placer: Places patients in the pathway.
        on: The day on which the answers are given.
        record: What is known already; None: nothing.
        reader: Whom the words are for.

    Raises:
        DocumentError: The record has faults.
        UnknownNameError: The record states a place that the pathway does not have.

    Example:
        >>> from pathways.reading.load import load
        >>> dialogue = Dialogue(Placer(load("safety")), dt.date(2026, 1, 31))
        >>> dialogue.question.finding
        'rf_bladder_retention'
        >>> dialogue.answer("no").result, dialogue.question.finding
        ('taken', 'rf_bladder_bowel_loss')
    """

    def __init__(
        self,
        placer: Placer,
        on: dt.date,
        record: PatientRecord | None = None,
        reader: Reader = "patient",
    ) -> None:
        self.placer = placer
        self.on = on
        self.reader = reader
        self._begin = record or PatientRecord(
            record=NEW_RECORD, recorded=on.isoformat(), pathways=(placer.pathway.id,)
        )
        self._vocabulary: Vocabulary = vocabulary_of([placer.pathway])
        self._given: dict[str, Observation] = {}
        self._skipped: set[str] = set()
        self._again: str | None = None
        self._wanted: list[str] = []
        self._care = care_of(placer)
        self._record, self._located = self._placed({})
        self._facts_before = self._located.facts

    @property
    def record(self) -> PatientRecord:
        """The record so far: what was known before, with every answer."""
        return self._record

    @property
    def located(self) -> Located:
        """The place as of the answers so far."""
        return self._located

    @property
    def is_stopped(self) -> bool:
        """Whether a sign of an emergency has ended the questions; an answer may still be changed."""
        signs = self._emergency_signs()
        if self._located.place.headline != "emergency":
            return False
        to_check = [each for each in signs if each not in self._skipped]
        return any(each in self._given for each in signs) or not to_check

    @property
    def question(self) -> Asked | None:
        """What to ask now; None when nothing useful is left, or an emergency has ended it."""
        if self._again is not None:
            return self._asked(self._again, None)
        if self.is_stopped:
            return None
        if self._located.place.headline == "emergency":
            # Signs of an earlier day are asked again first: whoever was seen since can go on.
            left = [each for each in self._emergency_signs() if each not in self._skipped]
            return self._asked(left[0], None)
        care, ranked = self._care_due(), self._ranked()
        if care is not None:
            return self._asked(care, None)
        return self._asked(ranked.finding, ranked) if ranked is not None else None

    @property
    def answers(self) -> tuple[Answered, ...]:
        """What was answered, in the order of the questions."""
        return tuple(
            Answered(at, name, self._words(name), self._in_words(name, given), given)
            for at, (name, given) in enumerate(self._given.items(), start=1)
        )

    @property
    def skipped(self) -> tuple[str, ...]:
        """Findings that were skipped, by name: they stay not asked."""
        return tuple(sorted(self._skipped))

    def answer(self, text: str) -> Outcome:
        """Take an answer to the question that stands.

        Args:
            text: What somebody typed; not sure is an answer too.

        Returns:
            ``taken``; ``not_understood`` or ``contradicts`` with a message that says what would do,
            and nothing changed; ``nowhere`` when nothing is asked.
        """
        asked = self.question
        if asked is None:
            return Outcome("nowhere", "Nothing is asked now.")
        read = self._read(text, asked)
        if isinstance(read, Misread):
            return Outcome("not_understood", read.message, asked.finding)
        given = {**self._given, asked.finding: read}
        try:
            record, located = self._placed(given)
        except PathwayError as error:
            said = str(error).splitlines()[0]
            message = f"That does not fit what was said before: {said}. Type answers to see it all."
            return Outcome("contradicts", message, asked.finding)
        self._given, self._record, self._located = given, record, located
        self._skipped.discard(asked.finding)
        self._done_with(asked.finding)
        return self._raised(asked.finding)

    def skip(self) -> Outcome:
        """Leave the question out: it stays not asked. One that is asked again keeps its answer."""
        asked = self.question
        if asked is None:
            return Outcome("nowhere", "Nothing is asked now.")
        if asked.finding in self._given:
            return self.keep()
        self._done_with(asked.finding)
        self._skipped.add(asked.finding)
        return Outcome("skipped", "", asked.finding)

    def keep(self) -> Outcome:
        """Go on from a question that is asked again; it keeps the answer it has."""
        asked = self.question
        if asked is None or asked.finding not in self._given:
            return Outcome("nowhere", "There is no earlier answer to keep here.")
        self._done_with(asked.finding)
        return Outcome("kept", "", asked.finding)

    def back(self) -> Outcome:
        """Ask the question before this one again; its answer stays until there is another."""
        names = list(self._given)
        at = names.index(self._again) if self._again in names else len(names)
        if at == 0:
            return Outcome("nowhere", "There is no earlier answer.")
        self._again = names[at - 1]
        return Outcome("moved", "", self._again)

    def change(self, number: int) -> Outcome:
        """Ask a question again by the number of its answer.

        Args:
            number: As in :attr:`answers`, from 1.
        """
        names = list(self._given)
        if not 1 <= number <= len(names):
            many = f"from 1 to {len(names)}" if names else "yet; nothing was answered"
            return Outcome("nowhere", f"There is no answer {number}; there are answers {many}.")
        self._again = names[number - 1]
        return Outcome("moved", "", self._again)

    def care(self) -> Outcome:
        """Ask what care the person has and had, now; what was answered of it is asked again.

        Returns:
            ``moved``; ``nowhere`` after an emergency, and when everything listed is known already.
        """
        if self.is_stopped:
            return Outcome("nowhere", "The questions have stopped; other care can wait.")
        wanted = [each for each in CARE if each in self._given or self._listed(each)]
        if not wanted:
            return Outcome("nowhere", "There is no care to ask for that is not known already.")
        self._wanted = wanted
        self._again = None
        return Outcome("moved", "", wanted[0])

    def _care_due(self) -> str | None:
        """Return the list of care to ask for now: asked for, or due since nothing is known of it."""
        due = self._wanted or (self._open_care() if self._is_care_due() else [])
        return next((each for each in due if self._listed(each)), None)

    def _open_care(self) -> list[str]:
        return [each for each in CARE if each not in self._given and each not in self._skipped]

    def _is_care_due(self) -> bool:
        """Return whether the signs are through, none is there, and nothing is known of care."""
        headline = self._located.place.headline
        began = CARE_NOW in self._given or CARE_NOW in self._skipped
        # The first list may lead to an end; the second one is asked all the same.
        if headline in {"emergency", "urgent"} or (headline == "finished" and not began):
            return False
        other = any(name.endswith(".status") for name in self._given)
        if not is_silent_on_care(self._begin) or (other and not began):
            return False
        ranked = self._ranked()
        # A place that offers no treatment at all is asked for no list of tests.
        return (ranked is None or ranked.reason != "warning_sign") and bool(self._listed(CARE_NOW))

    def _listed(self, which: str) -> tuple[str, ...]:
        known = known_care(self._facts_before, self._given)
        return listed_care(which, self.placer.pathway, self._care, known, self._given)

    def _ranked(self) -> Question | None:
        """Return the most useful question that was neither answered nor skipped."""
        passed = {*self._given, *self._skipped}
        return next((e for e in self._located.questions if e.finding not in passed), None)

    def _done_with(self, finding: str) -> None:
        self._again = None
        self._wanted = [each for each in self._wanted if each != finding]

    def _read(self, text: str, asked: Asked) -> Observation | Misread:
        if asked.finding in CARE:
            return read_care(text, asked.form)
        shape = self.placer.pathway.scope.findings[asked.finding]
        return read_answer(text, shape, self.reader)

    def _emergency_signs(self) -> tuple[str, ...]:
        """Return the known findings that raise an emergency."""
        found = [
            name
            for each in self._located.place.interruptions
            if each.level == "emergency" and each.status == "certain"
            for name in each.signs
        ]
        return tuple(dict.fromkeys(found))

    def _raised(self, finding: str) -> Outcome:
        for each in self._located.place.interruptions:
            if each.status == "certain" and finding in each.signs:
                return Outcome("taken", "", finding, each.level, finding in each.presumed)
        return Outcome("taken", "", finding)

    def _asked(self, finding: str, question: Question | None) -> Asked:
        pathway = self.placer.pathway
        if finding in CARE:
            return self._asked_care(finding)
        record = pathway.catalogue.findings.get(finding)
        expired = self._located.facts.absence(finding) == "expired"
        why = record.why_asked.to(self.reader) if record and record.why_asked else ""
        given = self._given.get(finding)
        levels = [record.level] if record and record.level else []
        options = (record.options or {}).values() if record else ()
        levels += [each.level for each in options if each.level]
        order: tuple[Level, ...] = ("emergency", "urgent", "soon")
        return Asked(
            finding,
            self._words(finding),
            f"{why} The last answer is too old to count.".strip() if expired else why,
            min(levels, key=order.index) if levels else "",
            form_of(pathway.scope.findings[finding], self.reader),
            question,
            self._in_words(finding, given) if given else "",
        )

    def _asked_care(self, which: str) -> Asked:
        pathway, reader = self.placer.pathway, self.reader
        known = known_care(self._facts_before, self._given)
        left_out = [name for name in self._care if name in known]
        given = self._given.get(which)
        return Asked(
            which,
            care_question(which, reader),
            why_care(which, pathway, left_out, reader),
            "",
            care_form(which, pathway, self._listed(which), reader),
            current=self._in_words(which, given) if given else "",
        )

    def _words(self, finding: str) -> str:
        if finding in CARE:
            return care_question(finding, self.reader)
        catalogue = self.placer.pathway.catalogue
        record = catalogue.findings.get(finding)
        text = record.question if record else history_question(finding, catalogue)
        said: str = text.to(self.reader)
        return said

    def _in_words(self, finding: str, given: Observation) -> str:
        if finding in CARE:
            return care_words(given, self.placer.pathway, self.reader)
        if given.value is None:
            return "not sure"
        form = form_of(self.placer.pathway.scope.findings[finding], self.reader)
        if form.type == "number":
            return f"{given.value[0]} {form.unit}".strip()
        titles = {each.value: each.title for each in form.choices}
        return ", ".join(titles[each] for each in given.value) or titles.get("", "none")

    def _placed(self, given: dict[str, Observation]) -> tuple[PatientRecord, Located]:
        """Return the record with some answers, checked, and where it puts the person."""
        care = with_care(self._begin.history, given, self.placer.pathway)
        answers = {name: each for name, each in given.items() if name not in CARE}
        record = with_answers(self._begin, answers, self.on, care)
        read = record_from_dict(record.model_dump(exclude_defaults=True, by_alias=True))
        refuse_problems(read, self._vocabulary, self.on)
        facts = facts_of(read.record, self._vocabulary, self.on)
        began = earliest(record.episode_began) if record.episode_began else None
        without = {each.what: each.why for each in record.unavailable}
        located = self.placer.locate(facts, Circumstances(record.at, began, without))
        # Worked out here, so that an answer that cannot be ranked is refused like any other.
        _ = located.questions
        return read.record, located


def with_answers(
    record: PatientRecord,
    given: dict[str, Observation],
    on: dt.date,
    history: History | None = None,
) -> PatientRecord:
    """Return a record with some answers added.

    What was said on the same day is corrected, what was said earlier stays beside it. Details of a
    treatment that was never had are left out as long as that is the answer.

    Args:
        record: The record.
        given: The answers, by name of finding.
        on: The day they were given.
        history: The history with what was answered of it; None: that of the record.

    Example:
        >>> begin = PatientRecord(record="x", recorded="2026-01-01", findings={"pain_now": "7"})
        >>> later = with_answers(begin, {"rf_fever": Observation(value=("no",))}, dt.date(2026, 1, 31))
        >>> later.recorded, later.findings["pain_now"][0].on
        ('2026-01-31', '2026-01-01')
    """
    history = record.history if history is None else history
    if not given and history == record.history:
        return record
    day = on.isoformat()
    findings = {
        name: tuple(_dated(each, record.recorded, day) for each in series)
        for name, series in record.findings.items()
    }
    never = {
        *set(history.never).difference(record.history.never),
        *(
            name.removesuffix(".status")
            for name, each in given.items()
            if name.endswith(".status") and each.value == ("never",)
        ),
    }
    for name, observation in given.items():
        owner, _, key = name.partition(".")
        if key and key != "status" and owner in never:
            continue
        kept = [each for each in findings.get(name, ()) if (each.on or day) != day]
        findings[name] = (*kept, observation)
    changed = {"recorded": day, "findings": findings, "history": history, "expected": ()}
    return record.model_copy(update=changed)


def _dated(observation: Observation, recorded: str | None, day: str) -> Observation:
    """Give an observation the day it was said before the record gets a new one."""
    if observation.on is not None or recorded in (None, day):
        return observation
    return observation.model_copy(update={"on": recorded})
