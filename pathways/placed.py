"""A patient placed in a pathway, as users hold it: the answer, the picture, and further questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathways.conditions.scope import Reader
from pathways.errors import PathwayError, UnknownNameError
from pathways.model.pathway import ResolvedPathway
from pathways.patients.place import Place
from pathways.patients.placing import Circumstances, Located, Placer
from pathways.patients.questions import Question
from pathways.patients.reaching import Prospect
from pathways.patients.what_if import WhatIf, what_if
from pathways.reading.files import is_file, library_ids
from pathways.reading.load import load_many
from pathways.records.checking import refuse_problems
from pathways.records.dates import earliest
from pathways.records.examples import example_files
from pathways.records.facts import Facts
from pathways.records.knowing import facts_of
from pathways.records.reading import ReadRecord, load_record, record_from_dict, record_from_row
from pathways.records.record import PatientRecord
from pathways.records.vocabulary import Vocabulary, vocabulary_of
from pathways.records.writing import dump_record
from pathways.reports import tables
from pathways.reports.answer import Answer
from pathways.reports.html import to_notebook, to_page
from pathways.reports.saying import answer_of
from pathways.reports.text import to_markdown, to_text

if TYPE_CHECKING:
    import pandas

    from pathways.diagrams import Pages, Picture


def read_record(source: Any, vocabulary: Vocabulary, on: dt.date) -> ReadRecord:
    """Read a record from wherever it comes, and check it.

    Args:
        source: Path of a YAML or JSON file, the name of an example that ships, a mapping in the
            form of a file, a row of a DataFrame, or a record.
        vocabulary: What it may speak of.
        on: The day it is read for: nothing in it may be later.

    Raises:
        DocumentError: The record has faults; all of them are listed.
        PathwayError: It comes from nowhere a record can come from.
    """
    read = _read(source)
    refuse_problems(read, vocabulary, on)
    return read


def _read(source: Any) -> ReadRecord:
    match source:
        case ReadRecord():
            return source
        case PatientRecord():
            return record_from_dict(source.model_dump(exclude_defaults=True, by_alias=True))
        case str() | Path():
            return load_record(_file_of(source))
        case Mapping():
            return record_from_dict(source)
        case _ if hasattr(source, "iterrows"):
            raise PathwayError("a record is one row of a table: take one, such as table.iloc[0]")
        case _ if hasattr(source, "items") and hasattr(source, "index"):
            return record_from_row(source)
        case _:
            kind = type(source).__name__
            raise PathwayError(
                f"a record comes from a file, a dictionary or a row of a table, not from a {kind}"
            )


def _file_of(source: str | Path) -> str | Path:
    """Return the file meant: what is none may be the name of an example that ships."""
    examples = example_files()
    return source if is_file(Path(source)) else examples.get(str(source), source)


@dataclass(frozen=True)
class Placed:
    """A patient placed in a pathway; notebooks show it.

    Args:
        placer: Places patients in the pathway.
        record: The record.
        located: The place, ready for further questions.
        not_read: What of the source was not understood, in words: columns of a table, resources of
            another system.
    """

    placer: Placer
    record: PatientRecord
    located: Located
    not_read: tuple[str, ...] = ()

    @property
    def pathway(self) -> ResolvedPathway:
        """The pathway."""
        return self.placer.pathway

    @property
    def place(self) -> Place:
        """Where the patient is and how they stand to every way on: plain data."""
        return self.located.place

    @property
    def states(self) -> tuple[str, ...]:
        """Names of the states where the patient is, usually one."""
        return self.place.states

    @property
    def facts(self) -> Facts:
        """What is known of the patient on that day."""
        return self.located.facts

    @property
    def questions(self) -> tuple[Question, ...]:
        """What to find out next, the most useful first."""
        return self.located.questions

    def prospect(self, state: str | int) -> Prospect:
        """Return what would have to be true for a later state to become an option.

        Args:
            state: Name or number of the state.

        Raises:
            UnknownNameError: No state has that name or number.
        """
        return self.located.prospect(state)

    def what_if(self, *names: str, why: str = "not_offered") -> WhatIf:
        """Return what becomes of the place when some things cannot be had.

        Args:
            names: Treatments, tests, classes or states.
            why: ``distance``, ``not_covered``, ``not_offered``, ``not_wanted`` or ``contraindicated``.

        Raises:
            UnknownNameError: Nothing in the pathway has one of the names.
            PathwayError: Emergency or urgent care was to be left out.
        """
        without = dict.fromkeys(names, why)
        return what_if(self.placer, self.facts, self.located.around, without)

    def without(self, *names: str, why: str = "not_offered") -> Placed:
        """Return the place on what is left when some things cannot be had.

        Args:
            names: Treatments, tests, classes or states.
            why: ``distance``, ``not_covered``, ``not_offered``, ``not_wanted`` or ``contraindicated``.

        Raises:
            UnknownNameError: Nothing in the pathway has one of the names, or there is no such reason.
            PathwayError: Emergency or urgent care was to be left out.
        """
        return self.unless(dict.fromkeys(names, why))

    def unless(self, unavailable: Mapping[str, str]) -> Placed:
        """Return the place on what is left when some things cannot be had.

        Args:
            unavailable: Why each cannot be had, by its name; see :meth:`what_if`.

        Raises:
            UnknownNameError: Nothing in the pathway has one of the names, or there is no such reason.
            PathwayError: Emergency or urgent care was to be left out.
        """
        around = self.located.around
        found = what_if(self.placer, self.facts, around, unavailable)
        left = replace(around, unavailable={**around.unavailable, **found.without})
        return replace(self, located=self.placer.locate(self.facts, left))

    def spoken_by(self, pathway: ResolvedPathway) -> Placed:
        """Return the same place in the words of the same pathway with other texts.

        Args:
            pathway: The pathway with other texts: in another language, with another number to call.
        """
        logic, placer = copy(self.located.logic), copy(self.placer)
        logic.pathway = placer.pathway = pathway
        placer.logic = logic
        return replace(self, placer=placer, located=replace(self.located, logic=logic))

    def answer(self, reader: Reader = "patient") -> Answer:
        """Return the answer in the words of one reader: plain data."""
        return answer_of(self.located, reader, self.record, self.not_read)

    def ways_table(self, reader: Reader = "clinician") -> pandas.DataFrame:
        """Return one row for each way on; see :func:`pathways.reports.tables.ways_table`."""
        return tables.ways_table(self.answer(reader))

    def offers_table(self, reader: Reader = "clinician") -> pandas.DataFrame:
        """Return one row for each treatment on offer; see :func:`pathways.reports.tables.offers_table`."""
        return tables.offers_table(self.answer(reader))

    def questions_table(self, reader: Reader = "clinician") -> pandas.DataFrame:
        """Return what to find out next; see :func:`pathways.reports.tables.questions_table`."""
        return tables.questions_table(self.answer(reader))

    def prospect_table(self, state: str | int, reader: Reader = "clinician") -> pandas.DataFrame:
        """Return what a later state would ask for; see :func:`pathways.reports.tables.prospect_table`.

        Args:
            state: Name or number of the state.
            reader: Whom the words are for.

        Raises:
            UnknownNameError: No state has that name or number.
        """
        from pathways.reports.prospect import prospect_said

        return tables.prospect_table(prospect_said(self.located, state, reader))

    def words(self, reader: Reader = "patient", format: str = "text", width: int = 90) -> str:
        """Return the answer in words.

        Args:
            reader: Whom the words are for.
            format: ``text`` or ``markdown``.
            width: How wide lines of text may be, in characters.

        Raises:
            UnknownNameError: There is no such format.
        """
        if format == "markdown":
            return to_markdown(self.answer(reader))
        if format != "text":
            raise UnknownNameError("format", format, ("markdown", "text"))
        return to_text(self.answer(reader), width=width)

    def pages(
        self, reader: Reader = "patient", paper: str = "a4", profile: str | None = None
    ) -> Pages:
        """Draw the patient's part of the map for paper: the way so far, the place, the next steps.

        Args:
            reader: Whom the words are for.
            paper: ``a4`` or ``letter``.
            profile: ``clinician``, ``clear-print`` or ``large-print``; None: clear print for
                patients. All fit one page, large print at most two.

        Raises:
            UnknownNameError: There is no such paper or profile.
        """
        from pathways.diagrams import View, pages
        from pathways.diagrams.place_overlay import overlay_of

        return pages(
            self.pathway,
            paper=paper,
            profile=profile or ("clear-print" if reader == "patient" else "clinician"),
            view=View.yours(self.place),
            reader=reader,
            overlay=overlay_of(self.place, self.pathway, self.facts, reader),
        )

    def picture(self, reader: Reader = "patient") -> Picture:
        """Return the patient's part of the map as one sheet of paper; see :meth:`pages`.

        Args:
            reader: Whom the words are for.
        """
        return self.pages(reader)[0]

    def page(self, reader: Reader = "patient") -> str:
        """Return the answer with its picture as one HTML page: no script, no request."""
        return to_page(self.answer(reader), self.picture(reader).svg)

    def to_yaml(self) -> str:
        """Return the record as the text of a file, in a stable order."""
        return dump_record(self.record)

    def __repr__(self) -> str:
        return f"<Placed {self.record.record} in {self.pathway.id}: {', '.join(self.states)}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show the answer with its picture, which notebooks that are not trusted show, too."""
        answer = self.answer()
        return {
            "text/html": to_notebook(answer, self.picture().inline()),
            "text/markdown": to_markdown(answer),
            "text/plain": repr(self),
        }


