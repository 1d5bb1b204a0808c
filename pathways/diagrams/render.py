"""DOT text drawn by Graphviz; the only file that loads it.

Graphviz comes with ``pygraphviz``, whose wheels bundle it. It is not safe for threads, and it reads
its fonts from the environment: one lock holds for every drawing, and while it holds, Graphviz sees
the shipped fonts alone, so that a picture is the same on every machine.
"""

from __future__ import annotations

import atexit
import os
import shutil
import struct
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal

from pathways.diagrams.fonts import FAMILY, FONT_FOLDER
from pathways.diagrams.pdf import without_date
from pathways.diagrams.svg import finish_svg
from pathways.errors import DrawingError, UnknownNameError

DrawnFormat = Literal["svg", "png", "pdf"]
DRAWN_FORMATS: tuple[DrawnFormat, ...] = ("svg", "png", "pdf")
DEFAULT_DPI = 144
LOWEST_DPI, HIGHEST_DPI = 36, 600
MOST_DOTS_A_SIDE = 32_000
"""Above this the drawing library makes the picture smaller without saying so."""

MOST_DOTS = 150_000_000
"""In the whole picture: four bytes each in memory."""

GRAPHVIZ_DPI = {"svg": 72, "pdf": 72}
FIXED_DATE = "946684800"
"""The date in every PDF, in seconds since 1970: 1 January 2000, so that bytes do not change."""

_LOCK = threading.Lock()

_FONT_SETTINGS = """<?xml version="1.0"?>
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>
    <edit name="hinting" mode="assign" binding="strong"><bool>false</bool></edit>
    <edit name="autohint" mode="assign" binding="strong"><bool>false</bool></edit>
  </match>
  <match target="font">
    <edit name="hinting" mode="assign" binding="strong"><bool>false</bool></edit>
  </match>
</fontconfig>
"""


def draw(
    dot_text: str,
    format: DrawnFormat = "svg",
    *,
    dpi: int = DEFAULT_DPI,
    title: str = "",
    description: str = "",
    language: str = "en",
) -> bytes:
    r"""Return DOT text drawn by Graphviz.

    Args:
        dot_text: The text of a graph (:func:`pathways.diagrams.dot.to_dot`).
        format: ``svg``, ``png`` or ``pdf``.
        dpi: Dots per inch of a PNG, 36 to 600.
        title: Short name of the picture, for an SVG.
        description: Everything it shows, in words, for an SVG.
        language: Language tag of the text, for an SVG.

    Returns:
        The bytes of the file: the same for the same text, on any thread and at any time.

    Raises:
        UnknownNameError: There is no such format.
        DrawingError: The resolution is out of range, or Graphviz cannot draw the text.

    Example:
        >>> draw("digraph { a -> b }", "png")[:4]
        b'\x89PNG'
    """
    if format not in DRAWN_FORMATS:
        raise UnknownNameError("format", format, DRAWN_FORMATS)
    if format == "png" and not LOWEST_DPI <= dpi <= HIGHEST_DPI:
        raise DrawingError(f"dpi is {dpi}; give {LOWEST_DPI} to {HIGHEST_DPI} dots per inch")
    with _LOCK, _shipped_fonts_only():
        data = _graphviz(dot_text, format, GRAPHVIZ_DPI.get(format, dpi))
    if format == "svg":
        return finish_svg(data, title=title, description=description, language=language)
    return _with_resolution(data, dpi) if format == "png" else without_date(data)


def _graphviz(dot_text: str, format: DrawnFormat, dpi: int) -> bytes:
    """Run the layout and the drawing; the lock must be held."""
    from pygraphviz import AGraph

    _first_drawing()
    try:
        graph = AGraph(string=dot_text)
        # From 1,000 nodes pygraphviz warns on standard error, which may be closed; pictures that
        # take long are refused before (``pictures.MOST_BOXES``).
        graph.number_of_nodes = lambda: 0
        if format == "png":
            _check_size(graph.draw(format="plain", prog="dot"), dpi)
            graph.graph_attr["dpi"] = str(dpi)
        return bytes(graph.draw(format=format, prog="dot"))
    except (ValueError, OSError, TypeError, AttributeError) as error:
        raise DrawingError(
            f"Graphviz could not draw the picture: {str(error) or type(error).__name__}; "
            "the DOT text may be broken, or the picture too large: try a smaller part"
        ) from error


def _check_size(plain: bytes, dpi: int) -> None:
    """Refuse a PNG that would have too many dots; say which resolution is possible."""
    width, height = (
        float(each) + 0.5 for each in plain.split(maxsplit=4)[2:4]
    )  # inches, with margin
    side, whole = max(width, height), width * height
    if side * dpi <= MOST_DOTS_A_SIDE and whole * dpi**2 <= MOST_DOTS:
        return
    most = int(min(MOST_DOTS_A_SIDE / side, (MOST_DOTS / whole) ** 0.5))
    raise DrawingError(
        f"the picture is {width:.0f} by {height:.0f} inches, too large for a PNG of {dpi} dots per "
        f"inch; give at most {most}, show a part, or choose svg or pdf"
    )


@cache
def _first_drawing() -> None:
    """Make Graphviz read the fonts once.

    Fontconfig prints warnings about the machine's own settings, which it lists but does not use;
    they would only confuse, so they are not shown.
    """
    from pygraphviz import AGraph

    with _without_warnings():
        AGraph(string=f'digraph {{ a [fontname="{FAMILY}"] }}').draw(format="svg", prog="dot")


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Send what libraries write to standard error nowhere, unless it is closed anyway."""
    try:
        saved = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)


@contextmanager
def _shipped_fonts_only() -> Iterator[None]:
    """Let Graphviz find the shipped fonts and no others; put the environment back afterwards."""
    settings = {
        "FONTCONFIG_FILE": str(_font_settings()),
        "PANGOCAIRO_BACKEND": "fc",
        "SOURCE_DATE_EPOCH": FIXED_DATE,
    }
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@cache
def _font_settings() -> Path:
    """Write the settings of fontconfig to a folder of this process; return the file.

    The fonts are copied there, because fontconfig leaves a mark (``.uuid``) in every folder of fonts
    that it may write to, and the installed package is not its place.
    """
    folder = Path(tempfile.mkdtemp(prefix="care-pathways-"))
    atexit.register(_remove, folder, os.getpid())
    fonts = folder / "fonts"
    fonts.mkdir()
    for font in sorted(FONT_FOLDER.glob("*.ttf")):
        shutil.copyfile(font, fonts / font.name)
    file = folder / "fonts.conf"
    text = _FONT_SETTINGS.format(
        fonts=escape(str(fonts)), cache=escape(str(folder / "cache")), family=FAMILY
    )
    file.write_text(text, encoding="utf-8")
    return file


def _remove(folder: Path, owner: int) -> None:
    """Remove a folder, in the process that made it: a forked child leaves it to its parent."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _with_resolution(png: bytes, dpi: int) -> bytes:
    """Return a PNG that says how large it is on paper (chunk ``pHYs``, dots per metre).

    Source: W3C, Portable Network Graphics (PNG) Specification, section 11.3.4.3.
    """
    per_metre = round(dpi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    header_end = 8 + 25
    return png[:header_end] + chunk + png[header_end:]
