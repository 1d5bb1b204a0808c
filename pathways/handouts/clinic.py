"""A clinic's own file: its name and contact, country, colour, texts of its own, what it leaves out."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from pathways.diagrams.drawing.contrast import contrast
from pathways.errors import DocumentError, Problem, UnknownNameError, did_you_mean
from pathways.handouts.blocks import Letterhead
from pathways.handouts.logos import logo_fault, logo_format
from pathways.model.words import FormatVersion, Record, Sentence, Text
from pathways.reading.files import inside, read_file
from pathways.reading.marks import read_yaml
from pathways.reading.reports import in_file_order
from pathways.reading.structure import build

EMERGENCY_NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("US", "CA", "MX", "PR", "PA", "CR", "AR", "UY", "PE", "EC", "PY"), "911"),
        **dict.fromkeys(("GB", "IE", "MT"), "999"),
        **dict.fromkeys(
            ("ES", "FR", "DE", "IT", "PT", "NL", "BE", "AT", "SE", "FI", "DK", "PL"), "112"
        ),
        **dict.fromkeys(("IN",), "112"),
        **dict.fromkeys(("CO",), "123"),
        **dict.fromkeys(("AU",), "000"),
        **dict.fromkeys(("NZ",), "111"),
    }
)
"""Numbers of emergency services by country (ISO 3166-1 alpha-2). A clinic writes its own where none is
listed; nothing is guessed."""

LEFT_OUT_NEVER = ("emergency",)
KEYS = (
    "about",
    "where",
    "treatment",
    "next",
    "how_sure",
    "parts",
    "self_care",
    "questions",
    "differ",
    "words",
    "sources",
)
"""Sections that can be left out, or that a text of the clinic can follow."""

LEAST_CONTRAST = 4.5
LARGEST_LOGO = 400_000
"""In bytes."""


def _form(pattern: str, hint: str) -> AfterValidator:
    """Return what refuses a text of another form, and says how to write it."""

    def fits(text: str) -> str:
        if re.fullmatch(pattern, text, re.ASCII) is None:
            raise PydanticCustomError("form", hint)
        return text

    return AfterValidator(fits)


class Extra(Record):
    """A text of the clinic's own."""

    title: Text
    text: Text
    after: str = Field(default="next", description="Key of the section it follows.")


class Clinic(Record):
    """A file of a clinic."""

    format: FormatVersion = Field(default="1", description="Version of the file format: 1.")
    name: Annotated[str, StringConstraints(max_length=120)] = Field(
        default="", description="Its name."
    )
    contact: tuple[Sentence, ...] = Field(
        default=(), max_length=6, description="Telephone, hours, address."
    )
    logo: str | None = Field(
        default=None, description="PNG or SVG file in the folder of this file."
    )
    logo_alt: str = Field(default="", description="What the logo shows.")
    colour: Annotated[str, _form(r"#[0-9A-Fa-f]{6}", "write # and six digits, such as #1F4E79")] = (
        Field(
            default="#1F4E79",
            description="Colour of headings; it must stand out from white by 4.5 to 1.",
        )
    )
    country: Annotated[str, _form(r"[A-Z]{2}", "write two letters, such as GB")] | None = Field(
        default=None, description="Two letters (ISO 3166-1); gives the emergency number."
    )
    emergency_number: (
        Annotated[str, _form(r"[0-9][0-9 -]{1,14}", "write a number, such as 112")] | None
    ) = Field(default=None, description="The number to call; comes before that of the country.")
    leave_out: tuple[str, ...] = Field(default=(), description="Keys of sections to leave out.")
    extra: tuple[Extra, ...] = Field(default=(), description="Texts of its own.")
    funding: str = Field(default="", description="Who paid for the handout.")

    @property
    def number_to_call(self) -> str:
        """The emergency number; empty where none is known."""
        return self.emergency_number or EMERGENCY_NUMBERS.get(self.country or "", "")