def day_of(on: dt.date | str | None) -> dt.date:
    """Return the day an answer is about.

    Args:
        on: A date, or text such as ``2026-11-25``; None: today, by the clock of this machine.

    Raises:
        PathwayError: The text is no such day.

    Example:
        >>> day_of("2026-11-25")
        datetime.date(2026, 11, 25)
    """
    match on:
        case None:
            return dt.date.today()  # noqa: DTZ011 - the day where the person is
        case dt.datetime():
            return on.date()
        case dt.date():
            return on
        case _:
            try:
                return dt.date.fromisoformat(str(on))
            except ValueError:
                raise PathwayError(f"'{on}' is no day; write one as 2026-11-25") from None


def circumstances_of(record: PatientRecord) -> Circumstances:
    """Return what of a record bears on the place besides facts."""
    began = earliest(record.episode_began) if record.episode_began else None
    return Circumstances(record.at, began, {each.what: each.why for each in record.unavailable})


def place_record(
    placer: Placer, record: PatientRecord, facts: Facts, not_read: tuple[str, ...] = ()
) -> Placed:
    """Place the patient of a record in one pathway.

    Args:
        placer: Places patients in the pathway.
        record: The record.
        facts: What is known from it on the day.
        not_read: What of the source was not understood, in words.

    Raises:
        UnknownNameError: The record states a place that the pathway does not have.
        PathwayError: The values contradict what the pathway states of every patient.
    """
    return Placed(placer, record, placer.locate(facts, circumstances_of(record)), not_read)


