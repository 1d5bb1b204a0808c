"""The check of a preview, in a process of its own: it never holds up a drawing, and can be stopped.

``python -m pathways.preview.checking FILE`` prints what the check found as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pathways.checked import Checked, check_pathway
from pathways.checks.examples import examples_beside
from pathways.errors import DocumentError, PathwayError, printable
from pathways.preview.rounds import MOST_FAULTS, faults_of
from pathways.reading.load import load
from pathways.reports.check_text import found_words

PACKAGE_PARENT = Path(__file__).resolve().parents[2]


def check_of(source: str) -> Checked:
    """Check the pathway of a file together with the examples beside it.

    Args:
        source: Path of the file, or name of a library pathway.

    Raises:
        DocumentError: It, a pathway it leads to, or its examples have faults.

    Example:
        >>> check_of("safety").passes
        True
    """
    return check_pathway(load(source), examples=examples_beside(source))


def check_data(source: str) -> dict[str, Any]:
    """Return what a check found as the page shows it; whatever goes wrong is an answer too.

    Args:
        source: Path of the file, or name of a library pathway.

    Returns:
        ``verdict`` (``passes``, ``fails`` or ``not done``), ``words`` for one line, ``html``, and
        ``faults`` of the files that had to be read.

    Example:
        >>> check_data("safety")["verdict"]
        'passes'
    """
    from pathways.reports.check_html import check_fragment

    try:
        checked = check_of(source)
    except DocumentError as error:
        faults = [asdict(each) for each in faults_of(error.problems[:MOST_FAULTS])]
        return _not_done("a file it needs has errors") | {"faults": faults}
    except PathwayError as error:
        return _not_done(str(error))
    return {
        "verdict": "passes" if checked.passes else "fails",
        "words": found_words(checked.result),
        "html": check_fragment(checked.pathway, checked.result),
        "faults": [],
    }


def _not_done(why: str) -> dict[str, Any]:
    return {"verdict": "not done", "words": printable(why), "html": "", "faults": []}


class CheckProcess:
    """A check that runs beside the preview.

    Args:
        source: Path of the file, or name of a library pathway.
        done: Is given what :func:`check_data` returns, unless the check was stopped before.
    """

    def __init__(self, source: str, done: Callable[[dict[str, Any]], None]) -> None:
        self._done = done
        self._stopped = False
        # Ctrl-C goes to all of a terminal's processes: this one is told by its parent alone.
        self._process = subprocess.Popen(  # noqa: S603 - this program itself, no shell
            [sys.executable, "-P", "-m", "pathways.preview.checking", source],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment(),
        )
        threading.Thread(target=self._wait, daemon=True).start()

    def stop(self) -> None:
        """End the check; what it would have found is not wanted any more."""
        self._stopped = True
        self._process.kill()
        self._process.wait()

    def _wait(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        with self._process.stdout as stream:
            printed = stream.read()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        if not self._stopped:
            self._done(_read(printed))


def _read(printed: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(printed)
    except ValueError:
        return _not_done("the check ended without an answer; 'pathways check' says more")
    return found


def _environment() -> dict[str, str]:
    """Return an environment in which the package is found, wherever this one runs from."""
    known = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(PACKAGE_PARENT), known))),
    }


def _end_with_parent() -> None:
    """Leave as soon as the process that wants the answer is gone: its end of the pipe closes."""
    # Below the buffer: a reader that waits there would hold up the end of this process.
    while os.read(0, 1024):
        pass
    os._exit(1)


def _main(source: str) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.buffer.write(json.dumps(check_data(source)).encode("ascii"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
