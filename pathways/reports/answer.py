"""What is said of one patient in one pathway, in the words of one reader: plain data.

Names of states, ways, findings and treatments stand beside their words, so that the same data serves
a page, a terminal and a program.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathways.boxes import Status
from pathways.conditions.scope import Reader
from pathways.model.evidence import Direction
from pathways.model.findings import InterruptLevel
from pathways.patients.place import Headline, How


@dataclass(frozen=True, slots=True)
class Cited:
    """What one source says.

    Args:
        source: Short name of the source, with its year.
        direction: ``for``, ``against`` or ``unclear``.
        says: What it says, or empty.
        votes: Whether it is a current guideline.
    """

    source: str
    direction: Direction
    says: str
    votes: bool


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A state where the patient is, or has been.

    Args:
        state: Its name.
        number: Its step number.
        title: Its title.
        how: How the patient stands to it.
        how_words: The same in words.
        text: What it is about.
        because: What shows it, in words.
    """

    state: str
    number: int
    title: str
    how: How
    how_words: str
    text: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class WaySaid:
    """One way on.

    Args:
        way: Its name, such as ``review/1``.
        source: Name of the state it leaves.
        target: Name of the state it leads to.
        number: Step number of that state.
        title: Its title.
        label: Label of the way, or empty.
        condition: What has to hold, or empty when it is always open.
        status: Its status, provided that no warning sign not asked about is there.
        whatever: Its status whatever is unknown.
        status_words: ``open now``, ``depends on ...`` or ``not open now, because ...``.
        reasons: Each of the smallest reasons, in words.
        depends_on: What it depends on, in words.
        unavailable: Why it cannot be gone although its condition may hold, or empty.
        why: Why the pathway has it.
        sources: What it rests on.
    """

    way: str
    source: str
    target: str
    number: int
    title: str
    label: str
    condition: str
    status: Status
    whatever: Status
    status_words: str
    reasons: tuple[str, ...]
    depends_on: tuple[str, ...]
    unavailable: str
    why: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class OfferSaid:
    """One treatment that is on offer.

    Args:
        state: Name of the panel.
        treatment: Its name.
        title: Its title.
        status: Whether its condition holds.
        status_words: The same in words.
        so_far: What the history says of it, or empty.
        badge: What guidelines say together, in words.
        arguments_for: Sources in favour.
        arguments_against: Sources against.
        arguments_unclear: Sources that do not decide.
        cautions: What to watch for.
        requires: What it requires.
        note: What else to know of it here.
        unavailable: Why it cannot be had, or empty.
    """

    state: str
    treatment: str
    title: str
    status: Status
    status_words: str
    so_far: str
    badge: str
    arguments_for: tuple[Cited, ...]
    arguments_against: tuple[Cited, ...]
    arguments_unclear: tuple[Cited, ...]
    cautions: tuple[str, ...]
    requires: tuple[str, ...]
    note: str
    unavailable: str


@dataclass(frozen=True, slots=True)
class QuestionSaid:
    """One thing to find out.

    Args:
        finding: Name of the finding.
        question: The question.
        options: What one can choose from, for findings that are one or several of a list.
        why: Why it is asked.
        bears_on: What its answer would settle, in words.
        level: Level of a warning sign, or empty.
        is_emergency: Whether an emergency cannot be ruled out without it.
        effort: What it takes: ask, examine, test, scan or procedure.
    """

    finding: str
    question: str
    options: tuple[str, ...]
    why: str
    bears_on: str
    level: str
    is_emergency: bool
    effort: str


@dataclass(frozen=True, slots=True)
class CautionSaid:
    """One thing to watch for.

    Args:
        about: Name of the treatment or class.
        title: Its title.
        text: What to watch for.
        is_triggered: Whether this record calls for it, rather than everyone who takes it.
        is_clash: Whether several things together call for it, and none of them alone.
        status: Whether it surely applies, or may.
        sources: What it rests on.
    """

    about: str
    title: str
    text: str
    is_triggered: bool
    is_clash: bool
    status: Status
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class AlarmSaid:
    """One way that is open at any time.

    Args:
        level: ``emergency`` or ``urgent``.
        label: What it is called.
        signs: The signs that count; one is enough.
        target: Name of the state it leads to.
        number: Its step number.
        title: Its title.
        text: What to do, at length.
        is_headline: Whether the headline of the answer says it already.
        do: What to do first, in a sentence or two.
        status: ``certain`` when it is open now, ``possible`` while signs are unknown, else excluded.
        because: Why it is open now, in words.
        unasked: Signs that have not been asked about, in words.
    """

    level: InterruptLevel
    label: str
    signs: tuple[str, ...]
    target: str
    number: int
    title: str
    text: str
    is_headline: bool
    do: str
    status: Status
    because: str
    unasked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosedSaid:
    """Something that cannot be had.

    Args:
        what: Name of the treatment, test, class or state.
        title: Its title.
        why: Why it cannot be had, in words.
        closes: Steps that close with it, in words.
        kept: What stays although it uses it: emergency and urgent care.
        instead: What is left, in words; of what cannot be had for one reason, beside the last.
    """

    what: str
    title: str
    why: str
    closes: tuple[str, ...]
    kept: str
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Where one patient is in one pathway and what could be next, for one reader.

    Args:
        pathway: Name of the pathway.
        title: Its title.
        reader: Whom the words are for.
        language: Language of the words.
        on: The day it is about, as ISO 8601.
        about: Whom the record is about, or that it is invented.
        status: Version, review status, and that it is no medical advice.
        headline: What comes first.
        headline_words: The same in words.
        lead: What to do or to know first, in a few sentences.
        meanwhile: What holds in any case while warning signs are being checked, or empty.
        soon: Signs that are a reason to tell the clinician soon, or empty.
        gates: Lasting facts (age, pregnancy) that are not known yet, or empty.
        concerns: Whether the pathway is about this patient.
        concerns_words: The same in words; empty when it surely is.
        alarms: The ways that are open at any time, emergency first.
        proviso: What is taken for granted, in words, or empty.
        whatever: What holds whatever is unknown, in words, or empty.
        here: Where the patient is.
        so_far: What the history shows.
        ways: The ways on, open ones first.
        offers: What is on offer there.
        questions: What to find out next.
        cautions: What to watch for.
        closed: What cannot be had.
        elsewhere: Care of the history that this pathway does not know, in words.
        goals: What the person wants to reach.
        preferences: What matters to them.
        not_read: What of the record's source was not understood, in words.
    """

    pathway: str
    title: str
    reader: Reader
    language: str
    on: str
    about: str
    status: str
    headline: Headline
    headline_words: str
    lead: str
    meanwhile: str
    soon: str
    gates: str
    concerns: Status
    concerns_words: str
    alarms: tuple[AlarmSaid, ...]
    proviso: str
    whatever: str
    here: tuple[StepSaid, ...]
    so_far: tuple[StepSaid, ...]
    ways: tuple[WaySaid, ...]
    offers: tuple[OfferSaid, ...]
    questions: tuple[QuestionSaid, ...]
    cautions: tuple[CautionSaid, ...]
    closed: tuple[ClosedSaid, ...]
    elsewhere: str
    goals: tuple[str, ...]
    preferences: tuple[str, ...]
    not_read: tuple[str, ...] = ()
