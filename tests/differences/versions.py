"""Versions of one made-up pathway: the first as a file, the others as changes of its text."""

from __future__ import annotations

from pathlib import Path

from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import load, loads

FIRST = Path(__file__).parent / "files" / "knee-pain.yaml"
TEXT = FIRST.read_text("utf-8")


def first() -> ResolvedPathway:
    """Return the first version."""
    return load(FIRST)


def changed(*changes: tuple[str, str], version: str = "1.3.0") -> ResolvedPathway:
    """Return a version whose text was changed; every text to change is there."""
    return loads(changed_text(*changes, version=version), name="knee-pain.yaml")


def changed_text(*changes: tuple[str, str], version: str = "1.3.0") -> str:
    """Return the text of a version that was changed."""
    text = TEXT.replace("version: 1.2.0", f"version: {version}")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


BOUNDARY = ("weeks >= 12", "weeks > 12")
NO_FEVER = ("when: hot_knee or fever", "when: hot_knee")
SWAPPED = (
    """      - {to: surgery_talk, when: pattern == torn, label: Torn}
      - {to: long_care, when: pattern != torn, label: Not torn}
""",
    """      - {to: long_care, when: pattern == torn, label: Torn}
      - {to: surgery_talk, when: pattern != torn, label: Not torn}
""",
)
AGAINST = ("item: B-02, direction: for", "item: B-02, direction: against")
RENAMED = ("surgery_talk", "surgeon")
EARLIER_SHOT = ("when: pain >= 7", "when: pain >= 5")
NOT_ASSESSED = (
    "    reassess: [better]\n    next: [{to: done, when: better}, ",
    "    next: [{to: done, when: better}, ",
)
NO_WASHOUT = (
    """      - {to: washout, when: pain >= 5, label: Bad pain}
      - {to: long_care, when: pain < 5, label: Little pain}
""",
    "      - {to: long_care}\n",
)
NEW_STEP = (
    """  washout:
    kind: action
    category: surgery
    phase: later
    title: {clinician: Washout, patient: Keyhole operation}
    does: [clean_out]
    reassess: [better]
    next: [{to: done, when: better}, {to: long_care, when: not better}]
""",
    """  diary:
    kind: action
    category: education
    phase: later
    title: Pain diary
    next: [{to: long_care}]
""",
)
OTHER_RULE = (
    "{id: scan-before-washout, never: washout before scan, why: the target first}",
    "{id: scan-before-care, never: long_care before scan, why: the target first}",
)
TO_DIARY = ("      - {to: long_care}\n", "      - {to: diary}\n")
OTHER_WORDS = ("patient: How is it now?", "patient: Is it better now?")

CASES = {
    "boundary": (BOUNDARY,),
    "no-sign": (NO_FEVER,),
    "swapped": (SWAPPED,),
    "evidence": (AGAINST,),
    "renamed": (RENAMED,),
    "offer": (EARLIER_SHOT,),
    "not-assessed": (NOT_ASSESSED,),
    "words": (OTHER_WORDS,),
    "much": (
        BOUNDARY, NO_FEVER, SWAPPED, EARLIER_SHOT, NO_WASHOUT, NEW_STEP, OTHER_RULE, TO_DIARY,
        OTHER_WORDS, AGAINST,
    ),
}  # fmt: skip
"""Versions to compare with the first one."""
