"""What the page shows now, for all its tabs, and the loop that keeps it up to date."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from pathways.errors import PathwayError
from pathways.preview.checking import CheckProcess
from pathways.preview.rounds import Round, Wanted, one_round
from pathways.preview.sources import (
    Stamps,
    forget_library,
    saved_at,
    settled,
    stamps_of,
    watched_files,
)

POLL = 0.1
"""Seconds between two looks at the files."""

CLOCK_GRAIN = 20_000_000
"""Nanoseconds by which the clock of a disk may be behind."""

NO_CHECK: dict[str, Any] = {"state": "none", "verdict": "", "words": "", "html": "", "faults": []}


class Live:
    """What the page shows now; threads that serve tabs wait here for what is new.

    Args:
        name: What the file is called.
        checks: Whether there will be checks.
    """

    def __init__(self, name: str, *, checks: bool) -> None:
        # Entered again by what already holds it.
        self._news = threading.Condition(threading.RLock())
        self._number = 0
        self._picture = 0
        self._svg = ""
        self._rounds = 0
        self._state: dict[str, Any] = {
            "name": name,
            "title": "",
            "kind": "",
            "busy": False,
            "saved": 0.0,
            "seconds": 0.0,
            "faults": [],
            "more_faults": 0,
            "picture_saved": 0.0,
            "check": {**NO_CHECK, "state": "waiting" if checks else "off"},
        }

    def state(self) -> dict[str, Any]:
        """Return everything the page shows but the picture, of which only the number is said."""
        with self._news:
            return {**self._state, "number": self._number, "picture": self._picture}

    def picture(self) -> str:
        """Return the last picture of a file without faults, as SVG; empty when there was none."""
        with self._news:
            return self._svg

    def wait(self, seen: int, timeout: float) -> int:
        """Return the number of the newest state once it is another than one that was seen.

        Args:
            seen: The number that was seen.
            timeout: Seconds to wait at most; then the number may be the same.
        """
        with self._news:
            self._news.wait_for(lambda: self._number != seen, timeout)
            return self._number

    def begin(self) -> None:
        """Say that the file is being read and drawn."""
        self._tell(busy=True)

    def show(self, found: Round, saved: float) -> int:
        """Show what a round gave; a file with faults leaves the last picture as it is.

        Args:
            found: What it gave.
            saved: When the file was saved, in seconds since 1970.

        Returns:
            The number of the round, for :meth:`show_check`.
        """
        with self._news:
            self._rounds += 1
            drawn: dict[str, Any] = {}
            if found.svg:
                self._svg = found.svg
                self._picture += 1
                drawn = {"title": found.title, "picture_saved": saved}
            check = self._state["check"]
            if check["state"] != "off":
                check = {**check, "state": "running" if found.svg else "waiting"}
            self._tell(
                busy=False,
                kind=found.kind,
                saved=saved,
                seconds=found.seconds,
                faults=[asdict(each) for each in found.faults],
                more_faults=found.more_faults,
                check=check,
                **drawn,
            )
            return self._rounds

    def show_check(self, number: int, found: dict[str, Any]) -> None:
        """Show what a check found, unless the file was saved since.

        Args:
            number: The round that was checked.
            found: What :func:`pathways.preview.checking.check_data` returns.
        """
        with self._news:
            if number == self._rounds:
                self._tell(check={**NO_CHECK, **found, "state": "done"})

    def _tell(self, **changes: Any) -> None:
        with self._news:
            self._state.update(changes)
            self._number += 1
            self._news.notify_all()


class Preview:
    """Draws a file at every save, and has it checked.

    Args:
        wanted: What to draw.
        live: Where to show it.
        checks: Whether to check, too.
    """

    def __init__(self, wanted: Wanted, live: Live, *, checks: bool) -> None:
        self._wanted = wanted
        self._live = live
        self._checks = checks
        self._check: CheckProcess | None = None
        self._files = watched_files(wanted.source)
        self._stamps: Stamps = stamps_of(self._files)
        self._began = 0
        self._number = 0
        self._files_are_due = False
        self._check_is_due = False

    def draw(self) -> None:
        """Draw and show the file as it is now; what else there is to do waits for :meth:`look`."""
        self._stop_check()
        self._live.begin()
        self._began = time.time_ns()
        found = one_round(self._wanted)
        self._number = self._live.show(found, saved_at(self._stamps))
        self._check_is_due = self._checks and bool(found.svg)
        self._files_are_due = True

    def look(self) -> None:
        """Draw anew if a file has changed; else do what was left for after the picture."""
        if stamps_of(self._files) != self._stamps:
            now = settled(self._files, self._stamps)
            if now != self._stamps:
                forget_library(self._stamps, now)
                self._stamps = now
                self.draw()
        elif self._files_are_due:
            self._files_are_due = False
            self._look_for_files()
        elif self._check_is_due:
            self._check_is_due = False
            number = self._number
            self._check = CheckProcess(
                self._wanted.source, lambda data: self._live.show_check(number, data)
            )

    def run(self, pause: Callable[[float], None] = time.sleep) -> None:
        """Draw, then draw at every save, until somebody interrupts.

        Args:
            pause: Waits some seconds.
        """
        try:
            self.draw()
            while True:
                pause(POLL)
                self.look()
        finally:
            self._stop_check()

    def _look_for_files(self) -> None:
        """See whether the pathway is made of other files than before."""
        try:
            files = watched_files(self._wanted.source, self._files)
        except PathwayError:
            # The file is gone: what it was made of is watched until it comes back.
            return
        stamps = stamps_of(files)
        for path in files:
            if path in self._stamps:
                stamps[path] = self._stamps[path]
            elif saved_at({path: stamps[path]}) * 1e9 > self._began - CLOCK_GRAIN:
                # It was written after it may have been read: as if it were new.
                stamps[path] = None
        self._stamps, self._files = stamps, files

    def _stop_check(self) -> None:
        if self._check is not None:
            self._check.stop()
            self._check = None
