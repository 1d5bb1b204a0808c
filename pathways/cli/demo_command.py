"""``pathways demo``: the main job in one command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pathways.cli.common import load_pathway, say
from pathways.cli.parser import EXIT_FINE

DEMO = "severe-back-pain"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = f"Draw the pathway '{DEMO}' with all its pictures and words into a folder, and say what to open."
    parser.epilog = "example:\n  pathways demo my-folder"
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("pathways-demo"),
        help="(default: pathways-demo)",
    )
    parser.add_argument(
        "--force", action="store_true", help="draw into a folder that holds something else already"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Draw the album and say what to open."""
    from pathways.diagrams.album import album
    from pathways.reading.writing import write_bytes

    folder: Path = arguments.folder
    if not arguments.force and _holds_something_else(folder):
        arguments.parser.error(
            f"'{folder}' holds other files already; name a new folder, or --force draws there too"
        )
    folder.mkdir(parents=True, exist_ok=True)
    pathway = load_pathway(DEMO)
    tell = _show_progress if sys.stderr.isatty() else None
    files = album(
        [pathway], title=pathway.title("clinician"), papers=("a4", "letter"), progress=tell
    )
    for name, content in files.items():
        write_bytes(folder / name, content)
    if tell:
        print("\r\x1b[K", end="", file=sys.stderr)
    say(f"drew {len(files)} files into {folder}{'/' if str(folder) != '.' else ''}")
    say("open first:")
    say(f"  {folder / 'index.html'}   all pictures on one page")
    say(f"  {folder / f'{DEMO}-clear-print-a4.pdf'}   pages to print, in plain words")
    say(f"  {folder / f'{DEMO}-clinician-letter.pdf'}   pages to print, for clinicians")
    say(f"  {folder / f'{DEMO}-words-patient.txt'}   the same steps in plain words")
    say("then ask where somebody is, and what could be next:")
    say("  pathways place seed-000      an invented person")
    say("  pathways ask                 one question at a time")
    say("\nA draft that no clinician has reviewed. Information, not medical advice.")
    return EXIT_FINE


def _holds_something_else(folder: Path) -> bool:
    """Return whether a folder is there, is not empty, and was not drawn by this command."""
    return (
        folder.is_dir() and any(folder.iterdir()) and not (folder / f"{DEMO}-words.txt").is_file()
    )


def _show_progress(name: str) -> None:
    print(f"\r\x1b[Kdrawing {name}", end="", file=sys.stderr, flush=True)
