"""``pathways watch``: a page in the browser that draws and checks a file at every save."""

from __future__ import annotations

import argparse
import os
import sys
import webbrowser
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from pathways.cli.common import add_language, add_reader, say, width
from pathways.cli.parser import EXIT_FAULT, EXIT_FINE, EXIT_PROBLEMS, EXIT_WRONG_USE

if TYPE_CHECKING:
    from pathways.preview.rounds import Fault, Round, Wanted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Show a pathway file in the browser while you write it: at every save the page is drawn and\n"
        "checked anew, and what is wrong stands beside the last good picture. The page is served to\n"
        "this machine alone. 'pathways watch my-pathway.yaml' goes on until Ctrl-C."
    )
    parser.epilog = (
        "examples (each looks once and ends; without --once it goes on, in the browser):\n"
        "  pathways watch my-pathway.yaml --once\n"
        "  pathways watch my-pathway.yaml --reader patient --phase 1 --no-check --once\n"
        "exit code with --once: 0 it can be drawn and passes its check; 1 it does not"
    )
    parser.add_argument("pathway", metavar="FILE", help="a YAML file, or name of a library pathway")
    add_reader(parser)
    add_language(parser)
    parser.add_argument("--phase", metavar="PHASE", help="draw one phase only, by name or number")
    parser.add_argument("--no-check", action="store_true", help="only draw; do not check")
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="where to listen (default: a free port)"
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="only print the address; open no browser"
    )
    parser.add_argument(
        "--once", action="store_true", help="look once, print what is found, and end: no page"
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to 65535 is needed, not '{text}'")
    return int(text)


def execute(arguments: argparse.Namespace) -> int:
    """Serve the page until Ctrl-C, or look once."""
    from pathways.preview.rounds import Wanted

    if arguments.pathway == "-":
        arguments.parser.error("standard input cannot be watched; name a file")
    wanted = Wanted(arguments.pathway, arguments.reader, arguments.phase, arguments.language)
    if arguments.once:
        return _once(wanted, checks=not arguments.no_check)
    _serve(wanted, arguments)
    return EXIT_FINE


def _serve(wanted: Wanted, arguments: argparse.Namespace) -> None:
    """Serve and draw; Ctrl-C leaves by its own exception."""
    from pathways.preview.live import Live, Preview
    from pathways.preview.server import PreviewServer

    checks = not arguments.no_check
    live = Live(Path(wanted.source).name, checks=checks)
    preview = Preview(wanted, live, checks=checks)
    with PreviewServer(live, arguments.port) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        print(server.url, flush=True)
        say("Ctrl-C ends it")
        if not arguments.no_browser:
            _open(server.url)
        preview.run()


def _open(url: str) -> Thread | None:
    """Open a browser with windows, if there is one: one in the terminal would take it over."""
    has_windows = sys.platform in {"win32", "darwin"} or any(
        os.environ.get(each) for each in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if not has_windows:
        return None
    # Some browsers keep who opens them waiting.
    opening = Thread(target=webbrowser.open, args=(url,), daemon=True)
    opening.start()
    return opening


def _once(wanted: Wanted, *, checks: bool) -> int:
    """Draw and check once, and print what is found."""
    from pathways.preview.rounds import one_round
    from pathways.preview.sources import watched_files

    # A file that is not there is wrong use of the command, not a fault in it.
    watched_files(wanted.source)
    found = one_round(wanted)
    if found.faults:
        return _say_faults(found)
    print(f"{found.title}: it can be drawn")
    return _print_check(wanted.source) if checks else EXIT_FINE


def _say_faults(found: Round) -> int:
    for each in found.faults:
        say(each.said if each.place or found.kind == "faulty" else f"pathways: {each.said}")
        _say_line(each)
    count = len(found.faults) + found.more_faults
    if found.more_faults:
        say(f"and {found.more_faults} more")
    if found.kind == "faulty":
        say(f"{count} problem{'s' if count != 1 else ''} found")
    return {"use": EXIT_WRONG_USE, "program": EXIT_FAULT}.get(found.kind, EXIT_PROBLEMS)


def _say_line(fault: Fault) -> None:
    if fault.number:
        number = f"{fault.number:6} | "
        say(f"{number}{fault.line}")
        say(f"{' ' * len(number)}{fault.caret}")


def _print_check(source: str) -> int:
    from pathways.preview.checking import check_of
    from pathways.reports.check_text import check_lines

    checked = check_of(source)
    for line in check_lines(checked.pathway, checked.result, width=width()):
        print(line)
    return EXIT_FINE if checked.passes else EXIT_PROBLEMS
