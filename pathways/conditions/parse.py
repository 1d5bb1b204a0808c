"""Text to tree: one method for each rule of the grammar, the rule in its docstring."""

from __future__ import annotations

from decimal import Decimal
from typing import NoReturn, cast

from pathways.conditions.nodes import (
    And,
    AnyOfClass,
    AtLeast,
    Between,
    ClassStatus,
    Compare,
    Condition,
    Constant,
    CountNow,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Operator,
    Or,
    Otherwise,
    Span,
    Word,
)
from pathways.conditions.suggestions import for_empty_chain
from pathways.conditions.tokens import (
    KNOWING,
    LONGEST_TEXT,
    STATUS_WORDS,
    Token,
    TokenKind,
    clipped,
    place_at,
    tokens,
)
from pathways.conditions.walk import flat, nodes
from pathways.errors import ConditionError, Problem

DEEPEST_NESTING = 40
MOST_NODES = 500

_MIRRORED: dict[str, Operator] = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
_KNOWING_WORDS = frozenset({"known", "unknown", "is_known", "missing", "exists"})


def parse(text: str) -> Condition:
    """Read the text of a condition.

    Args:
        text: One condition, at most 4,000 characters; it may run over several lines. It may be
            nested 40 deep and have 500 parts.

    Returns:
        The tree, in which ``a and b and c`` is one node with three parts, and parentheses leave
        no trace. Names are not looked up; :func:`pathways.conditions.check` does that.

    Raises:
        ConditionError: The text breaks the grammar. The error carries one problem, the first in
            the text (what follows a fault of syntax cannot be judged). Its place has the line and
            the column within the text, both from 1, and no file.

    Example:
        >>> parse("weeks >= 12 and not fever").parts[1]
        Not(part=Named(name='fever'))
    """
    if len(text) > LONGEST_TEXT:
        raise _too_long(
            text,
            LONGEST_TEXT,
            f"a condition of {len(text)} characters is too long",
            f"at most {LONGEST_TEXT}; give parts of it names under definitions",
        )
    tree = _Parser(text).condition()
    for number, node in enumerate(nodes(tree), start=1):
        if number > MOST_NODES:
            start = node.span.start if node.span else 0
            raise _too_long(
                text,
                start,
                f"a condition of more than {MOST_NODES} parts is too long",
                "give parts of it names under definitions",
            )
    return tree


def _too_long(text: str, offset: int, message: str, hint: str) -> ConditionError:
    return ConditionError(
        [Problem("condition-too-long", message, hint, place=place_at(text, offset))]
    )


