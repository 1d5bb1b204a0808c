"""Rules: safety properties of a whole pathway, one line of controlled English each.

=====================================  ==========================================================
form                                   meaning
=====================================  ==========================================================
``never: A``                           nobody ever enters A (absence)
``never: A before B``                  A only after B happened on the way, or was brought (precedence)
``never: A after B``                   once B happened, A never follows
``never: A then B``                    B is never the very next step after A
``never: A and B``                     no journey holds both
``never: A unless CONDITION``          A is entered only when the condition holds
``never: A while CONDITION``           A is never entered while the condition holds
``never: CONDITION``                   the condition never holds anywhere
``must: A then B``                     every A is followed at once by B (chain response)
``must: A later B``                    every A is followed at some time by B (response)
``when: CONDITION, must: A within n``  A is entered within n steps (bounded response)
``at_most: A n [per B]``               A is entered at most n times, counted anew after each B
``between: A B, must: C``              C happens between A and B
``possible: A``                        somebody can get to A
``fresh: FINDING since A``             the finding is assessed anew after A before it is read
``fresh: FINDING within n UNIT``       the finding is no older than that when it is read
=====================================  ==========================================================

A, B and C are states, or ``any TAG`` for every state with a tag. Names of forms after Dwyer, Avrunin
and Corbett, "Patterns in property specifications for finite-state verification", ICSE 1999, and the
Declare language.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from pathways.conditions import Condition, parse
from pathways.errors import ConditionError, PathwayError, did_you_mean
from pathways.model.conditions import Holds
from pathways.model.evidence import Evidence
from pathways.model.words import HyphenName, Record, Sentence, Text, raise_faults

FORM_KEYS = ("never", "must", "at_most", "possible", "fresh")
NEVER_JOINTS = ("before", "after", "then", "and", "unless", "while")
MUST_JOINTS = ("then", "later", "within")
TIME_UNITS = ("hours", "days", "weeks", "months", "years")

Joint = Literal["before", "after", "then", "and", "unless", "while", "later", "within", "per", "since"]


class Rule(Record):
    """A safety property of the whole pathway, with its source and why it matters."""

    id: HyphenName
    never: Sentence | None = None
    must: Sentence | None = None
    at_most: Sentence | None = None
    possible: Sentence | None = None
    fresh: Sentence | None = None
    between: Sentence | None = Field(default=None, description="Two states; goes with 'must'.")
    when: Holds | None = Field(default=None, description="A condition; goes with 'must: A within n'.")
    ends: Literal["excluded", "included"] = Field(
        default="excluded", description="Whether the rule also looks at end states."
    )
    why: Text = Field(description="Why it matters, for a reviewer.")
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Rule:
        given = [key for key in FORM_KEYS if getattr(self, key) is not None]
        faults = []
        if len(given) != 1:
            has = ", ".join(given) or "none"
            faults.append(f"a rule needs exactly one of {', '.join(FORM_KEYS)}; it has {has}")
        if self.must is None and (self.between is not None or self.when is not None):
            faults.append("'between' and 'when' go together with 'must'")
        raise_faults("rule-form", faults)
        return self


@dataclass(frozen=True, slots=True)
class Selection:
    """The states a rule speaks of: one state, or every state with a tag."""

    name: str
    by_tag: bool = False


@dataclass(frozen=True, slots=True)
class RuleSentence:
    """A rule sentence taken apart.

    Args:
        form: The key it stood under: never, must, at_most, possible, fresh.
        first: The states the sentence begins with, if it begins with states.
        joint: The word between the operands, if any.
        second: The states after the joint, if any.
        condition: The condition in the sentence, if any.
        number: The number in the sentence, if any.
        unit: Unit of the number, for ``fresh``.
        finding: The finding, for ``fresh``.
        between: The two operands of ``between``.
    """

    form: str
    first: Selection | None = None
    joint: Joint | None = None
    second: Selection | None = None
    condition: Condition | None = None
    number: int | None = None
    unit: str | None = None
    finding: str | None = None
    between: tuple[Selection, Selection] | None = None


class RuleSentenceError(PathwayError):
    """A rule sentence that fits no form; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def read_rule(rule: Rule, states: AbstractSet[str], tags: AbstractSet[str]) -> RuleSentence:
    """Take the sentence of a rule apart.

    Args:
        rule: The rule as written.
        states: Names of the states of the pathway.
        tags: Tags that some state carries.

    Returns:
        The operands of the sentence; conditions are read but their names are not checked.

    Raises:
        RuleSentenceError: The sentence fits no form, or names no state.
        ConditionError: The condition in the sentence cannot be read.

    Example:
        >>> rule = Rule(id="r1", never="any surgery before imaging", why="target first")
        >>> sentence = read_rule(rule, {"imaging"}, {"surgery"})
        >>> sentence.first.name, sentence.joint, sentence.second.name
        ('surgery', 'before', 'imaging')
    """
    reader = _SentenceReader(states, tags)
    if rule.never is not None:
        return reader.never(rule.never)
    if rule.must is not None:
        return reader.must(rule)
    if rule.at_most is not None:
        return reader.at_most(rule.at_most)
    if rule.possible is not None:
        return RuleSentence("possible", first=reader.whole_selection(rule.possible))
    assert rule.fresh is not None
    return reader.fresh(rule.fresh)


