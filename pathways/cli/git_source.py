"""A pathway as a revision of a git repository has it, with what it includes from beside it.

Only ``git rev-parse`` and ``git show`` are run, without a shell: they read objects and start no hook,
filter or pager.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pathways.errors import DocumentError, PathwayError

if TYPE_CHECKING:
    from pathways.model.pathway import ResolvedPathway

MOST_SECONDS = 60
MOST_FILES = 200
"""So many files are taken out of a revision for one pathway."""

_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager")
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
}
_FILE = re.compile(r"([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.ya?ml")


def load_revision(revision: str, path: str, folder: Path | None = None) -> ResolvedPathway:
    """Load a pathway as a revision has it.

    Args:
        revision: A commit, branch or tag, as git understands it.
        path: The file: from the top of the repository, or with ``./`` from the folder.
        folder: A folder of the repository; None: the current one.

    Raises:
        PathwayError: There is no git, no repository, no such revision or no such file in it.
        DocumentError: The file has faults.
    """
    from pathways.reading.load import loads
    from pathways.reading.syntax import decoded

    repository = _Repository(folder or Path())
    commit = repository.commit(revision)
    inside = repository.inside(path)
    content = repository.show(commit, inside)
    if content is None:
        raise PathwayError(f"revision '{revision}' has no file '{inside}'")
    shown = f"{revision}:{inside}"
    with tempfile.TemporaryDirectory(prefix="pathways-") as name:
        around = Path(name)
        _put_beside(repository, commit, PurePosixPath(inside), content, around)
        return loads(decoded(content, shown), name=shown, folder=around)


@dataclass(frozen=True, slots=True)
class _Repository:
    """The repository around a folder."""

    folder: Path

    def commit(self, revision: str) -> str:
        """Return the full name of a revision."""
        # What begins with a hyphen would be read as an option.
        if not revision or revision.startswith("-"):
            raise PathwayError(f"'{revision}' is no revision")
        self._require_repository()
        done = self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if done.returncode:
            raise PathwayError(f"no revision '{revision}' in the git repository")
        return done.stdout.decode("ascii").strip()

    def _require_repository(self) -> None:
        done = self._git("rev-parse", "--git-dir")
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
            raise PathwayError(f"git cannot read a repository here: {said or 'unknown reason'}")

    def inside(self, path: str) -> str:
        """Return a path from the top of the repository."""
        if path.startswith(("./", "../")):
            done = self._git("rev-parse", "--show-prefix")
            path = done.stdout.decode("utf-8").strip() + path
        found = posixpath.normpath(path)
        if found.startswith(("../", "/")) or found in {"..", "."}:
            raise PathwayError(f"'{path}' is no file inside the git repository")
        return found

    def show(self, commit: str, path: str) -> bytes | None:
        """Return the content of a file of a revision; None when it has none."""
        done = self._git("show", "--no-textconv", "--no-ext-diff", f"{commit}:{path}")
        return None if done.returncode else done.stdout

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell, and every argument is one of ours or checked
                ["git", *_QUIET, *arguments],  # noqa: S607 - the user's own git, as a shell finds it
                cwd=self.folder,
                env=os.environ | _ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=MOST_SECONDS,
                check=False,
            )
        except FileNotFoundError as error:
            if not self.folder.is_dir():
                raise PathwayError(f"no folder '{self.folder}'") from None
            raise PathwayError(
                "git is not installed, or not to be found; give two files instead"
            ) from error
        except subprocess.TimeoutExpired:
            raise PathwayError(f"git took longer than {MOST_SECONDS} seconds") from None


def _put_beside(
    repository: _Repository, commit: str, path: PurePosixPath, content: bytes, around: Path
) -> None:
    """Put what a pathway takes in from beside it, and what it leads to, into a folder."""
    waiting: list[tuple[bytes, bool]] = [(content, True)]
    # A pathway is written too: others may lead back to it.
    done: set[str] = set()
    while waiting and len(done) < MOST_FILES:
        text, opens = waiting.pop()
        for name, is_included in _named(text) if opens else ():
            if name in done or not _FILE.fullmatch(name):
                continue
            done.add(name)
            found = repository.show(commit, str(path.parent / name))
            if found is not None:
                target = around / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(found)
                waiting.append((found, is_included))


def _named(content: bytes) -> Iterator[tuple[str, bool]]:
    """Yield the files that a pathway names, and whether it takes them in whole."""
    from pathways.reading.marks import read_yaml

    try:
        data = read_yaml(content, "").data
    except DocumentError:
        # What is wrong with it is said when it is loaded.
        return
    if not isinstance(data, dict):
        return
    for each in _list(data.get("include")):
        name = each.get("pathway") if isinstance(each, dict) else each
        yield f"{name}.yaml", True
    for each in _list(data.get("catalogues")):
        yield str(each), False
    states = data.get("states")
    for state in states.values() if isinstance(states, dict) else ():
        if isinstance(state, dict) and state.get("pathway"):
            yield f"{state['pathway']}.yaml", False


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