class _Parser:
    """Reads tokens from left to right, looking one token ahead and never back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = iter(tokens(text))
        self.depth = 0
        self.end = 0
        self.token = self._next()

    # The grammar

    def condition(self) -> Condition:
        """Read ``condition := "else" | disjunction``."""
        if self._is("end"):
            self._fail(
                "an empty condition", self.token, "leave 'when' out where the way is open to all"
            )
        if self._at("else"):
            token = self._take()
            if not self._is("end"):
                self._fail("'else' stands alone", self.token, "write else as the whole condition")
            return Otherwise(token.span)
        tree = self.disjunction()
        if self._at("-"):
            hint = "conditions do not calculate; declare a derived finding"
            self._fail("- stands only before a number", self.token, hint)
        if not self._is("end"):
            self._expected("'and', 'or' or the end")
        return tree

    def disjunction(self) -> Condition:
        """Read ``disjunction := conjunction ("or" conjunction)*``."""
        start = self.token.span.start
        parts = [self.conjunction()]
        while self._at("or"):
            self._take()
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(flat(Or, parts), Span(start, self.end))

    def conjunction(self) -> Condition:
        """Read ``conjunction := negation ("and" negation)*``."""
        start = self.token.span.start
        parts = [self.negation()]
        while self._at("and"):
            self._take()
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(flat(And, parts), Span(start, self.end))

    def negation(self) -> Condition:
        """Read ``negation := "not" negation | atom``."""
        if not self._at("not"):
            return self.atom()
        token = self._take()
        self._deeper(token)
        part = self.negation()
        self.depth -= 1
        return Not(part, Span(token.span.start, self.end))

    def atom(self) -> Condition:
        """Read ``atom := "(" disjunction ")" | at_least | any | count_now | comparison``."""
        if self._at("("):
            token = self._take()
            self._deeper(token)
            tree = self.disjunction()
            self._close(token, ")")
            self.depth -= 1
            return tree
        if self._at("at_least"):
            return self.at_least()
        if self._at("any"):
            return self.any_of_class()
        if self._at("count_now"):
            return self.count_now()
        if self._at("else"):
            self._fail("'else' stands alone", self.token, "write else as the whole condition")
        return self.comparison()

    def at_least(self) -> Condition:
        """Read ``at_least := "at_least" "(" INT ("," disjunction)+ ")"``."""
        word = self._take()
        opened = self._need("(", "'(' after at_least")
        self._deeper(word)
        counted = self.token
        number = self._whole("a whole number, as in at_least(2, a, b, c)")
        self._need(",", "',' after the number")
        parts = [self.disjunction()]
        while self._at(","):
            self._take()
            parts.append(self.disjunction())
        self._close(opened, ")")
        self.depth -= 1
        return AtLeast(number, tuple(parts), counted.span)

    def any_of_class(self) -> Condition:
        """Read ``any := "any" NAME ("now" | "stopped" | "never" | "tried")``."""
        self._take()
        name = self._class_name("the name of a treatment class after 'any'")
        if self.token.text not in STATUS_WORDS:
            self._expected(f"'now', 'stopped', 'never' or 'tried' after any {clipped(name.text)}")
        return AnyOfClass(name.text, cast("ClassStatus", self._take().text), name.span)

    def count_now(self) -> Condition:
        """Read ``count_now := "count_now" "(" NAME ")" OP INT``."""
        self._take()
        opened = self._need("(", "'(' after count_now")
        name = self._class_name("the name of a treatment class")
        self._close(opened, ")")
        operator = self._operator(f"a comparison, as in count_now({clipped(name.text)}) >= 2")
        number = self._whole("a whole number")
        return CountNow(name.text, operator, number, name.span)

    def comparison(self) -> Condition:
        """Read ``comparison := dotted (OP value)? | dotted "in" list | dotted "has" NAME | chain``."""
        if self._is("number") or self._at("-"):
            return self.chain()
        if not self._is("name"):
            self._expected("a condition")
        name = self._take()
        if self._is("operator"):
            return self.compared(name)
        if self._at("in"):
            return self.listed(name)
        if self._at("has"):
            self._take()
            return Has(name.text, self.word("a value after 'has'"), name.span)
        self._refuse_after(name)
        return Named(name.text, name.span)

    def compared(self, name: Token) -> Condition:
        """Read ``comparison := dotted OP value``."""
        operator = cast("Operator", self._take().text)
        constant = self.value()
        if self._is("operator"):
            self._fail(
                "a comparison has one sign here",
                self.token,
                f"put the name in the middle, as in 50 <= {clipped(name.text)} < 80",
            )
        return Compare(name.text, operator, constant, name.span)

    def listed(self, name: Token) -> Condition:
        """Read ``comparison := dotted "in" ("[" | "(") NAME ("," NAME)* ("]" | ")")``."""
        self._take()
        if not (self._at("[") or self._at("(")):
            self._expected(f"'[' after in, as in {clipped(name.text)} in [a, b]")
        opened = self._take()
        words = [self.word("a value")]
        while self._at(","):
            self._take()
            words.append(self.word("a value"))
        self._close(opened, "]" if opened.text == "[" else ")")
        return OneOf(name.text, tuple(words), name.span)

    def chain(self) -> Condition:
        """Read ``chain := NUMBER OP dotted (OP NUMBER)?``."""
        first = self.number()
        sign = self.token
        left = self._operator("a comparison after the number")
        if self._at("count_now"):
            self._fail("a count stands before its number", self.token, "write count_now(x) >= 2")
        name = self._name("the name of a finding")
        if not self._is("operator"):
            return Compare(name.text, _MIRRORED[left], first, name.span)
        second_sign = self.token
        self._take()
        second = self.number()
        if self._is("operator"):
            self._fail(
                "a chain has two signs at most", self.token, "join two comparisons with 'and'"
            )
        return self.between(name, (first, sign), (second, second_sign), upwards=left in ("<", "<="))

    def between(
        self, name: Token, left: tuple[Number, Token], right: tuple[Number, Token], *, upwards: bool
    ) -> Condition:
        """Join the two halves of a chain; ``80 > x >= 50`` becomes ``50 <= x < 80``."""
        (first, sign), (second, second_sign) = left, right
        one_way = ("<", "<=") if upwards else (">", ">=")
        for each in (sign, second_sign):
            if each.text not in one_way:
                self._fail(
                    "both signs of a chain point the same way",
                    each,
                    f"write it as in 50 <= {clipped(name.text)} < 80",
                )
        ends = [(first, sign), (second, second_sign)]
        (low, low_sign), (high, high_sign) = ends if upwards else ends[::-1]
        low_open, high_open = low_sign.text in "<>", high_sign.text in "<>"
        if low.unit == high.unit:
            fault = for_empty_chain(
                name.text, low.value, high.value, closed=not (low_open or high_open)
            )
            if fault:
                self._fail(fault[0], sign, fault[1])
        return Between(name.text, low, high, low_open, high_open, name.span)

    def value(self) -> Constant:
        """Read ``value := ["-"] NUMBER [UNIT] | NAME``."""
        if self._is("number") or self._at("-"):
            return self.number()
        return self.word("a number or a value")

    def number(self) -> Number:
        """Read ``number := ["-"] NUMBER [UNIT]``."""
        start = self.token.span.start
        minus = self._at("-")
        if minus:
            self._take()
        if not self._is("number"):
            self._expected("a number")
        digits = Decimal(self._take().text)
        unit = None
        if self._is("name", "unit") or self._at("%"):
            token = self._take()
            if "." in token.text:
                self._fail(
                    f"'{clipped(token.text)}' is not a unit",
                    token,
                    "join two conditions with 'and'",
                )
            unit = token.text
        return Number(-digits if minus else digits, unit, Span(start, self.end))

    def word(self, wanted: str) -> Word:
        """Read ``value := NAME``; the words of a treatment's status are values too."""
        token = self.token
        if token.kind == "name" and "." in token.text:
            problem = "comparing-two-findings"
            self._fail(
                "a finding is compared with a constant, not with another finding",
                token,
                "declare a derived finding",
                problem,
            )
        if token.kind != "name" and token.text not in STATUS_WORDS:
            self._expected(wanted)
        self._take()
        return Word(token.text, token.span)

    # Taking tokens

    def _next(self) -> Token:
        token = next(self.rest)
        if token.problem is not None:
            raise ConditionError([token.problem])
        return token

    def _take(self) -> Token:
        taken = self.token
        self.end = taken.span.end
        self.token = self._next()
        return taken

    def _is(self, *kinds: TokenKind) -> bool:
        return self.token.kind in kinds

    def _at(self, text: str) -> bool:
        return self.token.text == text and self.token.kind in ("keyword", "mark")

    def _need(self, text: str, wanted: str) -> Token:
        if not self._at(text):
            self._expected(wanted)
        return self._take()

    def _close(self, opened: Token, text: str) -> None:
        if not self._at(text):
            column = place_at(self.text, opened.span.start).column
            self._expected(f"'{text}' to close the '{opened.text}' of column {column}")
        self._take()

    def _name(self, wanted: str) -> Token:
        if not self._is("name"):
            self._expected(wanted)
        return self._take()

    def _class_name(self, wanted: str) -> Token:
        if "." in self.token.text:
            self._expected(f"{wanted}, which has no dot")
        return self._name(wanted)

    def _operator(self, wanted: str) -> Operator:
        if not self._is("operator"):
            self._expected(wanted)
        return cast("Operator", self._take().text)

    def _whole(self, wanted: str) -> int:
        if not self._is("number") or "." in self.token.text:
            self._expected(wanted)
        return int(self._take().text)

    # Saying what is wrong

    def _deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            self._fail(
                f"a condition nested more than {DEEPEST_NESTING} deep is too long",
                token,
                "give parts of it names under definitions",
                "condition-too-long",
            )

    def _refuse_after(self, name: Token) -> None:
        """Explain what people write after a name when they know other languages."""
        token, word = self.token, clipped(name.text)
        if token.text in ("is", "isnt", "equals", "contains"):
            hints = {
                "is": KNOWING,
                "isnt": KNOWING,
                "equals": "write ==",
                "contains": "write has",
            }
            self._fail(
                f"'{token.text}' is not a word of conditions",
                token,
                f"{hints[token.text]}{'; to compare, write ==' if token.text == 'is' else ''}",
            )
        if self._at("not"):
            self._fail("'not' stands before a condition", token, f"write not {word} in [a, b]")
        if self._at("("):
            hint = (
                KNOWING
                if name.text in _KNOWING_WORDS
                else "only at_least and count_now take parentheses"
            )
            self._fail(f"'{word}' takes no parentheses", name, hint)

    def _expected(self, wanted: str) -> NoReturn:
        found = f"'{clipped(self.token.text)}'" if not self._is("end") else "the end"
        self._fail(f"expected {wanted}, found {found}", self.token)

    def _fail(
        self, message: str, token: Token, hint: str = "", code: str = "condition-syntax"
    ) -> NoReturn:
        place = place_at(self.text, token.span.start)
        raise ConditionError([Problem(code, message, hint, place=place)])