class _SentenceReader:
    """Reads operands from the front of a list of words."""

    def __init__(self, states: AbstractSet[str], tags: AbstractSet[str]) -> None:
        self.states = states
        self.tags = tags

    def _starts_with_states(self, words: list[str]) -> bool:
        if not words:
            return False
        if words[0] == "any":
            return len(words) > 1 and words[1] in self.tags
        return words[0] in self.states

    def selection(self, words: list[str]) -> tuple[Selection, list[str]]:
        """Read ``STATE`` or ``any TAG``."""
        if not words:
            raise RuleSentenceError("a state is missing", "write a state, or 'any TAG'")
        if words[0] == "any" and len(words) > 1:
            if words[1] not in self.tags:
                raise RuleSentenceError(
                    f"no state has the tag '{words[1]}'", did_you_mean(words[1], self.tags)
                )
            return Selection(words[1], by_tag=True), words[2:]
        if words[0] not in self.states:
            raise RuleSentenceError(
                f"no state '{words[0]}'", did_you_mean(words[0], self.states)
            )
        return Selection(words[0]), words[1:]

    def whole_selection(self, text: str) -> Selection:
        """Read a sentence that is nothing but ``STATE`` or ``any TAG``."""
        found, rest = self.selection(text.split())
        _nothing_left(rest)
        return found

    def never(self, text: str) -> RuleSentence:
        """``never: A [JOINT ...]`` or ``never: CONDITION``."""
        words = text.split()
        if not self._starts_with_states(words):
            return RuleSentence("never", condition=self._condition(text, words))
        first, rest = self.selection(words)
        if not rest:
            return RuleSentence("never", first=first)
        joint = _joint(rest[0], NEVER_JOINTS)
        if joint in ("unless", "while"):
            condition = parse(" ".join(rest[1:]))
            return RuleSentence("never", first=first, joint=joint, condition=condition)
        second, left = self.selection(rest[1:])
        _nothing_left(left)
        return RuleSentence("never", first=first, joint=joint, second=second)

    def _condition(self, text: str, words: list[str]) -> Condition:
        """A sentence that begins with no state is a condition; say both when it is neither."""
        try:
            return parse(text)
        except ConditionError:
            if len(words) > 1 and words[1] in NEVER_JOINTS:
                raise RuleSentenceError(
                    f"no state '{words[0]}'", did_you_mean(words[0], self.states)
                ) from None
            raise

    def must(self, rule: Rule) -> RuleSentence:
        """``must: A then B``, ``A later B``, ``A within n``, or what goes with ``between``."""
        assert rule.must is not None
        if rule.between is not None:
            start, rest = self.selection(rule.between.split())
            end, left = self.selection(rest)
            _nothing_left(left)
            inner = self.whole_selection(rule.must)
            return RuleSentence("must", first=inner, between=(start, end))
        first, rest = self.selection(rule.must.split())
        if not rest:
            raise RuleSentenceError("'must' says nothing about the state", "add 'then B' or 'later B'")
        joint = _joint(rest[0], MUST_JOINTS)
        if joint == "within":
            if rule.when is None:
                raise RuleSentenceError("'within' needs 'when', the condition that starts the count")
            return RuleSentence(
                "must", first=first, joint=joint, condition=rule.when, number=_whole(rest[1:])
            )
        second, left = self.selection(rest[1:])
        _nothing_left(left)
        return RuleSentence("must", first=first, joint=joint, second=second)

    def at_most(self, text: str) -> RuleSentence:
        """``at_most: A n [per B]``."""
        first, rest = self.selection(text.split())
        number = _whole(rest[:1])
        if len(rest) == 1:
            return RuleSentence("at_most", first=first, number=number)
        _joint(rest[1], ("per",))
        second, left = self.selection(rest[2:])
        _nothing_left(left)
        return RuleSentence("at_most", first=first, number=number, joint="per", second=second)

    def fresh(self, text: str) -> RuleSentence:
        """``fresh: FINDING since A`` or ``fresh: FINDING within n UNIT``."""
        words = text.split()
        if len(words) < 3:
            raise RuleSentenceError("'fresh' needs a finding and how fresh", "add 'since A'")
        joint = _joint(words[1], ("since", "within"))
        if joint == "since":
            second, left = self.selection(words[2:])
            _nothing_left(left)
            return RuleSentence("fresh", finding=words[0], joint=joint, second=second)
        if len(words) != 4 or words[3] not in TIME_UNITS:
            raise RuleSentenceError(
                "'within' needs a number and a unit", f"units: {', '.join(TIME_UNITS)}"
            )
        number = _whole(words[2:3])
        return RuleSentence("fresh", finding=words[0], joint=joint, number=number, unit=words[3])


def _joint(word: str, known: tuple[str, ...]) -> Joint:
    if word not in known:
        raise RuleSentenceError(f"'{word}' joins nothing here", f"write one of: {', '.join(known)}")
    return word  # type: ignore[return-value]


def _whole(words: list[str]) -> int:
    if len(words) != 1 or not words[0].isdecimal() or not words[0].isascii() or len(words[0]) > 6:
        raise RuleSentenceError(f"a whole number is needed, not '{' '.join(words)}'")
    return int(words[0])


def _nothing_left(words: list[str]) -> None:
    if words:
        raise RuleSentenceError(f"nothing may follow here, but '{' '.join(words)}' does")
