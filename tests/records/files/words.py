"""The words that test records are checked against: those of the library, and derived findings."""

from __future__ import annotations

from typing import Any

from pathways.model.catalogue import Catalogue
from pathways.model.findings import Finding
from pathways.model.pathway import make_scope
from pathways.reading.catalogues import library_catalogue
from pathways.reading.resolve import merge
from pathways.records.vocabulary import Vocabulary


def number(unit: str, **more: Any) -> Finding:
    """A finding of type number, from -1000 to 1000 unless said otherwise."""
    given = {"kind": "status", "range": ["-1000", "1000"], **more}
    return Finding(title="N", question="N?", type="number", unit=unit, **given)


def derived(unit: str, function: str, of: list[str], **more: Any) -> Finding:
    """A finding computed from others."""
    return number(unit, derived={"function": function, "of": of}, **more)


def sign(kind: str = "watch", **more: Any) -> Finding:
    """A warning sign that is valid for 10 days."""
    given: dict[str, Any] = {"type": "yes_no", "level": "urgent", **more}
    return Finding(
        title="S", question="S?", kind=kind, valid_for={"amount": "10", "unit": "days"}, **given
    )


OPTIONS = {
    "calm": {"title": "Calm"},
    "alarming": {"title": "Alarming", "level": "urgent"},
    "none": {"title": "None"},
}

GRADES = {
    "calm": {"title": "Calm"},
    "mild": {"title": "Mild", "level": "soon"},
    "grave": {"title": "Grave", "level": "emergency"},
}

OWN = {
    "weight": number("kg"),
    "height": number("cm"),
    "pain_before": number("points", kind="result"),
    "pain_change": derived("percent", "change_pct", ["pain_now", "pain_before"], step="1"),
    "pain_points_less": derived("points", "difference", ["pain_before", "pain_now"]),
    "mass_index": derived("kg/m2", "bmi", ["weight", "height"], range=["0", "99"]),
    "days_since_a": number("days", kind="time"),
    "days_since_b": number("days", kind="time"),
    "weeks_a_to_b": derived("weeks", "weeks_between", ["days_since_a", "days_since_b"]),
    "years_a_to_b": derived("years", "years_between", ["days_since_a", "days_since_b"]),
    "change_of_change": derived("points", "difference", ["pain_change", "pain_change"]),
    "trait_sign": sign("trait"),
    "watch_sign": sign(),
    "word_sign": sign(type="one_of", level=None, options=OPTIONS),
    "graded_sign": sign(type="one_of", level=None, options=GRADES),
    "part_sign": sign(type="several_of", level=None, options=OPTIONS),
    "age": number("years", kind="time", range=["0", "120"]),
    "half_years": number("years", kind="time", range=["0", "10"], step="0.5"),
    "months_ill": number("months", kind="time", range=["0", "100"]),
    "hours_ill": number("hours", kind="time", range=["0", "100"]),
}


def vocabulary() -> Vocabulary:
    """The library and the findings above."""
    own = Catalogue.model_construct(_fields_set=None, findings=OWN)
    catalogue = merge([own, library_catalogue()])
    return Vocabulary(catalogue, make_scope(catalogue, catalogue.definitions))


WORDS = vocabulary()
