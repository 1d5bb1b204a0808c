"""The words of one placed patient for one reader: steps, findings, care, sources."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.boxes import Region, Status
from pathways.conditions import (
    Always,
    Condition,
    Otherwise,
    describe,
    describe_value,
    title_of,
)
from pathways.conditions.scope import Reader
from pathways.diagrams.known_words import askable
from pathways.language import say, stamp
from pathways.model.badges import votes
from pathways.model.evidence import Evidence
from pathways.model.history import inside_sentence
from pathways.patients.place import Reasons
from pathways.patients.placing import Located
from pathways.reports.answer import Cited
from pathways.reports.phrases import listed, phrase

MOST_NAMED = 4
"""So many findings are named where something depends on more."""


class Wording:
    """The words of one placed patient for one reader.

    Args:
        located: The patient, placed in a pathway.
        reader: Whom the words are for.
    """

    def __init__(self, located: Located, reader: Reader) -> None:
        self.located = located
        self.pathway = located.pathway
        self.place = located.place
        self.facts = located.facts
        self.reader = reader

    def say(self, key: str, **words: object) -> str:
        """Return a fixed phrase with its words filled in."""
        return phrase(key, self.reader, **words)

    def step(self, name: str) -> str:
        """Return a state as a step with its number and title."""
        title = self.pathway.states[name].title.to(self.reader)
        return self.say("step", number=self.pathway.numbers[name], title=title)

    def known(self, name: str) -> str:
        """What is known of a finding; of a warning sign taken to be absent, that it is."""
        value = self.facts.values.get(name)
        if value is None:
            scope = self.pathway.scope
            if scope.findings[name].type == "yes_no":
                return describe_value(name, False, scope, self.reader)  # noqa: FBT003
            return f"{self.title(name)}: -"
        return describe_value(name, value, self.pathway.scope, self.reader)

    def sign(self, name: str) -> str:
        """Return a warning sign that is there; of a list nobody was sure about, its title."""
        fact = self.facts.known.get(name)
        if fact is None or (fact.presumed and not isinstance(fact.value, bool)):
            return self.title(name)
        return self.known(name)

    def dated(self, name: str) -> str:
        """Return what is known of a finding, with its day where that is not today."""
        fact = self.facts.known[name]
        if fact.on is None or fact.on == self.facts.on:
            return self.known(name)
        return self.say("on_day", said=self.known(name), day=stamp(fact.on.isoformat()))

    def title(self, name: str) -> str:
        """Return what a finding is called."""
        return title_of(name, self.pathway.scope, self.reader)

    def things(self, names: Iterable[str]) -> str:
        """Return the findings that something depends on, in words."""
        said = list(dict.fromkeys(self.title(name) for name in self.askable(names)))
        more = len(said) - MOST_NAMED
        shown = [*said[:MOST_NAMED], say("{count} more", count=more)] if more > 1 else said
        return listed(shown) if shown else "-"

    def askable(self, names: Iterable[str]) -> list[str]:
        """Return what to ask for: of care never mentioned whether it was had, not its details."""
        return askable(names, self.facts.values)

    def condition(self, condition: Condition) -> str:
        """Return a condition in words; empty when it is always open."""
        if isinstance(condition, (Always, Otherwise)):
            return ""
        return describe(condition, self.pathway.scope, self.reader)

    def care(self, name: str) -> str:
        """Return the title of a treatment, test, class or state."""
        catalogue = self.pathway.catalogue
        records = (catalogue.treatments, catalogue.tests, catalogue.classes)
        for each in records:
            if name in each:
                title: str = each[name].title.to(self.reader)
                return title
        return self.step(name) if name in self.pathway.states else name.replace("_", " ")

    def listed_care(self, names: Iterable[str]) -> str:
        """Return the titles of some care as a list inside a sentence; empty when there is none."""
        said = [inside_sentence(self.care(name)) for name in names]
        return listed(said) if said else ""

    def cited(self, evidence: Iterable[Evidence]) -> tuple[Cited, ...]:
        """Return what sources say, each once; the texts the library started from are no evidence."""
        sources = self.pathway.catalogue.sources
        found: dict[Cited, None] = {}
        for item in evidence:
            source = sources[item.source]
            if source.kind == "seed":
                continue
            year = f" {source.year[:4]}" if source.year else ""
            name = f"{source.organisation.partition(' (')[0]}{year}"
            found[Cited(name, item.direction, item.says or "", votes(source))] = None
        return tuple(found)

    def status_words(
        self, status: Status, reasons: Reasons, depends_on: tuple[str, ...], inside: Region
    ) -> str:
        """Return a status in words: open now, depends on what, or not open now and why."""
        match status:
            case "certain":
                return self.say("open")
            case "possible":
                return self.say("depends", things=self.things(depends_on))
            case _:
                if not reasons:
                    return self.say("closed")
                reason = self.reason(reasons[0], inside, status)
                return self.say("closed_because", reason=reason)

    def reason(self, names: tuple[str, ...], inside: Region, status: Status) -> str:
        """Return one reason: what is known, and where it says more, what would be needed instead."""
        known = listed([self.known(name) for name in names])
        if status != "excluded" or len(names) > 1 or not self._says_more(names[0]):
            return known
        condition = self.located.logic.needed(inside, names[0])
        if condition is None:
            return known
        needs = describe(condition, self.pathway.scope, self.reader)
        return f"{known}; {self.say('needs', needs=needs)}"

    def _says_more(self, name: str) -> bool:
        """Return whether what is needed of a finding says more than the opposite of what is known.

        What care somebody has, what speaks against something and lasting traits are never a need:
        nobody is to stop a medicine, or to be in more danger, for a way to open.
        """
        if name.endswith(".status"):
            return False
        record = self.pathway.catalogue.findings.get(name)
        kind = record.kind if record else "status"
        return self.pathway.scope.findings[name].type in {"number", "one_of"} and kind not in {
            "trait",
            "watch",
        }
