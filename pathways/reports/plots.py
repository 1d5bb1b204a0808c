"""Numbers of a table as bars, for notebooks: told apart by hatching and words, not by colour alone.

matplotlib draws it; it comes with the extras ``notebook`` and ``test``.
"""

from __future__ import annotations

import io
import textwrap
from base64 import b64encode
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathways.diagrams.characters import clean
from pathways.errors import PathwayError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer

FONTS = Path(__file__).parents[1] / "diagrams" / "fonts"
FAMILY = ["Arimo", "Arial", "Liberation Sans", "Helvetica"]

MOST_SERIES = 6
MOST_BARS = 40
_LOOKS = (
    ("#B9DCEF", ""),
    ("#F6C99F", "///"),
    ("#DDDDDD", "\\\\\\"),
    ("#CFE8C6", "xx"),
    ("#F3E9A2", "---"),
    ("#E5CBE1", "|||"),
)
"""Fill and hatching of each series, in order: pale enough for dark figures to be read on them."""

_EDGE = "#17212B"
_PER_BAR = 0.36
"""Height of a bar with the space below it, in inches."""

PNG_DPI = 110


@dataclass(frozen=True)
class Plot:
    """A finished plot; notebooks show it.

    Args:
        title: What it shows.
        words: The same in words, for who does not see it.
        svg: As SVG.
        png: As PNG.
    """

    title: str
    words: str
    svg: str
    png: bytes

    def __repr__(self) -> str:
        return f"<Plot of {self.title.replace('<', '').replace('>', '')}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        """Show SVG, and PNG for notebooks that are not trusted."""
        return {
            "text/plain": repr(self),
            "image/svg+xml": self.svg,
            "image/png": b64encode(self.png).decode("ascii"),
        }


def bars(frame: pd.DataFrame, title: str, unit: str, *, to_the_left: Collection[str] = ()) -> Plot:
    """Draw the numbers of a table as bars, one row each, its columns beside each other in it.

    Args:
        frame: Whole numbers, 0 or more; index and columns are words.
        title: What the plot shows.
        unit: What is counted, in words.
        to_the_left: Columns that go to the left of the middle line, the others to its right.

    Returns:
        The plot; the same table gives the same bytes. Every part has its number in it, and the first
        row is at the top.

    Raises:
        PathwayError: The table is empty or too large, or a number is negative.
        PathwayError: matplotlib is not there.
        UnknownNameError: It has no such column.

    Example:
        >>> import pandas
        >>> table = pandas.DataFrame({"for": [3, 1], "against": [0, 2]}, index=["heat", "massage"])
        >>> bars(table, "Sources", "sources", to_the_left=["against"]).words
        'Sources. heat: for 3. massage: for 1, against 2.'
    """
    try:
        import matplotlib as mpl
        from matplotlib import font_manager
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError:
        raise PathwayError(
            "plots need matplotlib; get it with: pip install 'care-pathways[notebook]'"
        ) from None
    _refuse(frame, to_the_left)
    for name in ("Arimo-Regular.ttf", "Arimo-Bold.ttf"):
        font_manager.fontManager.addfont(FONTS / name)
    words = _words(frame, title)
    settings: Any = {
        "font.family": "sans-serif",
        "font.sans-serif": FAMILY,
        "font.size": 11,
        "svg.fonttype": "none",
        "svg.hashsalt": "pathways",
        "hatch.linewidth": 0.6,
        "hatch.color": "#5A6570",
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(9, 1.5 + _PER_BAR * len(frame)), layout="constrained")
        _draw(figure.add_subplot(), frame, unit, to_the_left)
        figure.suptitle(title, fontsize=13, fontweight="bold", x=0.01, ha="left")
        engine = figure.get_layout_engine()
        assert isinstance(engine, ConstrainedLayoutEngine)
        engine.set(w_pad=0.2)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
        vector, dots = io.StringIO(), io.BytesIO()
        figure.savefig(vector, format="svg", metadata={"Date": None, "Creator": None})
        figure.savefig(dots, format="png", dpi=PNG_DPI, metadata={"Software": None})
    return Plot(title, words, _named(vector.getvalue(), words), dots.getvalue())


def _refuse(frame: pd.DataFrame, to_the_left: Collection[str]) -> None:
    rows, columns = frame.shape
    if not 1 <= rows <= MOST_BARS or not 1 <= columns <= MOST_SERIES:
        raise PathwayError(
            f"a plot has 1 to {MOST_BARS} bars of 1 to {MOST_SERIES} parts; this one would have "
            f"{rows} of {columns}"
        )
    known = [str(each) for each in frame.columns]
    for each in to_the_left:
        if each not in known:
            raise UnknownNameError("column", each, known)
    if (frame.to_numpy() < 0).any():
        raise PathwayError("a bar cannot show a negative number; put its column to_the_left")


def _words(frame: pd.DataFrame, title: str) -> str:
    return " ".join([f"{clean(title, 'title of a plot')}.", *_rows_in_words(frame)])


def _rows_in_words(frame: pd.DataFrame) -> Iterator[str]:
    for label, row in zip(frame.index, frame.to_numpy().tolist(), strict=True):
        said = [
            f"{name} {number:g}" for name, number in zip(frame.columns, row, strict=True) if number
        ]
        yield f"{clean(str(label), 'label of a plot')}: {', '.join(said) or 'none'}."


def _draw(axes: Axes, frame: pd.DataFrame, unit: str, to_the_left: Collection[str]) -> None:
    from matplotlib.ticker import MaxNLocator

    places = list(range(len(frame)))
    parts: dict[str, BarContainer] = {}
    ends = {side: [0.0] * len(frame) for side in (1, -1)}
    for (name, column), (fill, hatch) in zip(frame.items(), _LOOKS, strict=False):
        side = -1 if name in to_the_left else 1
        numbers = [side * float(each) for each in column]
        drawn = axes.barh(
            places,
            numbers,
            left=ends[side],
            height=0.72,
            color=fill,
            hatch=hatch,
            edgecolor=_EDGE,
            linewidth=0.8,
        )
        parts = {str(name): drawn, **parts} if side < 0 else {**parts, str(name): drawn}
        plate = {"boxstyle": "square,pad=0.12", "facecolor": "#FFFFFF", "edgecolor": "none"}
        figures = [f"{abs(each):g}" if each else "" for each in numbers]
        for text in axes.bar_label(drawn, figures, label_type="center", fontsize=9.5):
            text.set_bbox(plate if text.get_text() else None)
        ends[side] = [end + each for end, each in zip(ends[side], numbers, strict=True)]
    axes.set_yticks(places, [_label(each) for each in frame.index])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(unit)
    axes.xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axes.axvline(0, color=_EDGE, linewidth=1)
    axes.legend(
        list(parts.values()),
        list(parts),
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=3,
        frameon=False,
        handlelength=2.4,
    )
    for each in ("top", "right", "left"):
        axes.spines[each].set_visible(False)


def _label(label: Any) -> str:
    return "\n".join(textwrap.wrap(clean(str(label), "label of a plot"), 44)) or "-"


def _named(svg: str, words: str) -> str:
    """Return an SVG that says what it shows, without the lines that name a file format of old."""
    head, _, rest = svg.partition("<svg ")
    return f'{head.partition("<!DOCTYPE")[0]}<svg role="img" aria-label="{escape(words)}" {rest}'
