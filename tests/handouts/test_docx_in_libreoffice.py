"""Word files as LibreOffice shows them: they open, nothing is lost, pages are full."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from pathways.handouts.blocks import everything, plain_texts
from pathways.handouts.writers.docx import to_docx
from tests.handouts.sample import sample

SOFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]


@pytest.mark.parametrize(
    ("profile", "most"), [("standard", 3), ("clear-print", 3), ("large-print", 5)]
)
def test_pages_hold_every_text(tmp_path: Path, profile: str, most: int) -> None:
    handout = sample(profile)
    pages = printed(to_docx(handout), tmp_path)
    assert 2 <= len(pages) <= most
    whole = squeezed(" ".join(pages))
    for block in everything(handout):
        for text in plain_texts(block):
            assert squeezed(text) in whole, text
    for number, page in enumerate(pages, start=1):
        assert squeezed(f"Page {number} of {len(pages)}") in squeezed(page)
        assert squeezed(handout.advice) in squeezed(page)
        assert squeezed(handout.status) in squeezed(page)


def printed(content: bytes, folder: Path) -> list[str]:
    """Return the text of every page."""
    (folder / "handout.docx").write_bytes(content)
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "handout.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pdf = pypdfium2.PdfDocument(folder / "handout.pdf")
    try:
        return [page.get_textpage().get_text_bounded() for page in pdf]
    finally:
        pdf.close()


def squeezed(text: str) -> str:
    """Return text without spaces and without hyphens that end lines."""
    return re.sub(r"[\s\ufffe\u0002]+", "", text)
