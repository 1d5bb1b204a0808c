"""A handout made by hand with every kind of block, for the tests of all writers."""

from __future__ import annotations

import zlib
from functools import cache
from struct import pack

from pathways.diagrams.finished import Picture
from pathways.diagrams.model import Arrow, Box, Diagram
from pathways.diagrams.pagination.plates import plates
from pathways.diagrams.pictures import style_of
from pathways.handouts.blocks import (
    Blank,
    Bullets,
    Card,
    Figure,
    Handout,
    Letterhead,
    Notice,
    Paragraph,
    Run,
    Section,
    Table,
    Term,
    Terms,
    labelled,
    text_of,
)
from pathways.handouts.sizes import PROFILE_NAMES, room

TITLE = "Back pain: what happens next"


def sample(profile: str = "clear-print", language: str = "en") -> Handout:
    """Return a handout with every kind of block, in two levels of sections, with a letterhead.

    Args:
        profile: ``standard``, ``clear-print`` or ``large-print``.
        language: Language tag.
    """
    return Handout(
        kind="patient",
        title=TITLE,
        subtitle="The first six weeks",
        language=language,
        reader="patient",
        profile=profile,
        paper="letter" if language == "en-US" else "a4",
        pathway="back-pain",
        version="1.2.0",
        date="3 March 2025",
        status="Draft: not yet reviewed by clinicians",
        advice="This is information. It does not replace the advice of your clinician.",
        emergency=_emergency(),
        sections=(_steps(profile), _choices(), _questions(), _sources()),
        letterhead=Letterhead(
            name="Riverside Clinic",
            contact=("Telephone 01234 567890", "Monday to Friday, 8 am to 6 pm"),
            logo=logo(),
            logo_alt="A blue square: the sign of Riverside Clinic",
            colour="#005EB8",
        ),
        reminder="Warning signs? See page 1",
    )


def _emergency() -> Notice:
    return Notice(
        "emergency",
        "When to get help now",
        (
            Paragraph((Run("Call the emergency number if you have any of these:", strong=True),)),
            Bullets(
                (
                    text_of("You cannot pass urine."),
                    text_of("Both legs are getting weak."),
                    text_of("You feel numb between your legs."),
                )
            ),
            Paragraph(text_of("Do not wait for your next visit.")),
        ),
    )


def _steps(profile: str) -> Section:
    return Section(
        "steps",
        "What happens, step by step",
        (
            Paragraph(text_of("Most back pain gets better within six weeks."), "lead"),
            Paragraph(
                (
                    Run("Keep moving. "),
                    Run("It helps more than rest", strong=True),
                    Run(": see "),
                    Run("your choices", href="#choices"),
                    Run(" and "),
                    Run(
                        "the guideline of NICE",
                        href="https://www.nice.org.uk/guidance/ng59?a=1&b=2",
                    ),
                    Run("."),
                )
            ),
            Figure(
                "picture-1",
                _picture(profile),
                "Picture 1: From the first visit to a plan",
                "A chart of three steps. The first visit leads to a question and then to a plan.",
                (
                    "1. First visit. Then go to step 2.",
                    "2. Is it better? If yes, go to step 3. If no, go to step 1.",
                    "3. Keep well.",
                ),
            ),
            Bullets(
                (
                    text_of("See your clinician."),
                    labelled("Walk:", "ten minutes a day."),
                    text_of("Come back in two weeks."),
                ),
                ordered=True,
            ),
            Section(
                "words",
                "Words on this page",
                (
                    Terms(
                        (
                            Term("Disc", text_of("A soft pad between two bones of the back.")),
                            Term("Sciatica", text_of("Pain that runs down one leg.")),
                        )
                    ),
                    Section(
                        "more_words",
                        "How they are said",
                        (Paragraph(text_of("Sciatica: say “sy-AT-ik-a”."), "small"),),
                    ),
                ),
            ),
        ),
    )


def _choices() -> Section:
    return Section(
        "choices",
        "Your choices",
        (
            Card(
                "Exercise",
                "supported",
                "Guidelines support it",
                (
                    Paragraph(text_of("Exercise makes your back strong.")),
                    Paragraph(labelled("Good points:", "3 guidelines are for it.")),
                    Paragraph(labelled("Bad points:", "We found no guideline against it.")),
                    Bullets((text_of("Begin slowly."), text_of("Stop if you feel ill."))),
                ),
            ),
            Card(
                "Bed rest",
                "advised_against",
                "Guidelines advise against it",
                (Paragraph(text_of("Bed rest makes muscles weak.")),),
            ),
            Card("Tape", None, "", (Paragraph(text_of("Some people wear tape.")),)),
            Notice(
                "urgent",
                "See a clinician within days",
                (Paragraph(text_of("If the pain wakes you each night.")),),
            ),
            Notice(
                "caution",
                "Take care with tablets",
                (Paragraph(text_of("Tell us which medicines you take.")),),
            ),
            Notice("note", "Good to know", (Paragraph(text_of("Pain does not mean harm.")),)),
            Table(
                "Table 1: Choices side by side",
                ("Choice", "What it is", "How long it may help"),
                (
                    (
                        text_of("Exercise"),
                        text_of("Moving, with a plan that fits you"),
                        (Run("Months", strong=True), Run(" and longer")),
                    ),
                    (text_of("Heat"), text_of("A warm pack on the back"), text_of("Hours")),
                    (text_of("Tablets"), text_of("Medicine against pain"), text_of("4–6 hours")),
                ),
                (0.2, 0.5, 0.3),
            ),
        ),
    )


def _questions() -> Section:
    return Section(
        "questions",
        "Your questions",
        (
            Paragraph(text_of("Write down what you want to ask.")),
            Blank("My questions", 3),
            Blank("My next visit", 1, "Monday, 10 March"),
        ),
    )


def _sources() -> Section:
    return Section(
        "sources",
        "Where this comes from",
        (
            Paragraph(
                text_of(
                    "Signs that must survive: 5 < 7 > 3 & 2 * 2 = 4 _ [x] #1 | ~ \\ ` é ü ≥ → “q”."
                ),
                "small",
            ),
            Bullets(
                (
                    (
                        Run("NICE guideline NG59, 2020: "),
                        Run("nice.org.uk", href="https://www.nice.org.uk/guidance/ng59"),
                    ),
                )
            ),
        ),
    )


@cache
def _picture(profile: str) -> Picture:
    boxes = (
        Box("visit", 1, "clinical_state", "First visit", is_start=True),
        Box("better", 2, "decision", "Is it better?"),
        Box("well", 3, "end", "Keep well", "Come back if you need to"),
    )
    arrows = (
        Arrow("visit/0", "visit", "better"),
        Arrow("better/0", "better", "well", "Yes"),
    )
    diagram = Diagram("back-pain", "Back pain", "", "Draft.", "patient", boxes, arrows)
    style, space = style_of(profile=PROFILE_NAMES[profile]), room(profile, "a4")
    (sheet,) = plates(diagram, style, width=space.width, height=space.height)
    return Picture(sheet, style)


def logo() -> bytes:
    """Return a PNG of 40 by 20 blue dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\x00\x5e\xb8" * 40) * 20
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", pack(">IIBBBBB", 40, 20, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )
