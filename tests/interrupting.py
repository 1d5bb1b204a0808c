"""Ctrl-C for commands that tests start."""

from __future__ import annotations

import sys

_HEARING = (
    "import runpy, signal\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "runpy.run_module('pathways', run_name='__main__', alter_sys=True)"
)


def command(*arguments: str) -> list[str]:
    """Return ``pathways`` with arguments, as a command that hears Ctrl-C.

    Who runs tests in the background has made deaf all that is below.
    """
    return [sys.executable, "-c", _HEARING, *arguments]