@dataclass(frozen=True)
class ReadClinic:
    """A clinic's file with its logo.

    Args:
        clinic: What the file says.
        logo: The bytes of the logo; empty: none.
    """

    clinic: Clinic = field(default_factory=Clinic)
    logo: bytes = b""

    def leaving_out(self, keys: Iterable[str]) -> ReadClinic:
        """Return the same with more sections left out.

        Args:
            keys: Keys of sections.

        Raises:
            UnknownNameError: There is no such section, or it is the emergency box.
        """
        more = tuple(keys)
        for key in more:
            if key not in KEYS:
                raise UnknownNameError("section that can be left out", key, KEYS)
        left_out = (*self.clinic.leave_out, *more)
        return replace(self, clinic=self.clinic.model_copy(update={"leave_out": left_out}))

    @property
    def letterhead(self) -> Letterhead:
        """What stands at the head of a handout."""
        return Letterhead(
            self.clinic.name,
            self.clinic.contact,
            self.logo,
            self.clinic.logo_alt,
            self.clinic.colour,
        )


def load_clinic(path: FilePath) -> ReadClinic:
    """Read a clinic's file.

    Args:
        path: The YAML file; its logo stands in the same folder or below it.

    Raises:
        DocumentError: The file has faults; all of them are listed.
    """
    marked = read_yaml(read_file(path, str(path)), str(path))
    built = build(marked, Clinic)
    if built.model is None:
        raise DocumentError(built.problems)
    logo, faults = _logo(built.model, path.parent)
    problems = [
        *built.problems,
        *(
            Problem(code, message, hint, key, built.marked.place((key,)))
            for code, message, hint, key in (*_faults(built.model), *faults)
        ),
    ]
    if problems:
        raise DocumentError(in_file_order(problems))
    return ReadClinic(built.model, logo)


Fault = tuple[str, str, str, str]
"""Code, message, hint and key."""


def _faults(clinic: Clinic) -> Iterator[Fault]:
    """Yield what does not fit in a clinic's file, beyond the form of its values."""
    ratio = contrast(clinic.colour, "#FFFFFF")
    if ratio < LEAST_CONTRAST:
        yield (
            "clinic-colour",
            f"the colour {clinic.colour} stands out from white by {ratio:.1f} to 1 only; headings need {LEAST_CONTRAST} to 1 (WCAG 2.2)",
            "choose a darker one",
            "colour",
        )
    if clinic.country and not clinic.number_to_call:
        yield (
            "clinic-country",
            f"the emergency number of '{clinic.country}' is not known here",
            "write it as 'emergency_number'",
            "country",
        )
    for key in clinic.leave_out:
        if key in LEFT_OUT_NEVER:
            yield (
                "clinic-emergency",
                "the emergency box cannot be left out",
                "leave out other sections",
                "leave_out",
            )
        elif key not in KEYS:
            yield (
                "clinic-section",
                f"there is no section '{key}'",
                did_you_mean(key, KEYS),
                "leave_out",
            )
    for each in clinic.extra:
        if each.after not in KEYS:
            yield (
                "clinic-section",
                f"there is no section '{each.after}'",
                did_you_mean(each.after, KEYS),
                "extra",
            )


def _logo(clinic: Clinic, folder: FilePath) -> tuple[bytes, list[Fault]]:
    """Return the logo of a clinic, and what is wrong with it."""
    if clinic.logo is None:
        return b"", []
    path = inside(folder, clinic.logo)
    if path is None:
        hint = "give a PNG or SVG file in the folder of this file, or below it"
        return b"", [("clinic-logo", f"there is no file '{clinic.logo}'", hint, "logo")]
    data = path.read_bytes() if path.stat().st_size <= LARGEST_LOGO else b""
    data = data.removeprefix(BOM_UTF8)
    if not data or logo_format(data) is None:
        message = f"'{clinic.logo}' is no PNG or SVG of at most {LARGEST_LOGO:,} bytes"
        return b"", [("clinic-logo", message, "save it as a small PNG or SVG", "logo")]
    fault = logo_fault(data)
    if fault:
        hint = "save it as a small PNG or SVG that stands alone"
        return b"", [("clinic-logo", f"'{clinic.logo}' {fault}", hint, "logo")]
    if not clinic.logo_alt.strip():
        message = "the logo has no text alternative"
        return b"", [("clinic-logo", message, "say what it shows as 'logo_alt'", "logo")]
    return data, []
