"""Make the fonts that ship with the package, and their table of widths, from the variable Arimo.

Run by hand when the font changes; the tests compare the table with the fonts::

    pip download --no-deps fontpkg-arimo==1.341 && unzip fontpkg_arimo-1.341*.whl -d arimo
    python tests/diagrams/make_fonts.py arimo/fontpkg_arimo

Without a folder only the fonts for inside an SVG are made anew, from those that ship; that is enough
when their characters change (``pathways/diagrams/fonts/embedded.py``). They need ``brotli``.

Arimo is under the SIL Open Font License without a reserved name, so what is cut from it may keep its
name; each file carries copyright and licence in its table of names (names 0, 13 and 14).
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from pathways.diagrams.fonts.embedded import CHARACTERS, WEIGHTS

TARGET = Path(__file__).parents[2] / "pathways" / "diagrams" / "fonts"
KEPT = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x04FF),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like
    (0x2150, 0x218F),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # maths
    (0x25A0, 0x25FF),  # shapes
)


def make(folder: Path, style: str, weight: int) -> None:
    """Write one static font cut to the characters we show."""
    source = TTFont(folder / "files" / "Arimo[wght].ttf", recalcTimestamp=False)
    font = instantiateVariableFont(source, {"wght": weight}, updateFontNames=True)
    cut(font, [code for low, high in KEPT for code in range(low, high + 1)])
    font["head"].modified = font["head"].created
    save(font, TARGET / f"Arimo-{style}.ttf")


def make_embedded(style: str) -> None:
    """Write the font for inside an SVG: a shipped one cut to fewer characters and compressed."""
    font = TTFont(TARGET / f"Arimo-{style}.ttf", recalcTimestamp=False)
    cut(font, [ord(character) for character in CHARACTERS])
    font.flavor = "woff2"
    save(font, TARGET / f"Arimo-{style}.subset.woff2")


def cut(font: TTFont, characters: list[int]) -> None:
    """Leave only some characters in a font, and nothing that lays them out."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.recalc_timestamp = False
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "DSIG"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)


def save(font: TTFont, file: Path) -> None:
    """Write a font; the same font gives the same bytes."""
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=font.flavor is None)
    file.write_bytes(buffer.getvalue())


def advances(style: str) -> dict[str, int]:
    """Return the width of every character of one font, in units of the font."""
    font = TTFont(TARGET / f"Arimo-{style}.ttf")
    widths = font["hmtx"]
    return {str(code): widths[name][0] for code, name in sorted(font.getBestCmap().items())}


def main(folder: Path | None) -> None:
    """Write the fonts, their licence and the table; without a folder, only the fonts for an SVG."""
    if folder:
        for style, weight in WEIGHTS.items():
            make(folder, style, weight)
        (TARGET / "OFL.txt").write_bytes((folder / "LICENSE").read_bytes())
        units = TTFont(TARGET / "Arimo-Regular.ttf")["head"].unitsPerEm
        table = {"units_per_em": units, **{style.lower(): advances(style) for style in WEIGHTS}}
        (TARGET / "advances.json").write_text(json.dumps(table, separators=(",", ":")) + "\n")
    for style in WEIGHTS:
        make_embedded(style)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
