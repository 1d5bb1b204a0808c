"""y: how far down rows, labels, tracks and the frames of bands lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathways.diagrams.layout.chains import Chains, Slot
from pathways.diagrams.layout.channels import Net, Tracks, tracks
from pathways.diagrams.layout.model import Spacing


@dataclass(frozen=True, slots=True)
class Channel:
    """The lines between two neighbouring levels.

    Args:
        nets: The nets.
        net_of: Position of the net by its pair of slots, upper and lower.
        tracks: Track by net.
    """

    nets: tuple[Net, ...]
    net_of: Mapping[tuple[int, int], int]
    tracks: Tracks


@dataclass(frozen=True, slots=True)
class Rows:
    """Where levels lie.

    Args:
        tops: Top of each row of nodes.
        labels: Centre of the labels below each row but the last.
        first_tracks: y of the first track below each level but the last.
        spans: Top and bottom of what stands on each level.
        frames: Top and bottom of each band, by its number.
        height: Of the whole.
    """

    tops: tuple[float, ...]
    labels: tuple[float, ...]
    first_tracks: tuple[float, ...]
    spans: tuple[tuple[float, float], ...]
    frames: Mapping[int, tuple[float, float]]
    height: float


def channel(made: Chains, upper_level: int, x: Sequence[float]) -> Channel:
    """Return the nets between a level and the next one, with their tracks.

    Args:
        made: Slots and paths.
        upper_level: Number of the upper level.
        x: Centre of each slot.
    """
    hub_above = upper_level % 2 == 0
    pins: dict[int, list[int]] = {}
    for upper, lower in made.steps():
        if made.slots[upper].level == upper_level:
            hub, pin = (upper, lower) if hub_above else (lower, upper)
            pins.setdefault(hub, []).append(pin)
    nets: list[Net] = []
    net_of: dict[tuple[int, int], int] = {}
    for hub in sorted(pins):
        for pin in pins[hub]:
            net_of[(hub, pin) if hub_above else (pin, hub)] = len(nets)
        nets.append(Net(x[hub], tuple(x[pin] for pin in pins[hub]), hub_above))
    return Channel(tuple(nets), net_of, tracks(nets))


def rows(made: Chains, channels: Sequence[Channel], spacing: Spacing) -> Rows:
    """Return where everything lies.

    Args:
        made: Slots and paths.
        channels: The lines below each level but the last.
        spacing: Distances.
    """
    return _Stack(made.on_levels(), channels, spacing).rows()


class _Stack:
    """Goes down from row to row, keeping account of y."""

    def __init__(
        self, levels: list[list[Slot]], channels: Sequence[Channel], spacing: Spacing
    ) -> None:
        self.levels = levels
        self.channels = channels
        self.spacing = spacing
        self.y = 0.0
        self.tops: list[float] = []
        self.labels: list[float] = []
        self.first_tracks: list[float] = []
        self.spans: list[tuple[float, float]] = []
        self.opened: dict[int, float] = {}
        self.closed: dict[int, float] = {}

    def rows(self) -> Rows:
        last = len(self.levels) - 1
        for level in range(0, last + 1, 2):
            self._row(level)
            if level < last:
                self._gap(level)
        self._close_band(self._band(last))
        frames = {band: (top, self.closed[band]) for band, top in self.opened.items()}
        return Rows(
            tuple(self.tops),
            tuple(self.labels),
            tuple(self.first_tracks),
            tuple(self.spans),
            frames,
            self.y,
        )

    def _band(self, level: int) -> int:
        return next(slot.node.band for slot in self.levels[level] if slot.node is not None)

    def _row(self, level: int) -> None:
        band = self._band(level)
        if band not in self.opened:
            self.opened[band] = self.y
            self.y += self.spacing.band_title
        self.tops.append(self.y)
        self.y += max(slot.node.height for slot in self.levels[level] if slot.node is not None)
        self.spans.append((self.tops[-1], self.y))

    def _gap(self, level: int) -> None:
        """Go from the bottom of a row to the top of the next one."""
        spacing = self.spacing
        self.y += spacing.leave + spacing.stretch / 2
        self.first_tracks.append(self.y)
        self.y += self.channels[level].tracks.count * spacing.track
        height = max(
            (
                slot.link.label_height
                for slot in self.levels[level + 1]
                if slot.link and slot.is_label
            ),
            default=0.0,
        )
        self.labels.append(self.y + height / 2)
        self.spans.append((self.y, self.y + height))
        self.y += height + spacing.stretch / 2
        bends = self.channels[level + 1].tracks.count
        self.y += spacing.track * 0.75 if bends and height else 0.0
        self.first_tracks.append(self.y)
        self.y += max(0, bends - 1) * spacing.track
        if self._band(level + 2) != self._band(level):
            self._close_band(self._band(level))
            self.y += spacing.band_gap
            return
        self.y += spacing.enter

    def _close_band(self, band: int) -> None:
        self.y += self.spacing.band_padding
        self.closed[band] = self.y
