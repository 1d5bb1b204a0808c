"""Every fixed text that the source says has its Spanish; conditions in Spanish hold no English."""

from __future__ import annotations

import re
from random import Random

import pytest

from pathways import load
from pathways.conditions import describe, parse
from pathways.conditions.scope import FindingShape, Reader, Scope
from pathways.language import speaking
from pathways.language.messages import catalogue
from pathways.translation.files import library_translations
from tests.language.said import all_said, said_unseen

SAID = all_said()
SPANISH = catalogue("es")
NAME = re.compile(r"\{\w*\}")
WORD = re.compile(r"[^\W\d_]+")


def test_the_source_is_really_read() -> None:
    assert len({each.text for each in SAID}) > 550
    files = {each.where.partition(":")[0].partition("/")[0] for each in SAID}
    assert files >= {"conditions", "diagrams", "handouts", "model", "patients", "reports"}


def test_texts_are_said_where_they_can_be_found() -> None:
    # The explorer names the values of a history, which are words of conditions.
    assert set(said_unseen()) <= {"explorer/questions.py"}


def test_everything_said_is_in_spanish() -> None:
    missing = {
        f"{each.where}: {each.text}" for each in SAID if not SPANISH.get((each.context, each.text))
    }
    assert not missing


def test_nothing_is_in_spanish_that_is_said_no_more() -> None:
    assert set(SPANISH) <= {(each.context, each.text) for each in SAID}


@pytest.mark.parametrize(("context", "english"), sorted(SPANISH))
def test_a_translation_fits_its_text(context: str, english: str) -> None:
    spanish = SPANISH[context, english]
    assert set(NAME.findall(spanish)) == set(NAME.findall(english))
    assert re.findall(r"\d+", NAME.sub("", spanish)) == re.findall(r"\d+", NAME.sub("", english))
    assert spanish[:1].isspace() == english[:1].isspace()
    assert spanish[-1:].isspace() == english[-1:].isspace()
    for sign in (".", "?", ":"):
        assert spanish.rstrip().endswith(sign) == english.rstrip().endswith(sign)
    assert ("¿" in spanish) == ("?" in english)
    first, other = spanish.strip(" ¿“;,")[:1], english.strip(" “;,")[:1]
    assert first.isupper() == other.isupper() or "MME" in english


def test_titles_do_not_change_with_english_rules() -> None:
    pathway = load("severe-back-pain").in_language("es")
    for reader in ("clinician", "patient"):
        with speaking("es"):
            said = describe(parse("count_now(nsaid) >= 2"), pathway.scope, reader)
        title = pathway.catalogue.classes["nsaid"].title.to(reader)
        assert said == f"toma ahora al menos 2 de este grupo: {title}"


def leaf(random: Random, scope: Scope) -> str:
    """Return a random leaf over what a pathway knows."""
    if random.random() < 0.15:
        group = random.choice(sorted(scope.classes))
        number = random.randrange(4)
        return random.choice(
            [f"any {group} {random.choice(['now', 'stopped', 'tried', 'never'])}",
             f"count_now({group}) {random.choice(['<', '<=', '>', '>=', '==', '!='])} {number}"]
        )  # fmt: skip
    shape: FindingShape = scope.findings[random.choice(sorted(scope.findings))]
    option = random.choice(shape.options or ("",))
    match shape.type:
        case "yes_no":
            return shape.name
        case "one_of":
            return f"{shape.name} {random.choice(['==', '!='])} {option}"
        case "several_of":
            return f"{shape.name} has {option}"
        case _:
            low = int(shape.low or 0)
            high = min(low + 3, int(shape.high or low + 3))
            compared = random.choice(["<", "<=", ">", ">=", "==", "!="])
            unit = "%" if shape.unit == "percent" else ""
            return random.choice(
                [f"{shape.name} {compared} {low + 1}{unit}",
                 f"{low}{unit} {random.choice(['<', '<='])} {shape.name} {random.choice(['<', '<='])} {high}{unit}"]
            )  # fmt: skip


def condition(random: Random, scope: Scope, depth: int = 3) -> str:
    if depth == 0 or random.random() < 0.3:
        return leaf(random, scope)
    parts = [condition(random, scope, depth - 1) for _ in range(random.randint(2, 3))]
    form = random.choice(["and", "or", "not", "at_least"])
    if form == "not":
        return f"not ({parts[0]})"
    if form == "at_least":
        return f"at_least({random.randint(1, len(parts))}, {', '.join(parts)})"
    return "(" + f" {form} ".join(parts) + ")"


@pytest.fixture(scope="module")
def spanish_scope() -> Scope:
    return load("severe-back-pain").in_language("es").scope


def translated_only(scope: Scope) -> Scope:
    """Leave out findings some of whose words have no translation: they are marked as English."""
    findings = {
        name: shape
        for name, shape in scope.findings.items()
        if "[en]" not in repr(shape.wording["patient"])
    }
    return Scope(findings, scope.definitions, scope.classes)


def test_random_conditions_hold_no_english_word(spanish_scope: Scope) -> None:
    scope = translated_only(spanish_scope)
    assert len(scope.findings) > 200
    spanish = {
        word.lower()
        for text in (*SPANISH.values(), *library_translations("es").known.values())
        for word in WORD.findall(text)
    }
    fixed = {
        word.lower()
        for each in SAID
        if each.where.startswith(("conditions", "model", "language"))
        for word in WORD.findall(NAME.sub("", each.text))
    }
    english = fixed - spanish
    assert {"either", "both", "these", "least", "weeks", "taken", "you"} <= english
    random = Random(7)
    for _ in range(3000):
        text = condition(random, scope)
        with speaking("es"):
            said = describe(parse(text), scope, "patient")
        found = english & {word.lower() for word in WORD.findall(said)}
        assert not found, (text, said)
        assert "{" not in said, (text, said)


@pytest.mark.parametrize("reader", ["clinician", "patient"])
def test_conditions_of_different_grouping_are_said_differently(
    spanish_scope: Scope, reader: Reader
) -> None:
    a, b, c = "rf_fever", "rf_foot_drop", "rf_leg_weak"
    texts = [
        f"{a} and {b} and {c}", f"{a} or {b} or {c}", f"{a} and ({b} or {c})", f"({a} and {b}) or {c}",
        f"({a} or {b}) and {c}", f"{a} or ({b} and {c})", f"at_least(2, {a}, {b}, {c})",
        f"not ({a} and {b}) and {c}", f"not ({a} or {b}) or {c}",
    ]  # fmt: skip
    with speaking("es"):
        said = [describe(parse(text), spanish_scope, reader) for text in texts]
    assert len(set(said)) == len(texts)
