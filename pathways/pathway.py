"""The pathway as users hold it: everything one can ask of it, each a call into a layer below.

>>> back_pain = load("severe-back-pain")
>>> back_pain.graph().number_of_nodes() == len(back_pain.states)
True
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathways import graph as graphs
from pathways.conditions.scope import Reader
from pathways.drawn import DrawnPathway
from pathways.model.pathway import ResolvedPathway
from pathways.reading import load as reading
from pathways.reading.writing import dump

if TYPE_CHECKING:
    import networkx
    import pandas as pd

    from pathways.checked import Checked, Compared
    from pathways.explored import Explored
    from pathways.explorer.frame import FramedPage
    from pathways.handouts.blocks import HandoutKind
    from pathways.patients.placing import Placer
    from pathways.placed import Placed
    from pathways.printed import Printed


class Pathway(DrawnPathway):
    """A pathway, with the questions one can ask of it.

    Steps are given by name or by number. Whatever is shown says that it informs and does not
    decide, and whether a clinician has reviewed it.
    """

    def graph(self, *, interrupts: bool = False) -> networkx.MultiDiGraph[str]:
        """Return the pathway as a networkx graph; see :func:`pathways.graph.to_networkx`.

        Args:
            interrupts: Whether ways that are open at any time become edges from every step.
        """
        return graphs.to_networkx(self, interrupts=interrupts)

    def states_table(self, reader: Reader = "clinician") -> pd.DataFrame:
        """Return one row for each state; see :func:`pathways.graph.states_table`."""
        return graphs.states_table(self, reader)

    def transitions_table(self, reader: Reader = "clinician") -> pd.DataFrame:
        """Return one row for each transition; see :func:`pathways.graph.transitions_table`."""
        return graphs.transitions_table(self, reader)

    def findings_table(self, reader: Reader = "clinician") -> pd.DataFrame:
        """Return one row for each finding in use; see :func:`pathways.graph.findings_table`."""
        return graphs.findings_table(self, reader)

    def treatments_table(self, reader: Reader = "clinician") -> pd.DataFrame:
        """Return one row for each treatment; see :func:`pathways.graph.treatments_table`."""
        return graphs.treatments_table(self, reader)

    def thresholds_table(self, reader: Reader = "clinician") -> pd.DataFrame:
        """Return its thresholds and their sources; see :func:`pathways.graph.thresholds_table`."""
        return graphs.thresholds_table(self, reader)

    def disagreements_table(self, reader: Reader = "clinician") -> pd.DataFrame:
        """Return what sources disagree on; see :func:`pathways.graph.disagreements_table`."""
        return graphs.disagreements_table(self, reader)

    def bottlenecks_table(self) -> pd.DataFrame:
        """Return the steps that much depends on; see :func:`pathways.graph.bottlenecks_table`."""
        return graphs.bottlenecks_table(self)

    def routes(
        self,
        goal: str | int,
        start: str | int | None = None,
        most: int = 100,
        *,
        interrupts: bool = False,
    ) -> graphs.Routes:
        """Return the routes to a step; see :func:`pathways.graph.routes`.

        Args:
            goal: Name or number of the step to get to.
            start: Name or number of the step to begin at; None: the start of the pathway.
            most: How many routes to list; all are counted.
            interrupts: Whether ways that are open at any time count, too.
        """
        return graphs.routes(self, goal, start, most, interrupts=interrupts)

    def shortest_escalation(
        self, goal: str | int, start: str | int | None = None, *, interrupts: bool = False
    ) -> graphs.Escalation:
        """Return the route with the fewest steps; see :func:`pathways.graph.shortest_escalation`."""
        return graphs.shortest_escalation(self, goal, start, interrupts=interrupts)

    def longest_escalation(
        self, goal: str | int, start: str | int | None = None, *, interrupts: bool = False
    ) -> graphs.Escalation:
        """Return the route with the most steps; see :func:`pathways.graph.longest_escalation`."""
        return graphs.longest_escalation(self, goal, start, interrupts=interrupts)

    def must_pass(
        self, goal: str | int, start: str | int | None = None, *, interrupts: bool = False
    ) -> graphs.MustPass:
        """Return the steps that every route passes; see :func:`pathways.graph.must_pass`."""
        return graphs.must_pass(self, goal, start, interrupts=interrupts)

    def lost_without(self, name: str | int, *, interrupts: bool = False) -> graphs.Lost:
        """Return what closes when something is not available; see :func:`pathways.graph.lost_without`."""
        return graphs.lost_without(self, name, interrupts=interrupts)

    def lost_table(
        self, name: str | int, reader: Reader = "clinician", *, interrupts: bool = False
    ) -> pd.DataFrame:
        """Return the steps that something missing touches; see :func:`pathways.graph.lost_table`."""
        lost = graphs.lost_without(self, name, interrupts=interrupts)
        return graphs.lost_table(self, lost, reader)

    def loops(self, *, interrupts: bool = False) -> tuple[graphs.Loop, ...]:
        """Return where one can come back to; see :func:`pathways.graph.loops`."""
        return graphs.loops(self, interrupts=interrupts)

    def compare(self, other: ResolvedPathway) -> graphs.ShapeComparison:
        """Return how the shape differs from another's; see :func:`pathways.graph.compare_shapes`."""
        return graphs.compare_shapes(self, other)

    def place(
        self,
        record: Any,
        *,
        on: dt.date | str | None = None,
        without: Mapping[str, str] | None = None,
    ) -> Placed:
        """Place a patient: where they are, what could be next, and why. Notebooks show it.

        Nothing about the patient is kept or written.

        Args:
            record: A YAML or JSON file, the name of an example that ships, a dictionary in the form
                of a file, a row of a DataFrame whose columns are findings, or a record.
            on: The day it is about, a date or text such as ``2026-11-25``; None: today. Old answers
                to warning signs expire by it.
            without: What cannot be had besides what the record says: why, by name of a treatment,
                test, class or state.

        Raises:
            DocumentError: The record has faults; all of them are listed.
            PathwayError: The values contradict what the pathway states of every patient.

        Example:
            >>> care = load("severe-back-pain")
            >>> care.place({"record": "someone", "findings": {"rf_saddle_numb": True}}).states
            ('emergency_care',)
        """
        from pathways.placed import day_of, place_record, read_record
        from pathways.records.knowing import facts_of
        from pathways.records.vocabulary import vocabulary_of

        day = day_of(on)
        vocabulary = vocabulary_of([self])
        read = read_record(record, vocabulary, day)
        facts = facts_of(read.record, vocabulary, day)
        placed = place_record(self._placer, read.record, facts, read.other_columns)
        return placed.unless(without) if without else placed

    def check(
        self,
        *,
        examples: str | Path | None = None,
        budget: int | None = None,
    ) -> Checked:
        """Check the pathway: gaps, overlaps, traps, loops, data flow, rules. Notebooks show it.

        Args:
            examples: A file of examples that must go the way it says.
            budget: How many sets of patients to follow at most for one question; None: as is usual.

        Raises:
            DocumentError: A linked pathway, or the examples, have faults.

        Example:
            >>> load("safety").check().passes
            True
        """
        from pathways.checked import check_pathway
        from pathways.checks.examples import load_examples
        from pathways.checks.sets.reach import DEFAULT_BUDGET

        read = None if examples is None else load_examples(Path(examples))
        return check_pathway(self, examples=read, budget=budget or DEFAULT_BUDGET)

    def differences(self, other: ResolvedPathway) -> Compared:
        """Compare with another version: what changed, and who is treated differently.

        Args:
            other: The other version; this one counts as the old one.

        Example:
            >>> load("safety").differences(load("safety")).is_same
            True
        """
        from pathways.checked import compare_versions

        return compare_versions(self, other)

    def handout(
        self,
        kind: HandoutKind = "patient",
        *,
        record: Any = None,
        on: dt.date | str | None = None,
        **options: Any,
    ) -> Printed:
        """Return a handout: PDF, page, Word file, Markdown, and what it measures. Notebooks show it.

        Args:
            kind: ``patient``, ``clinician`` or ``visit_sheet``.
            record: The patient it is for, as for :meth:`place`; None: anybody.
            on: The day it is about; None: today.
            options: Of :func:`pathways.printed.hand_out`: ``profile``, ``paper``, ``phase``,
                ``treatment``, ``with_person``, ``clinic``, ``templates``, ``leave_out``.

        Raises:
            UnknownNameError: Something that is named is not known.
            DocumentError: The record or the clinic's file has faults.

        Example:
            >>> sheet = load("safety").handout("visit_sheet")
            >>> sheet.handout.emergency.title
            'When to get help now'
        """
        from pathways.printed import hand_out

        placed = None if record is None else self.place(record, on=on)
        return hand_out(self, kind, placed=placed, **options)

    def page(self, *others: ResolvedPathway, reader: Reader = "patient") -> str:
        """Return one HTML page to explore, offline: the place, what is next, why not, the map.

        Answers stay on the page; nothing is asked for or sent.

        Args:
            others: Further pathways, or another version, that share the answers.
            reader: Whose words come first; a switch on the page changes it.

        Raises:
            TooManyBoxesError: A condition cannot be decided exactly with few enough boxes.

        Example:
            >>> load("safety").page().startswith("<!DOCTYPE html>")
            True
        """
        from pathways.explorer.page import to_page

        return to_page((self, *others), reader)

    def explore(
        self, record: Any = None, *others: ResolvedPathway, reader: Reader = "patient"
    ) -> Explored | FramedPage:
        """Return the page of :meth:`page` for a notebook, linked with Python.

        What is answered there is known here, and what is set here moves there: ``findings``,
        ``unavailable``, ``at``; ``place`` and ``options`` follow. Without anywidget (the extra
        ``notebook``) it is the page alone.

        Args:
            record: The patient whose answers it begins with, as for :meth:`place`; None: nobody.
            others: Further pathways, or another version, that share the answers.
            reader: Whose words come first.

        Raises:
            TooManyBoxesError: A condition cannot be decided exactly with few enough boxes.
            DocumentError: The record has faults.

        Example:
            >>> explored = load("safety").explore()
            >>> explored.findings = {"rf_foot_drop": True}
            >>> explored.place
            ['same_day_check']
        """
        from pathways.explorer.answering import Answering
        from pathways.explorer.frame import framed_alone

        located = None if record is None else self.place(record).located
        answering = Answering(self._placer)
        begin = answering.begin(located)
        try:
            from pathways.explored import Explored
        except ImportError:
            return framed_alone((self, *others), reader, begin)
        return Explored(answering, others, reader=reader, begin=begin)

    @cached_property
    def _placer(self) -> Placer:
        """Places patients; its conditions are made ready once."""
        from pathways.patients.placing import Placer

        return Placer(self)

    def in_language(self, language: str) -> Pathway:
        """Return the pathway with its texts for patients, and all fixed words, in another language.

        A text without a translation stays English with ``[en]`` before it; see
        :func:`pathways.translation.in_language`.

        Args:
            language: The language, such as ``es``.

        Raises:
            UnknownNameError: There is no such language.
            PathwayError: The pathway is not in English, or its translations cannot be read.

        Example:
            >>> load("safety").in_language("es").title("patient")
            'Revise primero estas señales'
        """
        from pathways.translation import in_language

        return in_language(self, language)

    def to_yaml(self) -> str:
        """Return the pathway's own file as text, in a stable order."""
        return dump(self)

    def __repr__(self) -> str:
        draft = "draft" if self.is_draft else "reviewed"
        return f"<Pathway {self.id} {self.document.version}, {len(self.states)} steps, {draft}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show the whole as a picture: SVG, and PNG for notebooks that are not trusted."""
        return {**self.picture()._repr_mimebundle_(), "text/plain": repr(self)}


def _as_pathway(resolved: ResolvedPathway) -> Pathway:
    return Pathway(**{each.name: getattr(resolved, each.name) for each in fields(resolved)})


def load(source: str | Path) -> Pathway:
    """Load a pathway from a file, or from the library by its name.

    Args:
        source: Name of a library pathway, or path of a YAML file.

    Raises:
        UnknownNameError: Neither a file nor a library pathway has that name.
        DocumentError: The file has faults; all of them are listed.

    Example:
        >>> load("severe-back-pain").id
        'severe-back-pain'
    """
    return _as_pathway(reading.load(source))


def loads(text: str, *, name: str = "<text>", folder: str | Path | None = None) -> Pathway:
    """Load a pathway from text; see :func:`pathways.reading.load.loads`."""
    return _as_pathway(
        reading.loads(text, name=name, folder=Path(folder) if folder is not None else None)
    )
