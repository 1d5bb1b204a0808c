"""A pathway as plain data for a browser, which needs no reader of conditions.

Each finding is cut into cells; for whom something holds, and for whom not, is sent as boxes of cells.
With what is known as a box, something is excluded where that meets no box of those it holds for, and
certain where it meets no box of the others. That is exact (see ``boxes``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pathways.conditions import Condition
from pathways.explorer.questions import Json, Questions, as_answer, both, shown_findings
from pathways.explorer.regions import Regions
from pathways.model.pathway import ResolvedPathway
from pathways.model.states import State
from pathways.patients.placing import Placer
from pathways.semantics.changes import set_value
from pathways.semantics.logic import Logic, moving_conditions


def page_data(pathway: ResolvedPathway) -> dict[str, Json]:
    """Return everything a page needs to place somebody in a pathway.

    Args:
        pathway: The pathway.

    Returns:
        Plain data. Findings and states are tables (:func:`as_table`). Texts are a pair (clinician, patient), or one text for both; states, ways,
        findings and regions are named by their positions.

    Raises:
        TooManyBoxesError: A condition cannot be decided exactly with few enough boxes.

    Example:
        >>> from pathways.reading.load import load
        >>> data = page_data(load("safety"))
        >>> len(data["states"]) - 1, len(data["ways"]), data["states"][1 + data["start"]][0]
        (11, 15, 'warning_signs')
    """
    return _PageData(pathway).data()


class _PageData:
    """One pathway on its way to plain data."""

    def __init__(self, pathway: ResolvedPathway) -> None:
        self.pathway = pathway
        self.placer = Placer(pathway)
        self.logic = Logic(pathway, _conditions(pathway))
        self.regions = Regions(self.logic.space)
        self.at = {name: at for at, name in enumerate(pathway.states)}
        self.findings = shown_findings(self.logic, self.placer)
        self.finding_at = {name: at for at, name in enumerate(self.findings)}

    def data(self) -> dict[str, Json]:
        pathway, logic = self.pathway, self.logic
        questions = Questions(logic, self.regions, self.findings)
        found: dict[str, Json] = {
            "id": pathway.id,
            "version": pathway.document.version,
            "language": pathway.language,
            "title": both(pathway.title),
            "start": self.at[pathway.start],
            "findings": as_table(questions.listed()),
            "options": questions.options,
            "forms": questions.forms,
            "owners": questions.owners,
            "variables": as_table([self._variable(at) for at in range(len(logic.space.variables))]),
            "states": as_table([self._state(*each) for each in pathway.states.items()]),
            "ways": list(self._ways()),
            "alarms": list(self._alarms()),
            "facts": self.regions.add(logic.facts),
            "concerns": self._concerns(),
            "signs": self._findings_at(logic.signs),
            "gates": self._gates(),
            "traces": self._traces(),
            "care": as_table(list(self._care())),
        }
        return {**found, "regions": self.regions.listed}

    def _variable(self, at: int) -> Json:
        variable = self.logic.space.variables[at]
        found: dict[str, Json] = {
            "finding": self.finding_at[variable.finding],
            "full": self.regions.mask(at, variable.full),
        }
        if variable.option:
            found["option"] = variable.option
        if variable.shape.type == "number":
            from pathways.explorer.regions import as_number

            found["cells"] = [
                [as_number(each.low), as_number(each.high), int(each.low_open), int(each.high_open)]
                for each in variable.cells
            ]
        return found

    def _state(self, name: str, state: State) -> Json:
        pathway = self.pathway
        found: dict[str, Json] = {
            "name": name,
            "kind": state.kind,
            "title": both(state.title.to),
            "does": list(state.does),
            "offers": [self._offer(each.treatment, each.when) for each in state.offers],
            "yields": self._findings_at(state.yields),
            "sets": [
                [self.finding_at[each], as_answer(set_value(pathway, name, each))]
                for each in state.sets
                if each in self.logic.space.of_finding
            ],
            "urgency": pathway.urgency_of(name) or "",
            "own": int(pathway.origins[name] == pathway.id),
        }
        return {key: value for key, value in found.items() if value not in ([], "", 0)}

    def _offer(self, treatment: str, when: Condition | None) -> Json:
        if when is None:
            return [treatment]
        region = self.logic.space.region
        pair = (region(when), region(when, denied=True))
        return [treatment, *map(self.regions.add, pair)]

    def _ways(self) -> Iterator[Json]:
        for name in self.pathway.states:
            for passage in self.logic.passages[name]:
                label = passage.way.transition.label
                yield [
                    self.at[name],
                    self.at[passage.way.target],
                    self.regions.add(passage.inside),
                    self.regions.add(passage.outside),
                    both(label.to) if label else "",
                ]

    def _alarms(self) -> Iterator[Json]:
        for alarm in self.logic.alarms:
            interrupt = self.pathway.interrupts[alarm.index]
            yield {
                "to": self.at[interrupt.to],
                "level": interrupt.level,
                "label": both(interrupt.label.to),
                "raised": self.regions.add(alarm.raised),
                "quiet": self.regions.add(alarm.quiet),
                "absent": self.regions.add(alarm.absent),
                "silent": self._states_at(alarm.silent_in),
            }

    def _concerns(self) -> Json:
        whom = self.pathway.document.concerns
        if whom is None:
            return None
        region = self.logic.space.region
        return [self.regions.add(region(whom)), self.regions.add(region(whom, denied=True))]

    def _gates(self) -> Json:
        return {
            str(self.at[name]): self._states_at(gates, ordered=True)
            for name, gates in self.logic.gates.items()
            if gates
        }

    def _traces(self) -> Json:
        traces = self.placer.traces
        return {
            "care": {
                name: self._states_at(states, ordered=True) for name, states in traces.care.items()
            },
            "results": {
                str(self.finding_at[name]): self._states_at(states, ordered=True)
                for name, states in traces.results.items()
            },
            "marks": [
                [self.finding_at[finding], value, self.at[state]]
                for (finding, value), state in traces.marks.items()
            ],
        }

    def _care(self) -> Iterator[dict[str, Json]]:
        """Yield what happens or is on offer in the pathway, and the classes of it."""
        catalogue = self.pathway.catalogue
        named = {
            each
            for state in self.pathway.states.values()
            for each in (*state.does, *(offer.treatment for offer in state.offers))
        }
        for name, treatment in catalogue.treatments.items():
            if name in named:
                category = "medicine" if treatment.category == "medicine" else None
                yield {"name": name, "title": both(treatment.title.to), "category": category}
        for name, test in catalogue.tests.items():
            if name in named:
                yield {"name": name, "title": both(test.title.to), "category": "test"}
        for name, shape in self.pathway.scope.classes.items():
            members = [each for each in shape.members if each in named]
            if len(members) > 1:
                title = both(catalogue.classes[name].title.to)
                yield {"name": name, "title": title, "category": "class", "members": members}

    def _findings_at(self, names: Iterable[str]) -> list[int]:
        return [self.finding_at[name] for name in names if name in self.finding_at]

    def _states_at(self, names: Iterable[str], *, ordered: bool = False) -> list[int]:
        found = [self.at[name] for name in names]
        return found if ordered else sorted(found)


def _conditions(pathway: ResolvedPathway) -> Iterator[Condition]:
    """Yield every condition that says who may move, and whom the pathway is about."""
    yield from moving_conditions(pathway)
    if pathway.document.concerns is not None:
        yield pathway.document.concerns


def as_table(records: list[dict[str, Json]]) -> Json:
    """Return records as rows under a head, so that no key is written for each.

    What most records have comes first: what is left out at the end of a row takes no room.

    Args:
        records: Plain records; what a record does not have is None in its row.

    Example:
        >>> as_table([{"a": 1}, {"a": 2, "b": 3}])
        [['a', 'b'], [1], [2, 3]]
    """
    count = Counter(key for each in records for key in each)
    head = [key for key, _ in count.most_common()]
    rows = [[each.get(key) for key in head] for each in records]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return [head, *rows]


def as_json(data: Any) -> str:
    r"""Return plain data as JSON that may stand inside a page.

    Args:
        data: Plain data.

    Example:
        >>> as_json({"title": "</script>"})
        '{"title":"\\u003c/script>"}'
    """
    import json

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Nothing in a text can end the block it stands in, or open a comment.
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