def place_everywhere(
    placers: Iterable[Placer], source: Any, on: dt.date, *, only_concerned: bool = True
) -> tuple[Placed, ...]:
    """Place a patient in every pathway that the record concerns, or may concern.

    Args:
        placers: One for each pathway.
        source: Where the record comes from; see :func:`read_record`.
        on: The day.
        only_concerned: Whether to leave out pathways that are surely not about the patient.

    Returns:
        Pathways that the record names first, then those that surely concern the patient, in the
        order of ``placers``. A pathway that the record names, or in which it states the place, always
        counts.

    Raises:
        DocumentError: The record has faults; all of them are listed.
    """
    listed = list(placers)
    vocabulary = vocabulary_of([each.pathway for each in listed])
    read = read_record(source, vocabulary, on)
    record = read.record
    facts = facts_of(record, vocabulary, on)
    placed = [place_record(each, record, facts, read.other_columns) for each in listed]
    if only_concerned:
        placed = [
            each
            for each in placed
            if each.place.concerns != "excluded"
            or each.place.is_stated
            or each.pathway.id in record.pathways
        ]

    def order(each: Placed) -> tuple[int, bool]:
        named = record.pathways
        first = named.index(each.pathway.id) if each.pathway.id in named else len(named)
        return first, each.place.concerns != "certain"

    return tuple(sorted(placed, key=order))


def place(record: Any, *, on: dt.date | str | None = None) -> tuple[Placed, ...]:
    """Place a patient in every pathway of the library that the record concerns, or may concern.

    The library is read by the first call and kept, so that many records are placed quickly.

    Args:
        record: Where the record comes from; see :func:`read_record`.
        on: The day it is about, a date or text such as ``2026-11-25``; None: today.

    Returns:
        Pathways that the record names first, then those that surely concern the patient.

    Raises:
        DocumentError: The record has faults; all of them are listed.

    Example:
        >>> [each.pathway.id for each in place("seed-000", on="2026-11-25")][:2]
        ['severe-back-pain', 'medicines']
    """
    return place_everywhere(_library_placers(), record, day_of(on))


def what_if_table(
    patients: Iterable[Placed], *names: str, why: str = "not_offered", reader: Reader = "clinician"
) -> pandas.DataFrame:
    """Return what becomes of many patients when some things cannot be had, one row each.

    Args:
        patients: The patients, each placed in a pathway.
        names: Treatments, tests, classes or states.
        why: As for :meth:`Placed.what_if`.
        reader: Whom titles are for.

    Returns:
        A frame as :func:`pathways.reports.tables.what_if_table` describes it, the gravest changes first.

    Raises:
        UnknownNameError: Nothing in one of the pathways has one of the names.
        PathwayError: Emergency or urgent care was to be left out.

    Example:
        >>> people = [place(name, on="2026-11-25")[0] for name in ("seed-000", "two-weeks-of-exercise")]
        >>> list(what_if_table(people, "physical_therapy")["change"])
        ['Nothing is left here', 'A choice here closes']
    """
    found = ((each.record.record, each.pathway, each.what_if(*names, why=why)) for each in patients)
    return tables.what_if_table(found, reader)


@cache
def _library_placers() -> tuple[Placer, ...]:
    """Return a placer for each pathway that ships: reading them takes far longer than placing."""
    return tuple(Placer(each) for each in load_many(library_ids()))
