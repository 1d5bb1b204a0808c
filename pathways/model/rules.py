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
``fresh: FINDING within n UNIT``       the finding is no older than that (n > 0) when it is read
=====================================  ==========================================================

A, B and C are states, or ``any TAG`` for every state with a tag. Names of forms after Dwyer, Avrunin
and Corbett, "Patterns in property specifications for finite-state verification", ICSE 1999, and the
Declare language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, NoReturn

from pydantic import Field, ValidationInfo, model_validator

from pathways.conditions import Condition, Otherwise, parse
from pathways.errors import ConditionError, PathwayError, Place, Problem, did_you_mean
from pathways.model.conditions import IN_FULL, MISPLACED_ELSE, Holds
from pathways.model.evidence import Evidence
from pathways.model.words import HyphenName, Record, Sentence, Text, raise_faults

FORM_KEYS = ("never", "must", "at_most", "possible", "fresh")
NEVER_JOINTS = ("before", "after", "then", "and", "unless", "while")
MUST_JOINTS = ("then", "later", "within")
TIME_UNITS = ("hours", "days", "weeks", "months", "years")

Joint = Literal[
    "before", "after", "then", "and", "unless", "while", "later", "within", "per", "since"
]


class Rule(Record):
    """A safety property of the whole pathway, with its source and why it matters."""

    id: HyphenName = Field(description="Name of the rule.")
    never: Sentence | None = Field(
        default=None, description="A; A before, after, then or and B; A unless or while CONDITION."
    )
    must: Sentence | None = Field(
        default=None,
        description="A then B; A later B; A within 3 (with 'when'); C (with 'between').",
    )
    at_most: Sentence | None = Field(default=None, description="A 2; A 2 per B.")
    possible: Sentence | None = Field(default=None, description="A state somebody can get to.")
    fresh: Sentence | None = Field(
        default=None, description="FINDING since A; FINDING within 3 weeks."
    )
    between: Sentence | None = Field(default=None, description="Two states; goes with 'must'.")
    when: Holds | None = Field(
        default=None, description="A condition; goes with 'must: A within n'."
    )
    ends: Literal["excluded", "included"] = Field(
        default="excluded", description="Whether the rule also looks at end states."
    )
    why: Text = Field(description="Why it matters, for a reviewer.")
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _one_form(self, info: ValidationInfo) -> Rule:
        faults = []
        if form_of(self) is None:
            given = [key for key in FORM_KEYS if getattr(self, key) is not None]
            has = ", ".join(given) or "none"
            faults.append((f"a rule needs exactly one of {', '.join(FORM_KEYS)}; it has {has}", ""))
        faults.extend(
            (f"'{key}' goes together with 'must'", key)
            for key in ("between", "when")
            if self.must is None and getattr(self, key) is not None
        )
        if self.when is not None and self.must is not None and not _takes_when(self):
            faults.append(("'when' goes only with 'must: A within n'", "when"))
        raise_faults("rule-form", faults, info)
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
    """A rule sentence that fits no form.

    Args:
        message: What is wrong.
        hint: What to do.
        key: The key of the rule under which the sentence stands.
        offset: Position of the word at fault in it, from 0.
    """

    def __init__(self, message: str, hint: str = "", key: str = "", offset: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.key = key
        self.offset = offset


def form_of(rule: Rule) -> str | None:
    """Return the key that holds the sentence of a rule; None when it has none, or several."""
    given = [key for key in FORM_KEYS if getattr(rule, key) is not None]
    return given[0] if len(given) == 1 else None


def _takes_when(rule: Rule) -> bool:
    """Return whether the condition of a rule with ``must`` means something.

    A word between the operands that nobody knows is left to :func:`read_rule`, which names it.
    """
    words = (rule.must or "").split()
    joint = words[2:3] if words[:1] == ["any"] else words[1:2]
    return rule.between is None and joint not in (["then"], ["later"])


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
        ConditionError: The condition in the sentence cannot be read; columns are those of the
            sentence.

    Example:
        >>> rule = Rule(id="r1", never="any surgery before imaging", why="target first")
        >>> sentence = read_rule(rule, {"imaging"}, {"surgery"})
        >>> sentence.first.name, sentence.joint, sentence.second.name
        ('surgery', 'before', 'imaging')
    """
    return _SentenceReader(rule, states, tags).read()


def rename_states(
    rule: Rule, names: Mapping[str, str], states: AbstractSet[str], tags: AbstractSet[str]
) -> Rule:
    """Return a rule that speaks of other states.

    Args:
        rule: A rule whose sentence can be read.
        names: New names of states, by their old ones.
        states: Names of the states the rule was written for.
        tags: Tags that some of them carries.

    Example:
        >>> rule = Rule(id="r1", never="surgery before done", why="target first")
        >>> rename_states(rule, {"done": "begin"}, {"surgery", "done"}, set()).never
        'surgery before begin'
    """
    if not names:
        return rule
    reader = _SentenceReader(rule, states, tags)
    try:
        reader.read()
    except (RuleSentenceError, ConditionError):
        return rule
    changed: dict[str, str] = {}
    # From the back, so that earlier positions stay right.
    for key, word in sorted(reader.operands, key=lambda each: -each[1].offset):
        if word.text in names:
            text = changed.get(key) or getattr(rule, key)
            end = word.offset + len(word.text)
            changed[key] = text[: word.offset] + names[word.text] + text[end:]
    return rule.model_copy(update=changed) if changed else rule


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a sentence and its position in it."""

    text: str
    offset: int


class _SentenceReader:
    """Reads operands from the front of a list of words.

    Args:
        rule: The rule to read.
        states: Names of states.
        tags: Tags that some state carries.
    """

    def __init__(self, rule: Rule, states: AbstractSet[str], tags: AbstractSet[str]) -> None:
        self.rule = rule
        self.states = states
        self.tags = tags
        self.operands: list[tuple[str, _Word]] = []
        self.key = form_of(rule) or "never"
        self.text = ""

    def read(self) -> RuleSentence:
        """Read the sentence of the rule."""
        words = self._words(self.key)
        match self.key:
            case "never":
                return self.never(words)
            case "must":
                return self.must(words)
            case "at_most":
                return self.at_most(words)
            case "possible":
                return RuleSentence("possible", first=self.whole_selection(words))
            case _:
                return self.fresh(words)

    def _words(self, key: str) -> list[_Word]:
        self.key = key
        self.text = getattr(self.rule, key) or ""
        return [_Word(each.group(), each.start()) for each in _WORD.finditer(self.text)]

    def _fail(self, message: str, hint: str, word: _Word | None) -> NoReturn:
        offset = word.offset if word else len(self.text.rstrip())
        raise RuleSentenceError(message, hint, self.key, offset)

    def _starts_with_states(self, words: list[_Word]) -> bool:
        if not words:
            return False
        if words[0].text == "any":
            return len(words) > 1 and words[1].text in self.tags
        return words[0].text in self.states

    def selection(self, words: list[_Word]) -> tuple[Selection, list[_Word]]:
        """Read ``STATE`` or ``any TAG``."""
        if not words:
            self._fail("a state is missing", "write a state, or 'any TAG'", None)
        name = words[0].text
        if name == "any":
            return self._tagged(words)
        if name not in self.states:
            self._fail(f"no state '{name}'", did_you_mean(name, self.states), words[0])
        self.operands.append((self.key, words[0]))
        return Selection(name), words[1:]

    def _tagged(self, words: list[_Word]) -> tuple[Selection, list[_Word]]:
        if len(words) == 1:
            self._fail("a tag is missing after 'any'", "write 'any TAG'", None)
        tag = words[1].text
        if tag not in self.tags:
            self._fail(f"no state has the tag '{tag}'", did_you_mean(tag, self.tags), words[1])
        return Selection(tag, by_tag=True), words[2:]

    def whole_selection(self, words: list[_Word]) -> Selection:
        """Read a sentence that is nothing but ``STATE`` or ``any TAG``."""
        found, rest = self.selection(words)
        self._nothing_left(rest)
        return found

    def never(self, words: list[_Word]) -> RuleSentence:
        """``never: A [JOINT ...]`` or ``never: CONDITION``."""
        if not self._starts_with_states(words):
            return RuleSentence("never", condition=self._condition_alone(words))
        first, rest = self.selection(words)
        if not rest:
            return RuleSentence("never", first=first)
        joint = self._joint(rest[0], NEVER_JOINTS)
        if joint in ("unless", "while"):
            return RuleSentence("never", first=first, joint=joint, condition=self._condition(rest))
        second, left = self.selection(rest[1:])
        self._nothing_left(left)
        return RuleSentence("never", first=first, joint=joint, second=second)

    def _condition(self, rest: list[_Word]) -> Condition:
        """Read the condition after a joint; what stands before it becomes white space."""
        joint = rest[0]
        if len(rest) == 1:
            hint = f"write one, such as '{joint.text} fever'"
            self._fail(f"a condition is missing after '{joint.text}'", hint, None)
        begin = joint.offset + len(joint.text)
        condition = parse(_NO_SPACE.sub(" ", self.text[:begin]) + self.text[begin:])
        if isinstance(condition, Otherwise):
            raise ConditionError([self._misplaced_else(rest[1])])
        return condition

    def _misplaced_else(self, word: _Word) -> Problem:
        before = self.text[: word.offset]
        place = Place("", before.count("\n") + 1, word.offset - before.rfind("\n"))
        return Problem("misplaced-else", MISPLACED_ELSE, IN_FULL, place=place)

    def _condition_alone(self, words: list[_Word]) -> Condition:
        """Read a sentence that begins with no state; say both when it is no condition either."""
        joint = 2 if words and words[0].text == "any" else 1
        try:
            condition = parse(self.text)
        except ConditionError:
            joined = len(words) > joint and words[joint].text in NEVER_JOINTS
            if joined or len(words) <= joint:
                self.selection(words)
            raise
        if isinstance(condition, Otherwise):
            self._fail("'else' says nothing here", "write a state or a condition", words[0])
        return condition

    def must(self, words: list[_Word]) -> RuleSentence:
        """``must: A then B``, ``A later B``, ``A within n``, or what goes with ``between``."""
        if self.rule.between is not None:
            return self._between(words)
        first, rest = self.selection(words)
        if not rest:
            hint = "add 'then B', 'later B' or 'within 3'"
            self._fail("'must' says nothing about the state", hint, None)
        joint = self._joint(rest[0], MUST_JOINTS)
        if joint == "within":
            if self.rule.when is None:
                hint = "add 'when: ...'"
                self._fail(
                    "'within' needs 'when', the condition that starts the count", hint, rest[0]
                )
            number = self._whole(rest[1:2])
            self._nothing_left(rest[2:])
            return RuleSentence(
                "must", first=first, joint=joint, condition=self.rule.when, number=number
            )
        second, left = self.selection(rest[1:])
        self._nothing_left(left)
        return RuleSentence("must", first=first, joint=joint, second=second)

    def _between(self, words: list[_Word]) -> RuleSentence:
        inner = self.whole_selection(words)
        start, rest = self.selection(self._words("between"))
        end, left = self.selection(rest)
        self._nothing_left(left)
        return RuleSentence("must", first=inner, between=(start, end))

    def at_most(self, words: list[_Word]) -> RuleSentence:
        """``at_most: A n [per B]``."""
        first, rest = self.selection(words)
        number = self._whole(rest[:1])
        if len(rest) == 1:
            return RuleSentence("at_most", first=first, number=number)
        self._joint(rest[1], ("per",))
        second, left = self.selection(rest[2:])
        self._nothing_left(left)
        return RuleSentence("at_most", first=first, number=number, joint="per", second=second)

    def fresh(self, words: list[_Word]) -> RuleSentence:
        """``fresh: FINDING since A`` or ``fresh: FINDING within n UNIT``."""
        if len(words) < 2:
            self._fail(
                "'fresh' needs a finding and how fresh", "add 'since A' or 'within 3 weeks'", None
            )
        finding = words[0].text
        joint = self._joint(words[1], ("since", "within"))
        if joint == "since":
            second, left = self.selection(words[2:])
            self._nothing_left(left)
            return RuleSentence("fresh", finding=finding, joint=joint, second=second)
        number = self._whole(words[2:3])
        if len(words) < 4 or words[3].text not in TIME_UNITS:
            word = words[3] if len(words) > 3 else None
            self._fail("'within' needs a unit of time", f"units: {', '.join(TIME_UNITS)}", word)
        if number == 0:
            self._fail(f"no finding is as new as 0 {words[3].text}", "write 1 or more", words[2])
        self._nothing_left(words[4:])
        return RuleSentence(
            "fresh", finding=finding, joint=joint, number=number, unit=words[3].text
        )

    def _joint(self, word: _Word, known: tuple[str, ...]) -> Joint:
        if word.text not in known:
            self._fail(
                f"'{word.text}' joins nothing here", f"write one of: {', '.join(known)}", word
            )
        return word.text  # type: ignore[return-value]

    def _whole(self, words: list[_Word]) -> int:
        if not words:
            self._fail("a whole number is missing", "write one, such as 3", None)
        text = words[0].text
        if not text.isdecimal() or not text.isascii() or len(text) > 6:
            self._fail(f"'{text}' is not a whole number", "write one, such as 3", words[0])
        return int(text)

    def _nothing_left(self, words: list[_Word]) -> None:
        if words:
            left = " ".join(word.text for word in words)
            self._fail(f"nothing may follow here, but '{left}' does", "remove it", words[0])


_WORD = re.compile(r"\S+")
_NO_SPACE = re.compile(r"\S")
