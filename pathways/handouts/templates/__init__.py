"""The looks of handouts, which a clinic may replace: Typst for PDF, Jinja2 for pages, a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pathways.errors import TemplateError, printable

LARGEST_TEMPLATE = 5_000_000
"""In bytes."""

FILES = ("handout.typ", "handout.html.jinja", "handout.docx")


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates in place of the shipped ones; None where the shipped one is used.

    Args:
        typst: Typst source of the PDF.
        html: Jinja2 source of the page.
        docx: Bytes of a Word file whose styles, head and foot are used.
    """

    typst: str | None = None
    html: str | None = None
    docx: bytes | None = None

    @classmethod
    def of(cls, folder: str | Path | None) -> Templates:
        """Return the templates in a folder.

        Args:
            folder: Holds one or more of ``handout.typ``, ``handout.html.jinja`` and ``handout.docx``;
                None: the shipped ones are used.

        Raises:
            TemplateError: There is none in it, or one cannot be read.
        """
        if folder is None:
            return cls()
        found = {name: _read(Path(folder) / name) for name in FILES}
        if not any(found.values()):
            raise TemplateError(
                printable(f"there is no template in the folder '{folder}'; ")
                + f"it has one or more of these: {', '.join(FILES)}"
            )
        typst, html, docx = (found[name] for name in FILES)
        return cls(_text(typst, FILES[0]), _text(html, FILES[1]), docx)


SHIPPED = Templates()
"""What is used where a clinic has no templates of its own."""


def _read(path: Path) -> bytes | None:
    if not path.is_file():
        return None
    if path.stat().st_size > LARGEST_TEMPLATE:
        raise TemplateError(
            printable(f"the template '{path}' is larger than {LARGEST_TEMPLATE:,} bytes")
        )
    return path.read_bytes()


def _text(data: bytes | None, name: str) -> str | None:
    if data is None:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TemplateError(f"the template {name} is not UTF-8 text") from error
