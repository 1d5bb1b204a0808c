"""Items of published standards, those alone that a program can decide from what a handout is made of.

Whether words are familiar, numbers clear or a picture helpful is for people to judge, with the whole
standard before them. What an item asks stands here in our words. Where we set a number that a standard
leaves open, the item says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathways.handouts.blocks import (
    Blank,
    Block,
    Bullets,
    Card,
    Figure,
    Handout,
    Notice,
    Section,
    Table,
    everything,
    plain_texts,
    walk,
    words_in,
)
from pathways.handouts.links import lines_in, links, web_address
from pathways.handouts.quality.model import Item, Verdict
from pathways.handouts.quality.reading import sentences
from pathways.language import say, speaking
from pathways.readability.formulas import sentences_of, words_of
from pathways.readability.grades import graded
from pathways.readability.patient_texts import PatientText

CDC = "CDC Clear Communication Index"
PEMAT = "AHRQ PEMAT-P"
IPDAS = "IPDAS version 4"

CDC_SOURCE = (
    "Centers for Disease Control and Prevention. Clear Communication Index, score sheet. "
    "https://www.cdc.gov/ccindex/"
)
PEMAT_SOURCE = (
    "Shoemaker SJ, Wolf MS, Brach C. The Patient Education Materials Assessment Tool (PEMAT) and "
    "user's guide. AHRQ Publication 14-0002-EF, 2013"
)
IPDAS_SOURCE = (
    "Joseph-Williams N and others. Toward minimum standards for certifying patient decision aids. "
    "Med Decis Making 2014;34:699-710"
)

SOURCES, QUESTIONS = "sources", "questions"
"""Keys of the sections that items look at."""

LONGEST_PART = 250
"""Most words between two headings."""
LONGEST_HEADING = 6
"""Most words in the heading of a column or row."""
MOST_PASSIVE = 0.2
"""Largest share of sentences in the passive voice."""

YOU = {
    "en": frozenset({"you", "your", "yours", "yourself"}),
    "es": frozenset({"usted", "ustedes", "su", "sus", "tú", "tu", "tus", "te", "le"}),
}
"""Words that speak to the reader."""

Decided = tuple[Verdict, str]


@dataclass(frozen=True, slots=True)
class _Rule:
    """An item and how it is decided."""

    id: str
    standard: str
    asks: str
    source: str
    decide: Callable[[Handout], Decided]


def items(handout: Handout) -> tuple[Item, ...]:
    """Return the items of standards with their verdicts, in the order of the standards.

    Args:
        handout: The handout.
    """
    return tuple(_item(rule, handout) for rule in _RULES)


def _item(rule: _Rule, handout: Handout) -> Item:
    verdict, why = _outside(rule, handout) or rule.decide(handout)
    return Item(rule.id, rule.standard, rule.asks, verdict, why, rule.source)


def _outside(rule: _Rule, handout: Handout) -> Decided | None:
    """Return why a standard is not meant for a handout; None when it is."""
    if handout.reader != "patient":
        return "not applicable", "the standard is for texts that patients read"
    if rule.standard == IPDAS and handout.kind != "patient":
        return "not applicable", "the handout is no aid for a decision"
    return None


def _said(holds: bool, yes: str, no: str) -> Decided:  # noqa: FBT001 - a verdict and its two reasons
    return ("yes", yes) if holds else ("no", no)


def _lists(handout: Handout) -> Decided:
    count = sum(isinstance(each, Bullets) for each in everything(handout))
    return _said(count > 0, f"{count} list(s)", "there is no list")


def _headings(handout: Handout) -> Decided:
    parts = [each for each in everything(handout) if isinstance(each, Section)]
    bare = [each.key for each in parts if not each.title.strip()]
    if len(parts) < 2:
        return "no", f"{len(parts)} part(s) with a heading"
    return _said(
        not bare, f"{len(parts)} parts, each with a heading", f"no heading: {', '.join(bare)}"
    )


def _active(handout: Handout) -> Decided:
    if handout.language.split("-")[0] != "en":
        return "not applicable", f"no rule for the passive voice in '{handout.language}'"
    texts = [*sentences(handout)]
    count = sum(len(sentences_of(text)) for text in texts)
    if not count:
        return "not applicable", "there is no sentence of ten words or more"
    passive = sum(len(graded(PatientText("", text), ()).passive) for text in texts)
    why = f"{passive} of {count} sentences look passive"
    return _said(passive <= MOST_PASSIVE * count, why, why)


def _short_parts(handout: Handout) -> Decided:
    parts = _parts(handout.title, (handout.emergency, *handout.sections))
    title, count = max(parts, key=lambda each: each[1])
    why = f"the longest has {count} words: '{title}'"
    return _said(count <= LONGEST_PART, why, why)


def _parts(title: str, blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
    """Yield each heading with the number of words under it, those under headings of their own apart.

    A list of sources is no text to read through, and is left out.
    """
    count = 0
    for block in blocks:
        if isinstance(block, Section) and block.key == SOURCES:
            continue
        if isinstance(block, Section | Notice | Card) and block.title:
            yield from _parts(block.title, block.blocks)
        else:
            count += sum(len(words_of(text)) for text in _texts([block]))
    yield title, count


def _captions(handout: Handout) -> Decided:
    shown = [each for each in everything(handout) if isinstance(each, Figure | Table)]
    if not shown:
        return "not applicable", "there is no picture and no table"
    bare = sum(not each.caption.strip() for each in shown)
    return _said(bare == 0, f"all {len(shown)} have one", f"{bare} of {len(shown)} have none")


def _table_headings(handout: Handout) -> Decided:
    tables = [each for each in everything(handout) if isinstance(each, Table)]
    if not tables:
        return "not applicable", "there is no table"
    headings = [
        text for each in tables for text in (*each.head, *(words_in(row[0]) for row in each.rows))
    ]
    wrong = [each for each in headings if not 0 < len(words_of(each)) <= LONGEST_HEADING]
    return _said(
        not wrong, f"{len(headings)} headings, each short", f"empty or long: '{'; '.join(wrong)}'"
    )


def _speaks_to_reader(handout: Handout) -> Decided:
    known = YOU.get(handout.language.split("-")[0])
    if known is None:
        return "not applicable", f"no list of such words in '{handout.language}'"
    words = [
        word.lower()
        for block in everything(handout)
        for text in plain_texts(block)
        for word in words_of(text)
    ]
    count = sum(word in known for word in words)
    return _said(count > 0, f"{count} such words", "there is no such word")


def _cards(handout: Handout) -> list[Card]:
    return [each for each in everything(handout) if isinstance(each, Card)]


def _options(handout: Handout) -> Decided:
    cards = _cards(handout)
    if not cards:
        return "not applicable", "the handout offers no choice"
    bare = [each.title for each in cards if not _texts(each.blocks)]
    return _said(not bare, f"{len(cards)} choices", f"not described: {', '.join(bare)}")


def _both_sides(handout: Handout) -> Decided:
    cards = _cards(handout)
    if not cards:
        return "not applicable", "the handout offers no choice"
    with speaking(handout.language):
        labels = (say("Good points:"), say("Bad points:"))
    # A choice that comes up again is told in brief: both sides stand where it was told first.
    sides = {each.title: set[str]() for each in cards}
    for each in cards:
        sides[each.title] |= {label for label in labels if _is_labelled(each, label)}
    bare = [title for title, found in sides.items() if len(found) < len(labels)]
    return _said(not bare, f"{len(sides)} choices, each with both", f"not both: {', '.join(bare)}")


def _is_labelled(card: Card, label: str) -> bool:
    """Return whether words stand after a bold label on a card."""
    return any(
        run.strong and run.text.strip() == label and not after.strong and bool(after.text.strip())
        for block in walk(card.blocks)
        for line in lines_in(block)
        for run, after in pairwise(line)
    )


def _sources(handout: Handout) -> Decided:
    found = [
        each for each in everything(handout) if isinstance(each, Section) and each.key == SOURCES
    ]
    named = sum(
        len(block.items)
        for each in found
        for block in walk(each.blocks)
        if isinstance(block, Bullets)
    )
    outward = sum(bool(web_address(href)) for href in links(handout))
    return _said(
        named > 0, f"{named} sources, {outward} web addresses", "no part named 'sources' lists any"
    )


def _date(handout: Handout) -> Decided:
    return _said(bool(handout.date.strip()), handout.date, "there is no date")


def _questions(handout: Handout) -> Decided:
    for each in everything(handout):
        if isinstance(each, Section) and each.key == QUESTIONS:
            found = [one for one in walk(each.blocks) if isinstance(one, Bullets | Blank)]
            if found:
                return "yes", f"part '{each.title}'"
    return "no", "no part named 'questions' has a list or lines to write on"


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [text for each in walk(blocks) for text in plain_texts(each) if text.strip()]


_RULES = (
    _Rule(
        "cdc-8", CDC, "There are lists, with bullets or numbers.", f"{CDC_SOURCE}, item 8", _lists
    ),
    _Rule(
        "cdc-9",
        CDC,
        "The text stands in parts, each under a heading.",
        f"{CDC_SOURCE}, item 9",
        _headings,
    ),
    _Rule(
        "pemat-5",
        PEMAT,
        "Sentences are in the active voice: by their form, at most one in five is passive (our limit).",
        f"{PEMAT_SOURCE}, item 5",
        _active,
    ),
    _Rule(
        "pemat-8",
        PEMAT,
        f"The text comes in short parts: at most {LONGEST_PART} words under a heading (our limit).",
        f"{PEMAT_SOURCE}, item 8",
        _short_parts,
    ),
    _Rule(
        "pemat-17",
        PEMAT,
        "Every picture and table has a title or caption; whether it is clear is not decided here.",
        f"{PEMAT_SOURCE}, item 17",
        _captions,
    ),
    _Rule(
        "pemat-19",
        PEMAT,
        "Columns and rows of tables have short headings: at most "
        f"{LONGEST_HEADING} words (our limit).",
        f"{PEMAT_SOURCE}, item 19",
        _table_headings,
    ),
    _Rule(
        "pemat-21",
        PEMAT,
        "The text speaks to the reader, with a word such as 'you'.",
        f"{PEMAT_SOURCE}, item 21",
        _speaks_to_reader,
    ),
    _Rule(
        "ipdas-options",
        IPDAS,
        "Each choice is described.",
        f"{IPDAS_SOURCE}, qualifying criterion on the options",
        _options,
    ),
    _Rule(
        "ipdas-both-sides",
        IPDAS,
        "Each choice has its good points and its bad points.",
        f"{IPDAS_SOURCE}, qualifying criteria on positive and negative features",
        _both_sides,
    ),
    _Rule(
        "ipdas-sources",
        IPDAS,
        "The sources are listed.",
        f"{IPDAS_SOURCE}, certifying criterion on citations",
        _sources,
    ),
    _Rule(
        "ipdas-date",
        IPDAS,
        "The day it was made is given.",
        f"{IPDAS_SOURCE}, certifying criterion on the date",
        _date,
    ),
    _Rule(
        "ipdas-questions",
        IPDAS,
        "There is a list of questions, or room to write them, for talking with a clinician.",
        f"{IPDAS_SOURCE}, quality criterion on guidance",
        _questions,
    ),
)
